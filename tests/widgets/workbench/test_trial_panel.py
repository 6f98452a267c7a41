from __future__ import annotations

from contextlib import nullcontext

import pytest

from simulator.experiments.runs import wide
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.rules.loading import criteria_from_text, load_criteria
from simulator.widgets.drafting.draft import Draft
from simulator.widgets.looks import AWAITED, BEFORE, Alarm
from simulator.widgets.workbench.trial_panel import TrialPanel
from simulator.workspace import find_workspace
from tests.rules.specimen import SET

QUOTA = "chien-si-thi-dua-co-so.quota"
WORKSPACE = find_workspace()


@pytest.fixture(scope="module")
def base():
    return load_criteria("decree-91", WORKSPACE)


@pytest.fixture(scope="module")
def panel():
    return TrialPanel(WORKSPACE, "vi", Alarm("vi"), replications=2, years=2)


def test_a_draft_is_shown_beside_its_base(panel, base):
    panel.show(Draft(base).turned(QUOTA, "share", 0.05))
    assert "<svg" in panel.picture.image.value
    assert "2 lượt" in panel.status.value
    draft = panel.comparison.options[1]
    assert draft.indicators["award_rate"].difference < 0
    assert draft.title == {"vi": "Bản thảo", "en": "Draft"}


@pytest.mark.parametrize("is_failing", [False, True])
def test_while_another_is_worked_out_the_picture_may_fade_and_afterwards_no_longer(panel, base, monkeypatch, is_failing):
    panel.show(Draft(base))
    trial, seen = panel._trial_of(base), []
    compare = trial.compare

    def watched(*args, **kwargs):
        seen.append((AWAITED in panel.picture.image._dom_classes, "<svg" in panel.picture.image.value))
        if is_failing:
            raise ArithmeticError
        return compare(*args, **kwargs)

    monkeypatch.setattr(trial, "compare", watched)
    with pytest.raises(ArithmeticError) if is_failing else nullcontext():
        panel.show(Draft(base).turned(QUOTA, "share", 0.07))
    assert seen == [(True, True)]
    assert AWAITED not in panel.picture.image._dom_classes


def test_it_says_which_award_the_numbers_are_of(panel, base):
    panel.show(Draft(base))
    assert "“Chiến sĩ thi đua cơ sở”" in panel.mark.value


def test_a_picture_of_another_set_says_so_until_its_own_is_there(panel, base):
    panel.show(Draft(base))
    panel.whole.click()
    panel.begin(base)
    assert BEFORE not in panel.picture.image._dom_classes
    other = load_criteria("law-2022", WORKSPACE)
    panel.begin(other)
    assert BEFORE in panel.picture.image._dom_classes
    assert "bộ tiêu chí chọn trước đó" in panel.mark.value
    assert (panel.comparison, panel.table.value, panel.whole.disabled) == (None, "", True)
    panel.show(Draft(other))
    assert BEFORE not in panel.picture.image._dom_classes
    assert "bộ tiêu chí chọn trước đó" not in panel.mark.value
    assert not panel.whole.disabled


def test_what_was_prepared_is_shown_without_another_run(panel, base, monkeypatch):
    panel.show(Draft(base))
    panel.prepare(Draft(base).turned(QUOTA, "share", 0.06))
    with monkeypatch.context() as patch:
        patch.setattr(wide, "lived_under", None)  # whoever ran anything now would fail
        panel.show(Draft(base).turned(QUOTA, "share", 0.06))
    prepared = panel.comparison
    other = TrialPanel(WORKSPACE, "vi", Alarm("vi"), replications=2, years=2)
    other.show(Draft(base).turned(QUOTA, "share", 0.06))
    assert prepared.to_dict() == other.comparison.to_dict()


def test_what_could_not_be_shown_is_not_prepared(panel, base):
    panel.show(Draft(base))
    panel.prepare(Draft(base).turned(QUOTA, "share", -0.06))
    panel.prepare(Draft(load_criteria("law-2022", WORKSPACE)))  # nobody has it before the eyes
    assert list(panel._trials) == [base.content_hash]


