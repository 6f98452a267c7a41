"""Paperwork and money, drawn: bars of their parts side by side, with the range that the assumptions leave; of a set, what one file of each award takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.figure import Figure
from matplotlib.patches import Patch

from simulator.presentation.figure_words import SIZE, row_height, wrap
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NumberFormat, Scale, format_count, format_number, money_scale
from simulator.presentation.results.figures import number_axis
from simulator.presentation.results.paperwork_table import HOURS, MONEY, say_paperwork
from simulator.presentation.style import INK, WIDTH, Drawing, freeze, house_style
from simulator.presentation.wording import pick, sentence_case, with_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from simulator.experiments.paperwork.results import AwardPaperwork, OptionPaperwork, Paperwork
    from simulator.presentation.numbers import Lang

_FILLS: Final = (("#16405f", ""), ("#93bfdd", "////"), ("#e8a33d", "xx"))
_LABEL: Final = 1.9
_ROW: Final = 0.4
_HEAD: Final = 0.75
_BAR: Final = 0.56


def draw_paperwork(paperwork: Paperwork, lang: Lang = "vi") -> Drawing:
    """Draw working hours and money of every option, or hours and days of one file of every award of a set."""
    return _draw_scenario(paperwork, lang) if paperwork.kind == "scenario" else _draw_set(paperwork, lang)


def _draw_scenario(paperwork: Paperwork, lang: Lang) -> Drawing:
    labels = [wrap(pick(option.title, lang), _LABEL, most_lines=3) for option in paperwork.options]
    has_money = paperwork.options[0].quantities["total_vnd"].value is not None
    shown = [(HOURS, Scale.AMOUNT, "figure.paperwork.hours")]
    if has_money:
        shown.append((MONEY, money_scale(option.quantities["total_vnd"].value for option in paperwork.options), "figure.paperwork.money"))
    with house_style():
        figure = Figure(figsize=(WIDTH, len(shown) * (_HEAD + 0.35 + row_height(labels, _ROW) * len(labels))), layout="constrained")
        panels = figure.subplots(len(shown), 1, squeeze=False)[:, 0]
        for panel, (names, scale, axis) in zip(panels, shown, strict=True):
            parts = [[(option.quantities[name].value or 0.0) * scale.factor for name in names] for option in paperwork.options]
            ends = [_ends(option, names, scale) for option in paperwork.options]
            _draw_bars(panel, parts, labels, [translate(f"paperwork.name.{name}", lang) for name in names], ends)
            unit = translate(f"table.unit.value.{scale}", lang)
            panel.set_xlabel(wrap(translate(axis, lang, unit=unit), WIDTH - _LABEL - 0.3))
            number_axis(panel, lang)
        freeze(figure)
    alt = translate("figure.paperwork.alt", lang, values=" ".join(_describe(option, lang) for option in paperwork.options))
    return Drawing("paperwork-figure", lang, figure, translate("figure.paperwork.title", lang), say_paperwork(paperwork, lang), alt)


def _ends(option: OptionPaperwork, names: Sequence[str], scale: Scale) -> tuple[float, float]:
    low, high = (sum((getattr(option.quantities[name], end) or 0.0) for name in names) * scale.factor for end in ("low", "high"))
    return low, high


def _draw_bars(panel: Axes, parts: list[list[float]], labels: list[str], names: list[str], ends: list[tuple[float, float]] | None) -> None:
    for row, values in enumerate(parts):
        start = 0.0
        for value, (fill, hatch) in zip(values, _FILLS, strict=False):
            panel.barh(row, value, left=start, height=_BAR, color=fill, hatch=hatch, edgecolor=INK, linewidth=0.8)
            start += value
        if ends is not None and ends[row][0] != ends[row][1]:
            low, high = ends[row]
            panel.plot([low, high], [row, row], color=INK, linewidth=1.3, marker="|", markersize=9, zorder=4)
    panel.set_yticks(range(len(labels)), labels)
    panel.set_ylim(len(labels) - 0.5, -0.5)
    panel.set_xlim(left=0)
    panel.tick_params(axis="y", length=0)
    panel.spines["left"].set_visible(False)
    handles = [
        Patch(facecolor=fill, hatch=hatch, edgecolor=INK, linewidth=0.8, label=name) for name, (fill, hatch) in zip(names, _FILLS, strict=False)
    ]
    panel.legend(handles=handles, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=len(handles), frameon=False, fontsize=SIZE, handlelength=1.6)


def _describe(option: OptionPaperwork, lang: Lang) -> str:
    told = []
    for name, item in option.quantities.items():
        scale = money_scale([item.value]) if name.endswith("_vnd") else Scale.AMOUNT
        value = with_unit(NumberFormat(lang, scale, scale.most_places).value(item.value), translate(f"table.unit.value.{scale}", lang))
        told.append(f"{translate(f'paperwork.name.{name}', lang)} {value}")
    return translate("figure.paperwork.alt-item", lang, option=pick(option.title, lang), values="; ".join(told))


def _draw_set(paperwork: Paperwork, lang: Lang) -> Drawing:
    """Draw each way that files go once, under the first award that goes it."""
    ways: dict[tuple[float, float], list[AwardPaperwork]] = {}
    for award in paperwork.options[0].awards:
        ways.setdefault((award.hours, award.council_hours), []).append(award)
    labels = [wrap(_name_way(awards, lang), _LABEL + 0.6) for awards in ways.values()]
    with house_style():
        figure = Figure(figsize=(WIDTH, _HEAD + row_height(labels, _ROW) * max(len(labels), 1)), layout="constrained")
        panel = figure.subplots()
        names = [translate("figure.paperwork.file-hours", lang), translate("paperwork.name.council_hours", lang)]
        _draw_bars(panel, [list(way) for way in ways], labels, names, None)
        for row, (hours, council) in enumerate(ways):
            panel.text(hours + council, row, f" {format_number(hours + council, lang, 1)}", va="center", ha="left", fontsize=SIZE)
        panel.margins(x=0.1)
        panel.set_xlim(left=0)
        panel.set_xlabel(translate("figure.paperwork.per-file", lang))
        number_axis(panel, lang)
        freeze(figure)
    told = "; ".join(
        f"{pick(award.title, lang)}: {format_number(award.hours + award.council_hours, lang, 1)}" for award in paperwork.options[0].awards
    )
    title = translate("figure.paperwork.set-title", lang, title=pick(paperwork.title, lang))
    return Drawing("paperwork-figure", lang, figure, title, say_paperwork(paperwork, lang), translate("figure.paperwork.set-alt", lang, values=told))


def _name_way(awards: Sequence[AwardPaperwork], lang: Lang) -> str:
    first = sentence_case(pick(awards[0].title, lang))
    if len(awards) == 1:
        return first
    return translate("figure.paperwork.and-others", lang, award=first, n=format_count(len(awards) - 1, lang))
