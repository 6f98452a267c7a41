from __future__ import annotations

import json
from dataclasses import replace

import pytest

from simulator.experiments.comparing.compare import compare
from simulator.experiments.runs.compliance import LEVELS, SWEPT, first_crossing, summarise, swept_options, with_compliance
from simulator.experiments.runs.rewording import reword
from simulator.experiments.scenarios.option import Option, Phase
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.model.compiling import compile_regime
from simulator.population.spec import PopulationSpec
from simulator.rules.clauses import Exhortation


@pytest.fixture(scope="module")
def scenario():
    real = load_scenario("hanoi-2021")
    kinds = {name: kind.model_copy(update={"units": max(3, kind.units // 40)}) for name, kind in real.population.kinds.items()}
    population = PopulationSpec(id="few", title=real.population.title, basis=real.population.basis, kinds=kinds)
    return replace(real, population=population).with_(years=3, warm_up_years=3, replications=2)


def regime(criteria, scenario):
    return compile_regime(criteria, scenario.behaviour, focus_award=scenario.focus_award)


def without_exhortations(criteria):
    rules = criteria.rules

    def kept(clauses):
        return {key: clause for key, clause in clauses.items() if not isinstance(clause, Exhortation)}

    awards = {key: award.model_copy(update={"clauses": kept(award.clauses)}) for key, award in rules.awards.items()}
    changes = {"principles": kept(rules.principles), "procedure": kept(rules.procedure), "awards": awards}
    return replace(criteria, rules=rules.model_copy(update=changes))


def test_nobody_following_leaves_what_is_no_exhortation(scenario):
    by_key = {option.key: option for option in scenario.options}
    for key, levels in swept_options(scenario).items():
        assert regime(levels[0.0].criteria, scenario) == regime(without_exhortations(by_key[key].criteria), scenario)


def test_nobody_following_mere_exhortations_is_the_baseline(scenario):
    plan = next(option for option in scenario.options if option.id == "plan-115")
    assert regime(swept_options(scenario)[plan.key][0.0].criteria, scenario) == regime(scenario.baseline, scenario)


def test_only_options_with_exhortations_of_their_own_are_swept(scenario):
    swept = swept_options(scenario)
    by_hash = {option.key: option.id for option in scenario.options}
    assert {by_hash[key] for key in swept} == {"plan-115", "letter-3959", "plan-115-and-letter-3959"}
    assert all(sorted(levels) == [0.0, *LEVELS] for levels in swept.values())


@pytest.mark.parametrize("order", [("letter-3959", "keep-as-is"), ("keep-as-is", "letter-3959"), ("letter-3959", "plan-115")])
def test_where_rules_follow_one_another_those_of_every_phase_are_followed(scenario, order):
    rules = {option.id: option.criteria for option in scenario.options}
    phases = tuple(Phase(year, rules[name]) for year, name in zip((1, 2), order, strict=True))
    option = Option("phased", scenario.options[0].title, phases)
    (levels,) = swept_options(replace(scenario, options=(scenario.keep_as_is, option))).values()
    assert [phase.from_year for phase in levels[0.0].phases] == [1, 2]
    nobody = [regime(without_exhortations(rules[name]), scenario) for name in order]
    assert [regime(phase.criteria, scenario) for phase in levels[0.0].phases] == nobody
    followed = [
        clause.compliance.value
        for phase in levels[1.0].phases
        for _, clause in phase.criteria.iter_clauses()
        if isinstance(clause, Exhortation) and clause.moves
    ]
    assert set(followed) == {1.0}


def test_a_compliance_reaches_the_named_exhortations_and_nothing_else(scenario):
    criteria = next(option.criteria for option in scenario.options if option.id == "letter-3959")
    path = next(path for path, clause in criteria.iter_clauses() if isinstance(clause, Exhortation) and clause.moves)
    changed = with_compliance(criteria, {path}, 0.9)
    for name, clause in changed.iter_clauses():
        before = criteria.clause(name)
        if name == path:
            assert clause.compliance.value == 0.9
            assert clause.model_copy(update={"compliance": before.compliance}) == before
        else:
            assert clause == before


@pytest.mark.parametrize(
    ("differences", "margin", "expected"),
    [
        ([0.0, 0.1, 0.2], 0.05, 0.25),
        ([0.0, -0.1, -0.2], 0.1, 0.5),
        ([0.0, -0.1, -0.2], 0.2, 1.0),
        ([0.0, 0.01, 0.02], 0.05, None),
        ([0.0, 0.0, 0.3], 0.1, 0.5 + 0.5 / 3),
        ([0.0, float("nan"), 0.3], 0.1, None),
        ([0.0, 0.3, float("nan")], 0.1, 1 / 6),
        ([0.0, -0.04, 0.06], 0.05, 0.95),
    ],
)
def test_the_crossing_lies_on_the_straight_line_between_two_levels(differences, margin, expected):
    found = first_crossing([0.0, 0.5, 1.0], differences, margin)
    assert found == (None if expected is None else pytest.approx(expected))


def test_a_replication_that_does_not_define_an_indicator_hides_the_others_only_where_it_is_one_of_most():
    def sweep(of_full):
        return {level: dict.fromkeys(SWEPT, of_full * level) for level in (0.0, 0.5)} | {1.0: dict.fromkeys(SWEPT, of_full)}

    margins = dict.fromkeys(SWEPT, 0.05)
    found = summarise([sweep(0.1), sweep(0.1), sweep(0.4), sweep(float("nan"))], margins)[0]
    assert found.differences == [0.0, pytest.approx(0.1), pytest.approx(0.2)]
    assert found.threshold == pytest.approx(0.25)
    mostly = summarise([sweep(0.1), *[sweep(float("nan"))] * 3], margins)[0]
    assert (mostly.differences, mostly.threshold) == ([None] * 3, None)


def test_a_comparison_carries_its_sweeps(scenario):
    one_with_exhortations = replace(scenario, options=tuple(option for option in scenario.options if option.id in {"keep-as-is", "letter-3959"}))
    options = {option["id"]: option for option in json.loads(compare(one_with_exhortations).to_json())["options"]}
    assert options["keep-as-is"]["compliance"] == []
    sweeps = {sweep["indicator"]: sweep for sweep in options["letter-3959"]["compliance"]}
    assert set(sweeps) == set(SWEPT)
    for sweep in sweeps.values():
        assert sweep["levels"] == [0.0, *LEVELS]
        assert sweep["differences"][0] == 0
        assert sweep["replications"] == 2
    turns = sweeps["turn_taking_index"]
    assert turns["differences"][-1] < turns["differences"][1] < 0
    assert 0 < turns["threshold"] < 0.5


def test_an_exhortation_in_other_words_is_no_option_s_own(scenario):
    said_anew = replace(scenario.options[0], phases=tuple(replace(phase, criteria=reword(phase.criteria)) for phase in scenario.options[-1].phases))
    with_exhortations = replace(scenario, baseline=scenario.options[-1].criteria)
    assert swept_options(scenario)
    assert not swept_options(replace(with_exhortations, options=(said_anew,)))


def test_other_compliances_can_be_asked_for(scenario):
    swept = swept_options(scenario, (0.3,))
    assert [list(levels) for levels in swept.values()] == [[0.3]] * len(swept)
    assert set(swept) == set(swept_options(scenario))
