from __future__ import annotations

import json
import shutil

import pytest

from simulator.rules.values import Text
from simulator.widgets.drafting import remembering
from simulator.widgets.drafting.remembering import MOST, read_remembered, remember, take_up
from simulator.widgets.drafting.state import State
from simulator.workspace import Workspace, find_workspace

QUOTA = "chien-si-thi-dua-co-so.quota"
OTHER = "law-2022"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    root = tmp_path_factory.mktemp("place")
    for folder in ("criteria", "scenarios"):
        shutil.copytree(find_workspace().root / folder, root / folder)
    return Workspace(root)


@pytest.fixture
def state(place):
    """Give work with a struck clause, reasons, steps on both sides, a draft left in another set, and words."""
    state = State(place, "decree-91")
    state.turn(QUOTA, "share", 0.12)
    state.turn(QUOTA, "rounding", "ceiling")
    state.strike("chien-si-thi-dua-co-so.initiative", is_removed=True)
    state.because(QUOTA, "vi", "Ít suất hơn. <b>")
    state.turn(QUOTA, "share", 0.3)
    state.undo()
    state.open(OTHER)
    state.turn(QUOTA, "share", 0.2)
    state.open("decree-91")
    state.words.overlay_id, state.words.title = "it-suat", "  Ít suất "
    state.words.why["vi"] = "Thử."
    return state


def again(state, lang="vi", change=lambda data: None):
    """Keep work, let somebody change it on the way, and go on with it on a page of its own."""
    data = json.loads(remember(state, lang, 0, 0))
    change(data)
    kept = read_remembered(json.dumps(data))
    fresh = State(state.workspace, "decree-91")
    return fresh, None if kept is None else take_up(fresh, kept)


def test_all_of_it_is_there_again(state):
    fresh, taken = again(state)
    assert (taken.n_drafts, taken.is_whole) == (2, True)
    assert fresh.draft == state.draft
    assert (fresh.steps.past, fresh.steps.future) == (state.steps.past, state.steps.future)
    assert fresh.words == state.words
    assert fresh.saved.code == state.saved.code
    assert fresh.has_unsaved_aside
    fresh.redo()
    assert fresh.draft.values[QUOTA, "share"] == 0.3
    fresh.open(OTHER)
    assert fresh.draft.values == {(QUOTA, "share"): 0.2}
    assert remember(fresh, "vi", 0, 0) == remember(again(fresh)[0], "vi", 0, 0)


def test_what_was_saved_is_not_called_unsaved(state):
    state.overlay("it-suat", None, Text(vi="Thử.", en="A try."))
    assert not state.is_unsaved
    fresh, _ = again(state)
    assert not fresh.is_unsaved
    fresh.undo()
    assert fresh.is_unsaved


def test_a_set_that_was_open_without_changes_is_open_again(place):
    state = State(place, "decree-91")
    state.open("school-leader-2026")
    fresh, taken = again(state)
    assert (fresh.expression, taken.n_drafts, taken.is_whole) == ("school-leader-2026", 0, True)


def of(data, expression="decree-91"):
    return next(each for each in data["sets"] if each["expression"] == expression)


@pytest.mark.parametrize(
    "values",
    [
        [["chien-si-thi-dua-co-so.none", "share", 0.1]],
        [[QUOTA, "none", 0.1]],
        [[QUOTA, "share", 1.5]],
        [[QUOTA, "share", True]],
        [[QUOTA, "share", "0.1"]],
        [[QUOTA, "rounding", "<script>"]],
        [[QUOTA, "rounding", 1]],
        [["chien-si-thi-dua-co-so.initiative", "requires.at_least", 1.5]],
    ],
)
def test_a_value_no_control_could_have_leaves_out_that_set_whole_and_no_other(state, values):
    fresh, taken = again(state, change=lambda data: of(data)["now"].update(values=values))
    assert (taken.n_drafts, taken.is_whole) == (1, False)
    assert fresh.draft.is_unchanged
    assert fresh.has_unsaved_aside


@pytest.mark.parametrize(
    "change",
    [
        lambda data: of(data)["now"].update(removed=["none"]),
        lambda data: of(data)["now"].update(reasons={"none": {"vi": "x"}}),
        lambda data: of(data)["past"][0].update(values=[["none", "none", 1]]),
        lambda data: of(data).update(expression="../../etc/passwd"),
        lambda data: of(data).update(expression="gone-since"),
    ],
)
def test_so_does_a_clause_that_is_not_there_and_a_set_that_is_gone(state, change):
    fresh, taken = again(state, change=change)
    assert not taken.is_whole
    assert fresh.draft.is_unchanged


@pytest.mark.parametrize("expression", ["gone-since", "../decree-91", ""])
def test_a_set_that_cannot_be_opened_any_more_leaves_the_first_one_open(state, expression):
    fresh, taken = again(state, change=lambda data: data.update(expression=expression))
    assert (fresh.expression, taken.is_whole) == ("decree-91", False)
    assert fresh.draft == state.draft


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.update(version=2),
        lambda data: data.update(form="tieuchi-training"),
        lambda data: data.update(more=1),
        lambda data: data.pop("words"),
        lambda data: data.update(room=-1),
        lambda data: data.update(lang="fr"),
        lambda data: of(data)["now"].update(values=[[QUOTA, "share", [1]]]),
        lambda data: of(data).update(past=[of(data)["now"]] * 21),
    ],
)
def test_what_is_not_of_the_form_is_no_memory(state, change):
    assert again(state, change=change)[1] is None


@pytest.mark.parametrize("text", ["", "{", "null", "[]", "[" * 100_000, '{"form": "tieuchi-workbench"', "\0", '"\ud800"'])
def test_what_is_damaged_is_no_memory(text):
    assert read_remembered(text) is None


def test_a_code_that_is_none_is_not_used(state):
    fresh, _ = again(state, change=lambda data: data.update(code="../../x"))
    assert remembering.is_code(fresh.saved.code)


def test_a_long_session_is_kept_with_fewer_steps(place):
    state = State(place, "decree-91")
    for number in range(60):
        state.because(QUOTA, "vi", f"{number} " + "x" * 30_000)
    text = remember(state, "vi", 0, 0)
    assert len(text) <= MOST
    fresh, taken = again(state)
    assert taken.is_whole
    assert fresh.draft == state.draft
    assert len(fresh.steps.past) == 3
