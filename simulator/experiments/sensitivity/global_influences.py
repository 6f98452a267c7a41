"""What a study that varies everything at once holds: frozen records, for each input, option and indicator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from simulator.experiments.mathematics.statistics import Verdict  # noqa: TC001  # pydantic needs the type at run time
from simulator.experiments.results.comparison import ComplianceSweep  # noqa: TC001  # pydantic needs the type at run time
from simulator.experiments.results.records import BilingualText, Record
from simulator.experiments.sensitivity.uncertain_inputs import InputKind  # noqa: TC001  # read back, its types must be known

Method = Literal["morris", "sobol"]


@dataclass(frozen=True)
class InputEffect(Record):
    """What one input does to one difference, option minus baseline.

    ``mean_effect`` is the mean size of its elementary effects over the whole range (Morris's μ*), where it was screened by itself. ``first`` is its
    first-order index, the share of the variance over all draws that goes back to it alone; ``total`` the share it has any part in. Intervals are of 95 %, by
    bootstrap over the runs and the rows of the sample. ``is_told`` says whether the total index lies above that of the dummy, interval from interval.
    """

    mean_effect: float | None = None
    mean_effect_half: float | None = None
    first: float | None = None
    first_low: float | None = None
    first_high: float | None = None
    total: float | None = None
    total_low: float | None = None
    total_high: float | None = None
    is_told: bool = False


@dataclass(frozen=True)
class InputInfluence(Record):
    """One input, and what it does to each option (by id) and indicator.

    ``kind`` is that of the input: an assumption by its range, the structure of behaviour, how far exhortations are followed, or the dummy, which only chooses
    a block of seeds. ``value`` is where the scenario has it; the position of a structure. ``influence`` is how far it spreads a difference at most, in
    margins of the indicator: the standard deviation that goes back to it by its total index where it was followed, else by its elementary effects or those of
    its group. ``screened`` says how far it came; ``has_effect`` is false where not one number moved when it did.
    """

    id: str
    kind: InputKind
    title: BilingualText | None
    unit: str
    value: float | None
    low: float
    high: float
    group: str
    screened: Literal["in a group", "alone", "followed"]
    influence: float
    has_effect: bool
    is_notable: bool
    effects: dict[str, dict[str, InputEffect]]


@dataclass(frozen=True)
class GroupInfluence(Record):
    """One group of inputs that were screened together: their names, and the mean size of their elementary effects, by option and indicator."""

    id: str
    inputs: list[str]
    influence: float
    has_effect: bool
    mean_effects: dict[str, dict[str, float | None]]


LOUDEST: Final = 0.05
"""Where the dummy's total index is as large as this, luck makes too much of the variation for the rest to be shared out."""


@dataclass(frozen=True)
class UncertainDifference(Record):
    """One difference, with all inputs as the scenario has them, and over all draws of them.

    ``verdict`` is that of the usual difference. ``agreement_of_draws`` is the share of the draws that say the same: the same sign and at least the margin where
    the verdict is *clear*, less than the margin where it is *small*; ``agreement_of_structures`` the share of the structures whose mean draw does.
    ``verdict_over_all`` is the verdict where both are at least 0.8, else *not clear*. ``spread`` is the standard deviation over the draws, ``lowest`` and
    ``highest`` leave out one draw in twenty at either end; where they are less than a margin apart, the difference does not vary (``varies``), there is nothing to
    share out, and no input has indices. ``explained`` is how much of the variance of runs left out the emulator predicts
    (cross-validated; null where the indices come from the model itself), ``luck`` how much of it luck makes within the runs. ``noise`` is the total index of
    the dummy; where it is 0.05 or more (``is_loud``), no input has indices either.
    """

    difference: float | None
    low: float | None
    high: float | None
    verdict: Verdict
    margin: float
    spread: float | None = None
    lowest: float | None = None
    highest: float | None = None
    agreement_of_draws: float | None = None
    agreement_of_structures: float | None = None
    verdict_over_all: Verdict | None = None
    varies: bool | None = None
    explained: float | None = None
    luck: float | None = None
    noise: float | None = None

    @property
    def is_loud(self) -> bool:
        """Whether luck makes too much of the variation for the rest to be shared out."""
        return self.noise is not None and self.noise >= LOUDEST


@dataclass(frozen=True)
class OptionUncertain(Record):
    """One option that changes something: its differences by indicator, and how far its exhortations must be followed before they matter."""

    id: str
    title: BilingualText
    differences: dict[str, UncertainDifference]
    compliance: list[ComplianceSweep]


@dataclass(frozen=True)
class GlobalSensitivity(Record):
    """What the differences between options depend on when everything varies at once, the input that matters most first.

    ``replications`` are averaged in each run; ``usual_replications`` make the usual differences. ``followed`` counts the inputs that have indices,
    ``n_draws`` the draws run for them, ``n_rows`` the rows of the sample the indices are read from: of the model itself, or of an emulator of it where
    ``is_emulated``.
    """

    scenario: str
    title: BilingualText
    baseline_title: BilingualText
    method: Method
    members: int
    members_in_scenario: int
    trajectories: int
    trajectories_alone: int
    replications: int
    usual_replications: int
    seed_blocks: int
    followed: int
    n_draws: int
    n_rows: int
    n_runs: int
    is_emulated: bool
    seed: int
    options: list[OptionUncertain]
    assumptions: list[InputInfluence]
    groups: list[GroupInfluence]
