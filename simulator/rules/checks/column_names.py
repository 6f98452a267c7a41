"""The columns a scoring table asks for: no two of them may have one name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from simulator.rules.points import Deduct, Highest, Mark, Proportional, Section, iter_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject
    from simulator.rules.points import Criterion

IDENTITY = ("id", "name", "unit", "cluster")
"""Columns every roster has."""


def check(subject: Subject) -> Iterator[Finding]:
    """Look for column names that two criteria share, or that a roster has already."""
    criteria = [(path, part) for path, part in iter_parts(subject.criteria.points) if not isinstance(part, Section)]
    uses = Counter(path.rpartition(".")[2] for path, _part in criteria)
    owner: dict[str, str] = dict.fromkeys(IDENTITY, "@every-roster")
    for path, part in criteria:
        own_id = path.rpartition(".")[2]
        for column in _columns(own_id if uses[own_id] == 1 else path, part):
            if column in owner:
                yield subject.find("RL347", f"points.{path}", clause=f"points.{path}", column=column, first=owner[column])
                break
            owner[column] = f"points.{path}"


def _columns(name: str, part: Criterion) -> list[str]:
    match part:
        case Proportional(target="own"):
            return [name, f"{name}:target"]
        case Deduct():
            return [f"{name}.{event}" for event in part.events]
        case Highest():
            return [f"{name}.{level_id}" for level_id, level in part.levels.items() if level.when is None]
        case Mark() if len(part.by) > 1:
            return [f"{name}@{giver}" for giver in part.by]
        case _:
            return [name]
