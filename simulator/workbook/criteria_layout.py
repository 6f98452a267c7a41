"""How a criteria set lies in a workbook: which value of which clause stands on which sheet, in which column.

Every clause is a set of values by path (``share``, ``requires.all.0.at_least``). Values that all parts of a scoring table share have columns of their
own; all others have a row each. Nothing of a set is left out, so that an unedited workbook is the set itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from simulator.rules.schema import FLAT_SECTIONS, SECTIONS
from simulator.rules.values import ID_PATTERN
from simulator.rules.writing import plain_data
from simulator.workbook.criteria_fields import BY_ID, LISTS_OF_ITEMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.rules.criteria import CriteriaSet

Values: TypeAlias = "dict[str, Any]"
"""The values of one clause by path."""

GROUNDS: Final = (
    "title.vi",
    "title.en",
    "source.instrument",
    "source.provision",
    "source.confidence",
    "assumption.vi",
    "assumption.en",
)
REASONS: Final = ("why.vi", "why.en")
REMOVE: Final = "remove"
PART_COLUMNS: Final = (
    "points",
    "unit.vi",
    "unit.en",
    "round_to",
    "target",
    "loses.points",
    "loses.per_percent",
    "loses.counted",
    "nothing_below",
    "at_least",
    "at_most",
    "each",
    "at_most_times",
    "by",
    "counts",
    "step",
)
BOUNDS: Final = ("at_least", "above", "at_most", "below")
ITEM_COLUMNS: Final = ("title.vi", "title.en", *BOUNDS, "points", "minus", "at_most_times")
_ITEM = re.compile(r"((?:bands|levels|events)\.[a-z0-9-]+)\.(.+)")
_ID = re.compile(ID_PATTERN)
_NEVER = frozenset({"why"})
_HELD_APART = frozenset({"parts", "clauses"})


class Place(NamedTuple):
    """Where a value stands: the sheet, what its row is about besides the clause, and its column."""

    sheet: str
    row: str
    column: str


def place_of(clause: str, field: str) -> Place:
    """Tell where one value of one clause stands.

    Examples
    --------
    >>> place_of("points.results.budget", "bands.0.points")
    Place(sheet='bands', row='bands.0', column='points')
    >>> place_of("fighter.quota", "share")
    Place(sheet='clauses', row='share', column='value')
    """
    is_part = clause.startswith("points.")
    item = _ITEM.fullmatch(field)
    if is_part and item and item[2] in ITEM_COLUMNS:
        return Place("bands", item[1], item[2])
    if clause.startswith("classes.") and field in {"title.vi", "title.en", *BOUNDS}:
        return Place("bands", "", field)
    if is_part and field in {"kind", *PART_COLUMNS, *GROUNDS}:
        return Place("points", "", field)
    if field in GROUNDS:
        return Place("clauses", "kind", field)
    return Place("clauses", field, "value")


def values_of_set(criteria: CriteriaSet) -> dict[str, Values]:
    """Give every clause and every head of an award by path, each as its values; the head stands before its clauses."""
    data = plain_data(criteria.rules)
    found: dict[str, Values] = {}
    for section in FLAT_SECTIONS:
        for clause_id, clause in data.get(section, {}).items():
            found[f"{section}.{clause_id}"] = values_of(clause, {"classes": "class", "vetoes": "veto"}.get(section))
    for path, part in _iter_parts(data.get("points", {}), "points."):
        found[path] = values_of(part)
    for award_id, award in data.get("awards", {}).items():
        found[award_id] = values_of(award)
        for clause_id, clause in award.get("clauses", {}).items():
            found[f"{award_id}.{clause_id}"] = values_of(clause)
    return found


def values_of(clause: Mapping[str, Any], kind: str | None = None) -> Values:
    """Give the values of one clause by path; lists of ids are one value."""
    own = {key: value for key, value in clause.items() if key not in _NEVER | _HELD_APART}
    first = {"kind": own.get("kind", kind)}
    return {**first, **dict(_flatten(own, ""))}


def data_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Build a clause from its values; numbers in paths of lists only tell items apart."""
    tree: dict[str, Any] = {}
    for field, value in values.items():
        here = tree
        *above, last = field.split(".")
        for step in above:
            inner = here.setdefault(step, {})
            if not isinstance(inner, dict):
                inner = here[step] = {}
            here = inner
        here[last] = value
    built = _build(tree, is_by_id=False)
    return dict(built)


def holder_of(data: dict[str, Any], path: str) -> dict[str, Any]:
    """Give the mapping a clause is written into, making what leads to it."""
    for step in steps_of(path):
        data = data.setdefault(step, {})
    return data


def steps_of(path: str) -> tuple[str, ...]:
    """Give the keys that lead to a clause in a file.

    Examples
    --------
    >>> steps_of("points.results.budget"), steps_of("fighter.quota")
    (('points', 'results', 'parts', 'budget'), ('awards', 'fighter', 'clauses', 'quota'))
    """
    first, *others = path.split(".")
    if first in SECTIONS:
        return (first, *others[:1], *(step for other in others[1:] for step in ("parts", other)))
    return ("awards", first, *(step for other in others for step in ("clauses", other)))


def is_path(text: str) -> bool:
    """Tell whether a text can be the path of a clause or of an award."""
    steps = text.split(".")
    if not all(_ID.fullmatch(step) for step in steps):
        return False
    if steps[0] == "points":
        return len(steps) > 1
    return len(steps) == 2 if steps[0] in FLAT_SECTIONS else len(steps) <= 2 and steps[0] != "awards"  # noqa: PLR2004  # holder and clause


def is_award(path: str) -> bool:
    """Tell whether a path is that of an award itself."""
    return "." not in path


def _iter_parts(parts: Mapping[str, Any], under: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for part_id, part in parts.items():
        yield f"{under}{part_id}", part
        yield from _iter_parts(part.get("parts", {}), f"{under}{part_id}.")


def _flatten(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, held in value.items():
            yield from _flatten(held, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple) and value and not all(isinstance(item, str) for item in value):
        for position, item in enumerate(value):
            yield from _flatten(item, f"{path}.{position}")
    else:
        yield path, list(value) if isinstance(value, list | tuple) else value


def _build(tree: Mapping[str, Any], *, is_by_id: bool) -> dict[str, Any]:
    built: dict[str, Any] = {}
    for key, held in tree.items():
        if not isinstance(held, dict):
            built[key] = held
        elif not is_by_id and key in LISTS_OF_ITEMS and all(each.isdigit() for each in held):
            items = (held[each] for each in sorted(held, key=int))
            built[key] = [_build(item, is_by_id=False) if isinstance(item, dict) else item for item in items]
        else:
            built[key] = _build(held, is_by_id=not is_by_id and key in BY_ID)
    return built
