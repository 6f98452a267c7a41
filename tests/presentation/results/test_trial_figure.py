from __future__ import annotations

from dataclasses import replace

import pytest
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_number
from simulator.presentation.results.trial_figure import SHOWN, draw_trial
from simulator.presentation.wording import name_in, says_anything, sentence_case
from tests.reporting.specimen import evidence_of


@pytest.fixture(scope="module")
def comparison():
    whole = evidence_of().comparison
    return replace(whole, options=whole.options[:2])


def texts(drawing):
    return [text.get_text() for text in drawing.figure.texts]


def drawn(drawing, kind):
    return [artist for artist in drawing.figure.artists if isinstance(artist, kind)]


def marks_of(drawing):
    return {line.get_ydata()[0]: line for line in drawn(drawing, Line2D) if len(line.get_xdata()) == 1}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_indicator_is_named_with_its_numbers(comparison, lang):
    said = "\n".join(texts(draw_trial(comparison, lang)))
    draft = comparison.options[1]
    for name in SHOWN:
        assert sentence_case(name_in(comparison, name, lang)).split()[0] in said
    share = draft.indicators["leader_share"]
    assert format_number(100 * share.value, lang, 1)[:2] in said


def test_the_bars_are_the_shares_of_the_causes(comparison):
    widths = [bar.get_width() for bar in drawn(draw_trial(comparison), Rectangle) if bar.get_height() == 0.72]
    expected = [100 * option.allocation_mix[cause].value for option in comparison.options for cause in ("merit", "turn", "post", "unexplained")]
    assert widths == pytest.approx([max(width, 0.0) for width in expected])


def test_a_change_lies_where_its_margin_puts_it(comparison):
    items = [comparison.options[1].indicators[name] for name in SHOWN if name in comparison.options[1].indicators]
    marks = marks_of(draw_trial(comparison))
    for row, mark in marks.items():
        item = items[row]
        assert mark.get_xdata()[0] == pytest.approx(max(-5, min(5, item.difference / item.margin)))
    assert marks


def test_what_lies_beyond_ends_in_an_arrow_and_what_is_unknown_has_no_mark(comparison):
    draft = comparison.options[1]
    far = replace(draft.indicators["leader_share"], difference=0.9, difference_low=0.8, difference_high=1.0)
    unknown = replace(draft.indicators["merit_kappa"], difference=None, difference_low=None, difference_high=None)
    changed = replace(draft, indicators={**draft.indicators, "leader_share": far, "merit_kappa": unknown})
    drawing = draw_trial(replace(comparison, options=[comparison.options[0], changed]))
    marks = marks_of(drawing)
    assert marks[SHOWN.index("leader_share")].get_marker() == ">"
    assert SHOWN.index("merit_kappa") not in marks


def test_nothing_lies_outside_the_picture(comparison):
    for lang in ("vi", "en"):
        drawing = draw_trial(comparison, lang)
        drawing.figure.draw_without_rendering()
        edge = drawing.figure.bbox
        for text in drawing.figure.texts:
            box = text.get_window_extent()
            assert box.x0 >= edge.x0 - 1, text.get_text()
            assert box.x1 <= edge.x1 + 1, text.get_text()
            assert box.y0 >= edge.y0 - 1, text.get_text()
            assert box.y1 <= edge.y1 + 1, text.get_text()


def test_each_part_lies_in_its_room(comparison):
    """Shares fill the width of the bars, from the same left end; the mark of no change lies on the line in the middle."""
    drawing = draw_trial(comparison)
    drawing.figure.draw_without_rendering()
    width = drawing.figure.bbox.width
    bars = [bar.get_window_extent() for bar in drawn(drawing, Rectangle) if bar.get_height() == 0.72]
    for row in (bars[:4], bars[4:]):
        assert [row[0].x0 / width, row[-1].x1 / width] == pytest.approx([0.135, 0.995], abs=0.003)
    assert bars[0].y0 > bars[4].y1, "what is stands above what would be"
    (middle,) = [line for line in drawn(drawing, Line2D) if list(line.get_xdata()) == [0, 0] and line.get_linewidth() == 1]
    unmoved = replace(comparison.options[1].indicators["award_rate"], difference=0.0)
    changed = replace(comparison.options[1], indicators={**comparison.options[1].indicators, "award_rate": unmoved})
    again = draw_trial(replace(comparison, options=[comparison.options[0], changed]))
    mark = marks_of(again)[SHOWN.index("award_rate")]
    assert mark.get_transform().transform((0, 0))[0] == pytest.approx(middle.get_transform().transform((0, 0))[0])


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_its_words_are_text_with_a_font_for_every_system(comparison, lang):
    drawing = draw_trial(comparison, lang)
    svg = drawing.to_svg()
    assert svg.count("<text") >= len(texts(drawing))
    assert "sans-serif" in svg
    outlined = replace(drawing, follows_a_hand=False).to_svg()
    assert "<text" not in outlined
    assert len(svg) < len(outlined)


def test_it_is_the_same_every_time(comparison):
    assert draw_trial(comparison).to_svg() == draw_trial(comparison).to_svg()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_its_words_tell_all_that_is_drawn_and_nothing_else(comparison, lang):
    drawing = draw_trial(comparison, lang)
    shown = [name for name in SHOWN if says_anything(comparison, name)]
    assert all(sentence_case(name_in(comparison, name, lang)) in drawing.alt for name in shown)
    assert translate("figure.comparison.of-option", lang, indicators=str(len(shown))) in drawing.says
