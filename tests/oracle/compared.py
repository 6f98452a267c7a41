"""The same scenario lived through twice: by the engine, and by the oracle."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulator.model.model import AwardModel
from tests.oracle.society import Society

if TYPE_CHECKING:
    from simulator.history import History
    from tests.oracle.scenarios import Scenario
    from tests.oracle.society import Record

MONTHS_APART = 1e-4
"""Months are compared to this: 24 bits of a month's draw are more than 32-bit floats hold."""


def live_slowly(scenario: Scenario) -> Society:
    society = Society(
        scenario.population(),
        scenario.criteria(),
        scenario.numbers(),
        seed=scenario.seed,
        focus=scenario.focus,
        first_year=scenario.first_year,
        shock=scenario.shock_felt(),
    )
    for year in range(scenario.first_year, scenario.first_year + scenario.years):
        if year == 1 and scenario.next_rules is not None:
            society.take_over(scenario.next_criteria(), scenario.next_numbers())
        society.step()
    return society


def begin(scenario: Scenario) -> AwardModel:
    return AwardModel(
        scenario.population(),
        scenario.criteria(),
        scenario.numbers(),
        seed=scenario.seed,
        focus_award=scenario.focus,
        first_year=scenario.first_year,
        shock=scenario.shock_felt(),
        collects=False,
    )


def live(scenario: Scenario) -> list[History]:
    """Give the history, or two where other rules take over."""
    warm_up = 1 - scenario.first_year
    with begin(scenario) as model:
        if scenario.next_rules is None:
            return [model.run(scenario.years).history(n_history_years=0)]
        former = model.run(warm_up).history(n_history_years=0)
        with model.branch(scenario.next_criteria(), scenario.next_numbers(), n_years_kept=0) as branch:
            return [former, branch.run(scenario.years - warm_up).history(n_history_years=0)]


def asking_and_ties(scenario: Scenario) -> dict[int, float]:
    """Give what the engine attributes to asking and ties, year by year; NaN where nobody could have been chosen instead."""
    warm_up = 1 - scenario.first_year
    with begin(scenario) as model:
        model.attributes = True
        if scenario.next_rules is None:
            model.run(scenario.years)
            found = model.attributions
        else:
            with model.run(warm_up).branch(scenario.next_criteria(), scenario.next_numbers(), n_years_kept=0) as branch:
                found = branch.run(scenario.years - warm_up).attributions
    return {year: shares["asking-and-ties"] for year, shares in found.items()}


def differences(histories: list[History], society: Society) -> list[tuple[Any, ...]]:
    """List what differs, the earliest year first: (year, what, in the engine only, in the oracle only)."""
    records = {record.year: record for record in society.records}
    found = []
    for history in histories:
        for year in history.years.tolist():
            found += _apart_in_a_year(history, records.pop(year))
    return found + [(year, "not in the engine") for year in records]


def _apart_in_a_year(history: History, record: Record) -> list[tuple[Any, ...]]:
    rows = history.year == record.year
    who = history.member[rows]
    found: list[tuple[Any, ...]] = []
    merit = dict(zip(who.tolist(), history.merit[rows].tolist(), strict=True))
    if merit != record.merit:
        names = [name for name in merit.keys() | record.merit.keys() if merit.get(name) != record.merit.get(name)]
        found.append((record.year, "merit", {name: (merit.get(name), record.merit.get(name)) for name in names}))
    sets = {"nominated": (history.is_nominated, record.nominated)}
    if not record.is_of_collectives:  # who leads a cluster is known only after the priorities, and history holds who could have been chosen to
        sets["eligible"] = (history.is_eligible, record.eligible)
    sets |= {award: (is_won, record.winners.get(award, set())) for award, is_won in history.awards.items()}
    for what, (column, expected) in sets.items():
        marked = set(who[column[rows]].tolist())
        if marked != expected:
            found.append((record.year, what, marked - expected, expected - marked))
    if not record.is_of_collectives:
        found += _achievements_apart(history, record)
    return found


def _achievements_apart(history: History, record: Record) -> list[tuple[Any, ...]]:
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
