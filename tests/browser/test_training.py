"""The training session in a browser, as a class has it: at 1366 × 768, with the keyboard, in Vietnamese first."""

from __future__ import annotations

import base64
import json
import re

import pytest

from simulator.presentation.i18n import translate
from simulator.widgets.training.answer_file import write_answers
from simulator.widgets.training.exercise import exercises
from simulator.widgets.training.marking import CASES, CRITERIA, DOSSIERS
from simulator.widgets.training.seat import MEMBERS, RULES, YEARS
from simulator.widgets.training.wording import choice_words
from tests.browser.conftest import asked_of_others, complaints
from tests.browser.page import DOWN, HOME, LEFT, RIGHT, SPACE, UP, alerts, focus, hand_over, open_page, press, tab, visible, wait
from tests.widgets.training.answering import person

pytestmark = pytest.mark.browser
TRIED = {
    "turns-and-ladder": ("more", {"turns": 0.2}, {"turns": 0.5}),
    "floor-of-three": ("same", {"floor": 0.7, "pooling": "unit"}, {"floor": 0.7, "pooling": "all"}),
    "appraisal-and-scope": ("less", {"appraisers": 9, "scope": "wide"}, {"appraisers": 9, "scope": "none"}),
    "cooling-off": ("same", {"rest": 1}, {"rest": 3}),
    "year-end-or-continuous": ("less", {"procedure": "all-year", "noticed": 0.0}, {"procedure": "all-year", "noticed": 0.7}),
    "claims-and-audit": ("more", {"audit": 0.5}, {"audit": 1.0}),
    "quota-of-six": ("same", {"rounding": "floor", "people": 20}, {"rounding": "systematic", "people": 6}),
    "read-a-register": ("more", {"years": 6}, {"years": 8}),
}
"""Exercise → what is foreseen, to what the controls are turned in vain, and to what with success."""
COME_TRUE = {"floor-of-three"}


@pytest.fixture(scope="module")
def page(browser, served):
    return open_page(browser, served, "training")


def whole(browser):
    return browser.find_element("tag name", "body").text


def radio(browser, words):
    """Choose one of several answers with the keyboard."""
    label = wait(browser, lambda: next((each for each in visible(browser, ".tieuchi .widget-radio-box label", words) if each.text == words), None))
    element = label.find_element("css selector", "input")
    wait(browser, element.is_enabled)
    focus(browser, element)
    element.send_keys(SPACE)


def turn(browser, exercise, former, setting):
    """Turn the controls with the keyboard, from one setting to another."""
    for control in exercise.controls:
        steps = control.values.index(setting[control.id]) - control.values.index(former[control.id])
        name = translate(f"training.{exercise.id}.control.{control.id}", "vi")
        if control.shown == "words":
            element = wait(browser, lambda name=name: visible(browser, ".tieuchi .widget-dropdown", name))[0].find_element("css selector", "select")
            keys = DOWN if steps > 0 else UP
        else:
            element = wait(browser, lambda name=name: next(iter(visible_handles(browser, name)), None))
            keys = RIGHT if steps > 0 else LEFT
        focus(browser, element)
        element.send_keys(keys * abs(steps))


def visible_handles(browser, name):
    return [each for each in browser.find_elements("css selector", f'.tieuchi .noUi-handle[aria-label="{name}"]') if each.is_displayed()]


def carried(browser, end):
    link = wait(browser, lambda: visible(browser, f".tieuchi a[download$='{end}']"))[0]
    return base64.b64decode(link.get_attribute("href").partition(",")[2]).decode()


def test_it_opens_without_a_complaint_and_asks_nothing_of_others(page):
    assert complaints(page) == []
    assert asked_of_others(page) == set()
    assert "There was an error" not in page.page_source
    assert page.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
    assert all(label.size["height"] < 60 for label in visible(page, ".tieuchi .widget-radio-box label"))


