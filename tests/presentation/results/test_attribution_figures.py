from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from simulator.presentation.results.attribution_figures import (
    FEWEST_BARS,
    HALF_PAGE,
    MOST_BARS,
    bars_of,
    draw_attribution,
    draw_effect_waterfall,
    kept_clauses,
    most_moved,
)
from simulator.presentation.results.attribution_table import part_format
from tests.presentation.split import PARTS, specimen_attribution


@pytest.mark.parametrize("n_clauses", [1, 3, 30])
def test_the_bars_add_up_to_the_effect(n_clauses):
    (option,) = specimen_attribution(n_clauses=n_clauses).options
    bars = bars_of(option, "turn_taking_index", "vi")
    assert len(bars) == min(n_clauses, MOST_BARS)
    assert sum(bar.value for bar in bars) == pytest.approx(option.indicators["turn_taking_index"].total)
    if n_clauses > MOST_BARS:
        assert bars[-1].low is None
        assert str(n_clauses - MOST_BARS + 1) in bars[-1].title
        kept = kept_clauses(option, ["turn_taking_index"])
        assert kept == sorted(kept, key=[part.clause for part in option.parts].index)
        assert option.parts[0].clause in kept


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_text_for_those_who_cannot_see_tells_every_bar(lang):
    attribution = specimen_attribution()
    (option,) = attribution.options
    alts = "".join(drawing.alt for drawing in draw_attribution(attribution, option, lang))
    steps = draw_effect_waterfall(attribution, option, "turn_taking_index", lang)
    form = part_format("turn_taking_index", option.indicators["turn_taking_index"], lang)
    for value in PARTS["turn_taking_index"]:
        assert form.change(value) in alts
        assert form.change(value) in steps.alt
    assert form.value(0.3) in steps.alt
    assert form.value(0.3 + sum(PARTS["turn_taking_index"])) in steps.alt
    assert form.value(0.3) in steps.says
    assert form.value(0.3 + sum(PARTS["turn_taking_index"])) in steps.says


def test_the_same_bytes_every_time():
    attribution = specimen_attribution(n_clauses=30, method="sampled")
    (option,) = attribution.options
    for draw in (lambda: draw_attribution(attribution, option)[-1], lambda: draw_effect_waterfall(attribution, option, "merit_kappa")):
        assert draw().to_svg() == draw().to_svg()


def test_what_moves_most_beside_its_margin_is_chosen():
    (option,) = specimen_attribution().options
    assert most_moved(option) == "turn_taking_index"


@pytest.mark.parametrize("n_clauses", [3, 30])
def test_every_indicator_is_shown_in_figures_of_which_two_fill_a_page(n_clauses):
    attribution = specimen_attribution(n_clauses=n_clauses, method="sampled")
    (option,) = attribution.options
    drawings = draw_attribution(attribution, option, "en")
    assert sum(bool(panel.get_title(loc="left")) for drawing in drawings for panel in drawing.figure.axes) == len(PARTS)
    steps = draw_effect_waterfall(attribution, option, "turn_taking_index", "en")
    assert all(drawing.figure.get_figheight() <= HALF_PAGE for drawing in (*drawings, steps))
    assert len({drawing.id for drawing in (*drawings, steps)}) == len({drawing.says for drawing in (*drawings, steps)}) == len(drawings) + 1
    labels = [label.get_text() for label in drawings[0].figure.axes[0].get_yticklabels()]
    assert min(n_clauses, FEWEST_BARS) <= len(labels) <= MOST_BARS


@pytest.mark.parametrize(("lang", "unit"), [("vi", "\N{NO-BREAK SPACE}điểm %"), ("en", "\N{NO-BREAK SPACE}pp")])
def test_both_ends_of_a_way_have_their_unit(lang, unit):
    attribution = specimen_attribution(n_clauses=3)
    steps = draw_effect_waterfall(attribution, attribution.options[0], "equal_opportunity_difference", lang)
    assert steps.says.count(unit) == 2


def test_clauses_of_two_lines_do_not_touch():
    words = "Có ít nhất một sáng kiến hoặc đề tài nghiên cứu được công nhận và chưa sử dụng để xét khen thưởng"
    attribution = specimen_attribution(n_clauses=3)
    (option,) = attribution.options
    parts = [
        replace(part, members=[replace(part.members[0], title={"vi": f"{words} {n}", "en": f"{words} {n}"})]) for n, part in enumerate(option.parts)
    ]
    for drawing in draw_attribution(attribution, replace(option, parts=parts), "vi"):
        canvas = FigureCanvasAgg(drawing.figure)
        canvas.draw()
        labels = [label.get_window_extent(canvas.get_renderer()) for label in drawing.figure.axes[0].get_yticklabels() if label.get_text()]
        gaps = [(upper.y0 - lower.y1) * 72 / drawing.figure.dpi for upper, lower in pairwise(labels)]
        assert min(gaps) >= 3, "points between two labels"
