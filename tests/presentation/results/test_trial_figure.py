from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.presentation.numbers import format_number
from simulator.presentation.results.trial_figure import SHOWN, draw_trial
from simulator.presentation.wording import name_in, sentence_case
from tests.reporting.specimen import evidence_of


@pytest.fixture(scope="module")
def comparison():
    whole = evidence_of().comparison
    return replace(whole, options=whole.options[:2])


def texts(drawing):
    return [text.get_text() for panel in drawing.figure.axes for text in panel.texts]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_indicator_is_named_with_its_numbers(comparison, lang):
    said = "\n".join(texts(draw_trial(comparison, lang)))
    draft = comparison.options[1]
    for name in SHOWN:
        assert sentence_case(name_in(comparison, name, lang)).split()[0] in said
    share = draft.indicators["leader_share"]
    assert format_number(100 * share.value, lang, 1)[:2] in said


def test_the_bars_are_the_shares_of_the_causes(comparison):
    bars = draw_trial(comparison).figure.axes[0]
    widths = [patch.get_width() for patch in bars.patches if patch.get_height() == 0.72]
    expected = [100 * option.allocation_mix[cause].value for option in comparison.options for cause in ("merit", "turn", "post", "unexplained")]
    assert widths == pytest.approx([max(width, 0.0) for width in expected])


def test_a_change_lies_where_its_margin_puts_it(comparison):
    panel = draw_trial(comparison).figure.axes[1]
    items = [comparison.options[1].indicators[name] for name in SHOWN if name in comparison.options[1].indicators]
    marks = {line.get_ydata()[0]: line.get_xdata()[0] for line in panel.lines if len(line.get_xdata()) == 1}
    for row, x in marks.items():
        item = items[row]
        assert x == pytest.approx(max(-5, min(5, item.difference / item.margin)))
    assert marks


def test_what_lies_beyond_ends_in_an_arrow_and_what_is_unknown_has_no_mark(comparison):
    draft = comparison.options[1]
    far = replace(draft.indicators["leader_share"], difference=0.9, difference_low=0.8, difference_high=1.0)
    unknown = replace(draft.indicators["merit_kappa"], difference=None, difference_low=None, difference_high=None)
    changed = replace(draft, indicators={**draft.indicators, "leader_share": far, "merit_kappa": unknown})
    drawing = draw_trial(replace(comparison, options=[comparison.options[0], changed]))
    marks = {line.get_ydata()[0]: line.get_marker() for line in drawing.figure.axes[1].lines if len(line.get_xdata()) == 1}
    assert marks[SHOWN.index("leader_share")] == ">"
    assert SHOWN.index("merit_kappa") not in marks


def test_nothing_lies_outside_the_picture(comparison):
    for lang in ("vi", "en"):
        drawing = draw_trial(comparison, lang)
        drawing.figure.draw_without_rendering()
        edge = drawing.figure.bbox
        for panel in drawing.figure.axes:
            for text in panel.texts:
                box = text.get_window_extent()
                assert box.x0 >= edge.x0 - 1, text.get_text()
                assert box.x1 <= edge.x1 + 1, text.get_text()
                assert box.y0 >= edge.y0 - 1, text.get_text()
                assert box.y1 <= edge.y1 + 1, text.get_text()


def test_it_is_the_same_every_time(comparison):
    assert draw_trial(comparison).to_svg() == draw_trial(comparison).to_svg()
