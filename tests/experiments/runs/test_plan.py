"""A run is named by what determines it, all of it and nothing else."""

from __future__ import annotations

import datetime
from dataclasses import fields, replace

import pytest

from simulator.experiments.runs import plan as module
from simulator.experiments.runs.plan import (
    WORDS_OF_SCENARIO,
    WORDS_OUTSIDE_STUDIES,
    RunId,
    fingerprint,
    fingerprint_of_study,
    identify,
    plan_replications,
)
from simulator.experiments.scenarios.framing import Framing, RecommendationEntry
from simulator.experiments.scenarios.option import Option, Phase
from simulator.experiments.scenarios.scenario import Scenario
from simulator.experiments.scenarios.scenario_file import TargetsEntry
from simulator.model.shock import Shock
from simulator.rules.values import Text

WORDS = Text(vi="Khác", en="Other")


def changed_rules(criteria):
    """Give the same rules with one word changed."""
    header = criteria.headers[0].model_copy(update={"title": WORDS})
    return replace(criteria, headers=(header, *criteria.headers[1:]))


CHANGES = {
    "baseline": lambda tiny: changed_rules(tiny.baseline),
    "options": lambda tiny: tiny.options[::-1],
    "focus_award": lambda tiny: "lao-dong-tien-tien",
    "population": lambda tiny: tiny.population.model_copy(update={"kinds": dict(reversed(tiny.population.kinds.items()))}),
    "behaviour": lambda tiny: replace(tiny.behaviour, turn_weight=tiny.behaviour.turn_weight + 2**-50),
    "years": lambda tiny: 4,
    "warm_up_years": lambda tiny: 5,
    "seed": lambda tiny: 8,
    "shock": lambda tiny: Shock(years=frozenset({1}), kinds=frozenset({"school"})),
    "stated_base_salary": lambda tiny: tiny.stated_base_salary.model_copy(update={"amount": 1}),
}
"""Field → another value: one for every field that a run depends on."""
SAME = {
    "id": "other",
    "title": WORDS,
    "question": WORDS,
    "as_of": datetime.date(2000, 1, 1),
    "assumptions": None,
    "overrides": {"turn_weight": 0.2},
    "replications": 50,
    "stops_by_itself": False,
    "targets": TargetsEntry(at_most={"turn_taking_index": 0.2}),
    "shock_meaning": WORDS,
    "asked": ("merit_kappa",),
    "framing": Framing(recommendation=RecommendationEntry(option="plan", reasons=WORDS)),
}


def test_every_field_is_either_part_of_the_name_or_a_word():
    names = {field.name for field in fields(Scenario)}
    assert names == set(CHANGES) | set(SAME)
    assert set(SAME) == WORDS_OF_SCENARIO


@pytest.mark.parametrize("field", CHANGES)
def test_another_value_is_another_run(tiny, field):
    assert fingerprint(replace(tiny, **{field: CHANGES[field](tiny)})) != fingerprint(tiny)


@pytest.mark.parametrize("field", SAME)
def test_other_words_are_the_same_run(tiny, field):
    assert fingerprint(replace(tiny, **{field: SAME[field]})) == fingerprint(tiny)


@pytest.mark.parametrize("field", [*CHANGES, *SAME])
def test_a_study_is_named_by_its_runs_and_what_is_read_beside_them(tiny, field):
    other = replace(tiny, **{field: (CHANGES | {name: lambda _, value=value: value for name, value in SAME.items()})[field](tiny)})
    assert (fingerprint_of_study(other) == fingerprint_of_study(tiny)) == (field in WORDS_OUTSIDE_STUDIES)
    is_same = fingerprint_of_study(other, with_replications=True) == fingerprint_of_study(tiny, with_replications=True)
    assert is_same == (field in WORDS_OUTSIDE_STUDIES - {"replications", "stops_by_itself"})


def test_a_study_tells_an_option_by_its_title_too(tiny):
    first, second = tiny.options
    assert fingerprint_of_study(replace(tiny, options=(first, replace(second, title=WORDS)))) != fingerprint_of_study(tiny)


def test_an_option_is_its_rules_and_their_years_and_not_its_name(tiny):
    first, second = tiny.options
    renamed = replace(tiny, options=(first, Option("other", WORDS, second.phases)))
    later = replace(tiny, options=(first, Option(second.id, second.title, (Phase(2, second.criteria),))))
    assert fingerprint(renamed) == fingerprint(tiny)
    assert fingerprint(later) != fingerprint(tiny)


def test_shocks_differ_by_all_they_do(tiny):
    shock = Shock(years=frozenset({1, 2}), kinds=frozenset({"school"}))
    others = [shock, replace(shock, years=frozenset({2, 3})), replace(shock, roles=frozenset()), replace(shock, merit=0.5), replace(shock, deeds=2.0)]
    assert len({fingerprint(replace(tiny, shock=each)) for each in others}) == len(others)
    assert fingerprint(replace(tiny, shock=shock)) == fingerprint(replace(tiny, shock=Shock(years=frozenset({2, 1}), kinds=frozenset({"school"}))))


def test_another_program_is_another_run(tiny, monkeypatch):
    before = fingerprint(tiny)
    monkeypatch.setattr(module, "CODE_VERSION", "another")
    assert fingerprint(tiny) != before


def test_a_value_of_no_known_kind_is_refused_rather_than_overlooked(tiny):
    with pytest.raises(TypeError, match="object, which has no fingerprint"):
        fingerprint(replace(tiny, shock=object()))


def test_a_plan_names_every_replication_of_every_variant_and_hashes_a_variant_once(tiny, monkeypatch):
    other = tiny.with_(seed=8, replications=2)
    hashed = []
    monkeypatch.setattr(module, "fingerprint", lambda scenario: hashed.append(scenario) or f"hash {scenario.seed}")
    plan = plan_replications(tiny, other)
    assert [(run.scenario.seed, run.replication) for run in plan] == [(7, 0), (7, 1), (7, 2), (8, 0), (8, 1)]
    assert identify(plan) == [RunId(f"hash {run.scenario.seed}", run.replication) for run in plan]
    assert hashed == [tiny, other]
