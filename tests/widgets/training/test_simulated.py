from __future__ import annotations

import pytest

from simulator.experiments.runs.run import simulate
from simulator.experiments.runs.wide import KeptWarmUps
from simulator.indicators.values import values_of
from simulator.widgets.training.exercise import exercises
from simulator.widgets.training.simulated import SimulatedWorld
from simulator.workspace import find_workspace

BY_ID = {exercise.id: exercise for exercise in exercises()}


def world(name, **changes):
    exercise = BY_ID[name]
    small = exercise.world.model_copy(
        update={"years": 3, "warm_up_years": 4, "replications": 2, "offices": exercise.world.offices.model_copy(update={"units": 10}), **changes}
    )
    return SimulatedWorld(exercise.model_copy(update={"world": small}), small, find_workspace())


def test_equal_settings_give_equal_numbers_and_other_luck_gives_others():
    turns = world("turns-and-ladder")
    assert turns.read({"turns": 0.2}) == turns.read({"turns": 0.2})
    assert world("turns-and-ladder", seed=72).read({"turns": 0.2}) != turns.read({"turns": 0.2})


def test_with_turns_alone_nobody_wins_three_times_in_a_row_exactly():
    reading = world("turns-and-ladder").read({"turns": 1.0})
    assert reading["three_in_a_row"].draws == (0.0, 0.0)
    assert reading["turn_taking_index"].value == pytest.approx(1)


def test_a_ban_of_one_year_breaks_every_run_exactly():
    assert world("cooling-off").read({"rest": 1})["three_in_a_row"].draws == (0.0, 0.0)


def test_a_ban_reads_as_turns_on_the_list_and_not_among_the_allowed():
    banned = world("cooling-off").read({"rest": 3})
    assert banned["turns_on_the_list"].value == pytest.approx(1)


def one_by_one(of, setting, measure):
    """What the engine gives when each replication is lived by itself, with its own years before."""
    scenario = of.scenario(setting)
    lived = [simulate(scenario, scenario.options[-1].id, replication=replication) for replication in range(scenario.replications)]
    return tuple(values_of(history, names=(measure,), with_course=False)[0][measure] for history in lived)


@pytest.mark.parametrize(
    ("name", "settings", "measure"),
    [
        ("claims-and-audit", [{"audit": 0.1}, {"audit": 0.5}], "awards_owed_to_chasing"),
        ("turns-and-ladder", [{"turns": 0.0}, {"turns": 0.5}], "merit_kappa"),  # of another behaviour, the years before are others
    ],
)
def test_numbers_are_those_of_the_engine_whatever_was_tried_before(name, settings, measure):
    of = world(name)
    for setting in (*settings, settings[0]):
        assert of.read(setting)[measure].draws == one_by_one(of, setting, measure)


def test_the_years_before_are_lived_once_and_only_so_many_are_kept(monkeypatch):
    lived = []
    monkeypatch.setattr("simulator.widgets.training.simulated.KeptWarmUps", lambda scenario: lived.append(scenario) or KeptWarmUps(scenario))
    monkeypatch.setattr("simulator.widgets.training.simulated._WARM_UPS_KEPT", 2)
    audits, turns = world("claims-and-audit"), world("turns-and-ladder")
    for audit in (0.1, 0.5, 1.0):
        audits.read({"audit": audit})
    assert len(lived) == 1
    for turn in (0.0, 0.2, 0.5):
        turns.read({"turns": turn})
    assert len(turns._kept) == 2


def test_a_control_turns_the_rule_and_no_other_clause():
    of = world("appraisal-and-scope")
    rules = of.scenario({"appraisers": 5, "scope": "none"}).options[1].criteria
    assert rules.clause("procedure.appraisal-at-unit").appraisers == 5
    assert rules.clause("procedure.weights").scope == 0
    assert rules.clause("chien-si-thi-dua-co-so.quota") == of.criteria.clause("chien-si-thi-dua-co-so.quota")


def test_the_years_before_are_lived_under_the_baseline_of_the_exercise():
    scenario = world("year-end-or-continuous").scenario({"procedure": "all-year", "noticed": 0.5})
    assert scenario.baseline.id == "decree-91"
    assert scenario.options[1].criteria.stack[-1] == "continuous-recognition"
    assert scenario.behaviour.ad_hoc_reach == 0.5


def test_the_margin_is_that_of_the_assumptions():
    of = world("cooling-off")
    before = of.read({"rest": 0})
    assert of.margin("turns_on_the_list", before["turns_on_the_list"]) == 0.05
    assert of.margin("three_in_a_row", before["three_in_a_row"]) == pytest.approx(before["three_in_a_row"].value / 20)