def test_an_unchanged_draft_changes_nothing(panel, base):
    panel.show(Draft(base))
    assert {item.difference for item in panel.comparison.options[1].indicators.values()} <= {0.0, None}
    assert "Chưa sửa gì" in panel.picture.image.value
    assert "phép so sánh" not in panel.picture.image.value


def test_an_award_without_a_single_place_is_a_draft_like_any_other(panel, base):
    panel.show(Draft(base).turned(QUOTA, "share", 0))
    assert panel.comparison.options[1].indicators["award_rate"].value == 0
    assert panel.comparison.options[1].indicators["merit_kappa"].value is None
    assert "Chưa sửa gì" not in panel.picture.image.value
    panel.whole.click()
    assert "không xác định" in panel.table.value


def test_the_whole_table_has_what_applying_perfectly_gives(panel, base):
    panel.show(Draft(base).turned(QUOTA, "share", 0.05))
    assert panel.comparison.options[1].indicators["merit_kappa"].lawful_best is None
    panel.whole.click()
    assert "<table" in panel.table.value
    assert "dưới bảng so sánh các phương án" not in panel.table.value, "no such table is on the page"
    assert "Ngưỡng đáng kể:" in panel.table.value
    assert "Phương án “Bản thảo”" in panel.table.value
    assert panel.comparison.options[1].indicators["merit_kappa"].lawful_best is not None
    panel.show(Draft(base))
    assert panel.table.value == ""


def test_of_what_cannot_be_simulated_the_last_picture_stays_dimmed_and_says_that_it_is_older_and_why(panel, base):
    panel.show(Draft(base).turned(QUOTA, "share", 0.05))
    before = panel.picture.image.value
    panel.show(Draft(base).turned(QUOTA, "rounding", "upwards"), "“Không quá 15%”: sai.")
    assert (panel.picture.image.value, BEFORE in panel.picture.image._dom_classes) == (before, True)
    assert "trước lần sửa gần nhất" in panel.mark.value
    assert "“Không quá 15%”: sai." in panel.mark.value
    assert panel.whole.disabled
    assert panel.comparison is panel.scenario() is None
    panel.show(Draft(base))
    assert "trước lần sửa gần nhất" not in panel.mark.value
    assert (BEFORE in panel.picture.image._dom_classes, panel.whole.disabled) == (False, False)


def test_the_picture_of_another_set_goes(panel, base):
    panel.show(Draft(base))
    panel.show(Draft(load_criteria("nghe-an-2025", WORKSPACE)))
    assert panel.picture.image.value == panel.mark.value == ""
    assert "chấm điểm trên danh sách thực tế" in panel.status.value


def test_where_there_is_no_picture_yet_the_reason_stands_alone(base):
    first = TrialPanel(WORKSPACE, "vi", Alarm("vi"), replications=2, years=2)
    first.show(Draft(base).turned(QUOTA, "rounding", "upwards"), "“Không quá 15%”: sai.")
    assert first.picture.image.value == first.mark.value == ""
    assert "Chưa mô phỏng được bản thảo. “Không quá 15%”: sai." in first.status.value


def test_what_cannot_be_simulated_is_found_out_once(monkeypatch):
    asked = []
    monkeypatch.setattr("simulator.widgets.workbench.trial_panel.load_scenario", lambda *given: asked.append(given) or load_scenario(*given))
    panel = TrialPanel(WORKSPACE, "vi", Alarm("vi"), replications=2, years=2)
    scoring_table = load_criteria("nghe-an-2025", WORKSPACE)
    panel.show(Draft(scoring_table))
    assert asked == []
    without_the_focus_award = criteria_from_text(SET)
    for share in (0.05, 0.06):
        panel.show(Draft(without_the_focus_award).turned("fighter.quota", "share", share))
        assert "Không mô phỏng được" in panel.status.value
    assert len(asked) == 1


def test_a_page_in_company_leaves_the_second_processor_to_the_others(base, monkeypatch):
    asked = []
    monkeypatch.setattr("simulator.widgets.workbench.trial_panel.is_alone", lambda: False)
    monkeypatch.setattr("simulator.widgets.workbench.trial_panel.Trial", lambda *_, is_alone: asked.append(is_alone))
    TrialPanel(WORKSPACE, "vi", Alarm("vi"))._trial_of(base)
    assert asked == [False]
