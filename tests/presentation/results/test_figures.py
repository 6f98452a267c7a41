from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from functools import cache
from itertools import pairwise

import matplotlib as mpl
import pytest

from simulator.experiments.results.comparison import Estimate
from simulator.presentation.figure_words import height_of
from simulator.presentation.results.figures import draw_allocation_mix, draw_by_year, draw_comparison, draw_comparisons, draw_courses, draw_mechanisms
from simulator.presentation.results.mechanisms import MECHANISMS
from simulator.presentation.results.tables import by_year_tables
from simulator.presentation.style import HIGHEST, MECHANISM_FILLS
from tests.presentation.specimen import specimen_comparison

DRAWERS = [draw_comparison, draw_allocation_mix, draw_mechanisms, draw_by_year]


def texts(drawing):
    """Return every text of a figure, ticks included."""
    found = {text.get_text() for text in drawing.figure.findobj(mpl.text.Text)}
    return {" ".join(text.split()) for text in found if text.strip()}


@cache
def drawn(draw, lang="vi"):
    """Draw the specimen, once for all tests that only look at it."""
    return draw(specimen_comparison(), lang)


@cache
def again(draw):
    """Draw the specimen anew, and give its file."""
    drawing = draw(specimen_comparison())
    return drawing, drawing.to_svg()


