"""Rules by futures: in what share of them each target is met, all together and by structure of behaviour, and regret (Lempert and others 2006)."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np

from simulator.experiments.mathematics.statistics import LEAST_SHARE_DEFINED
from simulator.experiments.tipping.results import Held, OptionRobustness
from simulator.model.behaviour import STRUCTURES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator._types import FloatArray, IndexArray
    from simulator.experiments.scenarios.option import Option
    from simulator.experiments.tipping.targets import Target


def counted_targets(missed: Mapping[str, Mapping[str, FloatArray]]) -> frozenset[str]:
    """Name the targets that count: those that some option, by its key, defines in most futures."""
    return frozenset(name for of_option in missed.values() for name, each in of_option.items() if np.isfinite(each).mean() >= LEAST_SHARE_DEFINED)


def together(missed: Mapping[str, FloatArray], counted: frozenset[str]) -> FloatArray:
    """(n,) 1 where some target that counts is missed, 0 where none is, NaN where nobody can tell: an option that leaves one undefined does not meet it."""
    found = np.array([each for name, each in missed.items() if name in counted])
    if not len(found):
        return np.full(len(next(iter(missed.values()))), np.nan)
    any_missed, any_unknown = (found == 1).any(axis=0), np.isnan(found).any(axis=0)
    return np.where(any_missed, 1.0, np.where(any_unknown, np.nan, 0.0))


def map_options(
    options: Sequence[Option],
    values: Mapping[str, Mapping[str, FloatArray]],
    missed: Mapping[str, Mapping[str, FloatArray]],
    structures: IndexArray,
    targets: Sequence[Target],
) -> list[OptionRobustness]:
    """Tell of each option, the baseline among them, how it does over all futures.

    Parameters
    ----------
    options
        The options.
    values
        Key of an option → indicator → (n,) value in each future.
    missed
        Key of an option → indicator of a target → (n,) 1 where it is missed, NaN where nobody can tell.
    structures
        (n,) position of the structure of each future.
    targets
        The targets.
    """
    counted = counted_targets(missed)
    regrets = _regrets({option.key: values[option.key] for option in options}, targets)
    found = []
    for option in options:
        of_all = together(missed[option.key], counted)
        regret = regrets[option.key]
        known = regret[np.isfinite(regret)]
        found.append(
            OptionRobustness(
                id=option.id,
                title={"vi": option.title.vi, "en": option.title.en},
                by_target={target.indicator: _held(missed[option.key][target.indicator]) for target in targets},
                together=_held(of_all),
                by_structure={name: _held(of_all[structures == place]) for place, name in enumerate(STRUCTURES)},
                largest_regret=float(known.max()) if len(known) else None,
                mean_regret=float(known.mean()) if len(known) else None,
            )
        )
    return found


def least_regret(found: Sequence[OptionRobustness]) -> str:
    """Give the option whose largest regret is least; of equals the first."""
    return min(found, key=lambda each: np.inf if each.largest_regret is None else each.largest_regret).id


def _held(missed: FloatArray) -> Held:
    known = missed[~np.isnan(missed)]
    return Held(int((known == 0).sum()), len(known))


def _regrets(values: Mapping[str, Mapping[str, FloatArray]], targets: Sequence[Target]) -> dict[str, FloatArray]:
    """Give of each option, by its key, (n,) regret: of the targets, the worst.

    An option that leaves a target undefined in most of the futures in which another defines it has none: awarding nobody would seem to forgo nothing.
    """
    costs = np.array([[target.cost(of[target.indicator]) for target in targets] for of in values.values()])
    is_told = np.isfinite(costs)
    by_any = is_told.any(axis=0)
    is_shirked = (is_told.sum(axis=2) < LEAST_SHARE_DEFINED * by_any.sum(axis=1)).any(axis=1)
    with warnings.catch_warnings():  # an indicator that is undefined under every option tells of no regret
        warnings.simplefilter("ignore", RuntimeWarning)
        worst = np.where(is_shirked[:, None], np.nan, np.nanmax(costs - np.nanmin(costs, axis=0), axis=1))
    return dict(zip(values, worst, strict=True))
