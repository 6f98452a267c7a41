"""The figures of a list year by year. Each returns with one sentence saying what to see, and a text for those who cannot see it; none is drawn of nothing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from simulator.presentation.figure_words import SIZE, height_of, width_of, wrap
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NO_BREAK_SPACE, NumberFormat, Scale, format_count, format_number
from simulator.presentation.registers.measurement_figures import tick_writer
from simulator.presentation.registers.measurement_sentences import NEUTRAL, followed, format_of, group_name, say_counts, say_course, with_interval
from simulator.presentation.style import GREY, INK, PALE, WIDTH, Drawing, freeze, house_style, spread
from simulator.presentation.wording import indicator_name, scale_of, sentence_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from simulator.indicators.measurement import Measured
    from simulator.indicators.yearly import MeasuredYear
    from simulator.presentation.numbers import Lang
    from simulator.presentation.registers.yearly_anonymity import ToldCounts

YEARLY = ("award_rate", "leader_share", "turn_taking_index")
"""What is drawn year by year."""
_FILLS = (("#0072B2", ""), ("#F0C266", "////"), ("#D98E5F", "xxxx"), ("#8FCDB8", "----"), ("#DDB3CC", "\\\\\\\\"), ("#ededed", ".."))
_BAR_OF_COUNTS = 0.7
_NARROW_COUNT = 0.07
_GROUP_NAMES = 1.5
_AXIS = 0.6
_COUNTS_HIGH, _COURSE_HIGH = 2.9, 1.9
"""Inches: the column of groups, the axis of a panel, and the heights of the figures of counts and of one indicator."""


def draw_years(years: Sequence[MeasuredYear], lang: Lang = "vi") -> list[Drawing]:
    """Draw what can be followed over the years, each indicator in a figure of its own; none where there are too few years."""
    return [_draw_year_by_year(years, name, lang) for name in YEARLY if len(followed(years, name)) > 1]


def _draw_year_by_year(years: Sequence[MeasuredYear], name: str, lang: Lang) -> Drawing:
    """Draw one indicator, each year a dot with its interval; a line joins only years that follow one another."""
    with house_style():
        figure = Figure(figsize=(WIDTH, _COURSE_HIGH), layout="constrained")
        panel = figure.subplots()
        _draw_course(panel, years, name, lang)
        panel.set_xlabel(translate("figure.years.axis", lang))
        freeze(figure)
    form = _course_format(years, name, lang)
    told = "; ".join(f"{year}: {with_interval(measured, form)}" for year, measured in followed(years, name))
    indicator = sentence_case(indicator_name(name, lang))
    alt = translate("figure.years.alt", lang, indicator=indicator, values=told)
    unit = translate(f"table.unit.value.{scale_of(name)}", lang)
    title = translate("figure.years.title", lang, indicator=f"{indicator} ({unit})" if unit else indicator)
    return Drawing(f"years-{name}-figure", lang, figure, title, say_course(years, name, lang), alt)


def _course_format(years: Sequence[MeasuredYear], name: str, lang: Lang) -> NumberFormat:
    return format_of(name, *(measured for _, measured in followed(years, name)), lang=lang)


def _draw_course(panel: Axes, years: Sequence[MeasuredYear], name: str, lang: Lang) -> None:
    factor, form = scale_of(name).factor, _course_format(years, name, lang)
    points = followed(years, name)
    runs: list[list[tuple[int, Measured]]] = []
    for year, measured in points:
        if runs and runs[-1][-1][0] == year - 1:
            runs[-1].append((year, measured))
        else:
            runs.append([(year, measured)])
    for run in runs:
        panel.plot([year for year, _ in run], [(found.value or 0.0) * factor for _, found in run], color=INK, linewidth=1.5)
        banded = [(year, found.low * factor, found.high * factor) for year, found in run if found.low is not None and found.high is not None]
        if len(banded) == len(run) > 1:
            at, lows, highs = (list(column) for column in zip(*banded, strict=True))
            panel.fill_between(at, lows, highs, color="#0072B2", alpha=0.15, linewidth=0)
    each = (WIDTH - _AXIS) / (years[-1].year - years[0].year + 1)
    told_every = math.ceil(max(width_of(form.value(found.value)) for _, found in points) * 1.15 / each)
    for position, (year, found) in enumerate(points):
        if found.low is not None and found.high is not None:
            panel.plot([year, year], [found.low * factor, found.high * factor], color=INK, linewidth=1, marker="_", markersize=6)
        panel.plot([year], [(found.value or 0.0) * factor], "o", color="#0072B2", markersize=6, markeredgecolor=INK, markeredgewidth=0.7)
        if position % told_every:
            continue
        panel.annotate(form.value(found.value), (year, (found.value or 0.0) * factor), (6, 5), textcoords="offset points", fontsize=SIZE)
    if name in NEUTRAL:
        panel.axhline(NEUTRAL[name], color=GREY, linewidth=1, linestyle=(0, (3, 2)))
    panel.set_xlim(years[0].year - 0.4, years[-1].year + 0.6)
    panel.set_xticks([year.year for year in years][:: math.ceil(width_of("2000") * 1.3 / each)])
    low, high = panel.get_ylim()
    if scale_of(name) is Scale.PERCENT:  # a share is drawn from 0, or a wobble would look like a change
        low = min(0.0, low)
    panel.set_ylim(low - (0.05 * (high - low) if low < 0 else 0.0), high + 0.12 * (high - low))
    panel.grid(axis="y", color=PALE, linewidth=0.8)
    panel.set_axisbelow(True)
    panel.yaxis.set_major_locator(MaxNLocator(nbins=4))
    panel.yaxis.set_major_formatter(FuncFormatter(tick_writer(lang, [*panel.get_yticks()])))


def draw_counts(told: ToldCounts, lang: Lang = "vi") -> Drawing | None:
    """Draw awards by level or by track, one stacked bar a year; a year that is not told says so."""
    if not any(row is not None for row in told.counts):
        return None
    with house_style():
        figure = Figure(figsize=(WIDTH, _COUNTS_HIGH), layout="constrained")
        panel = figure.subplots()
        each = (WIDTH - _AXIS - _GROUP_NAMES - 0.4) / len(told.years)
        tallest = max(sum(row) for row in told.counts if row is not None)
        for position, row in enumerate(told.counts):
            if row is None:
                panel.text(position, 0.03 * tallest, translate("figure.counts.untold", lang), ha="center", va="bottom", fontsize=SIZE, rotation=90)
                continue
            bottom = 0
            for group, count in enumerate(row):
                fill, hatch = _FILLS[group % len(_FILLS)]
                panel.bar(position, count, bottom=bottom, width=_BAR_OF_COUNTS, color=fill, hatch=hatch, edgecolor=INK, linewidth=0.7)
                if count >= _NARROW_COUNT * tallest and width_of(format_count(count, lang)) < 1.4 * _BAR_OF_COUNTS * each:
                    box = {"boxstyle": "round,pad=0.12", "facecolor": fill, "edgecolor": "none"} if hatch else None
                    ink = "white" if not hatch else INK
                    panel.text(position, bottom + count / 2, format_count(count, lang), ha="center", va="center", fontsize=SIZE, color=ink, bbox=box)
                bottom += count
        _name_groups(panel, told, tallest, lang)
        step = math.ceil(width_of("2000") * 1.3 / each)
        panel.set_xticks(range(0, len(told.years), step), [str(year) for year in told.years[::step]])
        panel.set_xlim(-0.6, len(told.years) - 0.4)
        panel.set_ylim(0, 1.05 * tallest)
        panel.set_ylabel(translate("figure.counts.axis", lang))
        panel.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
        panel.yaxis.set_major_formatter(FuncFormatter(lambda value, _: format_number(value, lang)))
        freeze(figure)
    rows = "; ".join(_year_words(told, position, lang) for position in range(len(told.years)))
    title = translate(f"figure.counts.{told.by}.title", lang)
    alt = translate("figure.counts.alt", lang, values=rows)
    return Drawing(f"counts-by-{told.by}-figure", lang, figure, title, say_counts(told, lang), alt)


def _name_groups(panel: Axes, told: ToldCounts, tallest: float, lang: Lang) -> None:
    """Write the name of each group beside the last bar that is told, names moved apart, a thin line joining name and part."""
    at, row = [(position, row) for position, row in enumerate(told.counts) if row is not None][-1]
    names = [wrap(group_name(told, group, lang), _GROUP_NAMES) for group in range(len(row))]
    gap = height_of(1 + max(name.count("\n") for name in names)) / (_COUNTS_HIGH - 0.5) * 1.05 * tallest
    middles = [sum(row[:group]) + row[group] / 2 for group in range(len(row))]
    end = len(told.years) - 0.4
    for group, (middle, place) in enumerate(zip(middles, spread(middles, gap, 0.04 * tallest, tallest), strict=True)):
        panel.annotate(
            names[group],
            (at + _BAR_OF_COUNTS / 2, middle),
            (end + 0.04 * len(told.years), place),
            va="center",
            fontsize=SIZE,
            arrowprops={"arrowstyle": "-", "color": GREY, "linewidth": 0.8, "relpos": (0, 0.5)},
            annotation_clip=False,
        )


def _year_words(told: ToldCounts, position: int, lang: Lang) -> str:
    row = told.counts[position]
    if row is None:
        return f"{told.years[position]}: {translate('figure.counts.untold', lang)}"
    parts = ", ".join(f"{group_name(told, group, lang)} {format_count(count, lang)}" for group, count in enumerate(row))
    return f"{told.years[position]}:{NO_BREAK_SPACE}{parts}"
