"""Long lists of units that live: people join and leave, units are merged, and the council weighs what a test plants."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.history import History, Role

TITLE = "title"
FIRST_YEAR = 2001


@dataclass(frozen=True)
class Council:
    """What is weighed, in standard deviations of merit; noise is of the logistic kind, so that weights are log odds."""

    merit: float = 1.0
    turn: float = 0.0
    post: float = 0.0
    noise: float = 0.0
    reasons: tuple[float, float, float, float] | None = None
    """Or: the chance, each year in each unit, that places go by merit, by turn, by post, or by lot."""


def lively_list(sizes, n_years, council, *, turnover=0.08, merged_in=None, share=0.15, seed=1):
    """Write a list; from the ``merged_in``-th year on, each two units that follow one another are one."""
    luck = np.random.default_rng(seed)
    sizes = np.asarray(sizes)
    home = np.repeat(np.arange(len(sizes)), sizes)
    place = np.arange(len(home)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    n_leading = np.maximum(1, np.rint(0.15 * sizes))[home]
    role = np.where(place == 0, Role.HEAD, np.where(place < n_leading, Role.DEPUTY, Role.DIRECT)).astype(np.int64)
    person = np.arange(len(home))
    ability, last_won = luck.standard_normal(len(home)), np.full(len(home), -9)
    columns = {name: [] for name in ("year", "unit", "member", "role", "merit", "awarded", "cluster")}
    for year in range(n_years):
        gone = np.flatnonzero(luck.random(len(home)) < (turnover if year else 0))
        person[gone] = person.max() + 1 + np.arange(len(gone))
        ability[gone], last_won[gone] = luck.standard_normal(len(gone)), -9
        merit = 0.8 * ability + 0.6 * luck.standard_normal(len(home))
        unit = home if merged_in is None or year < merged_in else len(sizes) + home // 2
        waited = np.minimum(year - 1 - last_won, 2)
        leads = role >= Role.DEPUTY
        if council.reasons is None:
            score = council.merit * merit + council.turn * waited + council.post * leads + council.noise * luck.logistic(size=len(home))
        else:
            reason = luck.choice(4, size=unit.max() + 1, p=council.reasons)[unit]
            score = np.choose(reason, [merit, waited, role, np.zeros(len(home))]) + np.where(reason == 0, 0, 0.001 * luck.random(len(home)))
        awarded = _best(score, unit, share)
        last_won[awarded] = year
        cluster = home if merged_in is None else home // 2
        for name, values in (("year", np.full(len(home), FIRST_YEAR + year)), ("unit", unit), ("member", person), ("role", role)):
            columns[name].append(values.copy())
        for name, values in (("merit", merit), ("awarded", awarded), ("cluster", cluster)):
            columns[name].append(values)
    whole = {name: np.concatenate(values) for name, values in columns.items()}
    awarded, cluster = whole.pop("awarded"), whole.pop("cluster")
    return History(focus_award=TITLE, awards={TITLE: awarded}, n_history_years=0, cluster=None if merged_in is None else cluster, **whole)


def _best(score, unit, share):
    order = np.lexsort((-score, unit))
    size = np.bincount(unit)
    start = np.cumsum(size) - size
    rank = np.empty(len(score), dtype=np.int64)
    rank[order] = np.arange(len(score)) - start[unit[order]]
    return rank < np.maximum(1, np.rint(share * size))[unit]


def sizes_from_3_to_120(n_units, seed=1):
    """Draw sizes, small ones as often as large ones on a scale of ratios."""
    return np.exp(np.random.default_rng(seed).uniform(np.log(3), np.log(121), n_units)).astype(np.int64)
