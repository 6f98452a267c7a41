"""What a result depends on: an assumption that was planted is found, one that does nothing is not, and words change nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import t

from simulator.errors import RunError
from simulator.experiments.execution.computing import Computing
from simulator.experiments.execution.headline_runs import run_headlines
from simulator.experiments.mathematics.statistics import COMPARED
from simulator.experiments.runs.plan import fingerprint
from simulator.experiments.runs.rewording import reword
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.experiments.sensitivity import one_at_a_time
from simulator.experiments.sensitivity.influences import AtEnd, UsualDifference
from simulator.experiments.sensitivity.one_at_a_time import check_options, find_sensitivity, turns
from simulator.experiments.store.store import Store
from simulator.experiments.studies import find_study, keep_study
from tests.experiments.attribution.test_coalitions import asking
from tests.worlds import one_award, quota

RANGES = {
    "turn_weight": (0.0, 0.3),
    "rank_weight": (0.0, 0.6),
    "annual_delay_months": (0.0, 12.0),
    "prestige_decay": (0.75, 0.85),
    "turn_learning": (0.0, 0.9),
}
"""Posts decide much, turns something; how fast prestige fades almost nothing; delays nothing these indicators see, and nobody learns."""


def planted(scenario, **ranges):
    """Leave these assumptions only a range."""
    numbers = {
        name: number.model_copy(
            update={"low": ranges[name][0], "high": ranges[name][1]} if name in ranges else {"low": number.value, "high": number.value}
        )
        for name, number in scenario.assumptions.numbers.items()
    }
    return replace(scenario, assumptions=scenario.assumptions.model_copy(update={"numbers": numbers}))


@pytest.fixture(scope="module")
def tiny(tiny):
    """Give a question of one award, where the numbers are not what a test is about: a law with all its awards takes several times as long."""
    asked = asking(tiny, one_award(quota(0.15)), one_award(quota(0.3)))
    keep, plan = asked.options
    return replace(asked, options=(keep, replace(plan, id="plan")))


@pytest.fixture(scope="module")
def computing(tmp_path_factory):
    """Look up what another study of this file has run: a range changes which runs are asked for, and no run. That looking up changes nothing is proved below."""
    return Computing(store=Store(tmp_path_factory.mktemp("runs")))


@pytest.fixture(scope="module")
def settled(office):
    """Give the office with the whole law after more years: what is planted takes time to show."""
    return load_scenario("tiny", office).with_(warm_up_years=4)


@pytest.fixture(scope="module")
def scenario(settled):
    return planted(settled, **RANGES)


@pytest.fixture(scope="module")
def study(scenario, computing):
    return find_sensitivity(scenario, computing, replications=6, followed=2)


def by_id(study):
    return {entry.id: entry for entry in study.assumptions}


def test_what_was_planted_is_first(study):
    assert study.assumptions[0].id == "rank_weight"
    assert [entry.influence for entry in study.assumptions[:2]] == sorted((entry.influence for entry in study.assumptions[:2]), reverse=True)


def test_what_was_planted_is_told_from_luck_and_matters_once_there_are_replications_enough(settled, computing):
    (entry,) = find_sensitivity(planted(settled, rank_weight=RANGES["rank_weight"]), computing, replications=12).assumptions
    told = entry.responses["plan"]["merit_kappa"]
    assert entry.is_notable
    assert told.is_told
    assert told.high.is_told
    assert told.told_reach == abs(told.high.change) == told.reach


def test_an_assumption_of_no_weight_lies_in_the_noise(study):
    entry = by_id(study)["prestige_decay"]
    assert not entry.is_notable
    assert not any(response.is_told for of_option in entry.responses.values() for response in of_option.values())


def test_what_most_replications_leave_undefined_is_not_clear(scenario, monkeypatch):
    base, changing = scenario.keep_as_is.key, [option.key for option in scenario.options if option.key != scenario.keep_as_is.key]

    def mostly_undefined(plan, _computing):
        found = []
        for planned in plan:
            moved = 1.0 if planned.scenario.behaviour == scenario.behaviour else 2.0
            value = np.nan if planned.replication > 1 else moved + planned.replication / 1000
            found.append({base: dict.fromkeys(COMPARED, 0.0)} | {key: dict.fromkeys(COMPARED, value) for key in changing})
        return found

    monkeypatch.setattr(one_at_a_time, "run_all", mostly_undefined)
    study = find_sensitivity(scenario, Computing(), replications=6, followed=2)
    assert {difference.verdict for option in study.options for difference in option.differences.values()} == {"not clear"}
    ends = [response.low for entry in study.assumptions for of in entry.responses.values() for response in of.values() if entry.replications == 6]
    assert {(end.verdict, end.is_told) for end in ends} == {("not clear", False)}


@pytest.mark.parametrize("name", ["annual_delay_months", "turn_learning"])
def test_what_moves_no_number_is_told_from_what_moves_little(study, name):
    assert not by_id(study)[name].has_effect
    assert by_id(study)[name].influence == 0
    assert by_id(study)["turn_weight"].has_effect


def test_only_what_moves_most_is_run_in_all_replications(study):
    assert study.followed == 2
    assert [entry.replications for entry in study.assumptions] == [6, 6, 3, 1, 1]
    assert {entry.id for entry in study.assumptions} == set(RANGES)


def test_an_end_that_is_the_usual_number_changes_nothing_and_is_not_run(tiny, computing):
    usual = tiny.behaviour.rank_weight
    study = find_sensitivity(planted(tiny, rank_weight=(usual, 0.5)), computing, replications=2)
    response = study.assumptions[0].responses["plan"]["merit_kappa"]
    assert (response.low.setting, response.low.change) == (usual, 0.0)
    assert study.n_runs == 3 * 2 + 2


def test_an_end_that_cannot_stand_beside_the_others_is_left_out(tiny, computing):
    study = find_sensitivity(planted(tiny, rank_weight=(0.0, 0.99)), computing, replications=2)
    response = study.assumptions[0].responses["plan"]["merit_kappa"]
    assert response.high is None
    assert response.low is not None


@pytest.fixture(scope="module")
def short(tiny):
    """Leave two assumptions a range: what two studies have in common does not depend on how many there are, nor on how often they are run."""
    return planted(tiny, **{name: RANGES[name] for name in ("rank_weight", "turn_weight")})


@pytest.fixture(scope="module")
def short_study(short, computing):
    return find_sensitivity(short, computing, replications=2, followed=1)


def test_numbers_are_those_of_the_runs(short, short_study):
    entry = short_study.assumptions[0]
    assert (entry.id, entry.replications) == ("turn_weight", 2)
    name = "equal_opportunity_difference"
    low = replace(short, behaviour=short.behaviour.with_values({"turn_weight": 0.0}))
    keep, plan = (option.key for option in short.options)

    def differences(asked, numbers):
        return np.array([run[plan][name] - run[keep][name] for run in (run_headlines(asked, number) for number in numbers)])

    usual = differences(short, range(6))
    found = entry.responses["plan"][name].low
    assert found.setting == 0.0
    assert found.difference == pytest.approx(differences(low, range(2)).mean())
    assert found.change == pytest.approx((differences(low, range(2)) - usual[:2]).mean())
    told = short_study.options[0].differences[name]
    assert told.difference == pytest.approx(usual[:2].mean())
    assert told.noise == pytest.approx(t.ppf(1 - 0.025 / 8, 5) * usual.std(ddof=1) * (2 / 2) ** 0.5)


def test_the_same_rules_in_other_words_depend_on_the_same(short, short_study):
    baseline = reword(short.baseline)

    def said_anew(option):
        return replace(option, phases=tuple(replace(phase, criteria=reword(phase.criteria)) for phase in option.phases))

    assert baseline.content_hash != short.baseline.content_hash
    reworded = replace(short, baseline=baseline, options=tuple(said_anew(option) for option in short.options))
    assert find_sensitivity(reworded, Computing(), replications=2, followed=1).to_json() == short_study.to_json()


def test_the_result_does_not_depend_on_the_store(short, short_study, tmp_path, monkeypatch):
    store = Store(tmp_path)
    assert find_sensitivity(short, Computing(store=store), replications=2, followed=1) == short_study
    with monkeypatch.context() as patch:
        patch.setattr("simulator.experiments.execution.headline_runs.run_headlines", None)
        assert find_sensitivity(short, Computing(store=store), replications=2, followed=1) == short_study
    keep_study(store, "sensitivity", short, short_study)
    assert find_study(store, "sensitivity", short) == short_study


@pytest.mark.deep
def test_the_result_does_not_depend_on_processes(scenario, study):
    """That runs give the same in other processes is proved in test_executors.py."""
    assert find_sensitivity(scenario, Computing(workers=2), replications=6, followed=2) == study


def test_a_large_population_is_thinned_and_it_says_so(tiny):
    kinds = {name: kind.model_copy(update={"units": 20}) for name, kind in tiny.population.kinds.items()}
    large = planted(replace(tiny, population=tiny.population.model_copy(update={"kinds": kinds})), rank_weight=(0.0, 0.6))
    study = find_sensitivity(large, Computing(), replications=2, members=200)
    assert (study.members, study.members_in_scenario) == (pytest.approx(200, rel=0.1), 720)
    whole = find_sensitivity(large, Computing(), replications=2, members=None)
    assert whole.members == whole.members_in_scenario == 720


def usual(difference, verdict="clear"):
    return UsualDifference(difference, None, None, verdict, 0.1, 0.05)


def at_end(difference, verdict="clear"):
    return AtEnd(0.5, difference, 0.0, None, None, verdict, is_told=False)


@pytest.mark.parametrize(
    ("before", "ends", "expected"),
    [
        (usual(0.2), (at_end(-0.2), None), True),
        (usual(-0.2), (None, at_end(0.001)), True),
        (usual(0.2), (at_end(0.1), at_end(0.3)), False),
        (usual(0.2), (at_end(0.0), None), False),
        (usual(0.2), (at_end(-0.2, "not clear"), None), False),
        (usual(0.2, "small"), (at_end(-0.2), None), False),
        (usual(0.01, "small"), (at_end(-0.2), at_end(0.2)), True),
        (usual(0.01, "not clear"), (at_end(-0.2), at_end(0.2, "not clear")), False),
        (usual(None, "not clear"), (at_end(-0.2), at_end(0.2)), True),
        (usual(0.2), (at_end(None, "not clear"), None), False),
        (usual(0.2), (None, None), False),
    ],
)
def test_a_sign_turns_where_two_of_three_are_clear_both_ways(before, ends, expected):
    assert turns(before, *ends) is expected


def test_what_was_not_run_in_all_replications_never_matters(short, computing, monkeypatch):
    """Nothing is followed to the sixth replication: however far it moves, and were it told from luck, it has no verdict of that weight."""
    monkeypatch.setattr(one_at_a_time, "is_told_from_luck", lambda *_: True)
    study = find_sensitivity(short, computing, replications=6, followed=0)
    assert {entry.replications for entry in study.assumptions} < {1, 2, 3}
    assert not any(entry.is_notable for entry in study.assumptions)
    assert any(entry.influence >= 1 for entry in study.assumptions)


def test_a_change_is_looked_at_at_both_ends_of_every_indicator_of_every_option(study):
    assert study.n_looks == 1 * len(COMPARED) * 2


def test_a_scenario_that_changes_nothing_is_refused_before_anything_runs(tiny):
    def never(_done, _total):
        pytest.fail("has run")

    nothing = replace(tiny, options=(tiny.keep_as_is,))
    with pytest.raises(RunError, match="no option of") as refused:
        find_sensitivity(nothing, Computing(progress=never), replications=2)
    assert refused.value.fields["code"] == "CL007"
    check_options(tiny)


def test_only_what_the_runs_need_is_followed(short, short_study):
    assert set(COMPARED) == set(short_study.options[0].differences)
    assert fingerprint(short) == fingerprint(planted(short))
