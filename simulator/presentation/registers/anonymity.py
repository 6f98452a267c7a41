"""What anonymous readers are given: a list in which nobody is named, from which everything that leaves the office is made.

Rows stand for people, numbers for units and clusters, and nothing that somebody wrote freely is left. No output names a unit, not even by its number,
nor counts by unit: the rows listed and their ranks would tell which counts were meant.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from simulator.presentation.i18n import translate
from simulator.scoring.condition_parts import hide_share_of_mean
from simulator.scoring.roster import People

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.presentation.numbers import Lang
    from simulator.scoring.roster import Roster

LEAST_SHOWN = 5
"""Counts from 1 to below this are not shown to anonymous readers."""
HIDDEN = "…"
_FREE = frozenset({"name", "certificate_no", "decision_no"})
"""Keys under which somebody wrote freely."""
_REASON = ":reason"
MEAN = "mean:"
"""Begins the key of the mean of a group, from which the points of the others could be made out."""


def anonymous_roster(roster: Roster, codes: Sequence[str] = ()) -> Roster:
    """Return the list as anonymous readers may know it; it is scored exactly as the list itself.

    Parameters
    ----------
    roster
        The nominees.
    codes
        (n,) stable codes of the nominees; none where there is no key to make them.
    """
    rows = tuple(str(row) for row in roster.rows)
    units = _numbered((*roster.units, *roster.headcounts))
    clusters = _numbered(roster.clusters)
    works = _numbered(one.name for one in chain.from_iterable(roster.achievements))
    return replace(
        roster,
        people=People(rows, ("",) * len(rows), tuple(codes)),
        units=tuple(units[unit] for unit in roster.units),
        clusters=tuple(clusters[cluster] for cluster in roster.clusters),
        words={column: np.where(words == "", "", HIDDEN) if column.endswith(_REASON) else words for column, words in roster.words.items()},
        awards=tuple(tuple(each._replace(decision_no=None) for each in awards) for awards in roster.awards),
        initiatives=tuple(tuple(each._replace(certificate_no=None) for each in initiatives) for initiatives in roster.initiatives),
        achievements=tuple(tuple(each._replace(name=works[each.name]) for each in achieved) for achieved in roster.achievements),
        headcounts={units[unit]: counts for unit, counts in roster.headcounts.items()},
    )


def _numbered(names: Iterable[str]) -> dict[str, str]:
    """Give each name a number, so that numbers sort as the names do: shares are rounded unit by unit in that order. No name stays none."""
    found = sorted({name for name in names if name}, key=lambda name: (unicodedata.normalize("NFC", name).casefold(), name))
    width = len(str(len(found)))
    return {"": ""} | {name: f"{number:0{width}}" for number, name in enumerate(found, 1)}


def hide_free_text(observed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was observed without anything somebody wrote freely: names of achievements, numbers of decisions, reasons of marks.

    Means of a group are left out too.

    Examples
    --------
    >>> hide_free_text({"flags": [{"name": "Cờ của Tổ 3", "level": "city"}], "quality": 94})
    {'flags': [{'name': '…', 'level': 'city'}], 'quality': 94}
    """
    return {key: HIDDEN if key in _FREE or key.endswith(_REASON) else _hidden(value) for key, value in observed.items() if not key.startswith(MEAN)}


def _hidden(value: Any) -> Any:
    if isinstance(value, Mapping):
        return hide_free_text(value)
    return [_hidden(item) for item in value] if isinstance(value, list | tuple) else value


def hide_in_json(scores: dict[str, Any], people: People) -> dict[str, Any]:
    """Return scores as JSON data without free text and without units; beside the row of each nominee stands its code.

    Parameters
    ----------
    scores
        From ``Scores.to_json(anonymous=True)``.
    people
        The nominees of an :func:`anonymous_roster`.
    """
    codes = code_by_row(people)
    nominees = []
    for nominee in scores["nominees"]:
        quota = nominee["quota"]
        told = {"quota": quota and quota | {"unit": None}, "reasons": [_hidden_reason(reason) for reason in nominee["reasons"]]}
        nominees.append(nominee | {"code": codes.get(str(nominee["row"]))} | told)
    return scores | {"nominees": nominees}


def hide_in_explanation(explanation: dict[str, Any], people: People) -> dict[str, Any]:
    """Return an explanation as JSON data without free text and units, with the code of the one who is explained.

    Parameters
    ----------
    explanation
        From ``Explanation.to_json(anonymous=True)``.
    people
        The nominees of an :func:`anonymous_roster`.
    """
    code = code_by_row(people).get(explanation["nominee"])
    return explanation | {"code": code, "clauses": [_hidden_reason(reason) for reason in explanation["clauses"]]}


def code_by_row(people: People) -> dict[str, str]:
    """Give the code of each row of an :func:`anonymous_roster`; of none where there is no key."""
    return dict(zip(people.ids, people.codes, strict=bool(people.codes)))


def row_words(row: str, code: str, lang: Lang) -> str:
    """Call a nominee by its row, and by its code where it has one."""
    return translate("explain.row.code", lang, row=row, code=code) if code else translate("explain.row", lang, row=row)


def _hidden_reason(reason: dict[str, Any]) -> dict[str, Any]:
    required = reason["required"]
    own = {"observed": hide_free_text(reason["observed"]), "required": required | {"unit": None} if "unit" in required else required}
    parts = reason.get("parts", ())
    hidden = [part | {"observed": hide_free_text(part["observed"]), "required": hide_share_of_mean(part["required"])} for part in parts]
    return reason | own | {"parts": hidden}


class Sum(NamedTuple):
    """Counts of which the parts, and a rest nobody is shown, add up to a whole; each by its position."""

    whole: int
    parts: tuple[int, ...]


def suppress(counts: Sequence[int], sums: Sequence[Sum]) -> list[int | str]:
    """Hide counts from 1 to 4, and where one alone is hidden in a sum the smallest other one too, so that no subtraction gives it back.

    Returns the counts, and the words ``few`` (it is from 1 to 4) or ``not-told``.

    Examples
    --------
    >>> suppress([20, 17, 3], [Sum(0, (1, 2))])
    [20, 'not-told', 'few']
    >>> suppress([20, 17], [Sum(0, (1,))])  # the 3 who are not counted here could be worked out
    [20, 'not-told']
    """
    hidden = {at for at, count in enumerate(counts) if 0 < count < LEAST_SHOWN}
    is_changed = True
    while is_changed:
        is_changed = False
        for whole, parts in sums:
            rest = counts[whole] - sum(counts[part] for part in parts)
            n_hidden = sum(at in hidden for at in (whole, *parts)) + (0 < rest < LEAST_SHOWN)
            others = [(counts[part], part) for part in parts if counts[part] and part not in hidden]
            if n_hidden == 1 and others:
                hidden.add(min(others)[1])
                is_changed = True
    return [count if at not in hidden else "few" if 0 < count < LEAST_SHOWN else "not-told" for at, count in enumerate(counts)]
