"""The numbers of a measured list for a spreadsheet: one row an indicator, of the whole list and of each year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.reporting.forms.csv_tables import csv_table

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang
    from simulator.reporting.evidence.contents import RegisterEvidence

_COLUMNS: Final = ("award", "year", "indicator", "value", "low", "high", "n", "method", "caveat")


def measurement_csv(evidence: RegisterEvidence, lang: Lang) -> bytes:
    """Return one row an indicator; see :func:`~simulator.reporting.forms.csv_tables.csv_table`.

    A number that is not told is an empty cell, as an undefined one is; ``year`` is empty for the whole list.
    """
    measurement = evidence.measurement
    of_years = [(str(year.year), year.indicators) for year in evidence.by_year]
    rows = (
        [measurement.award, year, name, item.value, item.low, item.high, item.n, item.method or "", item.caveat or ""]
        for year, found in [("", {**measurement.indicators, **measurement.allocation_mix}), *of_years]
        for name, item in found.items()
    )
    return csv_table(_COLUMNS, rows, lang)
