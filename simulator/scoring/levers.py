"""What a nominee could still change by its own work, and the values worth trying: the edges the clauses themselves draw.

Never a post, sex, a mark somebody else gives, or the past: only columns that are actionable; and only towards more points, for nobody is told to do
worse, even where a rule would reward it. Between two edges nothing changes but points in proportion, so a proportional criterion is tried at every step
of its column's decimals, and everything else at its bands, bounds and counts only.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from simulator.rules.clause_conditions import iter_conditions
from simulator.rules.conditions import iter_tests
from simulator.rules.facts import SCOPES
from simulator.rules.points import Achievements, Highest, Mark, Proportional, Section, iter_parts
from simulator.rules.values import exact
from simulator.scoring.award_order import awards_in_order
from simulator.scoring.columns import Column, Content
from simulator.scoring.edges import edges_of, points_at, widest_of
from simulator.scoring.part_columns import criterion_columns, input_columns
from simulator.scoring.search import Lever

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.facts import Test
    from simulator.rules.points import Criterion
    from simulator.scoring.roster import Roster

MOST_STEPS: Final = 100_000
"""A column with more steps between what is and what would help most is tried on a coarser grid."""
MOST_ADDED: Final = 20


class Addition(NamedTuple):
    """So many more of something: initiatives of a scope, or achievements of a level."""

    n_more: int
    level: str


@dataclass(frozen=True)
class Choice:
    """A column that could be changed, and to what.

    Attributes
    ----------
    column
        The column.
    values
        What position 1, 2, … of the lever stands for: an int64 mantissa, a bool, a word, or an :class:`Addition`.
    lever
        The same for the search.
    """

    column: Column
    values: Sequence[Any]
    lever: Lever


def choices_of(criteria: CriteriaSet, columns: Iterable[Column], roster: Roster, position: int, award: str | None = None) -> list[Choice]:
    """List what one nominee could change for one award, in the order of the columns."""
    criteria_of = dict(_criteria_by_column(criteria))
    found = []
    for column in columns:
        if not column.is_actionable or column.giver is not None:
            continue
        choice = _choice(column, criteria_of.get(column.id), _initiatives_asked(criteria, award), roster, position)
        if choice is not None and choice.values:
            found.append(choice)
    return found


def _criteria_by_column(criteria: CriteriaSet) -> Iterator[tuple[str, tuple[Criterion, bool]]]:
    """Give the criterion each column answers, and whether its points are taken off."""
    names = criterion_columns(criteria.points)
    kinds = {path: part.kind for path, part in iter_parts(criteria.points) if isinstance(part, Section)}
    for path, part in iter_parts(criteria.points):
        if not isinstance(part, Section):
            for column in input_columns(part, names[path]):
                yield column, (part, _is_taken_off(path, kinds))


def _is_taken_off(path: str, kinds: Mapping[str, str]) -> bool:
    """Tell whether points are taken off the total: each penalty section turns their sign, and a bonus section is added to the total whatever is around it."""
    is_taken_off = False
    while path := path.rpartition(".")[0]:
        kind, around = kinds[path], kinds.get(path.rpartition(".")[0])
        if kind == "penalty" and around != "penalty":
            is_taken_off = not is_taken_off
        if kind == "bonus" and around != "bonus":
            break
    return is_taken_off


def _choice(column: Column, answered: tuple[Criterion, bool] | None, initiatives: list[Test], roster: Roster, position: int) -> Choice | None:
    match column.content:
        case Content.WORD if column.id in roster.words:
            return _of_words(column, str(roster.words[column.id][position]))
        case Content.INITIATIVES:
            return _of_initiatives(column, initiatives)
        case Content.ACHIEVEMENTS if answered is not None and isinstance(answered[0], Achievements):
            return _of_achievements(column, answered[0])
        case Content.YES_NO if column.id in roster.answers:
            return _of_answer(column, is_yes=bool(roster.answers[column.id][position]), answered=answered)
        case Content.NUMBER | Content.PERCENT | Content.COUNT if column.id in roster.numbers:
            return _of_members(column, roster, position) if answered is None else _of_number(column, *answered, roster, position)
        case _:
            return None


def _of_words(column: Column, now: str) -> Choice | None:
    """List every better word, nearest first: words stand best first, and nobody is told to do worse."""
    if now not in column.words:
        return None
    here = column.words.index(now)
    better = column.words[:here][::-1]
    costs = [(place + 1) / (len(column.words) - 1) for place in range(len(better))]
    return Choice(column, better, _lever(column, costs, is_monotone=True))


def _initiatives_asked(criteria: CriteriaSet, award: str | None) -> list[Test]:
    """List what is asked of initiatives by an award, by those it rests on, and by what is asked of everybody."""
    others = set(criteria.awards) - set(awards_in_order(criteria, award))
    return [
        test
        for path, clause in criteria.iter_clauses()
        if path.partition(".")[0] not in others
        for _where, condition in iter_conditions(clause)
        for _place, test in iter_tests(condition)
        if test.fact == "unused-initiatives"
    ]


def _of_initiatives(column: Column, tests: list[Test]) -> Choice | None:
    """One more initiative, two more, up to all that the clauses ask for together, each reaching as far as any of them asks."""
    if not tests:
        return None
    widest = max((test.scope or SCOPES[0] for test in tests), key=SCOPES.index)
    n_most = min(MOST_ADDED, sum(int(test.at_least or 0) for test in tests))
    values = [Addition(n_more, widest) for n_more in range(1, n_most + 1)]
    return Choice(column, values, _lever(column, [value.n_more for value in values], is_monotone=True))


def _of_members(column: Column, roster: Roster, position: int) -> Choice | None:
    """One more member graded so, two more, up to all of them; no other number outside a scoring table is anybody's own work."""
    if column.key != "members_rated" or "members" not in roster.numbers:
        return None
    unit = 10 ** roster.scales[column.id]
    now, n_members = int(roster.numbers[column.id][position]), floor(roster.number("members", position))
    values = _towards(now, n_members * unit, downwards=False)
    return _numbers(column, values, now, unit, Fraction(n_members))


