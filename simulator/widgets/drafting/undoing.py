"""Going back to what was, and forward again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

_State = TypeVar("_State")
MOST_STEPS = 200
"""States remembered; the oldest are forgotten, so that a long session does not grow."""


@dataclass(frozen=True)
class Undoing(Generic[_State]):
    """States one after the other, and which of them holds now.

    Attributes
    ----------
    now
        The state that holds.
    past, future
        What came before it, the latest last; what was undone, the next first.
    """

    now: _State
    past: tuple[_State, ...] = ()
    future: tuple[_State, ...] = ()

    def then(self, state: _State) -> Undoing[_State]:
        """Go on with another state; what was undone is forgotten. The same state again is no step."""
        if state == self.now:
            return self
        return Undoing(state, (*self.past, self.now)[-MOST_STEPS:])

    def instead(self, state: _State) -> Undoing[_State]:
        """Put another state in the place of the one that holds: a slider on its way is one step, not fifty."""
        return replace(self, now=state, future=())

    def back(self) -> Undoing[_State]:
        """Undo the last step; without one, nothing."""
        return Undoing(self.past[-1], self.past[:-1], (self.now, *self.future)) if self.past else self

    def forth(self) -> Undoing[_State]:
        """Do again what was undone last; without such, nothing."""
        return Undoing(self.future[0], (*self.past, self.now), self.future[1:]) if self.future else self
