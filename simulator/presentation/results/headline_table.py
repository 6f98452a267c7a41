"""What a reader wants to know first: the headline indicators under every option in one small table, and what it shows in words without numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count, is_nothing, is_undefined
from simulator.presentation.results.impacts import is_recorded_only
from simulator.presentation.results.results_table import title_with_units
from simulator.presentation.results.tables import verdict_notes
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import (
    difference_format,
    list_words,
    measured,
    name_in,
    other_options,
    pick,
    sentence_case,
    sure_direction,
    value_format,
    verdict_words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.results.comparison import Comparison, IndicatorComparison, OptionComparison
    from simulator.presentation.numbers import Lang, NumberFormat

_NAMED = ("up", "down", "surely-up", "surely-down")
"""What is found clearly is named, and what surely goes one way; the others of the table are counted, for their cells say the rest."""
_COUNTED = ("small", "unmoved", "unclear")
_MOST_COLUMNS = 4
"""Options that stand side by side; more of them, of which a page holds no columns, stand one below the other."""


def headline_table(comparison: Comparison, names: Sequence[str], lang: Lang, *, is_alone: bool = False) -> Table:
    """Return where things stand, then each option's difference with interval and verdict: the indicators as rows, or, of many options, these.

    Parameters
    ----------
    comparison
        The comparison.
    names
        The indicators, in order.
    lang
        The language.
    is_alone
        Whether no table of all options follows, below which verdicts are explained: then it explains them itself.
    """
    baseline = pick(comparison.option(comparison.baseline_option).title, lang)
    columns = (sentence_case(translate("table.indicator", lang)), baseline, *(pick(option.title, lang) for option in other_options(comparison)))
    rows = tuple(_row(comparison, name, lang) for name in names)
    is_turned = len(other_options(comparison)) > _MOST_COLUMNS
    if is_turned:
        columns, rows = _turned(columns, rows, sentence_case(translate("table.options.option", lang)))
    order = "options-down" if is_turned else "cells"
    cells = [translate(f"table.headline.note.{order}", lang, baseline=baseline)] if other_options(comparison) else []
    notes = (*cells, *(verdict_notes(comparison, names, lang) if is_alone else [translate("table.headline.note.elsewhere", lang)]))
    return Table(
        "headline", lang, translate("table.headline.caption", lang, baseline=baseline), columns, (Group("", rows),), notes, is_simulated=True
    )


def _turned(columns: tuple[str, ...], rows: tuple[Row, ...], corner: str) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Let columns be rows and rows columns."""
    lines = zip(*(row.cells for row in rows), strict=True)
    return (corner, *(row.header for row in rows)), tuple(Row(title, cells) for title, cells in zip(columns[1:], lines, strict=True))


def _row(comparison: Comparison, name: str, lang: Lang) -> Row:
    items = measured(comparison, name)
    form, steps = value_format(name, items, lang), difference_format(name, items, lang)
    reference = comparison.option(comparison.baseline_option).indicators.get(name)
    nothing = translate("table.none", lang)
    level = nothing if reference is None else _level(reference, form)
    cells = [nothing if (item := option.indicators.get(name)) is None else _change(item, steps) for option in other_options(comparison)]
    return Row(title_with_units(comparison, name, form, steps), (level, *cells))


def _level(item: IndicatorComparison, form: NumberFormat) -> str:
    value = form.value(item.value)
    if is_undefined(item.lawful_best):
        return value
    return f"{value}\n{translate('table.headline.best', form.lang, best=form.value(item.lawful_best))}"


def _change(item: IndicatorComparison, steps: NumberFormat) -> str:
    if is_undefined(item.difference):
        return steps.change(item.difference)
    steps = steps.around(item.difference_low, item.difference_high)
    interval = steps.interval(item.difference_low, item.difference_high, signed=True)
    return "\n".join(part for part in (steps.change(item.difference), interval, verdict_words(item, steps.lang)) if part)


def say_headlines(comparison: Comparison, names: Sequence[str], lang: Lang) -> list[str]:
    """Say of each option what it clearly raises and lowers, and of how many indicators it does not; the numbers stand in the table."""
    return [_say_option(comparison, option, names, lang) for option in other_options(comparison)]


def _say_option(comparison: Comparison, option: OptionComparison, names: Sequence[str], lang: Lang) -> str:
    if is_recorded_only(comparison, option):
        return translate("report.summary.option", lang, option=pick(option.title, lang), parts=translate("report.summary.recorded", lang))
    said: dict[str, list[str]] = {saying: [] for saying in (*_NAMED, *_COUNTED)}
    for name in names:
        if name in option.indicators:
            said[_saying(option.indicators[name])].append(name_in(comparison, name, lang))
    parts = [translate(f"report.summary.{saying}", lang, indicators=list_words(said[saying], lang)) for saying in _NAMED if said[saying]]
    parts += [translate(f"report.summary.{saying}", lang, n=format_count(len(said[saying]), lang)) for saying in _COUNTED if said[saying]]
    return translate("report.summary.option", lang, option=pick(option.title, lang), parts="; ".join(parts) or translate("table.none", lang))


def _saying(item: IndicatorComparison) -> str:
    if is_nothing(item.difference, item.difference_low, item.difference_high):
        return "unmoved"
    if item.verdict == "clear":
        return "up" if (item.difference or 0.0) > 0 else "down"
    if item.verdict == "small":
        return "small"
    direction = sure_direction(item)
    return "unclear" if direction is None else f"surely-{direction}"
