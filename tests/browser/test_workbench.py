"""The workbench in a browser, as its user has it: at 1366 × 768, with the keyboard, in Vietnamese first."""

from __future__ import annotations

import pytest

from tests.browser.conftest import asked_of_others, complaints
from tests.browser.page import (
    ALL,
    ENTER,
    RIGHT,
    alerts,
    button,
    field,
    focus,
    handle,
    open_page,
    picture,
    press,
    quota,
    rest,
    shown,
    tab,
    text,
    wait,
)

pytestmark = pytest.mark.browser


N_MOVES = 50
OF_THE_ARROW = 40
"""Dots of a list that is closed, for its arrow and its edges."""
_WATCH = """
const frame = document.querySelector('.tieuchi svg.figure').closest('.widget-html'), seen = window.seen = {lowest: Infinity, looks: 0, most: 0, least: 9};
const look = () => {
    const n = [...document.querySelectorAll('.tieuchi svg.figure')].filter(each => each.getBoundingClientRect().height > 0).length;
    seen.lowest = Math.min(seen.lowest, frame.getBoundingClientRect().height);
    seen.most = Math.max(seen.most, n);
    seen.least = Math.min(seen.least, n);
    seen.looks += 1;
};
const every = () => { look(); seen.isOver || requestAnimationFrame(every); };
every();
new MutationObserver(look).observe(frame, {childList: true, subtree: true, attributes: true});
return frame.getBoundingClientRect().height;
"""
"""Looks at the picture's frame whenever it is painted and whenever anything in it is put anew."""


@pytest.fixture(scope="module")
def page(browser, served):
    return open_page(browser, served)


def test_it_opens_without_a_complaint_and_asks_nothing_of_others(page):
    assert complaints(page) == []
    assert asked_of_others(page) == set()
    assert "There was an error" not in page.page_source


def test_nothing_is_wider_than_the_screen(page):
    assert page.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")


def test_no_title_of_a_set_is_cut(page):
    cut = page.execute_script(
        """
        const chooser = document.querySelector('.tieuchi select'), pen = document.createElement('canvas').getContext('2d');
        pen.font = getComputedStyle(chooser).font;
        const room = chooser.clientWidth - arguments[0], all = [...chooser.options].map(each => each.text);
        return [all.length, all.filter(each => pen.measureText(each).width > room)];
        """,
        OF_THE_ARROW,
    )
    assert cut[0] > 10
    assert cut[1] == []


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


def test_fifty_fast_moves_end_in_the_state_of_the_last_and_nothing_flickers(page):
    focus(page, handle(page))
    height, before = page.execute_script(_WATCH), picture(page)
    handle(page).send_keys(RIGHT * N_MOVES)
    wait(page, lambda: field(page).get_property("value") == "62")
    wait(page, lambda: "62%" in quota(page).text)
    wait(page, lambda: picture(page) != before)
    settled = rest(page)
    seen_meanwhile = page.execute_script("window.seen.isOver = true; return window.seen")
    assert seen_meanwhile["looks"] > N_MOVES
    assert seen_meanwhile["lowest"] > 0.9 * height
    assert (seen_meanwhile["least"], seen_meanwhile["most"]) == (1, 1)
    assert field(page).get_property("value") == "62"
    # What the same number typed at once gives is what the hand ended with.
    button(page, "Hoàn tác").click()
    wait(page, lambda: picture(page) != settled)
    wait(page, lambda: field(page).get_property("value") != "62")  # the form is shown after the picture; the same typed again would be no change
    field(page).send_keys(ALL, "62" + ENTER)
    wait(page, lambda: "62%" in quota(page).text)
    assert rest(page) == settled
    assert complaints(page) == []


def test_keeping_a_draft_without_a_reason_says_what_is_missing(page):
    tab(page, "Giữ lại bản thảo")
    press(page, "Tải tệp về máy")
    wait(page, lambda: "lý do" in alerts(page))


def test_the_other_language_says_everything_in_english_and_keeps_the_draft(page):
    press(page, "English")
    button(page, "Undo")
    assert page.switch_to.active_element.text == "English"
    wait(page, lambda: "62%" in text(page, ".tieuchi-changed"))
