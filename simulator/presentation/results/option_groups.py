"""The options as rows under an indicator, as every table that sets them side by side has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.table_layout import Group, Row
from simulator.presentation.wording import difference_format, measured, pick, value_format

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.experiments.results.comparison import Comparison, IndicatorComparison
    from simulator.presentation.numbers import Lang, NumberFormat

    Cells = Callable[[IndicatorComparison, IndicatorComparison | None, NumberFormat, NumberFormat], tuple[str, ...]]
    Title = Callable[[Comparison, str, NumberFormat, NumberFormat], str]


def option_group(comparison: Comparison, name: str, lang: Lang, *, n_cells: int, cells_of: Cells, title_of: Title) -> Group:
    """Return an indicator as a group with a row an option; one in which it is not measured has no cells to fill.

    Parameters
    ----------
    comparison, name, lang
        The results, the indicator, and the language.
    n_cells
        How many cells a row has beside its header.
    cells_of
        Given what an option has, what the option it is compared with has, and the formats of values and of differences, writes the cells.
    title_of
        Given comparison, indicator and the two formats, names the group.
    """
    items = measured(comparison, name)
    form, steps = value_format(name, items, lang), difference_format(name, items, lang)
    reference = comparison.option(comparison.baseline_option).indicators.get(name)
    rows = []
    for option in comparison.options:
        item = option.indicators.get(name)
        cells = (translate("table.none", lang),) * n_cells if item is None else cells_of(item, reference, form, steps)
        rows.append(Row(pick(option.title, lang), cells))
    return Group(title_of(comparison, name, form, steps), tuple(rows))
