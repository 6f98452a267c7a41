"""Every control of every section and award is moved, by keys alone, and what is moved reaches the draft."""

from __future__ import annotations

import pytest

from simulator.widgets.drafting.controls import forms_of, holders_of
from simulator.widgets.drafting.state import State
from simulator.workspace import find_workspace
from tests.browser.conftest import QUICK, complaints
from tests.browser.page import DOWN, HOME, LEFT, RIGHT, SPACE, TAB, UP, focus, open_page, press, shown, visible, wait

pytestmark = pytest.mark.browser
_CONTROLS = """
return [...document.querySelectorAll('.tieuchi-clause')].filter(each => each.offsetParent !== null).flatMap(each =>
    [...each.querySelectorAll('.noUi-handle, select, input[type=checkbox], textarea')])
    .filter(each => each.offsetParent !== null && each.options?.length !== 1);
"""
_STATES = """
return arguments[0].map(each => each.getAttribute('aria-valuetext') ?? (each.type === 'checkbox' ? each.checked : each.value));
"""
_KINDS = "return arguments[0].map(each => each.className.includes('noUi-handle') ? 'slider' : each.type)"
_IS_AT_ITS_END = """
const here = arguments[0];
return here.tagName === 'SELECT' ? here.selectedIndex === here.options.length - 1 : here.getAttribute('aria-valuenow') === here.getAttribute('aria-valuemax');
"""
DRAFT = State(find_workspace(), "decree-91").draft
FORMS = {holder: forms_of(DRAFT, holder=holder) for holder in holders_of(DRAFT)}


@pytest.fixture(scope="module")
def page(browser, served):
    return open_page(browser, served, QUICK)


def key_for(page, element, kind):
    """Give the key that moves a control to another place; a text gets a letter more, and is told when it is left."""
    if kind in {"slider", "select-one"}:
        back, forth = (LEFT, RIGHT) if kind == "slider" else (UP, DOWN)
        return back if page.execute_script(_IS_AT_ITS_END, element) else forth
    return SPACE if kind == "checkbox" else "x" + TAB


def start_over(page):
    press(page, "Trở về ban đầu")
    wait(page, lambda: not shown(page, ".tieuchi-changed, .tieuchi-removed"))


def test_every_award_and_section_has_its_form(page):
    box = page.execute_script("return document.querySelector('.tieuchi-pane input[type=checkbox]')")
    focus(page, box)
    box.send_keys(SPACE)  # those the model does not play, too
    offered = page.execute_script("return [...document.querySelector('.tieuchi-pane select').options].map(each => each.text)")
    assert [each.replace("\N{NO-BREAK SPACE}", " ") for each in offered] == list(holders_of(DRAFT).values())


@pytest.mark.parametrize("holder", FORMS)
def test_every_control_is_moved_and_a_clause_struck_out(page, holder):
    chooser = page.execute_script("return document.querySelector('.tieuchi-pane select')")
    focus(page, chooser)
    chooser.send_keys(HOME + DOWN * list(FORMS).index(holder))
    wait(page, lambda: [each.text for each in visible(page, ".tieuchi-title")] == [form.title for form in FORMS[holder]])
    for words in visible(page, ".tieuchi-clause button", "Sửa tên"):
        focus(page, words)
        words.send_keys(SPACE)
    wait(page, lambda: len(visible(page, ".tieuchi-clause textarea")) == len(visible(page, ".tieuchi-clause")))
    controls = page.execute_script(_CONTROLS)
    kinds, former = page.execute_script(_KINDS, controls), page.execute_script(_STATES, controls)
    for element, kind in zip(controls, kinds, strict=True):
        focus(page, element)
        element.send_keys(key_for(page, element, kind))
    # What is struck out is heard of after all that was moved; by then, a control whose move reached no draft shows what the draft has.
    strikes = visible(page, ".tieuchi-clause button", "Bỏ")
    if strikes:
        focus(page, strikes[-1])
        strikes[-1].send_keys(SPACE)
        wait(page, lambda: shown(page, ".tieuchi-removed"))
    else:
        wait(page, lambda: len(shown(page, ".tieuchi-changed")) == len(shown(page, ".tieuchi-clause")))
    now = page.execute_script(_STATES, controls)
    assert [(kind, value) for kind, value, was in zip(kinds, now, former, strict=True) if value == was] == []
    assert [each.text for each in visible(page, "[role=alert]")] == []
    start_over(page)
    assert complaints(page) == []
