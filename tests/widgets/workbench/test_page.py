from __future__ import annotations

import asyncio
import html
import re
import shutil
from dataclasses import replace

import pytest

from simulator.experiments.runs.plan import fingerprint
from simulator.presentation.rules.rounded_shares import rounded_shares
from simulator.presentation.rules.rounding_figure import draw_rounding
from simulator.widgets.workbench import trial_panel
from simulator.widgets.workbench.page import UNSAVED, Workbench
from simulator.workspace import Workspace, find_workspace
from tests.widgets.workbench.handed_lists import NAME, as_csv, handed, nominees

LENS = 1
AWARD = "chien-si-thi-dua-co-so"
QUOTA = f"{AWARD}.quota"


@pytest.fixture(scope="module")
def begun():
    """The trials that were begun in this file, by what they are of."""
    return {}


def fewer(scenario):
    """Leave an eighth of the units: what a bench does with an answer depends on nobody's number."""
    kinds = {name: kind.model_copy(update={"units": max(2, kind.units // 8)}) for name, kind in scenario.population.kinds.items()}
    return replace(scenario, population=scenario.population.model_copy(update={"kinds": kinds}))


@pytest.fixture(autouse=True)
def _years_before_lived_once(begun, monkeypatch):
    """Let benches of the same rules go on with the same years before, of a few people: what becomes of a draft is told in ``test_trial_panel.py``."""
    begin = trial_panel.Trial

    def go_on(scenario, workspace, *, is_alone):
        name = fingerprint(scenario), workspace.root, is_alone
        if name not in begun:
            begun[name] = begin(fewer(scenario), workspace, is_alone=is_alone)
        return begun[name]

    monkeypatch.setattr(trial_panel, "Trial", go_on)


@pytest.fixture
def bench():
    return Workbench("vi", find_workspace(), replications=2, years=1)


def knob(bench, path="share"):
    return next(knob for knob in bench.form._blocks[QUOTA].knobs if knob.control.path == path)


def test_turning_a_knob_changes_the_draft_its_words_its_findings_and_the_lens(bench):
    bench.tabs.selected_index = LENS
    lens, found = bench.rounding.image.value, bench.findings.panel.value
    knob(bench).slider.value = 10
    assert bench.state.draft.values == {(QUOTA, "share"): 0.1}
    assert "10%" in bench.form._blocks[QUOTA].words.value
    assert bench.rounding.image.value != lens
    assert bench.findings.panel.value != found
    assert "“Không quá 10% số cá nhân" in bench.findings.panel.value  # a changed clause is called what it is called now
    assert "15%" not in bench.findings.panel.value
    assert bench.alarm.label.value == ""


def test_words_are_there_while_the_picture_is_still_worked_out(bench, monkeypatch):
    before, seen = bench.findings.panel.value, []
    show = bench.trial.show

    def watched(draft, why_not=""):
        seen.append(("10%" in bench.form._blocks[QUOTA].words.value, bench.findings.panel.value != before))
        show(draft, why_not)

    monkeypatch.setattr(bench.trial, "show", watched)
    knob(bench).slider.value = 10
    assert seen == [(True, True)]


def test_while_a_picture_is_looked_at_the_next_step_the_same_way_is_worked_out(bench, monkeypatch):
    prepared = []
    monkeypatch.setattr(bench.trial, "prepare", lambda draft: prepared.append(draft.value(QUOTA, "share")))

    async def look(*moves, then=lambda: None):
        for share in moves:
            knob(bench).slider.value = share
            await asyncio.sleep(0.05)  # the picture is drawn, and hardly seen
        then()
        await asyncio.sleep(0.3)
        bench.foresight.wait()

    asyncio.run(look(14, 13))
    assert prepared == [0.12]
    asyncio.run(look(12, then=bench.undo.click))
    assert prepared == [0.12], "what was taken back is gone on with by nobody"
    monkeypatch.setattr("simulator.widgets.workbench.page.is_alone", lambda: False)
    asyncio.run(look(11))
    assert prepared == [0.12], "others need the processors"


def test_nothing_is_worked_out_while_a_hand_still_moves(bench, monkeypatch):
    prepared = []
    monkeypatch.setattr(bench.trial, "prepare", lambda draft: prepared.append(draft.value(QUOTA, "share")))

    async def drag():
        knob(bench).slider.value = 14
        await asyncio.sleep(0.06)  # drawn; the next step would be worked out in a moment
        for move in range(25):
            knob(bench).slider.value = 20 + move
            await asyncio.sleep(0.01)
        assert prepared == []
        for _ in range(600):  # however busy the machine is
            await asyncio.sleep(0.05)
            if prepared:
                break

    asyncio.run(drag())
    assert prepared == [0.45]


def test_the_lens_is_drawn_when_it_is_looked_at_and_stays_open_in_another_language(bench, monkeypatch):
    drawn = []
    monkeypatch.setattr("simulator.widgets.workbench.page.draw_rounding", lambda *given: drawn.append(given) or draw_rounding(*given))
    knob(bench).slider.value = 10
    assert drawn == []
    bench.tabs.selected_index = LENS
    assert len(drawn) == 1
    assert bench.rounding.image.value == draw_rounding(rounded_shares(bench.state.draft.criteria, "vi"), "vi")._repr_html_()
    bench.language.value = "en"
    assert bench.tabs.selected_index == LENS
    assert bench.rounding.image.value == draw_rounding(rounded_shares(bench.state.draft.criteria, "en"), "en")._repr_html_()


def test_the_clauses_of_the_draft_in_the_picture_are_split(bench):
    knob(bench).slider.value = 5
    bench.attribution.start.click()
    assert "nội dung đó" in bench.attribution.status.value
    bench.again.click()
    bench.attribution.start.click()
    assert "không có tác động" in bench.attribution.status.value
    bench._turn(QUOTA, "title.vi", "")
    assert bench.attribution.start.disabled


def test_undo_and_redo_move_everything(bench):
    assert bench.undo.disabled
    knob(bench).slider.value = 10
    bench.undo.click()
    assert (knob(bench).slider.value, bench.undo.disabled, bench.redo.disabled) == (15, True, False)
    bench.redo.click()
    assert (knob(bench).slider.value, bench.again.disabled) == (10, False)
    bench.again.click()
    assert knob(bench).slider.value == 15


def test_a_clause_gives_the_reason_as_soon_as_it_is_typed(bench):
    knob(bench).slider.value = 10
    said = bench.form._blocks[QUOTA].words
    assert "chưa có lý do" in said.value
    bench.saving.why.value = "Bớt số lượng."
    assert "Bớt số lượng." in said.value
    assert "chưa có lý do" not in said.value
    bench.saving.why.value = ""
    assert "chưa có lý do" in said.value


def test_the_other_language_keeps_the_draft_and_the_years_before(bench, monkeypatch):
    knob(bench).slider.value = 10
    monkeypatch.setattr("simulator.widgets.workbench.trial_panel.Trial", None)
    bench.language.value = "en"
    assert "Draft" in bench.trial.picture.image.value
    assert bench.undo.description == "Undo"
    assert bench.state.draft.values == {(QUOTA, "share"): 0.1}
    assert knob(bench).slider.value == 10


@pytest.mark.deep
def test_every_offered_set_can_be_opened(bench):
    for _, name in bench.chooser.options:
        bench.chooser.value = name
        assert bench.alarm.label.value == "", name
        assert bench.state.expression == name


def test_a_draft_that_is_no_rule_keeps_the_page_alive(bench):
    bench._turn(QUOTA, "share", 0)
    others = [item for item in bench.findings.panel.value.split("<li>")[1:] if "RL" in item]
    assert others
    picture = bench.trial.picture.image.value
    bench._turn(f"{AWARD}.initiative", "requires.at_least", 0)
    assert "Lỗi" in bench.findings.panel.value
    assert "“Có ít nhất một sáng kiến" in bench.findings.panel.value
    assert all(item.partition("</li>")[0] in bench.findings.panel.value for item in others)
    assert "“Có ít nhất một sáng kiến" in bench.trial.mark.value
    assert bench.trial.picture.image.value == picture
    assert bench.form._blocks[f"{AWARD}.initiative"].knobs[0].remark.text
    bench.undo.click()
    assert "<svg" in bench.trial.picture.image.value
    assert "Hình này" not in bench.trial.mark.value


def test_something_typed_wrongly_is_told_below_its_control_until_a_number_is_typed_or_a_step_is_gone_back(bench):
    knob(bench).field.value = "abc"
    assert "abc" in knob(bench).remark.label.value
    assert bench.alarm.label.value == ""
    knob(bench).field.value = "12"
    assert knob(bench).remark.label.value == ""
    knob(bench).field.value = "abc"
    bench.undo.click()
    assert (knob(bench).field.value, knob(bench).remark.label.value) == ("15", "")


def test_a_reason_of_its_own_is_a_step_that_changes_nothing_simulated(bench):
    knob(bench).slider.value = 10
    picture = bench.trial.picture.image.value
    bench.saving.why.value = "Lý do chung."
    bench.form._blocks[QUOTA].reason.value = "Vì đơn vị nhỏ."
    assert bench.state.draft.reasons[QUOTA]["vi"] == "Vì đơn vị nhỏ."
    assert "Vì đơn vị nhỏ." in bench.form._blocks[QUOTA].words.value
    assert "Lý do chung." not in bench.form._blocks[QUOTA].words.value
    assert bench.trial.picture.image.value == picture
    bench.undo.click()
    assert "Lý do chung." in bench.form._blocks[QUOTA].words.value


def test_what_was_kept_and_made_says_when_the_draft_has_been_changed_since(bench):
    knob(bench).slider.value = 10
    bench.saving.overlay_id.value, bench.saving.why.value = "giam-chi-tieu", "Bớt số lượng."
    bench.saving.carry.click()
    bench.reporting.book.click()
    assert bench.saving.stale.value == bench.reporting.stale_table.value == ""
    knob(bench).slider.value = 9
    assert "trước lần sửa gần nhất" in bench.saving.stale.value
    assert "đã được sửa sau đó" in bench.reporting.stale_table.value
    bench.undo.click()
    assert bench.saving.stale.value == bench.reporting.stale_table.value == ""
    bench.saving.title.value = "Giảm chỉ tiêu"
    assert "đã được sửa sau đó" in bench.reporting.stale_table.value


def test_fifty_moves_end_in_the_state_of_the_last(bench):
    shown = []
    show = bench._show
    bench._show = lambda **given: (shown.append(bench.state.draft), show(**given))

    async def move():
        for position in range(50):
            knob(bench).slider.value = position
        await asyncio.sleep(0.5)

    asyncio.run(move())
    assert len(shown) == 1
    assert bench.state.draft.values == {(QUOTA, "share"): 0.49}
    assert knob(bench).field.value == "49"
    assert len(bench.state.steps.past) == 1


def test_every_room_is_found_by_its_tab_and_stays_open_in_another_language(bench):
    assert [bench.rooms.get_title(place) for place in range(4)] == ["Sửa tiêu chí", "Chấm thử danh sách", "Đọc danh sách khen thưởng", "Báo cáo"]
    bench.rooms.selected_index = 2
    bench.language.value = "en"
    assert bench.rooms.selected_index == 2
    assert bench.rooms.get_title(2) == "Read an award register"


def test_what_is_handed_over_stays_in_another_language_and_is_scored_by_the_draft_of_the_form(bench):
    handed(bench.scoring.upload, "ds.csv", as_csv(nominees()))
    knob(bench).slider.value = 100
    assert "Chấm lại" in bench.scoring.status.value
    bench.language.value = "en"
    bench.scoring.again.click()
    assert "12 of 12" in bench.scoring.changed.value
    assert bench.alarm.label.value == ""


def test_what_was_chosen_is_chosen_in_the_other_language_too(bench):
    bench.scoring.award.value, bench.scoring.year.value, bench.scoring.anonymous.value = "", 2025, True
    bench.form.holder.value, bench.form.only_played.value = "lao-dong-tien-tien", False
    bench.measuring.award.value, bench.measuring.complete.value, bench.measuring.anonymous.value = AWARD, True, True
    bench.reporting.replications.value, bench.reporting.years.value = 7, 3
    bench.language.value = "en"
    assert (bench.scoring.award.value, bench.scoring.year.value, bench.scoring.anonymous.value) == ("", 2025, True)
    assert (bench.form.holder.value, bench.form.only_played.value) == ("lao-dong-tien-tien", False)
    assert (bench.measuring.award.value, bench.measuring.complete.value, bench.measuring.anonymous.value) == (AWARD, True, True)
    assert (bench.reporting.replications.value, bench.reporting.years.value) == (7, 3)


def test_a_list_that_is_being_looked_at_is_scored_in_the_other_language_too_and_names_nobody_who_was_hidden(bench):
    bench.rooms.selected_index = 1
    bench.scoring.anonymous.value = True
    handed(bench.scoring.upload, "ds.csv", as_csv(nominees()))
    bench.language.value = "en"
    assert "Eligible" in bench.scoring.table.value
    assert NAME not in bench.scoring.table.value
    assert bench.scoring.status.value.count("Score again") == 0


def test_results_nobody_looks_at_are_not_worked_out_anew_in_the_other_language(bench):
    handed(bench.scoring.upload, "ds.csv", as_csv(nominees()))
    assert bench.scoring.scores is not None
    bench.language.value = "en"
    assert bench.scoring.scores is None
    assert "Score again" in bench.scoring.status.value


def test_a_draft_left_for_another_set_is_marked_and_found_again(bench):
    knob(bench).slider.value = 10
    bench.chooser.value = "law-2022"
    assert bench.undo.disabled
    assert UNSAVED in bench.mark.value
    assert "chọn lại bộ đó" in bench.mark.value
    bench.chooser.value = "decree-91"
    assert (knob(bench).slider.value, bench.undo.disabled) == (10, False)
    assert "chọn lại" not in bench.mark.value


def test_the_effect_of_the_picture_goes_into_the_comparison_table(bench):
    knob(bench).slider.value = 5
    assert bench.reporting.comparison is bench.trial.comparison is not None


@pytest.mark.parametrize(("can_save", "is_shipped", "keeps"), [(True, False, True), (False, False, False), (True, True, False)])
def test_only_into_a_workspace_of_ones_own_anything_is_written(can_save, is_shipped, keeps):
    bench = Workbench("vi", Workspace(find_workspace().root, is_shipped=is_shipped), can_save=can_save, replications=2, years=1)
    assert bench.reporting.can_save is keeps
    assert bench.saving.carry in bench.saving.buttons.children
    assert (bench.saving.save in bench.saving.buttons.children) is can_save


def test_a_draft_that_is_in_no_file_yet_is_marked_until_it_is(tmp_path):
    for folder in ("criteria", "scenarios"):
        shutil.copytree(find_workspace().root / folder, tmp_path / folder)
    bench = Workbench("vi", Workspace(tmp_path), replications=2, years=1)
    assert bench.mark.value == ""
    knob(bench).slider.value = 10
    assert UNSAVED in bench.mark.value
    assert "chưa lưu" in bench.mark.value
    bench.saving.overlay_id.value, bench.saving.why.value = "giam-chi-tieu", "Bớt số lượng."
    bench.saving.save.click()
    assert bench.alarm.label.value == ""
    assert bench.mark.value == ""
    assert "giam-chi-tieu" in [name for _, name in bench.chooser.options]
    assert (bench.chooser.value, bench.state.draft.values) == ("decree-91", {(QUOTA, "share"): 0.1})
    knob(bench).slider.value = 9
    assert UNSAVED in bench.mark.value
    bench.saving.saved.delete.click()
    bench.saving.saved.sure.click()
    assert "giam-chi-tieu" not in [name for _, name in bench.chooser.options]
    assert bench.state.draft.values == {(QUOTA, "share"): 0.09}


def test_nothing_is_left_in_the_former_language(bench):
    knob(bench).slider.value = 10
    bench.saving.title.value, bench.saving.why.value = "Giảm chỉ tiêu", "Bớt số lượng."
    shown = bench.provenance()
    assert "Mã nguồn" in shown.value or "Số khởi tạo" in shown.value
    former = shown.value
    bench.language.value = "en"
    assert bench.provenance() is shown
    assert shown.value != former
    assert bench.saving.title.value == "Giảm chỉ tiêu"
    assert "Bớt số lượng." in bench.form._blocks[QUOTA].words.value
    assert "not saved" in bench.mark.value


def kept_by(bench):
    """Give what a browser would keep of a page."""
    return html.unescape(re.search('data-kept="([^"]*)"', bench.memory.kept.value)[1])


def test_a_page_that_is_loaded_anew_goes_on_with_the_draft_in_the_language_and_place_it_had(bench):
    bench.language.value = "en"
    knob(bench).slider.value = 10
    bench.form._blocks[QUOTA].strike.value = True
    bench.undo.click()
    bench.saving.overlay_id.value = "fewer"
    bench.saving.saved.code.value = "abcdefgh23"
    bench.tabs.selected_index = LENS
    again = Workbench("vi", find_workspace(), replications=2, years=1)
    again.memory.back.value = kept_by(bench)
    assert again.alarm.label.value == ""
    assert (again.lang, again.tabs.selected_index, again.saving.overlay_id.value) == ("en", LENS, "fewer")
    assert again.saving.saved.code.value == "abcdefgh23"
    assert again.state.draft == bench.state.draft
    assert (knob(again).field.value, again.redo.disabled) == ("10", False)
    assert again.trial.comparison.options == bench.trial.comparison.options
    assert "is open again" in again.taken_up.value
    assert UNSAVED in again.mark.value
    assert kept_by(again) == kept_by(bench)
    again.redo.click()
    assert again.taken_up.value == ""
    assert QUOTA in again.state.draft.removed


def test_of_a_page_with_another_set_that_set_is_open_again_and_nothing_is_said_where_nothing_was_changed(bench):
    bench.chooser.value = "school-leader-2026"
    again = Workbench("vi", find_workspace(), replications=2, years=1)
    again.memory.back.value = kept_by(bench)
    assert (again.chooser.value, again.state.expression) == ("school-leader-2026", "school-leader-2026")
    assert (again.alarm.label.value, again.taken_up.value, again.mark.value) == ("", "", "")


@pytest.mark.parametrize("kept", ["{", '{"form": "tieuchi-training"}', "<script>alert(1)</script>"])
def test_what_the_browser_kept_and_is_damaged_is_told_and_the_page_begins_anew(bench, kept):
    bench.memory.back.value = kept
    assert "Không mở lại được" in bench.taken_up.value
    assert "script" not in bench.taken_up.value
    assert bench.state.draft.is_unchanged
    knob(bench).slider.value = 10
    assert bench.taken_up.value == ""
