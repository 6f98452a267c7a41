"""What a report stands on, as one file of strict JSON: finished results, and what the report was asked for.

Everything is computed before a template is opened; the template only tells and shows it. The same file is what ``tieuchi verify`` makes anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from pydantic import TypeAdapter

from simulator.experiments.attribution import Attribution  # noqa: TC001  # pydantic reads these types when evidence comes back
from simulator.experiments.ensemble import Ensemble  # noqa: TC001  # as above
from simulator.experiments.influences import Sensitivity  # noqa: TC001  # as above
from simulator.experiments.results import Comparison, Record
from simulator.presentation.numbers import Lang  # noqa: TC001  # as above

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["scenario", "criteria", "register"]


@dataclass(frozen=True)
class Asked(Record):
    """What a report was asked for: enough to ask for it again.

    Attributes
    ----------
    subject
        Id of a scenario or name of a stack of criteria sets; empty for a register, whose name may be a person's.
    lang
        Language of the report.
    date
        ISO date printed on it; the scenario's own, or a blank line, when empty.
    has_letterhead
        Whether it has state heading, number and date lines, recipients and signature block, all blank.
    is_anonymous
        Whether what could tell of a single person or a small group is withheld.
    replications, years, seed
        What the scenario was run with where that was not its own; ``None`` where it was.
    """

    subject: str
    lang: Lang = "vi"
    date: str = ""
    has_letterhead: bool = False
    is_anonymous: bool = False
    replications: int | None = None
    years: int | None = None
    seed: int | None = None


@dataclass(frozen=True)
class ScenarioEvidence(Record):
    """A finished comparison, and the studies of the same scenario that have been run."""

    asked: Asked
    comparison: Comparison
    structures: Ensemble | None = None
    sensitivity: Sensitivity | None = None
    attribution: Attribution | None = None
    kind: Literal["scenario"] = "scenario"


Evidence = ScenarioEvidence


def read_evidence(text: str) -> Evidence:
    """Read what ``to_json`` of a piece of evidence wrote.

    Raises
    ------
    ValueError
        When the text is not JSON, or a key is unknown, missing or of the wrong type.

    """
    return _reader().validate_json(text)


def numbers_of(evidence: Evidence) -> Mapping[str, Any]:
    """Give the numbers a report rests on, by name, for whoever compares two runs."""
    return {
        f"{option.id}/{name}/{field}": getattr(item, field)
        for option in evidence.comparison.options
        for name, item in option.indicators.items()
        for field in ("value", "low", "high", "lawful_best", "difference", "difference_low", "difference_high", "verdict")
    }


@cache
def _reader() -> TypeAdapter[Evidence]:
    return TypeAdapter(Evidence)
