"""Say whether the order of options depends on what merit is taken to be.

Every indicator that asks who deserved an award is measured by three fixed references of merit (``docs/odd.md`` 7.3): results alone, results and
initiative, and the weighing the office itself stands for. Where they put the options in different orders, the order is a matter of definition.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.experiments.mathematics.statistics import mean_of
from simulator.experiments.results.comparison import ReferenceOrder
from simulator.experiments.runs.compliance import SWEPT
from simulator.indicators.references import under_reference
from simulator.indicators.values import values_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.history import History

RESULTS: Final = "results"
"""The reference that every indicator is measured by."""


def values_by_reference(history: History, values: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Measure the indicators that depend on merit by every reference: reference → name → value.

    Parameters
    ----------
    history
        One option's history.
    values
        What was measured by the main reference.
    """
    others = {name: values_of(under_reference(history, name), names=SWEPT, with_course=False)[0] for name in history.references}
    return told_by_reference(values, others)


def told_by_reference(values: Mapping[str, float], others: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Put what was measured by the main reference beside what the others gave: reference → name → value."""
    return {reference: {name: of[name] for name in SWEPT} for reference, of in {RESULTS: values, **others}.items()}


def order_options(by_option: Mapping[str, Sequence[Mapping[str, Mapping[str, float]]]], margins: Mapping[str, float]) -> list[ReferenceOrder]:
    """Put the options in order by each reference and indicator, highest value first and undefined ones last; replications without a value are left out.

    Parameters
    ----------
    by_option
        Option id → for each replication: reference → indicator → value.
    margins
        Indicator → smallest difference worth a word: options closer than that under some reference are in no order there.
    """
    if not by_option or not all(by_option.values()):
        return []
    references = list(next(iter(by_option.values()))[0])
    return [_order(indicator, references, by_option, margins[indicator]) for indicator in SWEPT]


def _order(
    indicator: str, references: Sequence[str], by_option: Mapping[str, Sequence[Mapping[str, Mapping[str, float]]]], margin: float
) -> ReferenceOrder:
    means = {
        reference: {option: mean_of([run[reference][indicator] for run in runs]).value for option, runs in by_option.items()}
        for reference in references
    }
    options = list(by_option)
    is_known = all(np.isfinite(value) for of in means.values() for value in of.values())
    keeps_places = all(
        not (_is_above(means[one], a, b, margin) and _is_above(means[other], b, a, margin))
        for one in references
        for other in references
        for a in options
        for b in options
    )
    return ReferenceOrder(
        indicator=indicator,
        values={reference: {option: value if np.isfinite(value) else None for option, value in of.items()} for reference, of in means.items()},
        order={reference: sorted(options, key=lambda option, of=of: _from_the_highest(of[option])) for reference, of in means.items()},  # type: ignore[misc]
        is_stable=None if keeps_places and not is_known else keeps_places,
    )


def _from_the_highest(value: float) -> float:
    """Give the key that sorts the highest first, and what is undefined last."""
    return -value if np.isfinite(value) else math.inf


def _is_above(values: Mapping[str, float], a: str, b: str, margin: float) -> bool:
    return values[a] - values[b] >= margin