@pytest.mark.parametrize("exercise", exercises(), ids=lambda exercise: exercise.id)
def test_each_exercise_is_failed_and_solved_by_keys(page, exercise):
    foreseen, missed, reached = TRIED[exercise.id]
    number = exercises().index(exercise)

    def says(key):
        return translate(f"training.{exercise.id}.{key}", "vi")

    chooser = visible(page, ".tieuchi select")[0]
    if (
        page.execute_script("return arguments[0].selectedIndex", chooser) != number
    ):  # where the one before was brought to its end, the next stands there
        focus(page, chooser)
        chooser.send_keys(HOME + DOWN * number)
    wait(page, lambda: says("question") in whole(page))
    press(page, "Ghi dự đoán")
    wait(page, lambda: "Hãy chọn một phương án trước." in whole(page))
    radio(page, choice_words(exercise, foreseen, "vi"))
    press(page, "Ghi dự đoán")
    wait(page, lambda: "Đã ghi dự đoán" in whole(page))
    wait(page, lambda: "Chưa đạt yêu cầu của bước 2. Số lần điều chỉnh: 0" in whole(page))
    turn(page, exercise, exercise.start, missed)
    wait(page, lambda: re.search("Chưa đạt yêu cầu của bước 2. Số lần điều chỉnh: [1-9]", whole(page)))
    wait(page, lambda: ("đúng như vậy" if exercise.id in COME_TRUE else "Dự đoán khác kết quả") in whole(page))
    assert not visible(page, ".tieuchi button", "Trả lời")[0].is_enabled()
    turn(page, exercise, missed, reached)
    wait(page, lambda: "Đã đạt yêu cầu của bước 2" in whole(page))
    assert len(visible_figures(page)) == 1
    for answer in sorted(exercise.explanation.answers, key=lambda answer: answer == exercise.explanation.right):
        verdict = "Đúng." if answer == exercise.explanation.right else "Chưa đúng."
        radio(page, says(f"why.{answer}"))
        press(page, "Trả lời")
        wait(page, lambda answer=answer, verdict=verdict: f"{verdict} {says(f'why.{answer}.feedback')}" in whole(page))
    wait(page, lambda: "hoàn thành" in visible(page, ".tieuchi select")[0].text.splitlines()[number])
    assert complaints(page) == []
    press(page, "Sang bài tiếp theo")
    following = exercises()[(number + 1) % len(exercises())].id
    wait(page, lambda: translate(f"training.{following}.question", "vi") in whole(page))


def is_in_sight(page, words):
    """Tell whether words can be read without scrolling by who has just pressed a button."""
    (element,) = visible(page, ".tieuchi p", words)
    return page.execute_script("const {top, bottom} = arguments[0].getBoundingClientRect(); return top >= 0 && bottom <= innerHeight", element)


def visible_figures(page):
    return [each for each in page.find_elements("css selector", ".tieuchi svg.figure") if each.is_displayed()]


