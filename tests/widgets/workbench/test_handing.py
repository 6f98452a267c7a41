from __future__ import annotations

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
        if file.content == b"wrong":
            raise InputError([make_finding("WG609", file.name, 1)])
        return f"<p>{file.name}</p>"

    def _clear(self):
        self.shown = ""

    def _held_words(self):
        return ", ".join(file.name for file in self.handed.values())


@pytest.fixture
def panel():
    panel = CountingPanel()
    yield panel
    assert panel.alarm.trace == ""


def seen(panel):
    return panel.shown, panel.held.value, panel.status.value, panel.again.disabled, panel.forget.disabled


def test_nothing_is_worked_out_before_the_first_file_is_there(panel):
    assert seen(panel) == ("", "", "", True, True)
    handed(panel.uploads["headcount"], "b.csv", b"xx")
    assert seen(panel) == ("", "b.csv", "", True, False)
    handed(panel.uploads["register"], "a.csv", b"xyz")
    assert seen(panel) == ("3 bytes, with ['headcount']", "b.csv, a.csv", "<p>a.csv</p>", False, False)


def test_of_a_file_that_is_wrong_only_what_is_wrong_is_said(panel):
    handed(panel.uploads["register"], "a.csv", b"xyz")
    handed(panel.uploads["register"], "b.csv", b"wrong")
    assert panel.shown == ""
    assert "b.csv:1: WG609" in panel.status.value
    assert (panel.held.value, panel.again.disabled) == ("b.csv", False)


@pytest.mark.parametrize("refused", ["register", "headcount"])
def test_of_a_file_that_is_refused_nothing_before_it_is_left(panel, refused):
    handed(panel.uploads["register"], "a.csv", b"xyz")
    handed(panel.uploads["headcount"], "b.csv", b"xx")
    handed(panel.uploads[refused], "c.exe", b"x")
    kept = "b.csv" if refused == "register" else "a.csv"
    assert seen(panel) == ("", kept, "", refused == "register", False)
    assert panel.uploads[refused].button.value == ()


def test_files_are_let_go_and_that_is_said(panel):
    handed(panel.uploads["register"], "a.csv", b"xyz")
    panel.forget.click()
    assert panel.handed == {}
    assert (panel.shown, panel.held.value, panel.again.disabled, panel.forget.disabled) == ("", "", True, True)
    assert "Đã xóa tệp" in panel.status.value


def test_files_are_still_there_in_another_language_and_of_nobody_else(panel):
    handed(panel.uploads["register"], "a.csv", b"xyz")
    english = CountingPanel("en", panel.handed)
    assert (english.shown, english.held.value) == ("", "a.csv")
    english.again.click()
    assert english.shown == "3 bytes, with []"
    empty = {}
    handed(CountingPanel("en", empty).uploads["register"], "a.csv", b"xyz")
    assert list(empty) == ["register"]
    assert CountingPanel().handed == {}
