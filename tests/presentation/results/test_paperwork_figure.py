from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.presentation.results.paperwork_figure import draw_paperwork
from tests.presentation.results.paperwork_specimen import AWARDS, award, paperwork, paperwork_of_a_set


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_bars_add_up_to_hours_and_money_and_lines_show_the_range(lang):
    drawing = draw_paperwork(paperwork(), lang)
    hours, money = drawing.figure.axes
    assert [round(sum(bar.get_width() for bar in hours.patches[start : start + 3])) for start in (0, 3)] == [137_100, 137_100]
    assert [round(sum(bar.get_width() for bar in money.patches[start : start + 3]), 2) for start in (0, 3)] == [17.95, 17.95]
    assert hours.lines[0].get_xdata().tolist() == [137_100 / 2, 137_100 * 2]
    assert drawing.says
    assert "17" in drawing.alt


def test_without_money_only_hours_are_drawn():
    told = paperwork()
    for option in told.options:
        option.quantities["total_vnd"] = replace(option.quantities["total_vnd"], value=None)
    assert len(draw_paperwork(told).figure.axes) == 1


def test_ways_that_take_the_same_are_drawn_once():
    told = paperwork_of_a_set()
    told.options[0].awards[:] = [*AWARDS, award("medal", {"vi": "Huy chương", "en": "Medal"})]
    (panel,) = draw_paperwork(told, "en").figure.axes
    assert [label.get_text().replace("\n", " ") for label in panel.get_yticklabels()] == ["Fighter and 1 other awards", "Order"]
    assert [text.get_text().strip() for text in panel.texts] == ["9.6", "11.9"]


def test_the_picture_is_the_same_every_time():
    assert draw_paperwork(paperwork()).to_svg() == draw_paperwork(paperwork()).to_svg()
