"""The figures of a measured list. Each returns with one sentence saying what to see, and a text for those who cannot see it; none is drawn of nothing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from simulator.presentation.figure_words import SIZE, height_of, wrap
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_number, is_undefined
from simulator.presentation.registers.measurement_sentences import (
    NO_EFFECT_AT,
    format_of,
    interval_words,
    say_drawn,
    say_mix,
    value_words,
    with_interval,
)
from simulator.presentation.registers.measurement_table import QUESTIONS
from simulator.presentation.style import CAUSE_FILLS, GREY, INK, PALE, SMALLEST, WIDTH, Drawing, freeze, house_style, spread
from simulator.presentation.wording import CAUSES, indicator_name, scale_of, sentence_case

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes

    from simulator.indicators.measurement import Measured, Measurement
    from simulator.presentation.numbers import Lang, NumberFormat

_STRIP = 0.6
_FOOT = 0.14
_NAME = 2.45
_VALUES = 1.4
"""Inches: a row, the room below the last, the column of names, and that of values."""
_AXIS_AT = -0.62
"""Where the axis of a row lies, from -1 at its foot to 1."""
_NARROW_PART = 0.06
_PART = 1.4
_AXIS, _A_UNIT, _LIFT = 0.6, 0.73, 0.62
"""Inches: the column of the name of a part, the axis below the bar, and a unit of the upright axis; in such units, how far above the bar the names begin."""


def drawn_indicators(measurement: Measurement) -> dict[str, tuple[str, ...]]:
    """Give question → the indicators that have a value or bounds to draw."""
    drawn = {}
    for question, names in QUESTIONS.items():
        found = tuple(name for name in names if name in measurement.indicators and _has_place(measurement.indicators[name]))
        if found:
            drawn[question] = found
    return drawn


def _has_place(measured: Measured) -> bool:
    return not is_undefined(measured.value) or (measured.low is not None and measured.high is not None)


def draw_measured(measurement: Measurement, question: str, lang: Lang = "vi") -> Drawing | None:
    """Draw each indicator that answers a question as a dot with its interval, on a scale of its own; nothing where none has a place."""
    names = drawn_indicators(measurement).get(question, ())
    if not names:
        return None
    titles = {name: wrap(sentence_case(indicator_name(name, lang)), _NAME) for name in names}
    values = {name: wrap(_value_and_interval(name, measurement.indicators[name], lang), _VALUES) for name in names}
    strip = max([_STRIP, *(height_of(1 + words.count("\n")) + 0.1 for words in (*titles.values(), *values.values()))])
    height = strip * len(names) + _FOOT
    with house_style():
        figure = Figure(figsize=(WIDTH, height))
        axes = figure.subplots(len(names), 1, squeeze=False)
        figure.subplots_adjust(left=(_NAME + 0.15) / WIDTH, right=1 - (_VALUES + 0.15) / WIDTH, top=1, bottom=_FOOT / height, hspace=0)
        for panel, name in zip(axes.flat, names, strict=True):
            _draw_strip(panel, name, measurement.indicators[name], (titles[name], values[name]), lang)
        freeze(figure)
    title = translate("figure.measured.title", lang, question=translate(f"table.measure.group.{question}", lang))
    return Drawing(f"measured-{question}-figure", lang, figure, title, say_drawn(measurement, names, lang), _describe(measurement, names, lang))


def _draw_strip(panel: Axes, name: str, measured: Measured, words: tuple[str, str], lang: Lang) -> None:
    factor = scale_of(name).factor
    ends = [end * factor for end in (measured.low, measured.high) if end is not None]
    dots = [] if measured.value is None else [measured.value * factor]
    neutral = NO_EFFECT_AT.get(name)
    marks = [*ends, *dots, 0.0 if neutral is None else neutral * factor]
    room = 0.14 * (max(marks) - min(marks) or 1.0)
    panel.set_xlim(min(marks) - room, max(marks) + room)
    panel.set_ylim(-1, 1)
    if neutral is not None:
        # It ends above the numbers of the axis, one of which is its own.
        panel.axvline(neutral * factor, ymin=(1 + _AXIS_AT) / 2, color=GREY, linewidth=1, linestyle=(0, (3, 2)))
    if ends:
        is_bounds = measured.value is None
        panel.plot(ends, [0.15, 0.15], color=INK, linewidth=1.4 if is_bounds else 2.2, linestyle=":" if is_bounds else "-", solid_capstyle="butt")
        panel.plot(ends, [0.15, 0.15], "|", color=INK, markersize=8)
    if dots:
        panel.plot(dots, [0.15], "o", color="#0072B2", markersize=7, markeredgecolor=INK, markeredgewidth=0.8)
    across = panel.get_yaxis_transform()
    panel.text(-0.03, 0.15, words[0], transform=across, ha="right", va="center", fontsize=SIZE)
    panel.text(1.03, 0.15, words[1], transform=across, ha="left", va="center", fontsize=SIZE)
    panel.set_yticks([])
    for side in ("left", "bottom"):
        panel.spines[side].set_visible(False)
    panel.axhline(_AXIS_AT, color=PALE, linewidth=1.2, zorder=0)
    panel.tick_params(axis="x", length=0, labelsize=SMALLEST, labelcolor=GREY, pad=-7)
    panel.xaxis.set_major_locator(MaxNLocator(nbins=3, steps=[1, 2, 2.5, 5, 10]))
    panel.xaxis.set_major_formatter(FuncFormatter(tick_writer(lang, [*panel.get_xticks()])))


def _value_and_interval(name: str, measured: Measured, lang: Lang) -> str:
    form = format_of(name, measured, lang=lang)
    if is_undefined(measured.value):
        return with_interval(measured, form)
    form = form.around(measured.low, measured.high)
    return f"{value_words(measured, form)}\n{interval_words(measured, form)}".rstrip()


def tick_writer(lang: Lang, ticks: Sequence[float]) -> Callable[[float, int | None], str]:
    """Return what writes the ticks of an axis as a reader of this language does, with no more decimals than the steps need."""
    step = min((abs(after - before) for before, after in pairwise(ticks)), default=1.0)
    places = next((count for count in range(4) if abs(step * 10**count - round(step * 10**count)) < 1e-6), 4)  # noqa: PLR2004

    def write(value: float, _position: int | None = None) -> str:
        return format_number(value, lang, 0 if abs(value) < step / 2 else places)

    return write


def _describe(measurement: Measurement, names: Sequence[str], lang: Lang) -> str:
    items = {name: measurement.indicators[name] for name in names}
    values = "; ".join(f"{indicator_name(name, lang)} {with_interval(found, format_of(name, found, lang=lang))}" for name, found in items.items())
    return translate("figure.measured.alt", lang, values=values)


def draw_measured_mix(measurement: Measurement, lang: Lang = "vi") -> Drawing | None:
    """Draw, of 100 awards, one stacked bar: by merit, by turn, tied to post, unexplained; each part with its interval."""
    parts = {cause: measurement.allocation_mix[cause] for cause in CAUSES if cause in measurement.allocation_mix}
    if len(parts) < len(CAUSES) or any(is_undefined(part.value) for part in parts.values()):
        return None
    form = format_of("merit", *parts.values(), lang=lang)
    named = {cause: _name_and_value(cause, part, form) for cause, part in parts.items()}
    above = _LIFT + height_of(1 + max(words.count("\n") for words in named.values())) / _A_UNIT
    with house_style():
        figure = Figure(figsize=(WIDTH, _AXIS + (0.5 + above) * _A_UNIT), layout="constrained")
        panel = figure.subplots()
        right, left = 0.0, 0.0
        middles: list[float] = []
        for cause, part in parts.items():
            share = part.value or 0.0
            start = right if share >= 0 else left
            fill, hatch, ink = CAUSE_FILLS[cause]
            panel.barh(0, 100 * share, left=100 * start, height=0.62, color=fill, hatch=hatch, edgecolor=INK, linewidth=0.8)
            if abs(share) >= _NARROW_PART:
                box = {"boxstyle": "round,pad=0.15", "facecolor": fill, "edgecolor": "none"} if hatch else None
                number = form.value(share)
                panel.text(100 * (start + share / 2), 0, number, ha="center", va="center", color=ink, bbox=box, fontsize=9)
            middles.append(100 * (start + share / 2))
            right, left = (right + share, left) if share >= 0 else (right, left + share)
        first, last = min(-1.0, 100 * left - 1), max(102.0, 100 * right + 2)
        width = last - first
        places = spread(middles, 0.25 * width, first + 0.125 * width, last - 0.125 * width)
        for words, middle, place in zip(named.values(), middles, places, strict=True):
            arrow = {"arrowstyle": "-", "color": GREY}
            panel.annotate(words, (middle, -0.31), (place, -_LIFT), ha="center", va="bottom", fontsize=SIZE, arrowprops=arrow)
        panel.plot([0, 0], [0.5, -0.4], color=INK, linewidth=1)
        panel.set_xlim(first, last)
        panel.set_ylim(0.5, -above)
        panel.set_yticks([])
        panel.spines["left"].set_visible(False)
        panel.set_xlabel(translate("figure.mix.axis", lang))
        panel.xaxis.set_major_formatter(FuncFormatter(lambda value, _: format_number(value, lang)))
        freeze(figure)
    title, says = translate("figure.mix.title", lang), say_mix(measurement, lang)
    return Drawing("measured-mix-figure", lang, figure, title, says, translate("figure.measured.mix-alt", lang, values=says))


def _name_and_value(cause: str, part: Measured, form: NumberFormat) -> str:
    beside = form.around(part.low, part.high)
    words = f"{sentence_case(translate(f'table.mix.{cause}', form.lang))}\n{beside.value(part.value)} {beside.interval(part.low, part.high)}"
    return wrap(words.rstrip(), _PART)
