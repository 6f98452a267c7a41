"""What the path of a value in a clause says of it: the test of a condition it belongs to, and whether it is a share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from simulator.rules.conditions import ClassTest, PointsTest
from simulator.rules.facts import Test

if TYPE_CHECKING:
    from simulator.rules.clauses import Clause
    from simulator.rules.schema import Award

_ATTRIBUTES: Final = {"not": "not_", "class": "class_"}
"""What a key is called in its model, where Python keeps the word for itself."""
_SHARES_BY_OTHER_NAMES: Final = frozenset({"strictness", "threshold"})


def enclosing_test(clause: Clause | Award, field: str) -> Test | PointsTest | ClassTest | None:
    """Give the test a value of a clause belongs to; ``None`` for a value of no test.

    Parameters
    ----------
    clause
        The clause, or the award itself.
    field
        Path of the value in it, such as ``requires.all.0.at_least``.
    """
    here: Any = clause
    for step in field.split(".")[:-1]:
        here = _inner(here, step)
    return here if isinstance(here, Test | PointsTest | ClassTest) else None


def subject_of(test: Test | PointsTest | ClassTest | None) -> str | None:
    """Tell what a test looks at: its fact, or ``points``; ``None`` where it counts nothing."""
    if isinstance(test, PointsTest):
        return "points"
    return test.fact if isinstance(test, Test) else None


def is_share(field: str) -> bool:
    """Tell whether a value by that path is a share, which words and titles give in percent.

    Examples
    --------
    >>> is_share("requires.all.0.at_least_share"), is_share("vote.threshold"), is_share("levels.shared.points")
    (True, True, False)
    """
    last = field.rpartition(".")[2]
    return "share" in last or last in _SHARES_BY_OTHER_NAMES


def _inner(here: Any, step: str) -> Any:
    if isinstance(here, tuple):
        return here[int(step)] if int(step) < len(here) else None
    if hasattr(here, "get"):
        return here.get(step)
    return getattr(here, _ATTRIBUTES.get(step, step), None)
