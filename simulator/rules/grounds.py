"""What every clause has, whatever it rules: a title, the reason of a change, and its ground."""

from simulator.rules.citation import Source
from simulator.rules.values import FrozenModel, Text


class GroundedClause(FrozenModel):
    """One operative sentence of a rule.

    Attributes
    ----------
    title
        What it says, as its readers know it.
    why
        The reason for the change, in an overlay.
    source, assumption
        Where it was read; or that it is assumed, and why; or both: the words from the source, the number assumed.
    """

    title: Text
    why: Text | None = None
    source: Source | None = None
    assumption: Text | None = None


GROUND_FIELDS = frozenset({"why", "source", "assumption"})
"""Fields that say why a clause reads as it does; two overlays may each give their own without contradicting one another."""
