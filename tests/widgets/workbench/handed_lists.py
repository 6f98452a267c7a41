"""Files people hand to the page, good and bad, as a browser hands them over."""

from __future__ import annotations

import datetime
import io
import zipfile

import openpyxl

from simulator.rules.loading import load_criteria
from simulator.workbook.template_columns import headings, template_columns
from simulator.workspace import find_workspace

AWARD = "chien-si-thi-dua-co-so"
QUOTA = f"{AWARD}.quota"
YEAR = 2025
_LONG_AGO = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
NAME = "Nguyễn Thị Bí Mật Danh"
"""A name that must stand nowhere but in the tables its owner asked for."""


def nominees(n: int = 12, *, without: str = "", names: bool = True) -> list[list[object]]:
    """Headings and rows of a list: one unit whose members all may be given the award, so that its places decide."""
    criteria = load_criteria("decree-91", find_workspace())
    columns = template_columns(criteria, YEAR, AWARD, None)
    told = headings(columns, "vi", criteria)
    kept = [column.id for column in columns if column.id != without]
    rows: list[list[object]] = [["Năm xét", YEAR], [told[name] for name in kept]]
    for number in range(1, n + 1):
        values: dict[str, object] = {
            "id": f"CB{number:02}",
            "name": f"{NAME} {number}" if names else "",
            "unit": "Phòng Một",
            "is_woman": "Không",
            f"rating:{YEAR}": "Hoàn thành xuất sắc nhiệm vụ",
            "service_months": 60,
            "leave_days": 0,
            "award:lao-dong-tien-tien": str(YEAR),
            "recognised_initiatives": 1,
            "holders:lao-dong-tien-tien": n,
            "role": "Người lao động trực tiếp",
            "is_direct_worker": "Có",
        }
        rows.append([values.get(name, "") for name in kept])
    return rows


def as_csv(rows: list[list[object]]) -> bytes:
    return "\n".join(";".join(str(value) for value in row) for row in rows).encode("utf-8-sig")


def as_xlsx(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_macros(content: bytes) -> bytes:
    """Make a workbook look as one with macros does."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == "[Content_Types].xml":
                text = text.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            target.writestr(name, text)
        target.writestr("xl/vbaProject.bin", b"macros")
    return stream.getvalue()


def register(n_units: int = 8, n_members: int = 10, years: range = range(2018, 2025)) -> bytes:
    """A register in which three of each unit are given the award each year, by turn."""
    rows: list[list[object]] = [["year", "unit_id", "member_id", "role", "award"]]
    for year in years:
        for unit in range(n_units):
            for member in range(n_members):
                role = "head" if member == 0 else "deputy" if member == 1 else "direct"
                rows.append([year, f"u{unit}", f"u{unit}-{member}", role, AWARD if (member + year) % 3 == unit % 3 else ""])
    return as_csv(rows)


def handed(upload, name: str, content: bytes) -> None:
    """Hand a file over as a browser does."""
    upload.button.value = ({"name": name, "type": "", "size": len(content), "content": memoryview(content), "last_modified": _LONG_AGO},)
