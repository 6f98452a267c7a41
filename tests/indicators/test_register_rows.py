"""Rows of one member and year are one person-year, whatever their order; what they say against one another is named by line."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.indicators.register_cells import RegisterReader
from simulator.indicators.register_file import Cells
from simulator.indicators.register_rows import PersonYears

UNKNOWN = np.nan
ROWS = st.lists(st.tuples(st.integers(2019, 2021), st.integers(0, 3), st.booleans(), st.sampled_from([UNKNOWN, 1.0, 2.0])), min_size=1, max_size=25)


def grouped(*rows):
    """Group rows (year, member, unit)."""
    year, member, unit = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)) if rows else [np.empty(0, np.int64)] * 3
    return PersonYears(year, member, unit)


def sheet(n_rows):
    return RegisterReader("r.csv", {"member_id": Cells.of(["x"] * n_rows)})


def found(reader):
    return [(finding.code, finding.line, *finding.fields.values()) for finding in reader.findings]


def contradictions(people, *, posts=(), **same):
    reader = sheet(people.n_rows)
    same = {name: np.array(values, dtype=np.float64) for name, values in same.items()}
    people.report_contradictions(reader, same=same, posts=tuple(np.array(post) for post in posts))
    return found(reader)


def repeats(people, *parts, is_none=None):
    reader = sheet(people.n_rows)
    none = None if is_none is None else np.array(is_none, dtype=np.bool_)
    people.report_repeats(reader, is_none=none, parts=tuple(np.array(part) for part in parts))
    return found(reader)


# --- grouping -----------------------------------------------------------------------------------------------------------------


def test_person_years_stand_in_the_order_of_year_unit_and_member():
    people = grouped((2021, 0, 0), (2020, 1, 5), (2020, 0, 7), (2020, 2, 5))
    assert people.first.tolist() == [1, 3, 2, 0]
    assert people.is_single


def test_rows_of_one_person_year_are_joined_in_the_order_of_the_file():
    people = grouped((2020, 4, 1), (2020, 3, 1), (2020, 4, 1), (2021, 4, 1), (2020, 3, 1))
    assert people.first.tolist() == [1, 0, 3]
    assert people.order.tolist() == [1, 4, 0, 2, 3]
    assert people.start.tolist() == [0, 2, 4]
    assert people.first_of_row().tolist() == [0, 1, 0, 3, 1]
    assert not people.is_single


def test_a_member_of_two_units_stands_in_the_first():
    assert grouped((2020, 0, 9), (2020, 1, 3), (2020, 0, 1)).first.tolist() == [1, 0]


def test_nobody_at_all_makes_no_group():
    people = grouped()
    assert (people.first.tolist(), people.is_single) == ([], True)
    assert people.any_of(np.empty(0, np.bool_)).tolist() == []
    assert [part.tolist() for part in people.first_known(np.empty(0))] == [[], []]
    assert contradictions(people, posts=[np.empty(0, np.int64)], merit=[]) == repeats(people, is_none=[]) == []


@given(ROWS)
@settings(max_examples=30)
def test_a_dictionary_of_rows_says_the_same(rows):
    rows_of = defaultdict(list)
    for row, (year, member, _, _) in enumerate(rows):
        rows_of[year, member].append(row)
    groups = [rows_of[key] for key in sorted(rows_of)]  # one unit for everybody
    people = grouped(*((year, member, 0) for year, member, _, _ in rows))
    flags, values = np.array([row[2] for row in rows]), np.array([row[3] for row in rows])
    known, where = people.first_known(values)
    assert people.first.tolist() == [group[0] for group in groups]
    assert people.order.tolist() == [row for group in groups for row in group]
    assert people.any_of(flags).tolist() == [any(flags[group]) for group in groups]
    for group, value, row in zip(groups, known, where, strict=True):
        told = [member_row for member_row in group if not np.isnan(values[member_row])]
        assert np.isnan(value) if not told else (value, row) == (values[told[0]], told[0])


# --- what contradicts itself ----------------------------------------------------------------------------------------------------


TWICE = grouped((2020, 0, 0), (2020, 1, 0), (2020, 0, 0), (2021, 0, 1))


@pytest.mark.parametrize("post", [[5, 6, 6, 5], [5, 5, 6, 6]])
def test_two_units_or_posts_in_one_year_are_found_at_the_second(post):
    assert contradictions(TWICE, posts=[[0, 0, 0, 1], post]) == [("RG408", 4, "2")]


def test_another_post_in_another_year_or_of_somebody_else_contradicts_nothing():
    assert contradictions(TWICE, posts=[[5, 6, 5, 7]]) == []


def test_a_value_that_differs_is_found_and_an_unknown_one_is_not():
    assert contradictions(TWICE, merit=[1.0, 3.0, 2.0, 4.0], post_rank=[1, 2, 1, 3]) == [("RG419", 4, "merit", "2")]
    assert contradictions(TWICE, merit=[UNKNOWN, 3.0, 2.0, 4.0]) == []
    assert contradictions(TWICE, merit=[1.0, 3.0, UNKNOWN, 4.0]) == []


def test_a_difference_is_told_with_the_line_of_the_first_that_is_known():
    people = grouped((2020, 0, 0), (2020, 0, 0), (2020, 0, 0))
    assert contradictions(people, merit=[UNKNOWN, 1.0, 2.0]) == [("RG419", 4, "merit", "3")]


# --- what stands twice ------------------------------------------------------------------------------------------------------------


def test_a_row_stands_twice_only_if_all_its_parts_do():
    award, day = [7, 7, 7, 7], [1, 1, 1, 1]
    assert repeats(TWICE, award, day) == [("RG407", 4, "2")]
    assert repeats(TWICE, award, [1, 1, 2, 1]) == []
    assert repeats(TWICE) == [("RG407", 4, "2")]


def test_every_further_copy_is_found_also_when_another_row_stands_between():
    people = grouped(*[(2020, 0, 0)] * 4)
    assert repeats(people, [7, 8, 7, 7]) == [("RG407", 4, "2"), ("RG407", 5, "2")]


@pytest.mark.parametrize("is_none", [[True, False, False, False], [False, False, True, False]])
def test_no_award_beside_an_award_is_found_at_the_second(is_none):
    assert repeats(TWICE, [7, 7, 8, 7], is_none=is_none) == [("RG407", 4, "2")]


def test_no_award_alone_is_a_row_like_any_other():
    assert repeats(TWICE, [7, 7, 8, 7], is_none=[False, True, False, True]) == []


def test_a_spoilt_list_is_not_told_without_end():
    people = grouped(*[(2020, 0, 0)] * 200)
    assert len(contradictions(people, posts=[np.arange(200)])) == len(contradictions(people, merit=np.arange(200))) == len(repeats(people)) == 50
