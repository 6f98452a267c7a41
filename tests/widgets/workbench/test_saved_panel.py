from __future__ import annotations

import pytest

from simulator.rules.values import Text
from simulator.widgets.drafting.state import State
from simulator.widgets.looks import Alarm
from simulator.widgets.workbench.saved_panel import SavedPanel
from tests.widgets.drafting.test_state import QUOTA, place  # noqa: F401 - the fixture


@pytest.fixture
def state(place):  # noqa: F811 - pytest gives the fixture by its name
    state = State(place, "decree-91")
    state.turn(QUOTA, "share", 0.1)
    state.save("fewer-places", Text(vi="Giảm chỉ tiêu", en="Fewer places"), Text(vi="A", en="B"))
    return state


def test_nothing_goes_without_being_asked_for_twice(state, place):  # noqa: F811
    heard, path = [], place.criteria / "fewer-places.yaml"
    panel = SavedPanel(state, "vi", Alarm("vi"), lambda: heard.append("gone"))
    assert panel.question.layout.display == "none"
    panel.delete.click()
    assert panel.question.layout.display == "flex"
    assert "“Giảm chỉ tiêu” (criteria/fewer-places.yaml)" in panel.asked.value
    panel.keep.click()
    assert (panel.question.layout.display, path.exists(), heard) == ("none", True, [])
    panel.delete.click()
    panel.sure.click()
    assert (path.exists(), heard, panel.delete.disabled) == (False, ["gone"], True)
    assert "criteria/fewer-places.yaml" in panel.told.value


def test_another_day_the_code_shows_ones_drafts_again(state, place):  # noqa: F811
    alarm = Alarm("vi")
    panel = SavedPanel(State(place, "decree-91"), "vi", alarm)
    assert panel.delete.disabled
    panel.code.value = state.saved.code
    assert panel.chosen.options == (("Giảm chỉ tiêu (fewer-places)", "fewer-places"),)
    panel.code.value = "không phải mã"
    assert "không phải mã" in panel.wrong_code.text
    assert alarm.label.value == ""
    panel.delete.click()
    panel.sure.click()
    assert not (place.criteria / "fewer-places.yaml").exists()


def test_a_refusal_is_told_and_takes_nothing_away(state, place):  # noqa: F811
    alarm = Alarm("vi")
    panel = SavedPanel(state, "vi", alarm)
    (place.scenarios / "mine.yaml").write_text("baseline: fewer-places\n", encoding="utf-8")
    panel.delete.click()
    panel.sure.click()
    assert "scenarios/mine.yaml" in panel.not_deleted.text
    assert alarm.label.value == ""
    assert panel.told.value == ""
    assert (place.criteria / "fewer-places.yaml").exists()
