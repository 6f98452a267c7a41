"""Sentences about results: which one is true is decided here, and the numbers it states are filled in.

Every word stands in the catalogue. A sentence that states a number is tested against the data it came from.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from simulator.experiments.mathematics.statistics import PRIMARY
from simulator.experiments.results.comparison import STRUCTURES_CAVEAT
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count, format_number, is_undefined
from simulator.presentation.results.changes import change_words
from simulator.presentation.wording import (
    CAUSES,
    award_kind,
    compared_names,
    course_format,
    course_margin,
    course_name,
    measured,
    name_in,
    other_options,
    pick,
    quoted,
    sentence_case,
    value_format,
    with_unit,
    words_in,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.results.comparison import Comparison, IndicatorComparison, OptionComparison
    from simulator.presentation.numbers import Lang


def say_comparison(comparison: Comparison, lang: Lang, names: Sequence[str] | None = None) -> str:
    """Say which change is clearest, and how many differences are clear, small, not clear or not defined at all.

    Parameters
    ----------
    comparison
        The comparison.
    lang
        The language.
    names
        The indicators that are drawn, of which alone it speaks; those of the comparison figure when not told.
    """
    drawn = compared_names(comparison) if names is None else names
    base = pick(comparison.option(comparison.baseline_option).title, lang)
    pairs = [(option, option.indicators[name]) for option in other_options(comparison) for name in drawn if name in option.indicators]
    if not pairs:
        return translate("figure.comparison.nothing", lang)
    defined = [item for _, item in pairs if not is_undefined(item.difference)]
    counts = {verdict: str(sum(item.verdict == verdict for item in defined)) for verdict in ("clear", "small", "not clear")}
    fields = {
        "baseline": base,
        "n": str(len(pairs)),
        "of": _of_what(pairs, lang),
        "clear": counts["clear"],
        "small": counts["small"],
        "unclear": counts["not clear"],
    }
    differing = sum(item.caveat == STRUCTURES_CAVEAT for _, item in pairs)
    caution = " " + translate("figure.comparison.structures", lang, n=str(differing)) if differing else ""
    if undefined := len(pairs) - len(defined):
        caution = " " + translate("figure.comparison.undefined", lang, n=str(undefined)) + caution
    clear = [pair for pair in pairs if pair[1].verdict == "clear" and not is_undefined(pair[1].difference)]
    if not clear:
        return translate("figure.comparison.none-clear", lang, **fields) + caution
    option, strongest = max(clear, key=lambda pair: abs(pair[1].difference or 0.0) / (pair[1].margin or math.inf))
    words = translate(
        "figure.comparison.clearest",
        lang,
        indicator=name_in(comparison, strongest.name, lang),
        option=pick(option.title, lang),
        change=change_words(comparison, strongest, lang),
        **fields,
    )
    return words + caution


def _of_what(pairs: Sequence[tuple[OptionComparison, IndicatorComparison]], lang: Lang) -> str:
    """Count the indicators and the options that differences are of."""
    n_options = len({option.id for option, _ in pairs})
    key = f"figure.comparison.of-{'option' if n_options == 1 else 'options'}"
    return translate(key, lang, indicators=str(len({item.name for _, item in pairs})), options=str(n_options))


def say_compliance(comparison: Comparison, lang: Lang) -> str | None:
    """Say, where any option has exhortations, that the results rest on how far these are assumed to be followed."""
    is_moved = any(clause.compliance is not None and clause.simulated for clause in comparison.clauses)
    if not is_moved and not any(option.compliance for option in comparison.options):
        return None
    return translate("report.summary.compliance", lang, section=translate("report.assumptions.title", lang))


def say_allocation_mix(comparison: Comparison, lang: Lang) -> str:
    """Say, of 100 awards under the baseline, how many follow each cause, and where merit's part is largest."""
    baseline = comparison.option(comparison.baseline_option)
    shares = [baseline.allocation_mix.get(cause) for cause in CAUSES]
    known = [share.value for share in shares if share is not None and share.value is not None and not is_undefined(share.value)]
    if len(known) < len(CAUSES):
        return translate("figure.mix.undefined", lang, baseline=pick(baseline.title, lang))
    fields = {cause: _of_hundred(value, lang) for cause, value in zip(CAUSES, known, strict=True)}
    first = translate("figure.mix.baseline", lang, baseline=pick(baseline.title, lang), **fields)
    if sum(round(value * 100) for value in known) != 100:  # noqa: PLR2004 - of a hundred awards
        first = f"{first} {translate('table.mix.rounded', lang)}"
    merits = [(option, _of_hundred(option.allocation_mix["merit"].value, lang)) for option in comparison.options if _has_merit(option)]
    ranked = sorted(merits, key=lambda pair: -(pair[0].allocation_mix["merit"].value or 0.0))
    most, least = ranked[0][1], ranked[-1][1]
    if most == least:
        second = translate("figure.mix.equal", lang, merit=most) if len(ranked) > 1 else ""
    else:
        best, worst = (quoted([pick(option.title, lang) for option, merit in merits if merit == end], lang) for end in (most, least))
        second = translate("figure.mix.range", lang, best=best, most=most, worst=worst, least=least)
    return f"{first} {second}".strip()


def say_by_year(comparison: Comparison, lang: Lang) -> str:
    """Say on which headline indicator the options lie furthest apart in the last year, measured in margins."""
    spreads = [spread for name in PRIMARY if (spread := _last_spread(comparison, name)) is not None]
    if not spreads:
        return translate("figure.by-year.undefined", lang)
    widest = max(spreads, key=lambda spread: spread.in_margins)
    fields = {"n": str(len(spreads)), "year": str(comparison.years[-1])}
    if widest.in_margins < 1:
        return translate("figure.by-year.close", lang, **fields)
    return translate("figure.by-year.apart", lang, **_words_of(widest, lang), **fields)


