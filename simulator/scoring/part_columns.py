"""Which columns of a roster a criterion is answered from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from simulator.rules.points import Achievements, Deduct, Highest, Mark, Proportional, Section, iter_parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.rules.points import Criterion, Part


def criterion_columns(points: Mapping[str, Part]) -> dict[str, str]:
    """Name the column of each criterion, by its path: its own id where that is unique in the table, else the whole path."""
    paths = [path for path, part in iter_parts(points) if not isinstance(part, Section)]
    n_uses = Counter(path.rpartition(".")[2] for path in paths)
    return {path: own_id if n_uses[own_id := path.rpartition(".")[2]] == 1 else path for path in paths}


def input_columns(criterion: Criterion, column: str) -> tuple[str, ...]:
    """Name the columns a criterion reads, in the order in which its arithmetic takes them; none where only conditions answer it.

    Parameters
    ----------
    criterion
        The criterion.
    column
        Its column, from :func:`criterion_columns`.
    """
    match criterion:
        case Proportional(target="own"):
            return (column, f"{column}:target")
        case Deduct():
            return tuple(f"{column}.{event}" for event in criterion.events)
        case Highest():
            return tuple(f"{column}.{level_id}" for level_id, level in criterion.levels.items() if level.when is None)
        case Mark() if len(criterion.by) > 1:
            return tuple(f"{column}@{giver}" for giver in criterion.by)
        case Achievements():
            return (column,) if any(level.when is None for level in criterion.levels.values()) else ()
        case _:
            return () if getattr(criterion, "when", None) is not None else (column,)
