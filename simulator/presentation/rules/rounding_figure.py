"""The rounding lens drawn: how many of 3, 7, 12 and 20 people a share leaves, person by person, beside the share itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from simulator.presentation.figure_words import SIZE, height_of, row_height, wrap
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count, format_exact, format_percent
from simulator.presentation.style import GREY, INK, WIDTH, Drawing, freeze, house_style
from simulator.presentation.table_layout import Group, Row, Table
from simulator.rules.rounding import UNIT_SIZES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from simulator.presentation.numbers import Lang
    from simulator.presentation.rules.rounded_shares import RoundedShare

_ROW: Final = 0.56
_PEOPLE: Final = 0.17
"""Inches: a row, and a square."""
_LABEL, _LEAST, _GAP = 13.5, 11.2, 1.0
"""Squares: the column of shares, the least width of a column of people, and the space between two."""


def draw_rounding(shares: list[RoundedShare], lang: Lang = "vi") -> Drawing:
    """Draw each share as rows of people: a full square has a place, an empty one has none, and a line marks the share itself.

    Parameters
    ----------
    shares
        What :func:`~simulator.presentation.rules.rounded_shares.rounded_shares` gave; one at least.
    lang
        Language of the words.
    """
    starts = _starts()
    square = WIDTH / (_LABEL + starts[-1] + UNIT_SIZES[-1] + 0.5)
    names = [wrap(_name(each, lang), square * (_LABEL - 1)) for each in shares]
    sizes = [wrap(translate("lens.size", lang, n=str(size)), square * max(size, _LEAST), is_bold=True) for size in UNIT_SIZES]
    high, head = row_height(names, _ROW), row_height(sizes, 0.0) + 0.05
    with house_style():
        figure = Figure(figsize=(WIDTH, head + high * len(shares)))
        panel = figure.add_axes((0, 0, 1, 1))
        for row, (each, name) in enumerate(zip(shares, names, strict=True)):
            panel.text(-_LABEL + 0.2, row, name, ha="left", va="center", fontsize=SIZE)
            for start, size, n_places in zip(starts, UNIT_SIZES, each.places, strict=True):
                _draw_people(panel, row, (start, high), size, n_places, each.share, lang)
        for start, words in zip(starts, sizes, strict=True):
            panel.text(start, -0.5 - 0.05 / high, words, ha="left", va="bottom", fontweight="bold", fontsize=SIZE)
        panel.set_xlim(-_LABEL, starts[-1] + UNIT_SIZES[-1] + 0.5)
        panel.set_ylim(len(shares) - 0.5, -0.5 - head / high)
        panel.set_axis_off()
        freeze(figure)
    return Drawing(
        "rounding-figure", lang, figure, translate("figure.rounding.title", lang), say_rounding(shares, lang), describe_rounding(shares, lang)
    )


def rounding_data(shares: list[RoundedShare], lang: Lang = "vi") -> Table:
    """Lay out the drawn numbers: places, and the share of the unit they are."""
    rows = tuple(
        Row(
            _name(each, lang),
            tuple(
                translate("figure.rounding.reached", lang, n=format_count(n_places, lang), share=format_percent(n_places / size, lang))
                for size, n_places in zip(UNIT_SIZES, each.places, strict=True)
            ),
        )
        for each in shares
    )
    columns = (translate("figure.rounding.share", lang), *(translate("lens.size", lang, n=str(size)) for size in UNIT_SIZES))
    return Table("rounding-data", lang, translate("figure.rounding.data", lang), columns, (Group("", rows),))


def say_rounding(shares: list[RoundedShare], lang: Lang) -> str:
    """Say in one sentence where what is left differs most from the share."""
    _, each, size, n_places = max(
        (
            (abs(n_places / size - each.share), each, size, n_places)
            for each in shares
            for size, n_places in zip(UNIT_SIZES, each.places, strict=True)
        ),
        key=lambda found: found[0],
    )
    if n_places == size * each.share:
        return translate("figure.rounding.says.exact", lang)
    key = "none" if n_places == 0 else "all" if n_places == size else "some"
    words = {"n": format_count(n_places, lang), "reached": format_percent(n_places / size, lang), "size": str(size), "share": _name(each, lang)}
    return translate(f"figure.rounding.says.{key}", lang, **words)


def describe_rounding(shares: list[RoundedShare], lang: Lang) -> str:
    """Tell every row, for those who cannot see it."""
    rows = [
        translate(
            "figure.rounding.alt.row",
            lang,
            share=_name(each, lang),
            places=", ".join(
                translate("figure.rounding.alt.places", lang, size=str(size), n=format_count(n_places, lang))
                for size, n_places in zip(UNIT_SIZES, each.places, strict=True)
            ),
        )
        for each in shares
    ]
    return translate("figure.rounding.alt", lang, rows="; ".join(rows))


def _name(each: RoundedShare, lang: Lang) -> str:
    rounding = translate(f"clause.rounding.{each.rounding}", lang)
    return translate("figure.rounding.name", lang, share=format_exact(each.share, lang, is_percent=True), rounding=rounding)


def _starts() -> list[float]:
    starts, at = [], 0.0
    for size in UNIT_SIZES:
        starts.append(at)
        at += max(size, _LEAST) + _GAP
    return starts


def _draw_people(panel: Axes, row: int, place: tuple[float, float], size: int, n_places: int, share: float, lang: Lang) -> None:
    start, high = place
    middle, half = row - height_of(1) / 2 / high, _PEOPLE / 2 / high
    for person in range(size):
        face = INK if person < n_places else "white"
        panel.add_patch(Rectangle((start + person + 0.08, middle - half), 0.84, 2 * half, facecolor=face, edgecolor=GREY, linewidth=0.8))
    at = start + share * size
    panel.plot([at, at], [middle - 1.5 * half, middle + 1.5 * half], color="#D55E00", linewidth=2.2, solid_capstyle="butt")
    words = translate("figure.rounding.label", lang, n=format_count(n_places, lang), share=format_percent(n_places / size, lang))
    panel.text(start, middle + 1.6 * half, words, ha="left", va="top", fontsize=SIZE, color=INK)
