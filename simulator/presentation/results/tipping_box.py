"""The box in which an option tips over, as a picture: futures as points over the two inputs that tell most, the box shaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from simulator.experiments.tipping.results import STRUCTURE, UNIT_SIZE
from simulator.presentation.figure_words import wrap
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count, format_percent, format_shortest
from simulator.presentation.results.tipping_words import conditions, input_name, say_event, shown_event, what_happens
from simulator.presentation.style import INK, WIDTH, Drawing, freeze, house_style
from simulator.presentation.wording import pick, sentence_case

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from simulator.experiments.tipping.results import FutureInput, OptionTipping, Restriction, Tipping, TippingBox, TippingEvent
    from simulator.presentation.numbers import Lang

_SHADE: Final = "#cfd8e3"
_CASE, _OTHER = "#1a1a1a", "#8a8a8a"
_AXES: Final = 2
_HEIGHT: Final = 4.1
_LABEL: Final = 1.5
_GOLDEN: Final = 0.618033988749895


class Shown(NamedTuple):
    """What a picture shows: its two axes, the futures drawn with their places, and which of them are cases."""

    axes: tuple[str, str]
    places: list[tuple[float, float]]
    is_case: list[bool]
    beside: list[Restriction]


def choose(tipping: Tipping, event: TippingEvent, box: TippingBox) -> Shown:
    """Choose the axes, and the futures that meet what the box asks beside them."""
    told = list(dict.fromkeys(each.input for each in box.restrictions))
    axes = [*told, *(each for each in (UNIT_SIZE, STRUCTURE) if each not in told)][:_AXES]
    beside = [each for each in box.restrictions if each.input not in axes]
    places, is_case = [], []
    for future, answer in enumerate(event.answers):
        if answer is None or not all(meets(tipping, each, future) for each in beside):
            continue
        places.append((_place(tipping, axes[0], future), _place(tipping, axes[1], future)))
        is_case.append(answer == (box.holds == "misses"))
    return Shown((axes[0], axes[1]), places, is_case, beside)


def meets(tipping: Tipping, asked: Restriction, future: int) -> bool:
    """Whether a future meets a restriction."""
    if asked.side == "among":
        return tipping.structures[future] in asked.among
    value, limit = tipping.shown_values[asked.input][future], asked.limit or 0.0
    return value >= limit if asked.side == "low" else value <= limit


def _place(tipping: Tipping, name: str, future: int) -> float:
    """Give the place of a future on an axis; structures lie in rows, their futures a little apart."""
    if name != STRUCTURE:
        return tipping.shown_values[name][future]
    return tipping.input(name).choices.index(tipping.structures[future]) + 0.7 * ((future * _GOLDEN) % 1 - 0.5)


def draw_box(tipping: Tipping, option: OptionTipping, lang: Lang = "vi") -> Drawing | None:
    """Draw where an option tips over; ``None`` where there is no box."""
    event = shown_event(option)
    box = event.box
    if box is None:
        return None
    shown = choose(tipping, event, box)
    with house_style():
        figure = Figure(figsize=(WIDTH, _HEIGHT), layout="constrained")
        panel = figure.subplots()
        _shade(panel, tipping, box, shown)
        for kind, fill, edge, layer in ((False, "white", _OTHER, 2), (True, _CASE, _CASE, 3)):
            places = [place for place, is_case in zip(shown.places, shown.is_case, strict=True) if is_case == kind]
            panel.scatter([x for x, _ in places], [y for _, y in places], s=15, facecolor=fill, edgecolor=edge, linewidth=0.8, zorder=layer)
        _axis(panel, tipping, shown.axes[0], lang, is_x=True)
        _axis(panel, tipping, shown.axes[1], lang, is_x=False)
        words = {holds: sentence_case(what_happens(tipping, event, lang, holds=holds)) for holds in ("misses", "meets")}
        other = "meets" if box.holds == "misses" else "misses"
        handles = [
            Line2D([], [], linestyle="", marker="o", markersize=4, color=_CASE, label=wrap(words[box.holds], WIDTH - 0.6)),
            Line2D([], [], linestyle="", marker="o", markersize=4, markerfacecolor="white", color=_OTHER, label=wrap(words[other], WIDTH - 0.6)),
            Patch(facecolor=_SHADE, edgecolor=INK, linestyle=(0, (4, 3)), label=wrap(translate("figure.tipping.box", lang), WIDTH - 0.6)),
        ]
        figure.legend(handles=handles, loc="outside upper left", ncols=1, frameon=False)
        freeze(figure)
    heading = "figure.tipping.title-weak" if event.word == "weak" else "figure.tipping.title"
    title = translate(heading, lang, option=pick(option.title, lang))
    says = say_event(tipping, option, event, lang)
    if shown.beside:
        says += " " + translate(
            "figure.tipping.beside", lang, conditions=conditions(tipping, shown.beside, lang), n=format_count(len(shown.places), lang)
        )
    alt = translate(
        "figure.tipping.alt",
        lang,
        x=input_name(tipping.input(shown.axes[0]), lang),
        y=input_name(tipping.input(shown.axes[1]), lang),
        n=format_count(len(shown.places), lang),
        cases=format_count(sum(shown.is_case), lang),
        conditions=conditions(tipping, box.restrictions, lang),
        says=says,
    )
    return Drawing(f"tipping-{option.id}-figure", lang, figure, title, says, alt)


def _range(tipping: Tipping, name: str) -> tuple[float, float]:
    each = tipping.input(name)
    return (-0.5, len(each.choices) - 0.5) if each.choices else (each.low or 0.0, each.high or 0.0)


def _pieces(tipping: Tipping, box: TippingBox, name: str) -> list[tuple[float, float]]:
    """Give the parts of an axis inside the box."""
    low, high = _range(tipping, name)
    for each in box.restrictions:
        if each.input != name:
            continue
        if each.side == "among":
            rows = [tipping.input(name).choices.index(one) for one in each.among]
            return [(row - 0.5, row + 0.5) for row in rows]
        low, high = (each.limit or 0.0, high) if each.side == "low" else (low, each.limit or 0.0)
    return [(low, high)]


def _shade(panel: Axes, tipping: Tipping, box: TippingBox, shown: Shown) -> None:
    for left, right in _pieces(tipping, box, shown.axes[0]):
        for bottom, top in _pieces(tipping, box, shown.axes[1]):
            size = right - left, top - bottom
            panel.add_patch(Rectangle((left, bottom), *size, facecolor=_SHADE, edgecolor=INK, linewidth=0.9, linestyle=(0, (4, 3)), zorder=1))


def _axis(panel: Axes, tipping: Tipping, name: str, lang: Lang, *, is_x: bool) -> None:
    each, (low, high) = tipping.input(name), _range(tipping, name)
    room = 0.03 * (high - low)
    (panel.set_xlim if is_x else panel.set_ylim)(low - room, high + room)
    label = sentence_case(input_name(each, lang))
    if each.choices:
        ticks = [wrap(translate(f"structure.{choice}", lang), 1.0 if is_x else _LABEL) for choice in each.choices]
        (panel.set_xticks if is_x else panel.set_yticks)(range(len(ticks)), ticks)
    else:
        axis = panel.xaxis if is_x else panel.yaxis
        axis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]))
        axis.set_major_formatter(FuncFormatter(lambda value, _: tick(each, value, lang)))
    if is_x:
        panel.set_xlabel(wrap(label, WIDTH - 1.5))
    else:
        panel.set_ylabel(wrap(label, _HEIGHT - 1.4))


def tick(each: FutureInput, value: float, lang: Lang) -> str:
    """Write a number beside an axis."""
    is_share = each.kind == "population" and each.id != UNIT_SIZE
    return format_percent(value, lang) if is_share else format_shortest(round(value, 10), lang)
