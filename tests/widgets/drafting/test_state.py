from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from simulator.errors import InputError, Severity
from simulator.rules.loading import load_criteria
from simulator.rules.values import Text
from simulator.widgets.drafting.state import State
from simulator.workspace import Workspace, find_workspace

QUOTA = "chien-si-thi-dua-co-so.quota"
WHY = Text(vi="Giảm số lượng.", en="Fewer.")


@pytest.fixture
def place(tmp_path):
    for folder in ("criteria", "scenarios"):
        shutil.copytree(find_workspace().root / folder, tmp_path / folder)
    return Workspace(tmp_path)


@pytest.fixture
def state(place):
    return State(place, "decree-91")


def codes(function, *arguments):
    with pytest.raises(InputError) as caught:
        function(*arguments)
    return [finding.code for finding in caught.value.findings]


def test_a_slider_on_its_way_is_one_step_back(state):
    for share in (0.14, 0.13, 0.12):
        state.turn(QUOTA, "share", share)
    state.turn(QUOTA, "rounding", "floor")
    state.undo()
    assert state.draft.values == {(QUOTA, "share"): 0.12}
    state.undo()
    assert state.draft.is_unchanged
    state.redo()
    assert state.draft.values == {(QUOTA, "share"): 0.12}


def test_turning_the_same_knob_after_undoing_is_a_new_step(state):
    state.turn(QUOTA, "share", 0.1)
    state.undo()
    state.turn(QUOTA, "share", 0.2)
    state.undo()
    assert state.draft.is_unchanged


def test_starting_over_can_be_undone(state):
    state.turn(QUOTA, "share", 0.1)
    state.strike(QUOTA, is_removed=True)
    state.start_over()
    assert state.draft.is_unchanged
    state.undo()
    assert state.draft.removed == {QUOTA}


def test_a_set_that_cannot_be_read_leaves_what_is_open(state):
    state.turn(QUOTA, "share", 0.1)
    assert codes(state.open, "no-such-set") == ["CS117"]
    assert (state.expression, state.draft.values) == ("decree-91", {(QUOTA, "share"): 0.1})


def test_a_set_that_is_chosen_again_is_as_it_was_left(state):
    state.turn(QUOTA, "share", 0.1)
    state.turn(QUOTA, "rounding", "floor")
    state.open("law-2022")
    assert (state.draft.is_unchanged, state.steps.past) == (True, ())
    assert (state.is_unsaved, state.has_unsaved_aside) == (False, True)
    state.open("decree-91")
    assert state.draft.values == {(QUOTA, "share"): 0.1, (QUOTA, "rounding"): "floor"}
    assert (state.is_unsaved, state.has_unsaved_aside) == (True, False)
    state.undo()
    assert state.draft.values == {(QUOTA, "share"): 0.1}


def test_what_was_kept_of_a_set_is_kept_when_it_is_chosen_again_until_its_file_is_deleted(state):
    state.turn(QUOTA, "share", 0.1)
    state.save("giam-chi-tieu", None, WHY)
    state.open("law-2022")
    assert not state.has_unsaved_aside
    state.delete("giam-chi-tieu")
    assert state.has_unsaved_aside
    state.open("decree-91")
    assert state.is_unsaved


def test_nothing_is_gone_on_with_of_a_set_that_reads_otherwise_by_now(state, place):
    state.turn(QUOTA, "share", 0.1)
    state.open("law-2022")
    path = place.criteria / "decree-91.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count("share: 0.15") == 1
    path.write_text(text.replace("share: 0.15", "share: 0.14"), encoding="utf-8")
    state.open("decree-91")
    assert state.draft.is_unchanged
    assert state.draft.value(QUOTA, "share") == 0.14


def test_findings_of_a_draft_are_of_what_it_changes_errors_first(state):
    of_set = {finding.code for finding in state.findings()}
    state.turn(QUOTA, "share", 1.5)
    found = state.findings()
    assert found[0].severity is Severity.ERROR
    assert {finding.file for finding in found} == {"draft.yaml"}
    assert of_set


def test_what_is_no_rule_is_a_finding_too(state):
    state.turn(QUOTA, "rounding", "upwards")
    assert state.findings()


def test_a_saved_draft_is_a_set_like_any_other(state, place):
    state.turn(QUOTA, "share", 0.1)
    path = state.save("fewer-places", None, WHY)
    assert path == place.criteria / "fewer-places.yaml"
    assert load_criteria("fewer-places", place).clause(QUOTA).share == 0.1
    assert "fewer-places" in {name for _, name in state.offered("vi")}
    assert codes(state.save, "fewer-places", None, WHY) == ["WG603"]


