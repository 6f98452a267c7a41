"""What a difference depends on when everything varies at once: a bar for each input, the longest first, with what luck alone seems to do behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from simulator.presentation.figure_words import row_height, wrap
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count
from simulator.presentation.results.figures import number_axis
from simulator.presentation.results.uncertain_words import difference_format, input_name, input_range, say_indices, share_with_interval
from simulator.presentation.style import INK, PALE, WIDTH, Drawing, freeze, house_style
from simulator.presentation.wording import indicator_name, pick, scale_of, sentence_case

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from simulator.experiments.sensitivity.global_influences import GlobalSensitivity, InputEffect
    from simulator.presentation.numbers import Lang
    from simulator.presentation.results.uncertain_words import ShownIndices

_LABEL: Final = 2.7
"""Inches: the column of inputs."""
_TOTAL, _FIRST = ("#c9d6e2", ""), ("#4a6f8f", "")


def draw_indices(study: GlobalSensitivity, shown: ShownIndices, lang: Lang = "vi") -> Drawing:
    """Draw how much of the variation of a difference goes back to each input; without indices, how far each moves it."""
    with house_style():
        labels = [wrap(f"{rank}. {input_name(each, lang)}", _LABEL, most_lines=2) for rank, (each, _) in enumerate(shown.bars, start=1)]
        labels = [f"{label}\n{input_range(each, lang)}" for label, (each, _) in zip(labels, shown.bars, strict=True)]
        figure = Figure(figsize=(WIDTH, 1.45 + row_height(labels, 0.42) * len(labels)), layout="constrained")
        figure.get_layout_engine().set(w_pad=0.06)  # type: ignore[union-attr, call-arg]  # set by layout=
        panel = figure.subplots()
        _draw(panel, shown, labels, lang)
        figure.legend(handles=_key(shown, lang), loc="outside upper left", ncols=1, frameon=False, handlelength=2.4, handleheight=1.1)
        freeze(figure)
    words = {"indicator": sentence_case(indicator_name(shown.indicator, lang)), "option": pick(shown.option.title, lang)}
    identifier = f"indices-{shown.indicator.replace('_', '-')}-figure"
    return Drawing(
        identifier, lang, figure, translate("figure.indices.title", lang, **words), say_indices(study, shown, lang), describe_indices(shown, lang)
    )


def _draw(panel: Axes, shown: ShownIndices, labels: list[str], lang: Lang) -> None:
    factor = 100.0 if shown.has_indices else scale_of(shown.indicator).factor
    low, value, high = (number * factor for number in _whisker(shown.noise, shown))
    panel.axvspan(0, high, color=PALE, zorder=0, linewidth=0)
    longest = high
    for row, (_, effect) in enumerate(shown.bars):
        low, value, high = (number * factor for number in _whisker(effect, shown))
        panel.barh(row, value, height=0.56, color=_TOTAL[0], edgecolor=INK, linewidth=0.8, zorder=2)
        if shown.has_indices:
            panel.barh(row, max(effect.first or 0.0, 0.0) * factor, height=0.28, color=_FIRST[0], edgecolor=INK, linewidth=0.8, zorder=3)
        panel.plot([low, high], [row, row], color=INK, linewidth=1.1, marker="|", markersize=5, zorder=4)
        longest = max(longest, high)
    panel.set_xlim(0, 100 if shown.has_indices else longest * 1.05)
    panel.set_ylim(len(shown.bars) - 0.45, -0.55)
    panel.set_yticks(range(len(labels)), labels)
    panel.tick_params(axis="y", length=0)
    panel.spines["left"].set_visible(False)
    unit = "" if shown.has_indices else translate(f"table.unit.difference.{scale_of(shown.indicator)}", lang)
    axis = translate("figure.indices.axis" if shown.has_indices else "figure.effects.axis", lang) + (f" ({unit})" if unit else "")
    panel.set_xlabel(wrap(axis, WIDTH - _LABEL - 0.2))
    number_axis(panel, lang)


def _whisker(effect: InputEffect, shown: ShownIndices) -> tuple[float, float, float]:
    """Give the lower end, the value and the upper end of a bar."""
    if shown.has_indices:
        return max(effect.total_low or 0.0, 0.0), effect.total or 0.0, effect.total_high or 0.0
    value, half = effect.mean_effect or 0.0, effect.mean_effect_half or 0.0
    return max(value - half, 0.0), value, value + half


def _key(shown: ShownIndices, lang: Lang) -> list[Patch | Line2D]:
    kind = "indices" if shown.has_indices else "effects"
    handles: list[Patch | Line2D] = [Patch(facecolor=_TOTAL[0], edgecolor=INK, linewidth=0.8, label=_wide(f"figure.{kind}.total", lang))]
    if shown.has_indices:
        handles.append(Patch(facecolor=_FIRST[0], edgecolor=INK, linewidth=0.8, label=_wide("figure.indices.first", lang)))
    handles.append(Line2D([], [], color=INK, linewidth=1.1, marker="|", markersize=5, label=_wide(f"figure.{kind}.interval", lang)))
    handles.append(Patch(facecolor=PALE, edgecolor="none", label=_wide(f"figure.{kind}.noise", lang)))
    return handles


def _wide(key: str, lang: Lang) -> str:
    return wrap(translate(key, lang), WIDTH - 0.6)


def describe_indices(shown: ShownIndices, lang: Lang) -> str:
    """Tell every bar."""
    form = difference_format(shown, lang)
    rows = []
    for rank, (each, effect) in enumerate(shown.bars, start=1):
        value = share_with_interval(effect.total, effect.total_low, effect.total_high, lang) if shown.has_indices else form.value(effect.mean_effect)
        rows.append(translate("figure.indices.alt-item", lang, rank=format_count(rank, lang), input=input_name(each, lang), value=value))
    noise = shown.noise
    floor = share_with_interval(noise.total, noise.total_low, noise.total_high, lang) if shown.has_indices else form.value(noise.mean_effect)
    words = {"indicator": indicator_name(shown.indicator, lang), "option": pick(shown.option.title, lang)}
    return translate("figure.indices.alt" if shown.has_indices else "figure.effects.alt", lang, noise=floor, values=" ".join(rows), **words)
