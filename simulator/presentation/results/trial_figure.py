"""One picture of a draft while it is being written: what awards follow from, and which indicators move how far, drawn quickly enough to follow a hand.

Everything has its fixed place, so that the eye finds a number where it was a moment ago, and no time goes into laying it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox, BboxTransform

from simulator.presentation.figure_words import SIZE, width_of, wrap
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_number, is_undefined
from simulator.presentation.results.describing import describe_comparison
from simulator.presentation.results.sentences import say_comparison
from simulator.presentation.style import CAUSE_FILLS, GREY, INK, PALE, WIDTH, Drawing, house_style, look_of
from simulator.presentation.wording import CAUSES, difference_format, name_in, other_options, says_anything, sentence_case, value_format, with_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.results.comparison import Comparison, IndicatorComparison, OptionComparison
    from simulator.presentation.numbers import Lang

SHOWN: Final = (
    "turn_taking_index", "equal_opportunity_difference", "excess_inflation", "merit_kappa", "leader_share", "direct_worker_share", "award_rate",
)  # fmt: skip
"""The headline indicators, agreement with merit, and who is awarded."""
_TICKS: Final = (-4, -2, 0, 2, 4)
_REACH: Final = 5.0
"""Margins left and right of no change; what lies beyond ends in an arrow."""
_ROW: Final = 0.44
_TICK, _TO_NUMBER, _TO_TITLE = 0.05, 0.1, 0.24
"""Inches: how long the marks of the scale are, and how far below it its numbers and its title begin."""
_BARS: Final = 1.2
_FOOT: Final = 0.45
_NAMES, _NUMBERS = 0.29, 0.30
"""Parts of the width: names on the left, numbers on the right."""
_BAR_WIDTH: Final = 0.86
"""Part of the width: the bars of causes."""
_SMALL: Final = 8.0
_KEY_WIDTH: Final = 0.97
"""Part of the width: their names above them."""
_KEY: Final = 0.24
"""Inches: the sample of a cause beside its name."""


def draw_trial(comparison: Comparison, lang: Lang = "vi") -> Drawing:
    """Draw a draft beside the baseline: awards by cause, and the change of each indicator in margins, with its interval.

    Parameters
    ----------
    comparison
        A baseline and one other option, as :class:`~simulator.experiments.comparing.trial.Trial` gives them.
    lang
        The language.
    """
    (draft,) = other_options(comparison)
    baseline = comparison.option(comparison.baseline_option)
    names = [name for name in SHOWN if says_anything(comparison, name)]
    height = _BARS + _ROW * len(names) + _FOOT
    with house_style():
        figure = Figure(figsize=(WIDTH, height))
        _draw_mix(
            _Panel(figure, (1 - _BAR_WIDTH - 0.005, 1 - (_BARS - 0.12) / height, _BAR_WIDTH, (_BARS - 0.42) / height), (0, 100), (1.5, -0.6)),
            [baseline, draft],
            lang,
        )
        room = (_NAMES, _FOOT / height, 1 - _NAMES - _NUMBERS, _ROW * len(names) / height)
        _draw_changes(_Panel(figure, room, (-_REACH, _REACH), (len(names) - 0.5, -0.5)), comparison, [draft.indicators[name] for name in names], lang)
    return Drawing(
        "trial-figure",
        lang,
        figure,
        translate("figure.trial.title", lang),
        say_comparison(comparison, lang, names),
        describe_comparison(comparison, lang, names),
        follows_a_hand=True,
    )


class _Panel:
    """A part of the figure with a scale of its own, drawn straight onto the figure: axes, which could also be moved and zoomed, take a third of the time.

    Parameters
    ----------
    figure
        The figure.
    room
        Left, bottom, width and height, as parts of the figure.
    across, up
        What stands at the left and right end, and at the bottom and the top.
    """

    def __init__(self, figure: Figure, room: tuple[float, float, float, float], across: tuple[float, float], up: tuple[float, float]) -> None:
        left, bottom, width, height = room
        self.figure, self.across, self.up = figure, across, up
        self.scale = BboxTransform(Bbox([(across[0], up[0]), (across[1], up[1])]), Bbox.from_bounds(left, bottom, width, height)) + figure.transFigure

    def bar(self, x: float, y: float, width: float, height: float, **look: Any) -> None:
        """Draw a bar from its lower left corner on."""
        self.figure.add_artist(Rectangle((x, y), width, height, transform=self.scale, **look))

    def line(self, x: Sequence[float], y: Sequence[float], **look: Any) -> None:
        """Draw a line, or a mark where there is one point."""
        self.figure.add_artist(Line2D(x, y, transform=self.scale, **look))

    def text(self, x: float, y: float, words: str, *, size: float = SIZE, **look: Any) -> None:
        """Write words, in the middle of the line at y unless it is said otherwise."""
        self.figure.text(x, y, words, transform=self.scale, fontsize=size, **{"va": "center", **look})

    def beside(self, part: float) -> float:
        """Give where a part of the panel's width lies, from its left end."""
        return self.across[0] + part * (self.across[1] - self.across[0])


