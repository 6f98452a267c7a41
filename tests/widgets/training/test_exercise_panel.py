from __future__ import annotations

import pytest

from simulator.rules.citation import Source
from simulator.widgets.looks import Alarm
from simulator.widgets.training.exercise import exercises
from simulator.widgets.training.exercise_panel import ExercisePanel
from simulator.widgets.training.readings import Reading
from simulator.widgets.training.simulated import in_both, laid_over
from simulator.widgets.training.work import Work
from simulator.widgets.training.worlds import Trials
from simulator.workspace import find_workspace

BY_ID = {exercise.id: exercise for exercise in exercises()}


def panel_of(name, work=None, trials=None):
    done = []
    place = find_workspace()
    panel = ExercisePanel(BY_ID[name], work or Work(), trials or Trials(BY_ID[name], place), place, "vi", Alarm("vi"), done.append)
    return panel, done


@pytest.fixture
def six():
    return panel_of("quota-of-six")


def test_nothing_is_shown_before_a_prediction(six):
    panel, done = six
    assert "<svg" not in panel.picture.image.value
    assert all(control.disabled for control in panel.controls.values())
    panel.keep.click()
    assert "chọn một phương án" in panel.predicted.value
    assert done == []


def test_an_exercise_is_solved_by_hand(six):
    panel, done = six
    panel.prediction.value = "less"
    panel.keep.click()
    assert panel.prediction.disabled
    assert "<svg" in panel.picture.image.value
    panel.controls["rounding"].value = "systematic"
    assert "Đã đạt" in panel.reached.value
    assert "đúng như vậy" in panel.came.value
    assert "15,0%" in panel.table.value
    panel.answer.value = "rounding-is-rule"
    panel.explain.click()
    assert "Đúng." in panel.feedback.value
    assert [work.status(panel.exercise) for work in done] == ["foreseen", "reached", "solved"]
    assert panel.explain.disabled


def test_an_exercise_is_failed_by_hand_and_tried_again(six):
    panel, _ = six
    panel.prediction.value = "more"
    panel.keep.click()
    panel.controls["rounding"].value = "ceiling"
    assert "kết quả tính được là: giảm đi." in panel.came.value
    assert "Chưa đạt" in panel.reached.value
    assert panel.explain.disabled
    panel.controls["rounding"].value = "systematic"
    panel.answer.value = "share-is-wrong"
    panel.explain.click()
    assert "Chưa đúng." in panel.feedback.value
    assert not panel.explain.disabled
    panel.answer.value = "rounding-is-rule"
    panel.explain.click()
    assert panel.work.status(panel.exercise) == "solved"


@pytest.mark.parametrize("foreseen", ["less", "more"])
def test_what_is_foreseen_is_not_answered_before_the_rule_is_turned(six, foreseen):
    panel, _ = six
    panel.prediction.value = foreseen
    panel.keep.click()
    assert "Đã ghi dự đoán" in panel.predicted.value
    assert "bước 2" in panel.predicted.value
    assert "kết quả tính được" not in panel.predicted.value + panel.came.value
    panel.controls["people"].value = 7
    assert "kết quả tính được" in panel.came.value
    assert "kết quả tính được" not in panel.predicted.value


def test_nothing_is_unclear_where_places_are_counted_exactly(six):
    assert [words for words, _ in six[0].prediction.options] == ["Tăng lên", "Không thay đổi", "Giảm đi"]


def test_a_rule_no_text_has_is_said_to_be_the_exercise_s():
    rules = panel_of("cooling-off")[0]._rules()
    assert "Quy định liên quan: không có." in rules
    assert "15%" not in rules
    assert "không có trong văn bản nào" not in panel_of("read-a-register")[0]._rules()


def test_the_picture_tells_first_of_what_was_foreseen():
    for exercise in exercises():
        assert exercise.measures[0] == exercise.prediction.measure


def test_what_the_ends_of_an_index_mean_is_said_below_its_numbers(six):
    panel, _ = panel_of("read-a-register", Work(prediction="same"))
    assert "số âm là được khen hai năm liền nhiều hơn thế" in panel.table.value
    counted, _ = panel_of("quota-of-six", Work(prediction="same"))
    assert "số âm" not in counted.table.value
    for exercise in exercises():  # an index may be below 0, and nobody knows what that is by its name
        indices = {"turn_taking_index", "turns_on_the_list", "merit_kappa", "merit_of_everybody", "repeat_deficit"} & set(exercise.measures)
        assert len(panel_of(exercise.id)[0]._say_how_to_read()) == len(indices)


def test_it_is_told_until_when_the_rules_applied(six):
    panel, _ = six
    assert "Nghị định số 98/2023/NĐ-CP; áp dụng đến hết ngày 30 tháng 6 năm 2025)" in panel._rules()


def test_it_goes_back_to_the_start(six):
    panel, _ = six
    panel.prediction.value = "less"
    panel.keep.click()
    panel.controls["people"].value = 20
    panel.restart.click()
    assert panel.setting == panel.exercise.start


def test_the_rules_are_cited_with_their_confidence_and_the_assumptions_said(six):
    panel, _ = six
    rules = panel._rules()
    assert "15%" in rules
    assert "Giả định" in rules


