"""Effects by clause, drawn: bars of every clause's part for a few indicators, and one indicator stepwise from the baseline to the option."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from simulator.presentation.figure_words import SIZE, panel_width, row_height, share_out, wrap
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NumberFormat, format_shortest
from simulator.presentation.results.attribution_table import part_format, part_title, say_attribution, shown_names
from simulator.presentation.results.figures import continued
from simulator.presentation.results.waterfall import GAIN, LOSS, UNDER
from simulator.presentation.style import GREY, INK, PALE, WIDTH, Drawing, freeze, house_style
from simulator.presentation.wording import indicator_name, pick, sentence_case, with_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from simulator.experiments.attribution.attribute import Attribution, IndicatorAttribution, OptionAttribution
    from simulator.presentation.numbers import Lang

MOST_PANELS: Final = 4
MOST_BARS: Final = 8
"""Bars of a panel; the smallest of more are taken together, and the table of effects has each."""
FEWEST_BARS: Final = 4
"""Bars that a panel has even where its figure becomes higher than half a page so."""
HALF_PAGE: Final = 88 / 25.4
"""Inches: two figures so high fill a page together with their words; one that is higher leaves the rest of its page blank."""
_HEAD_AND_AXIS: Final = 1.08
"""Inches: what a panel takes besides its bars; its name may have two lines."""
_FOOT: Final = 0.3
"""Inches: what stands under all panels."""
_LEAST_ROW: Final = 0.28
"""Inches: a bar whose clause has one line."""
_LABEL: Final = 1.75
"""Inches: the column of clauses."""
_AXIS: Final = 0.65
"""Inches: the axis under a single panel."""
_STEP_LABEL: Final = 2.1
"""Inches: the same, beside a single panel."""


@dataclass(frozen=True)
class Bar:
    """A clause's part; without an interval where several small ones are taken together."""

    title: str
    value: float
    low: float | None
    high: float | None


def bars_of(option: OptionAttribution, name: str, lang: Lang, order: Sequence[str] | None = None) -> list[Bar]:
    """Give the bars of an indicator: the clauses in their order, the smallest of too many together, so that they add up to the whole.

    Parameters
    ----------
    option
        The option.
    name
        The indicator.
    lang
        Language of the titles.
    order
        The clauses that have a bar of their own; those of the largest parts in this indicator by default.
    """
    effects = {effect.clause: effect for effect in option.indicators[name].parts}
    kept = kept_clauses(option, [name]) if order is None else order
    by_clause = {part.clause: part for part in option.parts}
    bars = [Bar(part_title(by_clause[clause], lang), effects[clause].value or 0.0, effects[clause].low, effects[clause].high) for clause in kept]
    others = [part.clause for part in option.parts if part.state == "simulated" and part.clause not in kept]
    if others:
        bars.append(
            Bar(translate("attribution.others", lang, n=str(len(others))), sum(effects[clause].value or 0.0 for clause in others), None, None)
        )
    return bars


def kept_clauses(option: OptionAttribution, names: Sequence[str], most: int = MOST_BARS) -> list[str]:
    """Choose the simulated clauses whose parts are largest beside the margin of an indicator, in the order of the law; a bar is left for the others."""
    simulated = [part.clause for part in option.parts if part.state == "simulated"]
    if len(simulated) <= most:
        return simulated
    sizes = dict.fromkeys(simulated, 0.0)
    for name in names:
        item = option.indicators[name]
        for effect in item.parts:
            if effect.clause in sizes:
                sizes[effect.clause] = max(sizes[effect.clause], abs(effect.value or 0.0) / (item.margin or 1.0))
    largest = set(sorted(simulated, key=lambda clause: -sizes[clause])[: most - 1])
    return [clause for clause in simulated if clause in largest]


def draw_attribution(attribution: Attribution, option: OptionAttribution, lang: Lang = "vi") -> list[Drawing]:
    """Draw each clause's part with its interval, one panel an indicator, the margin shaded; in as many figures as pages need to hold them."""
    names = shown_names(option)[:MOST_PANELS]
    kept = kept_clauses(option, names, _most_bars(option, _FOOT + _HEAD_AND_AXIS, _LABEL, lang))
    titles = [_clause(bar.title, _LABEL) for name in names[:1] for bar in bars_of(option, name, lang, kept)]
    row = _HEAD_AND_AXIS + max(1, len(titles)) * row_height(titles, _LEAST_ROW)
    drawings = [_draw_panels(attribution, option, of_figure, kept, row, lang) for of_figure in share_out(names, 2, row, _FOOT, HALF_PAGE)]
    return [drawing if not number else continued(drawing, number + 1) for number, drawing in enumerate(drawings)]


