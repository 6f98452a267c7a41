from __future__ import annotations

import base64
import re

import ipywidgets as widgets
import pytest

from simulator.widgets.drafting.state import State
from simulator.widgets.looks import REFUSED, Alarm
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
    assert "lý do" in form.wrong_why.label.value
    assert REFUSED in form.why._dom_classes
    assert alarm.label.value == form.wrong_id.text == ""
    form.why.value = "Giảm số lượng."
    assert form.wrong_why.label.value == ""
    assert REFUSED not in form.why._dom_classes
    assert not (form.state.workspace.criteria / "giam-chi-tieu.yaml").exists()


def test_a_refused_saving_takes_back_what_an_earlier_one_said(panel):
    form, alarm = panel
    filled(form)
    form.save.click()
    form.save.click()
    assert "giam-chi-tieu" in form.wrong_id.text
    assert REFUSED in form.overlay_id._dom_classes
    assert (form.told.value, alarm.label.value) == ("", "")
    form.overlay_id.value = "Giảm chỉ tiêu"
    assert "chữ thường không dấu" in form.wrong_id.text
    form.overlay_id.value = "giam-chi-tieu-2"
    assert form.wrong_id.text == ""


def test_what_no_field_is_to_blame_for_is_told_below_the_buttons_until_something_is_changed(panel):
    form, _ = panel
    form.save.click()
    assert "Chưa sửa gì" in form.refused.text
    form.state.turn(QUOTA, "share", 0.1)
    form.changed()
    assert form.refused.text == ""


def test_all_that_is_missing_is_told_at_once_each_below_its_field(panel):
    form, _ = panel
    form.state.turn(QUOTA, "share", 0.1)
    form.carry.click()
    assert "Chưa có mã bản thảo" in form.wrong_id.text
    assert "lý do" in form.wrong_why.text
    assert form.refused.text == ""


def test_a_draft_whose_every_change_has_its_own_reason_needs_no_other(panel):
    form, _ = panel
    filled(form)
    form.why.value = ""
    form.state.because(QUOTA, "vi", "Vì đơn vị nhỏ.")
    form.save.click()
    text = (form.state.workspace.criteria / "giam-chi-tieu.yaml").read_text(encoding="utf-8")
    assert text.count("Vì đơn vị nhỏ.") == 4  # why and assumption, in two languages


@pytest.mark.parametrize("button", ["save", "carry"])
def test_what_was_kept_says_when_it_is_no_longer_the_draft_as_it_stands(panel, button):
    form, _ = panel
    filled(form)
    getattr(form, button).click()
    form.changed()
    assert form.stale.value == ""
    form.state.turn(QUOTA, "share", 0.12)
    form.changed()
    assert "trước lần sửa gần nhất" in form.stale.value
    form.state.undo()
    form.changed()
    assert form.stale.value == ""
    form.why.value = "Vì một lẽ khác."
    assert "trước lần sửa gần nhất" in form.stale.value


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
    assert form.save not in form.buttons.children
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
