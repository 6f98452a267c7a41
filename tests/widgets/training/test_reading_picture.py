from __future__ import annotations

import math

from simulator.widgets.training.reading_picture import draw_readings
from simulator.widgets.training.readings import Reading

BEFORE = {"leader_share": Reading(0.3, 0.25, 0.35), "merit_kappa": Reading(0.2, 0.1, 0.3)}
AFTER = {"leader_share": Reading(0.4, 0.35, 0.45), "merit_kappa": Reading(math.nan, math.nan, math.nan)}


def test_each_number_has_a_line_and_the_words_tell_all_of_them():
    drawing = draw_readings(BEFORE, AFTER, "vi")
    assert len(drawing.figure.axes) == 2
    assert "30,0%" in drawing.says
    assert "40,0%" in drawing.says
    assert "Mức phù hợp" in drawing.alt


def test_the_same_numbers_give_the_same_picture():
    assert draw_readings(BEFORE, AFTER, "en").to_svg() == draw_readings(BEFORE, AFTER, "en").to_svg()


def test_all_that_is_drawn_lies_inside_and_nothing_too():
    panel = draw_readings(BEFORE, AFTER, "en").figure.axes[0]
    low, high = panel.get_xlim()
    assert low < 0
    assert high > 45


def test_what_stays_is_said_to_stay_and_each_sentence_ends_once():
    drawing = draw_readings(BEFORE, {**AFTER, "leader_share": BEFORE["leader_share"]}, "en")
    assert "Share of leaders among the awarded: still 30.0% [25.0;\N{NO-BREAK SPACE}35.0]." in drawing.says
    assert ".;" not in drawing.alt
    assert drawing.alt.count(": from ") == 1
