"""Whoever types faster than a busy page answers: what was typed last stands on the page in the end, and is what the draft has. The program is held still meanwhile."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from tests.browser.conftest import QUICK, complaints
from tests.browser.page import ALL, ENTER, RIGHT, field, focus, handle, open_page, picture, press, quota, rest, text, visible, wait

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(browser, served):
    return open_page(browser, served, QUICK)


@pytest.fixture
def as_it_began(page):
    yield
    press(page, "Trở về ban đầu")
    wait(page, lambda: field(page).get_property("value") == "15")
    assert complaints(page) == []


@contextmanager
def busy(server):
    """Hold the page's program still, as if it had much to work out; it hears what was done meanwhile afterwards."""
    kernel = max(server.kernels(), key=lambda each: each.create_time())
    kernel.suspend()
    try:
        yield
    finally:
        kernel.resume()


def slide_and_type(page, server, typed):
    """Move the slider a step and type on in the field before the page has answered."""
    with busy(server):
        focus(page, handle(page))
        handle(page).send_keys(RIGHT)
        field(page).send_keys(ALL, typed)


@pytest.mark.usefixtures("as_it_began")
def test_what_was_typed_after_the_slider_was_moved_is_not_taken_back_by_the_answer_to_the_slider(page, server):
    slide_and_type(page, server, "20" + ENTER)
    wait(page, lambda: "20%" in quota(page).text)
    rest(page)
    assert (field(page).get_property("value"), "20%" in quota(page).text) == ("20", True)


@pytest.mark.usefixtures("as_it_began")
def test_of_numbers_typed_one_after_the_other_the_last_counts(page, server):
    with busy(server):
        for typed in ("12,50", "13,5", "14"):
            field(page).send_keys(ALL, typed + ENTER)
    wait(page, lambda: "14%" in quota(page).text)
    rest(page)
    assert field(page).get_property("value") == "14"


@pytest.mark.usefixtures("as_it_began")
def test_what_is_still_being_typed_stays_when_the_page_answers_what_was_done_before(page, server):
    before = picture(page)
    slide_and_type(page, server, "2")
    wait(page, lambda: picture(page) != before)
    rest_without_leaving(page)
    assert field(page).get_property("value") == "2"
    field(page).send_keys("3" + ENTER)
    wait(page, lambda: "23%" in quota(page).text)
    assert field(page).get_property("value") == "23"


def rest_without_leaving(page):
    """Wait until the answer has come to the words of the clause, too, whose field still has the hand."""
    wait(page, lambda: "16%" in quota(page).text)


@pytest.mark.usefixtures("as_it_began")
def test_a_word_that_cannot_be_read_stays_to_be_mended(page, server):
    slide_and_type(page, server, "mười" + ENTER)
    wait(page, lambda: visible(page, "[role=alert]"))
    rest(page)
    assert field(page).get_property("value") == "mười"
    field(page).send_keys(ALL, "17" + ENTER)
    wait(page, lambda: "17%" in text(page, ".tieuchi-changed"))


@pytest.mark.usefixtures("as_it_began")
def test_a_choice_made_while_a_step_is_undone_is_the_one_that_stands(page, server):
    rounding = quota(page).find_elements("css selector", "select")[-1]
    focus(page, rounding)
    was = rounding.get_property("selectedIndex")
    rounding.send_keys("\ue015")
    wait(page, lambda: visible(page, ".tieuchi-changed"))
    rest(page)
    with busy(server):
        press(page, "Hoàn tác")
        focus(page, rounding)
        rounding.send_keys("\ue015")
    rest(page)
    assert rounding.get_property("selectedIndex") == was + 2
    assert visible(page, ".tieuchi-changed")
