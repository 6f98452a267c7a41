"""Who meets a condition, against a slow reading of one person at a time with lists of years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.rules.conditions import AllOf, AnyOf, Not
from simulator.rules.facts import RATINGS, FactName, Test
from simulator.scoring.eligibility import _TESTS, initiatives_used, meets, meets_all
from simulator.scoring.facts import RATING_OF_WORD, Facts, Rating

THIS_YEAR = 2021
N_YEARS = 12
AWARDS = ("title", "medal")
YEARS = st.sets(st.integers(THIS_YEAR - N_YEARS + 1, THIS_YEAR))


@dataclass(frozen=True)
class Person:
    """One nominee as a file in an office knows one."""

    rating_in: dict[int, int]
    won_in: dict[str, set[int]]
    n_initiatives: int
    is_disciplined: bool
    service_months: int
    leave_days: int


PEOPLE = st.lists(
    st.builds(
        Person,
        rating_in=st.fixed_dictionaries({year: st.integers(0, 3) for year in range(THIS_YEAR - N_YEARS + 1, THIS_YEAR + 1)}),
        won_in=st.fixed_dictionaries(dict.fromkeys(AWARDS, YEARS)),
        n_initiatives=st.integers(0, 4),
        is_disciplined=st.booleans(),
        service_months=st.integers(0, 30),
        leave_days=st.integers(0, 60),
    ),
    min_size=1,
    max_size=8,
)
COUNT = st.integers(1, 4)
WORD = st.sampled_from(RATINGS)
AWARD = st.sampled_from(AWARDS)
TESTS = st.one_of(
    st.builds(Test, fact=st.just("rating"), at_least=WORD),
    st.builds(Test, fact=st.just("rating-run"), rating=WORD, at_least=COUNT),
    st.builds(Test, fact=st.just("awarded-this-year"), award=AWARD),
    st.builds(Test, fact=st.just("award-run"), award=AWARD, at_least=COUNT),
    st.builds(Test, fact=st.just("award-count"), award=AWARD, within_years=st.integers(1, 10), at_least=COUNT),
    st.builds(Test, fact=st.just("years-since-award"), award=AWARD, at_least=st.integers(1, 8)),
    st.builds(Test, fact=st.just("unused-initiatives"), at_least=COUNT, consumed=st.booleans()),
    st.builds(Test, fact=st.just("disciplined-this-year")),
    st.builds(Test, fact=st.just("service-months"), at_least=st.integers(1, 30)),
    st.builds(Test, fact=st.just("leave-days"), below=st.integers(0, 60)),
)
CONDITIONS = st.recursive(
    TESTS,
    lambda part: st.one_of(
        st.builds(lambda parts: AllOf(all=tuple(parts)), st.lists(part, min_size=1, max_size=3)),
        st.builds(lambda parts: AnyOf(any=tuple(parts)), st.lists(part, min_size=1, max_size=3)),
        st.builds(lambda inner: Not.model_validate({"not": inner}), part),
    ),
    max_leaves=6,
)


def last_years(n):
    """Give this year and the years before it, n in all."""
    return range(THIS_YEAR, THIS_YEAR - n, -1)


SLOW_TESTS = {
    "rating": lambda test, person: person.rating_in[THIS_YEAR] >= RATINGS.index(test.at_least),
    "rating-run": lambda test, person: all(person.rating_in[year] >= RATINGS.index(test.rating) for year in last_years(test.at_least)),
    "awarded-this-year": lambda test, person: THIS_YEAR in person.won_in[test.award],
    "award-run": lambda test, person: all(year in person.won_in[test.award] for year in last_years(test.at_least)),
    "award-count": lambda test, person: sum(year in person.won_in[test.award] for year in last_years(test.within_years)) >= test.at_least,
    "years-since-award": lambda test, person: all(THIS_YEAR - year >= test.at_least for year in person.won_in[test.award]),
    "unused-initiatives": lambda test, person: person.n_initiatives >= test.at_least,
    "disciplined-this-year": lambda _test, person: person.is_disciplined,
    "service-months": lambda test, person: person.service_months >= test.at_least,
    "leave-days": lambda test, person: person.leave_days < test.below,
}


def slow_meets(condition, person):
    """Read one condition for one person."""
    if isinstance(condition, AllOf):
        return all(slow_meets(part, person) for part in condition.all)
    if isinstance(condition, AnyOf):
        return any(slow_meets(part, person) for part in condition.any)
    if isinstance(condition, Not):
        return not slow_meets(condition.not_, person)
    return SLOW_TESTS[condition.fact](condition, person)


def facts_of(people):
    """Lay people's files out as columns."""

    def bits(years_of):
        return np.array([sum(2 ** (THIS_YEAR - year) for year in years_of(person)) for person in people], dtype=np.uint32)

    return Facts(
        rating=np.array([person.rating_in[THIS_YEAR] for person in people], dtype=np.int8),
        rating_years={
            rating: bits(lambda person, rating=rating: [year for year, grade in person.rating_in.items() if grade >= rating]) for rating in Rating
        },
        award_years={award: bits(lambda person, award=award: person.won_in[award]) for award in AWARDS},
        unused_initiatives=np.array([person.n_initiatives for person in people], dtype=np.int8),
        is_disciplined=np.array([person.is_disciplined for person in people]),
        service_months=np.array([person.service_months for person in people], dtype=np.int32),
        leave_days=np.array([person.leave_days for person in people], dtype=np.int16),
    )


@given(PEOPLE, TESTS)
def test_every_fact_agrees_with_reading_files_one_by_one(people, test):
    assert meets(test, facts_of(people)).tolist() == [slow_meets(test, person) for person in people]


