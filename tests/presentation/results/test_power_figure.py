from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.presentation.results.bias_trial import draw_bias
from simulator.presentation.results.power_figure import draw_power
from tests.presentation.results.power_specimen import power, rate

CAPTION, PAGE = 25.0, 252.0
"""Millimetres: two lines of a title and one below, with the room around them; and what lies between the margins."""
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


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_two_pictures_of_the_study_and_their_captions_find_room_on_one_page(lang):
    ways = [
        ("weighed", 0.1),
        ("weighed", 0.15),
        ("weighed", 0.25),
        ("weighed", 0.5),
        ("whole-years", 0.25),
        ("whole-years", 0.5),
        ("whole-years", 0.75),
    ]
    strict = [each for each in power(SEEN).turns if each.way == "strict"]
    turns = [*(replace(each, way=way, turn=turn) for way, turn in ways for each in strict), *strict]
    rows = [(name, basis) for name in ("equal_opportunity_difference", "leader_risk_ratio", "post_worth") for basis in ("exact", "rating")]
    rows += [("leader_share", "none"), ("eighty_percent_rule", "none")]
    alarms = [each for each in power().bias if each.basis == "none"]
    bias = [replace(each, indicator=name, basis=basis) for name, basis in rows for each in alarms]
    study = replace(power(), turns=turns, bias=bias)
    pictures = [draw(study, lang).figure for draw in (draw_power, draw_bias)]
    assert [len(picture.axes[0].get_yticklabels()) for picture in pictures] == [8, 8]
    assert sum(picture.get_figheight() * 25.4 + CAPTION for picture in pictures) <= PAGE
