"""The figures of a comparison. Each returns with one sentence saying what to see, and a text for those who cannot see it."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from simulator.presentation.figure_words import SIZE, WIDE_NAMES, height_of, name_lines, panel_width, row_height, share_out, wrap
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NumberFormat, format_number, is_undefined
from simulator.presentation.results.describing import describe_allocation_mix, describe_by_year, describe_comparison, describe_course
from simulator.presentation.results.mechanisms import describe_mechanisms, mechanism_name, mechanisms_at_work, say_mechanisms, shares_of
from simulator.presentation.results.sentences import say_allocation_mix, say_by_year, say_comparison, say_course
from simulator.presentation.style import CAUSE_FILLS, GREY, INK, MECHANISM_FILLS, PALE, WIDTH, Drawing, freeze, house_style, look_of, spread
from simulator.presentation.wording import (
    CAUSES,
    compared_names,
    course_name,
    course_scale,
    headline_names,
    name_in,
    other_options,
    pick,
    scale_of,
    sentence_case,
    verdict_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from matplotlib.axes import Axes

    from simulator.experiments.results.comparison import Comparison, IndicatorComparison, OptionComparison
    from simulator.presentation.numbers import Lang

_NARROW_PART = 0.045
_KEYS_A_ROW = 3
_LEAST_MARGINS_SHOWN = 3.0
_VERDICT = 1.08
"""Inches: the words right of a panel of differences."""
_BAR_NAMES = 2.1
"""Inches: the column of long names left of bars."""
_PANEL, _TALL_PANEL, _LOW_PANEL = 1.3, 1.6, 1.1
"""Inches: the height of a panel of lines, at most where many names stand beside them, and of one among several that leave room for a key."""
_BESIDE_NAMES = 0.3
"""Inches of a panel of lines that the names beside them do not have."""
_TITLE = 0.3
"""Inches: the name of the indicator above its panel, where there are several."""
_LINE_NAMES = 1.75
"""Inches: the column of names right of lines."""
_KEY = 2.4
"""Inches: a name in the key of numbered lines."""
_ABOVE = 0.6
"""Inches: the names of the causes above the first bar."""


def draw_comparisons(comparison: Comparison, lang: Lang = "vi") -> list[Drawing]:
    """Draw the differences in as many figures as pages need to hold them: one, unless there are many options with long names."""
    names, options = compared_names(comparison), other_options(comparison)
    row = 0.95 + len(options) * row_height(_option_names(options, lang), 0.36)
    drawings = []
    for number, of_figure in enumerate(share_out(names, 2, row, 0.35)):
        kept = [
            replace(option, indicators={name: option.indicators[name] for name in of_figure if name in option.indicators})
            for option in comparison.options
        ]
        drawing = draw_comparison(replace(comparison, options=kept) if len(of_figure) < len(names) else comparison, lang)
        drawings.append(drawing if not number else continued(drawing, number + 1))
    return drawings


def continued(drawing: Drawing, number: int) -> Drawing:
    """Name a figure as the continuation of the one before."""
    return replace(drawing, id=f"{drawing.id}-{number}", title=translate("figure.continued", drawing.lang, title=drawing.title))


def draw_comparison(comparison: Comparison, lang: Lang = "vi") -> Drawing:
    """Draw each option's difference from the baseline with its interval, one panel an indicator, the margin shaded."""
    names = compared_names(comparison)
    options = other_options(comparison)
    with house_style():
        rows = max(1, (len(names) + 1) // 2)
        figure = Figure(
            figsize=(WIDTH, 0.35 + rows * (0.95 + max(1, len(options)) * row_height(_option_names(options, lang), 0.36))), layout="constrained"
        )
        figure.get_layout_engine().set(w_pad=0.04, h_pad=0.06)  # type: ignore[union-attr, call-arg]  # set by layout=
        axes = figure.subplots(rows, 2, squeeze=False, sharey=True)
        for panel, name in zip(axes.flat, names, strict=False):
            _draw_differences(panel, comparison, name, lang)
        for panel in list(axes.flat)[len(names) :]:
            panel.set_axis_off()
        axis = f"{translate('figure.comparison.axis', lang)}; {translate('figure.comparison.margin', lang)}"
        figure.supxlabel(axis, fontsize=SIZE)
        freeze(figure)
    title = translate("figure.comparison.title", lang, baseline=pick(comparison.option(comparison.baseline_option).title, lang))
    return Drawing("comparison-figure", lang, figure, title, say_comparison(comparison, lang), describe_comparison(comparison, lang))


def _draw_differences(panel: Axes, comparison: Comparison, name: str, lang: Lang) -> None:
    form = NumberFormat(lang, scale_of(name))
    factor = form.scale.factor
    options = other_options(comparison)
    items = [option.indicators.get(name) for option in options]
    margin = next((item.margin for item in items if item is not None), 0.0) * factor
    panel.axvspan(-margin, margin, color=PALE, zorder=0, linewidth=0)
    panel.axvline(0, color=INK, linewidth=1, zorder=1)
    for row, (option, item) in enumerate(zip(options, items, strict=True)):
        if item is not None and not is_undefined(item.difference):
            _draw_difference(panel, row, item, look_of(_position(comparison, option)).colour, look_of(_position(comparison, option)).marker)
        words = translate("table.undefined", lang) if item is None or is_undefined(item.difference) else verdict_words(item, lang, is_brief=True)
        panel.text(1.02, row, wrap(words, _VERDICT), transform=panel.get_yaxis_transform(), ha="left", va="center", fontsize=SIZE)
    reach = max([abs(end) * factor for item in items if item for end in (item.difference_low, item.difference_high) if end is not None] + [margin])
    reach = reach or 1.0
    panel.set_xlim(-1.12 * reach, 1.12 * reach)
    panel.set_ylim(len(options) - 0.45, -0.55)
    panel.set_yticks(range(len(options)), _option_names(options, lang))
    panel.tick_params(axis="y", length=0)
    panel.spines["left"].set_visible(False)
    unit = translate(f"table.unit.difference.{form.scale}", lang)
    title = sentence_case(name_in(comparison, name, lang)) + (f" ({unit})" if unit else "")
    panel.set_title(wrap(title, panel_width(2), 9, is_bold=True))
    number_axis(panel, lang, is_signed=True, n_steps=3)


def _option_names(options: Sequence[OptionComparison], lang: Lang, wide: float = WIDE_NAMES) -> list[str]:
    """Give the titles of the options in lines of the column left of bars and panels."""
    return name_lines((pick(option.title, lang) for option in options), wide)


def _draw_difference(panel: Axes, row: int, item: IndicatorComparison, colour: str, marker: str) -> None:
    factor = scale_of(item.name).factor
    if item.difference_low is not None and item.difference_high is not None:
        panel.plot([item.difference_low * factor, item.difference_high * factor], [row, row], color=colour, linewidth=2.2, solid_capstyle="butt")
    fill = colour if item.verdict == "clear" else "white"
    panel.plot([(item.difference or 0.0) * factor], [row], marker=marker, color=colour, markerfacecolor=fill, markersize=7.5, markeredgewidth=1.6)


def draw_allocation_mix(comparison: Comparison, lang: Lang = "vi") -> Drawing:
    """Draw, per 100 awards, one stacked bar an option: merit, turn, post, unexplained."""
    options = comparison.options
    with house_style():
        high = row_height(_option_names(options, lang, _BAR_NAMES), 0.4)
        figure = Figure(figsize=(WIDTH, 0.45 + _ABOVE + high * len(options)), layout="constrained")
        panel = figure.subplots()
        _draw_bars(panel, options, [{cause: _share(option, cause) for cause in CAUSES} for option in options], CAUSE_FILLS, lang)
        _label_causes(panel, options, lang, high)
        panel.set_ylim(len(options) - 0.5, -0.5 - _ABOVE / high)
        freeze(figure)
    title = translate("figure.mix.title", lang)
    return Drawing("mix-figure", lang, figure, title, say_allocation_mix(comparison, lang), describe_allocation_mix(comparison, lang))


def draw_mechanisms(comparison: Comparison, lang: Lang = "vi") -> Drawing:
    """Draw, per 100 awards of the last year, one bar an option: the part of each mechanism, those that pointed to others left of zero."""
    options, names = comparison.options, mechanisms_at_work(comparison)
    with house_style():
        figure = Figure(figsize=(WIDTH, 1.6 + row_height(_option_names(options, lang, _BAR_NAMES), 0.4) * len(options)), layout="constrained")
        panel = figure.subplots()
        known = [shares_of(option) for option in options]
        _draw_bars(panel, options, [{name: shares[name] for name in names if name in shares} for shares in known], MECHANISM_FILLS, lang)
        for row, shares in enumerate(known):
            if not shares:
                panel.text(1, row, translate("table.undefined", lang), va="center", fontsize=SIZE)
        panel.axvline(0, color=INK, linewidth=1)
        panel.set_ylim(len(options) - 0.5, -0.5)
        handles = [_key(comparison, name, lang) for name in names]
        by_rows = [*chain.from_iterable(handles[start::_KEYS_A_ROW] for start in range(_KEYS_A_ROW))]  # a legend is filled column by column
        figure.legend(
            handles=by_rows, loc="outside upper left", ncols=_KEYS_A_ROW, frameon=False, handlelength=2.6, handleheight=1.3, columnspacing=1.2
        )
        freeze(figure)
    title = translate("figure.mechanisms.title", lang)
    return Drawing("mechanisms-figure", lang, figure, title, say_mechanisms(comparison, lang), describe_mechanisms(comparison, lang))


def _key(comparison: Comparison, mechanism: str, lang: Lang) -> Patch:
    fill, hatch, _ = MECHANISM_FILLS[mechanism]
    return Patch(facecolor=fill, hatch=hatch, edgecolor=INK, linewidth=0.8, label=wrap(mechanism_name(comparison, mechanism, lang), 1.5))


def _draw_bars(
    panel: Axes, options: Sequence[OptionComparison], shares: Sequence[Mapping[str, float]], fills: Mapping[str, tuple[str, str, str]], lang: Lang
) -> None:
    """Draw one stacked bar an option, of 100 awards."""
    ends = [_draw_bar(panel, row, of_option, fills, lang) for row, of_option in enumerate(shares)]
    panel.set_xlim(min([-1.0, *(left - 1 for left, _ in ends)]), max([102.0, *(right + 2 for _, right in ends)]))
    panel.set_yticks(range(len(options)), _option_names(options, lang, _BAR_NAMES))
    panel.tick_params(axis="y", length=0)
    panel.spines["left"].set_visible(False)
    panel.set_xlabel(translate("figure.mix.axis", lang))
    number_axis(panel, lang)


def _draw_bar(panel: Axes, row: int, shares: Mapping[str, float], fills: Mapping[str, tuple[str, str, str]], lang: Lang) -> tuple[float, float]:
    """Stack the parts rightwards from zero, a part below zero leftwards so that no length hides another, and return both ends."""
    right, left = 0.0, 0.0
    for name, share in shares.items():
        start = right if share >= 0 else left
        fill, hatch, ink = fills[name]
        panel.barh(row, 100 * share, left=100 * start, height=0.62, color=fill, hatch=hatch, edgecolor=INK, linewidth=0.8)
        if abs(share) >= _NARROW_PART:
            box = {"boxstyle": "round,pad=0.15", "facecolor": fill, "edgecolor": "none"} if hatch else None
            panel.text(100 * (start + share / 2), row, format_number(100 * share, lang), ha="center", va="center", color=ink, bbox=box, fontsize=9)
        if share >= 0:
            right += share
        else:
            left += share
    return 100 * left, 100 * right


def _label_causes(panel: Axes, options: list[OptionComparison], lang: Lang, high: float) -> None:
    """Write each cause's name above its part of the first bar, names moved apart, a thin line joining name and part."""
    if not options:
        return
    middles, start = [], 0.0
    for cause in CAUSES:
        share = max(0.0, _share(options[0], cause))
        middles.append(100 * (start + share / 2))
        start += share
    for cause, middle, place in zip(CAUSES, middles, spread(middles, 24, 11, 90), strict=True):
        name = wrap(translate(f"table.mix.{cause}", lang), 0.85)
        arrow = {"arrowstyle": "-", "color": GREY}
        panel.annotate(name, (middle, -0.31), (place, -0.31 - 0.16 / high), ha="center", va="bottom", fontsize=SIZE, arrowprops=arrow)


def draw_courses(comparison: Comparison, lang: Lang = "vi") -> list[Drawing]:
    """Draw each headline indicator year by year in a figure of its own: a page is filled with low figures as it is not with one tall one."""
    drawings = []
    for name in headline_names(comparison):
        title = translate("table.by-year.caption", lang, indicator=_course_title(name, lang))
        says, alt = say_course(comparison, name, lang), describe_course(comparison, name, lang)
        drawings.append(Drawing(f"by-year-{name}-figure", lang, _figure_of_lines(comparison, [name], lang), title, says, alt))
    return drawings


def draw_by_year(comparison: Comparison, lang: Lang = "vi") -> Drawing:
    """Draw the three headline indicators year by year, one line an option, its interval a pale band."""
    figure = _figure_of_lines(comparison, headline_names(comparison), lang)
    title = translate("figure.by-year.title", lang)
    return Drawing("by-year-figure", lang, figure, title, say_by_year(comparison, lang), describe_by_year(comparison, lang))


def _figure_of_lines(comparison: Comparison, names: Sequence[str], lang: Lang) -> Figure:
    with house_style():
        is_named = _names_height(comparison, lang) <= _TALL_PANEL
        key = [] if is_named else [wrap(f"{number}. {pick(option.title, lang)}", _KEY) for number, option in enumerate(comparison.options, start=1)]
        key_height = 0.15 + sum(row_height([each], 0.0) for each in key) / 2 * 1.15 if key else 0.0
        title_height = _TITLE if len(names) > 1 else 0.0
        panel_height = _panel_height(comparison, lang, is_alone=len(names) == 1)
        high = (panel_height + title_height) * max(1, len(names))
        figure = Figure(figsize=(WIDTH, 0.35 + high + key_height), layout="constrained")
        figure.get_layout_engine().set(h_pad=0.06)  # type: ignore[union-attr, call-arg]  # set by layout=
        axes = figure.subplots(max(1, len(names)), 1, squeeze=False)
        for panel, name in zip(axes.flat, names, strict=False):
            _draw_lines(panel, comparison, name, lang, inches=panel_height, is_named=is_named)
            if title_height:  # a figure of one indicator has its name in the title
                panel.set_title(wrap(_course_title(name, lang), WIDTH - 0.7, 9, is_bold=True))
        if key:
            handles = [
                Line2D([], [], color=look_of(n).colour, ls=look_of(n).line, marker=look_of(n).marker, markersize=4.5, label=words)
                for n, words in enumerate(key)
            ]
            figure.legend(handles=handles, loc="outside upper left", ncols=2, frameon=False, handlelength=3, columnspacing=1.2)
        axes.flat[-1].set_xlabel(translate("figure.by-year.axis", lang))
        freeze(figure)
    return figure


def _course_title(name: str, lang: Lang) -> str:
    unit = translate(f"table.unit.value.{course_scale(name)}", lang)
    return sentence_case(course_name(name, lang)) + (f" ({unit})" if unit else "")


def _names_height(comparison: Comparison, lang: Lang) -> float:
    """Say how high a panel has to be for the titles of the options to stand beside the ends of the lines, one below the other."""
    names = [wrap(pick(option.title, lang), _LINE_NAMES) for option in comparison.options]
    return len(names) * height_of(1 + max((name.count("\n") for name in names), default=0)) + _BESIDE_NAMES


def _panel_height(comparison: Comparison, lang: Lang, *, is_alone: bool) -> float:
    """Give a panel the height its names need; where they find no room in any, each line ends in a number, and a key names it.

    Where it is alone in its figure, there is room to tell as many lines apart as end in a number.
    """
    needed = _names_height(comparison, lang)
    if needed <= _TALL_PANEL:
        return max(_PANEL, needed)
    return _BESIDE_NAMES + len(comparison.options) * height_of(1) if is_alone else _LOW_PANEL


def _draw_lines(panel: Axes, comparison: Comparison, name: str, lang: Lang, *, inches: float, is_named: bool) -> None:
    """Draw the lines of all options in a panel that is so many inches high."""
    factor = course_scale(name).factor
    ends: list[tuple[int, float]] = []
    for position, option in enumerate(comparison.options):
        look = look_of(position)
        known = [(year, item) for year, item in zip(comparison.years, option.by_year.get(name, []), strict=False) if not is_undefined(item.value)]
        if not known:
            continue
        years = [year for year, _ in known]
        values = [(item.value or 0.0) * factor for _, item in known]
        banded = [(year, item.low * factor, item.high * factor) for year, item in known if item.low is not None and item.high is not None]
        if banded:
            years_banded, lows, highs = (list(column) for column in zip(*banded, strict=True))
            panel.fill_between(years_banded, lows, highs, color=look.colour, alpha=0.10, linewidth=0)
        panel.plot(years, values, color=look.colour, linestyle=look.line, marker=look.marker, markersize=4.5, linewidth=1.7)
        ends.append((position, values[-1]))
    low, high = _at_least_this_tall(*panel.get_ylim(), _margin(comparison, name) * factor * _LEAST_MARGINS_SHOWN)
    panel.set_ylim(low, high)
    panel.set_xlim(comparison.years[0] - 0.2, comparison.years[-1] + 0.3)
    room = high - low
    named = [wrap(pick(option.title, lang), _LINE_NAMES) if is_named else str(number) for number, option in enumerate(comparison.options, start=1)]
    n_lines = max((1 + name.count("\n") for name in named), default=1)
    gap = height_of(n_lines) * (1.0 if is_named else 0.5) / (inches - 0.4) * room
    beside = 0.045 * (comparison.years[-1] - comparison.years[0] + 0.5)
    places = spread([value for _, value in ends], gap, low, high - 0.05 * room)
    for (position, value), place in zip(ends, places, strict=True):
        column = 0 if is_named else sorted(places).index(place) % 2  # numbers stand in two columns, for they are narrow and many
        panel.annotate(
            named[position],
            (comparison.years[-1], value),
            (comparison.years[-1] + beside * (1 + column), place),
            va="center",
            fontsize=SIZE,
            linespacing=1.05,
            arrowprops={"arrowstyle": "-", "color": look_of(position).colour, "linewidth": 0.9, "relpos": (0, 0.5)},  # to where the name begins
            annotation_clip=False,
        )
    panel.grid(axis="y", color=PALE, linewidth=0.8)
    panel.set_axisbelow(True)
    panel.xaxis.set_major_locator(MaxNLocator(integer=True))
    panel.xaxis.set_major_formatter(FuncFormatter(lambda year, _: f"{year:.0f}"))
    panel.yaxis.set_major_locator(MaxNLocator(nbins=4))
    panel.yaxis.set_major_formatter(FuncFormatter(_tick_writer(lang, [*panel.get_yticks()])))


def number_axis(panel: Axes, lang: Lang, *, is_signed: bool = False, n_steps: int = 5) -> None:
    """Write the ticks of the horizontal axis as a reader of this language does, with no more decimals than the steps need."""
    panel.xaxis.set_major_locator(MaxNLocator(nbins=n_steps, steps=[1, 2, 2.5, 5, 10]))
    panel.xaxis.set_major_formatter(FuncFormatter(_tick_writer(lang, [*panel.get_xticks()], is_signed=is_signed)))


def _tick_writer(lang: Lang, ticks: list[float], *, is_signed: bool = False) -> Callable[[float, int | None], str]:
    step = min((abs(after - before) for before, after in pairwise(ticks)), default=1.0)
    places = next((count for count in range(4) if abs(step * 10**count - round(step * 10**count)) < 1e-6), 4)  # noqa: PLR2004

    def write(value: float, _position: int | None = None) -> str:
        text = format_number(value, lang, 0 if abs(value) < step / 2 else places)
        return f"+{text}" if is_signed and value > step / 2 else text

    return write


def _margin(comparison: Comparison, name: str) -> float:
    return next((option.indicators[name].margin for option in comparison.options if name in option.indicators), 0.0)


def _at_least_this_tall(low: float, high: float, height: float) -> tuple[float, float]:
    """Widen a range that is smaller than a few margins, so that a wobble nobody should heed does not fill the panel."""
    missing = max(0.0, height - (high - low)) / 2
    return low - missing, high + missing


def _share(option: OptionComparison, cause: str) -> float:
    estimate = option.allocation_mix.get(cause)
    return 0.0 if estimate is None or estimate.value is None or is_undefined(estimate.value) else estimate.value


def _position(comparison: Comparison, option: OptionComparison) -> int:
    return [other.id for other in comparison.options].index(option.id)
