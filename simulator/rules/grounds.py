"""What every clause has, whatever it rules: a title, the reason of a change, and its ground."""

from typing import Annotated, Any

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

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
    restates
        Paths of clauses below it that rule the same already, and that it only stresses again: tables then cite them, and credit it with nothing new.
    source, assumption
        Where it was read; or that it is assumed, and why; or both: the words from the source, the number assumed.
    """

    title: Text
    why: Text | None = None
    restates: Annotated[tuple[str, ...], Field(strict=False)] = ()
    source: Source | None = None
    assumption: Text | None = None

    @model_serializer(mode="wrap")
    def _say(self, say: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Leave out an empty ``restates``: fingerprints of rules that restate nothing stay what they were before the key existed."""
        data: dict[str, Any] = say(self)
        if not self.restates:
            data.pop("restates", None)
        return data


GROUND_FIELDS = frozenset({"why", "restates", "source", "assumption"})
"""Fields that say why a clause reads as it does; two overlays may each give their own without contradicting one another."""
