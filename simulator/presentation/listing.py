"""What a workspace holds, and what a register shows, as tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NumberFormat, Scale, format_count, is_undefined, places_for
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import CAUSES, indicator_name, scale_of, sentence_case

if TYPE_CHECKING:
    from simulator.indicators.measurement import Measured, Measurement
    from simulator.presentation.numbers import Lang
    from simulator.rules.catalogue import Catalogue, CatalogueEntry


def workspace_table(catalogue: Catalogue, lang: Lang) -> Table:
    """Return criteria sets, scoring tables, scenarios and instruments by id."""
    kinds = {
        "criteria_sets": catalogue.criteria_sets,
        "scoring_tables": catalogue.scoring_tables,
        "scenarios": catalogue.scenarios,
        "instruments": catalogue.instruments,
    }
    groups = tuple(Group(translate(f"command.list.{kind}", lang), _entries(entries, lang)) for kind, entries in kinds.items())
    columns = tuple(translate(f"command.list.{name}", lang) for name in ("id", "title", "status", "extends"))
    return Table("workspace", lang, "", columns, groups)


def _entries(entries: tuple[CatalogueEntry, ...], lang: Lang) -> tuple[Row, ...]:
    if not entries:
        return (Row(translate("command.list.none", lang), ("", "", "")),)
    return tuple(
        Row(
            entry.id,
            (entry.title.in_language(lang), translate(f"command.list.status.{entry.status}", lang) if entry.status else "", entry.extends or ""),
        )
        for entry in entries
    )


def measurement_table(measurement: Measurement, lang: Lang) -> Table:
    """Return what a register shows: each indicator with its interval and caveat, then the allocation mix per 100 awards."""
    indicators = tuple(_measured_row(indicator_name(name, lang), scale_of(name), measured, lang) for name, measured in measurement.indicators.items())
    mix = tuple(
        _measured_row(translate(f"table.mix.{cause}", lang), Scale.PERCENT, measurement.allocation_mix[cause], lang)
        for cause in CAUSES
        if cause in measurement.allocation_mix
    )
    counts = {"people": measurement.n_members, "units": measurement.n_units, "years": measurement.n_years, "awards": measurement.n_awards}
    people, units, years, awards = (_counted(name, count, lang) for name, count in counts.items())
    caption = translate("table.measure.caption", lang, award=measurement.award, members=people, units=units, years=years, awards=awards)
    columns = tuple(translate(key, lang) for key in ("table.indicator", "table.value", "table.interval", "table.measure.n", "table.measure.caveat"))
    groups = tuple(group for group in (Group("", indicators), Group(translate("figure.mix.title", lang), mix)) if group.rows)
    return _with_notes(Table("measurement", lang, caption, columns, groups))


def _counted(name: str, count: int, lang: Lang) -> str:
    """Word a count, with the singular where a language has one."""
    return translate(f"table.measure.{name}.{'one' if count == 1 else 'many'}", lang, n=format_count(count, lang))


def _with_notes(table: Table) -> Table:
    """Say a caveat that holds for several rows once, under the table."""
    counts = Counter(row.cells[-1] for group in table.groups for row in group.rows)
    numbers = {caveat: str(number) for number, caveat in enumerate((each for each, count in counts.items() if each and count > 1), 1)}

    def refer(row: Row) -> Row:
        *cells, caveat = row.cells
        return replace(row, cells=(*cells, translate("table.measure.see", table.lang, number=numbers[caveat]))) if caveat in numbers else row

    groups = tuple(replace(group, rows=tuple(refer(row) for row in group.rows)) for group in table.groups)
    notes = tuple(translate("table.measure.note", table.lang, number=number, caveat=sentence_case(caveat)) for caveat, number in numbers.items())
    return replace(table, groups=groups, notes=notes)


def _measured_row(name: str, scale: Scale, measured: Measured, lang: Lang) -> Row:
    is_known = measured.low is not None and measured.high is not None
    half = (measured.high - measured.low) / 2 if measured.low is not None and measured.high is not None else None
    form = NumberFormat(lang, scale, places_for([half], scale))
    unit = translate(f"table.unit.value.{scale}", lang)
    header = sentence_case(name) + (f" ({unit})" if unit else "")
    caveat = translate(measured.caveat, lang) if measured.caveat else ""
    if not caveat and is_undefined(measured.value):
        caveat = translate("caveat.undefined", lang)
    interval = form.interval(measured.low, measured.high) if is_known else ""
    return Row(header, (form.value(measured.value), interval, format_count(measured.n, lang), caveat))
