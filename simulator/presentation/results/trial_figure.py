"""One picture of a draft while it is being written: what awards follow from, and which indicators move how far, drawn quickly enough to follow a hand.

Everything has its fixed place, so that the eye finds a number where it was a moment ago, and no time goes into laying it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from simulator.presentation.figure_words import SIZE, width_of, wrap
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_number, is_undefined
from simulator.presentation.results.describing import describe_comparison
from simulator.presentation.results.sentences import say_comparison
from simulator.presentation.style import CAUSE_FILLS, INK, PALE, WIDTH, Drawing, house_style, look_of
from simulator.presentation.wording import CAUSES, difference_format, name_in, other_options, says_anything, sentence_case, value_format, with_unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

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
        left, width = _NAMES, 1 - _NAMES - _NUMBERS
        bars = figure.add_axes((1 - _BAR_WIDTH - 0.005, 1 - (_BARS - 0.12) / height, _BAR_WIDTH, (_BARS - 0.42) / height))
        _draw_mix(bars, [baseline, draft], lang)
        panel = figure.add_axes((left, _FOOT / height, width, _ROW * len(names) / height))
        _draw_changes(panel, comparison, [draft.indicators[name] for name in names], lang)
    return Drawing(
        "trial-figure",
        lang,
        figure,
        translate("figure.trial.title", lang),
        say_comparison(comparison, lang),
        describe_comparison(comparison, lang),
    )


def _draw_mix(panel: Axes, options: list[OptionComparison], lang: Lang) -> None:
    for row, option in enumerate(options):
        start = 0.0
        for cause in CAUSES:
            estimate = option.allocation_mix.get(cause)
            share = 0.0 if estimate is None or is_undefined(estimate.value) else max(float(estimate.value or 0.0), 0.0)
            fill, hatch, ink = CAUSE_FILLS[cause]
            panel.add_patch(Rectangle((100 * start, row - 0.36), 100 * share, 0.72, facecolor=fill, hatch=hatch, edgecolor=INK, linewidth=0.8))
            if share >= 0.06:  # noqa: PLR2004 - narrower, a number would not fit
                box = {"boxstyle": "round,pad=0.12", "facecolor": fill, "edgecolor": "none"} if hatch else None
                panel.text(
                    100 * (start + share / 2), row, format_number(100 * share, lang), ha="center", va="center", color=ink, bbox=box, fontsize=9
                )
            start += share
        panel.text(-1.5, row, translate(f"figure.trial.{'before' if row == 0 else 'after'}", lang), ha="right", va="center", fontsize=SIZE)
    _draw_key(panel, lang)
    panel.set_xlim(0, 100)
    panel.set_ylim(1.5, -0.6)
    panel.set_axis_off()


def _draw_key(panel: Axes, lang: Lang) -> None:
    """Name the causes above the bars, one after the other."""
    per_inch = 100 / (_BAR_WIDTH * WIDTH)
    words = [translate(f"table.mix.{cause}", lang) for cause in CAUSES]
    used = sum(width_of(word, _SMALL) for word in words) + len(words) * _KEY
    gap = max((_KEY_WIDTH * WIDTH - used) / max(len(words) - 1, 1), 0.0)
    start = (_BAR_WIDTH - _KEY_WIDTH) * WIDTH
    for cause, word in zip(CAUSES, words, strict=True):
        fill, hatch, _ = CAUSE_FILLS[cause]
        panel.add_patch(
            Rectangle((start * per_inch, -1.02), 0.18 * per_inch, 0.36, facecolor=fill, hatch=hatch, edgecolor=INK, linewidth=0.6, clip_on=False)
        )
        panel.text((start + _KEY) * per_inch, -0.84, word, ha="left", va="center", fontsize=_SMALL)
        start += _KEY + width_of(word, _SMALL) + gap


def _draw_changes(panel: Axes, comparison: Comparison, items: list[IndicatorComparison], lang: Lang) -> None:
    panel.axvspan(-1, 1, color=PALE, zorder=0, linewidth=0)
    panel.axvline(0, color=INK, linewidth=1, zorder=1)
    across = panel.get_yaxis_transform()
    for row, item in enumerate(items):
        _draw_change(panel, row, item)
        name = sentence_case(name_in(comparison, item.name, lang))
        panel.text(-0.03, row, wrap(name, _NAMES * WIDTH - 0.15, SIZE), transform=across, ha="right", va="center", fontsize=SIZE, linespacing=1.1)
        panel.text(1.03, row, _numbers(item, lang), transform=across, ha="left", va="center", fontsize=SIZE, linespacing=1.15)
    panel.set_xlim(-_REACH, _REACH)
    panel.set_ylim(len(items) - 0.5, -0.5)
    panel.set_yticks([])
    panel.set_xticks(_TICKS, [format_number(tick, lang) for tick in _TICKS], fontsize=SIZE)
    panel.text(
        0.5, -0.24 / (_ROW * len(items)), translate("figure.trial.axis", lang), transform=panel.transAxes, ha="center", va="top", fontsize=SIZE
    )
    for side in ("left", "right", "top"):
        panel.spines[side].set_visible(False)


def _draw_change(panel: Axes, row: int, item: IndicatorComparison) -> None:
    if is_undefined(item.difference) or item.margin <= 0:
        return
    look = look_of(1)
    low, middle, high = (_in_margins(number, item.margin) for number in (item.difference_low, item.difference, item.difference_high))
    if low is not None and high is not None:
        panel.plot([low, high], [row, row], color=look.colour, linewidth=2.2, solid_capstyle="butt")
    if middle is None:
        return
    is_beyond = abs((item.difference or 0.0) / item.margin) > _REACH
    marker = (">" if middle > 0 else "<") if is_beyond else look.marker
    fill = look.colour if item.verdict == "clear" else "white"
    panel.plot([middle], [row], marker=marker, color=look.colour, markerfacecolor=fill, markersize=7.5, markeredgewidth=1.6, clip_on=False)


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