def _most_bars(option: OptionAttribution, besides: float, label: float, lang: Lang) -> int:
    """Say how many bars find room on half a page, where so many inches are taken by what stands above and below them."""
    titles = [_clause(part_title(part, lang), label) for part in option.parts if part.state == "simulated"]
    return min(MOST_BARS, max(FEWEST_BARS, int((HALF_PAGE - besides) / row_height(titles, _LEAST_ROW))))


def _clause(title: str, inches: float) -> str:
    return wrap(title, inches, most_lines=2)


def _draw_panels(attribution: Attribution, option: OptionAttribution, names: Sequence[str], kept: Sequence[str], row: float, lang: Lang) -> Drawing:
    with house_style():
        rows = max(1, (len(names) + 1) // 2)
        figure = Figure(figsize=(WIDTH, _FOOT + rows * row), layout="constrained")
        figure.get_layout_engine().set(w_pad=0.04, h_pad=0.06)  # type: ignore[union-attr, call-arg]  # set by layout=
        axes = figure.subplots(rows, min(2, max(1, len(names))), squeeze=False, sharey=True)
        for panel, name in zip(axes.flat, names, strict=False):
            _draw_parts(panel, bars_of(option, name, lang, kept), option.indicators[name], name, lang)
        for panel in list(axes.flat)[len(names) :]:
            panel.set_axis_off()
        figure.supxlabel(f"{translate('figure.attribution.axis', lang)}; {translate('figure.comparison.margin', lang)}", fontsize=SIZE)
        freeze(figure)
    moved = most_moved(option, names) or next(iter(names), None)
    says = "" if moved is None else say_attribution(option, moved, lang)
    title = translate("figure.attribution.title", lang, option=pick(option.title, lang), baseline=pick(attribution.baseline_title, lang))
    return Drawing(f"attribution-{option.id}-figure", lang, figure, title, says, _describe(option, names, kept, lang))


def _draw_parts(panel: Axes, bars: list[Bar], item: IndicatorAttribution, name: str, lang: Lang) -> None:
    form = part_format(name, item, lang)
    factor = form.scale.factor
    panel.axvspan(-item.margin * factor, item.margin * factor, color=PALE, zorder=0, linewidth=0)
    panel.axvline(0, color=INK, linewidth=1, zorder=3)
    reach = item.margin * factor or 1.0
    for row, bar in enumerate(bars):
        fill, hatch = GAIN if bar.value >= 0 else LOSS
        panel.barh(row, bar.value * factor, height=0.6, color=fill, hatch=hatch, edgecolor=INK, linewidth=0.8, zorder=2)
        ends = [bar.value * factor, *(end * factor for end in (bar.low, bar.high) if end is not None)]
        if bar.low is not None and bar.high is not None:
            panel.plot([bar.low * factor, bar.high * factor], [row, row], color=INK, linewidth=1.4, solid_capstyle="butt", zorder=4)
        reach = max(reach, *(abs(end) for end in ends))
        outwards = bar.value >= 0
        end = max(0.0, *ends) if outwards else min(0.0, *ends)
        place: dict[str, Any] = {
            "xytext": (4 if outwards else -4, 0),
            "textcoords": "offset points",
            "va": "center",
            "ha": "left" if outwards else "right",
        }
        panel.annotate(form.change(bar.value), (end, row), fontsize=SIZE, bbox=dict(UNDER), zorder=5, **place)
    panel.set_xlim(-1.75 * reach, 1.75 * reach)
    panel.set_ylim(len(bars) - 0.45, -0.55)
    panel.set_yticks(range(len(bars)), [_clause(bar.title, _LABEL) for bar in bars])
    panel.tick_params(axis="y", length=0)
    panel.spines["left"].set_visible(False)
    unit = translate(f"table.unit.difference.{form.scale}", lang)
    title = sentence_case(indicator_name(name, lang)) + (f" ({unit})" if unit else "")
    panel.set_title(wrap(title, panel_width(2, _LABEL), 9, is_bold=True))
    _number_axis(panel, lang, n_steps=3)


def draw_effect_waterfall(attribution: Attribution, option: OptionAttribution, name: str, lang: Lang = "vi") -> Drawing:
    """Draw how an indicator comes from the baseline to the option, clause by clause, the largest part first."""
    item = option.indicators[name]
    form = part_format(name, item, lang)
    factor = form.scale.factor
    most = _most_bars(option, _AXIS + 2 * _LEAST_ROW, _STEP_LABEL, lang)
    bars = sorted(bars_of(option, name, lang, kept_clauses(option, [name], most)), key=lambda bar: -abs(bar.value))
    start, end = (item.baseline or 0.0) * factor, (item.value or 0.0) * factor
    levels = NumberFormat(lang, form.scale, form.places)
    names = [pick(attribution.baseline_title, lang), *(bar.title for bar in bars), pick(option.title, lang)]
    titles = [_clause(title, _STEP_LABEL) for title in names]
    with house_style():
        figure = Figure(figsize=(WIDTH, _AXIS + row_height(titles, _LEAST_ROW) * len(titles)), layout="constrained")
        panel = figure.subplots()
        so_far = start
        reached = [start, end]
        _draw_level(panel, 0, start, levels.value(item.baseline))
        for row, bar in enumerate(bars, 1):
            fill, hatch = GAIN if bar.value >= 0 else LOSS
            after = so_far + bar.value * factor
            panel.barh(row, abs(after - so_far), left=min(so_far, after), height=0.6, color=fill, hatch=hatch, edgecolor=INK, linewidth=0.8)
            panel.plot([so_far, so_far], [row - 0.7, row + 0.3], color=GREY, linewidth=0.8)
            _write(panel, max(so_far, after), row, form.change(bar.value))
            so_far = after
            reached.append(after)
        panel.plot([so_far, so_far], [len(bars) + 0.3, len(bars) + 1.3], color=GREY, linewidth=0.8)
        _draw_level(panel, len(bars) + 1, end, levels.value(item.value))
        panel.set_yticks(range(len(titles)), titles)
        panel.set_ylim(len(titles) - 0.45, -0.55)
        panel.tick_params(axis="y", length=0)
        panel.spines["left"].set_visible(False)
        low, high = min(0.0, *reached), max(0.0, *reached)
        panel.set_xlim(low - 0.04 * (high - low or 1), high + 0.14 * (high - low or 1))
        panel.axvline(0, color=INK, linewidth=1)
        unit = translate(f"table.unit.value.{form.scale}", lang)
        panel.set_xlabel(wrap(sentence_case(indicator_name(name, lang)) + (f" ({unit})" if unit else ""), WIDTH - _STEP_LABEL - 0.2))
        _number_axis(panel, lang)
        freeze(figure)
    words = {"option": pick(option.title, lang), "indicator": indicator_name(name, lang), "baseline": pick(attribution.baseline_title, lang)}
    title = sentence_case(translate("figure.effect-waterfall.title", lang, **words))
    steps = "; ".join(f"{bar.title} {form.change(bar.value)}" for bar in bars)
    ends = {"start": with_unit(levels.value(item.baseline), unit), "end": with_unit(levels.value(item.value), unit)}
    alt = translate("figure.effect-waterfall.alt", lang, steps=steps, **ends, **words)
    says = translate("figure.effect-waterfall.says", lang, **ends, **words)
    return Drawing(f"effect-waterfall-{option.id}-figure", lang, figure, title, sentence_case(says), alt)


def most_moved(option: OptionAttribution, names: Sequence[str] | None = None) -> str | None:
    """Name the indicator, of these or of all told, that an option moves most beside its margin; nothing where it moves none."""
    sizes = {
        name: abs(option.indicators[name].total or 0.0) / (option.indicators[name].margin or 1.0)
        for name in (shown_names(option) if names is None else names)
    }
    name = max(sizes, key=lambda each: sizes[each], default=None)
    return name if name is not None and sizes[name] > 0 else None


def _draw_level(panel: Axes, row: int, level: float, words: str) -> None:
    panel.barh(row, level, height=0.6, color=INK, linewidth=0)
    _write(panel, max(0.0, level), row, words, fontweight="bold")


def _write(panel: Axes, end: float, row: int, words: str, **look: Any) -> None:
    panel.annotate(words, (end, row), xytext=(4, 0), textcoords="offset points", va="center", ha="left", fontsize=SIZE, bbox=dict(UNDER), **look)


def _number_axis(panel: Axes, lang: Lang, n_steps: int = 5) -> None:
    panel.xaxis.set_major_locator(MaxNLocator(nbins=n_steps, steps=[1, 2, 2.5, 5, 10]))
    panel.xaxis.set_major_formatter(FuncFormatter(lambda value, _: format_shortest(round(value, 4), lang)))


def _describe(option: OptionAttribution, names: Sequence[str], kept: Sequence[str], lang: Lang) -> str:
    """Tell every bar, for those who cannot see them."""
    told = []
    for name in names:
        form = part_format(name, option.indicators[name], lang)
        values = "; ".join(
            f"{bar.title} {form.around(bar.low, bar.high).change(bar.value)} {form.interval(bar.low, bar.high, signed=True)}".strip()
            for bar in bars_of(option, name, lang, kept)
        )
        told.append(translate("figure.attribution.alt-item", lang, indicator=sentence_case(indicator_name(name, lang)), values=values))
    return translate("figure.attribution.alt", lang, option=pick(option.title, lang), values=" ".join(told))
