from __future__ import annotations

from datetime import date

import pytest

from simulator.rules.checks.dates import check
from simulator.rules.checks.subject import Subject
from tests.rules.specimen import OVERLAY, SET, line_of, replace, stack_texts

TODAY = date(2026, 11, 22)
IN_FORCE = replace(SET, "status: illustrative", "status: in-force")


@pytest.mark.parametrize(
    ("text", "on", "code", "at"),
    [
        (SET, TODAY, None, None),
        (SET, None, None, None),
        (SET, date(2027, 11, 22), None, None),
        (SET, date(2027, 11, 23), "RL313", "checked_on"),
        (SET, date(2026, 11, 21), "RL316", "checked_on"),
        (replace(SET, "until: 2030-12-31", "until: 2019-12-31"), None, "RL314", "valid"),
        (replace(SET, "until: 2030-12-31", "until: 2020-01-01"), TODAY, None, None),
        (replace(IN_FORCE, "until: 2030-12-31", "until: 2025-06-30"), TODAY, "RL315", "status"),
        (replace(IN_FORCE, "until: 2030-12-31", "until: 2026-11-22"), TODAY, None, None),
        (replace(IN_FORCE, "until: 2030-12-31", "until: 2019-06-30"), TODAY, "RL314", "valid"),
    ],
)
def test_dates_are_in_order_and_looked_at(text, on, code, at):
    expected = [] if code is None else [(code, line_of(text, f"{at}:"))]
    assert [(finding.code, finding.line) for finding in check(Subject(stack_texts(text), on=on))] == expected


def test_each_file_of_a_stack_is_judged_by_its_own_dates():
    findings = check(Subject(stack_texts(SET, OVERLAY), on=date(2027, 10, 15)))
    assert [(finding.code, finding.file, finding.line) for finding in findings] == [("RL313", "layer-1.yaml", line_of(OVERLAY, "checked_on"))]
