"""Files as offices send them, made small: a set with one column of each kind, and tables in .xlsx and CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

from simulator.errors import InputError
from simulator.rules.loading import criteria_from_text
from simulator.workbook.roster import read_roster

if TYPE_CHECKING:
    from simulator.rules.criteria import CriteriaSet

SET_TEXT = """\
id: mixed
title: {vi: "Bảng thử", en: "Test table"}
status: illustrative
drafting_state: drafting
valid: {from: 2025-01-01}
checked_on: 2025-01-01
instruments: []
procedure:
  scale: {kind: scale, title: {vi: "Thang điểm", en: "Scale"}, target: individual, total: 100, assumption: {vi: "thử", en: "test"}}
  marking:
    kind: marking
    title: {vi: "Chấm điểm", en: "Marking"}
    sees: {self: [], cluster: [self], standing-body: [self, cluster]}
    assumption: {vi: "thử", en: "test"}
points:
  budget:
    kind: proportional
    title: {vi: "Tỷ lệ giải ngân", en: "Budget spent"}
    points: 20
    assumption: {vi: "thử", en: "test"}
  plan:
    kind: proportional
    target: own
    title: {vi: "Số vụ giải quyết", en: "Cases settled"}
    points: 20
    assumption: {vi: "thử", en: "test"}
  late:
    kind: count
    each: 2
    title: {vi: "Số sáng kiến cải cách", en: "Reform ideas"}
    points: 10
    assumption: {vi: "thử", en: "test"}
  website:
    kind: threshold
    title: {vi: "Có trang thông tin", en: "Has a website"}
    points: 5
    assumption: {vi: "thử", en: "test"}
  conduct:
    kind: mark
    by: [self, standing-body]
    title: {vi: "Tác phong", en: "Conduct"}
    points: 10
    assumption: {vi: "thử", en: "test"}
  contests:
    kind: achievements
    title: {vi: "Hội thi", en: "Contests"}
    points: 10
    levels:
      first: {title: {vi: "giải nhất", en: "first prize"}, points: 5}
      second: {title: {vi: "giải nhì", en: "second prize"}, points: 3}
    assumption: {vi: "thử", en: "test"}
awards:
  lao-dong-gioi:
    title: {vi: "Lao động giỏi", en: "Good Worker"}
    target: individual
    kind: merit
    level: 1
    authority: unit
    clauses:
      rating:
        kind: eligibility
        title: {vi: "Điều kiện", en: "Conditions"}
        requires:
          all:
            - {fact: rating-run, rating: completed-well, at_least: 2}
            - {fact: years-since-discipline, at_least: 1}
            - {fact: unused-initiatives, at_least: 1, consumed: true}
            - {fact: award-count, award: lao-dong-gioi, within_years: 3, at_least: 1}
        assumption: {vi: "thử", en: "test"}
      quota:
        kind: quota
        title: {vi: "Chỉ tiêu", en: "Quota"}
        share: 0.5
        of: staff
        pooling: unit
        assumption: {vi: "thử", en: "test"}
"""

HEADINGS = [
    "Mã số",
    "Họ và tên",
    "Đơn vị",
    "Tỷ lệ giải ngân",
    "Số vụ giải quyết",
    "plan:target",
    "Số sáng kiến cải cách",
    "Có trang thông tin",
    "conduct@self",
    "conduct@standing-body",
    "conduct:reason",
    "Hội thi",
    "Xếp loại năm 2025",
    "Xếp loại 2024",
    "Kỷ luật",
    "Sáng kiến",
    "Lao động giỏi",
    "Tổng số người của đơn vị",
]
ROW = [
    "CB01",
    "Trần Thị Mẫu",
    "Phòng A",
    "94,5%",
    "12",
    "10",
    "3",
    "có",
    "9",
    "9",
    "",
    "Hội thi A: giải nhất",
    "HTXSNV",
    "tốt",
    "",
    "2",
    "2023; 2024",
    "20",
]


def make_set() -> CriteriaSet:
    return criteria_from_text(SET_TEXT)


def with_cells(**cells: object) -> list[object]:
    """Give the good row with some cells replaced; a cell is named by its heading, blanks and colons as underscores."""
    row: list[object] = list(ROW)
    for name, value in cells.items():
        row[next(place for place, heading in enumerate(HEADINGS) if as_name(heading) == name)] = value
    return row


def as_name(heading: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in heading)


def write_csv(path, rows, separator=";", encoding="utf-8-sig"):
    import csv  # noqa: PLC0415 - only here

    with path.open("w", encoding=encoding, newline="") as target:
        csv.writer(target, delimiter=separator).writerows(rows)
    return path


def write_xlsx(path, rows, *, title="Danh sách", merged=(), formats=None, sheets=None):
    book = openpyxl.Workbook()
    main = book.active
    main.title = title
    for row in rows:
        main.append(row)
    for area in merged:
        main.merge_cells(area)
    for place, code in (formats or {}).items():
        main[place].number_format = code
    for name, table in (sheets or {}).items():
        sheet = book.create_sheet(name)
        for row in table:
            sheet.append(row)
    book.save(path)
    return path


def codes_of(path, year=2025, criteria=None):
    """Give code and cell of every finding."""
    try:
        read_roster(path, criteria or make_set(), year=year)
    except InputError as problem:
        return [(finding.code, finding.fields.get("cell", "")) for finding in problem.findings]
    return []