def say_course(comparison: Comparison, name: str, lang: Lang) -> str:
    """Say how far apart the options lie on one headline indicator in the last year, and whether that reaches the margin."""
    indicator, year = course_name(name, lang), str(comparison.years[-1])
    spread = _last_spread(comparison, name)
    if spread is None and len(comparison.options) == 1:
        return translate("figure.by-year.one.alone", lang, indicator=sentence_case(indicator), **_course_ends(comparison, name, lang))
    if spread is None:
        return translate("figure.by-year.one.undefined", lang, indicator=indicator, year=year)
    return translate(f"figure.by-year.one.{'close' if spread.in_margins < 1 else 'apart'}", lang, year=year, **_words_of(spread, lang))


def _course_ends(comparison: Comparison, name: str, lang: Lang) -> dict[str, str]:
    """Write where the only option begins and ends on an indicator."""
    course = comparison.options[0].by_year.get(name, [])
    form = course_format(name, course, lang)
    unit = translate(f"table.unit.value.{form.scale}", lang)
    ends = [with_unit(form.value(item.value), unit) for item in (course[0], course[-1])] if course else [form.value(None)] * 2
    return {"first": ends[0], "last": ends[1], "year": str(comparison.years[-1]), "option": pick(comparison.options[0].title, lang)}


def say_null_reform(comparison: Comparison, lang: Lang) -> str:
    """Say whether rewording the baseline without changing its content changed any award."""
    seal = comparison.null_reform
    if seal.same_awards and seal.max_abs_difference == 0:
        return translate("report.seal.holds", lang)
    return translate("report.seal.broken", lang, difference=format_number(seal.max_abs_difference, lang, 6))


def say_merit(comparison: Comparison, lang: Lang) -> str:
    """Say how well awards follow merit, beside the most that the present reliability of appraisal allows."""
    sentences = []
    form = value_format("merit_kappa", measured(comparison, "merit_kappa"), lang)
    for option in comparison.options:
        kappa, ceiling = option.indicators.get("merit_kappa"), option.indicators.get("merit_ceiling")
        if kappa is None or ceiling is None or is_undefined(kappa.value) or is_undefined(ceiling.value):
            continue
        values = {"kappa": form.value(kappa.value), "ceiling": form.value(ceiling.value)}
        sentences.append(translate("report.merit.option", lang, option=pick(option.title, lang), **values))
    if not sentences:
        return translate("report.merit.undefined", lang)
    return translate("report.merit.sentence", lang, options="; ".join(sentences))


def say_behaviour(comparison: Comparison, lang: Lang) -> str:
    """Say by which structure of behaviour units choose, and whether anybody learns."""
    structure = translate(f"structure.{comparison.structure}", lang)
    return translate(
        "table.note.behaviour", lang, structure=structure, learning=translate(f"learning.{'on' if comparison.learning else 'off'}", lang)
    )


def say_size(comparison: Comparison, lang: Lang) -> str:
    """Say how many people, units, years and paired replications the comparison holds."""
    return words_in(
        comparison,
        "report.size",
        lang,
        members=format_count(comparison.n_members, lang),
        units=format_count(comparison.n_units, lang),
        years=format_count(len(comparison.years), lang),
        warm_up=format_count(comparison.warm_up_years, lang),
        replications=format_count(comparison.replications, lang),
        kind=award_kind(comparison.focus_award_title, lang),
        award=pick(comparison.focus_award_title, lang),
    )


def _of_hundred(share: float | None, lang: Lang) -> str:
    # As the figure and its table have it, though a regression can put a cause below zero, or above one: what that means is said beside them.
    return format_number((share or 0.0) * 100, lang, 0)


def _has_merit(option: OptionComparison) -> bool:
    return "merit" in option.allocation_mix and not is_undefined(option.allocation_mix["merit"].value)


class _Spread(NamedTuple):
    """An indicator's range over the options in the last year, with its two ends, and how many margins it is wide."""

    name: str
    in_margins: float
    lowest: OptionComparison
    low: float
    highest: OptionComparison
    high: float


def _words_of(spread: _Spread, lang: Lang) -> dict[str, str]:
    form = course_format(spread.name, [option.by_year[spread.name][-1] for option in (spread.lowest, spread.highest)], lang)
    unit = translate(f"table.unit.value.{form.scale}", lang)
    return {
        "indicator": course_name(spread.name, lang),
        "low": with_unit(form.value(spread.low), unit),
        "high": with_unit(form.value(spread.high), unit),
        "lowest": pick(spread.lowest.title, lang),
        "highest": pick(spread.highest.title, lang),
    }


def _last_spread(comparison: Comparison, name: str) -> _Spread | None:
    ends = [(option, last) for option in comparison.options if name in option.by_year and not is_undefined(last := option.by_year[name][-1].value)]
    known = [(option, last) for option, last in ends if last is not None]
    if len(known) < 2:  # noqa: PLR2004  # one line has no distance
        return None
    lowest, highest = min(known, key=lambda end: end[1]), max(known, key=lambda end: end[1])
    margin = known[0][0].indicators[name].margin if name in known[0][0].indicators else 1.0
    return _Spread(name, (highest[1] - lowest[1]) / course_margin(name, margin, len(comparison.years)), *lowest, *highest)
