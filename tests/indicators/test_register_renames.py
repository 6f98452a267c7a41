"""Units that seem to go on under another name are pointed at, and people who move are not."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.indicators.register_findings import FileFindings
from simulator.indicators.register_renames import report_renames


def findings_of(*units_by_year):
    """Each year: unit → its members."""
    rows = [(year, unit, member) for year, units in enumerate(units_by_year, 2020) for unit, members in units.items() for member in members]
    year, unit, member = (np.array(column) for column in zip(*rows, strict=True))
    findings = FileFindings("a.csv", np.arange(2, len(rows) + 2))
    report_renames(findings, year, unit, member)
    return [(finding.code, finding.line, dict(finding.fields)) for finding in findings.findings]


OTHERS = {9: range(90, 99)}


def test_a_unit_that_goes_on_under_another_name_is_pointed_at_once():
    found = findings_of({0: range(5)} | OTHERS, {0: range(5)} | OTHERS, {1: [1, 2, 3, 4, 70]} | OTHERS, {1: range(5)} | OTHERS)
    assert found == [("RG458", 30, {"n": "1", "year": "2022"})]


def test_units_that_become_one_are_counted():
    assert findings_of({0: range(4), 1: range(10, 14)}, {2: [*range(4), *range(10, 14)]})[0][2]["n"] == "2"


@pytest.mark.parametrize(
    ("after", "is_told"),
    [
        ({1: [0, 1, 50, 51, 52]} | OTHERS, False),  # two of five
        ({1: [0, 1], 2: [2, 3, 4]} | OTHERS, True),  # three of five are most of them
        ({9: [*range(90, 99), *range(5)]}, False),  # into a unit that was there
    ],
)
def test_most_people_must_go_to_one_unit_that_is_new(after, is_told):
    assert bool(findings_of({0: range(5)} | OTHERS, after)) == is_told


def test_a_unit_that_is_listed_in_later_years_did_not_change_its_name():
    assert findings_of({0: range(5)}, {1: range(5)}, {0: range(5)}) == []


def test_nothing_is_guessed_of_a_list_of_one_year():
    assert findings_of({0: range(5)}) == []
