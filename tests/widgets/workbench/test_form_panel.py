from __future__ import annotations

import pytest

from simulator.presentation.rules.citing import NO_REGISTER
from simulator.rules.loading import load_criteria
from simulator.widgets.drafting.controls import forms_of
from simulator.widgets.drafting.draft import Draft
from simulator.widgets.workbench.form_panel import FormPanel
from simulator.workspace import find_workspace

AWARD = "chien-si-thi-dua-co-so"
QUOTA = f"{AWARD}.quota"


@pytest.fixture(scope="module")
def base():
    return load_criteria("decree-91", find_workspace())


class Told:
    """What a panel told."""

    def __init__(self, base):
        self.turned, self.struck, self.reasons = [], [], []
        self.panel = FormPanel(
            "vi", NO_REGISTER, *(lambda *given, told=told: told.append(given) for told in (self.turned, self.struck, self.reasons))
        )
        self.draft = Draft(base)
        self.panel.show(self.draft)

    def knob(self, clause, path):
        return next(knob for knob in self.panel._blocks[clause].knobs if knob.control.path == path)


@pytest.fixture
def told(base):
    return Told(base)


def test_showing_a_draft_tells_nothing(told):
    assert (told.turned, told.struck, told.reasons) == ([], [], [])
    assert told.panel.holder.value == AWARD


@pytest.mark.parametrize(("typed", "value", "stop"), [("7,5", 0.075, 8), ("12,25", 0.1225, 12), ("15,6", 0.156, 16), ("0", 0, 0)])
def test_a_typed_number_is_kept_and_the_slider_stands_at_the_nearest_stop(told, base, typed, value, stop):
    """A page rounds a slider to its steps, also when their size changes, and tells the rounded number back: so it is never given another."""
    knob = told.knob(QUOTA, "share")
    given = []
    knob.slider.observe(given.append)
    knob.field.value = typed
    told.panel.show(Draft(base).turned(*told.turned[-1]))
    told.panel.show(told.draft)
    told.panel.show(Draft(base).turned(*told.turned[0]))
    assert told.turned == [(QUOTA, "share", value)]
    assert (knob.field.value, knob.slider.value) == (typed, stop)
    assert {change["name"] for change in given} == {"value"}
    assert all(change["new"] == round(change["new"]) for change in given)


@pytest.mark.parametrize("shared", ["decree-91", "law-2022"])
def test_every_slider_begins_on_the_number_that_stands_there(shared):
    told = Told(load_criteria(shared, find_workspace()))
    told.panel.only_played.value = False
    for holder in [code for _, code in told.panel.holder.options]:
        told.panel.holder.value = holder
    knobs = [knob for block in told.panel._blocks.values() for knob in block.knobs if hasattr(knob, "slider")]
    assert knobs
    for knob in knobs:
        assert knob.slider.value == pytest.approx(told.panel._draft.value(knob.control.clause, knob.control.path) * knob._scale)


def test_a_slider_tells_the_value_as_a_file_has_it(told):
    told.knob(QUOTA, "share").slider.value = 10
    assert told.turned == [(QUOTA, "share", 0.1)]


@pytest.mark.parametrize("percent", range(0, 101, 7))
def test_a_slider_in_the_hand_is_not_moved_by_what_it_told(told, base, percent):
    """Told its own value back with the dust of binary arithmetic, it would jump back under the hand."""
    slider = told.knob(QUOTA, "share").slider
    slider.value = percent
    moved = []
    slider.observe(moved.append, names="value")
    told.panel.show(Draft(base).turned(*told.turned[-1]))
    assert moved == []


@pytest.mark.parametrize(("typed", "value"), [("12,5", 0.125), ("12.5 %", 0.125), ("7", 0.07)])
def test_a_number_can_be_typed(told, typed, value):
    told.knob(QUOTA, "share").field.value = typed
    assert told.turned == [(QUOTA, "share", value)]


@pytest.mark.parametrize("typed", ["abc", "101", "-1", ""])
def test_what_cannot_be_read_is_refused_with_what_would_do(told, typed):
    told.knob(QUOTA, "share").field.value = typed
    assert told.turned == []
    assert "từ 0 đến 100" in told.knob(QUOTA, "share").remark.text


def test_a_whole_number_stays_whole(told):
    path = "requires.at_least"
    told.knob(f"{AWARD}.initiative", path).slider.value = 2
    assert told.turned == [(f"{AWARD}.initiative", path, 2)]
    assert isinstance(told.turned[0][2], int)
    told.knob(f"{AWARD}.initiative", path).field.value = "1,5"
    assert len(told.turned) == 1


def test_a_choice_tells_its_code(told):
    told.knob(QUOTA, "rounding").word.value = "floor"
    assert told.turned == [(QUOTA, "rounding", "floor")]