def _draw_mix(panel: _Panel, options: list[OptionComparison], lang: Lang) -> None:
    for row, option in enumerate(options):
        start = 0.0
        for cause in CAUSES:
            estimate = option.allocation_mix.get(cause)
            share = 0.0 if estimate is None or is_undefined(estimate.value) else max(float(estimate.value or 0.0), 0.0)
            fill, hatch, ink = CAUSE_FILLS[cause]
            panel.bar(100 * start, row - 0.36, 100 * share, 0.72, facecolor=fill, hatch=hatch, edgecolor=INK, linewidth=0.8)
            if share >= 0.06:  # noqa: PLR2004 - narrower, a number would not fit
                box = {"boxstyle": "round,pad=0.12", "facecolor": fill, "edgecolor": "none"} if hatch else None
                panel.text(100 * (start + share / 2), row, format_number(100 * share, lang), ha="center", color=ink, bbox=box, size=9)
            start += share
        panel.text(-1.5, row, translate(f"figure.trial.{'before' if row == 0 else 'after'}", lang), ha="right")
    _draw_key(panel, lang)


def _draw_key(panel: _Panel, lang: Lang) -> None:
    """Name the causes above the bars, one after the other."""
    per_inch = 100 / (_BAR_WIDTH * WIDTH)
    words = [translate(f"table.mix.{cause}", lang) for cause in CAUSES]
    used = sum(width_of(word, _SMALL) for word in words) + len(words) * _KEY
    gap = max((_KEY_WIDTH * WIDTH - used) / max(len(words) - 1, 1), 0.0)
    start = (_BAR_WIDTH - _KEY_WIDTH) * WIDTH
    for cause, word in zip(CAUSES, words, strict=True):
        fill, hatch, _ = CAUSE_FILLS[cause]
        panel.bar(start * per_inch, -1.02, 0.18 * per_inch, 0.36, facecolor=fill, hatch=hatch, edgecolor=INK, linewidth=0.6)
        panel.text((start + _KEY) * per_inch, -0.84, word, ha="left", size=_SMALL)
        start += _KEY + width_of(word, _SMALL) + gap


def _draw_changes(panel: _Panel, comparison: Comparison, items: list[IndicatorComparison], lang: Lang) -> None:
    bottom, top = panel.up
    panel.bar(-1, top, 2, bottom - top, facecolor=PALE, linewidth=0)
    panel.line([0, 0], [bottom, top], color=INK, linewidth=1)
    panel.line([-_REACH, _REACH], [bottom, bottom], color=GREY, linewidth=0.8)
    for tick in _TICKS:
        panel.line([tick, tick], [bottom, bottom + _TICK / _ROW], color=INK, linewidth=0.8)
        panel.text(tick, bottom + _TO_NUMBER / _ROW, format_number(tick, lang), ha="center", va="top")
    panel.text(0, bottom + _TO_TITLE / _ROW, translate("figure.trial.axis", lang), ha="center", va="top")
    for row, item in enumerate(items):
        _draw_change(panel, row, item)
        name = sentence_case(name_in(comparison, item.name, lang))
        panel.text(panel.beside(-0.03), row, wrap(name, _NAMES * WIDTH - 0.15, SIZE), ha="right", linespacing=1.1)
        panel.text(panel.beside(1.03), row, _numbers(item, lang), ha="left", linespacing=1.15)


def _draw_change(panel: _Panel, row: int, item: IndicatorComparison) -> None:
    if is_undefined(item.difference) or item.margin <= 0:
        return
    look = look_of(1)
    low, middle, high = (_in_margins(number, item.margin) for number in (item.difference_low, item.difference, item.difference_high))
    if low is not None and high is not None:
        panel.line([low, high], [row, row], color=look.colour, linewidth=2.2, solid_capstyle="butt")
    if middle is None:
        return
    is_beyond = abs((item.difference or 0.0) / item.margin) > _REACH
    marker = (">" if middle > 0 else "<") if is_beyond else look.marker
    fill = look.colour if item.verdict == "clear" else "white"
    panel.line([middle], [row], marker=marker, color=look.colour, markerfacecolor=fill, markersize=7.5, markeredgewidth=1.6)


def _in_margins(number: float | None, margin: float) -> float | None:
    return None if number is None else max(-_REACH, min(_REACH, number / margin))


def _numbers(item: IndicatorComparison, lang: Lang) -> str:
    if is_undefined(item.difference):
        return translate("table.undefined", lang)
    values, change = value_format(item.name, [item], lang), difference_format(item.name, [item], lang)
    unit = translate(f"table.unit.value.{values.scale}", lang)
    before, after = values.value(item.baseline), with_unit(values.value(item.value), unit)
    verdict = translate("verdict.unmoved" if item.difference == 0 else f"verdict.{item.verdict.replace(' ', '-')}", lang)
    return translate("figure.trial.numbers", lang, before=before, after=after, difference=change.change(item.difference), verdict=verdict)