@given(PEOPLE, CONDITIONS)
def test_and_or_and_not_agree_with_reading_files_one_by_one(people, condition):
    assert meets(condition, facts_of(people)).tolist() == [slow_meets(condition, person) for person in people]


@given(PEOPLE, st.lists(CONDITIONS, max_size=3))
def test_every_clause_of_an_award_must_be_met(people, conditions):
    expected = [all(slow_meets(condition, person) for condition in conditions) for person in people]
    assert meets_all(conditions, facts_of(people)).tolist() == expected


def test_every_fact_a_rule_may_name_is_known_here():
    assert set(_TESTS) == set(get_args(FactName))


def person(**more):
    """Describe somebody average."""
    usual = {
        "rating_in": dict.fromkeys(range(THIS_YEAR - N_YEARS + 1, THIS_YEAR + 1), 2),
        "won_in": {award: set() for award in AWARDS},
        "n_initiatives": 0,
        "is_disciplined": False,
        "service_months": 24,
        "leave_days": 0,
    }
    return Person(**usual | more)


@pytest.mark.parametrize(
    ("test", "borderline", "is_met"),
    [
        ({"fact": "service-months", "at_least": 10}, {"service_months": 10}, True),
        ({"fact": "service-months", "at_least": 10}, {"service_months": 9}, False),
        ({"fact": "leave-days", "below": 40}, {"leave_days": 39}, True),
        ({"fact": "leave-days", "below": 40}, {"leave_days": 40}, False),
        ({"fact": "years-since-award", "award": "title", "at_least": 3}, {"won_in": {"title": {2018}, "medal": set()}}, True),
        ({"fact": "years-since-award", "award": "title", "at_least": 3}, {"won_in": {"title": {2019}, "medal": set()}}, False),
        ({"fact": "years-since-award", "award": "title", "at_least": 1}, {"won_in": {"title": {2021}, "medal": set()}}, False),
        ({"fact": "award-count", "award": "title", "within_years": 3, "at_least": 2}, {"won_in": {"title": {2019, 2021}, "medal": set()}}, True),
        ({"fact": "award-count", "award": "title", "within_years": 3, "at_least": 2}, {"won_in": {"title": {2018, 2021}, "medal": set()}}, False),
        ({"fact": "rating", "at_least": "completed-well"}, {}, True),
        ({"fact": "rating", "at_least": "excellent"}, {}, False),
    ],
)
def test_the_borderline_case_falls_on_the_right_side(test, borderline, is_met):
    assert meets(Test(**test), facts_of([person(**borderline)])).tolist() == [is_met]


@pytest.mark.parametrize("word", RATINGS)
def test_ratings_are_compared_in_their_order(word):
    people = [person(rating_in=dict.fromkeys(range(THIS_YEAR - N_YEARS + 1, THIS_YEAR + 1), grade)) for grade in range(4)]
    expected = [grade >= RATING_OF_WORD[word] for grade in range(4)]
    assert meets(Test(fact="rating", at_least=word), facts_of(people)).tolist() == expected


# --- initiatives ------------------------------------------------------------------------------------------------------------

INITIATIVE = Test(fact="unused-initiatives", at_least=1, consumed=True)
EXCELLENT = Test(fact="rating", at_least="excellent")
GOOD = Test(fact="rating", at_least="completed-well")


@pytest.mark.parametrize(
    ("conditions", "n_used"),
    [
        ([INITIATIVE], 1),
        ([GOOD, INITIATIVE], 1),
        ([Test(fact="unused-initiatives", at_least=1, consumed=False)], 0),
        ([Test(fact="unused-initiatives", at_least=2, consumed=True)], 2),
        ([AnyOf(any=(INITIATIVE, EXCELLENT))], 1),
        ([AnyOf(any=(INITIATIVE, GOOD))], 0),
        ([AllOf(all=(AnyOf(any=(INITIATIVE, GOOD)), INITIATIVE))], 1),
        ([AnyOf(any=(INITIATIVE, GOOD)), INITIATIVE], 1),
        ([AnyOf(any=(Test(fact="unused-initiatives", at_least=2, consumed=True), AllOf(all=(GOOD, INITIATIVE))))], 1),
        ([AnyOf(any=(AllOf(all=(INITIATIVE, EXCELLENT)), GOOD))], 0),
        ([INITIATIVE, INITIATIVE], 2),
        ([GOOD], 0),
        ([], 0),
        ([Not.model_validate({"not": Not.model_validate({"not": GOOD})})], 0),
    ],
)
def test_an_initiative_is_used_only_by_who_needs_it(conditions, n_used):
    """The person is good but not excellent, and has three initiatives."""
    facts = facts_of([person(n_initiatives=3)])
    assert meets_all(conditions, facts).all()
    assert initiatives_used(conditions, facts).tolist() == [n_used]


@given(PEOPLE, st.lists(CONDITIONS, max_size=3))
def test_nobody_uses_more_initiatives_than_there_are_and_none_without_need(people, conditions):
    used = initiatives_used(conditions, facts_of(people))
    for somebody, n_used in zip(people, used.tolist(), strict=True):
        assert 0 <= n_used <= somebody.n_initiatives
        without = Person(**{**vars(somebody), "n_initiatives": 0})
        if all(slow_meets(condition, without) for condition in conditions):
            assert n_used == 0


def test_each_person_is_judged_alone():
    conditions = [AnyOf(any=(INITIATIVE, EXCELLENT))]
    excellent = dict.fromkeys(range(THIS_YEAR - N_YEARS + 1, THIS_YEAR + 1), 3)
    people = [person(n_initiatives=1), person(n_initiatives=1, rating_in=excellent), person(n_initiatives=2)]
    assert initiatives_used(conditions, facts_of(people)).tolist() == [1, 0, 1]