def test_a_changed_draft_moves_the_controls_and_marks_the_clause(told):
    told.panel.show(told.draft.turned(QUOTA, "share", 0.2))
    knob = told.knob(QUOTA, "share")
    assert (knob.slider.value, knob.field.value) == (20, "20")
    assert "tieuchi-changed" in told.panel._blocks[QUOTA].box._dom_classes
    assert "20%" in told.panel._blocks[QUOTA].words.value
    assert told.turned == []


def test_the_same_clauses_keep_their_controls(told):
    knob, boxes = told.knob(QUOTA, "share"), told.panel.clauses.children
    told.panel.show(told.draft.turned(QUOTA, "share", 0.2))
    assert told.knob(QUOTA, "share") is knob
    assert told.panel.clauses.children == boxes


def test_a_clause_is_struck_out_by_its_button_and_its_controls_rest(told):
    told.panel._blocks[QUOTA].strike.value = True
    assert told.struck == [(QUOTA, True)]
    told.panel.show(told.draft.without(QUOTA))
    assert told.knob(QUOTA, "share").slider.disabled
    assert told.struck == [(QUOTA, True)]


def test_the_wording_of_a_clause_is_shown_when_its_button_is_pressed(told):
    block = told.panel._blocks[QUOTA]
    assert block.titles.layout.display == "none"
    assert told.knob(QUOTA, "title.vi").box in block.titles.children
    block.wording.value = True
    assert block.titles.layout.display == "flex"


def test_another_award_or_all_clauses_can_be_shown(told):
    n_played = len(told.panel.clauses.children)
    told.panel.only_played.value = False
    assert len(told.panel.clauses.children) > n_played
    told.panel.holder.value = "principles"
    assert all("Không" not in box.children[0].value[:5] for box in told.panel.clauses.children)
    told.panel.only_played.value = True
    assert "không có điều khoản nào" in told.panel.clauses.children[0].value.lower()


def test_only_the_clauses_shown_are_built_and_a_new_base_builds_them_once(told, monkeypatch):
    asked = []

    def forms_asked(*given, **named):
        asked.append(named["holder"])
        return forms_of(*given, **named)

    monkeypatch.setattr("simulator.widgets.workbench.form_panel.forms_of", forms_asked)
    told.panel.show(told.draft.turned(QUOTA, "share", 0.2))
    assert asked == [AWARD]
    told.panel.show(Draft(load_criteria("law-2022", find_workspace())))
    assert len(asked) == 2


def test_another_set_has_a_form_of_its_own(told):
    told.panel.show(Draft(load_criteria("law-2022", find_workspace())))
    assert told.panel.clauses.children
    assert told.turned == []


def test_a_value_that_makes_no_rule_is_told_below_its_control_and_the_other_clauses_keep_their_words(told):
    initiative = f"{AWARD}.initiative"
    draft = told.draft.turned(QUOTA, "share", 0.1).turned(initiative, "requires.at_least", 0)
    told.panel.show(draft, draft.faults)
    assert "từ 1 trở lên" in told.knob(initiative, "requires.at_least").remark.text
    assert told.knob(QUOTA, "share").remark.text == ""
    assert "10%" in told.panel._blocks[QUOTA].words.value
    told.panel.show(told.draft)
    assert told.knob(initiative, "requires.at_least").remark.text == ""


def test_a_control_is_called_by_the_number_its_clause_has_now(told):
    path = "requires.at_least"
    knob = told.knob(f"{AWARD}.initiative", path)
    assert "1 sáng kiến" in knob.slider.description
    told.panel.show(told.draft.turned(f"{AWARD}.initiative", path, 3))
    assert "3 sáng kiến" in knob.slider.description
    assert "1 sáng kiến" not in knob.slider.description


def test_a_changed_clause_asks_for_a_reason_of_its_own_and_an_unchanged_one_does_not(told):
    block = told.panel._blocks[QUOTA]
    assert block.reason.layout.display == "none"
    draft = told.draft.turned(QUOTA, "share", 0.1)
    told.panel.show(draft)
    assert block.reason.layout.display == "flex"
    block.reason.value = "Vì đơn vị nhỏ."
    assert told.reasons == [(QUOTA, "Vì đơn vị nhỏ.")]
    told.panel.show(draft.because(QUOTA, "vi", "Vì đơn vị nhỏ."))
    assert "Vì đơn vị nhỏ." in block.words.value
    told.panel.show(told.draft.without(QUOTA))
    assert (block.reason.layout.display, block.reason.value) == ("flex", "")


def test_what_was_typed_and_refused_goes_when_it_is_let_go_of(told):
    knob = told.knob(QUOTA, "share")
    knob.field.value = "abc"
    told.panel.show(told.draft)
    assert knob.field.value == "abc"
    told.panel.let_go()
    told.panel.show(told.draft)
    assert (knob.field.value, knob.remark.text) == ("15", "")