def _of_achievements(column: Column, criterion: Achievements) -> Choice:
    """More achievements of one level: those that give more than all cheaper ones."""
    levels = sorted((level.points, level_id) for level_id, level in criterion.levels.items() if level.when is None and level.points > 0)
    tried = [
        (n_more * (rank + 1) / len(levels), min(n_more * points, criterion.points), Addition(n_more, level_id))
        for rank, (points, level_id) in enumerate(levels)
        for n_more in range(1, min(MOST_ADDED, ceil(exact(criterion.points) / exact(points))) + 1)
    ]
    kept: list[tuple[float, float, Addition]] = []
    for one in sorted(tried, key=lambda it: (it[0], -it[1])):
        if not kept or one[1] > kept[-1][1]:
            kept.append(one)
    return Choice(column, [addition for _cost, _points, addition in kept], _lever(column, [cost for cost, _points, _ in kept], is_monotone=True))


def _of_answer(column: Column, *, is_yes: bool, answered: tuple[Criterion, bool] | None) -> Choice | None:
    """Turn the answer; where it gives points, only towards more."""
    if answered is not None:
        criterion, is_penalty = answered
        gain = _gain_of_yes(criterion, column.id)
        would_be_yes = (gain > 0) != is_penalty
        if gain == 0 or is_yes == would_be_yes:
            return None
    return Choice(column, [not is_yes], _lever(column, [1.0], is_monotone=True))


def _gain_of_yes(criterion: Criterion, column: str) -> float:
    if isinstance(criterion, Highest):
        return criterion.levels[column.rpartition(".")[2]].points
    return criterion.points


def _of_number(column: Column, criterion: Criterion, is_penalty: bool, roster: Roster, position: int) -> Choice | None:  # noqa: FBT001
    """Numbers on the grid of the column's decimals, nearest first, each giving more than all nearer ones."""
    now, unit = int(roster.numbers[column.id][position]), 10 ** roster.scales[column.id]
    if isinstance(criterion, Mark):
        return None
    target = criterion.target if isinstance(criterion, Proportional) else None
    if isinstance(criterion, Proportional):
        if column.id.endswith(":target"):
            return None
        at = roster.number(f"{column.id}:target", position) if target == "own" else exact(criterion.target)  # type: ignore[arg-type]
        values = _towards(now, 0 if is_penalty else ceil(at * unit), downwards=is_penalty)
        return _numbers(column, values, now, unit, at)
    give_points = points_at(criterion, column.id)
    sign = -1 if is_penalty else 1
    best, kept = sign * give_points(Fraction(now, unit)), []
    low = -(10**17) if column.low is None else ceil(exact(column.low) * unit)
    high = 10**17 if column.high is None else floor(exact(column.high) * unit)
    for value in sorted(edges_of(criterion, column.id, unit), key=lambda it: (abs(it - now), it)):
        points = sign * give_points(Fraction(value, unit))
        if low <= value <= high and points > best and value != now:
            best = points
            kept.append(value)
    return _numbers(column, kept, now, unit, widest_of(criterion, column.id))


def _numbers(column: Column, values: Sequence[int], now: int, unit: int, widest: Fraction) -> Choice | None:
    """Weigh each move by the range of the column: its own, or from 0 to the farther of where it stands and the last number a clause draws."""
    if not values:
        return None
    if column.low is not None and column.high is not None and column.high > column.low:
        span = exact(column.high) - exact(column.low)
    else:
        span = max(widest, Fraction(abs(now), unit)) or Fraction(1)
    costs = np.abs(np.asarray(values, dtype=np.float64) - now) / float(span * unit)
    return Choice(column, values, _lever(column, costs, is_monotone=True))


def _towards(now: int, end: int, *, downwards: bool) -> Sequence[int]:
    """Give every step from what is to what gives all, coarser where there are too many."""
    n_steps = now - end if downwards else end - now
    if n_steps <= 0:
        return ()
    stride = ceil(n_steps / MOST_STEPS)
    steps = range(now - stride, end - 1, -stride) if downwards else range(now + stride, end + 1, stride)
    return steps if steps and steps[-1] == end else [*steps, end]


def _lever(column: Column, costs: Sequence[float] | np.ndarray[Any, Any], *, is_monotone: bool) -> Lever:
    every = np.concatenate([[0.0], np.asarray(costs, dtype=np.float64)])
    strongest = len(every) - 1
    return Lever(column.id, every, is_monotone, strongest)
