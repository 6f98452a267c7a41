"""A rewording changes every word and no award; and what changes an award is not let through as one."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from simulator.errors import RunError
from simulator.experiments.runs import run
from simulator.experiments.runs.rewording import reword
from simulator.experiments.runs.run import awards_fingerprint, check_null_reform
from simulator.model.behaviour import STRUCTURES, Behaviour
from simulator.model.compiling import compile_regime
from simulator.model.model import AwardModel
from simulator.population.generator import uniform_population
from simulator.rules.clauses import Eligibility
from simulator.rules.conditions import AllOf
from simulator.rules.loading import load_criteria
from tests.worlds import FOCUS, award, clause, criteria, one_award, quota

EXPRESSIONS = ["decree-91", "decree-91+hanoi-plan-115", "decree-91+hanoi-plan-115+hanoi-letter-3959", "law-2022"]
MADE_UP = one_award(
    quota(0.3),
    clause("floor", "direct-worker-floor", "share: 0.4, counts_as_direct: [direct], pooling: unit"),
    clause("cap", "leader-cap", "share: 0.5, pooling: unit"),
    clause("cooling-off", "cooling-off", "years: 1"),
    clause("threshold", "score-threshold", "at_least: -1.5"),
    clause(
        "both",
        "eligibility",
        "requires: {all: [{fact: rating, at_least: completed}, {fact: unused-initiatives, at_least: 1, consumed: true}, {fact: leave-days, below: 40}]}",
    ),
    procedure=(clause("weights", "weights", "results: 0.3, initiative: 0.1, scope: 0.6, conduct: 0.0"),),
)


@pytest.fixture(params=[*EXPRESSIONS, "made up"])
def rules(request, office):
    return MADE_UP if request.param == "made up" else load_criteria(request.param, office)


def conjuncts(conditions):
    """Give the parts that must all hold, however they are grouped."""
    return {part for condition in conditions for part in (conjuncts(condition.all) if isinstance(condition, AllOf) else [condition])}


# --- what changes and what does not ----------------------------------------------------------------------------------------------


def test_every_word_is_another(rules):
    reworded = reword(rules)
    assert reworded.content_hash != rules.content_hash
    assert reworded.id != rules.id
    before = {entry.title.vi for _, entry in rules.iter_clauses()}
    assert not before & {entry.title.vi for _, entry in reworded.iter_clauses()}
    assert not {path for path, _ in rules.iter_clauses()} & {path for path, _ in reworded.iter_clauses()}
    assert list(reworded.awards) == list(rules.awards)[::-1]


def test_the_original_is_left_as_it_was(rules):
    before = rules.content_hash, list(rules.iter_clauses())
    reword(rules)
    assert (rules.content_hash, list(rules.iter_clauses())) == before


def test_the_model_makes_the_same_regime_of_it(rules):
    behaviour = Behaviour(turn_weight=0.2, rank_weight=0.1, merit_loading_scope=0.31, post_loading_conduct=0.17, council_bar_unit=-1.0)
    one, other = (compile_regime(words, behaviour, focus_award=FOCUS) for words in (rules, reword(rules)))
    for field in fields(one):
        if field.name not in {"awards", "ad_hoc_awards"}:
            assert getattr(one, field.name) == getattr(other, field.name), field.name
    for a, b in zip([*one.awards, *one.ad_hoc_awards], [*other.awards, *other.ad_hoc_awards], strict=True):
        for field in fields(a):
            if field.name not in {"conditions", "quota", "counted_as_direct"}:
                assert getattr(a, field.name) == getattr(b, field.name), (a.id, field.name)
        assert conjuncts(a.conditions) == conjuncts(b.conditions)
        assert (a.quota is None) == (b.quota is None)
        if a.quota is not None:
            assert a.quota.model_copy(update={"title": b.quota.title}) == b.quota
        if not a.reservation.is_slack:
            assert a.counted_as_direct == b.counted_as_direct


def test_a_condition_of_several_parts_is_split_and_one_part_is_said_twice():
    both = clause("both", "eligibility", "requires: {all: [{fact: rating, at_least: completed}, {fact: disciplined-this-year}]}")
    single = clause("one", "eligibility", "requires: {fact: rating, at_least: completed}")
    for written, n_distinct in ((both, 2), (single, 1)):
        clauses = reword(one_award(written)).awards[FOCUS].clauses.values()
        halves = [entry.requires for entry in clauses if isinstance(entry, Eligibility)]
        assert len(halves) == 2
        assert len(conjuncts(halves)) == n_distinct


def test_a_condition_that_uses_up_an_initiative_is_never_said_twice():
    """Saying it twice would ask for twice as many initiatives."""
    one = clause("one", "eligibility", "requires: {fact: unused-initiatives, at_least: 1, consumed: true}")
    either = clause(
        "one", "eligibility", "requires: {any: [{fact: rating, at_least: excellent}, {fact: unused-initiatives, at_least: 1, consumed: true}]}"
    )
    for written in (one, either):
        clauses = reword(one_award(written)).awards[FOCUS].clauses.values()
        assert len([entry for entry in clauses if isinstance(entry, Eligibility)]) == 1


def test_a_rewording_can_be_reworded(rules):
    twice = reword(reword(rules))
    assert len({rules.content_hash, reword(rules).content_hash, twice.content_hash}) == 3
    one, other = (compile_regime(words, Behaviour(council_bar_unit=-1.0), focus_award=FOCUS) for words in (rules, twice))
    assert one == other


def test_a_clean_world_can_be_urged(office):
    compile_regime(load_criteria("decree-91+hanoi-plan-115", office), Behaviour(), focus_award=FOCUS)


def test_a_set_of_one_award_without_any_clause_can_be_reworded():
    assert reword(criteria(award(FOCUS))).content_hash != criteria(award(FOCUS)).content_hash


# --- the same awards ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("structure", STRUCTURES)
def test_a_rewording_awards_exactly_the_same_people(rules, structure):
    behaviour = Behaviour(
        appraisal_reliability=0.45, turn_weight=0.25, rank_weight=0.15, prestige_weight=0.05, stakes=1.0, council_bar_unit=-1.0, structure=structure
    )
    fingerprints = []
    for words in (rules, reword(rules)):
        with AwardModel(uniform_population(12, 17, direct_share=0.6), words, behaviour, seed=3, collects=False) as model:
            fingerprints.append(awards_fingerprint(model.run(5).history()))
    assert fingerprints[0] == fingerprints[1]


def test_the_seal_is_exactly_zero(tiny):
    seal = check_null_reform(tiny)
    assert (seal.max_abs_difference, seal.same_awards) == (0.0, True)
    assert seal.baseline_hash == tiny.baseline.content_hash
    assert seal.rewording_hash == reword(tiny.baseline).content_hash != seal.baseline_hash


# --- what is no rewording ----------------------------------------------------------------------------------------------------------------


def tampered(words, path, **changes):
    """Change one clause of a set, and nothing else."""
    section, clause_id = path.split(".")
    rules = words.rules
    if section == "procedure":
        clauses = {**rules.procedure, clause_id: rules.procedure[clause_id].model_copy(update=changes)}
        return replace(words, rules=rules.model_copy(update={"procedure": clauses}))
    one = rules.awards[section]
    clauses = {**one.clauses, clause_id: one.clauses[clause_id].model_copy(update=changes)}
    awards = {**rules.awards, section: one.model_copy(update={"clauses": clauses})}
    return replace(words, rules=rules.model_copy(update={"awards": awards}))


TAMPERING = {
    "one place": (f"{FOCUS}.quota", {"share": None, "places": 1}),
    "a larger share": (f"{FOCUS}.quota", {"share": 0.17}),
    "another rounding": (f"{FOCUS}.quota", {"rounding": "floor"}),
    "shares of staff": (f"{FOCUS}.quota", {"of": "staff"}),
    "one weight": ("procedure.weights", {"scope": 0.3}),
    "the rating cap": ("procedure.rating-cap", {"share": 0.5}),
    "one more appraiser": ("procedure.appraisal-at-unit", {"appraisers": 2}),
    "a shorter ladder": (
        "chien-si-thi-dua-tinh.consecutive-titles",
        {"requires": {"fact": "award-run", "award": FOCUS, "at_least": 2}},
    ),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_the_seal_breaks_when_anything_that_matters_was_moved(tiny, monkeypatch, what):
    path, changes = TAMPERING[what]
    if "requires" in changes:
        original = tiny.baseline.clause(path)
        changes = {"requires": type(original).model_validate(original.model_dump() | {"requires": changes["requires"]}).requires}
    monkeypatch.setattr(run, "reword", lambda words: tampered(reword_nothing_but_titles(words), path, **changes))
    with pytest.raises(RunError, match="null reform shows a difference") as problem:
        check_null_reform(tiny)
    assert problem.value.fields["difference"]


def reword_nothing_but_titles(words):
    return replace(words, id=f"{words.id}-again")


def test_the_seal_breaks_when_the_rewording_is_the_set_itself(tiny, monkeypatch):
    """A set compared with itself would prove nothing."""
    monkeypatch.setattr(run, "reword", lambda words: words)
    with pytest.raises(RunError):
        check_null_reform(tiny)


def test_the_seal_breaks_when_the_same_numbers_come_from_other_people(tiny, monkeypatch):
    values = iter([({"award_rate": 0.1}, {})] * 2)
    prints = iter(["one", "other"])
    monkeypatch.setattr(run, "values_of", lambda _history: next(values))
    monkeypatch.setattr(run, "awards_fingerprint", lambda _history: next(prints))
    with pytest.raises(RunError):
        check_null_reform(tiny)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([{"a": np.nan, "b": 0.0}, {"a": 0.5, "b": 0.0}], id="first"),
        pytest.param(
            [{"b": 0.0, "a": np.nan}, {"b": 0.0, "a": 0.5}],
            id="later",
        ),
    ],
)
def test_the_seal_breaks_when_an_indicator_is_undefined_on_one_side_only(tiny, monkeypatch, values):
    answers = iter([(found, {}) for found in values])
    monkeypatch.setattr(run, "values_of", lambda _history: next(answers))
    with pytest.raises(RunError):
        check_null_reform(tiny)
