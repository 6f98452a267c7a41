from __future__ import annotations

from simulator.widgets.looks import Alarm
from simulator.widgets.panel import Panel
from simulator.workspace import find_workspace


def test_a_button_speaks_the_language_and_tells_what_fails():
    pressed, alarm = [], Alarm("en")
    panel = Panel(find_workspace(), "en", alarm)
    button = panel.button("training.answer", lambda: pressed.append(1))
    assert (button.description, Panel(find_workspace(), "vi", alarm).button("training.answer", list).description) == ("Answer", "Trả lời")
    button.click()
    assert (pressed, alarm.label.value) == ([1], "")
    panel.button("training.answer", lambda: pressed[7]).click()
    assert "IndexError" in alarm.label.value
