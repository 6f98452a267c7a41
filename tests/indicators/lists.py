"""Award lists made by hand, without the model; and a slow reading of them, one candidate at a time, in plain lists and dictionaries."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from dataclasses import dataclass, fields, replace
from typing import NamedTuple

import numpy as np

from simulator.history import FIRST_LEADING_ROLE, History, Role
from simulator.indicators.panel import MARGIN_EDGES, SIZE_EDGES
from simulator.ranking import SCORE_STEP

TITLE = "title"
MIXED_SIZES = [3, 4, 5, 7, 8, 11, 12, 15, 20, 24, 31, 33, 47, 58, 60, 75, 88, 101, 119, 120]


class Person(NamedTuple):
    """Somebody standing in line this year."""

    member: int
    role: int
    merit: float
    last_won: int
    year: int


# --- who is chosen ------------------------------------------------------------------------------------------------------------


def by_merit(line, n_places, luck):
    """Take the best."""
    return sorted(line, key=lambda person: -person.merit)[:n_places]


def by_turn(line, n_places, luck):
    """Take those who won longest ago."""
    return sorted(line, key=lambda person: (person.last_won, person.member))[:n_places]


def by_recent_turn(line, n_places, luck):
    """Take those who did not win in the last two years first, equals by lot."""
    return sorted(line, key=lambda person: (-min(person.year - person.last_won, 3), luck.random()))[:n_places]


def by_post(line, n_places, luck):
    """Take the highest posts, equals by lot."""
    return sorted(line, key=lambda person: (-person.role, luck.random()))[:n_places]


def by_lot(line, n_places, luck):
    """Take anybody."""
    return luck.sample(line, n_places)


def by_one_of(**probabilities):
    """Draw one reason for each unit and year."""
    reasons = {"merit": by_merit, "turn": by_recent_turn, "post": by_post, "lot": by_lot}

    def choose(line, n_places, luck):
        (reason,) = luck.choices([*probabilities], weights=[*probabilities.values()])
        return reasons[reason](line, n_places, luck)

    return choose


def fifteen_percent(size):
    """Give the places, and the leaders, of a unit of that size: 15 %, at least one."""
    return max(1, round(0.15 * size))


# --- lists ----------------------------------------------------------------------------------------------------------------------


def write_list(sizes, n_years, choose, *, n_places=fifteen_percent, n_leaders=fifteen_percent, merit=None, seed=1):
    """Write the list of units that choose in one way, year after year; merit is partly lasting unless said otherwise."""
    luck = random.Random(seed)  # noqa: S311 - the luck of a test is no secret
    ability, last_won, rows = {}, {}, []
    merit_of = merit or (lambda member, _year: 0.8 * ability[member] + 0.6 * luck.gauss(0, 1))
    for year in range(2001, 2001 + n_years):
        member = 0
        for unit, size in enumerate(sizes):
            line = []
            for place in range(size):
                ability.setdefault(member, luck.gauss(0, 1))
                role = Role.HEAD if place == 0 else Role.DEPUTY if place < n_leaders(size) else Role.DIRECT
                line.append(Person(member, role if n_leaders(size) else Role.DIRECT, merit_of(member, year), last_won.get(member, 0), year))
                member += 1
            winners = {person.member for person in choose(line, n_places(size), luck)}
            last_won |= dict.fromkeys(winners, year)
            rows += [(year, unit, person.member, person.role, person.merit, person.member in winners) for person in line]
    return list_of(rows)


def list_of(rows, **more):
    """Make a history of rows (year, unit, member, role, merit, is_awarded)."""
    year, unit, member, role, merit, is_awarded = (np.array(column) for column in zip(*rows, strict=True))
    return History(
        year=year,
        unit=unit,
        member=member,
        role=role,
        focus_award=TITLE,
        awards={TITLE: is_awarded.astype(np.bool_)},
        merit=merit.astype(np.float64),
        **more,
    )


def untidy_list(seed, *, with_ties=False, with_eligibility=True, with_gaps=True, n_units=8):
    """Write a list with everything that happens: joiners, leavers, moves, a missing year, equal merit, merit unknown, rows in disorder."""
    luck = random.Random(seed)  # noqa: S311 - as above
    units = {unit: luck.choice([1, 2, 3, 6, 10, 11, 25]) for unit in range(n_units)}
    years = [2010, 2011, 2012, 2013, *([2015, 2016, 2017] if with_gaps else [2014, 2015, 2016])]
    unit_of = dict(enumerate(unit for unit, size in units.items() for _ in range(size)))
    role_of = {member: luck.choice([0, 0, 0, 1, 1, 2, 3]) for member in unit_of}
    rows = []
    for year in years:
        for member in list(unit_of):
            if luck.random() < 0.05:  # leaves, and a newcomer takes the post
                unit_of[len(role_of)] = unit_of.pop(member)
                role_of[len(role_of)] = role_of[member]
            elif luck.random() < 0.03:
                unit_of[member] = luck.choice(list(units))
        for member, unit in unit_of.items():
            merit = math.nan if luck.random() < 0.05 else round(luck.gauss(0, 1), luck.choice([0, 1, 6]))
            rows.append((year, unit, member, role_of[member], merit, luck.random() < 0.25))
    luck.shuffle(rows)
    history = list_of(rows)
    if with_eligibility:
        history = replace(history, is_eligible=np.array([luck.random() < 0.9 for _ in rows]))
    return replace(history, tie=np.array([luck.randrange(1024) for _ in rows], dtype=np.uint16)) if with_ties else history


def shuffled(history, seed=1):
    """Put the same rows in another order."""
    return take(history, np.random.default_rng(seed).permutation(len(history.year)))


def take(history, rows):
    """Keep some rows, in the order given."""
    names = ("merit", "is_eligible", "is_noise_choice", "tie", "post_rank", "is_nominated", "place_share", "n_dossiers", "is_choice_without_claims")
    optional = {name: getattr(history, name) for name in (*names, "unit_kind")}
    new_row = np.full(len(history.year), -1)
    new_row[rows] = np.arange(len(history.year[rows]))
    return replace(
        history,
        **{name: getattr(history, name)[rows] for name in ("year", "unit", "member", "role")},
        awards={award: is_awarded[rows] for award, is_awarded in history.awards.items()},
        references={name: merit[rows] for name, merit in history.references.items()},
        row_levels={award: level[rows] for award, level in history.row_levels.items()},
        outside={award: _kept(times, new_row) for award, times in history.outside.items()},
        **{name: column[rows] for name, column in optional.items() if column is not None},
    )


def _kept(times, new_row):
    is_kept = new_row[times.row] >= 0
    kept = {field.name: getattr(times, field.name)[is_kept] for field in fields(times) if getattr(times, field.name) is not None}
    return replace(times, **kept | {"row": new_row[kept["row"]]})


# --- the slow reading -------------------------------------------------------------------------------------------------------------


@dataclass
class Candidate:
    """One candidate of a contested unit-year, with everything the definitions need."""

    row: int
    year: int
    unit: int
    member: int
    is_leader: bool
    won: bool
    n: int
    k: int
    waited: int
    wait_share: float
    deserving: float
    turn: float
    is_crowded: bool
    served_share: float
    left_out_by_turn: float
    post: float
    margin: tuple[str, int]
    size_band: int

    @property
    def p(self):
        return self.k / self.n


def share_of_place(n_places, n_before, n_equal):
    return min(max((n_places - n_before) / n_equal, 0.0), 1.0)


def read_slowly(history):
    """Give every candidate of every contested unit-year, in the order of the rows."""
    judged = sorted({int(year) for year in history.year})[history.n_history_years :]
    won_in, left_out_in = defaultdict(set), defaultdict(set)
    lines = defaultdict(list)
    for row, (year, unit, member) in enumerate(zip(history.year.tolist(), history.unit.tolist(), history.member.tolist(), strict=True)):
        if history.is_awarded[row]:
            won_in[member].add(year)
        elif history.is_eligible is None or history.is_eligible[row]:
            left_out_in[member].add(year)
        is_known = not math.isnan(history.merit[row])
        if year in judged and is_known and (history.is_eligible is None or history.is_eligible[row]):
            lines[year, unit].append(row)
    candidates = []
    for (year, unit), line in lines.items():
        k = sum(bool(history.is_awarded[row]) for row in line)
        if 0 < k < len(line):
            candidates += [_candidate(row, line, k, year, unit, history, won_in, left_out_in) for row in line]
    return sorted(candidates, key=lambda candidate: candidate.row)


def _candidate(row, line, k, year, unit, history, won_in, left_out_in):
    def since(years):
        return 0 if year - 1 in years else 1 if year - 2 in years else 2

    def waited(who):
        return since(won_in[int(history.member[who])])

    def served(who):
        return since(left_out_in[int(history.member[who])])

    def merit(who):
        if history.tie is None:
            return (float(history.merit[who]),)
        return round(float(history.merit[who]) / SCORE_STEP), -int(history.tie[who])

    def standing(value):
        mine = value(row)
        return sum(value(who) > mine for who in line), sum(value(who) == mine for who in line)

    n = len(line)
    n_better, n_equal = standing(merit)
    n_longer, n_same = standing(waited)
    n_longer_served, n_same_served = standing(served)
    deserving = share_of_place(k, n_better, n_equal)
    middle = n_better + (n_equal - 1) / 2 - k  # 0 is the first who does not deserve
    side, steps = ("in" if middle < 0 else "out"), abs(middle + 0.5) + 0.5
    margin = ("cut", 0) if 0 < deserving < 1 else (side, sum(steps >= edge for edge in MARGIN_EDGES))
    return Candidate(
        row=row,
        year=year,
        unit=unit,
        member=int(history.member[row]),
        is_leader=bool(history.role[row] >= FIRST_LEADING_ROLE),
        won=bool(history.is_awarded[row]),
        n=n,
        k=k,
        waited=waited(row),
        wait_share=(n - n_longer - n_same + (n_same - 1) / 2) / (n - 1),
        deserving=deserving,
        turn=share_of_place(k, n_longer, n_same),
        is_crowded=2 * k > int(((history.year == year) & (history.unit == unit)).sum()),
        served_share=(n - n_longer_served - n_same_served + (n_same_served - 1) / 2) / (n - 1),
        left_out_by_turn=share_of_place(n - k, n_longer_served, n_same_served),
        post=share_of_place(k, *standing(lambda who: int(history.role[who]))),
        margin=margin,
        size_band=sum(n >= edge for edge in SIZE_EDGES),
    )


def in_strata(candidates, stratum_of):
    """Sort candidates into strata."""
    strata = defaultdict(list)
    for candidate in candidates:
        strata[stratum_of(candidate)].append(candidate)
    return strata
