"""What a set of rules says of itself, worked out once and kept as long as the set is.

Examples and least changes score one nominee hundreds of times by the same rules, and each time it is asked which columns and awards belong to them.
"""

from __future__ import annotations

import weakref
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.rules.criteria import CriteriaSet

_P = ParamSpec("_P")
_T = TypeVar("_T")

_KEPT: Final[dict[int, dict[Any, Any]]] = {}
"""For each set that lives, by identity, its answers by what was asked; sets hold mappings, so that none of them can be a key itself."""


def kept_with_its_set(ask: Callable[Concatenate[CriteriaSet, _P], _T]) -> Callable[Concatenate[CriteriaSet, _P], _T]:
    """Let a question about a set of rules be worked out once for each set and each way of asking.

    Parameters
    ----------
    ask
        Depends on nothing but the set, which nobody changes, and on what else it is given; its answer cannot be changed either. What it raises is raised anew.
    """

    @wraps(ask)
    def ask_once(criteria: CriteriaSet, /, *given: _P.args, **named: _P.kwargs) -> _T:
        answers = _KEPT.get(id(criteria))
        if answers is None:
            answers = _KEPT[id(criteria)] = {}
            weakref.finalize(criteria, _KEPT.pop, id(criteria), None).atexit = False
        asked = (ask, given, tuple(sorted(named.items())))
        if asked not in answers:
            answers[asked] = ask(criteria, *given, **named)
        answer: _T = answers[asked]
        return answer

    return ask_once