@pytest.mark.parametrize("draw", DRAWERS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_figure_comes_with_title_sentence_and_alternative(draw, lang):
    drawing = drawn(draw, lang)
    assert drawing.title
    assert drawing.says.endswith(".")
    assert len(drawing.alt) > len(drawing.says) / 2
    for option in specimen_comparison().options[1:]:
        assert option.title[lang] in drawing.alt


@pytest.mark.parametrize("draw", DRAWERS)
def test_the_same_numbers_give_the_same_bytes(draw):
    first, (second, file) = drawn(draw), again(draw)
    assert first.to_svg() == file == first.to_svg()
    assert first.to_png(60) == second.to_png(60)


@pytest.mark.parametrize("draw", DRAWERS)
def test_the_same_bytes_whatever_the_readers_settings(draw):
    _, expected = again(draw)
    with mpl.rc_context({"font.size": 20, "svg.fonttype": "none", "axes.grid": True}):
        assert draw(specimen_comparison()).to_svg() == expected


def test_no_window_state_is_touched():
    code = "import sys, simulator.presentation.results.figures; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_numbers_are_written_in_the_readers_language():
    vietnamese, english = texts(drawn(draw_comparison, "vi")), texts(drawn(draw_comparison, "en"))
    assert "+0,05" in vietnamese
    assert "−0,05" in vietnamese
    assert "+0.05" in english
    assert "0,20" in texts(drawn(draw_by_year, "vi"))
    assert not any("." in text and text.replace(".", "").isdigit() for text in vietnamese)


def test_every_verdict_stands_beside_its_mark():
    words = texts(drawn(draw_comparison, "vi"))
    assert {"rõ (do giả định)", "nhỏ (do hành vi)", "giảm, chưa chắc đạt ngưỡng"} <= words


def test_a_clear_change_is_filled_and_others_are_hollow():
    panel = drawn(draw_comparison).figure.axes[0]
    fills = [line.get_markerfacecolor() for line in panel.lines if line.get_marker() not in {"None", "", None}]
    assert fills[0] == "white"
    assert fills[1] != "white"


def test_bars_stack_to_the_right_and_a_negative_part_to_the_left():
    bars = drawn(draw_allocation_mix).figure.axes[0].patches
    last = bars[-4:]  # merit, turn, post, unexplained of the option whose post is below zero
    assert last[2].get_x() + last[2].get_width() == pytest.approx(-1.0)
    assert last[2].get_x() == pytest.approx(0.0)
    assert last[3].get_x() == pytest.approx(53.0)
    assert {bar.get_hatch() for bar in bars[:4]} == {"", "////", "xxxx", ".."}


def test_causes_are_named_on_the_figure():
    words = texts(drawn(draw_allocation_mix))
    assert {"theo thành tích", "theo thứ tự luân phiên", "gắn với chức vụ", "chưa giải thích được"} <= words
    assert {"36", "16", "8", "40"} <= words


def test_mechanisms_stack_to_both_sides_and_the_numbers_of_large_parts_are_written():
    drawing = drawn(draw_mechanisms)
    bars = [bar for bar in drawing.figure.axes[0].patches if bar.get_width()]
    assert len(bars) == 4 * len(MECHANISMS)
    last = bars[-len(MECHANISMS) :]
    assert last[3].get_x() + last[3].get_width() == pytest.approx(-6.0)
    assert last[4].get_x() == pytest.approx(52.0)
    assert {"−6", "38", "13"} <= texts(drawing)


def test_every_mechanism_is_named_and_told_apart_without_colour():
    drawing = drawn(draw_mechanisms, "en")
    (legend,) = drawing.figure.legends
    assert {" ".join(text.get_text().split()) for text in legend.get_texts()} >= {"merit", "unverified claims", "criteria other than results"}
    assert len(legend.get_texts()) == len(MECHANISMS)
    assert list(MECHANISM_FILLS) == list(MECHANISMS)
    assert len({hatch or fill for fill, hatch, _ in MECHANISM_FILLS.values()}) == len(MECHANISMS)


def test_a_mechanism_that_does_nothing_anywhere_is_not_drawn():
    comparison = specimen_comparison()
    options = [replace(option, reasons={**option.reasons, "claims": 0.0, "noise-and-lot": 0.42}) for option in comparison.options]
    (legend,) = draw_mechanisms(replace(comparison, options=options), "en").figure.legends
    assert "unverified claims" not in {text.get_text() for text in legend.get_texts()}


def test_lines_differ_without_colour():
    panel = drawn(draw_by_year).figure.axes[0]
    looks = {(line.get_marker(), line.get_linestyle()) for line in panel.lines}
    assert len(looks) == 4


def test_a_wobble_does_not_fill_the_panel():
    comparison = specimen_comparison()
    still = [
        replace(option, by_year={name: [Estimate(0.2 + 1e-4 * (year % 2), 0.2, 0.2001, 20) for year in range(10)] for name in option.by_year})
        for option in comparison.options
    ]
    low, high = draw_by_year(replace(comparison, options=still)).figure.axes[0].get_ylim()
    assert high - low >= 3 * 0.05 - 1e-9


@pytest.mark.parametrize("draw", DRAWERS)
def test_what_is_unknown_leaves_a_gap_not_a_crash(draw):
    comparison = specimen_comparison()
    nothing = Estimate(None, None, None, 0, "caveat.undefined")
    blank = [
        replace(
            option,
            indicators={
                name: replace(item, value=None, low=None, high=None, difference=None, difference_low=None, difference_high=None)
                for name, item in option.indicators.items()
            },
            allocation_mix=dict.fromkeys(option.allocation_mix, nothing),
            reasons=dict.fromkeys(option.reasons),
            by_year={name: [nothing] * 2 + [nothing] * 8 for name in option.by_year},
        )
        for option in comparison.options
    ]
    drawing = draw(replace(comparison, options=blank))
    assert drawing.to_svg().startswith("<svg")
    assert "không xác định" in drawing.alt


@pytest.mark.parametrize("draw", DRAWERS)
def test_one_option_or_many_fit(draw):
    comparison = specimen_comparison()
    assert draw(replace(comparison, options=comparison.options[:1])).to_svg()
    many = [replace(option, id=f"{option.id}-{copy}") for copy in range(3) for option in comparison.options]
    assert draw(replace(comparison, options=[comparison.options[0], *many])).to_svg()


def test_one_year_is_drawn():
    comparison = specimen_comparison()
    options = [replace(option, by_year={name: line[:1] for name, line in option.by_year.items()}) for option in comparison.options]
    assert draw_by_year(replace(comparison, years=[1], options=options)).to_svg()


def test_differences_of_many_options_are_drawn_in_several_figures_each_with_its_own_sentence():
    comparison = specimen_comparison()
    long = [replace(comparison.options[1 + n % 3], id=f"o{n}", title=dict.fromkeys(("vi", "en"), f"{'Một phương án ' * 6}{n}")) for n in range(9)]
    assert [drawing.to_svg() for drawing in draw_comparisons(comparison)] == [draw_comparison(comparison).to_svg()]
    first, second = draw_comparisons(replace(comparison, options=[comparison.options[0], *long]), "en")
    assert {panel.get_title(loc="left") for panel in first.figure.axes} & {panel.get_title(loc="left") for panel in second.figure.axes} == set()
    assert first.says != second.says
    assert (second.id, second.title) == (f"{first.id}-2", f"{first.title} (continued)")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_course_is_a_low_figure_with_its_own_words(lang):
    drawings = draw_courses(specimen_comparison(), lang)
    names = [drawing.id.removeprefix("by-year-").removesuffix("-figure") for drawing in drawings]
    assert names == ["turn_taking_index", "equal_opportunity_difference", "excess_inflation"]
    for drawing, table in zip(drawings, by_year_tables(specimen_comparison(), lang), strict=True):
        (panel,) = drawing.figure.axes
        assert len({(line.get_marker(), line.get_linestyle()) for line in panel.lines}) == 4
        assert drawing.figure.get_figheight() < HIGHEST / 2
        assert table.caption == drawing.title
        assert not panel.get_title(loc="left")
        assert drawing.alt.count(specimen_comparison().options[1].title[lang]) == 1
    assert len({drawing.says for drawing in drawings}) == len({drawing.alt for drawing in drawings}) == 3


@pytest.mark.parametrize("n", [4, 10])
def test_lines_have_the_names_of_the_options_or_numbers_with_a_key(n):
    comparison = specimen_comparison()
    options = [replace(comparison.options[k % 4], id=f"o{k}", title=dict.fromkeys(("vi", "en"), f"Phương án {k}")) for k in range(n)]
    drawing = draw_by_year(replace(comparison, options=options))
    beside = [text.get_text() for text in drawing.figure.axes[0].texts]
    keys = [text.get_text() for legend in drawing.figure.legends for text in legend.get_texts()]
    assert beside == ([f"Phương án {k}" for k in range(4)] if n == 4 else [str(k + 1) for k in range(n)])
    assert keys == ([] if n == 4 else [f"{k + 1}. Phương án {k}" for k in range(n)])


@pytest.mark.parametrize(("title", "least", "most"), [("Ngắn", 1.6, 1.7), ("Một phương án có tên dài đến hai dòng", 1.8, 2.0)])
def test_a_panel_of_lines_is_low_and_taller_where_long_names_stand_beside_it(title, least, most):
    comparison = specimen_comparison()
    options = [replace(option, title=dict.fromkeys(("vi", "en"), f"{title} {k}")) for k, option in enumerate(comparison.options)]
    figure = draw_courses(replace(comparison, options=options))[0].figure
    assert least <= figure.get_figheight() <= most
    figure.draw_without_rendering()
    boxes = sorted((text.get_window_extent() for text in figure.axes[0].texts), key=lambda box: box.y0)
    assert len(boxes) == len(options)
    assert all(below.y1 <= above.y0 + 1 for below, above in pairwise(boxes))


def test_a_panel_alone_in_its_figure_tells_as_many_lines_apart_as_end_in_a_number():
    comparison = specimen_comparison()
    options = [replace(comparison.options[k % 4], id=f"o{k}", title=dict.fromkeys(("vi", "en"), f"Phương án {k}")) for k in range(12)]
    many = replace(comparison, options=options)
    for drawing, is_alone in ((draw_by_year(many), False), (draw_courses(many)[0], True)):
        drawing.figure.draw_without_rendering()
        inches = drawing.figure.axes[0].get_window_extent().height / drawing.figure.dpi
        assert (inches >= len(options) * height_of(1)) == is_alone
