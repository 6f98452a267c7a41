"""The numbers of a measured list for a spreadsheet: one row an indicator, of the whole list and of each year."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from simulator.presentation.numbers import is_undefined

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang
    from simulator.reporting.evidence.contents import RegisterEvidence

_CSV_PLACES = 6


def measurement_csv(evidence: RegisterEvidence, lang: Lang) -> bytes:
    """Return one row an indicator: with ``;`` and decimal commas for Vietnamese readers, ``,`` and points for English ones.

    A byte-order mark tells a spreadsheet that this is UTF-8. An undefined number, and one that is not told, is an empty cell; ``year`` is empty for the whole list.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if lang == "vi" else ",", lineterminator="\r\n")
    writer.writerow(["award", "year", "indicator", "value", "low", "high", "n", "method", "caveat"])
    measurement = evidence.measurement
    of_years = [(str(year.year), year.indicators) for year in evidence.by_year]
    for year, found in [("", {**measurement.indicators, **measurement.allocation_mix}), *of_years]:
        for name, item in found.items():
            numbers = [_csv_number(number, lang) for number in (item.value, item.low, item.high)]
            n = "" if item.n is None else str(item.n)
            writer.writerow([measurement.award, year, name, *numbers, n, item.method or "", item.caveat or ""])
    return text.getvalue().encode("utf-8-sig")


def _csv_number(number: float | None, lang: Lang) -> str:
    if number is None or is_undefined(number):
        return ""
    text = f"{round(number, _CSV_PLACES) + 0.0:.{_CSV_PLACES}f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if lang == "vi" else text
