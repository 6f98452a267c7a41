"""Compare two sets clause by clause: what is added, removed or changed, down to the single number, and why.

Clauses are the same where they have the same path. What is said of a clause but does not rule (the reason of a change, what it restates) is not compared; titles,
sources and assumptions are, because a reader of the law sees them change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from simulator.rules.criteria import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulator.rules.citation import Source
    from simulator.rules.clauses import Clause
    from simulator.rules.criteria import CriteriaSet, Resolution
    from simulator.rules.schema import Award
    from simulator.rules.values import Text

Kind: TypeAlias = Literal["added", "removed", "changed"]
Holder: TypeAlias = "Clause | Award"

HOLDING = frozenset({"parts", "clauses"})
"""What a section or an award holds is compared on rows of its own."""
_NOT_COMPARED = HOLDING | {"why", "restates"}


class LeafChange(NamedTuple):
    """One value of a clause that is not the same on both sides; None where there is none.

    Attributes
    ----------
    field
        Its path in the clause, such as ``share`` or ``requires.all.1.at_least``.
    before, after
        The values.
    """

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class DifferenceRow:
    """One clause, or the head of one award, that is not the same in both sets.

    Attributes
    ----------
    clause
        Its path; the id alone for the head of an award.
    change
        Whether the second set adds, removes or changes it.
    before, after
        The clause on either side.
    fields
        Every value that differs.
    why
        The reasons overlays of the second set give, in their order.
    source_before, source_after
        What each side cites.
    place_before, place_after
        File and line of each side.
    """

    clause: str
    change: Kind
    before: Holder | None
    after: Holder | None
    fields: tuple[LeafChange, ...]
    why: tuple[Text, ...]
    source_before: Source | None
    source_after: Source | None
    place_before: tuple[str, int] | None
    place_after: tuple[str, int] | None


@dataclass(frozen=True)
class Difference:
    """Everything that differs between two sets.

    Attributes
    ----------
    before, after
        The two sets.
    rows
        What differs, in the order of the sets.
    resolutions
        Conflicts between overlays of the second set that one of them settled, and the first set does not have.
    """

    before: CriteriaSet
    after: CriteriaSet
    rows: tuple[DifferenceRow, ...]
    resolutions: tuple[Resolution, ...]


def diff(before: CriteriaSet, after: CriteriaSet) -> Difference:
    """Compare two sets, two stacks or two scoring tables.

    Parameters
    ----------
    before
        The rules as they are.
    after
        The draft. An overlay read by its own name stands on what it extends, so that compared with its base it shows exactly what it changes.
    """
    first, second = dict(_iter_holders(before)), dict(_iter_holders(after))
    gone = _removed_awards(before, after)
    paths = [path for path in _merged(list(first), list(second)) if "." not in path or path.partition(".")[0] not in gone]
    rows = (_compare(path, first.get(path), second.get(path), before, after) for path in paths)
    resolutions = tuple(settled for settled in after.resolutions if settled not in before.resolutions)
    return Difference(before, after, tuple(row for row in rows if row is not None), resolutions)


def _removed_awards(before: CriteriaSet, after: CriteriaSet) -> frozenset[str]:
    """Give the awards an overlay of the second set takes away in one word: one row says so, their clauses go with them."""
    own = {change.clause for change in after.changes if change.set not in before.stack and (change.field, change.after) == (WHOLE, None)}
    return frozenset(own & (before.awards.keys() - after.awards.keys()))


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Go through the single values of a clause's data with their paths; an empty list or mapping is a value itself."""
    items: Iterable[tuple[Any, Any]] = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list | tuple) else ()
    empty = True
    for key, held in items:
        empty = False
        yield from leaves(held, f"{path}.{key}" if path else str(key))
    if empty:
        yield path, value


def _iter_holders(criteria: CriteriaSet) -> Iterator[tuple[str, Holder]]:
    """Go through clauses and heads of awards, each head before its clauses."""
    waiting = list(criteria.awards)
    for path, clause in criteria.iter_clauses():
        award_id = path.partition(".")[0]
        while award_id in waiting:
            head = waiting.pop(0)
            yield head, criteria.awards[head]
        yield path, clause
    yield from ((head, criteria.awards[head]) for head in waiting)


def _merged(first: list[str], second: list[str]) -> list[str]:
    """Merge two orders: what the second adds follows what stands before it there, what it lacks stays where it was."""
    merged = list(first)
    place = 0
    for path in second:
        if path in merged:
            place = merged.index(path) + 1
        else:
            merged.insert(place, path)
            place += 1
    return merged


def _compare(path: str, first: Holder | None, second: Holder | None, before: CriteriaSet, after: CriteriaSet) -> DifferenceRow | None:
    old, new = ({} if holder is None else _compared(holder) for holder in (first, second))
    if old == new:
        return None
    change: Kind = "added" if first is None else "removed" if second is None else "changed"
    values = [dict(leaves(data)) if data else {} for data in (old, new)]
    fields = tuple(
        LeafChange(field, values[0].get(field), values[1].get(field))
        for field in _merged(list(values[0]), list(values[1]))
        if values[0].get(field) != values[1].get(field)
    )
    return DifferenceRow(
        clause=path,
        change=change,
        before=first,
        after=second,
        fields=fields,
        why=_reasons(path, first, second, before, after),
        source_before=getattr(first, "source", None),
        source_after=getattr(second, "source", None),
        place_before=None if first is None else before.location(path),
        place_after=None if second is None else after.location(path),
    )


def _compared(holder: Holder) -> dict[str, Any]:
    """Give what is compared of a clause: all it says or leaves to its defaults, but not the reason, nor what stands on other rows."""
    data: dict[str, Any] = holder.model_dump(by_alias=True, exclude_none=True, exclude=set(_NOT_COMPARED))
    return data


def _reasons(path: str, first: Holder | None, second: Holder | None, before: CriteriaSet, after: CriteriaSet) -> tuple[Text, ...]:
    """Give the reasons of the overlays that only the second set has, for a clause or for the section that was removed with it."""
    touched = {path} if second is not None else {path, *_around(path)}
    reasons = [change.why for change in after.changes if change.clause in touched and change.set not in before.stack and change.why is not None]
    own = getattr(second, "why", None)
    if not reasons and own is not None and own != getattr(first, "why", None):
        reasons = [own]
    return tuple(dict.fromkeys(reasons))


def _around(path: str) -> Iterator[str]:
    steps = path.split(".")
    for length in range(len(steps) - 1, 1, -1):
        yield ".".join(steps[:length])
