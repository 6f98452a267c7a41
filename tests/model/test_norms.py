"""Habits start as assumed, move with the assumed figures when rules change, and always leave a place for the score."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.model.behaviour import Behaviour
from simulator.model.compiling import compile_regime
from simulator.model.norms import AT, REASONS, Norms
from tests.worlds import FOCUS, one_award, quota

WEIGHTS = {"turn_weight": 0.25, "rank_weight": 0.15, "prestige_weight": 0.1, "lottery_weight": 0.1, "ladder_weight": 0.4}
parts = st.lists(st.integers(0, 100), min_size=6, max_size=6).filter(any)


def regime_of(share=0.15, **numbers):
    return compile_regime(one_award(quota(share)), Behaviour(**numbers), focus_award=FOCUS)


def test_habits_start_as_assumed():
    norms = Norms.start(regime_of(**WEIGHTS), 7)
    for name, value in WEIGHTS.items():
        assert (getattr(norms, name) == np.float32(value)).all()
        assert getattr(norms, name).dtype == np.float32
    assert (norms.volume == AT).all()
    assert norms.attractions.shape == (3, 7)
    assert not norms.attractions.any()
    assert (norms.perceived_share == 0.15).all()
    assert (norms.morale == 0.5).all()
    assert (norms.score_weight == 0).all()  # five figures of 32 bits that add up to a little more than 1


@given(parts=parts)
def test_the_score_has_what_the_others_leave(parts):
    values = [part / sum(parts) for part in parts]
    norms = Norms.start(regime_of(**dict(zip(WEIGHTS, values[1:], strict=True))), 3)
    assert norms.score_weight == pytest.approx(values[0], abs=2**-20)
    assert norms.weights.shape == (len(REASONS), 3)
    assert (norms.weights[0] == norms.score_weight).all()
    assert (norms.weights[5] == norms.ladder_weight).all()
    assert norms.weights.sum(axis=0) == pytest.approx(1, abs=1e-6)


def test_a_copy_is_apart():
    norms = Norms.start(regime_of(**WEIGHTS), 4)
    copy = norms.copy()
    for field in fields(Norms):
        getattr(copy, field.name)[...] += 1
    assert (norms.turn_weight == np.float32(0.25)).all()
    assert (norms.volume == AT).all()


def test_the_same_figures_move_nothing():
    regime = regime_of(**WEIGHTS)
    norms = Norms.start(regime, 4)
    norms.turn_weight = np.array([0.1, 0.25, 0.2, 0.0], dtype=np.float32)
    norms.perceived_share = np.array([0.0, 0.1, 0.5, 1.0])
    moved = norms.taken_over_by(regime, regime)
    for field in fields(Norms):
        assert (getattr(moved, field.name) == getattr(norms, field.name)).all()


@given(old=parts, new=parts)
def test_what_nobody_has_learned_lands_on_the_new_figures(old, new):
    before = regime_of(**dict(zip(WEIGHTS, [part / sum(old) for part in old[1:]], strict=True)))
    after = regime_of(0.3, **dict(zip(WEIGHTS, [part / sum(new) for part in new[1:]], strict=True)))
    moved, fresh = Norms.start(before, 3).taken_over_by(before, after), Norms.start(after, 3)
    for name in WEIGHTS:
        assert (getattr(moved, name) == getattr(fresh, name)).all()
    assert moved.perceived_share == pytest.approx(0.3, abs=1e-15)


def test_what_was_learned_stays_beside_the_step_and_within_bounds():
    before, after = regime_of(turn_weight=0.2, rank_weight=0.1), regime_of(turn_weight=0.5, rank_weight=0.1)
    norms = Norms.start(before, 3)
    norms.turn_weight = np.array([0.1, 0.6, 0.9], dtype=np.float32)
    moved = norms.taken_over_by(before, after)
    assert moved.turn_weight == pytest.approx([0.4, 0.9, 1 / 1.1], abs=1e-6)
    assert moved.rank_weight == pytest.approx([0.1, 0.1, 0.1 / 1.1], abs=1e-6)
    assert moved.score_weight == pytest.approx([0.5, 0, 0], abs=1e-6)
    back = moved.taken_over_by(after, before)
    assert back.turn_weight[0] == pytest.approx(0.1)
    assert replace(norms, morale=norms.morale).taken_over_by(after, before).turn_weight[0] == 0
