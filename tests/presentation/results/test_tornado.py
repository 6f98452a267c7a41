"""The tornado: which option it shows, what it says at every boundary, and that it says what it draws."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from simulator.presentation.i18n import translate
from simulator.presentation.results.sensitivity_table import tornado_table
from simulator.presentation.results.tornado import MOST_BARS, MOST_DRAWN, choose, draw_tornado, say_tornado, tornado_format
from tests.presentation.influences import NAME, entry, sensitivity_of


def shown_of(*entries, **kwargs):
    return choose(sensitivity_of(*entries, **kwargs), NAME)


def test_the_longest_is_first_and_what_was_not_followed_is_left_out():
    shown = shown_of(entry("a", 0.01, 0.02), entry("b", -0.3, 0.1), entry("c", 0.9, 0.9, replications=2), entry("d", 0.0, 0.0, has_effect=False))
    assert [bar.id for bar, _ in shown.bars] == ["b", "a"]
    assert len(shown_of(*[entry(f"a{n}", 0.1, 0.2) for n in range(20)]).bars) == MOST_BARS


def test_nothing_that_moves_gives_no_tornado():
    assert shown_of() is None
    assert shown_of(entry("a", 0.0, 0.0)) is None
    assert shown_of(entry("a", 0.1, 0.2), difference=None) is None


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_sentence_tells_the_first_assumption_and_its_ends(lang):
    shown = shown_of(entry("a", -0.3, 0.1), entry("b", 0.01, 0.0), noise=0.05)
    told = say_tornado(shown, lang)
    for words in ("A", "0,1" if lang == "vi" else "0.1", "−0,50" if lang == "vi" else "−0.50", "1"):
        assert words in told
    assert translate("figure.tornado.no-flip", lang) in told


@pytest.mark.parametrize(("reach", "is_told"), [(0.0499, False), (0.05, False), (0.0501, True)])
def test_only_what_is_above_the_noise_is_counted(reach, is_told):
    told = say_tornado(shown_of(entry("a", -reach, 0.0, is_above=reach > 0.05), noise=0.05), "en")
    assert told.startswith("1 of the 1 ") is is_told
    assert told.startswith("Of the 1 assumptions looked at, none moves") is not is_told


SAID = {
    "flip": "change its sign",
    "cross": "on the other side of 0",
    "fade": "no longer clear",
    "emerge": "becomes clear",
    "shift": "between small and not clear",
    "no-flip": "None of them changes the verdict",
}


@pytest.mark.parametrize(
    ("usual", "ends", "changes", "said"),
    [
        ("clear", (-0.3, 0.4), {"flips": True}, "flip"),
        ("clear", (-0.3, 0.4), {"flips": True, "low_verdict": "small"}, "flip"),
        ("clear", (-0.3, 0.15), {"high_verdict": "small"}, "fade"),
        ("clear", (-0.3, 0.2), {"high_verdict": "small"}, "fade"),
        ("clear", (-0.3, 0.21), {"high_verdict": "not clear"}, "cross"),
        ("clear", (-0.3, 0.15), {}, "no-flip"),
        ("small", (-0.3, 0.15), {}, "emerge"),
        ("small", (-0.3, 0.15), {"low_verdict": "small", "high_verdict": "clear"}, "emerge"),
        ("small", (-0.3, 0.15), {"low_verdict": "small", "high_verdict": "not clear"}, "shift"),
        ("small", (-0.3, 0.15), {"low_verdict": "small", "high_verdict": "small"}, "no-flip"),
        ("not clear", (-0.3, 0.15), {"low_verdict": "not clear", "high_verdict": "small"}, "shift"),
        ("not clear", (-0.3, 0.4), {"flips": True}, "flip"),
    ],
)
@pytest.mark.parametrize("is_above", [True, False])
def test_what_becomes_of_the_verdict_is_said_whatever_the_usual_one_is(usual, ends, changes, said, is_above):
    told = say_tornado(shown_of(entry("b", *ends, is_above=is_above, **changes), verdict=usual), "en")
    assert [key for key, words in SAID.items() if words in told] == [said]
    assert said == "no-flip" or told.endswith(": “B”.")
    assert told.startswith("Of the 1 assumptions looked at, none") is not is_above


def test_the_first_is_the_one_that_is_told_to_move_it_furthest():
    shown = shown_of(entry("a", -0.5, 0.1, is_above=False), entry("b", -0.1, 0.1), entry("c", -0.3, 0.1))
    assert [bar.id for bar, _ in shown.bars] == ["a", "c", "b"]
    assert "2 of the 3 assumptions" in say_tornado(shown, "en")
    assert "Most of all “C”" in say_tornado(shown, "en")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_figure_names_ranges_and_settings_and_comes_out_the_same_twice(lang):
    sensitivity = sensitivity_of(*[entry(f"a{n}", -0.3 / n, 0.1 / n) for n in range(1, 14)])
    drawn = [draw_tornado(sensitivity, choose(sensitivity, NAME), lang) for _ in range(2)]
    assert drawn[0].to_svg() == drawn[1].to_svg()
    (panel,) = drawn[0].figure.axes
    labels = [label.get_text() for label in panel.get_yticklabels()]
    assert len(labels) == MOST_DRAWN
    assert labels[0].startswith("1. A1\n")
    assert ("0,2 (từ 0,1 đến 0,3)" if lang == "vi" else "0.2 (from 0.1 to 0.3)") in labels[0]
    assert all(f"{rank}. A{rank}:" in drawn[0].alt for rank in range(1, MOST_DRAWN + 1))
    assert f"{MOST_DRAWN + 1}. A" not in drawn[0].alt
    assert (f"đủ {MOST_BARS} giả định" if lang == "vi" else f"all {MOST_BARS}.") in drawn[0].says
    hatched = [patch for patch in panel.patches if patch.get_hatch()]
    assert len(hatched) == MOST_DRAWN  # one end of each is told from the other without colour


def test_a_figure_of_few_is_not_said_to_leave_out_any():
    sensitivity = sensitivity_of(*[entry(f"a{n}", -0.3 / n, 0.1 / n) for n in range(1, MOST_DRAWN + 1)])
    assert "furthest; the table" not in draw_tornado(sensitivity, choose(sensitivity, NAME), "en").says


@pytest.mark.parametrize(("n_told", "drawn"), [(0, 4), (4, 4), (5, 5), (9, 6)])
def test_as_many_are_drawn_as_are_told_from_luck(n_told, drawn):
    shown = shown_of(*[entry(f"a{n}", -0.3 / n, 0.1 / n, is_above=n <= n_told) for n in range(1, 14)])
    assert len(shown.drawn) == drawn
    assert shown.drawn == shown.bars[:drawn]


def test_labels_stay_on_the_page_however_long_a_title_is():
    long = replace(entry("a", -0.3, 0.1), title=dict.fromkeys(("vi", "en"), "Một giả định rất dài về cách đơn vị xét khen thưởng " * 4))
    sensitivity = sensitivity_of(long)
    figure = draw_tornado(sensitivity, choose(sensitivity, NAME), "vi").figure
    assert all(label.get_window_extent().x0 >= 0 for label in figure.axes[0].get_yticklabels())


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_label_touches_the_next_where_key_and_axis_take_most_lines(lang):
    long = dict.fromkeys(("vi", "en"), "Mức đơn vị tính đến bậc khen thưởng tiếp theo của một người")
    sensitivity = sensitivity_of(*[replace(entry(f"a{n}", -0.3 / n, 0.1 / n), title=long) for n in range(1, 5)])
    figure = draw_tornado(sensitivity, choose(sensitivity, NAME), lang).figure
    figure.canvas.draw()
    boxes = [label.get_window_extent() for label in figure.axes[0].get_yticklabels()]
    assert all(below.y1 < above.y0 for above, below in pairwise(boxes))


def test_what_is_drawn_is_what_the_table_of_its_numbers_says():
    sensitivity = sensitivity_of(*[entry(f"a{n}", -0.3 / n, 0.1 / n) for n in range(1, 14)])
    shown = choose(sensitivity, NAME)
    (panel,) = draw_tornado(sensitivity, shown, "en").figure.axes
    form = tornado_format(shown, "en")
    rows = [row for group in tornado_table(sensitivity, shown, "en").groups for row in group.rows]
    bars = [patch for patch in panel.patches if patch.get_height() < 0.5]  # the others are the band of luck
    ends = [form.change((bar.get_x() + bar.get_width()) / form.scale.factor) for bar in bars]
    assert len(rows) == MOST_BARS
    assert list(zip(ends[::2], ends[1::2], strict=True)) == [(row.cells[1], row.cells[3]) for row in rows[:MOST_DRAWN]]
