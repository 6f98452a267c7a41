"""Tidy data: one observation a row, under the names of the records."""

from __future__ import annotations

from simulator.presentation.results.indices_data import COMPLIANCE, DIFFERENCES, EFFECTS, compliance_rows, difference_rows, effect_rows
from simulator.presentation.wording import COMPARED
from tests.presentation.uncertain import NAME, entry, global_study

STUDY = global_study(entry("a", 0.5), entry("b", 0.0))


def rows_of(columns, rows):
    assert all(len(row) == len(columns) for row in rows)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def test_every_effect_has_a_row():
    rows = rows_of(EFFECTS, effect_rows(STUDY))
    assert len(rows) == 3 * len(COMPARED)
    (row,) = (row for row in rows if (row["input"], row["indicator"]) == ("a", NAME))
    assert (row["option"], row["total"], row["first"], row["is_told"], row["kind"]) == ("plan", 0.5, 0.25, "true", "assumption")


def test_every_difference_and_every_compliance_has_a_row():
    rows = rows_of(DIFFERENCES, difference_rows(STUDY))
    assert [row["indicator"] for row in rows] == list(COMPARED)
    told = next(row for row in rows if row["indicator"] == NAME)
    assert (told["difference"], told["verdict"], told["varies"], told["explained"]) == (-0.2, "clear", "true", 0.9)
    assert [row["compliance"] for row in rows_of(COMPLIANCE, compliance_rows(STUDY))] == [0.0, 1.0] * len(COMPARED)
