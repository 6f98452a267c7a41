"""What is written twice is the same to the byte, whatever the clock says."""

from __future__ import annotations

import errno
import os
import shutil
import time
import zipfile
from datetime import datetime
from types import SimpleNamespace

import docx
import openpyxl
import pytest
from lxml.etree import SerialisationError
from openpyxl.writer.excel import ExcelWriter

from simulator.presentation.table_layout import Group, Row, Table
from simulator.reporting.word.comparison import write_table_document
from simulator.rules.loading import load_criteria
from simulator.scoring.scorer import score
from simulator.workbook.criteria import export_criteria
from simulator.workbook.scored import write_scores
from simulator.workbook.still_archive import LONG_AGO, lack_of_space_told, save_book, save_still
from simulator.workbook.tables import write_table
from simulator.workbook.template import write_template
from simulator.workspace import find_workspace
from tests.presentation.scored import criteria
from tests.presentation.scores.test_scores import scored_roster

TABLE = Table("t", "vi", "Bảng", ("Mục", "Số"), (Group("", (Row("a", ("1",)),)),), ())


@pytest.fixture(scope="module")
def law():
    return load_criteria("decree-91", find_workspace())


WRITERS = {
    "scores.xlsx": lambda path, _: write_scores(score(criteria(), scored_roster()), path),
    "template.xlsx": lambda path, law: write_template(law, path, year=2025, lang="vi"),
    "export.xlsx": lambda path, law: export_criteria(law, path),
    "table.xlsx": lambda path, _: write_table(TABLE, path),
    "table.docx": lambda path, _: write_table_document(TABLE, path),
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_file_written_twice_is_the_same(tmp_path, law, monkeypatch, name):
    written = []
    for hour in (1_700_000_000, 1_800_000_000):
        monkeypatch.setattr(time, "time", lambda hour=hour: hour)
        monkeypatch.setattr(time, "localtime", lambda *_, hour=hour: time.gmtime(hour))
        WRITERS[name](tmp_path / name, law)
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
    with zipfile.ZipFile(tmp_path / name) as archive:
        assert {part.date_time for part in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert str(datetime.now().year) not in archive.read("docProps/core.xml").decode()  # noqa: DTZ005  # any zone will do


def test_a_book_and_a_document_can_be_read_again(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "Mẫu"
    save_book(book, tmp_path / "x.xlsx")
    read = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert read.active["A1"].value == "Mẫu"
    assert read.properties.modified == LONG_AGO
    document = docx.Document()
    document.add_paragraph("Mẫu")
    save_still(document.save, tmp_path / "x.docx")
    assert docx.Document(str(tmp_path / "x.docx")).paragraphs[-1].text == "Mẫu"


def test_a_full_disk_is_an_error_of_the_system_and_leaves_nothing_half_written(tmp_path, monkeypatch):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"before")

    def fail(*_):
        message = "IO_WRITE"
        raise SerialisationError(message)

    monkeypatch.setattr(ExcelWriter, "write_data", fail)
    with pytest.raises(OSError, match=r"a\.xlsx"):
        save_book(openpyxl.Workbook(), path)
    assert path.read_bytes() == b"before"


def test_a_full_disk_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)), lack_of_space_told(tmp_path / "a.xlsx"):
        raise SerialisationError("IO_WRITE")
