"""Years written otherwise than they are meant."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.errors import Severity
from simulator.indicators.register_findings import FileFindings
from simulator.indicators.register_years import report_short_years


def findings_of(years, unread=()):
    findings = FileFindings("a.csv", np.arange(2, len(years) + 2))
    report_short_years(findings, np.array(years), np.isin(np.arange(len(years)), unread))
    return [(finding.code, finding.severity, finding.line, dict(finding.fields)) for finding in findings.findings]


@pytest.mark.parametrize("years", [[2023, 2024], [0, 1, 2], [1, 12, 30], [9, 10], [1999, 2000], []])
def test_years_that_can_be_meant_so_are_let_be(years):
    assert findings_of(years) == []


def test_short_years_beside_whole_ones_are_an_error():
    fields = {"n": "2", "found": "24", "whole_line": "2"}
    assert findings_of([2023, 24, 2025, 26]) == [("RG456", Severity.ERROR, 3, fields)]
    assert findings_of([204, 2025])[0][0] == "RG456"


def test_calendar_years_of_two_digits_are_pointed_at():
    assert findings_of([24, 22, 23]) == [("RG457", Severity.WARNING, 2, {"first": "22", "last": "24"})]


def test_a_cell_that_cannot_be_read_is_no_year():
    assert findings_of([2023, 0, 2025], unread=[1]) == []
    assert findings_of([0, 24], unread=[0]) == [("RG457", Severity.WARNING, 3, {"first": "24", "last": "24"})]
