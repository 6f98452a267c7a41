"""The same scenario lived through twice: by the engine, and by the oracle."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulator.model.model import AwardModel
from tests.oracle.scenarios import FOCUS
from tests.oracle.society import Society

if TYPE_CHECKING:
    from simulator.history import History
    from tests.oracle.scenarios import Scenario

MONTHS_APART = 1e-4
"""Months are compared to this: 24 bits of a month's draw are more than 32-bit floats hold."""


def live_slowly(scenario: Scenario, first_year: int = 1) -> Society:
    society = Society(scenario.population(), scenario.criteria(), scenario.numbers(), seed=scenario.seed, focus=FOCUS, first_year=first_year)
    for _ in range(scenario.years):
        society.step()
    return society


def live(scenario: Scenario, first_year: int = 1) -> History:
    model = AwardModel(
        scenario.population(),
        scenario.criteria(),
        scenario.numbers(),
        seed=scenario.seed,
        focus_award=FOCUS,
        first_year=first_year,
        collects=False,
    )
    with model:
        return model.run(scenario.years).history(n_history_years=0)


def differences(history: History, society: Society) -> list[tuple[Any, ...]]:
    """List what differs, the earliest year first: (year, what, in the engine only, in the oracle only)."""
    found = []
    for record in society.records:
        rows = history.year == record.year
        who = history.member[rows]
        merit = dict(zip(who.tolist(), history.merit[rows].tolist(), strict=True))
        if merit != record.merit:
            strange = {
                key: (merit.get(key), record.merit.get(key)) for key in merit.keys() | record.merit.keys() if merit.get(key) != record.merit.get(key)
            }
            found.append((record.year, "merit", strange))
        eligible = set(who[history.is_eligible[rows]].tolist())
        if eligible != record.eligible:
            found.append((record.year, "eligible", eligible - record.eligible, record.eligible - eligible))
        for award, is_won in history.awards.items():
            won, expected = set(who[is_won[rows]].tolist()), record.unrevoked.get(award, set())
            if won != expected:
                found.append((record.year, award, won - expected, expected - won))
        if history.is_nominated is not None:
            sent, expected = set(who[history.is_nominated[rows]].tolist()), {one for one, award in record.files if award == history.focus_award}
            if sent != expected:
                found.append((record.year, "nominated", sent - expected, expected - sent))
        found += _achievements_apart(history, record)
    return found


def _achievements_apart(history: History, record) -> list[tuple[Any, ...]]:
    achievements = history.achievements
    if achievements is None:
        return [(record.year, "achievements", "none kept")] if record.achievements else []
    rows = achievements.year == record.year
    columns = (achievements.member, achievements.achieved_at, achievements.awarded_at, achievements.is_ad_hoc)
    kept = {member: (done, answered, at_once) for member, done, answered, at_once in zip(*(column[rows].tolist() for column in columns), strict=True)}
    if kept.keys() != record.achievements.keys():
        return [(record.year, "achievers", kept.keys() - record.achievements.keys(), record.achievements.keys() - kept.keys())]
    return [
        (record.year, "achievement", member, kept[member], expected)
        for member, expected in record.achievements.items()
        if not _is_same(kept[member], expected)
    ]


def _is_same(kept: tuple[float, float, bool], expected: tuple[float, float | None, bool]) -> bool:
    done, answered, at_once = expected
    answered = math.nan if answered is None else answered
    is_same_answer = (math.isnan(kept[1]) and math.isnan(answered)) or abs(kept[1] - answered) < MONTHS_APART
    return abs(kept[0] - done) < MONTHS_APART and is_same_answer and kept[2] == at_once
