"""Rules by futures: in what share of them each option meets each target, all of them, and that by how units decide; told by number, shade and hatching."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from simulator.presentation.figure_words import SIZE, height_of, row_height, wrap
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_percent
from simulator.presentation.results.tipping_table import cells, heads, share_words
from simulator.presentation.results.tipping_words import say_map
from simulator.presentation.style import INK, WIDTH, Drawing, freeze, house_style
from simulator.presentation.wording import pick

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from simulator.experiments.tipping.results import Held, OptionRobustness, Tipping
    from simulator.presentation.numbers import Lang

MOST, HALF = 0.9, 0.5


class Look(NamedTuple):
    """How a share is drawn: the fill, the hatching, and the ink of the number."""

    fill: str
    hatch: str
    ink: str


LOOKS: Final = {
    "most": Look("#1f4e79", "", "white"),
    "half": Look("#e8c27d", "", INK),
    "few": Look("white", "////", INK),
    "unknown": Look("#f2f2f2", "", INK),
}
"""Word → its look: dark, middle and hatched are told apart without colour."""
_ROW: Final = 0.36
_AROUND: Final = 0.6
_NAMES: Final = 2.6
"""Inches: the least height of a row, what stands around them, and the column of names."""


def word_of(held: Held) -> str:
    """Say how large a share is: ``most`` (nine in ten or more), ``half`` (half or more), ``few``, or ``unknown`` where there are no futures."""
    if held.share is None:
        return "unknown"
    return "most" if held.share >= MOST else "half" if held.share >= HALF else "few"


def draw_map(tipping: Tipping, lang: Lang = "vi") -> Drawing:
    """Draw targets and structures down, options across."""
    changing = {option.id for option in tipping.options}
    options = [row for row in tipping.robustness if row.id in changing]
    names = [wrap(head, _NAMES - 0.1) for head in heads(tipping, lang)]
    column = (WIDTH - _NAMES - 0.1) / len(options)
    titles = [wrap(pick(row.title, lang), column - 0.08) for row in options]
    height = row_height(names, _ROW)
    above = height_of(max(title.count("\n") for title in titles) + 1)
    with house_style():
        figure = Figure(figsize=(WIDTH, _AROUND + above + height * len(names)), layout="constrained")
        panel = figure.subplots()
        for number, row in enumerate(options):
            for place, held in enumerate(cells(row, tipping)):
                _draw_cell(panel, number, place, held, lang)
        panel.axhline(len(tipping.targets) + 1, color=INK, linewidth=2.2)
        panel.set_xlim(-0.03, len(options) + 0.03)
        panel.set_ylim(len(names) + 0.03, -0.03)
        panel.set_xticks([number + 0.5 for number in range(len(options))], titles)
        panel.xaxis.tick_top()
        panel.set_yticks([place + 0.5 for place in range(len(names))], names)
        panel.tick_params(axis="both", length=0)
        for side in ("left", "bottom"):
            panel.spines[side].set_visible(False)
        handles = [
            Patch(facecolor=LOOKS[word].fill, hatch=LOOKS[word].hatch, edgecolor=INK, linewidth=0.8, label=_key(word, lang))
            for word in ("most", "half", "few")
        ]
        figure.legend(handles=handles, loc="outside upper left", ncols=len(handles), frameon=False, handlelength=1.6, handleheight=1.3)
        freeze(figure)
    title = translate("figure.futures-map.title", lang)
    says = f"{say_map(tipping, lang)} {translate('figure.futures-map.note', lang)}"
    return Drawing("futures-map-figure", lang, figure, title, says, _describe(tipping, options, lang))


def _key(word: str, lang: Lang) -> str:
    return translate(f"figure.futures-map.{word}", lang, most=format_percent(MOST, lang), half=format_percent(HALF, lang))


def _draw_cell(panel: Axes, number: int, place: int, held: Held, lang: Lang) -> None:
    look = LOOKS[word_of(held)]
    panel.add_patch(Rectangle((number, place), 1, 1, facecolor=look.fill, hatch=look.hatch, edgecolor=INK, linewidth=0.8))
    box = {"boxstyle": "round,pad=0.12", "facecolor": look.fill, "edgecolor": "none"} if look.hatch else None
    panel.text(number + 0.5, place + 0.5, share_words(held, lang), ha="center", va="center", color=look.ink, fontsize=SIZE, bbox=box)


def _describe(tipping: Tipping, options: list[OptionRobustness], lang: Lang) -> str:
    told = []
    for row in options:
        shares = "; ".join(f"{head}: {share_words(held, lang)}" for head, held in zip(heads(tipping, lang), cells(row, tipping), strict=True))
        told.append(translate("figure.futures-map.alt-row", lang, option=pick(row.title, lang), cells=shares))
    return translate("figure.futures-map.alt", lang, rows=" ".join(told))
