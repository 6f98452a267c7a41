"""The robustness map: each cell told by symbol and fill, and a sentence that counts what is drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.experiments.comparing.ensemble import UnderStructure, lay_side_by_side
from simulator.model.behaviour import STRUCTURES
from simulator.presentation.i18n import translate
from simulator.presentation.results.ensemble_table import SHOWN
from simulator.presentation.results.robustness import CELLS, draw_robustness, say_robustness, saying_of
from tests.presentation.specimen import specimen_comparison

NAME = "turn_taking_index"


def ensemble_of(*sayings):
    """Give one option whose turn-taking index has one (difference, verdict) a structure; everything else is small."""
    comparison = specimen_comparison()
    baseline, option = comparison.options[:2]
    still = {name: replace(item, difference=0.001, verdict="small") for name, item in option.indicators.items()}
    under = {}
    for structure, (difference, verdict) in zip(STRUCTURES, sayings, strict=True):
        changed = replace(option, indicators=still | {NAME: replace(still[NAME], difference=difference, verdict=verdict)})
        under[structure] = replace(comparison, options=[baseline, changed])
    return lay_side_by_side(under)


UP, DOWN, SMALL, UNCLEAR = (0.1, "clear"), (-0.1, "clear"), (0.01, "small"), (0.1, "not clear")


@pytest.mark.parametrize(
    ("what", "expected"), [(UP, "up"), (DOWN, "down"), (SMALL, "small"), (UNCLEAR, "not-clear"), ((None, "not clear"), "not-clear")]
)
def test_what_a_structure_says(what, expected):
    difference, verdict = what
    assert saying_of(UnderStructure(0.0, difference, None, None, verdict)) == expected


def test_cells_differ_in_symbol_and_without_colour():
    assert len({cell.symbol for cell in CELLS.values()}) == len(CELLS)

    def grey(cell):
        red, green, blue = (255, 255, 255) if cell.fill == "white" else (int(cell.fill[k : k + 2], 16) for k in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue, cell.hatch

    shades = [grey(cell) for cell in CELLS.values()]
    assert all(abs(one[0] - other[0]) > 40 or one[1] != other[1] for k, one in enumerate(shades) for other in shades[:k])


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_cell_is_drawn_and_told(lang):
    (drawing,) = draw_robustness(ensemble_of(UP, DOWN, SMALL, UNCLEAR, UP), lang)
    first = drawing.figure.axes[0]
    assert [text.get_text() for text in first.texts] == ["▲", "▼", "≈", "?", "▲", "2/5"]
    for number, name in enumerate(("up", "down", "small", "not-clear", "up"), start=1):
        assert f"({number}) {translate(f'figure.robustness.{name}', lang)}" in drawing.alt
    assert all(translate(f"structure.{name}", lang) in drawing.says for name in STRUCTURES)
    assert drawing.to_svg() == draw_robustness(ensemble_of(UP, DOWN, SMALL, UNCLEAR, UP), lang)[0].to_svg()


@pytest.mark.parametrize(
    ("sayings", "agreed", "clear"),
    [((UP,) * 5, 0, 1), ((UP,) * 4 + (DOWN,), 0, 1), ((UP,) * 3 + (DOWN,) * 2, -1, 0), ((UNCLEAR,) * 5, -1, 0), ((SMALL,) * 4 + (UP,), 0, 0)],
)
def test_the_sentence_counts_what_enough_hypotheses_say(sayings, agreed, clear):
    ensemble = ensemble_of(*sayings)
    n = sum(name in ensemble.options[1].indicators for name in SHOWN)
    assert f"Of {n} differences, {n + agreed} come to the same under at least 4 of 5 hypotheses, {clear} of them" in say_robustness(ensemble, "en")


def test_a_difference_that_points_both_ways_is_named():
    both = say_robustness(ensemble_of(UP, UP, UP, UP, DOWN), "vi")
    assert translate("figure.robustness.no-split", "vi") not in both
    assert "“Thêm Kế hoạch 115”" in both
    assert translate("figure.robustness.no-split", "vi") in say_robustness(ensemble_of(UP, UP, UP, UP, UNCLEAR), "vi")


def test_without_options_there_is_nothing_to_show():
    ensemble = ensemble_of(*(UP,) * 5)
    assert say_robustness(replace(ensemble, options=ensemble.options[:1]), "en") == translate("figure.robustness.nothing", "en")
    (drawing,) = draw_robustness(replace(ensemble, options=ensemble.options[:1]), "en")
    assert drawing.to_svg()


def test_many_options_with_long_titles_are_drawn_in_several_figures_that_show_every_indicator():
    ensemble = ensemble_of(*(UP,) * 5)
    baseline, option = ensemble.options
    title = dict.fromkeys(("vi", "en"), "Phương án với một tên gọi khá dài để thử cách trình bày trên giấy, kể cả khi có nhiều phương án")
    many = replace(ensemble, options=[baseline, *(replace(option, id=f"o{n}", title=title) for n in range(9))])
    drawings = draw_robustness(many, "vi")
    shown = [panel.get_title(loc="left") for drawing in drawings for panel in drawing.figure.axes if panel.get_title(loc="left")]
    assert len(drawings) > 1
    assert len(set(shown)) == len(shown) == sum(name in option.indicators for name in SHOWN)
    assert len({drawing.id for drawing in drawings}) == len(drawings)
    assert all(drawing.title == translate("figure.continued", "vi", title=drawings[0].title) for drawing in drawings[1:])
