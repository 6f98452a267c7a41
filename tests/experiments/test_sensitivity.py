"""What a result depends on: an assumption that was planted is found, one that does nothing is not, and words change nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import t

from simulator.experiments.computing import Computing
from simulator.experiments.headline_runs import HEADLINES, run_headlines
from simulator.experiments.influences import AtEnd, UsualDifference
from simulator.experiments.plan import fingerprint
from simulator.experiments.rewording import reword
from simulator.experiments.sensitivity import find_sensitivity, turns
from simulator.experiments.store import Store
from simulator.experiments.studies import find_study, keep_study

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
def scenario(tiny):
    return planted(tiny, **RANGES)


@pytest.fixture(scope="module")
def study(scenario):
    return find_sensitivity(scenario, Computing(), replications=6, followed=2)


def by_id(study):
    return {entry.id: entry for entry in study.assumptions}


def test_what_was_planted_is_first(study):
    assert study.assumptions[0].id == "rank_weight"
    assert study.assumptions[0].is_notable
    assert any(response.is_above_noise for response in study.assumptions[0].responses["plan"].values())
    assert [entry.influence for entry in study.assumptions[:2]] == sorted((entry.influence for entry in study.assumptions[:2]), reverse=True)


def test_an_assumption_of_no_weight_lies_in_the_noise(study):
    entry = by_id(study)["prestige_decay"]
    assert not entry.is_notable
    assert not any(response.is_above_noise for of_option in entry.responses.values() for response in of_option.values())


@pytest.mark.parametrize("name", ["annual_delay_months", "turn_learning"])
def test_what_moves_no_number_is_told_from_what_moves_little(study, name):
    assert not by_id(study)[name].has_effect
    assert by_id(study)[name].influence == 0
    assert by_id(study)["turn_weight"].has_effect


def test_only_what_moves_most_is_run_in_all_replications(study):
    assert study.followed == 2
    assert [entry.replications for entry in study.assumptions] == [6, 6, 3, 1, 1]
    assert {entry.id for entry in study.assumptions} == set(RANGES)


def test_numbers_are_those_of_the_runs(scenario, study):
    entry = study.assumptions[0]
    name = "equal_opportunity_difference"
    low = replace(scenario, behaviour=scenario.behaviour.with_values({"rank_weight": 0.0}))
    keep, plan = (option.key for option in scenario.options)

    def differences(asked, numbers):
        return np.array([run[plan][name] - run[keep][name] for run in (run_headlines(asked, number) for number in numbers)])

    usual = differences(scenario, range(18))
    found = entry.responses["plan"][name].low
    assert found.setting == 0.0
    assert found.difference == pytest.approx(differences(low, range(6)).mean())
    assert found.change == pytest.approx((differences(low, range(6)) - usual[:6]).mean())
    told = study.options[0].differences[name]
    assert told.difference == pytest.approx(usual[:6].mean())
    assert told.noise == pytest.approx(t.ppf(0.975, 17) * usual.std(ddof=1) * (2 / 6) ** 0.5)


def test_an_end_that_is_the_usual_number_changes_nothing_and_is_not_run(tiny):
    usual = tiny.behaviour.rank_weight
    study = find_sensitivity(planted(tiny, rank_weight=(usual, 0.5)), Computing(), replications=2)
    response = study.assumptions[0].responses["plan"]["merit_kappa"]
    assert (response.low.setting, response.low.change) == (usual, 0.0)
    assert study.n_runs == 3 * 2 + 2


def test_an_end_that_cannot_stand_beside_the_others_is_left_out(tiny):
    study = find_sensitivity(planted(tiny, rank_weight=(0.0, 0.99)), Computing(), replications=2)
    response = study.assumptions[0].responses["plan"]["merit_kappa"]
    assert response.high is None
    assert response.low is not None


def test_the_same_rules_in_other_words_depend_on_the_same(scenario, study):
    baseline = reword(scenario.baseline)

    def said_anew(option):
        return replace(option, phases=tuple(replace(phase, criteria=reword(phase.criteria)) for phase in option.phases))

    assert baseline.content_hash != scenario.baseline.content_hash
    reworded = replace(scenario, baseline=baseline, options=tuple(said_anew(option) for option in scenario.options))
    assert find_sensitivity(reworded, Computing(), replications=6, followed=2).to_json() == study.to_json()


def test_the_result_depends_neither_on_processes_nor_on_the_store(scenario, study, tmp_path):
    store = Store(tmp_path)
    assert find_sensitivity(scenario, Computing(workers=2, store=store), replications=6, followed=2) == study
    assert find_sensitivity(scenario, Computing(store=store), replications=6, followed=2) == study
    keep_study(store, "sensitivity", scenario, study)
    assert find_study(store, "sensitivity", scenario) == study


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
    return AtEnd(0.5, difference, 0.0, None, None, verdict)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (usual(0.2), at_end(-0.2), True),
        (usual(-0.2), at_end(0.001), True),
        (usual(0.2), at_end(0.1), False),
        (usual(0.2), at_end(0.0), False),
        (usual(0.2), at_end(-0.2, "not clear"), False),
        (usual(0.2, "small"), at_end(-0.2), False),
        (usual(None, "not clear"), at_end(-0.2), False),
        (usual(0.2), at_end(None, "not clear"), False),
    ],
)
def test_a_sign_turns_where_both_are_clear(before, after, expected):
    assert turns(before, after) is expected


def test_only_what_the_runs_need_is_followed(scenario):
    assert set(HEADLINES) == set(find_sensitivity(scenario, Computing(), replications=2, followed=0).options[0].differences)
    assert fingerprint(scenario) == fingerprint(planted(scenario))
