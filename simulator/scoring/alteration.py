"""Copies of a roster in which one nominee is changed: many at once, each in a world of its own with the others held fixed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from simulator.rules.facts import SCOPES
from simulator.scoring.columns import Content
from simulator.scoring.levers import Addition
from simulator.scoring.roster import Achievement, Initiative, People

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from simulator._types import IndexArray
    from simulator.scoring.levers import Choice
    from simulator.scoring.roster import Roster


def take(roster: Roster, rows: IndexArray, *, worlds: IndexArray | None = None) -> Roster:
    """Give a roster of some rows of another, perhaps several times the same.

    Parameters
    ----------
    roster
        The roster.
    rows
        (m,) positions in it.
    worlds
        (m,) the world each row goes to: rows of one world form a group and a unit of their own. Without it, units and clusters stay.
    """

    def pick(values: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(values[row] for row in rows)

    own = None if worlds is None else tuple(f"#{world}" for world in worlds)
    return replace(
        roster,
        people=People(tuple(str(place) for place in range(len(rows))), ("",) * len(rows)),
        rows=np.arange(1, len(rows) + 1),
        units=pick(roster.units) if own is None else own,
        clusters=pick(roster.clusters) if own is None else own,
        numbers={column: values[rows] for column, values in roster.numbers.items()},
        answers={column: values[rows] for column, values in roster.answers.items()},
        words={column: values[rows] for column, values in roster.words.items()},
        awards=pick(roster.awards),
        initiatives=pick(roster.initiatives),
        disciplined_on=pick(roster.disciplined_on),
        achievements=pick(roster.achievements),
        headcounts=roster.headcounts if own is None else {},
    )


def alter(roster: Roster, positions: IndexArray, choices: Sequence[Choice], moves: IndexArray) -> Roster:
    """Change some nominees of a roster.

    Parameters
    ----------
    roster
        The roster.
    positions
        (k,) who is changed.
    choices
        The columns.
    moves
        (k, n_choices) the value each takes; 0 leaves it as it is.
    """
    numbers, answers, words = dict(roster.numbers), dict(roster.answers), dict(roster.words)
    initiatives, achievements = list(roster.initiatives), list(roster.achievements)
    for at, choice in enumerate(choices):
        column, is_moved = choice.column.id, moves[:, at] > 0
        if not is_moved.any():
            continue
        where, values = positions[is_moved], [choice.values[move - 1] for move in moves[is_moved, at]]
        match choice.column.content:
            case Content.WORD:
                words[column] = _set(words[column].astype(object), where, values).astype(np.str_)
            case Content.YES_NO:
                answers[column] = _set(answers[column].copy(), where, values)
            case Content.INITIATIVES:
                for position, added in zip(where, values, strict=True):
                    initiatives[position] += _new_initiatives(added, roster.year)
            case Content.ACHIEVEMENTS:
                for position, added in zip(where, values, strict=True):
                    achievements[position] += _new_achievements(added, column)
            case _:
                numbers[column] = _set(numbers[column].copy(), where, values)
    return replace(roster, numbers=numbers, answers=answers, words=words, initiatives=tuple(initiatives), achievements=tuple(achievements))


def value_now(roster: Roster, choice: Choice, position: int) -> Any:
    """Tell what stands in a column before the change: an exact number, a word, an answer, or how many there are."""
    column = choice.column.id
    match choice.column.content:
        case Content.WORD:
            return str(roster.words[column][position])
        case Content.YES_NO:
            return bool(roster.answers[column][position])
        case Content.INITIATIVES:
            return sum(not initiative.is_used for initiative in roster.initiatives[position])
        case Content.ACHIEVEMENTS:
            return sum(achievement.criterion == column for achievement in roster.achievements[position])
        case _:
            return roster.number(column, position)


def value_after(roster: Roster, choice: Choice, position: int, move: int) -> Any:
    """Tell what stands there after the change."""
    changed = alter(roster, np.array([position]), [choice], np.array([[move]]))
    return value_now(changed, choice, position)


def _set(values: Any, where: IndexArray, given: Sequence[Any]) -> Any:
    values[where] = given
    return values


def _new_initiatives(added: Addition, year: int) -> tuple[Initiative, ...]:
    return tuple(Initiative(scope=added.level, year=year) for _ in range(added.n_more))  # type: ignore[arg-type]


def _new_achievements(added: Addition, column: str) -> tuple[Achievement, ...]:
    return tuple(Achievement(criterion=column, name=f"+{number + 1}", level=added.level) for number in range(added.n_more))


def details_of(choice: Choice, move: int) -> Mapping[str, str]:
    """Tell what a number alone does not: how far the new initiatives must reach, which level the new achievements have."""
    added = choice.values[move - 1]
    is_any = choice.column.content is Content.INITIATIVES and isinstance(added, Addition) and added.level == SCOPES[0]
    return {"level": added.level} if isinstance(added, Addition) and not is_any else {}
