"""The figures of a measured list."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from matplotlib.text import Text

from simulator.indicators.measurement import Measured
from simulator.presentation.registers.measurement_figures import draw_measured, draw_measured_mix, drawn_indicators, tick_writer
from simulator.presentation.registers.measurement_sentences import say_drawn
from tests.presentation.measured import measurement

FOUND = {
    "turn_taking_index": Measured(0.28, 0.22, 0.34, 1852),
    "last_winner_penalty": Measured(0.66, 0.59, 0.74, 1852),
    "win_dispersion": Measured(2.1, None, None, 408, "caveat.too-few-units"),
    "repeat_deficit": Measured(None, -0.2, 0.4, 50, "caveat.members-unknown"),
    "leader_share": Measured(1.0, 1.0, 1.0, 40),
}


def texts(drawing):
    return " ".join(re.findall(r"<!-- (.*?) -->", drawing.to_svg_file()))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_indicator_with_a_place_is_drawn_with_its_numbers(lang):
    found = measurement(**FOUND)
    assert drawn_indicators(found) == {"rotation": (*list(FOUND)[:2], "repeat_deficit", "win_dispersion"), "leaders": ("leader_share",)}
    drawing = draw_measured(found, "rotation", lang)
    written = texts(drawing)
    for number in {"vi": ("0,28", "[0,22; 0,34]", "66%", "2,1", "[−0,2; 0,4]"), "en": ("0.28", "[0.22; 0.34]", "66%", "2.1", "[−0.2; 0.4]")}[lang]:
        assert number in written.replace("\u00a0", " ")
        assert number in drawing.alt.replace("\u00a0", " ")
    assert drawing.says == say_drawn(found, drawn_indicators(found)["rotation"], lang)
    assert drawing.to_svg() == draw_measured(found, "rotation", lang).to_svg()


def test_nothing_is_drawn_of_nothing():
    assert drawn_indicators(measurement()) == {}
    assert draw_measured(measurement(), "rotation") is None
    unknown = dict.fromkeys(("merit", "turn", "post", "unexplained"), Measured(None, None, None, 0, "caveat.no-merit"))
    assert draw_measured_mix(replace(measurement(), allocation_mix=unknown)) is None
    assert draw_measured_mix(replace(measurement(), allocation_mix={})) is None


def test_the_mix_is_drawn_with_parts_below_zero():
    drawing = draw_measured_mix(measurement(mix=(0.69, -0.27, 0.0, 0.58)), "vi")
    written = texts(drawing).replace("\u00a0", " ")
    for part in ("69 [59; 79]", "−27 [−37; −17]", "0 [−10; 10]", "58 [48; 68]"):
        assert part in written
        assert part in drawing.says.replace("\u00a0", " ")


@pytest.mark.parametrize("half", [0.1, 0.0])
def test_the_names_of_the_parts_stand_apart_and_just_below_the_top(half):
    found = measurement(mix=(0.3, 0.5, 0.15, 0.05))
    mix = {cause: Measured(part.value, part.value - half, part.value + half, 288) for cause, part in found.allocation_mix.items()}
    figure = draw_measured_mix(replace(found, allocation_mix=mix), "vi").figure
    figure.draw_without_rendering()
    (panel,) = figure.axes
    names = sorted((Text.get_window_extent(text) for text in panel.texts if "\n" in text.get_text()), key=lambda box: box.x0)
    assert len(names) == 4
    assert all(left.x1 < right.x0 for left, right in pairwise(names))
    top = figure.get_figheight() * figure.dpi
    assert 0 <= top - max(box.y1 for box in names) < 0.2 * figure.dpi
    zero = next(line for line in panel.lines if set(line.get_xdata()) == {0})
    assert min(zero.get_ydata()) > -0.5  # beside the bar, not beside the names


def test_ticks_have_no_more_decimals_than_their_steps_need():
    write = tick_writer("vi", [0.0, 0.25, 0.5])
    assert [write(value, None) for value in (0.0, 0.25, 0.5)] == ["0", "0,25", "0,50"]
