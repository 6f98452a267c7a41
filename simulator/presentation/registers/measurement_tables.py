"""The numbers behind the figures of a measured list, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NumberFormat, format_count, is_undefined
from simulator.presentation.registers.anonymity import HIDDEN
from simulator.presentation.registers.measurement_sentences import followed, format_of, group_name, interval_words
from simulator.presentation.registers.yearly_figures import YEARLY
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import CAUSES, column_heads, indicator_name, scale_of, sentence_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.indicators.measurement import Measured, Measurement
    from simulator.indicators.yearly import MeasuredYear
    from simulator.presentation.numbers import Lang
    from simulator.presentation.registers.yearly_anonymity import ToldCounts

_HIDDEN = "caveat.hidden"


def mix_of_list_table(measurement: Measurement, lang: Lang) -> Table:
    """Return the parts of the allocation mix with their intervals."""
    parts = {cause: measurement.allocation_mix[cause] for cause in CAUSES if cause in measurement.allocation_mix}
    form = format_of("merit", *parts.values(), lang=lang)
    rows = tuple(_row(sentence_case(translate(f"table.mix.{cause}", lang)), part, form) for cause, part in parts.items())
    return Table("measured-mix", lang, translate("figure.mix.title", lang), _columns("figure.measured.cause", lang), (Group("", rows),))


def years_table(years: Sequence[MeasuredYear], lang: Lang) -> Table:
    """Return, year by year, who was listed and awarded, and what is followed over the years, with intervals."""
    columns = (
        translate("table.years.year", lang),
        translate("table.years.members", lang),
        translate("table.years.awards", lang),
        *(_titled(name, lang) for name in YEARLY),
    )
    forms = {name: format_of(name, *(found for _, found in followed(years, name)), lang=lang) for name in YEARLY}
    rows = tuple(
        Row(
            str(year.year),
            (_count(year.n_members, lang), _count(year.n_awards, lang), *(_cell(year.indicators[name], forms[name]) for name in YEARLY)),
        )
        for year in years
    )
    cells = [year.indicators[name] for year in years for name in YEARLY]
    notes = [translate("table.years.note", lang)]
    if any(found.caveat == _HIDDEN for found in cells) or any(year.n_members is None for year in years):
        notes.append(translate("table.years.hidden", lang))
    return Table("years", lang, translate("table.years.caption", lang), columns, (Group("", rows),), tuple(notes))


def counts_table(told: ToldCounts, lang: Lang) -> Table:
    """Return awards by level or by track, year by year."""
    columns = (translate("table.years.year", lang), *(sentence_case(group_name(told, group, lang)) for group in range(len(told.groups))))
    rows = tuple(
        Row(str(year), tuple(HIDDEN if row is None else format_count(row[group], lang) for group in range(len(told.groups))))
        for year, row in zip(told.years, told.counts, strict=True)
    )
    notes = (translate("table.years.hidden", lang),) if None in told.counts else ()
    return Table(f"counts-{told.by}", lang, translate(f"figure.counts.{told.by}.title", lang), columns, (Group("", rows),), notes)


def _columns(first: str, lang: Lang) -> tuple[str, ...]:
    return (sentence_case(translate(first, lang)), *column_heads("table", ("value", "interval", "measure.n"), lang))


def _row(header: str, measured: Measured, form: NumberFormat) -> Row:
    form = form.around(measured.low, measured.high)
    return Row(header, (form.value(measured.value), interval_words(measured, form), _count(measured.n, form.lang)))


def _titled(name: str, lang: Lang) -> str:
    unit = translate(f"table.unit.value.{scale_of(name)}", lang)
    return sentence_case(indicator_name(name, lang)) + (f" ({unit})" if unit else "")


def _cell(measured: Measured, form: NumberFormat) -> str:
    if is_undefined(measured.value):
        return HIDDEN if measured.caveat == _HIDDEN else form.value(None)
    form = form.around(measured.low, measured.high)
    return f"{form.value(measured.value)} {interval_words(measured, form)}".rstrip()


def _count(count: int | None, lang: Lang) -> str:
    return HIDDEN if count is None else format_count(count, lang)
