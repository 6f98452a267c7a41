"""Read a file nobody vouches for, .xlsx or CSV, into sheets of plain values; formulas, macros and links are never followed."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Final

from simulator.errors import reason_of
from simulator.workbook.archive import Archive
from simulator.workbook.codes import Problems
from simulator.workbook.csv_cells import LARGEST_FILE, read_csv
from simulator.workbook.markings import is_secret, is_secret_margin
from simulator.workbook.sheet_xml import SheetReader, TextBudget, parse, read_formats, read_strings, read_texts
from simulator.workbook.sheets import MOST_CELLS, Sheet

if TYPE_CHECKING:
    from simulator.workbook.number_formats import Shown

MOST_SHEETS: Final = 100
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_OPEN_DOCUMENT: Final = b"mimetypeapplication/vnd.oasis.opendocument"
_OTHERS: Final = {b"%PDF": "PDF", b"<": "HTML, XML", b"{": "JSON", b"\x7fELF": "ELF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"Rar!": "RAR"}
_BOOK: Final = "xl/workbook.xml"


def read_sheets(path: Path | str, problems: Problems | None = None) -> list[Sheet]:
    """Read every sheet of a file.

    Parameters
    ----------
    path
        A workbook (.xlsx) or a CSV table; what it is is seen from its content, not its name.
    problems
        Where findings are collected.

    Raises
    ------
    InputError
        If the file cannot be read safely, or is marked as a state secret.
    """
    path = Path(path)
    problems = Problems(path.as_posix()) if problems is None else problems
    try:
        with path.open("rb") as source:
            start = source.read(4096)
        if not start.strip(b"\x00 \r\n\t"):
            problems.refuse("WB502", 1)
        if start.startswith(_ZIP):
            sheets = _read_workbook(path, problems, is_open_document=_OPEN_DOCUMENT in start)
        else:
            sheets = [_read_text(path, start, problems)]
    except OSError as problem:
        problems.refuse("WB501", 1, reason=reason_of(problem))
    except (MemoryError, RecursionError):
        problems.refuse("WB509", 1, what="@cells", limit=str(MOST_CELLS))
    _refuse_secrets(sheets, problems)
    return sheets


def _read_text(path: Path, start: bytes, problems: Problems) -> Sheet:
    if start.startswith(_OLE):
        with path.open("rb") as source:
            problems.refuse("WB506" if _LOCKED in source.read(LARGEST_FILE) else "WB503", 1)
    for beginning, kind in _OTHERS.items():
        if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(beginning):
            problems.refuse("WB507", 1, found=kind)
    if b"\x00" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.refuse("WB507", 1, found="@binary")
    if path.stat().st_size > LARGEST_FILE:
        problems.refuse("WB509", 1, what="@file-bytes", limit=f"{LARGEST_FILE // 2**20} MB")
    return read_csv(path.read_bytes(), problems)


def _read_workbook(path: Path, problems: Problems, *, is_open_document: bool) -> list[Sheet]:
    if is_open_document:
        problems.refuse("WB505", 1)
    with Archive(path, problems) as archive:
        return _Book(archive, problems).read()


class _Book:
    """One .xlsx file while it is being read."""

    def __init__(self, archive: Archive, problems: Problems) -> None:
        self.archive = archive
        self.problems = problems
        self.budget = TextBudget(problems)

    def read(self) -> list[Sheet]:
        names = set(self.archive.names)
        self._refuse_other_kinds(names)
        listed, starts_1904 = self._sheets()
        targets = self._targets(names)
        strings: list[str] = []
        if "xl/sharedStrings.xml" in names:
            strings = read_strings(self.archive.chunks("xl/sharedStrings.xml"), "xl/sharedStrings.xml", self.problems, self.budget)
        formats: list[Shown] = []
        if "xl/styles.xml" in names:
            formats = read_formats(self.archive.chunks("xl/styles.xml"), "xl/styles.xml", self.problems)
        sheets = []
        n_cells = 0
        for name, relation, is_hidden in listed:
            part = targets.get(relation)
            if part is None or "worksheets/" not in part:
                continue
            reader = SheetReader(name, strings, formats, self.budget, self.problems, starts_1904=starts_1904)
            reader.n_cells = n_cells
            parse(self.archive.chunks(part), part[:60], self.problems, reader.start, reader.end, reader.text)
            n_cells = reader.n_cells
            reader.sheet.is_hidden = is_hidden
            sheets.append(reader.sheet)
        for name in sorted(names):
            if sheets and name.startswith("xl/drawings/drawing") and name.endswith(".xml"):
                sheets[0].notes.extend(read_texts(self.archive.chunks(name), name[:60], self.problems, self.budget))
        if not sheets:
            self.problems.refuse("WB502", 1)
        return sheets

    def _refuse_other_kinds(self, names: set[str]) -> None:
        if any(name.startswith(("xl/vbaProject", "xl/macrosheets/")) for name in names):
            self.problems.refuse("WB504", 1)
        if {"mimetype", "content.xml"} <= names:
            self.problems.refuse("WB505", 1)
        if _BOOK not in names:
            self.problems.refuse("WB507", 1, found="XLSB" if "xl/workbook.bin" in names else "ZIP")

    def _sheets(self) -> tuple[list[tuple[str, str, bool]], bool]:
        listed: list[tuple[str, str, bool]] = []
        starts_1904 = False

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal starts_1904
            if name == "sheet":
                relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
                listed.append((attributes.get("name", "")[:31], relation, attributes.get("state", "visible") != "visible"))
            elif name == "workbookPr":
                starts_1904 = attributes.get("date1904") in {"1", "true"}

        parse(self.archive.chunks(_BOOK), _BOOK, self.problems, start, _ignore, None)
        if len(listed) > MOST_SHEETS:
            self.problems.refuse("WB509", 1, what="@sheets", limit=str(MOST_SHEETS))
        return listed, starts_1904

    def _targets(self, names: set[str]) -> dict[str, str]:
        """Tell the part of each sheet; only parts of this file are ever looked up."""
        part = "xl/_rels/workbook.xml.rels"
        targets: dict[str, str] = {}
        if part not in names:
            self.problems.refuse("WB508", 1, part=part)

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "Relationship":
                target = attributes.get("Target", "")
                full = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
                if full in names:
                    targets[attributes.get("Id", "")] = full

        parse(self.archive.chunks(part), part, self.problems, start, _ignore, None)
        return targets


def _ignore(_: str) -> None:
    return


def _refuse_secrets(sheets: list[Sheet], problems: Problems) -> None:
    """Refuse a file with a secrecy stamp on any sheet: as its name, in a page margin or text box, or in a cell."""
    for sheet in sheets:
        if is_secret(sheet.name) or any(is_secret_margin(note) for note in sheet.notes):
            problems.refuse("WB510", 1, cell=sheet.name or "A1")
        for line, row in zip(sheet.lines, sheet.rows, strict=True):
            for column, value in enumerate(row):
                if value.__class__ is str and is_secret(str(value)):
                    problems.refuse("WB510", line, cell=sheet.cell(line, column))