def test_what_cannot_be_saved_says_why(state, place):
    assert codes(state.save, "fewer-places", None, WHY) == ["WG601"]
    state.turn(QUOTA, "share", 0.1)
    assert codes(state.save, "", None, WHY) == ["WG628"]
    for name in ("Fewer Places", "../out", "giảm-chỉ-tiêu", "a.b"):
        assert codes(state.save, name, None, WHY) == ["WG602"]
    for name in ("con", "nul", "com1", "lpt9", "aux"):
        assert codes(state.save, name, None, WHY) == ["WG626"]
        state.words.overlay_id = name
        assert state.file_id == "draft"
    state.words.overlay_id = "console"
    assert state.file_id == "console"
    assert codes(state.save, "law-2022", None, WHY) == ["WG603"]
    shipped = State(Workspace(place.root, is_shipped=True), "decree-91")
    shipped.turn(QUOTA, "share", 0.1)
    assert codes(shipped.save, "fewer-places", None, WHY) == ["WG604"]


def test_a_failed_saving_leaves_nothing(state, place, monkeypatch):
    state.turn(QUOTA, "share", 0.1)

    def fail(*_):
        raise OSError(28, "No space left on device")

    before = sorted(path.name for path in place.criteria.iterdir())
    monkeypatch.setattr(Path, "replace", fail)
    assert codes(state.save, "fewer-places", None, WHY) == ["WG605"]
    assert sorted(path.name for path in place.criteria.iterdir()) == before


def test_two_at_work_share_nothing(place):
    one, other = State(place, "decree-91"), State(place, "decree-91")
    one.turn(QUOTA, "share", 0.1)
    assert other.draft.is_unchanged


def test_steps_left_behind_are_small(state):
    drafts = []
    for number in range(1, 4):
        for place in ((QUOTA, "share", number / 100), ("lao-dong-tien-tien.minimum-service", "requires.at_least", number)):
            state.turn(*place)
            assert state.draft.criteria is state.draft.criteria
            drafts.append(state.draft)
    state.undo()
    assert ["criteria" in vars(draft) for draft in drafts] == [False] * 6
    assert len({id(draft.former) for draft in drafts}) == 1
    assert state.draft.criteria.awards


def test_a_draft_is_unsaved_until_it_is_in_a_file(state):
    assert not state.is_unsaved
    state.turn(QUOTA, "share", 0.1)
    assert state.is_unsaved
    state.save("fewer-places", None, WHY)
    assert not state.is_unsaved
    state.undo()
    assert not state.is_unsaved, "nothing is changed"
    state.turn(QUOTA, "share", 0.2)
    assert state.is_unsaved
    state.overlay("still-fewer", None, WHY)
    assert not state.is_unsaved, "it is carried away"
    assert state.findings() is not None
    state.open("law-2022")
    assert not state.is_unsaved


def test_a_saving_that_fails_leaves_the_draft_unsaved(state, monkeypatch):
    state.turn(QUOTA, "share", 0.1)
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    assert codes(state.save, "fewer-places", None, WHY) == ["WG605"]
    assert state.is_unsaved


def test_what_is_made_of_a_draft_bears_the_name_that_was_typed(state):
    assert state.file_id == "draft"
    for typed, name in (("giam-chi-tieu ", "giam-chi-tieu"), ("Giảm", "draft"), ("decree-91", "draft")):
        state.words.overlay_id = typed
        assert state.file_id == name


def test_undoing_after_a_draft_was_kept_leads_back_to_it(state):
    state.turn(QUOTA, "share", 0.1)
    state.overlay("fewer-places", None, WHY)
    made = state.made()
    state.turn(QUOTA, "share", 0.2)
    assert state.made() != made
    state.undo()
    assert state.made() == made


def test_what_is_made_of_a_draft_bears_its_title_and_its_reasons(state):
    assert state.rules() is state.draft.base
    assert state.shown_id == "decree-91"
    state.turn(QUOTA, "share", 0.1)
    assert state.shown_id == "draft"
    state.words.overlay_id, state.words.title, state.words.why["vi"] = "giam-chi-tieu", "Giảm chỉ tiêu", "Giảm số lượng."
    rules = state.rules()
    assert (rules.headers[-1].title.vi, rules.stack[-1]) == ("Giảm chỉ tiêu", "giam-chi-tieu")
    assert rules.title.vi.endswith("+ Giảm chỉ tiêu")
    assert rules.clause(QUOTA).why.vi == "Giảm số lượng."


def test_a_reason_is_asked_for_as_long_as_a_change_has_none(state):
    state.turn(QUOTA, "share", 0.1)
    assert codes(state.overlay, "fewer-places", None, None) == ["WG606"]
    state.because(QUOTA, "vi", "Vì đơn vị nhỏ.")
    assert "Vì đơn vị nhỏ." in state.overlay("fewer-places", None, None)
    state.undo()
    assert codes(state.overlay, "fewer-places", None, None) == ["WG606"]


def test_what_is_no_rule_hides_nothing_of_what_else_is_found(state):
    state.turn(QUOTA, "share", 1.5)
    alone = state.findings()
    state.turn("chien-si-thi-dua-co-so.initiative", "requires.at_least", 0)
    first, *rest = state.faults()
    assert (first.finding.code, first.clause, first.value_path) == ("CS105", "chien-si-thi-dua-co-so.initiative", "requires.at_least")
    assert {fault.finding.code for fault in rest} == {finding.code for finding in alone}
