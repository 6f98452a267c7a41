"""Rows of one member and year are one person-year, whatever their order."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.indicators.register_rows import PersonYears

UNKNOWN = np.nan
ROWS = st.lists(st.tuples(st.integers(2019, 2021), st.integers(0, 3), st.booleans(), st.sampled_from([UNKNOWN, 1.0, 2.0])), min_size=1, max_size=25)


def grouped(*rows):
    """Group rows (year, member, unit)."""
    year, member, unit = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)) if rows else [np.empty(0, np.int64)] * 3
    return PersonYears(year, member, unit)


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
