"""What a report stands on, as one file of strict JSON: finished results, and what the report was asked for.

Everything is computed before a template is opened; the template only tells and shows it. The same file is what ``tieuchi verify`` makes anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from pydantic import TypeAdapter

from simulator.experiments.attribution.attribute import Attribution  # noqa: TC001  # pydantic reads these types when evidence comes back
from simulator.experiments.comparing.ensemble import Ensemble  # noqa: TC001  # as above
from simulator.experiments.paperwork.results import Paperwork  # noqa: TC001  # as above
from simulator.experiments.power.results import Power  # noqa: TC001  # as above
from simulator.experiments.results.comparison import Comparison, Provenance  # noqa: TC001  # pydantic needs the type at run time
from simulator.experiments.results.records import BilingualText, Record
from simulator.experiments.sensitivity.global_influences import GlobalSensitivity  # noqa: TC001  # as above
from simulator.experiments.sensitivity.influences import Sensitivity  # noqa: TC001  # as above
from simulator.experiments.tipping.results import Tipping  # noqa: TC001  # as above
from simulator.indicators.measurement import Measurement  # noqa: TC001  # as above
from simulator.indicators.yearly import MeasuredYear  # noqa: TC001  # as above
from simulator.presentation.numbers import Lang  # noqa: TC001  # as above
from simulator.presentation.registers.register_contents import ReadingRemark, RegisterContents  # noqa: TC001  # as above
from simulator.presentation.registers.yearly_anonymity import ToldCounts  # noqa: TC001  # as above
from simulator.presentation.rules.rounded_shares import RoundedShare  # noqa: TC001  # as above
from simulator.presentation.table_layout import Table  # noqa: TC001  # as above
from simulator.reporting.evidence.criteria_contents import CriteriaChanges, CriteriaExamples, CriteriaOverview  # noqa: TC001  # as above
from simulator.reporting.evidence.group_rules import GroupRule  # noqa: TC001  # as above
from simulator.reporting.evidence.redline import Redline  # noqa: TC001  # as above

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
    is_complete
        Whether a list in which everybody has an award was said to name all who were considered.
    replications, at_most, years, seed
        What the scenario was run with where that was not its own; ``None`` where it was.
    """

    subject: str
    lang: Lang = "vi"
    date: str = ""
    has_letterhead: bool = False
    is_anonymous: bool = False
    is_complete: bool = False
    replications: int | None = None
    at_most: int | None = None
    years: int | None = None
    seed: int | None = None


@dataclass(frozen=True)
class ScenarioEvidence(Record):
    """A finished comparison, and the studies of the same scenario that have been run: ``global_sensitivity`` varied everything at once, ``sensitivity`` one at a time.

    ``group_rules`` are the clauses that speak of gender or of direct workers; ``None`` where nobody looked for them.
    """

    asked: Asked
    comparison: Comparison
    structures: Ensemble | None = None
    global_sensitivity: GlobalSensitivity | None = None
    sensitivity: Sensitivity | None = None
    tipping: Tipping | None = None
    attribution: Attribution | None = None
    paperwork: Paperwork | None = None
    power: Power | None = None
    redlines: list[Redline] = field(default_factory=list)
    group_rules: list[GroupRule] | None = None
    kind: Literal["scenario"] = "scenario"


@dataclass(frozen=True)
class RegisterEvidence(Record):
    """What an award list shows, as it may leave the office: nothing in it tells of a file, a unit or a person.

    Attributes
    ----------
    asked
        What was asked for; its subject is empty.
    measurement
        Every indicator, with what few people could be made out from left out.
    award_title
        What the criteria call the award; ``None`` where they do not know it.
    contents
        What the list holds and lacks.
    remarks
        What was found on reading it.
    by_year
        What is followed over the years; empty where an anonymous report was asked for.
    counts
        Awards of all kinds by level and by track; empty as above, and where the list divides none.
    n_draws, n_draws_by_year
        Bootstrap draws of whole units, for the whole list and for each year.
    provenance
        Hashes of the files read (``register``, ``headcount``, ``succession``; none where an anonymous report was asked for), versions, commit, seed of the bootstrap.
    """

    asked: Asked
    measurement: Measurement
    award_title: BilingualText | None
    contents: RegisterContents
    remarks: tuple[ReadingRemark, ...]
    by_year: tuple[MeasuredYear, ...]
    counts: tuple[ToldCounts, ...]
    n_draws: int
    n_draws_by_year: int
    provenance: Provenance
    kind: Literal["register"] = "register"


@dataclass(frozen=True)
class CriteriaEvidence(Record):
    """A criteria set or a scoring table: read, checked, put into words, and tried out on made-up nominees.

    Attributes
    ----------
    asked
        What was asked for; its subject is the stack, by ids.
    overview
        The set at a glance.
    about
        Its files, the instruments it cites, what its clauses rest on.
    changes
        What overlays change; ``None`` for a single file.
    clauses, points, procedure
        Every clause in words.
    findings
        What the check of the rules found; ``None`` where it found nothing.
    lens
        What every share becomes in small units, clause by clause; ``None`` where there are no shares.
    shares
        The same, each share once, as it is drawn.
    examples
        Worked examples.
    unplayable, unplayed_awards
        Titles of what keeps the model from playing the set, and of the awards it never gives.
    provenance
        Fingerprint of each file of the stack (by its id) and of the whole (``*``), versions, commit.
    """

    asked: Asked
    overview: CriteriaOverview
    about: list[Table]
    changes: CriteriaChanges | None
    clauses: list[Table]
    points: list[Table]
    procedure: list[Table]
    findings: Table | None
    lens: Table | None
    shares: list[RoundedShare]
    examples: CriteriaExamples
    unplayable: list[str]
    unplayed_awards: list[str]
    provenance: Provenance
    kind: Literal["criteria"] = "criteria"


Evidence = ScenarioEvidence | CriteriaEvidence | RegisterEvidence


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
    if isinstance(evidence, CriteriaEvidence):
        counts = {f"counts/{name}": n for name, n in evidence.overview.counts.items()}
        places = {f"lens/{each.share:g}/{each.rounding}/{at}": n for each in evidence.shares for at, n in enumerate(each.places)}
        return (
            counts
            | places
            | {f"examples/{name}/{at}": value for name, found in evidence.examples.decisions.items() for at, value in enumerate(found)}
        )
    if isinstance(evidence, RegisterEvidence):
        measurement = evidence.measurement
        whole = {"list": {**measurement.indicators, **measurement.allocation_mix}}
        by_year = {str(year.year): year.indicators for year in evidence.by_year}
        return {
            f"{place}/{name}/{field}": getattr(item, field)
            for place, found in (whole | by_year).items()
            for name, item in found.items()
            for field in ("value", "low", "high", "n")
        }
    return {
        f"{option.id}/{name}/{field}": getattr(item, field)
        for option in evidence.comparison.options
        for name, item in option.indicators.items()
        for field in ("value", "low", "high", "lawful_best", "difference", "difference_low", "difference_high", "verdict")
    }


@cache
def _reader() -> TypeAdapter[Evidence]:
    return TypeAdapter(Evidence)
