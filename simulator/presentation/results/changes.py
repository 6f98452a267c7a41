"""Levels and differences of a comparison in words: never without a unit, and a difference never without its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import is_nothing, is_undefined
from simulator.presentation.wording import difference_format, measured, value_format, with_unit

if TYPE_CHECKING:
    from simulator.experiments.results.comparison import Comparison, IndicatorComparison
    from simulator.presentation.numbers import Lang, NumberFormat


def change_words(comparison: Comparison, indicator: IndicatorComparison, lang: Lang) -> str:
    """Write a difference with its direction and interval, such as *giảm 8,3 điểm % (khoảng 95%: từ −8,9 đến −7,7)*."""
    form = difference_format(indicator.name, measured(comparison, indicator.name), lang)
    return say_change(indicator.difference, indicator.difference_low, indicator.difference_high, form)


def say_change(difference: float | None, low: float | None, high: float | None, form: NumberFormat) -> str:
    """Write a difference with its direction and its interval; one that is written as nothing says so, and keeps its interval.

    Parameters
    ----------
    difference, low, high
        The difference and the ends of its interval, in raw units.
    form
        How it is written.
    """
    lang = form.lang
    if difference is None or is_undefined(difference):
        return translate("table.undefined", lang)
    if is_nothing(difference, low, high):
        return translate("figure.change.exactly-none", lang)
    form = form.around(low, high)
    written = form.value(abs(difference))
    direction = "none" if written == form.value(0.0) else "up" if difference > 0 else "down"
    amount = with_unit(written, translate(f"table.unit.difference.{form.scale}", lang))
    return translate(f"figure.change.{direction}", lang, amount=amount, interval=_interval_words(low, high, form))


def _interval_words(low: float | None, high: float | None, form: NumberFormat) -> str:
    if is_undefined(low) or is_undefined(high):
        return translate("figure.interval.undefined", form.lang)
    if form.is_one_number(low, high):
        return translate("table.interval.none", form.lang)
    first, last = form.ends(low, high, signed=True)
    # Two equal ends would look like a mistake: an interval narrower than the last decimal written says that it is.
    return translate("figure.interval.narrow" if first == last else "figure.interval", form.lang, low=first, high=last)


def say_level(comparison: Comparison, indicator: IndicatorComparison, number: float | None, lang: Lang) -> str:
    """Write a level of an indicator with its unit."""
    if is_undefined(number):
        return translate("table.undefined", lang)
    form = value_format(indicator.name, measured(comparison, indicator.name), lang)
    return with_unit(form.value(number), translate(f"table.unit.value.{form.scale}", lang))
