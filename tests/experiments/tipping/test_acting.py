"""What no run reads is not varied: numbers of learning where nobody learns; and moving all of it at once changes no digit."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from simulator.experiments.execution.computing import Computing
from simulator.experiments.mathematics.statistics import PRIMARY
from simulator.experiments.store.store import Store
from simulator.experiments.tipping import acting
from simulator.experiments.tipping.acting import idle_inputs
from simulator.experiments.tipping.futures import FutureRun, draw_futures, inputs_of
from simulator.experiments.tipping.tipping import find_tipping
from simulator.model.behaviour import STRUCTURES
from simulator.model.office_numbers import LearningNumbers

LEARNING = {field.name for field in fields(LearningNumbers)}


def ranged(scenario, names):
    return {each.id for each in inputs_of(scenario)} & set(names)


@pytest.fixture(scope="module")
def idle(tiny):
    assert not tiny.behaviour.learns
    return idle_inputs(tiny, PRIMARY)


def test_numbers_of_learning_act_only_where_somebody_learns(tiny, idle):
    learned = ranged(tiny, LEARNING) & idle
    assert len(learned) >= 10
    learning = replace(tiny, behaviour=replace(tiny.behaviour, learns=True))
    assert len(learned & idle_inputs(learning, PRIMARY)) <= 1


def test_a_number_that_one_structure_alone_reads_acts(tiny, idle):
    assert not {"reciprocity", "turn_weight", "rank_weight", "appraisal_reliability"} & idle
    assert not idle & {each.id for each in inputs_of(tiny) if each.kind != "assumption"}


def test_moving_all_that_is_idle_at_once_changes_no_digit_in_futures_that_were_not_watched(tiny, idle):
    drawn = draw_futures(tiny, 12, idle)
    numbers = tiny.assumptions.numbers
    moved = replace(tiny, behaviour=tiny.behaviour.with_values({name: numbers[name].high for name in idle}))
    apart = {name for name in idle if getattr(moved.behaviour, name) != getattr(tiny.behaviour, name)}
    assert len(apart) >= 10
    run = FutureRun(drawn, PRIMARY, None, 1)
    assert {STRUCTURES[place] for place in drawn.structures[6:]} >= {"peer-vote", "planning"}
    assert [run(moved, future) for future in range(6, 12)] == [run(tiny, future) for future in range(6, 12)]


def test_a_study_varies_what_acts_and_names_the_rest(tiny, idle):
    study = find_tipping(tiny.with_(years=1), Computing(), futures=2, replications=1)
    assert set(study.idle) == idle_inputs(tiny.with_(years=1), PRIMARY) >= idle & LEARNING
    assert {each.id for each in study.inputs} == {each.id for each in inputs_of(tiny)} - set(study.idle)


def test_where_a_structure_cannot_be_run_everything_is_varied(tiny, monkeypatch):
    class Broken(FutureRun):
        def __call__(self, base, number):
            if number == len(STRUCTURES) - 1:
                raise ValueError("broken")
            return super().__call__(base, number)

    monkeypatch.setattr(acting, "FutureRun", Broken)
    assert idle_inputs(tiny.with_(years=1), PRIMARY) == frozenset()


def test_what_the_store_holds_is_not_watched_again_unless_it_was_changed(tiny, tmp_path, monkeypatch):
    short = tiny.with_(years=1)
    with Store(tmp_path) as store:
        first = idle_inputs(short, PRIMARY, store)
        watched = []
        monkeypatch.setattr(acting, "_read_by_runs", lambda *_: watched.append(1))
        assert idle_inputs(short, PRIMARY, store) == first
        assert watched == []
        assert idle_inputs(tiny, PRIMARY, store) == frozenset(), "another scenario is watched by itself"
        for text in ("{", '["no-such-number"]', "3", "[[]]"):
            monkeypatch.setattr(Store, "get_study", lambda *_, told=text: told)
            idle_inputs(short, PRIMARY, store)
    assert len(watched) == 5
