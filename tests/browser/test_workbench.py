"""The workbench in a browser, as its user has it: at 1366 × 768, with the keyboard, in Vietnamese first."""

from __future__ import annotations

import time

import pytest

from tests.browser.conftest import asked_of_others, complaints
from tests.browser.page import button, field, handle, open_page, picture, quota, seen, shown, text, wait

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(browser, served):
    return open_page(browser, served)


def test_it_opens_without_a_complaint_and_asks_nothing_of_others(page):
    assert complaints(page) == []
    assert asked_of_others(page) == set()
    assert "There was an error" not in page.page_source


def test_nothing_is_wider_than_the_screen(page):
    assert page.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")


def test_a_slider_is_moved_by_keys_and_the_picture_follows(page):
    before = picture(page)
    page.execute_script("arguments[0].focus()", handle(page))
    handle(page).send_keys("\ue014" * 5)  # five times to the right
    wait(page, lambda: field(page).get_property("value") == "20")
    wait(page, lambda: "Không quá 20%" in quota(page).text)
    wait(page, lambda: picture(page) != before)
    assert complaints(page) == []


def test_undoing_goes_back_and_redoing_forth(page):
    button(page, "Hoàn tác").click()
    wait(page, lambda: field(page).get_property("value") == "15")
    button(page, "Làm lại").click()
    wait(page, lambda: field(page).get_property("value") == "20")
    button(page, "Trở về ban đầu").click()
    wait(page, lambda: field(page).get_property("value") == "15")


def test_a_number_is_typed_as_it_is_written_in_vietnamese(page):
    field(page).send_keys("\ue009a\ue000", "12,5\ue007")
    wait(page, lambda: "12,5%" in quota(page).text)
    assert complaints(page) == []


def test_what_cannot_be_read_is_told_in_vietnamese_and_changes_nothing(page):
    field(page).send_keys("\ue009a\ue000", "mười\ue007")
    alert = wait(page, lambda: shown(page, "[role=alert]"))
    assert "mười" in alert[0].text
    assert "12,5%" in quota(page).text
    field(page).send_keys("\ue009a\ue000", "12\ue007")
    wait(page, lambda: "12%" in quota(page).text)
    wait(page, lambda: not shown(page, "[role=alert]"))


def test_fifty_fast_moves_end_in_the_state_of_the_last(page):
    page.execute_script("arguments[0].focus()", handle(page))
    for _ in range(25):
        handle(page).send_keys("\ue014\ue014")
    wait(page, lambda: field(page).get_property("value") == "62")
    wait(page, lambda: "62%" in quota(page).text)
    time.sleep(1)
    assert field(page).get_property("value") == "62"
    assert len(shown(page, ".tieuchi svg.figure")) <= 2


def test_keeping_a_draft_without_a_reason_says_what_is_missing(page):
    wait(page, lambda: seen(page, ".tieuchi [role=tab]", "Giữ lại bản thảo"))[0].click()
    button(page, "Tải tệp về máy").click()
    wait(page, lambda: "lý do" in text(page, "[role=alert]"))


def test_the_other_language_says_everything_in_english_and_keeps_the_draft(page):
    button(page, "English").click()
    button(page, "Undo")
    wait(page, lambda: "62%" in text(page, ".tieuchi-changed"))
