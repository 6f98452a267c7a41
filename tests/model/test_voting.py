from __future__ import annotations

import math
from fractions import Fraction
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.model.behaviour import Behaviour
from simulator.model.regime import Ballot
from simulator.model.voting import FARTHEST, STEPS_PER_SD, chances_of_passing, lift_of_strictness, step_of

NORMAL = NormalDist()
TWO_THIRDS = Ballot(Fraction("0.67"), counts_all=False)
NINE_TENTHS_OF_ALL = Ballot(Fraction("0.9"), counts_all=True)
AT_THE_BAR = FARTHEST * STEPS_PER_SD


def by_hand(n_present, needed, yes):
    return sum(math.comb(n_present, n) * yes**n * (1 - yes) ** (n_present - n) for n in range(needed, n_present + 1))


@pytest.mark.parametrize(
    ("ballot", "size", "attendance", "n_present", "needed"),
    [
        (TWO_THIRDS, 15.0, 1.0, 15, 11),  # ⌈10.05⌉
        (TWO_THIRDS, 15.0, 0.8, 12, 9),  # ⌈8.04⌉
        (NINE_TENTHS_OF_ALL, 15.0, 1.0, 15, 14),  # ⌈13.5⌉
        (NINE_TENTHS_OF_ALL, 15.0, 0.8, 12, 12),  # 14 of all cannot come from 12: those present must agree
        (Ballot(Fraction("0.9"), counts_all=True), 10.0, 1.0, 10, 9),  # exactly nine tenths suffice
        (TWO_THIRDS, 15.0, 0.0, 1, 1),  # somebody always decides
    ],
)
def test_a_file_passes_with_the_chance_that_enough_members_say_yes(ballot, size, attendance, n_present, needed):
    behaviour = Behaviour(council_size=size, council_attendance=attendance, member_disagreement=0.5)
    chances = chances_of_passing(ballot, behaviour)
    for distance in (-1.0, -0.25, 0.0, 0.5, 1.5):
        yes = NORMAL.cdf(distance / 0.5)
        assert chances[AT_THE_BAR + int(distance * STEPS_PER_SD)] == pytest.approx(by_hand(n_present, needed, yes), abs=2**-20)


def test_a_council_of_one_mind_or_without_a_vote_has_a_sharp_bar():
    assert chances_of_passing(TWO_THIRDS, Behaviour(member_disagreement=0.0)) is None
    assert chances_of_passing(None, Behaviour(member_disagreement=0.5)) is None


def test_the_spread_holds_where_no_vote_settles_it():
    spread = chances_of_passing(None, Behaviour(council_spread=0.5))
    assert (chances_of_passing(TWO_THIRDS, Behaviour(council_spread=0.5)) == spread).all()
    assert (chances_of_passing(TWO_THIRDS, Behaviour(council_spread=0.5, member_disagreement=0.5)) != spread).any()
    distances = np.arange(-AT_THE_BAR, AT_THE_BAR + 1) / STEPS_PER_SD
    assert spread == pytest.approx(1 / (1 + np.exp(-distances / 0.5)), abs=2**-20)


@settings(max_examples=30)
@given(
    st.fractions(min_value=Fraction(1, 2), max_value=1, max_denominator=20),
    st.booleans(),
    st.integers(1, 40),
    st.floats(0, 1),
    st.floats(0.01, 5),
)
def test_chances_lie_on_a_grid_between_0_and_1_and_rise_with_the_score(threshold, counts_all, size, attendance, disagreement):
    behaviour = Behaviour(council_size=float(size), council_attendance=attendance, member_disagreement=disagreement)
    chances = chances_of_passing(Ballot(threshold, counts_all), behaviour).astype(np.float64)
    assert len(chances) == 2 * AT_THE_BAR + 1
    assert ((chances >= 0) & (chances <= 1)).all()
    assert (np.diff(chances) >= 0).all()
    assert (chances * 2**20 == np.rint(chances * 2**20)).all()


def test_distances_are_read_in_steps_within_eight():
    distances = np.array([-np.inf, -9, -8, -0.04, 0.03, 0.04, 1.0, 8, 20], dtype=np.float32)
    assert (step_of(distances) - AT_THE_BAR).tolist() == [-128, -128, -128, -1, 0, 1, 16, 128, 128]


@pytest.mark.parametrize(("asked", "lift"), [(None, 0.0), (0.5, 0.0), (0.8, NORMAL.inv_cdf(0.8)), (0.0, NORMAL.inv_cdf(1 / 4096))])
def test_a_strict_stage_lifts_the_bar_to_its_share_of_full_marks(asked, lift):
    assert lift_of_strictness(asked) == pytest.approx(lift, abs=2**-20)
    assert math.isfinite(lift_of_strictness(1.0))
