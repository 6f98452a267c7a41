from __future__ import annotations

import pytest

from simulator.widgets.drafting.controls import Control
from simulator.widgets.looks import REFUSED
from simulator.widgets.workbench.knobs import Knob, knob_for

SHARE = Control("fighter.quota", "share", "share", "tỷ lệ", "%", low=0.0, high=1.0, step=0.01)
COUNT = Control("fighter.initiative", "requires.at_least", "whole", "ít nhất 1 sáng kiến", "sáng kiến", low=0, high=20)
TITLE = Control("fighter.quota", "title.vi", "text", "tên", "")


class Turned:
    """A knob at a value, and what it told."""

    def __init__(self, control, value, lang="vi"):
        self.told = []
        self.knob = knob_for(control, lang, lambda *given: self.told.append(given))
        self.knob.show(value, is_off=False)


def test_a_knob_of_no_kind_cannot_be_made():
    with pytest.raises(TypeError, match="abstract"):
        Knob(SHARE, "vi", print)


@pytest.mark.parametrize("typed", ["abc", "101", "-1", ""])
def test_a_number_it_cannot_take_is_refused_below_it_and_stays_to_be_mended(typed):
    one = Turned(SHARE, 0.15)
    one.knob.field.value = typed
    assert one.told == []
    assert "từ 0 đến 100" in one.knob.remark.label.value
    assert "vẫn giữ 15" in one.knob.remark.text
    assert 'role="alert"' in one.knob.remark.label.value
    assert REFUSED in one.knob.field._dom_classes
    assert one.knob.field.tooltip == f"tỷ lệ. {one.knob.remark.text}"
    one.knob.show(0.15, is_off=False)  # something else of the draft was turned
    assert one.knob.field.value == typed
    assert one.knob.remark.text


@pytest.mark.parametrize("mend", [lambda one: setattr(one.knob.field, "value", "15,0"), lambda one: one.knob.show(0.2, is_off=False)])
def test_what_is_mended_is_no_longer_marked(mend):
    one = Turned(SHARE, 0.15)
    one.knob.field.value = "abc"
    mend(one)
    assert one.knob.remark.text == one.knob.remark.label.value == ""
    assert REFUSED not in one.knob.field._dom_classes
    assert one.knob.field.tooltip == "tỷ lệ"


def test_a_hand_on_the_slider_takes_the_place_of_what_was_refused():
    one = Turned(SHARE, 0.15)
    one.knob.field.value = "abc"
    one.knob.slider.value = 12
    assert one.told == [("fighter.quota", "share", 0.12)]
    assert one.knob.remark.text == ""
    one.knob.show(0.12, is_off=False)
    assert one.knob.field.value == "12"


def test_going_back_shows_the_value_of_the_draft_again():
    one = Turned(SHARE, 0.15)
    one.knob.field.value = "abc"
    one.knob.let_go()
    one.knob.show(0.15, is_off=False)
    assert (one.knob.field.value, one.knob.remark.text) == ("15", "")


def test_a_whole_number_is_asked_for_as_one():
    one = Turned(COUNT, 1)
    one.knob.field.value = "1,5"
    assert "số nguyên từ 0 đến 20" in one.knob.remark.text


def test_what_is_wrong_with_a_value_the_draft_has_is_said_below_it_too():
    one = Turned(COUNT, 1)
    one.knob.show(0, is_off=False, wrong="Phải từ 1 trở lên.")
    assert one.knob.remark.text == "Phải từ 1 trở lên."
    one.knob.field.value = "x"
    assert "“x”" in one.knob.remark.text
    one.knob.field.value = "0,0"
    assert one.knob.remark.text == "Phải từ 1 trở lên."
    one.knob.show(1, is_off=False)
    assert one.knob.remark.text == ""


def test_a_name_that_says_a_number_says_the_new_one():
    one = Turned(COUNT, 1)
    one.knob.call("ít nhất 2 sáng kiến")
    assert one.knob.slider.description == one.knob.field.tooltip == "ít nhất 2 sáng kiến"


def test_a_title_is_not_left_empty():
    one = Turned(TITLE, "Không quá 15%")
    one.knob.word.value = " "
    assert one.told == []
    assert "không được để trống" in one.knob.remark.text
    one.knob.word.value = "Không quá 15%"
    assert (one.told, one.knob.remark.text) == ([], "")


def test_slider_and_field_go_together_before_anything_comes_of_it():
    one = Turned(SHARE, 0.15)
    one.knob.slider.value = 16
    assert one.knob.field.value == "16"
    one.knob.field.value = "20,50"
    assert (one.knob.slider.value, one.knob.field.value) == (20, "20,5")
    assert [value for *_, value in one.told] == [0.16, 0.205]


@pytest.mark.parametrize("typed", ["20", "mười", "15"])
def test_what_was_typed_last_is_said_again_to_a_page_that_may_show_what_crossed_it(typed, monkeypatch):
    one = Turned(SHARE, 0.15)
    said = []
    monkeypatch.setattr(one.knob.field, "send_state", lambda key: said.append((key, one.knob.field.value)), raising=False)
    one.knob.field.set_state({"value": "16"})
    one.knob.show(0.15, is_off=False)
    said.clear()
    one.knob.field.set_state({"value": f"{typed} "})
    one.knob.field.set_state({"value": typed})
    assert said[-1] == ("value", typed)
