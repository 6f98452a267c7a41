"""A workbook of a criteria set, as a drafter edits it."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from simulator.errors import InputError
from simulator.presentation.i18n import describe
from simulator.rules.loading import criteria_from_text
from simulator.workbook.criteria import export_criteria, import_criteria
from tests.rules.specimen import POINTS, SET

if TYPE_CHECKING:
    from simulator.rules.criteria import CriteriaSet

TABLE = (
    POINTS
    + """\
classes:
  good:
    title: {vi: "Tốt", en: "Good"}
    assumption: {vi: "Giả định", en: "Assumed"}
    at_least: 50
    requires: {points: results.budget, at_least_share: 0.5}
"""
)


@cache
def exported(text: str, lang: str) -> tuple[CriteriaSet, bytes]:
    """Give a set of a text, and its workbook as it was written; many drafters begin with the same."""
    criteria = criteria_from_text(text)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "set.xlsx"
        export_criteria(criteria, path, lang)
        return criteria, path.read_bytes()


class Book:
    """A workbook of a set while a drafter edits it."""

    def __init__(self, folder: Path, text: str = SET, lang: str = "vi", criteria=None):
        self.path = folder / "set.xlsx"
        if criteria is None:
            self.base, content = exported(text, lang)
            self.path.write_bytes(content)
        else:
            self.base = criteria
            export_criteria(criteria, self.path, lang)
        self.book = openpyxl.load_workbook(self.path)

    def row(self, clause: str, second: str | None = None, sheet: str = "Điều khoản"):
        rows = self.book[sheet].iter_rows(2)
        return next(row for row in rows if row[0].value == clause and (second is None or row[1].value == second))

    def cell(self, clause: str, second: str | None, heading: str, sheet: str = "Điều khoản"):
        headings = [cell.value for cell in self.book[sheet][1]]
        return self.row(clause, second, sheet)[headings.index(heading)]

    def info(self, name: str):
        return next(row[2] for row in self.book["Thông tin"].iter_rows(2) if row[0].value == name)

    def give_reason(self, vi: str = "Vì vậy", en: str = "Therefore") -> None:
        self.info("overlay.why.vi").value, self.info("overlay.why.en").value = vi, en

    def add(self, *rows: dict[str, object], sheet: str = "Điều khoản") -> None:
        headings = [cell.value for cell in self.book[sheet][1]]
        for row in rows:
            assert set(row) <= set(headings), row
            self.book[sheet].append([row.get(heading) for heading in headings])

    def delete(self, clause: str, sheet: str = "Điều khoản") -> None:
        found = self.book[sheet]
        for line in [row[0].row for row in found.iter_rows(2) if row[0].value == clause][::-1]:
            found.delete_rows(line)

    def read(self, **options):
        self.book.save(self.path)
        return import_criteria(self.path, self.base, "draft", **options)

    def codes(self) -> list[tuple[str, str]]:
        with pytest.raises(InputError) as problem:
            self.read()
        for finding in problem.value.findings:
            assert "{" not in describe(finding, "vi")
            assert "{" not in describe(finding, "en")
        return [(finding.code, finding.fields.get("cell", "").rpartition("!")[2]) for finding in problem.value.findings]