def test_a_list_shows_its_first_rows_and_says_that_it_is_made_up():
    panel, _ = panel_of("read-a-register")
    assert "2.240 dòng, giả định" in panel._rules()


@pytest.mark.parametrize("word", ["<th>Chức vụ</th>", "<td>cấp phó</td>", "<td>được khen</td>", "<td>không được khen</td>"])
def test_a_list_is_shown_in_words_with_awards_among_its_rows(word):
    rules = panel_of("read-a-register")[0]._rules()
    assert word in rules
    assert not any(column in rules for column in ("unit_id", "is_awarded", "<td>head", "<td>0<"))


def test_a_number_without_an_interval_says_why():
    panel, _ = panel_of("read-a-register")
    panel.prediction.value = "same"
    panel.keep.click()
    assert "−0,50" in panel.table.value
    assert "quá ít năm" in panel.table.value


def test_work_that_was_kept_is_shown_as_it_was():
    work = Work("less", True, {"rounding": "systematic", "people": 6}, 3, True, "units-cheat", 1)
    panel, _ = panel_of("quota-of-six", work)
    assert panel.controls["rounding"].value == "systematic"
    assert "Chưa đúng." in panel.feedback.value


def test_a_number_every_replication_gives_agrees_with_the_note_below(monkeypatch):
    panel, _ = panel_of("turns-and-ladder")
    moving, same = Reading.mean([1.0, 2.0]), Reading.mean([0.0, 0.0])
    monkeypatch.setattr(panel.trials, "read", lambda setting: dict.fromkeys(panel.exercise.measures, moving if setting["turns"] == 0 else same))
    panel.prediction.value = "less"
    panel.keep.click()
    panel.controls["turns"].value = 1.0
    assert panel.table.value.count("[mọi lần tính như nhau]") == 3
    assert "“Mọi lần tính như nhau” nghĩa là cả 8 lượt mô phỏng cho đúng một con số" in panel.table.value
    monkeypatch.setattr(
        panel.trials, "read", lambda setting: dict.fromkeys(panel.exercise.measures, moving if setting["turns"] == 0 else Reading.mean([3.0, 1.0]))
    )
    panel.controls["turns"].value = 0.5
    assert "ọi lần tính như nhau" not in panel.table.value


def test_a_number_for_which_the_years_are_too_few_says_so():
    panel, _ = panel_of("read-a-register")
    panel.prediction.value = "same"
    panel.keep.click()
    assert "“Không xác định” nghĩa là số năm được đọc chưa đủ" in panel.table.value


@pytest.mark.parametrize(
    ("confidence", "told"),
    [
        ("read", "Mức tin cậy: đã đọc văn bản."),
        ("recalled", "Mức tin cậy: khá chắc chắn nhưng ghi theo trí nhớ; trước khi dùng, hãy đối chiếu với đúng điều khoản này"),
        ("unsure", "Mức tin cậy: chưa chắc chắn; chỉ dùng sau khi đã đối chiếu với đúng điều khoản này"),
        ("derived", "suy ra từ Điều 22 Luật số 06/2022/QH15"),
    ],
)
def test_a_source_says_which_provision_how_sure_and_what_to_check_against(confidence, told):
    panel, _ = panel_of("turns-and-ladder")
    said = panel._cited(Source(instrument="law-06-2022", provision="Điều 22", confidence=confidence), is_amended=False)
    assert "Điều 22 Luật số 06/2022/QH15" in said
    assert told in said
    assert "Luật Thi đua, khen thưởng năm 2022 và Nghị định số 98/2023/NĐ-CP" in panel._rules()


def test_a_clause_that_an_exercise_amends_is_cited_as_amended():
    panel, _ = panel_of("turns-and-ladder")
    world, path = panel.trials.world, "chien-si-thi-dua-tinh.consecutive-titles"
    assert "sửa đổi" not in panel._rules()
    clause = {"why": in_both("training.made-up").model_dump(), "requires": {"fact": "award-run", "award": "chien-si-thi-dua-co-so", "at_least": 2}}
    changed = {"awards": {"chien-si-thi-dua-tinh": {"clauses": {"consecutive-titles": clause}}}}
    world.__dict__["criteria"] = laid_over(world.criteria, changed, "amended")
    assert path in world.criteria.amended
    assert "Căn cứ: sửa đổi Điều 22 Luật số 06/2022/QH15" in panel._rules()


def test_what_cannot_be_worked_out_leaves_no_waiting_behind(six, monkeypatch):
    panel, _ = six
    panel.prediction.value = "less"
    panel.keep.click()
    monkeypatch.setattr(panel.trials, "read", lambda _: 1 / 0)
    panel.controls["people"].value = 20
    assert "ZeroDivisionError" in panel.alarm.label.value
    assert "Đang tính" not in panel.reached.value


def test_before_anything_is_turned_no_change_is_told(six):
    panel, _ = six
    panel.prediction.value = "less"
    panel.keep.click()
    assert panel.table.value.count("<td>chưa điều chỉnh</td>") == len(panel.exercise.measures)
    panel.controls["rounding"].value = "floor"
    assert "chưa điều chỉnh" not in panel.table.value
    panel.restart.click()
    assert "<td>chưa điều chỉnh</td>" in panel.table.value
