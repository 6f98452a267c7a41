from __future__ import annotations

import numpy as np
import pytest

from simulator.model.behaviour import Behaviour
from simulator.model.compiling import compile_regime
from simulator.model.model import AwardModel
from simulator.model.transition import open_steps, take_over
from simulator.population.generator import uniform_population
from simulator.rules.loading import load_criteria
from simulator.scoring.facts import Rating
from tests.cycles import begin_cycle
from tests.worlds import FOCUS, award, clause, criteria, quota

THREE_YEARS = clause("run", "eligibility", f"requires: {{fact: award-run, award: {FOCUS}, at_least: 3}}")


def counts(title, as_what=None, of_set="former", name="earlier"):
    words = f"award: {title}, of_set: {of_set}" + ("" if as_what is None else f", counts_as: {as_what}")
    return clause(name, "transition", words)


def titles(*clauses, ids=("former",), **years):
    """Let titles of a former set meet a new one that has FOCUS and ``upper``; years and waits by award."""
    regime = compile_regime(criteria(award(FOCUS, quota()), award("upper", level=3), procedure=clauses), Behaviour(), focus_award=FOCUS)
    members = begin_cycle(n_units=1, size=3).members
    for name in {FOCUS, "upper", *(years or ())}:
        bits, wait = years.get(name, ([0, 0, 0], [9, 9, 9]))
        members.award_years[name], members.wait[name] = np.array(bits, dtype=np.uint32), np.array(wait, dtype=np.int8)
    take_over(members, ids, regime)
    return {name: (members.award_years[name].tolist(), members.wait[name].tolist()) for name in members.award_years}


OLD = ([0b11, 0b1, 0], [0, 0, 5])


def test_without_a_clause_titles_keep_counting_under_their_own_name():
    assert titles(**{FOCUS: OLD}) == {FOCUS: OLD, "upper": ([0, 0, 0], [9, 9, 9])}


def test_titles_count_as_what_the_clause_says_and_their_wait_comes_along():
    after = titles(counts(FOCUS, "upper"), **{FOCUS: OLD, "upper": ([0b10, 0, 0b100], [1, 9, 2])})
    assert after["upper"] == ([0b11, 0b1, 0b100], [0, 0, 2])
    assert after[FOCUS][0] == [0, 0, 0]


def test_titles_that_count_as_nothing_are_gone_and_turns_are_not():
    assert titles(counts(FOCUS), **{FOCUS: OLD})[FOCUS] == ([0, 0, 0], OLD[1])


def test_a_title_that_the_new_set_does_not_have_passes_into_one_it_has():
    after = titles(counts("old-title", FOCUS), **{"old-title": OLD})
    assert after[FOCUS] == (OLD[0], [0, 0, 9])
    assert "old-title" not in after


def test_a_title_that_counts_as_itself_stays():
    assert titles(counts(FOCUS, FOCUS), **{FOCUS: OLD})[FOCUS] == OLD


def test_clauses_act_at_once():
    swapped = titles(counts(FOCUS, "upper"), counts("upper", FOCUS, name="other"), **{FOCUS: OLD, "upper": ([0, 0, 0b1000], [9, 9, 3])})
    assert swapped["upper"][0] == OLD[0]
    assert swapped[FOCUS][0] == [0, 0, 0b1000]


def test_a_clause_about_a_set_that_was_not_in_force_does_nothing():
    assert titles(counts(FOCUS), ids=("another",), **{FOCUS: OLD})[FOCUS] == OLD


# --- in a whole model ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("clauses", "are_open"), [((), True), ((counts(FOCUS, of_set="trial"),), False)])
def test_a_step_that_was_climbed_is_open_or_lost_under_the_new_set(clauses, are_open):
    rules = criteria(award(FOCUS, quota()), award("upper", THREE_YEARS, level=3))
    successor = criteria(award(FOCUS, quota()), award("upper", THREE_YEARS, level=3), procedure=clauses)
    behaviour = Behaviour(merit_stability=1.0)
    with AwardModel(uniform_population(4, 10), rules, behaviour, collects=False).run(3) as model, model.branch(successor) as new:
        before = open_steps(model.members, model.population, model.regime)["upper"]
        after = open_steps(new.members, new.population, new.regime)["upper"]
        assert before.sum() == 8  # nothing moves merit, so the two best of each unit won three times
        assert after.sum() == (8 if are_open else 0)
        new.step()
        winners = (new.members.award_years["upper"] & np.uint32(1)).sum()
        assert winners == (8 if are_open else 0)


def test_the_shipped_clauses_keep_every_title():
    former, successor = load_criteria("decree-91"), load_criteria("law-2022")
    office = Behaviour(appraisal_reliability=0.45, initiative_rate=1.0)
    with AwardModel(uniform_population(10, 20), former, office, collects=False).run(6) as model, model.branch(successor) as new:
        for name, years in model.members.award_years.items():
            if name in new.members.award_years:
                assert (new.members.award_years[name] == years).all()
        assert model.members.award_years[FOCUS].any()


# --- open steps ----------------------------------------------------------------------------------------------------------------------


def test_a_step_is_open_as_far_as_earlier_titles_go():
    either = clause(
        "either",
        "eligibility",
        f"requires: {{any: [{{fact: award-run, award: {FOCUS}, at_least: 2}}, {{fact: rating-run, rating: excellent, at_least: 2}}]}}",
    )
    initiative = clause("uses", "eligibility", "requires: {fact: unused-initiatives, at_least: 1, consumed: true}")
    rules = criteria(
        award(FOCUS, quota()), award("upper", THREE_YEARS, initiative, level=3), award("either", either, level=3), award("free", initiative)
    )
    cycle = begin_cycle(rules=rules, n_units=1, size=3)
    cycle.members.award_years[FOCUS] = np.array([0b111, 0b11, 0], dtype=np.uint32)
    cycle.members.rating_years[Rating.EXCELLENT][:] = [0, 0, 0b11]
    steps = open_steps(cycle.members, cycle.population, cycle.regime)
    assert steps["upper"].tolist() == [True, False, False]
    assert steps["either"].tolist() == [True, True, True]
    assert steps["free"].all()
    assert steps[FOCUS].all()


def test_steps_may_depend_on_the_post_and_the_last_rating():
    words = f"{{fact: award-run, award: {FOCUS}, at_least: 1}}"
    asks = clause(
        "a",
        "eligibility",
        f"requires: {{any: [{{all: [{words}, {{fact: role, one_of: [head]}}]}}, {{all: [{words}, {{fact: rating, at_least: excellent}}]}}]}}",
    )
    cycle = begin_cycle(rules=criteria(award(FOCUS, quota()), award("upper", asks, level=3)), n_units=1, size=5)
    cycle.members.award_years[FOCUS] = np.ones(cycle.population.n_members, dtype=np.uint32)
    for rating in Rating:
        cycle.members.rating_years[rating][3] = 1
    assert open_steps(cycle.members, cycle.population, cycle.regime)["upper"].tolist() == [True, False, False, True, False]
