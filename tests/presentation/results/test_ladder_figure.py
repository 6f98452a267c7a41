"""The ladder as a picture: a box a rung, a band as wide as the part that goes on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from matplotlib.patches import Polygon, Rectangle

from simulator.presentation.results.ladder_figure import draw_ladders
from tests.presentation.ladders import FLAT, STEEP, with_ladders
from tests.presentation.specimen import specimen_comparison


def bands(panel):
    dark = [patch for patch in panel.patches if isinstance(patch, Polygon) and not isinstance(patch, Rectangle) and patch.get_zorder() == 2]
    return [float(max(y for _, y in patch.get_xy()) - min(y for _, y in patch.get_xy())) for patch in dark]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_bands_are_as_wide_as_parts_and_boxes_hold_the_numbers(lang):
    (drawing,) = draw_ladders(with_ladders(STEEP, FLAT), lang)
    (panel,) = drawing.figure.axes
    widths = bands(panel)
    assert widths[1] / widths[0] == pytest.approx(0.5 / 0.12)
    assert widths[3] / widths[2] == pytest.approx(0.125 / 0.08)
    assert len(widths) == 4  # nobody gets to the top
    texts = [text.get_text() for text in panel.texts]
    assert ("1.000" if lang == "vi" else "1,000") in texts
    assert "120" in texts
    assert drawing.to_svg() == draw_ladders(with_ladders(STEEP, FLAT), lang)[0].to_svg()


def test_a_rung_nobody_holds_is_dashed_and_no_band_leads_from_it():
    empty = [("low", "middle", 100.0, 0.0), ("middle", "high", 0.0, 0.0), ("high", "top", 0.0, 0.0)]
    (drawing,) = draw_ladders(with_ladders(empty, STEEP), "vi")
    boxes = [patch for patch in drawing.figure.axes[0].patches if isinstance(patch, Rectangle)]
    assert [box.get_linestyle() for box in boxes[:4]] == ["-", "--", "--", "--"]
    assert len(bands(drawing.figure.axes[0])) == 2


def test_of_too_few_no_band_is_drawn():
    few = [("low", "middle", 100.0, None)]
    (drawing,) = draw_ladders(with_ladders(few, [("low", "middle", 100.0, 0.3)]), "en")
    panel = drawing.figure.axes[0]
    assert len(bands(panel)) == 1
    assert "too few" in [" ".join(text.get_text().split()) for text in panel.texts]


def test_no_ladder_gives_no_figure():
    assert draw_ladders(specimen_comparison(), "vi") == []


def test_eight_options_with_long_titles_stay_on_the_page():
    comparison = specimen_comparison()
    titles = dict.fromkeys(("vi", "en"), "Một phương án có tên gọi khá dài để thử cách trình bày")
    options = [replace(comparison.options[min(n, 3)], id=f"o{n}" if n else comparison.options[0].id, title=titles) for n in range(8)]
    (drawing,) = draw_ladders(with_ladders(*[STEEP] * 8, comparison=replace(comparison, options=options)), "vi")
    (panel,) = drawing.figure.axes
    assert all(label.get_window_extent().x0 >= 0 for label in panel.get_yticklabels())


def test_a_box_rounds_as_the_text_beside_it_does():
    halves = [("low", "middle", 10296.5, 0.1)]
    (drawing,) = draw_ladders(with_ladders(halves, halves), "vi")
    texts = [text.get_text() for text in drawing.figure.axes[0].texts]
    assert "10.297" in texts
    assert "10.297" in drawing.alt
