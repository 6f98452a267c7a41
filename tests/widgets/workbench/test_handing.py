from __future__ import annotations

import re

import pytest

from simulator.errors import InputError
from simulator.widgets.codes import make_finding
from simulator.widgets.looks import Alarm
from simulator.widgets.workbench.handing import HandingPanel
from simulator.workspace import find_workspace
from tests.widgets.workbench.handed_lists import handed


class CountingPanel(HandingPanel):
    """Counts the bytes of a register; a head count stands beside it."""

    def __init__(self, lang="vi", files=None):
        self.shown = ""
        super().__init__(find_workspace(), lang, Alarm(lang), "measure", ("register", "headcount"), files)

    def _results(self, file):
        self.shown = f"{len(file.content)} bytes, with {sorted(set(self.handed) - {'register'})}"
        if file.content.startswith(b"wrong"):
            raise InputError([make_finding("WG609", "register", 1)])
        return f"<p>{file.kind}</p>"

    def _clear(self):
        self.shown = ""


@pytest.fixture
def panel():
    panel = CountingPanel()
    yield panel
    assert panel.alarm.trace == ""


def seen(panel):
    return panel.shown, panel.status.value, panel.again.disabled, panel.forget.disabled


def held(panel):
    """Give what is said of the files, without markup."""
    return re.sub(r"<[^>]+>", "", panel.held.value.replace("</p>", " ")).strip()


def test_nothing_is_worked_out_before_the_first_file_is_there(panel):
    assert (held(panel), *seen(panel)) == ("", "", "", True, True)
    handed(panel.uploads["headcount"], "b.csv", b"x" * 1024)
    assert seen(panel) == ("", "", True, False)
    assert held(panel) == "Tệp đang dùng: bảng số người – tệp đã chọn (.csv, 1,0 KB) Hiện không có danh sách khen thưởng nào đang dùng."
    handed(panel.uploads["register"], "a.csv", b"xyz")
    assert seen(panel) == ("3 bytes, with ['headcount']", "<p>.csv</p>", False, False)
    assert held(panel) == "Tệp đang dùng: bảng số người – tệp đã chọn (.csv, 1,0 KB); danh sách khen thưởng – tệp đã chọn (.csv, 3 byte)"


def test_of_a_file_that_is_wrong_only_what_is_wrong_is_said_and_it_is_not_called_in_use(panel):
    handed(panel.uploads["register"], "a.csv", b"xyz")
    handed(panel.uploads["register"], "b.csv", b"wrong")
    assert panel.shown == ""
    assert "WG609" in panel.status.value
    assert held(panel).startswith("Chưa dùng được danh sách khen thưởng – tệp đã chọn (.csv, 5 byte), nên hiện không có kết quả nào.")
    assert not panel.again.disabled
    assert panel.uploads["register"].button.value == ()
    handed(panel.uploads["register"], "c.csv", b"xyz")
    assert len(panel.uploads["register"].button.value) == 1
    assert held(panel).startswith("Tệp đang dùng: ")


@pytest.mark.parametrize("refused", ["register", "headcount"])
def test_of_a_file_that_is_refused_nothing_before_it_is_left(panel, refused):
    handed(panel.uploads["register"], "a.csv", b"xyz")
    handed(panel.uploads["headcount"], "b.csv", b"xx")
    handed(panel.uploads[refused], "c.exe", b"x")
    assert seen(panel) == ("", "", refused == "register", False)
    kept = "bảng số người" if refused == "register" else "danh sách khen thưởng"
    assert held(panel).count("tệp đã chọn") == 1
    assert f"{kept} – tệp đã chọn" in held(panel)
    assert ("Hiện không có danh sách khen thưởng nào đang dùng." in held(panel)) == (refused == "register")
    assert panel.uploads[refused].button.value == ()


def test_where_no_file_is_left_that_is_said(panel):
    handed(panel.uploads["register"], "a.csv", b"xyz")
    handed(panel.uploads["register"], "c.exe", b"x")
    assert held(panel) == "Hiện không có danh sách khen thưởng nào đang dùng."


def test_files_are_let_go_and_that_is_said(panel):
    handed(panel.uploads["register"], "a.csv", b"xyz")
    panel.forget.click()
    assert panel.handed == {}
    assert (panel.shown, panel.again.disabled, panel.forget.disabled) == ("", True, True)
    assert held(panel) == "Hiện không có danh sách khen thưởng nào đang dùng."
    assert "Đã xóa tệp" in panel.status.value


def test_files_are_still_there_in_another_language_and_of_nobody_else(panel):
    handed(panel.uploads["register"], "a.csv", b"xyz")
    english = CountingPanel("en", panel.handed)
    assert english.shown == ""
    assert held(english).startswith("Chosen: award list – the chosen file (.csv, 3 byte). Press ")
    english.again.click()
    assert english.shown == "3 bytes, with []"
    assert held(english).startswith("Files in use") or "in use" in held(english)
    empty = {}
    handed(CountingPanel("en", empty).uploads["register"], "a.csv", b"xyz")
    assert list(empty) == ["register"]
    assert CountingPanel().handed == {}


def test_no_name_of_a_file_is_kept_or_told_anywhere(panel):
    for button in ("register", "headcount"):
        for content in (b"xyz", b"wrong"):
            handed(panel.uploads[button], "Nguyễn Thị Bí Mật Danh.csv", content)
            told = f"{panel.held.value}{panel.status.value}{panel.uploads[button].said.value}{panel.handed!r}{[vars(each) for each in panel.handed.values()]}"
            assert "Bí Mật" not in told
