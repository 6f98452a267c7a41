"""Before and after, drawn: each number on a line of its own, with its interval."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from simulator.presentation.figure_words import SIZE
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import Scale, format_number
from simulator.presentation.style import GREY, PALE, WIDTH, Drawing, house_style, look_of
from simulator.presentation.wording import sentence_case
from simulator.widgets.training.readings import measure_format, measure_name, measure_unit, write_reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from simulator.presentation.numbers import Lang
    from simulator.widgets.training.readings import Reading

_ROW: Final = 0.84
_AXES: Final = 0.36
"""Inches: a line with its title and its numbers, and what of it is drawn on."""
_LEFT, _RIGHT = 0.17, 0.05
_ROOM: Final = 0.12
"""Part of the range left free on both sides."""


def draw_readings(before: Mapping[str, Reading], after: Mapping[str, Reading], lang: Lang) -> Drawing:
    """Draw numbers before and after: a ring and a square, each with its interval.

    Parameters
    ----------
    before, after
        Name → what was read.
    lang
        Language of the words.
    """
    height = _ROW * len(after) + 0.08
    with house_style():
        figure = Figure(figsize=(WIDTH, height))
        for row, name in enumerate(after):
            bottom = 1 - ((row + 1) * _ROW - 0.24) / height
            panel = figure.add_axes((_LEFT, bottom, 1 - _LEFT - _RIGHT, _AXES / height))
            _draw_row(panel, name, before[name], after[name], lang)
    said = [_say(name, before[name], after[name], lang) for name in after]
    return Drawing("training-figure", lang, figure, translate("training.figure.title", lang), said[0], " ".join(said))


def _say(name: str, before: Reading, after: Reading, lang: Lang) -> str:
    """Tell one number before and after; of one that is written alike, that it stays."""
    was, became = write_reading(name, before, lang), write_reading(name, after, lang)
    key = "training.figure.stays" if was == became else "training.figure.says"
    return translate(key, lang, measure=sentence_case(measure_name(name, lang)), before=was, **({} if was == became else {"after": became}))


def _draw_row(panel: Axes, name: str, before: Reading, after: Reading, lang: Lang) -> None:
    form = measure_format(name, lang)
    factor = form.scale.factor
    for height, reading, key, place in ((1, before, "before", 0), (0, after, "after", 1)):
        look = look_of(place)
        words = translate(f"training.figure.{key}", lang)
        panel.text(-0.015, height, words, transform=panel.get_yaxis_transform(), ha="right", va="center", fontsize=8)
        if not math.isfinite(reading.value):
            panel.text(0.5, height, translate("table.undefined", lang), transform=panel.get_yaxis_transform(), ha="center", va="center", fontsize=8)
            continue
        if math.isfinite(reading.low) and math.isfinite(reading.high):
            panel.plot([reading.low * factor, reading.high * factor], [height, height], color=look.colour, linewidth=2.2, solid_capstyle="butt")
        face = "white" if key == "before" else look.colour
        panel.plot([reading.value * factor], [height], marker=look.marker, color=look.colour, markerfacecolor=face, markersize=7, clip_on=False)
    low, high = _range([before, after], factor)
    panel.set_xlim(low, high)
    panel.set_ylim(-0.6, 1.6)
    panel.set_yticks([])
    panel.axvspan(low, high, color=PALE, alpha=0.35, zorder=0, linewidth=0)
    if low < 0 < high:
        panel.axvline(0, color=GREY, linewidth=0.8, zorder=1)
    panel.tick_params(axis="x", labelsize=8, pad=1)
    if form.scale is Scale.AMOUNT and form.places == 0:
        panel.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True))
    ticks = [tick for tick in panel.get_xticks() if low <= tick <= high]
    places = max((len(f"{tick:g}".partition(".")[2]) for tick in ticks), default=0)
    panel.set_xticks(ticks, [_written(tick, places, lang) for tick in ticks])
    panel.text(0, 1.12, _titled(name, lang), transform=panel.transAxes, ha="left", va="bottom", fontsize=SIZE)
    for side in ("left", "right", "top"):
        panel.spines[side].set_visible(False)


def _titled(name: str, lang: Lang) -> str:
    """Name what is drawn, with its unit where it has one."""
    unit = measure_unit(name, lang).strip()
    called = sentence_case(measure_name(name, lang))
    return f"{called} ({unit})" if unit else called


def _written(tick: float, places: int, lang: Lang) -> str:
    return format_number(tick, lang, places)


def _range(readings: list[Reading], factor: float) -> tuple[float, float]:
    """Give the ends of the axis: all that is drawn, nothing, and some room."""
    numbers = [number * factor for each in readings for number in (each.value, each.low, each.high) if math.isfinite(number)]
    low, high = min([0.0, *numbers]), max([0.0, *numbers])
    room = _ROOM * (high - low) or 1.0
    return low - room, high + room
