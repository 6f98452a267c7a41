from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from simulator.errors import InputError
from simulator.rules.base_salary import base_salary_on, load_base_salaries
from simulator.rules.citation import load_instruments
from simulator.workspace import find_workspace
from tests.rules.specimen import make_workspace


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (date(2020, 1, 1), 1_490_000),
        (date(2021, 11, 10), 1_490_000),
        (date(2023, 6, 30), 1_490_000),
        (date(2023, 7, 1), 1_800_000),
        (date(2025, 1, 1), 2_340_000),
        (date(2026, 7, 1), 2_530_000),
    ],
)
def test_the_amount_of_a_day(day, amount):
    assert base_salary_on(day, load_base_salaries(find_workspace())).amount == amount


def test_the_amounts_follow_each_other_without_a_gap():
    salaries = load_base_salaries(find_workspace())
    for earlier, later in pairwise(salaries):
        assert (later.start - earlier.end).days == 1


def test_every_instrument_cited_is_known():
    register = load_instruments(find_workspace())
    assert all(salary.instrument is None or salary.instrument in register for salary in load_base_salaries(find_workspace()))


def test_a_day_before_anything_known_has_none():
    salaries = load_base_salaries(find_workspace())
    assert salaries[0].start is None  # it began on some day of 2019
    for day in (date(1999, 1, 1), date(2017, 10, 1), date(2019, 12, 31)):
        assert base_salary_on(day, salaries) is None


def test_an_amount_that_says_no_first_day_is_vouched_for_on_none(tmp_path):
    text = "checked_on: 2026-11-22\nunit: VND\nvalues:\n  - {amount: 5, until: 2030-01-01, confidence: read}\n"
    assert base_salary_on(date(2026, 11, 22), load_base_salaries(make_workspace(tmp_path, base_salary=text))) is None


def test_a_broken_file_is_told_with_its_line(tmp_path):
    text = "checked_on: 2026-11-22\nunit: VND\nvalues:\n  - amount: -1\n    confidence: read\n"
    with pytest.raises(InputError, match=r"criteria/base-salary\.yaml:4: CS105"):
        load_base_salaries(make_workspace(tmp_path, base_salary=text))
