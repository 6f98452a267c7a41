"""The numbers of a comparison for a spreadsheet: one row an option and indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.reporting.forms.csv_tables import csv_table

if TYPE_CHECKING:
    from simulator.experiments.results.comparison import Comparison
    from simulator.presentation.numbers import Lang

_NUMBERS: Final = ("value", "low", "high", "baseline", "lawful_best", "difference", "difference_low", "difference_high", "p_adjusted", "margin")


def comparison_csv(comparison: Comparison, lang: Lang) -> bytes:
    """Return one row an option and indicator; see :func:`~simulator.reporting.forms.csv_tables.csv_table`."""
    rows = (
        [comparison.scenario, option.id, name, *(getattr(item, column) for column in _NUMBERS), item.verdict, item.nature, item.caveat or ""]
        for option in comparison.options
        for name, item in option.indicators.items()
    )
    return csv_table(["scenario", "option", "indicator", *_NUMBERS, "verdict", "nature", "caveat"], rows, lang)