def test_the_sheet_tells_what_was_done_and_names_nobody(page):
    tab(page, "Phiếu")
    press(page, "Lập phiếu và tệp để tải")
    sheet = carried(page, ".html")
    assert "PHIẾU KẾT QUẢ THỰC HÀNH" in sheet
    assert "Hoàn thành 8 trên 8 bài." in sheet
    assert "khác kết quả" in sheet
    work = json.loads(carried(page, ".json"))
    assert work["exercises"]["turns-and-ladder"]["wrong_answers"] == 2
    assert set(work) == {"form", "version", "exercises"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("khac.json", b'{"form": "other"}', "không phải bài làm"),
        ("hong.json", b'{"form": ', "không phải bài làm"),
        ("anh.json", b"\x89PNG\x00", "không phải bài làm"),
        ("lon.json", b"[" * 9_000_000, "vượt quá 64000 byte"),
    ],
)
def test_a_wrong_file_is_told_in_vietnamese(page, tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    hand_over(page, "Chọn tệp bài làm", tmp_path / name)
    wait(page, lambda: said in alerts(page))
    assert complaints(page) == []
    press(page, "Lập phiếu và tệp để tải")
    wait(page, lambda: not alerts(page))


def test_the_right_file_is_opened(page, tmp_path):
    right = tmp_path / "right.json"
    right.write_text(carried(page, ".json"), encoding="utf-8")
    hand_over(page, "Chọn tệp bài làm", right)
    wait(page, lambda: "Đã mở lại bài làm: 8 bài hoàn thành." in whole(page))
    assert alerts(page) == ""


def test_every_file_and_case_is_marked_by_keys_and_the_answers_carried_away(page):
    tab(page, "Chấm chung")
    for number in range(1, len(DOSSIERS) + 1):
        wait(page, lambda number=number: f"Hồ sơ {number}/12" in whole(page))
        for name in CRITERIA:
            mark(page, f"training.marking.{name}", number)
        press(page, "Mục tiếp theo")
    for number in range(1, len(CASES) + 1):
        wait(page, lambda number=number: f"Trường hợp {number}/10" in whole(page))
        mark(page, "training.marking.rating", number)
        visible(page, ".tieuchi button", "Mục tiếp theo")[1].send_keys(SPACE)
    wait(page, lambda: "Đã chấm đủ 12/12 hồ sơ và 10/10 trường hợp." in whole(page))
    assert "Xu hướng của riêng bạn" in whole(page)
    answers = json.loads(carried(page, "cham-chung.json"))
    assert (len(answers["marks"]), len(answers["ratings"])) == (len(DOSSIERS), len(CASES))
    assert set(answers["marks"][DOSSIERS[0]].values()) == {1}
    assert set(answers["marks"][DOSSIERS[1]].values()) == {2}
    assert complaints(page) == []


def mark(page, key, number):
    """Turn a slider from no mark to the mark that is the number, or the number without its tens, and wait until the page has heard of it."""

    def unset():
        return (each for each in visible_handles(page, translate(key, "vi")) if each.get_attribute("aria-valuenow") == "0.0")

    handle = wait(page, lambda: next(unset(), None))  # not that of the file before, which may be seen a moment longer
    focus(page, handle)
    handle.send_keys(RIGHT * (1 + number % 10))
    wait(page, lambda: handle.get_attribute("aria-valuenow") == f"{1 + number % 10}.0")


def test_a_class_is_pooled_and_a_file_that_is_none_is_refused_by_its_name(page, tmp_path):
    paths = [tmp_path / f"nguoi-{seed}.json" for seed in range(6)]
    for seed, path in enumerate(paths):
        path.write_bytes(write_answers(person(seed, leader=1, shift=seed % 2)))
    hand_over(page, "Chọn các tệp của lớp", *paths)
    wait(page, lambda: "6 người tham gia" in whole(page))
    press(page, "Lập đề xuất cho tệp giả định")
    wait(page, lambda: "rank_weight" in carried(page, "de-xuat-gia-dinh.yaml"))
    wrong = tmp_path / "sai.json"
    wrong.write_bytes(b"\x89PNG\x00")
    hand_over(page, "Chọn các tệp của lớp", paths[0], wrong)
    wait(page, lambda: "Chưa gộp được vì có tệp không dùng được: sai.json." in whole(page))
    assert "không phải tệp chấm chung" in alerts(page)
    assert "người tham gia" not in whole(page)
    hand_over(page, "Chọn các tệp của lớp", paths[0])
    wait(page, lambda: "1 người tham gia" in whole(page) and not alerts(page))
    assert complaints(page) == []


def test_the_seat_is_taken_for_five_years_and_the_choices_are_set_beside_other_rules(page):
    tab(page, "Đóng vai")
    press(page, "Nhận đơn vị")
    for year in range(1, YEARS + 1):
        wait(page, lambda year=year: f"Năm {year} trên 5" in whole(page))
        boxes = visible(page, ".tieuchi .widget-checkbox")
        assert len(boxes) == MEMBERS
        if year == 1:
            press(page, "Đề nghị")
            wait(page, lambda: "Chưa đánh dấu ai." in whole(page))
        for box in boxes[:year]:
            element = box.find_element("css selector", "input")
            focus(page, element)
            element.send_keys(SPACE)
        press(page, "Đề nghị" if year < YEARS else "Năm nay không đề nghị ai")
        wait(page, lambda year=year: f"Năm {year}: đã đề nghị" in whole(page))
        assert year == YEARS or is_in_sight(page, f"Năm {year}: đã đề nghị")
        assert "đơn vị khác có" in whole(page)
    wait(page, lambda: "Cùng lựa chọn, xét theo quy định khác" in whole(page))
    assert all(translate(f"training.seat.rule.{rule}", "vi") in whole(page) for rule in RULES)
    assert complaints(page) == []
    press(page, "Bắt đầu lại với đơn vị khác")
    wait(page, lambda: "Năm 1 trên 5" in whole(page))


def test_the_other_language_says_everything_in_english_and_keeps_the_work(page):
    press(page, "English")
    wait(page, lambda: "Year 1 of 5" in whole(page))  # the tab stays
    assert page.switch_to.active_element.text == "English"  # and so does the hand
    tab(page, "Eight exercises")
    wait(page, lambda: visible(page, ".tieuchi select")[0].text.count("solved") == len(TRIED))
    assert complaints(page) == []
