"""The numbers of a comparison for a spreadsheet: one row an option and indicator."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from simulator.presentation.numbers import is_undefined

if TYPE_CHECKING:
    from simulator.experiments.results import Comparison
    from simulator.presentation.numbers import Lang

_NUMBERS = ("value", "low", "high", "baseline", "lawful_best", "difference", "difference_low", "difference_high", "p_adjusted", "margin")
_CSV_PLACES = 6


def comparison_csv(comparison: Comparison, lang: Lang) -> bytes:
    """Return one row an option and indicator: with ``;`` and decimal commas for Vietnamese readers, ``,`` and points for English ones.

    A byte-order mark tells a spreadsheet that this is UTF-8. An undefined number is an empty cell.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if lang == "vi" else ",", lineterminator="\r\n")
    writer.writerow(["scenario", "option", "indicator", *_NUMBERS, "verdict", "nature", "caveat"])
    for option in comparison.options:
        for name, item in option.indicators.items():
            numbers = [_csv_number(getattr(item, column), lang) for column in _NUMBERS]
            writer.writerow([comparison.scenario, option.id, name, *numbers, item.verdict, item.nature, item.caveat or ""])
    return text.getvalue().encode("utf-8-sig")


def _csv_number(number: float | None, lang: Lang) -> str:
    if number is None or is_undefined(number):
        return ""
    text = f"{round(number, _CSV_PLACES) + 0.0:.{_CSV_PLACES}f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if lang == "vi" else text
