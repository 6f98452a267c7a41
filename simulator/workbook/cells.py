"""Read a file nobody vouches for, .xlsx or CSV, into sheets of plain values; formulas, macros and links are never followed."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Final

from simulator.errors import reason_of
from simulator.secrecy import is_secret_margin, is_secret_name
from simulator.workbook.archive import MOST_BYTES, Archive
from simulator.workbook.codes import Problems
from simulator.workbook.csv_cells import LARGEST_FILE, read_csv
from simulator.workbook.limits import Limits
from simulator.workbook.sheet_xml import SheetReader, parse, read_formats, read_strings, read_texts
from simulator.workbook.sheets import MOST_CELLS, MOST_ROWS, Sheet

if TYPE_CHECKING:
    from simulator.workbook.number_formats import Shown

MOST_SHEETS: Final = 100
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_OPEN_DOCUMENT: Final = b"mimetypeapplication/vnd.oasis.opendocument"
_OTHERS: Final = {b"%PDF": "PDF", b"<": "HTML, XML", b"{": "JSON", b"\x7fELF": "ELF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"Rar!": "RAR"}
_BOOK: Final = "xl/workbook.xml"
_STRINGS: Final = "xl/sharedStrings.xml"
_BESIDES: Final = ("xl/drawings/drawing", "xl/comments", "xl/threadedComments/", "xl/charts/chart", "xl/diagrams/data", "docProps/")
"""Parts with texts beside the cells, read for nothing but a secrecy stamp."""


def read_sheets(path: Path | str, problems: Problems | None = None, *, most_rows: int = MOST_ROWS, takes_macros: bool = False) -> list[Sheet]:
    """Read every sheet of a file.

    Parameters
    ----------
    path
        A workbook (.xlsx) or a CSV table; what it is is seen from its content, not its name.
    problems
        Where findings are collected.
    most_rows
        Rows of one sheet.
    takes_macros
        Whether a workbook with macros is read; the macros themselves never are.

    Raises
    ------
    InputError
        If the file cannot be read safely, or is marked as a state secret.
    """
    path = Path(path)
    problems = Problems(path.as_posix()) if problems is None else problems
    limits = Limits(problems, most_rows)
    try:
        if path.exists() and not path.is_file():
            problems.refuse("WB501", 1, reason="@not-a-file")
        with path.open("rb") as source:
            start = source.read(4096)
        if not start.strip(b"\x00 \r\n\t"):
            problems.refuse("WB502", 1)
        if start.startswith(_ZIP):
            sheets = _read_workbook(path, limits, is_open_document=_OPEN_DOCUMENT in start, takes_macros=takes_macros)
        else:
            sheets = [_read_text(path, start, limits)]
    except OSError as problem:
        problems.refuse("WB501", 1, reason=reason_of(problem))
    except (MemoryError, RecursionError):
        problems.refuse("WB509", 1, what="@cells", limit=str(MOST_CELLS))
    _refuse_secrets(path, sheets, limits)
    return sheets


def _read_text(path: Path, start: bytes, limits: Limits) -> Sheet:
    problems = limits.problems
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
    with path.open("rb") as source:
        return read_csv(source, limits)


def _read_workbook(path: Path, limits: Limits, *, is_open_document: bool, takes_macros: bool) -> list[Sheet]:
    if is_open_document:
        limits.problems.refuse("WB505", 1)
    with Archive(path, limits.problems) as archive:
        return _Book(archive, limits, takes_macros=takes_macros).read()


class _Book:
    """One .xlsx file while it is being read."""

    def __init__(self, archive: Archive, limits: Limits, *, takes_macros: bool) -> None:
        self.archive = archive
        self.takes_macros = takes_macros
        self.limits = limits
        self.problems = limits.problems

    def read(self) -> list[Sheet]:
        names = set(self.archive.names)
        self._refuse_other_kinds(names)
        listed, starts_1904 = self._sheets()
        targets = self._targets(names)
        strings: list[str] = []
        if _STRINGS in names:
            strings = read_strings(self.archive.chunks(_STRINGS, MOST_BYTES), "", self.limits)
        formats: list[Shown] = []
        if "xl/styles.xml" in names:
            formats = read_formats(self.archive.chunks("xl/styles.xml"), "xl/styles.xml", self.limits)
        sheets = []
        for name, relation, is_hidden in listed:
            part = targets.get(relation)
            if part is None or "worksheets/" not in part:
                continue
            reader = SheetReader(name, strings, formats, self.limits, starts_1904=starts_1904)
            parse(self.archive.chunks(part, MOST_BYTES), part[:60], self.limits, reader.start, reader.end, reader.text)
            reader.sheet.is_hidden = is_hidden
            sheets.append(reader.sheet)
        for name in sorted(names):
            if sheets and name.endswith(".xml") and name.startswith(_BESIDES):
                sheets[0].notes.extend(read_texts(self.archive.chunks(name), name[:60], self.limits))
        if not sheets:
            self.problems.refuse("WB502", 1)
        return sheets

    def _refuse_other_kinds(self, names: set[str]) -> None:
        if not self.takes_macros and any(name.startswith(("xl/vbaProject", "xl/macrosheets/")) for name in names):
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
            if name == "definedName":
                self.limits.text(attributes.get("name", "").replace("_", " "))
                self.limits.text(attributes.get("comment", ""))
            elif name == "sheet":
                relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
                listed.append((attributes.get("name", "")[:31], relation, attributes.get("state", "visible") != "visible"))
            elif name == "workbookPr":
                starts_1904 = attributes.get("date1904") in {"1", "true"}

        parse(self.archive.chunks(_BOOK), _BOOK, self.limits, start, _ignore, None)
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

        parse(self.archive.chunks(part), part, self.limits, start, _ignore, None)
        return targets


def _ignore(_: str) -> None:
    return


def _refuse_secrets(path: Path, sheets: list[Sheet], limits: Limits) -> None:
    """Refuse a file with a secrecy stamp: in its name, the name of a sheet, a page margin, a text beside the cells, or a cell."""
    problems = limits.problems
    if is_secret_name(path.stem):
        problems.refuse("WB510", 1, cell="@file-name")
    for sheet in sheets:
        if is_secret_name(sheet.name) or any(is_secret_margin(note) for note in sheet.notes):
            problems.refuse("WB510", 1, cell=sheet.name or "A1")
        for line, row in zip(sheet.lines, sheet.rows, strict=True) if limits.secrets else ():
            for column, value in enumerate(row):
                if value.__class__ is str and value in limits.secrets:
                    problems.refuse("WB510", line, cell=sheet.cell(line, column))
    for part in filter(None, limits.secrets.values()):
        if "worksheets/" not in part:
            problems.refuse("WB510", 1, cell=part)
