"""Sentences about what a list shows: which one is true is decided here, and each number comes with its interval, what it rests on, and its caveat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.indicators.repetition import PLACES_CHANGE
from simulator.indicators.rotation import SHUT_OUT
from simulator.presentation.i18n import catalogue, translate
from simulator.presentation.numbers import NumberFormat, Scale, format_count, is_undefined, places_for
from simulator.presentation.registers.anonymity import HIDDEN
from simulator.presentation.wording import CAUSES, award_kind, indicator_name, list_words, pick, scale_of, sentence_case, with_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.experiments.results.records import BilingualText
    from simulator.indicators.measurement import Measured, Measurement
    from simulator.indicators.yearly import MeasuredYear
    from simulator.presentation.numbers import Lang
    from simulator.presentation.registers.yearly_anonymity import ToldCounts

MAIN: Final = (
    "turn_taking_index",
    "equal_opportunity_difference",
    "excess_inflation",
    "award_rate",
    "leader_share",
    "direct_worker_share",
    "merit_kappa",
)
"""What the front page tells, in this order: the three headline indicators, then who is awarded, then agreement with merit."""
NEUTRAL: Final = {"turn_taking_index": 0.0, "equal_opportunity_difference": 0.0, "excess_inflation": 0.0}
"""Indicator → the value at which there is nothing to see; of these a sentence says on which side of it the interval lies."""
_PLAIN: Final = frozenset({"award_rate", "leader_share", "direct_worker_share"})
"""Indicators whose name says what they are; what each means stands where the report tells how to read them."""
NO_EFFECT_AT: Final = {
    **NEUTRAL,
    "last_winner_penalty": 0.0,
    "repeat_deficit": 0.0,
    "win_dispersion": 1.0,
    "leader_risk_ratio": 1.0,
    "unexplained_gap": 0.0,
    "post_worth": 0.0,
    "award_volume_growth": 0.0,
    "award_level_growth": 0.0,
    "ratchet_index": 0.0,
}
"""Indicator → the same for all of which one value says that there is nothing to see."""


def format_of(name: str, *measured: Measured, lang: Lang) -> NumberFormat:
    """Return how the numbers of an indicator are written: with as many decimals as the widest of their intervals supports."""
    scale = Scale.PERCENT if name in CAUSES else scale_of(name)
    halves = [(found.high - found.low) / 2 for found in measured if found.low is not None and found.high is not None]
    return NumberFormat(lang, scale, places_for(halves, scale))


def value_words(measured: Measured, form: NumberFormat) -> str:
    """Write a value with its unit."""
    return with_unit(form.value(measured.value), translate(f"table.unit.value.{form.scale}", form.lang))


def interval_words(measured: Measured, form: NumberFormat) -> str:
    """Write an interval in brackets; of one that is 0 at both ends, too, it is said that every draw of units gave the same."""
    if measured.low == measured.high == 0:
        return f"[{translate('table.interval.none', form.lang)}]"
    return form.interval(measured.low, measured.high)


def with_interval(measured: Measured, form: NumberFormat) -> str:
    """Write a value with its unit and its interval, or the interval alone where there is no value."""
    unit = translate(f"table.unit.value.{form.scale}", form.lang)
    form = form.around(measured.low, measured.high)
    interval = interval_words(measured, form)
    if is_undefined(measured.value):
        return with_unit(interval, unit) if interval else form.value(None)
    return f"{with_unit(form.value(measured.value), unit)} {interval}".rstrip()


def support_words(name: str, measured: Measured, lang: Lang) -> str:
    """Write the interval and the observations that stand behind a value."""
    form = format_of(name, measured, lang=lang)
    interval = interval_words(measured, form)
    n = HIDDEN if measured.n is None else format_count(measured.n, lang)
    kind = "same" if form.is_one_number(measured.low, measured.high) else "interval" if interval else "no-interval"
    return translate(f"figure.measured.support.{kind}", lang, interval=interval, n=n)


def say_measured(name: str, measured: Measured, lang: Lang) -> str:
    """Say what an indicator is, with interval, observations, reading and caveat; or why it has no value."""
    title = sentence_case(indicator_name(name, lang))
    caveat = translate(measured.caveat or "caveat.undefined", lang)
    form = format_of(name, measured, lang=lang)
    if is_undefined(measured.value):
        if measured.low is None or measured.high is None:
            return translate("figure.measured.unknown", lang, indicator=title, caveat=caveat)
        return translate("figure.measured.bounds", lang, indicator=title, interval=with_interval(measured, form), caveat=caveat)
    form = form.around(measured.low, measured.high)
    sentences = [
        translate("figure.measured.value", lang, indicator=title, value=value_words(measured, form), support=support_words(name, measured, lang))
    ]
    reading = reading_of(name, measured)
    if reading:
        sentences.append(translate(f"figure.measured.reading.{name}.{reading}", lang))
    elif name not in _PLAIN and f"indicator.meaning.{name}" in catalogue(lang):
        sentences.append(translate("figure.measured.meaning", lang, meaning=sentence_case(translate(f"indicator.meaning.{name}", lang))))
    if measured.caveat:
        sentences.append(translate("figure.measured.caveat", lang, caveat=caveat))
    return " ".join(sentences)


def reading_of(name: str, measured: Measured) -> str:
    """Say where the interval of a headline indicator lies (:func:`side_of`); empty of others, and where 0 stands for a question that nobody could be asked.

    Empty, too, where every draw of units gives the value at which there is nothing to see: of an interval without width, nothing is in doubt.
    """
    if name not in NEUTRAL or measured.value == measured.low == measured.high == NEUTRAL[name]:
        return ""
    return side_of(measured, NEUTRAL[name])


def side_of(measured: Measured, neutral: float) -> str:
    """Say whether an interval lies ``above`` or ``below`` a value or ``around`` it; empty where there is none, where the rules leave nobody to compare, and where places alone move it."""
    if is_undefined(measured.value) or measured.low is None or measured.high is None or measured.caveat in {SHUT_OUT, PLACES_CHANGE}:
        return ""
    if measured.low > neutral:
        return "above"
    return "below" if measured.high < neutral else "around"


def main_findings(measurement: Measurement, lang: Lang) -> list[str]:
    """Tell the main findings, first those that have a value; what has none is told with its reason, those of one reason together."""
    known = [name for name in MAIN if name in measurement.indicators and not is_undefined(measurement.indicators[name].value)]
    bounded = [name for name in MAIN if name not in known and name in measurement.indicators and measurement.indicators[name].low is not None]
    sentences = [say_measured(name, measurement.indicators[name], lang) for name in (*known, *bounded)]
    open_names: dict[str, list[str]] = {}
    for name in MAIN:
        if name in measurement.indicators and name not in (*known, *bounded):
            open_names.setdefault(measurement.indicators[name].caveat or "caveat.undefined", []).append(indicator_name(name, lang))
    sentences += [
        translate("figure.measured.unknown", lang, indicator=sentence_case(list_words(names, lang)), caveat=translate(caveat, lang))
        for caveat, names in open_names.items()
    ]
    return sentences


def say_what_was_measured(measurement: Measurement, award_title: BilingualText | None, lang: Lang) -> str:
    """Say which award was measured, and how many people, units, years and awards were counted."""
    award = measurement.award if award_title is None else pick(award_title, lang)
    counts = {name: getattr(measurement, f"n_{name}") for name in ("members", "units", "years", "awards")}
    words = {
        name: translate(
            f"table.measure.{'people' if name == 'members' else name}.{'one' if count == 1 else 'many'}",
            lang,
            n=HIDDEN if count is None else format_count(count, lang),
        )
        for name, count in counts.items()
    }
    return translate("figure.measured.what", lang, kind=award_kind(award_title, lang), award=award, **words)


def say_drawn(measurement: Measurement, names: Sequence[str], lang: Lang) -> str:
    """Say what to see where indicators are drawn: whose interval lies beside the value at which there is nothing to see; else the numbers themselves."""
    sides = {name: side_of(measurement.indicators[name], NO_EFFECT_AT[name]) for name in names if name in NO_EFFECT_AT}
    told = [
        translate(f"figure.measured.says-{side}", lang, indicators=list_words(of_side, lang))
        for side in ("above", "below", "around")
        if (of_side := [indicator_name(name, lang) for name, found in sides.items() if found == side])
    ]
    if told:
        return " ".join(told)
    items = {name: measurement.indicators[name] for name in names}
    words = (f"{indicator_name(name, lang)} {with_interval(found, format_of(name, found, lang=lang))}" for name, found in items.items())
    return f"{sentence_case('; '.join(words))}."


def say_mix(measurement: Measurement, lang: Lang) -> str:
    """Say how many of 100 awards follow each cause, with intervals; or why that is not known."""
    parts = [measurement.allocation_mix.get(cause) for cause in CAUSES]
    known = [part for part in parts if part is not None and not is_undefined(part.value)]
    if len(known) < len(CAUSES):
        caveats = [part.caveat for part in parts if part is not None and part.caveat and is_undefined(part.value)]
        return translate("figure.measured.mix-unknown", lang, caveat=translate(caveats[0] if caveats else "caveat.undefined", lang))
    words = {}
    for cause, part in zip(CAUSES, known, strict=True):
        form = format_of(cause, *known, lang=lang).around(part.low, part.high)
        words[cause] = f"{form.value(part.value)} {form.interval(part.low, part.high)}".strip()
    has_intervals = any(part.low is not None for part in known)
    return translate(f"figure.measured.mix.{'intervals' if has_intervals else 'bare'}", lang, **words)


def followed(years: Iterable[MeasuredYear], name: str) -> list[tuple[int, Measured]]:
    """Give the years that tell of an indicator, with what they tell."""
    return [(year.year, year.indicators[name]) for year in years if not is_undefined(year.indicators[name].value)]


def say_course(years: Sequence[MeasuredYear], name: str, lang: Lang) -> str:
    """Say what an indicator was in the first and in the last year that tell of it, and whether the intervals of the two lie apart."""
    course = followed(years, name)
    form = format_of(name, *(measured for _, measured in course), lang=lang)
    (first_year, first), (last_year, last) = course[0], course[-1]
    words = {"first_year": str(first_year), "last_year": str(last_year), "indicator": sentence_case(indicator_name(name, lang))}
    words |= {end: with_interval(measured, form) for end, measured in (("first", first), ("last", last))}
    return translate(f"figure.measured.course.{course_reading(first, last)}", lang, **words)


def course_reading(first: Measured, last: Measured) -> str:
    """Say whether the intervals of two years lie apart: ``up``, ``down``, ``open`` where they do not, ``bare`` where there are none.

    ``same`` where both years have one value and intervals of no width: of what could not come out otherwise, there is nothing to conclude.
    """
    if first.low is None or first.high is None or last.low is None or last.high is None:
        return "bare"
    if last.low > first.high:
        return "up"
    if first.low == first.high == last.low == last.high == first.value == last.value:
        return "same"
    return "down" if last.high < first.low else "open"


def say_counts(told: ToldCounts, lang: Lang) -> str:
    """Say which group has most awards over the years that are told, and how many."""
    shown = [row for row in told.counts if row is not None]
    totals = [sum(column) for column in zip(*shown, strict=True)]
    largest = max(range(len(totals)), key=lambda group: totals[group])
    return translate(
        f"figure.counts.{told.by}.says",
        lang,
        group=group_name(told, largest, lang),
        most=format_count(totals[largest], lang),
        all=format_count(sum(totals), lang),
        years=str(len(shown)),
    )


def group_name(told: ToldCounts, group: int, lang: Lang) -> str:
    """Name a level or a track, or the groups of few awards that stand together."""
    name = told.groups[group]
    known = f"figure.counts.{told.by}.{name}"
    return translate(known, lang) if known in catalogue(lang) else translate(f"figure.counts.{told.by}.name", lang, n=name)
