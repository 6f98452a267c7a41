"""What a result depends on when everything varies at once: Morris screening, then Sobol indices of what is left.

Inputs are all assumptions that have a range, the structure of behaviour, and how far exhortations are followed. Every draw meets the same blocks of luck, so
that its differences are paired, and each is a mean over some replications. A dummy input, which only chooses one of several independent blocks, shows what luck
alone seems to do.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from simulator.experiments.comparing.draw_agreement import agree
from simulator.experiments.execution.processes import kept
from simulator.experiments.mathematics.space_filling import positions
from simulator.experiments.mathematics.statistics import COMPARED, judged, mean_of
from simulator.experiments.runs.compliance import LEVELS, summarise, swept_options
from simulator.experiments.scenarios.thinning import THINNED_MEMBERS, members_of, thinned
from simulator.experiments.sensitivity.difference_runs import DifferenceRuns
from simulator.experiments.sensitivity.global_influences import (
    LOUDEST,
    GlobalSensitivity,
    GroupInfluence,
    InputEffect,
    InputInfluence,
    OptionUncertain,
    UncertainDifference,
)
from simulator.experiments.sensitivity.one_at_a_time import check_options
from simulator.experiments.sensitivity.sobol_study import SobolFound, SobolPlan, find_indices
from simulator.experiments.sensitivity.two_stage_screening import UNIFORM_SPREAD, ScreeningPlan, reach_of, screen_in_two_stages
from simulator.experiments.sensitivity.uncertain_inputs import COMPLIANCE, DUMMY, SEED_BLOCKS, STRUCTURE, Draw, inputs_of
from simulator.model.behaviour import STRUCTURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator._types import FloatArray
    from simulator.experiments.execution.computing import Computing
    from simulator.experiments.results.comparison import ComplianceSweep
    from simulator.experiments.scenarios.option import Option
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.experiments.sensitivity.global_influences import Method
    from simulator.experiments.sensitivity.two_stage_screening import Screened
    from simulator.experiments.sensitivity.uncertain_inputs import UncertainInput

MOST_FOLLOWED: Final = 8
"""Inputs that have indices, the structure among them; the dummy comes on top."""
USUAL_REPLICATIONS: Final = 20
"""Replications of the usual differences, and of every compliance."""
_NOBODY: Final = 0.0
_EXTREMES: Final = 5
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class GlobalPlan:
    """How much a study runs; ``is_apart`` is that of :func:`~simulator.experiments.sensitivity.sobol_study.find_indices`."""

    screening: ScreeningPlan = field(default_factory=ScreeningPlan)
    sobol: SobolPlan = field(default_factory=SobolPlan)
    most_followed: int = MOST_FOLLOWED
    usual_replications: int = USUAL_REPLICATIONS
    is_apart: bool = True

    def with_replications(self, replications: int | None) -> GlobalPlan:
        """Give the plan with another number of replications averaged in every run that indices are read from."""
        return self if replications is None else replace(self, sobol=replace(self.sobol, width=replications))


def find_global_sensitivity(
    scenario: Scenario, computing: Computing, *, method: Method = "sobol", plan: GlobalPlan | None = None, members: int | None = THINNED_MEMBERS
) -> GlobalSensitivity:
    """Find out what the differences between a scenario's options depend on, when everything varies at once.

    Parameters
    ----------
    scenario
        The scenario; its own values stand for what is not varied.
    computing
        Who computes.
    method
        ``morris`` ends with the screening; ``sobol`` goes on to indices, and to whether the verdicts hold over all draws.
    plan
        How much is run.
    members
        About how many members the population is thinned to; ``None`` keeps all.

    Raises
    ------
    RunError
        If no option changes anything, or a run fails.
    """
    check_options(scenario)
    small = thinned(scenario, members)
    how, inputs = plan or GlobalPlan(), inputs_of(small)
    most = min(how.most_followed, len(inputs) - 1)
    n_sweeps = (len(LEVELS) + 1) * any(each.kind == "compliance" for each in inputs)
    n_indices = how.sobol.n_runs(most + 1) if method == "sobol" else 0
    runs = DifferenceRuns(small, computing, 1 + n_sweeps + how.screening.n_runs(inputs) + n_indices)
    seed = scenario.seed % 2**31
    by_name = {each.id: each for each in inputs}
    with kept(computing.workers):
        usual = runs.observe([Draw(())], how.usual_replications)[0]
        sweeps = _sweep_compliance(runs, how.usual_replications)
        screened = screen_in_two_stages(runs, inputs, plan=how.screening, seed=seed)
        followed = [by_name[name] for name in screened.most_moving(runs.margins, most)] if method == "sobol" else []
        found = find_indices(runs, [*followed, by_name[DUMMY]], how.sobol, seed, is_apart=how.is_apart) if followed else None
    results = _Results(runs, inputs, screened, [each.id for each in followed], found)
    return GlobalSensitivity(
        scenario=scenario.id,
        title={"vi": scenario.title.vi, "en": scenario.title.en},
        baseline_title={"vi": scenario.keep_as_is.title.vi, "en": scenario.keep_as_is.title.en},
        method=method,
        members=members_of(small.population),
        members_in_scenario=members_of(scenario.population),
        trajectories=0 if screened.of_groups is None else how.screening.in_groups,
        trajectories_alone=how.screening.alone,
        replications=how.sobol.width if found is not None else how.screening.width,
        usual_replications=how.usual_replications,
        seed_blocks=SEED_BLOCKS,
        followed=len(followed),
        n_draws=0 if found is None else len(found.outputs),
        n_rows=0 if found is None else (how.sobol.rows or how.sobol.base) * (len(followed) + (1 if how.sobol.rows else 2) + 1),
        n_runs=runs.n_runs,
        is_emulated=found is not None and found.explained is not None,
        seed=scenario.seed,
        options=[results.describe_option(option, usual, sweeps.get(option.key, [])) for option in runs.options],
        assumptions=results.describe_inputs(),
        groups=results.describe_groups(),
    )


def _sweep_compliance(runs: DifferenceRuns, replications: int) -> dict[str, list[ComplianceSweep]]:
    """Follow the exhortations of every option to different degrees: key of the option → what each indicator does."""
    swept = swept_options(runs.scenario)
    if not swept:
        return {}
    levels = (_NOBODY, *LEVELS)
    values = runs.values([Draw(((COMPLIANCE, level),)) for level in levels], replications)
    sweeps = {}
    for place, option in enumerate(runs.scenario.options):
        if option.key in swept:
            of_each = [
                {level: dict(zip(COMPARED, values[number, place, :, replication], strict=True)) for number, level in enumerate(levels)}
                for replication in range(replications)
            ]
            sweeps[option.key] = summarise(of_each, runs.scenario.assumptions.margins)
    return sweeps


class _Results:
    """What follows from the runs of a study."""

    def __init__(
        self, runs: DifferenceRuns, inputs: Sequence[UncertainInput], screened: Screened, followed: Sequence[str], found: SobolFound | None
    ) -> None:
        self.runs = runs
        self.inputs = inputs
        self.screened = screened
        self.found = found
        self.followed = followed
        self.with_indices = [*followed, DUMMY] if found is not None else []
        self.alone = {name: place for place, name in enumerate(screened.of_inputs.names)}
        groups = [] if screened.of_groups is None else screened.of_groups.names
        self.groups = {name: place for place, name in enumerate(groups)}
        self.spreads = np.zeros(len(runs.outputs)) if found is None else found.outputs.std(axis=0)

    def describe_option(self, option: Option, usual: FloatArray, sweeps: list[ComplianceSweep]) -> OptionUncertain:
        """Say what an option does, with everything as usual and over all draws."""
        differences = {name: self._difference(number, usual[number]) for number, (of, name) in enumerate(self.runs.outputs) if of == option.id}
        return OptionUncertain(option.id, {"vi": option.title.vi, "en": option.title.en}, differences, sweeps)

    def _difference(self, number: int, usual: FloatArray) -> UncertainDifference:
        mean, margin = mean_of(usual), float(self.runs.margins[number])
        low, high = mean.interval()
        word = judged(mean, len(usual), margin)
        plain = UncertainDifference(_defined(mean.value), _defined(low), _defined(high), word, margin)
        if self.found is None or not self.found.is_defined[number]:
            return plain
        draws = self.found.outputs[:, number]
        at = self.followed.index(STRUCTURE)
        held = agree(mean.value, word, margin, draws, positions(self.found.places[:, at], len(STRUCTURES)))
        lowest, highest = self._ends(number)
        return replace(
            plain,
            spread=float(draws.std()),
            lowest=lowest,
            highest=highest,
            agreement_of_draws=held.of_draws,
            agreement_of_structures=held.of_structures,
            verdict_over_all=held.verdict,
            explained=None if self.found.explained is None else float(self.found.explained[number]),
            varies=self._varies(number),
            luck=_defined(float(self.found.luck[number])),
            noise=self._noise(number) if self._varies(number) else None,
        )

    def _ends(self, number: int) -> tuple[float, float]:
        """Give the ends of what the draws reach, but for the outermost."""
        assert self.found is not None  # noqa: S101 - who asks has looked; this tells mypy
        lowest, highest = np.percentile(self.found.outputs[:, number], [_EXTREMES, 100 - _EXTREMES])
        return float(lowest), float(highest)

    def _varies(self, number: int) -> bool:
        """Whether a difference is defined in all draws and varies by a margin: shares of less are shares of nothing anybody need know."""
        if self.found is None or not self.found.is_defined[number]:
            return False
        lowest, highest = self._ends(number)
        return highest - lowest >= float(self.runs.margins[number])

    def _noise(self, number: int) -> float:
        """Give the total index of the dummy."""
        assert self.found is not None  # noqa: S101 - who asks has looked; this tells mypy
        return float(self.found.total.value[-1, number])

    def _is_shared_out(self, number: int) -> bool:
        """Whether inputs have indices: the difference varies, and by more than luck."""
        return self._varies(number) and self._noise(number) < LOUDEST

    def describe_inputs(self) -> list[InputInfluence]:
        """Say what every input does: those followed first, then those screened alone, then those in groups; the dummy last."""
        described = [self._input(each) for each in self.inputs]
        order = ("followed", "alone", "in a group")
        return sorted(described, key=lambda each: (each.kind == "dummy", order.index(each.screened), -each.influence))

    def _input(self, each: UncertainInput) -> InputInfluence:
        effects = {(option, name): self._effect(each.id, number) for number, (option, name) in enumerate(self.runs.outputs)}
        spreads = self._spreads(each)
        is_notable = each.kind != "dummy" and any(effect.is_told and spread >= 1 for effect, spread in zip(effects.values(), spreads, strict=True))
        number = self.runs.scenario.assumptions.numbers.get(each.id) if each.kind == "assumption" else None
        return InputInfluence(
            id=each.id,
            kind=each.kind,
            title=None if number is None else {"vi": number.title.vi, "en": number.title.en},
            unit="" if number is None else number.unit,
            value=self._value(each),
            low=each.low,
            high=each.high,
            group=each.group,
            screened="followed" if each.id in self.with_indices else "alone" if each.id in self.alone else "in a group",
            influence=float(max(self._where_shared_out(each, spreads))),
            has_effect=bool(max(spreads) > 0),
            is_notable=is_notable,
            effects=_by_option(effects.items()),
        )

    def _where_shared_out(self, each: UncertainInput, spreads: list[float]) -> list[float]:
        """Keep what indices of the input stand behind; all, where it has none."""
        is_followed = each.id in self.with_indices
        kept = [spread for number, spread in enumerate(spreads) if is_followed and self._is_shared_out(number)]
        return kept or spreads

    def _spreads(self, each: UncertainInput) -> list[float]:
        """(n_outputs,) how far an input spreads every difference, in margins."""
        if self.found is not None and each.id in self.with_indices:
            total = self.found.total.value[self.with_indices.index(each.id)]
            return list(np.maximum(total, 0) ** 0.5 * self.spreads / self.runs.margins)
        if each.id in self.alone:
            sizes = self.screened.of_inputs.mean_size[self.alone[each.id]]
        else:
            assert self.screened.of_groups is not None  # noqa: S101 - whoever was not screened alone was in a group; this tells mypy
            sizes = self.screened.of_groups.mean_size[self.groups[each.group]]
        return list(np.nan_to_num(sizes) * UNIFORM_SPREAD / self.runs.margins)

    def _effect(self, name: str, number: int) -> InputEffect:
        effect = InputEffect()
        if name in self.alone:
            of_inputs, place = self.screened.of_inputs, self.alone[name]
            effect = InputEffect(_defined(of_inputs.mean_size[place, number]), _defined(of_inputs.half[place, number]))
        if self.found is None or name not in self.with_indices or not self._is_shared_out(number):
            return effect
        place, first, total = self.with_indices.index(name), self.found.first, self.found.total
        return replace(
            effect,
            first=float(first.value[place, number]),
            first_low=float(first.low[place, number]),
            first_high=float(first.high[place, number]),
            total=float(total.value[place, number]),
            total_low=float(total.low[place, number]),
            total_high=float(total.high[place, number]),
            is_told=bool(name != DUMMY and total.low[place, number] > total.high[-1, number]),
        )

    def _value(self, each: UncertainInput) -> float | None:
        behaviour = self.runs.scenario.behaviour
        if each.kind == "structure":
            return float(STRUCTURES.index(behaviour.structure))
        return float(getattr(behaviour, each.id)) if each.kind == "assumption" else None

    def describe_groups(self) -> list[GroupInfluence]:
        """Say what every group does, the one that moves most first; none where all inputs were screened alone."""
        of_groups = self.screened.of_groups
        if of_groups is None:
            return []
        reach = reach_of(of_groups.mean_size, self.runs.margins)
        return [
            GroupInfluence(
                id=name,
                inputs=[each.id for each in self.inputs if each.group == name],
                influence=float(reach[place]),
                has_effect=bool(reach[place] > 0),
                mean_effects=_by_option((key, _defined(of_groups.mean_size[place, number])) for number, key in enumerate(self.runs.outputs)),
            )
            for name, place in sorted(self.groups.items(), key=lambda item: -reach[item[1]])
        ]


def _by_option(items: Iterable[tuple[tuple[str, str], _Value]]) -> dict[str, dict[str, _Value]]:
    nested: dict[str, dict[str, _Value]] = {}
    for (option, name), value in items:
        nested.setdefault(option, {})[name] = value
    return nested


def _defined(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
