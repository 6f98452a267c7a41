"""What one file of each award takes, by the clauses of a set and the unit costs assumed; nothing is simulated here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from simulator.errors import InputError
from simulator.experiments.scenarios.findings import make_finding
from simulator.model.procedure import stages_of
from simulator.rules.clauses import Appraisal, Money, PayStep

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.experiments.scenarios.assumptions import AssumptionsFile
    from simulator.rules.citation import Source
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.schema import Award
    from simulator.rules.stages import Stage
    from simulator.rules.values import Text

UNIT_COSTS: Final = (
    "hours_per_file",
    "signatures_per_file",
    "signatures_per_stage",
    "appraisal_hours",
    "council_minutes",
    "council_members_unit",
    "council_members_cluster",
    "council_members_province",
    "council_members_state",
    "consultation_days",
    "hour_vnd",
)
"""What ``unit_costs`` of ``assumptions.yaml`` must hold."""
PAY_STEP: Final = "pay_step_worth"
"""The behavioural number that says what an early pay step is worth."""
_MONTHS: Final = 12
_MINUTES: Final = 60


@dataclass(frozen=True)
class FileWay:
    """What the files of one award go through, as the clauses say.

    Attributes
    ----------
    id, award
        The award.
    n_stages
        Stages a file goes through.
    votes
        The level of each council that votes.
    posting_days, delay_days
        Working days of posting, and of the delays that stages state.
    n_consulting
        Stages that ask any body for its opinion and do not state how long that may take.
    appraisers
        Appraisers that read a file where it is decided; ``None`` where no clause says.
    bonus, pay_step
        The clauses on money; ``None`` where there are none.
    """

    id: str
    award: Award
    n_stages: int
    votes: tuple[str, ...]
    posting_days: int
    delay_days: int
    n_consulting: int
    appraisers: int | None
    bonus: Money | None
    pay_step: PayStep | None

    @property
    def source(self) -> Source | None:
        """What the bonus rests on."""
        return None if self.bonus is None else self.bonus.source

    @property
    def assumption(self) -> Text | None:
        """What of the bonus is assumed."""
        return None if self.bonus is None else self.bonus.assumption


@dataclass(frozen=True)
class PerFile:
    """What one file takes; ``consultation_days`` is the wait at its stages: what they state, and for opinions without a stated term what is assumed."""

    signatures: float
    writing_hours: float
    appraisal_hours: float
    council_hours: float
    posting_days: float
    consultation_days: float


def ways_of(criteria: CriteriaSet) -> dict[str, FileWay]:
    """Read from the clauses of a set what the files of each award go through; awards for long service come without a file of this kind."""
    clauses = [clause for _, clause in criteria.iter_clauses()]
    return {award_id: _way(award_id, award, stages_of(award_id, award, clauses), criteria) for award_id, award in criteria.awards.items()}


def _way(award_id: str, award: Award, stages: list[Stage], criteria: CriteriaSet) -> FileWay:
    own = list(award.clauses.values())
    deciding = [stage.appraisers for stage in stages if stage.level == award.authority and stage.appraisers]
    general = [clause.appraisers for clause in criteria.procedure.values() if isinstance(clause, Appraisal) and clause.authority == award.authority]
    return FileWay(
        id=award_id,
        award=award,
        n_stages=len(stages),
        votes=tuple(sorted(stage.level for stage in stages if stage.vote is not None)),
        posting_days=sum(stage.posting_days or 0 for stage in stages),
        delay_days=sum(stage.delay_days or 0 for stage in stages),
        n_consulting=sum(bool(stage.consults) and stage.delay_days is None for stage in stages),
        appraisers=next(reversed(deciding or general), None),
        bonus=next((clause for clause in own if isinstance(clause, Money)), None),
        pay_step=next((clause for clause in own if isinstance(clause, PayStep)), None),
    )


def per_file(way: FileWay, costs: Mapping[str, float]) -> PerFile:
    """Say what one file of an award takes at these unit costs, ``appraisers`` among them where no clause says how many read it."""
    members = sum(costs[f"council_members_{level}"] for level in way.votes)
    return PerFile(
        signatures=costs["signatures_per_file"] + way.n_stages * costs["signatures_per_stage"],
        writing_hours=costs["hours_per_file"],
        appraisal_hours=costs["appraisal_hours"] * (way.appraisers or costs["appraisers"]),
        council_hours=members * costs["council_minutes"] / _MINUTES,
        posting_days=float(way.posting_days),
        consultation_days=way.delay_days + way.n_consulting * costs["consultation_days"],
    )


def pay_steps_multiple(months: float, costs: Mapping[str, float]) -> float:
    """Say what so many months of early pay steps are worth, in base salaries."""
    return costs[PAY_STEP] * months / _MONTHS


def unit_costs(assumptions: AssumptionsFile, file: str = "assumptions.yaml") -> dict[str, dict[str, float]]:
    """Give each unit cost as it is used (``value``) and at both ends of its range (``low``, ``high``).

    Raises
    ------
    InputError
        If one is missing.
    """
    missing = [name for name in UNIT_COSTS if name not in assumptions.unit_costs]
    if missing:
        raise InputError([make_finding("SC311", file, 1, missing=", ".join(missing))])
    used = {name: assumptions.unit_costs[name] for name in UNIT_COSTS} | {name: assumptions.numbers[name] for name in ("appraisers", PAY_STEP)}
    return {end: {name: float(getattr(number, end)) for name, number in used.items()} for end in ("value", "low", "high")}
