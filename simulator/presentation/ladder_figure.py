"""How far people get up the commendation ladder: a row an option, a box a rung, and between boxes the part that goes on."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from simulator.presentation.figures import WIDTH
from simulator.presentation.i18n import translate
from simulator.presentation.ladder_words import chains_of, describe_ladder, rung_titles, say_ladder, step_words
from simulator.presentation.numbers import format_count, is_undefined
from simulator.presentation.style import GREY, INK, PALE, Drawing, freeze, house_style, look_of
from simulator.presentation.wording import pick

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from simulator.experiments.results import Comparison, LadderStep, OptionComparison
    from simulator.presentation.numbers import Lang

_BOX: Final = 1.0
_GAP: Final = 1.8
_HEIGHT: Final = 0.5
_FEW_RUNGS: Final = 4
"""Up to so many rungs there is room for part and years on one line."""


def draw_ladders(comparison: Comparison, lang: Lang = "vi") -> list[Drawing]:
    """Draw each way up the ladder that has more than one rung; none where no set has one."""
    return [_draw_ladder(comparison, chain, number, lang) for number, chain in enumerate(chains_of(comparison), start=1)]


def _draw_ladder(comparison: Comparison, chain: tuple[str, ...], number: int, lang: Lang) -> Drawing:
    options = comparison.options
    with house_style():
        figure = Figure(figsize=(WIDTH, 1.15 + 0.9 * len(options)), layout="constrained")
        figure.get_layout_engine().set(w_pad=0.14)  # type: ignore[union-attr, call-arg]  # set by layout=
        panel = figure.subplots()
        for row, option in enumerate(options):
            _draw_option(panel, row, option, chain, look_of(row).colour, lang)
        pitch = _BOX + _GAP
        panel.set_xlim(-0.15, (len(chain) - 1) * pitch + _BOX + 0.15)
        panel.set_ylim(len(options) - 0.22, -0.4)
        panel.set_yticks(range(len(options)), [textwrap.fill(pick(option.title, lang), 24) for option in options])
        titles = [textwrap.fill(pick(title, lang), max(16, 78 // len(chain))) for title in rung_titles(comparison, chain)]
        panel.set_xticks([place * pitch + _BOX / 2 for place in range(len(chain))], titles)
        panel.xaxis.tick_top()
        panel.tick_params(axis="both", length=0)
        for side in ("left", "bottom"):
            panel.spines[side].set_visible(False)
        panel.set_xlabel(textwrap.fill(translate("figure.ladder.axis", lang), 100), loc="left")
        freeze(figure)
    first, *_, last = rung_titles(comparison, chain)
    title = translate("figure.ladder.title", lang, first=pick(first, lang), last=pick(last, lang))
    return Drawing(f"ladder-{number}-figure", lang, figure, title, say_ladder(comparison, chain, lang), describe_ladder(comparison, chain, lang))


def _draw_option(panel: Axes, row: int, option: OptionComparison, chain: tuple[str, ...], colour: str, lang: Lang) -> None:
    steps = {(step.award, step.next_award): step for step in option.ladder}
    pitch = _BOX + _GAP
    for place, award in enumerate(chain):
        holders = _holders(option, steps, chain, place)
        is_empty = not is_undefined(holders) and not holders
        box = Rectangle(
            (place * pitch, row - _HEIGHT / 2),
            _BOX,
            _HEIGHT,
            facecolor="white",
            edgecolor=INK,
            linewidth=1,
            linestyle="--" if is_empty else "-",
            zorder=3,
        )
        panel.add_patch(box)
        words = (
            "" if holders is None else format_count(round(holders), lang) if holders >= 1 or is_empty else translate("figure.ladder.below-one", lang)
        )
        panel.text(place * pitch + _BOX / 2, row, words, ha="center", va="center", fontsize=9, zorder=4)
        if place + 1 < len(chain) and (step := steps.get((award, chain[place + 1]))) is not None:
            _draw_step(panel, row, place * pitch + _BOX, step, colour, lang, is_roomy=len(chain) <= _FEW_RUNGS)


def _holders(option: OptionComparison, steps: dict[tuple[str, str], LadderStep], chain: tuple[str, ...], place: int) -> float | None:
    """Give how many win the award; of the last rung, those who get there from the one below."""
    for step in option.ladder:
        if step.award == chain[place]:
            return step.holders.value
    step = steps[chain[place - 1], chain[place]]
    if step.holders.value is None or not step.holders.value:
        return step.holders.value
    return (step.reached_share.value or 0.0) * step.holders.value


def _draw_step(panel: Axes, row: int, left: float, step: LadderStep, colour: str, lang: Lang, *, is_roomy: bool) -> None:
    """Draw who goes on as a dark band as wide as their part, inside a pale funnel that tells who does not."""
    share, right = step.reached_share.value, left + _GAP
    if not step.holders.value or share is None:
        return
    half, strip = _HEIGHT / 2, max(share * _HEIGHT / 2, 0.008 if share else 0.0)
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
    words = step_words(step, lang) if is_roomy else step_words(step, lang).replace("; ", "\n")
    panel.text((left + right) / 2, row + half + 0.04, words, ha="center", va="top", fontsize=8.5, linespacing=1.15, zorder=5)
