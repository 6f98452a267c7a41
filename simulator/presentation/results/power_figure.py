"""How many units a list needs, drawn: a panel for each test, what was planted down, years across, the darker the fewer units suffice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from simulator.experiments.power.results import TARGET
from simulator.presentation.figure_words import SIZE, row_height, wrap
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count, format_percent
from simulator.presentation.results.power_table import FALSE, TESTS, grid, needed, needed_words, planted, say_power, way_words
from simulator.presentation.style import INK, SMALLEST, WIDTH, Drawing, freeze, house_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from simulator.experiments.power.results import Power, Way
    from simulator.presentation.numbers import Lang
    from simulator.presentation.results.power_table import Needed

_FILLS: Final = (("#16405f", "white"), ("#3f7cab", "white"), ("#93bfdd", INK), ("#d3e5f2", INK))
"""Fill and ink, the fewest units first."""
_NEVER: Final = ("white", INK)
_MUTE_HATCH: Final = "////"
_SHORT: Final = "?"
_LABEL: Final = 1.95
"""Inches: the column of what was planted."""
_HEAD: Final = 1.35
CELL: Final = 0.305
"""Inches: a row of cells, with two lines of small words beside it; so high that this picture and that of the bias trial find room on one page."""


def draw_power(power: Power, lang: Lang = "vi") -> Drawing:
    """Draw the units that a list needs before turns are seen in eight lists of ten."""
    ways = [each for each in planted(power) if each[0] not in FALSE]
    with house_style():
        labels = [wrap(way_words(*way, lang), _LABEL) for way in ways]
        figure = Figure(figsize=(WIDTH, _HEAD + row_height(labels, CELL, SMALLEST, apart=0) * len(ways)), layout="constrained")
        panels = figure.subplots(1, len(TESTS))
        for number, (panel, test) in enumerate(zip(panels, TESTS, strict=True)):
            _draw(panel, power, test, ways, lang)
            panel.set_title(wrap(translate(f"power.short.{test}", lang), (WIDTH - _LABEL) / len(TESTS) - 0.15, 9, is_bold=True))
            panel.set_yticks([row + 0.5 for row in range(len(ways))], labels if number == 0 else [""] * len(ways), fontsize=SMALLEST)
        panels[len(TESTS) // 2].set_xlabel(translate("figure.power.axis", lang))
        figure.legend(handles=_key(power, lang), loc="outside lower left", ncols=3, frameon=False, handlelength=1.6, handleheight=1.1)
        freeze(figure)
    title = translate("figure.power.title", lang, target=format_percent(TARGET, lang))
    return Drawing("power-figure", lang, figure, title, say_power(power, lang), describe_power(power, lang))


def _draw(panel: Axes, power: Power, test: str, ways: list[tuple[Way, float]], lang: Lang) -> None:
    _, years = grid(power)
    for row, (way, turn) in enumerate(ways):
        for column, year in enumerate(years):
            found = needed(power, test, way, turn, year)
            fill, ink = _look(power, found)
            hatch = _MUTE_HATCH if found.is_mute else ""
            panel.add_patch(Rectangle((column, row), 1, 1, facecolor=fill, hatch=hatch, edgecolor=INK, linewidth=0.8))
            words = _words(found, lang)
            panel.text(column + 0.5, row + 0.5, words, ha="center", va="center", color=ink, fontsize=SIZE)
    panel.set_xlim(-0.03, len(years) + 0.03)
    panel.set_ylim(len(ways) + 0.03, -0.03)
    panel.set_xticks([column + 0.5 for column in range(len(years))], [format_count(year, lang) for year in years])
    panel.tick_params(axis="both", length=0)
    for side in ("left", "bottom"):
        panel.spines[side].set_visible(False)


def _words(found: Needed, lang: Lang) -> str:
    """Write a cell in the room it has: what is not sure stands in brackets."""
    if found.is_mute:
        return ""
    if found.is_sure:
        return needed_words(found, lang)
    return _SHORT if found.units is None else f"({format_count(found.units, lang)})"


def _look(power: Power, found: Needed) -> tuple[str, str]:
    if found.units is None or not found.is_sure:
        return _NEVER
    units, _ = grid(power)
    return _FILLS[min(units.index(found.units), len(_FILLS) - 1)]


def _key(power: Power, lang: Lang) -> list[Patch]:
    units, _ = grid(power)
    handles = [
        Patch(facecolor=fill, edgecolor=INK, linewidth=0.8, label=translate("figure.power.units", lang, n=format_count(n, lang)))
        for n, (fill, _) in zip(units, _FILLS, strict=False)
    ]
    handles.append(
        Patch(facecolor=_NEVER[0], edgecolor=INK, linewidth=0.8, label=translate("figure.power.never", lang, n=format_count(units[-1], lang)))
    )
    if power.runs_needed() is not None:
        handles.append(Patch(facecolor=_NEVER[0], edgecolor=INK, linewidth=0.8, label=translate("figure.power.short", lang, sign=_SHORT)))
    handles.append(Patch(facecolor=_NEVER[0], hatch=_MUTE_HATCH, edgecolor=INK, linewidth=0.8, label=translate("figure.power.mute", lang)))
    return handles


def describe_power(power: Power, lang: Lang) -> str:
    """Tell every cell."""
    _, years = grid(power)
    told = []
    for test in TESTS:
        rows = []
        for way, turn in (each for each in planted(power) if each[0] not in FALSE):
            cells = ", ".join(
                translate(
                    "figure.power.alt-cell", lang, years=format_count(year, lang), units=needed_words(needed(power, test, way, turn, year), lang)
                )
                for year in years
            )
            rows.append(f"{way_words(way, turn, lang)}: {cells}")
        told.append(translate("figure.power.alt-test", lang, test=translate(f"power.test.{test}", lang), rows="; ".join(rows)))
    return translate("figure.power.alt", lang, values=" ".join(told))
