"""What moves somebody to put a person forward besides merit: the post, and having stood aside last year. Read off cases in which both were drawn by lot."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.widgets.training.marking import CASES, cases_of
from simulator.widgets.training.readings import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator._types import FloatArray
    from simulator.widgets.training.marking import Answers

_LEVEL: Final = 0.05
_N_EFFECTS: Final = 4
_FEWEST_PEOPLE: Final = 3
_NOISE: Final = 1e-9
"""What floating-point arithmetic leaves of an effect, or of an error, that is nothing."""
MERIT, LEADER, ASIDE = 1, 2, 3
"""Columns of the regression; the first is the level."""


@dataclass(frozen=True)
class Tendencies:
    """Effects in points of the scale from 0 to 10, each with its 95 % interval.

    Attributes
    ----------
    merit
        From the weakest case to the strongest.
    leader
        Of leading, merit and last year alike.
    last_year
        Of having been awarded last year, merit and post alike.
    n
        How many people.
    """

    merit: Reading
    leader: Reading
    last_year: Reading
    n: int


def design_of(answers: Answers) -> tuple[FloatArray, FloatArray]:
    """Give what a person saw and answered: (10, 4) level, merit, leads, stood aside; and (10,) ratings."""
    cases = cases_of(answers.seed)
    seen = np.array([(1.0, case.merit, float(case.is_leader), float(not case.was_awarded)) for case in cases])
    return seen, np.array([float(answers.ratings[case.id]) for case in cases])


def tendencies_of(people: Sequence[Answers]) -> Tendencies:
    """Estimate the effects for one person, or for a class.

    Of one person, by least squares with Student's interval; of a class, whose levels may differ, by the mean of each person's own effects, with the interval of
    that mean: people, not answers, are what is drawn.
    """
    fits = [_fit(answers) for answers in people]
    if len(fits) == 1:
        effects, errors = fits[0]
        half = errors * _quantile(len(CASES) - _N_EFFECTS)
        readings = [Reading(float(effect), float(effect - of), float(effect + of)) for effect, of in zip(effects, half, strict=True)]
    elif fits:
        readings = [Reading.mean([float(effects[column]) for effects, _ in fits]) for column in range(_N_EFFECTS)]
    else:
        readings = [Reading(math.nan, math.nan, math.nan)] * _N_EFFECTS
    aside = readings[ASIDE]
    return Tendencies(readings[MERIT], readings[LEADER], Reading(-aside.value, -aside.high, -aside.low), len(fits))


def weights_of_reasons(people: Sequence[Answers]) -> dict[str, Reading]:
    """Turn effects into weights of an index whose reasons all lie between 0 and 1, as a unit of the model weighs them (equation 6).

    A weight is the part of its effect among merit, post and turn; an effect below nothing is none. The interval is that of the jackknife over people.

    Returns
    -------
        ``turn_weight`` and ``rank_weight``; NaN with fewer than three people, or where nothing moves anybody.
    """
    effects = np.array([_fit(answers)[0] for answers in people])
    undefined = Reading(math.nan, math.nan, math.nan)
    if len(effects) < _FEWEST_PEOPLE:
        return {"turn_weight": undefined, "rank_weight": undefined}
    found = {}
    for name, column in (("turn_weight", ASIDE), ("rank_weight", LEADER)):
        value = _part(effects, column)
        without = np.array([_part(np.delete(effects, person, axis=0), column) for person in range(len(effects))])
        n = len(effects)
        half = math.sqrt((n - 1) / n * float(((without - without.mean()) ** 2).sum())) * _quantile(n - 1)
        found[name] = Reading(value, max(value - half, 0.0), min(value + half, 1.0))
    return found


def _part(effects: FloatArray, column: int) -> float:
    mean = np.maximum(effects.mean(axis=0)[[MERIT, LEADER, ASIDE]], 0.0)
    whole = float(mean.sum())
    return float(mean[column - 1]) / whole if whole > 0 else math.nan


def _fit(answers: Answers) -> tuple[FloatArray, FloatArray]:
    """Fit one person's ratings: the effects, and their standard errors."""
    seen, ratings = design_of(answers)
    effects = np.linalg.lstsq(seen, ratings, rcond=None)[0]
    rest = ratings - seen @ effects
    variance = float(rest @ rest) / (len(ratings) - _N_EFFECTS)
    errors = np.sqrt(np.maximum(np.diag(np.linalg.pinv(seen.T @ seen)) * variance, 0.0))
    return np.where(np.abs(effects) < _NOISE, 0.0, effects), np.where(errors < _NOISE, 0.0, errors)


def _quantile(freedom: int) -> float:
    from scipy.special import stdtrit  # noqa: PLC0415 - a slow import

    return float(stdtrit(freedom, 1 - _LEVEL / 2))
