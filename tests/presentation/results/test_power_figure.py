from __future__ import annotations

import pytest

from simulator.presentation.results.power_figure import draw_power
from tests.presentation.results.power_specimen import power, rate

SEEN = {
    ("win_dispersion", "weighed", ..., ...): 0.99,
    ("turn_taking_index", "weighed", 50, ...): 0.82,
    ("repeat_deficit", "strict", ..., ...): rate(0.0, undefined=100),
}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_cell_holds_the_units_needed(lang):
    drawing = draw_power(power(SEEN), lang)
    panels = drawing.figure.axes
    written = [[text.get_text() for text in panel.texts] for panel in panels]
    assert written == [["–"] * 4 + [""] * 2, ["10", "10", "–", "–", "–", "–"], ["(50)", "(50)", "–", "–", "–", "–"]]
    assert [len(panel.patches) for panel in panels] == [6, 6, 6]
    assert [label.get_text() for label in panels[0].get_xticklabels()] == ["3", "7"]
    assert all(label.get_text() for label in panels[0].get_yticklabels())
    assert drawing.says
    assert "50" in drawing.alt


def test_the_picture_is_the_same_every_time():
    assert draw_power(power(SEEN)).to_svg() == draw_power(power(SEEN)).to_svg()


def test_a_cell_of_few_units_is_darker_and_one_without_an_answer_is_hatched():
    first, second, _ = draw_power(power(SEEN)).figure.axes
    assert sum(second.patches[0].get_facecolor()[:3]) < sum(second.patches[2].get_facecolor()[:3])
    assert first.patches[4].get_hatch()
    assert not first.patches[0].get_hatch()


def test_a_cell_that_too_few_lists_stand_behind_holds_a_question_mark_and_the_key_says_so():
    drawing = draw_power(power({("win_dispersion", "weighed", ..., ...): rate(1.0, lists=2)}))
    assert [text.get_text() for text in drawing.figure.axes[1].texts][:2] == ["?", "?"]
    assert "? chưa đủ lượt thử" in [text.get_text() for text in drawing.figure.legends[0].get_texts()]
    assert not any("?" in text.get_text() for text in draw_power(power(SEEN)).figure.legends[0].get_texts())
