"""What a scenario says beside its rules: the problem, the aim, and the recommendation of the drafting body.

They are words that a report prints. No run depends on them, and the program writes none of them itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from simulator.experiments.results.comparison import GroundedText, Recommendation
from simulator.experiments.scenarios.description import both, cite_source
from simulator.experiments.scenarios.findings import make_finding
from simulator.rules.citation import Source, load_instruments
from simulator.rules.diagnosis import close_to
from simulator.rules.values import FrozenModel, Identifier, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.errors import Finding
    from simulator.rules.citation import InstrumentRegister
    from simulator.rules.reading import Document
    from simulator.workspace import Workspace


class GroundedEntry(FrozenModel):
    """A statement with what it rests on: the source it was read in, or an assumption that says honestly that there is none.

    Attributes
    ----------
    text
        The statement.
    source
        Instrument, provision and confidence.
    assumption
        Why it is believed, where no source says so.
    """

    text: Text
    source: Source | None = None
    assumption: Text | None = None


class RecommendationEntry(FrozenModel):
    """The option that the drafting body recommends, and its reasons.

    Attributes
    ----------
    option
        Id of an option of the scenario.
    reasons
        Why, in the words of the drafting body.
    """

    option: Identifier
    reasons: Text


Grounded = Annotated[tuple[GroundedEntry, ...], Field(strict=False)]


@dataclass(frozen=True)
class Framing:
    """Problem, aim and recommendation, as the file of a scenario states them; each may be missing."""

    problem: tuple[GroundedEntry, ...] = ()
    aim: tuple[GroundedEntry, ...] = ()
    recommendation: RecommendationEntry | None = None

    def grounded(self) -> dict[str, tuple[GroundedEntry, ...]]:
        """Give the statements by the key of the file they stand under."""
        return {"problem": self.problem, "aim": self.aim}


def check_framing(framing: Framing, options: Sequence[str], document: Document, workspace: Workspace) -> list[Finding]:
    """Find statements without grounds, instruments nobody registered, and the recommendation of an option that is none.

    Parameters
    ----------
    framing
        What the file states.
    options
        Ids of the options of the scenario, *keep as is* among them.
    document
        The file.
    workspace
        Where instruments are looked up.
    """
    findings = []
    places = [((key, k), entry) for key, entries in framing.grounded().items() for k, entry in enumerate(entries)]
    instruments = tuple(load_instruments(workspace).instruments) if any(entry.source for _, entry in places) else ()
    for place, entry in places:
        if (entry.source is None) == (entry.assumption is None):
            findings.append(make_finding("SC317", *document.location_of((*place, "text")), key=place[0]))
        if entry.source is not None and entry.source.instrument not in instruments:
            found = entry.source.instrument
            findings.append(make_finding("SC318", *document.location_of((*place, "source")), found=found, known=close_to(found, instruments)))
    recommended = framing.recommendation
    if recommended is not None and recommended.option not in options:
        where = document.location_of(("recommendation", "option"))
        findings.append(make_finding("SC319", *where, found=recommended.option, known=close_to(recommended.option, tuple(options))))
    return findings


def describe_grounded(entries: Sequence[GroundedEntry], instruments: InstrumentRegister) -> list[GroundedText]:
    """Give statements with their sources cited, as records."""
    return [
        GroundedText(
            text=both(entry.text),
            source=None if entry.source is None else cite_source(entry.source, instruments),
            confidence=None if entry.source is None else entry.source.confidence,
            assumption=None if entry.assumption is None else both(entry.assumption),
        )
        for entry in entries
    ]


def describe_recommendation(entry: RecommendationEntry | None) -> Recommendation | None:
    """Give the recommendation as a record; nothing where the drafting body has not entered one."""
    return None if entry is None else Recommendation(entry.option, both(entry.reasons))
