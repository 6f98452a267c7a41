from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.experiments.attribution.coalitions import Changes, Coalitions, Part, ordered_content
from simulator.experiments.runs.rewording import reword
from simulator.experiments.scenarios.option import Option, Phase
from simulator.model.compiling import compile_regime
from simulator.rules.loading import load_criteria
from simulator.rules.values import Text
from tests.worlds import FOCUS, award, clause, criteria, one_award, quota

TITLE = Text(vi="Thử", en="Trial")
CAP = clause("cap", "leader-cap", "share: 0.2, pooling: unit")
REST = clause("rest", "cooling-off", "years: 2")


def asking(tiny, baseline, *courses):
    """Give a scenario with a baseline and one option for each course of rules."""
    options = [Option.of("keep", TITLE, baseline)]
    for number, course in enumerate(courses):
        phases = course if isinstance(course, tuple) else (Phase(1, course),)
        options.append(Option(f"option-{number}", TITLE, phases))
    return replace(tiny, baseline=baseline, options=tuple(options), focus_award=FOCUS)


def coalitions_of(tiny, baseline, course):
    scenario = asking(tiny, baseline, course)
    return Coalitions(scenario.options[1], scenario)


def paths(coalitions):
    return [part.paths for part in coalitions.parts]


def test_what_applies_is_the_options_and_what_does_not_stays(tiny):
    coalitions = coalitions_of(tiny, one_award(quota(0.2), CAP), one_award(quota(0.4), REST))
    assert sorted(paths(coalitions)) == [(f"{FOCUS}.cap",), (f"{FOCUS}.places",), (f"{FOCUS}.rest",)]
    number = {part.paths[0].partition(".")[2]: place for place, part in enumerate(coalitions.parts)}

    def rule(*names):
        (phase,) = coalitions.course(frozenset(number[name] for name in names))
        regime = compile_regime(phase.criteria, tiny.behaviour, focus_award=FOCUS)
        return float(regime.focus.quota.share), float(regime.focus.reservation.leader_cap), regime.focus.cooling_off_years

    assert coalitions.course(frozenset()) == ()
    assert rule("places") == (0.4, 0.2, 0)
    assert rule("cap") == (0.2, 1.0, 0)
    assert rule("rest") == (0.2, 0.2, 2)
    assert rule("places", "cap", "rest") == (0.4, 1.0, 2)
    assert coalitions.adds_up()


def test_clauses_of_an_award_that_is_added_apply_with_it_or_not_at_all(tiny):
    held = clause("held", "eligibility", f"requires: {{fact: award-count, award: {FOCUS}, at_least: 1, within_years: 5}}")
    after = criteria(award(FOCUS, quota(), REST), award("bang-khen", quota(0.1), held, level=3))
    coalitions = coalitions_of(tiny, criteria(award(FOCUS, quota())), after)
    together = next(part for part in coalitions.parts if "bang-khen" in part.paths)
    assert set(together.paths) == {"bang-khen", "bang-khen.places", "bang-khen.held"}
    assert together.reason == "needs-each-other"
    assert (f"{FOCUS}.rest",) in paths(coalitions)
    assert coalitions.adds_up()


def test_a_clause_that_speaks_of_an_award_goes_with_it(tiny):
    before = criteria(award("lao-dong-tien-tien", quota(0.7), level=1), award(FOCUS, quota()))
    holders = quota(0.15, of="{holders_of: giay-khen}")
    after = criteria(award(FOCUS, holders), award("giay-khen", quota(0.5), level=1))
    coalitions = coalitions_of(tiny, before, after)
    assert any({"giay-khen", f"{FOCUS}.places"} <= set(part.paths) for part in coalitions.parts)
    assert any("lao-dong-tien-tien" in part.paths for part in coalitions.parts)


def test_of_two_quotas_one_takes_the_others_place(tiny):
    other = quota(0.3).replace("places:", "share-of-staff:", 1)
    coalitions = coalitions_of(tiny, one_award(quota(0.2)), one_award(other))
    assert coalitions.parts == (Part((f"{FOCUS}.share-of-staff", f"{FOCUS}.places"), "needs-each-other"),)


