"""Figures in words, for those who cannot see them: every drawn number, in the order it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NumberFormat, Scale, is_undefined
from simulator.presentation.wording import (
    CAUSES,
    compared_names,
    course_format,
    course_name,
    difference_format,
    headline_names,
    measured,
    mix_shares,
    name_in,
    other_options,
    pick,
    say_shares_outside,
    sentence_case,
    verdict_words,
    with_unit,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.results.comparison import Comparison, OptionComparison
    from simulator.presentation.numbers import Lang


def describe_comparison(comparison: Comparison, lang: Lang, names: Sequence[str] | None = None) -> str:
    """Tell every difference with its interval and verdict, of the indicators that are drawn: those of the comparison figure when not told."""
    drawn = compared_names(comparison) if names is None else names
    items = [_describe_indicator(comparison, name, lang) for name in drawn]
    base = pick(comparison.option(comparison.baseline_option).title, lang)
    return translate("figure.comparison.alt", lang, baseline=base, values=" ".join(items)).strip()


def _describe_indicator(comparison: Comparison, name: str, lang: Lang) -> str:
    form = difference_format(name, measured(comparison, name), lang)
    unit = translate(f"table.unit.difference.{form.scale}", lang)
    options = []
    for option in other_options(comparison):
        item = option.indicators.get(name)
        if item is None or is_undefined(item.difference):
            options.append(f"{pick(option.title, lang)} {translate('table.undefined', lang)}")
            continue
        beside = form.around(item.difference_low, item.difference_high)
        options.append(
            translate(
                "figure.comparison.alt-option",
                lang,
                option=pick(option.title, lang),
                change=with_unit(beside.change(item.difference), unit),
                interval=form.interval(item.difference_low, item.difference_high, signed=True),
                verdict=verdict_words(item, lang),
            )
        )
    return translate("figure.comparison.alt-item", lang, indicator=sentence_case(name_in(comparison, name, lang)), options="; ".join(options))


def describe_allocation_mix(comparison: Comparison, lang: Lang) -> str:
    """Tell every bar's parts."""
    values = " ".join(_describe_bar(option, lang) for option in comparison.options)
    return " ".join([translate("figure.mix.alt", lang, values=values).strip(), *say_shares_outside(mix_shares(comparison), lang)])


def _describe_bar(option: OptionComparison, lang: Lang) -> str:
    form = NumberFormat(lang, Scale.PERCENT, 0)
    parts = []
    for cause in CAUSES:
        estimate = option.allocation_mix.get(cause)
        value = form.value(None if estimate is None else estimate.value)
        parts.append(translate("figure.mix.alt-part", lang, cause=translate(f"table.mix.{cause}", lang), value=value))
    return translate("figure.mix.alt-option", lang, option=pick(option.title, lang), parts=", ".join(parts))


def describe_by_year(comparison: Comparison, lang: Lang) -> str:
    """Tell where every line starts and ends."""
    return translate(
        "figure.by-year.alt", lang, values=" ".join(_describe_lines(comparison, name, lang) for name in headline_names(comparison))
    ).strip()


def describe_course(comparison: Comparison, name: str, lang: Lang) -> str:
    """Tell where every line of one indicator starts and ends."""
    return translate("figure.by-year.one.alt", lang, values=_describe_lines(comparison, name, lang))


def _describe_lines(comparison: Comparison, name: str, lang: Lang) -> str:
    lines = [(option, option.by_year[name]) for option in comparison.options if option.by_year.get(name)]
    form = course_format(name, [item for _, line in lines for item in line], lang)
    unit = translate(f"table.unit.value.{form.scale}", lang)
    options = []
    for option, line in lines:
        known = [item.value for item in line if not is_undefined(item.value)] or [None]
        ends = {"first": with_unit(form.value(known[0]), unit), "last": with_unit(form.value(known[-1]), unit)}
        options.append(translate("figure.by-year.alt-option", lang, option=pick(option.title, lang), **ends))
    return translate("figure.by-year.alt-item", lang, indicator=sentence_case(course_name(name, lang)), options="; ".join(options))
