"""How far people get up the commendation ladder: a row an option, a box a rung, and between boxes the part that goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from simulator.presentation.figure_words import SIZE, WIDE_NAMES, name_lines, row_height, wrap
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count, format_number
from simulator.presentation.results.ladder_words import band_words, chains_of, describe_ladder, furthest, rung_titles, say_ladder
from simulator.presentation.style import GREY, INK, PALE, WIDTH, Drawing, freeze, house_style, look_of
from simulator.presentation.wording import pick

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from simulator.experiments.results.comparison import Comparison, OptionComparison
    from simulator.experiments.results.ladder import LadderStep
    from simulator.presentation.numbers import Lang

_BOX: Final = 1.0
_GAP: Final = 1.1
_FEW_RUNGS: Final = 4
_NARROW_GAP: Final = 0.5
"""Between the boxes of a longer ladder."""
_BOX_HEIGHT, _APART = 0.34, 0.08
"""Inches: a box, and the space between two options."""
_LOW_BOX, _CLOSE = 0.25, 0.02
_MANY_OPTIONS: Final = 6
"""The same for more options than this."""


class _Room(NamedTuple):
    """The space between two boxes, the inches for the words below it, and the height of a box beside that of a row."""

    gap: float
    words: float
    height: float


def draw_ladders(comparison: Comparison, lang: Lang = "vi") -> list[Drawing]:
    """Draw each way up the ladder that has more than one rung; none where no set has one."""
    return [_draw_ladder(comparison, chain, number, lang) for number, chain in enumerate(chains_of(comparison), start=1)]


def _draw_ladder(comparison: Comparison, chain: tuple[str, ...], number: int, lang: Lang) -> Drawing:
    options, n = comparison.options, len(chain)
    gap = _GAP if n <= _FEW_RUNGS else _NARROW_GAP
    pitch = _BOX + gap
    unit = (WIDTH - WIDE_NAMES - 0.35) / ((n - 0.5) * pitch + _BOX / 2 + 0.15)
    said = [wrap(band_words(step, lang), 0.94 * unit * pitch) for option in options for step in option.ladder]
    names = name_lines(pick(option.title, lang) for option in options)
    titles = [wrap(pick(title, lang), 0.94 * unit * pitch) for title in rung_titles(comparison, chain)]
    axis = wrap(translate("figure.ladder.axis", lang, years=_years_told(comparison, lang)), WIDTH - WIDE_NAMES - 0.3)
    below = row_height(said, 0.0)
    box, apart = (_BOX_HEIGHT, _APART) if len(options) <= _MANY_OPTIONS else (_LOW_BOX, _CLOSE)
    high = max(row_height(names, 0.0), box + below + apart)
    room = _Room(gap, 0.94 * unit * pitch, box / high)
    with house_style():
        figure = Figure(figsize=(WIDTH, 0.15 + row_height(titles, 0.0) + row_height([axis], 0.0) + high * len(options)), layout="constrained")
        figure.get_layout_engine().set(w_pad=0.06)  # type: ignore[union-attr, call-arg]  # set by layout=
        panel = figure.subplots()
        for row, option in enumerate(options):
            _draw_option(panel, row, option, chain, look_of(row).colour, lang, room, comparison.replications)
        panel.set_xlim(-0.15, (n - 0.5) * pitch + _BOX / 2)
        panel.set_ylim(len(options) - 1 + room.height / 2 + below / high, -max(room.height, row_height(names, 0.0) / high) / 2 - 0.02)
        panel.set_yticks(range(len(options)), names)
        panel.set_xticks([place * pitch + _BOX / 2 for place in range(n)], titles)
        panel.xaxis.tick_top()
        panel.tick_params(axis="both", length=0)
        for side in ("left", "bottom"):
            panel.spines[side].set_visible(False)
        panel.set_xlabel(axis, loc="left")
        freeze(figure)
    first, *_, last = rung_titles(comparison, chain)
    title = translate("figure.ladder.title", lang, first=pick(first, lang), last=pick(last, lang))
    return Drawing(f"ladder-{number}-figure", lang, figure, title, say_ladder(comparison, chain, lang), describe_ladder(comparison, chain, lang))


def _draw_option(
    panel: Axes, row: int, option: OptionComparison, chain: tuple[str, ...], colour: str, lang: Lang, room: _Room, replications: int
) -> None:
    steps = {(step.award, step.next_award): step for step in option.ladder}
    pitch = _BOX + room.gap
    for place, award in enumerate(chain):
        followed = _followed(steps, chain, place, replications)
        box = Rectangle(
            (place * pitch, row - room.height / 2),
            _BOX,
            room.height,
            facecolor="white",
            edgecolor=INK,
            linewidth=1,
            linestyle="-" if followed else "--",
            zorder=3,
        )
        panel.add_patch(box)
        words = format_number(followed, lang, 0) if followed >= 1 or not followed else translate("figure.ladder.below-one", lang)
        panel.text(place * pitch + _BOX / 2, row, words, ha="center", va="center", fontsize=SIZE, zorder=4)
        if place + 1 < len(chain) and (step := steps.get((award, chain[place + 1]))) is not None:
            _draw_step(panel, row, place * pitch + _BOX, step, colour, lang, room)


def _years_told(comparison: Comparison, lang: Lang) -> str:
    return format_count(max((item.years for option in comparison.options for step in option.ladder for item in step.reached), default=0), lang)


def _followed(steps: dict[tuple[str, str], LadderStep], chain: tuple[str, ...], place: int, replications: int) -> float:
    """Give how many are followed from the award in one replication; of the last rung, those who were seen to get there from the one below."""
    if place + 1 < len(chain):
        return steps[chain[place], chain[place + 1]].followed.value
    return steps[chain[place - 1], chain[place]].all_arrived / replications


def _draw_step(panel: Axes, row: int, left: float, step: LadderStep, colour: str, lang: Lang, room: _Room) -> None:
    """Draw who goes on as a dark band as wide as their part, inside a pale funnel that tells who does not."""
    reached, right = furthest(step), left + room.gap
    if not step.all_followed or reached is None:
        return
    share = reached.value or 0.0
    half, strip = room.height / 2, max(share * room.height / 2, 0.008 if share else 0.0)
    panel.add_patch(
        Polygon(
            [(left, row - half), (right, row - strip), (right, row + strip), (left, row + half)],
            facecolor=PALE,
            edgecolor=GREY,
            linewidth=0.6,
            zorder=1,
        )
    )
    if share:
        panel.add_patch(
            Polygon(
                [(left, row - strip), (right, row - strip), (right, row + strip), (left, row + strip)],
                facecolor=colour,
                edgecolor=INK,
                linewidth=0.5,
                zorder=2,
            )
        )
    words = wrap(band_words(step, lang), room.words)
    panel.text((left + right) / 2, row + half + 0.03, words, ha="center", va="top", fontsize=SIZE, linespacing=1.15, zorder=5)
