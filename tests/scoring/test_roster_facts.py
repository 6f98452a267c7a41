"""Every fact of a clause, on a list of real nominees: one case on each side of each border, and a slow reading of one nominee at a time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.rules.facts import RATINGS, SCOPES, FactName, Test
from simulator.scoring.eligibility import meets
from simulator.scoring.facts import MissingFactError
from simulator.scoring.roster import AwardEvent, Initiative
from simulator.scoring.roster_facts import facts_of, full_years
from tests.scoring.rosters import make_roster

YEAR = 2025
ON = date(2025, 12, 15)


def is_met(test, **columns):
    """Judge one nominee, whose columns hold one value each."""
    lists = {name: [value] for name, value in columns.items() if name in {"awards", "initiatives", "disciplined_on"}}
    tables = {name: {key: [value] for key, value in columns.get(name, {}).items()} for name in ("numbers", "answers", "words")}
    facts = facts_of(make_roster(1, year=YEAR, on=ON, **tables, **lists))
    return bool(meets(Test(**test), facts)[0])


def won(*years, award="title"):
    return [AwardEvent(award, year) for year in years]


def rated(*words):
    return {"words": {f"rating:{YEAR - ago}": word for ago, word in enumerate(words)}}


WELL, BEST = "completed-well", "excellent"
YES_NO = {
    "case-pending": "case_pending",
    "is-direct-worker": "is_direct_worker",
    "is-woman": "is_woman",
    "works-in-hard-job": "works_in_hard_job",
    "works-in-hard-area": "works_in_hard_area",
    "leads-cluster": "leads_cluster",
}
INITIATIVE = {"fact": "unused-initiatives", "at_least": 1, "consumed": True}
CASES = [
    ({"fact": "rating", "at_least": WELL}, rated(WELL), True),
    ({"fact": "rating", "at_least": BEST}, rated(WELL), False),
    ({"fact": "rating", "at_least": "failed"}, rated("failed"), True),
    ({"fact": "rating", "at_least": "failed"}, rated(""), False),
    ({"fact": "rating-run", "rating": WELL, "at_least": 2}, rated(BEST, WELL), True),
    ({"fact": "rating-run", "rating": WELL, "at_least": 2}, rated(BEST, "completed", BEST), False),
    ({"fact": "rating-run", "rating": WELL, "at_least": 2}, rated(BEST, "", BEST), False),
    ({"fact": "rating-count", "rating": BEST, "within_years": 3, "at_least": 2}, rated(BEST, WELL, BEST), True),
    ({"fact": "rating-count", "rating": BEST, "within_years": 3, "at_least": 2}, rated(BEST, WELL, WELL, BEST), False),
    ({"fact": "awarded-this-year", "award": "title"}, {"awards": won(YEAR)}, True),
    ({"fact": "awarded-this-year", "award": "title"}, {"awards": won(YEAR - 1)}, False),
    ({"fact": "awarded-this-year", "award": "title"}, {"awards": won(YEAR, award="other")}, False),
    ({"fact": "award-run", "award": "title", "at_least": 3}, {"awards": won(YEAR, YEAR - 1, YEAR - 2)}, True),
    ({"fact": "award-run", "award": "title", "at_least": 3}, {"awards": won(YEAR, YEAR - 1, YEAR - 3)}, False),
    ({"fact": "award-count", "award": "title", "within_years": 5, "at_least": 2}, {"awards": won(YEAR, YEAR - 4)}, True),
    ({"fact": "award-count", "award": "title", "within_years": 5, "at_least": 2}, {"awards": won(YEAR, YEAR - 5)}, False),
    ({"fact": "years-since-award", "award": "title", "at_least": 5}, {}, True),
    ({"fact": "years-since-award", "award": "title", "at_least": 5}, {"awards": won(YEAR - 5)}, True),
    ({"fact": "years-since-award", "award": "title", "at_least": 5}, {"awards": won(YEAR - 4, YEAR - 9)}, False),
    ({"fact": "years-since-award", "award": "title", "at_least": 5}, {"awards": [AwardEvent("title", 2020, "12", date(2020, 12, 15))]}, True),
    ({"fact": "years-since-award", "award": "title", "at_least": 5}, {"awards": [AwardEvent("title", 2020, "12", date(2020, 12, 16))]}, False),
    ({"fact": "years-since-award", "award": "title", "at_least": 5}, {"awards": [AwardEvent("title", 2020, "12", date(2021, 1, 5))]}, False),
    ({"fact": "years-since-award", "award": "title", "at_least": 40}, {"awards": won(YEAR - 41)}, True),
    (INITIATIVE, {"initiatives": [Initiative("grass-roots")]}, True),
    (INITIATIVE, {"initiatives": [Initiative("nation", 2025, is_used=True)]}, False),
    ({**INITIATIVE, "at_least": 2}, {"initiatives": [Initiative("grass-roots"), Initiative("nation")]}, True),
    ({**INITIATIVE, "scope": "province"}, {"initiatives": [Initiative("grass-roots", 2025)]}, False),
    ({**INITIATIVE, "scope": "province"}, {"initiatives": [Initiative("nation", 2025)]}, True),
    ({**INITIATIVE, "within_years": 3}, {"initiatives": [Initiative("grass-roots", 2023)]}, True),
    ({**INITIATIVE, "within_years": 3}, {"initiatives": [Initiative("grass-roots", 2022)]}, False),
    ({**INITIATIVE, "within_years": 3}, {"initiatives": [Initiative("grass-roots")]}, False),
    (INITIATIVE, {"initiatives": [Initiative("grass-roots", 2026)]}, False),
    ({"fact": "disciplined-this-year"}, {"disciplined_on": [date(2025, 1, 1)]}, True),
    ({"fact": "disciplined-this-year"}, {"disciplined_on": [date(2024, 12, 31)]}, False),
    ({"fact": "years-since-discipline", "at_least": 1}, {}, True),
    ({"fact": "years-since-discipline", "at_least": 1}, {"disciplined_on": [date(2024, 12, 15), date(2020, 1, 1)]}, True),
    ({"fact": "years-since-discipline", "at_least": 1}, {"disciplined_on": [date(2020, 1, 1), date(2024, 12, 16)]}, False),
    ({"fact": "service-months", "at_least": 10}, {"numbers": {"service_months": "10"}}, True),
    ({"fact": "service-months", "at_least": 10}, {"numbers": {"service_months": "9.99"}}, False),
    ({"fact": "leave-days", "below": 40}, {"numbers": {"leave_days": "39.5"}}, True),
    ({"fact": "leave-days", "below": 40}, {"numbers": {"leave_days": "40.0"}}, False),
    ({"fact": "old-unit-agrees"}, {"words": {"old_unit_agrees": "agrees"}}, True),
    ({"fact": "old-unit-agrees"}, {"words": {"old_unit_agrees": ""}}, True),
    ({"fact": "old-unit-agrees"}, {"words": {"old_unit_agrees": "not-moved"}}, True),
    ({"fact": "old-unit-agrees"}, {"words": {"old_unit_agrees": "disagrees"}}, False),
    ({"fact": "years-in-post", "at_least": 15}, {"numbers": {"years_in_post": "15"}}, True),
    ({"fact": "years-in-post", "at_least": 15}, {"numbers": {"years_in_post": "14.9"}}, False),
    ({"fact": "role", "one_of": ["direct", "staff"]}, {"words": {"role": "staff"}}, True),
    ({"fact": "role", "one_of": ["direct", "staff"]}, {"words": {"role": "head"}}, False),
    ({"fact": "sector", "one_of": ["enterprise"]}, {"words": {"sector": "enterprise"}}, True),
    ({"fact": "sector", "one_of": ["enterprise"]}, {"words": {"sector": "other"}}, False),
    ({"fact": "members-awarded", "award": "title", "at_least": 1}, {"numbers": {"members_awarded:title": "1"}}, True),
    ({"fact": "members-awarded", "award": "title", "at_least": 1}, {"numbers": {"members_awarded:title": "0"}}, False),
    ({"fact": "members-awarded", "award": "title", "at_least_share": 0.7}, {"numbers": {"members": "10", "members_awarded:title": "7"}}, True),
    ({"fact": "members-awarded", "award": "title", "at_least_share": 0.7}, {"numbers": {"members": "11", "members_awarded:title": "7"}}, False),
    (
        {"fact": "members-awarded", "award": "title", "at_least": 8, "at_least_share": 0.7},
        {"numbers": {"members": "10", "members_awarded:title": "7"}},
        False,
    ),
    ({"fact": "members-rated", "rating": WELL, "at_least_share": 1.0}, {"numbers": {"members": "3", "members_rated:completed-well": "3"}}, True),
    ({"fact": "members-rated", "rating": WELL, "at_least_share": 1.0}, {"numbers": {"members": "3", "members_rated:completed-well": "2"}}, False),
    ({"fact": "members-rated", "rating": WELL, "at_least_share": 0.0}, {"numbers": {"members": "0", "members_rated:completed-well": "0"}}, False),
    ({"fact": "members-disciplined", "at_least": 1}, {"numbers": {"members_disciplined": "1"}}, True),
    ({"fact": "members-disciplined", "at_least": 1}, {"numbers": {"members_disciplined": "0"}}, False),
    ({"fact": "women-share", "at_least_share": 0.7}, {"numbers": {"members": "10", "women": "7"}}, True),
    ({"fact": "women-share", "more_than_share": 0.7}, {"numbers": {"members": "10", "women": "7"}}, False),
    ({"fact": "women-share", "more_than_share": 0.7}, {"numbers": {"members": "10", "women": "8"}}, True),
    ({"fact": "women-share", "more_than_share": 0.0}, {"numbers": {"members": "10", "women": "0"}}, False),
    ({"fact": "women-share", "more_than_share": 0.5}, {"numbers": {"members": "999999999", "women": "500000000"}}, True),
    ({"fact": "women-share", "more_than_share": 0.333333333333333}, {"numbers": {"members": "3000000000", "women": "1000000000"}}, True),
    ({"fact": "women-share", "more_than_share": 0.333333333333334}, {"numbers": {"members": "3000000000", "women": "1000000000"}}, False),
    ({"fact": "members-rated", "rating": WELL, "more_than_share": 0.5}, {"numbers": {"members": "4", "members_rated:completed-well": "2"}}, False),
    ({"fact": "members-rated", "rating": WELL, "more_than_share": 0.5}, {"numbers": {"members": "4", "members_rated:completed-well": "3"}}, True),
    ({"fact": "members-awarded", "award": "title", "more_than_share": 0.5}, {"numbers": {"members": "10", "members_awarded:title": "5"}}, False),
    ({"fact": "members-awarded", "award": "title", "more_than_share": 0.5}, {"numbers": {"members": "10", "members_awarded:title": "6"}}, True),
    ({"fact": "women-share", "at_least_share": 0.7}, {"numbers": {"members": "10", "women": "6"}}, False),
    ({"fact": "women-share", "at_least_share": 0.333333333333333}, {"numbers": {"members": "3000000000", "women": "1000000000"}}, True),
    ({"fact": "women-share", "at_least_share": 0.333333333333334}, {"numbers": {"members": "3000000000", "women": "1000000000"}}, False),
    ({"fact": "years-established", "at_least": 10}, {"numbers": {"years_established": "10"}}, True),
    ({"fact": "years-established", "at_least": 10}, {"numbers": {"years_established": "9"}}, False),
    *(({"fact": fact}, {"answers": {column: answer}}, answer) for fact, column in YES_NO.items() for answer in (True, False)),
]


@pytest.mark.parametrize(("test", "nominee", "expected"), CASES)
def test_a_fact_holds_on_one_side_of_its_border(test, nominee, expected):
    assert is_met(test, **nominee) is expected


def test_every_fact_has_a_case_on_each_side():
    sides = {fact: {expected for test, _, expected in CASES if test["fact"] == fact} for fact in get_args(FactName)}
    assert {fact for fact, found in sides.items() if found != {True, False}} == set()


NEEDS_A_COLUMN = [test for test, nominee, _ in CASES if {"numbers", "answers", "words"} & set(nominee)]


@pytest.mark.parametrize("test", NEEDS_A_COLUMN, ids=lambda test: test["fact"])
def test_a_column_the_list_does_not_have_is_said_by_name(test):
    with pytest.raises(MissingFactError, match=r"The table has no column '[a-z_:-]+'"):
        meets(Test(**test), facts_of(make_roster(2)))


@pytest.mark.parametrize(
    ("since", "on", "years"),
    [
        (date(2020, 2, 29), date(2025, 2, 28), 4),
        (date(2020, 2, 29), date(2025, 3, 1), 5),
        (date(2020, 2, 29), date(2024, 2, 29), 4),
        (date(2020, 6, 1), date(2020, 6, 1), 0),
    ],
)
def test_full_years_end_on_the_day_they_began(since, on, years):
    assert full_years(since, on) == years


def test_numbers_with_many_decimals_keep_their_whole_part():
    facts = facts_of(make_roster(2, numbers={"service_months": ["0.0000000000000000009", "0"]}))
    assert facts.count("service_months").tolist() == [0, 0]


# --- one nominee at a time ---------------------------------------------------------------------------------------------------

DAYS = st.dates(date(1990, 1, 1), date(2026, 6, 1))
EVENTS = st.lists(st.builds(AwardEvent, st.sampled_from(["title", "medal"]), st.integers(1990, 2026), st.none(), st.none() | DAYS), max_size=5)
INITIATIVES = st.lists(st.builds(Initiative, st.sampled_from(SCOPES), st.none() | st.integers(2018, 2026), st.booleans()), max_size=5)
GRADES = st.lists(st.sampled_from(["", *RATINGS]), min_size=6, max_size=6)
NOMINEES = st.lists(st.tuples(EVENTS, INITIATIVES, GRADES, st.lists(DAYS, max_size=3)), min_size=1, max_size=5)
AWARD, COUNT, WINDOW = st.sampled_from(["title", "medal"]), st.integers(1, 6), st.integers(1, 6)
HISTORY_TESTS = st.one_of(
    st.builds(Test, fact=st.just("rating"), at_least=st.sampled_from(RATINGS)),
    st.builds(Test, fact=st.just("rating-run"), rating=st.sampled_from(RATINGS), at_least=COUNT),
    st.builds(Test, fact=st.just("rating-count"), rating=st.sampled_from(RATINGS), at_least=COUNT, within_years=WINDOW),
    st.builds(Test, fact=st.just("award-run"), award=AWARD, at_least=COUNT),
    st.builds(Test, fact=st.just("award-count"), award=AWARD, at_least=COUNT, within_years=st.integers(1, 31)),
    st.builds(Test, fact=st.just("years-since-award"), award=AWARD, at_least=st.integers(1, 35)),
    st.builds(Test, fact=st.just("years-since-discipline"), at_least=st.integers(1, 35)),
    st.builds(Test, fact=st.just("disciplined-this-year")),
    st.builds(
        Test,
        fact=st.just("unused-initiatives"),
        at_least=COUNT,
        consumed=st.booleans(),
        scope=st.none() | st.sampled_from(SCOPES),
        within_years=st.none() | WINDOW,
    ),
)


def has_passed(since, n_years):
    """Walk from day to day until the same day n years later, or the next day there is."""
    try:
        end = since.replace(year=since.year + n_years)
    except ValueError:
        end = since.replace(year=since.year + n_years, day=28) + timedelta(days=1)
    return end <= ON


def slow_history(test, events, initiatives, grades, days):  # noqa: PLR0911 - a clerk answers one question after the other
    """Read one file as a clerk would."""
    years = [event.year for event in events if event.award == test.award]
    match test.fact:
        case "rating":
            return grades[0] in RATINGS[RATINGS.index(test.at_least) :]
        case "rating-run":
            return len(grades) >= test.at_least and all(grade in RATINGS[RATINGS.index(test.rating) :] for grade in grades[: test.at_least])
        case "rating-count":
            return sum(grade in RATINGS[RATINGS.index(test.rating) :] for grade in grades[: test.within_years]) >= test.at_least
        case "award-run":
            return all(YEAR - ago in years for ago in range(test.at_least))
        case "award-count":
            return len({year for year in years if YEAR - test.within_years < year <= YEAR}) >= test.at_least
        case "years-since-award":
            mine = [event for event in events if event.award == test.award]
            return all(has_passed(one.decided_on, test.at_least) if one.decided_on else YEAR - one.year >= test.at_least for one in mine)
        case "years-since-discipline":
            return all(has_passed(day, test.at_least) for day in days)
        case "disciplined-this-year":
            return any(day.year == YEAR for day in days)
        case _:
            fit = [one for one in initiatives if not one.is_used and (one.year is None or one.year <= YEAR)]
            fit = [one for one in fit if test.scope is None or SCOPES.index(one.scope) >= SCOPES.index(test.scope)]
            fit = [one for one in fit if test.within_years is None or (one.year is not None and one.year > YEAR - test.within_years)]
            return len(fit) >= test.at_least


@given(NOMINEES, HISTORY_TESTS)
def test_histories_agree_with_reading_files_one_by_one(nominees, test):
    events, initiatives, grades, days = zip(*nominees, strict=True)
    words = {f"rating:{YEAR - ago}": [own[ago] for own in grades] for ago in range(6)}
    roster = make_roster(len(nominees), year=YEAR, on=ON, words=words, awards=events, initiatives=initiatives, disciplined_on=days)
    assert meets(test, facts_of(roster)).tolist() == [slow_history(test, *one) for one in nominees]


def test_a_list_of_nobody_has_facts_of_nobody():
    facts = facts_of(make_roster(0, numbers={"leave_days": []}))
    assert facts.n_nominees == 0
    assert meets(Test(fact="leave-days", below=4), facts).tolist() == []
    assert np.asarray(facts.unused_initiatives).tolist() == []
