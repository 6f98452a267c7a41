"""Rosters made by hand: say only what a test is about, the rest is empty."""

from __future__ import annotations

import datetime
from decimal import Decimal

import numpy as np

from simulator.scoring.roster import People, Roster


def make_roster(
    n=None,
    *,
    numbers=None,
    answers=None,
    words=None,
    ids=None,
    names=None,
    units=None,
    clusters=None,
    awards=None,
    initiatives=None,
    disciplined_on=None,
    achievements=None,
    headcounts=None,
    year=2025,
    on=None,
    given=None,
    file="roster.xlsx",
):
    """Make a roster of ``n`` nominees; numbers are written as text (``"90.5"``), so that they are exact."""
    columns = [values for table in (numbers, answers, words) for values in (table or {}).values()]
    lists = [part for part in (ids, names, units, clusters, awards, initiatives, disciplined_on, achievements) if part is not None]
    if n is None:
        n = len(next(iter([*columns, *lists])))
    mantissas, scales = {}, {}
    for column, values in (numbers or {}).items():
        mantissas[column], scales[column] = mantissas_of(values)
    empty = tuple(() for _ in range(n))
    return Roster(
        people=People(tuple(ids or (f"N{row + 1}" for row in range(n))), tuple(names or ("" for _ in range(n)))),
        rows=np.arange(2, n + 2, dtype=np.int64),
        year=year,
        on=on or datetime.date(year, 12, 15),
        units=tuple(units or ("" for _ in range(n))),
        clusters=tuple(clusters or ("" for _ in range(n))),
        numbers=mantissas,
        scales=scales,
        answers={column: np.array(values, dtype=np.bool_) for column, values in (answers or {}).items()},
        words={column: np.array(values, dtype=np.str_) for column, values in (words or {}).items()},
        awards=tuple(map(tuple, awards)) if awards is not None else empty,
        initiatives=tuple(map(tuple, initiatives)) if initiatives is not None else empty,
        disciplined_on=tuple(map(tuple, disciplined_on)) if disciplined_on is not None else empty,
        achievements=tuple(map(tuple, achievements)) if achievements is not None else empty,
        headcounts=headcounts or {},
        given=frozenset(given if given is not None else [*(numbers or {}), *(answers or {}), *(words or {})]),
        file=file,
    )


def mantissas_of(values):
    """Turn written numbers into int64 mantissas with as many decimals as the longest of them needs."""
    decimals = [Decimal(str(value)) for value in values]
    scale = max((max(0, -decimal.as_tuple().exponent) for decimal in decimals), default=0)
    return np.array([int(decimal.scaleb(scale)) for decimal in decimals], dtype=np.int64), scale
