"""An option: the rules it brings, and from which year."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.values import Text


@dataclass(frozen=True, slots=True)
class Phase:
    """Rules, and the first year under them."""

    from_year: int
    criteria: CriteriaSet


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its name, and its rules in the order in which they take over.

    Attributes
    ----------
    id, title
        Its name, and what readers call it.
    phases
        One or more; before the first, the baseline goes on.
    """

    id: str
    title: Text
    phases: tuple[Phase, ...]

    @classmethod
    def of(cls, option_id: str, title: Text, criteria: CriteriaSet) -> Option:
        """Make an option that brings one set of rules from the first year on."""
        return cls(option_id, title, (Phase(1, criteria),))

    @property
    def criteria(self) -> CriteriaSet:
        """The rules the option ends with, which it is compared by, clause for clause."""
        return self.phases[-1].criteria

    @property
    def key(self) -> str:
        """What the option does, as one hash: that of its rules, and of their years where they do not hold from the first."""
        if len(self.phases) == 1 and self.phases[0].from_year == 1:
            return self.criteria.content_hash
        words = "\n".join(f"{phase.from_year} {phase.criteria.content_hash}" for phase in self.phases)
        return hashlib.sha256(words.encode()).hexdigest()
