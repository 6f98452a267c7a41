from __future__ import annotations

import ipywidgets as widgets
import pytest

from simulator.widgets.last_word import LastWord


class Page:
    """What a page is sent of a control."""

    def __init__(self, control, monkeypatch):
        self.sent = []
        monkeypatch.setattr(type(control), "send_state", lambda self_, key=None: self.sent.append((key, self_.value)))


def tell(control, **state):
    """Tell a control what a hand did, as a page does."""
    control.set_state(state)


@pytest.mark.parametrize(
    ("control", "key", "told", "other"),
    [
        (widgets.Text("15"), "value", "20", "16"),
        (widgets.Textarea("a"), "value", "b", "c"),
        (widgets.Checkbox(value=False), "value", True, False),
        (widgets.Dropdown(options=["a", "b", "c"]), "index", 2, 1),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, widgets.Widget) else "",
)
def test_what_a_hand_told_is_said_again_once(control, key, told, other, monkeypatch):
    last, page = LastWord(control), Page(control, monkeypatch)
    tell(control, **{key: told})
    hand = control.value
    last.put(hand)
    assert page.sent == [(key, hand)], "what the program put before may have crossed it"
    last.put(hand)
    assert page.sent == [(key, hand)], "a page that was told is not told again"
    page.sent.clear()
    tell(control, **{key: other})
    last.keep()
    assert page.sent == [(key, control.value)]


def test_what_the_program_puts_is_no_word_of_the_hand(monkeypatch):
    control = widgets.Text("15")
    last, page = LastWord(control), Page(control, monkeypatch)
    last.put("16")
    last.put("16")
    last.keep()
    assert control.value == "16"
    assert ("value", "16") not in page.sent[1:], "at most ipywidgets itself has told the page, once"
