"""What a study of assumptions holds: frozen records, one for each assumption, end of its range, option and indicator."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.experiments.mathematics.statistics import Verdict  # noqa: TC001  # pydantic needs the type at run time
from simulator.experiments.results.records import BilingualText, Record


@dataclass(frozen=True)
class AtEnd(Record):
    """The difference of one indicator, option minus baseline, with an assumption at one end of its range, and how far that is from the usual difference.

    ``verdict`` is that of the difference, by an interval that is corrected for no other, as ``change_low`` and ``change_high`` are. ``is_told`` says whether
    the change is told from luck, corrected for all changes of the assumption that are looked at. Undefined is null.
    """

    setting: float
    difference: float | None
    change: float | None
    change_low: float | None
    change_high: float | None
    verdict: Verdict
    is_told: bool


@dataclass(frozen=True)
class Response(Record):
    """One indicator of one option at both ends of an assumption; an end that cannot be run is null.

    ``reach`` is the larger change, whatever its sign, and ``told_reach`` the larger of those that are told from luck; 0 where none is. ``flips`` says whether
    the difference is clear one way and clear the other way round, with the assumption as usual or at either end.
    """

    low: AtEnd | None
    high: AtEnd | None
    reach: float
    told_reach: float
    flips: bool

    @property
    def is_told(self) -> bool:
        """Whether some change is told from luck."""
        return self.told_reach > 0


@dataclass(frozen=True)
class AssumptionInfluence(Record):
    """One assumption: its range, and what it does to each option (by id) and indicator.

    ``influence`` is the largest change of any difference, in margins of the indicator; by it assumptions are ranked. ``is_notable``: it was run
    in all replications, and some change is told from luck and at least one margin. ``has_effect`` is false where not one number moved in any run.
    """

    id: str
    title: BilingualText
    unit: str
    value: float
    low: float
    high: float
    replications: int
    influence: float
    has_effect: bool
    is_notable: bool
    responses: dict[str, dict[str, Response]]


@dataclass(frozen=True)
class UsualDifference(Record):
    """The difference of one indicator with all assumptions as the scenario has them; ``noise`` is the noise floor of changes in all replications."""

    difference: float | None
    low: float | None
    high: float | None
    verdict: Verdict
    noise: float | None
    margin: float


@dataclass(frozen=True)
class OptionUsual(Record):
    """One option that changes something, and its usual differences by indicator."""

    id: str
    title: BilingualText
    differences: dict[str, UsualDifference]


@dataclass(frozen=True)
class Sensitivity(Record):
    """What the differences between options depend on, the assumption that matters most first; ``n_looks`` changes of each are looked at."""

    scenario: str
    title: BilingualText
    baseline_title: BilingualText
    members: int
    members_in_scenario: int
    screened: int
    replications: int
    followed: int
    n_runs: int
    n_looks: int
    seed: int
    options: list[OptionUsual]
    assumptions: list[AssumptionInfluence]