def test_a_clause_under_another_name_is_one_part_with_no_effect(tiny):
    renamed = REST.replace("rest:", "pause:", 1)
    coalitions = coalitions_of(tiny, one_award(quota(0.2), REST), one_award(quota(0.2), renamed, CAP))
    pair = next(place for place, part in enumerate(coalitions.parts) if len(part.paths) == 2)
    assert coalitions.course(frozenset({pair})) == ()


def test_what_the_model_can_only_play_together_is_joined(tiny):
    coalitions = coalitions_of(tiny, one_award(quota(0.2)), one_award(quota(0.3), CAP, REST))
    played = coalitions.course
    n_parts = len(coalitions.parts)
    first, second = paths(coalitions)[:2]
    coalitions.course = lambda some: None if 0 in some and 1 not in some else played(some)
    joined = coalitions.joined(frozenset({0}))
    assert joined.parts[0] == Part((*first, *second), "needs-each-other")
    assert len(joined.parts) == n_parts - 1
    coalitions.course = lambda some: None if some and len(some) < n_parts else played(some)
    assert len(coalitions.joined(frozenset({0})).parts) == 1


def test_words_and_grounds_are_no_part(tiny):
    reworded = quota(0.2).replace("en: Trial}", "en: Other words}", 1)
    scenario = asking(tiny, one_award(quota(0.2)), one_award(reworded))
    changes = Changes.of(scenario.options[1], scenario)
    assert list(changes.clauses) == [f"{FOCUS}.places"]
    assert changes.ruling == ()
    clauses = [dict(each.criteria.iter_clauses())[f"{FOCUS}.places"] for each in scenario.options]
    assert ordered_content(clauses[0]) == ordered_content(clauses[1])


def test_a_rewording_is_the_baseline_to_the_model(tiny):
    coalitions = coalitions_of(tiny, tiny.baseline, reword(tiny.baseline))
    assert coalitions.course(frozenset(range(len(coalitions.parts)))) == ()


def test_rules_of_later_years_are_laid_year_by_year(tiny):
    course = (Phase(1, one_award(quota(0.2), REST)), Phase(3, one_award(quota(0.4), REST)))
    coalitions = coalitions_of(tiny, one_award(quota(0.2)), course)
    number = {path: place for place, part in enumerate(coalitions.parts) for path in part.paths}
    assert [phase.from_year for phase in coalitions.course(frozenset({number[f"{FOCUS}.rest"]}))] == [1]
    assert [phase.from_year for phase in coalitions.course(frozenset({number[f"{FOCUS}.places"]}))] == [3]
    both = coalitions.course(frozenset(number.values()))
    assert [phase.criteria for phase in both] == [phase.criteria for phase in course]


def test_very_many_parts_are_taken_together_by_award(tiny):
    awards = [award(FOCUS, quota(0.2)), *(award(f"giay-khen-{n}", quota(0.3), CAP, REST, level=3) for n in range(12))]
    changed = [
        award(FOCUS, quota(0.3)),
        *(award(f"giay-khen-{n}", quota(0.4), clause("cap", "leader-cap", "share: 0.3, pooling: unit"), level=3) for n in range(12)),
    ]
    coalitions = coalitions_of(tiny, criteria(*awards), criteria(*changed))
    assert len(coalitions.parts) == 13
    assert {part.reason for part in coalitions.parts} == {"alone", "one-award"}
    assert all(len({path.partition(".")[0] for path in part.paths}) == 1 for part in coalitions.parts)


@pytest.mark.parametrize("name", ["decree-91+hanoi-plan-115", "decree-91+hanoi-letter-3959", "law-2022", "law-2026-draft"])
def test_the_parts_of_a_shipped_set_are_the_set(tiny, office, name):
    coalitions = coalitions_of(tiny, load_criteria("decree-91", office), load_criteria(name, office))
    assert coalitions.adds_up()
