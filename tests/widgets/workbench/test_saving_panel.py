from __future__ import annotations

import base64
import re

import ipywidgets as widgets
import pytest

from simulator.widgets.drafting.state import State
from simulator.widgets.looks import Alarm
from simulator.widgets.workbench.saving_panel import SavingPanel
from simulator.workspace import Workspace, find_workspace
from tests.widgets.drafting.test_state import QUOTA, place  # noqa: F401 - the fixture


@pytest.fixture
def panel(place):  # noqa: F811 - pytest gives the fixture by its name
    alarm = Alarm("vi")
    return SavingPanel(State(place, "decree-91"), "vi", alarm, can_save=True), alarm


def filled(panel):
    panel.state.turn(QUOTA, "share", 0.1)
    panel.overlay_id.value, panel.why.value, panel.title.value = "giam-chi-tieu", "Giảm số lượng.", "Giảm chỉ tiêu"


def test_a_draft_is_saved_with_its_reason(panel):
    form, alarm = panel
    filled(form)
    form.save.click()
    assert alarm.label.value == ""
    assert "criteria/giam-chi-tieu.yaml" in form.told.value
    assert "Giảm số lượng." in (form.state.workspace.criteria / "giam-chi-tieu.yaml").read_text(encoding="utf-8")


def test_without_a_reason_nothing_is_saved(panel):
    form, alarm = panel
    filled(form)
    form.why.value = "  "
    form.save.click()
    assert "lý do" in alarm.label.value
    assert not (form.state.workspace.criteria / "giam-chi-tieu.yaml").exists()


def test_a_refused_saving_takes_back_what_an_earlier_one_said(panel):
    form, alarm = panel
    filled(form)
    form.save.click()
    form.save.click()
    assert "giam-chi-tieu" in alarm.label.value
    assert form.told.value == ""


def test_who_sees_a_saved_draft_is_said_before_it_is_saved(panel):
    form, _ = panel
    said = "".join(each.value for each in form.keeping.children if isinstance(each, widgets.HTML))
    assert "mọi người" in said
    assert "cả hai ngôn ngữ" in said


def test_a_draft_can_be_carried_away(panel):
    form, _ = panel
    filled(form)
    form.carry.click()
    content = base64.b64decode(re.search(r"base64,([^\"]+)", form.told.value)[1]).decode()
    assert content == form.state.overlay("giam-chi-tieu", *form._asked()[1:])
    assert 'download="giam-chi-tieu.yaml"' in form.told.value


def test_a_class_only_carries_away():
    form = SavingPanel(State(Workspace(find_workspace().root), "decree-91"), "vi", Alarm("vi"), can_save=False)
    assert form.save not in form.keeping.children[-2].children
    assert "mọi người" not in "".join(each.value for each in form.keeping.children if isinstance(each, widgets.HTML))


def test_what_is_typed_stays_with_the_draft_in_another_language(panel):
    form, alarm = panel
    filled(form)
    form.why_english.value = "Fewer, and better."
    english = SavingPanel(form.state, "en", alarm, can_save=True)
    assert (english.overlay_id.value, english.title.value) == ("giam-chi-tieu", "Giảm chỉ tiêu")
    assert (english.why.value, english.why_english.value) == ("Fewer, and better.", "Giảm số lượng.")
    assert english.words() == form.words()


def test_what_was_saved_is_listed_and_whoever_hears_of_it_is_told(place):  # noqa: F811 - pytest gives the fixture by its name
    heard = []
    form = SavingPanel(State(place, "decree-91"), "vi", Alarm("vi"), can_save=True, on_change=lambda: heard.append("saved"))
    filled(form)
    form.save.click()
    assert heard == ["saved"]
    assert form.saved.chosen.options == (("Giảm chỉ tiêu (giam-chi-tieu)", "giam-chi-tieu"),)
