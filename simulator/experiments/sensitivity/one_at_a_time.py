"""What a result depends on: each assumption at both ends of its range, one at a time, all others as the scenario has them.

Every run meets the same people and the same luck, so a change is paired, and told from luck by its paired interval. How large a change is that comes from
luck alone is told by a dummy input: the same numbers on other luck. What lies below that noise floor is not told from luck either. Both are as strict as the
number of changes that are looked at of one assumption asks for: an assumption that does nothing has one chance in twenty to look as if it did.

First every assumption is tried in one replication, those that move anything in a few, and those that move the result most in all. One at a time is a first look: assumptions that
only matter together are not found this way.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.errors import RunError
from simulator.experiments.execution.headline_runs import run_all
from simulator.experiments.mathematics.noise_floor import is_told_from_luck, noise_floor
from simulator.experiments.mathematics.statistics import COMPARED, LEVEL, judged, mean_of
from simulator.experiments.runs.plan import PlannedRun
from simulator.experiments.scenarios.thinning import THINNED_MEMBERS, members_of, thinned
from simulator.experiments.sensitivity.influences import AssumptionInfluence, AtEnd, OptionUsual, Response, Sensitivity, UsualDifference
from simulator.model.behaviour import BehaviourError
from simulator.model.compiling import compile_regime

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator._types import FloatArray
    from simulator.experiments.execution.computing import Computing
    from simulator.experiments.execution.headline_runs import Headlines
    from simulator.experiments.scenarios.assumptions import Assumption
    from simulator.experiments.scenarios.option import Option
    from simulator.experiments.scenarios.scenario import Scenario

SCREENED: Final = 2
"""Replications in which every assumption that moves anything is tried."""
REPLICATIONS: Final = 10
"""Replications of those that matter most, where nobody asks for another number."""
FOLLOWED: Final = 12
"""How many assumptions are run in all replications."""
_ENDS: Final = 2
_DUMMIES: Final = 2
"""Blocks of other luck, each as long as the study's own."""


def find_sensitivity(
    scenario: Scenario, computing: Computing, *, replications: int = REPLICATIONS, members: int | None = THINNED_MEMBERS, followed: int = FOLLOWED
) -> Sensitivity:
    """Find out what the differences between a scenario's options depend on.

    Parameters
    ----------
    scenario
        The scenario; its own values stand wherever an assumption is not being tried.
    computing
        Who computes.
    replications
        Replications of the assumptions that matter most.
    members
        About how many members the population is thinned to; ``None`` keeps all.
    followed
        How many assumptions are run in all replications.

    Raises
    ------
    RunError
        If no option changes anything, or a run fails.
    """
    check_options(scenario)
    small = thinned(scenario, members)
    study = _Study(small, computing, max(replications, SCREENED))
    ranged = {name: number for name, number in scenario.assumptions.numbers.items() if number.low < number.high}
    study.run(ranged, 1)
    moving = [name for name in ranged if study.has_effect(name)]
    done = dict.fromkeys(ranged, 1)
    # Ever fewer assumptions are run ever more often: the noise of few replications must not choose those that are followed to the end.
    for most, n in ((len(moving), SCREENED), (2 * followed, max(SCREENED, study.replications // 2)), (followed, study.replications)):
        moving = sorted(moving, key=lambda name: -study.influence(name, done[name]))[:most]
        study.run(moving, n)
        done |= dict.fromkeys(moving, n)
    ranked = sorted(ranged, key=lambda name: (-done[name], -study.influence(name, done[name])))
    entries = [study.describe(name, ranged[name], done[name]) for name in ranked]
    return Sensitivity(
        scenario=scenario.id,
        title={"vi": scenario.title.vi, "en": scenario.title.en},
        baseline_title={"vi": scenario.keep_as_is.title.vi, "en": scenario.keep_as_is.title.en},
        members=members_of(small.population),
        members_in_scenario=members_of(scenario.population),
        screened=SCREENED,
        replications=study.replications,
        followed=len(moving),
        n_runs=study.n_runs,
        n_looks=len(study.options) * len(COMPARED) * _ENDS,
        seed=scenario.seed,
        options=[study.usual_of(option) for option in study.options],
        assumptions=entries,
    )


def check_options(scenario: Scenario) -> None:
    """Refuse a scenario in which there is no difference that could depend on anything.

    Raises
    ------
    RunError
        If no option changes anything.
    """
    if not _changing(scenario):
        reason = f"no option of {scenario.id} changes a rule, so there is no difference that could depend on an assumption"
        raise RunError(reason, fields={"code": "CL007", "scenario": scenario.id, "reason": reason})


def _changing(scenario: Scenario) -> list[Option]:
    return [option for option in scenario.options if option.key != scenario.keep_as_is.key]


class _Study:
    """The runs of a study, and what follows from them."""

    def __init__(self, scenario: Scenario, computing: Computing, replications: int) -> None:
        self.scenario = scenario
        self.computing = computing
        self.replications = replications
        self.options = _changing(scenario)
        self.level = LEVEL / (len(self.options) * len(COMPARED) * _ENDS)
        self.ends: dict[tuple[str, float], Scenario] = {}
        self.found: dict[tuple[str, float], list[Headlines]] = {}
        self.n_runs = (1 + _DUMMIES) * replications
        self.usual = run_all([PlannedRun(scenario, number) for number in range(self.n_runs)], computing)

    def run(self, names: Iterable[str], replications: int) -> None:
        """Run both ends of some assumptions in so many replications, as far as they have not been; an end that is the usual number has been run already."""
        wanted: list[tuple[tuple[str, float], PlannedRun]] = []
        for name in names:
            number = self.scenario.assumptions.numbers[name]
            for end in ((name, number.low), (name, number.high)):
                if end[1] == getattr(self.scenario.behaviour, name):
                    self.found[end] = self.usual
                    continue
                variant = self.ends.get(end) or self._variant(*end)
                if variant is not None:
                    self.ends[end] = variant
                    done = len(self.found.setdefault(end, []))
                    wanted += [(end, PlannedRun(variant, replication)) for replication in range(done, replications)]
        plan = [planned for _, planned in wanted]
        for (end, _), headlines in zip(wanted, run_all(plan, self.computing), strict=True):
            self.found[end].append(headlines)
        self.n_runs += len(plan)

    def _variant(self, name: str, setting: float) -> Scenario | None:
        """Give the scenario with another number; ``None`` where it cannot stand beside the others."""
        try:
            behaviour = self.scenario.behaviour.with_values({name: setting})
            for option in self.scenario.options:
                for phase in option.phases:
                    compile_regime(phase.criteria, behaviour, focus_award=self.scenario.focus_award)
        except (BehaviourError, ValueError):
            return None
        return replace(self.scenario, behaviour=behaviour)

    def differences(self, runs: Sequence[Headlines], option: Option, indicator: str) -> FloatArray:
        """(n_runs,) option minus baseline."""
        base = self.scenario.keep_as_is.key
        return np.array([run[option.key][indicator] - run[base][indicator] for run in runs])

    def noise(self, option: Option, indicator: str, replications: int) -> float:
        """Give how far luck alone moves the mean of so many replications: in 95 of 100 cases, none of the changes of an assumption further than that."""
        return float(noise_floor(self.differences(self.usual, option, indicator), replications, self.level))

    def margin(self, indicator: str) -> float:
        """Give the smallest difference worth a word."""
        return self.scenario.assumptions.margins[indicator]

    def changes(self, name: str, setting: float, option: Option, indicator: str, replications: int) -> FloatArray:
        """(n,) how far each replication's difference moves."""
        runs = self.found[name, setting][:replications]
        return self.differences(runs, option, indicator) - self.differences(self.usual[: len(runs)], option, indicator)

    def influence(self, name: str, replications: int) -> float:
        """Give the largest change of any difference, in margins."""
        reaches = [
            abs(mean_of(self.changes(name, setting, option, indicator, replications)).value) / self.margin(indicator)
            for option in self.options
            for indicator in COMPARED
            for setting in self._settings(name)
        ]
        return max((reach for reach in reaches if np.isfinite(reach)), default=0.0)

    def _settings(self, name: str) -> list[float]:
        number = self.scenario.assumptions.numbers[name]
        return [setting for setting in (number.low, number.high) if (name, setting) in self.found]

    def describe(self, name: str, number: Assumption, replications: int) -> AssumptionInfluence:
        """Say what an assumption does."""
        responses = {
            option.id: {indicator: self._response(name, number, option, indicator, replications) for indicator in COMPARED} for option in self.options
        }
        every = [(indicator, response) for of_option in responses.values() for indicator, response in of_option.items()]
        return AssumptionInfluence(
            id=name,
            title={"vi": number.title.vi, "en": number.title.en},
            unit=number.unit,
            value=getattr(self.scenario.behaviour, name),
            low=number.low,
            high=number.high,
            replications=replications,
            influence=self.influence(name, replications),
            has_effect=self.has_effect(name),
            is_notable=replications == self.replications and any(response.told_reach >= self.margin(indicator) for indicator, response in every),
            responses=responses,
        )

    def has_effect(self, name: str) -> bool:
        """Whether one number moved in one run."""
        return any(self._moves(name, setting) for setting in self._settings(name))

    def _moves(self, name: str, setting: float) -> bool:
        return any(
            not np.array_equal(list(run[key].values()), list(usual[key].values()), equal_nan=True)
            for run, usual in zip(self.found[name, setting], self.usual, strict=False)
            for key in run
        )

    def _response(self, name: str, number: Assumption, option: Option, indicator: str, replications: int) -> Response:
        low, high = (self._at_end(name, setting, option, indicator, replications) for setting in (number.low, number.high))
        changes = [(abs(end.change), end.is_told) for end in (low, high) if end is not None and end.change is not None]
        return Response(
            low=low,
            high=high,
            reach=max((change for change, _ in changes), default=0.0),
            told_reach=max((change for change, is_told in changes if is_told), default=0.0),
            flips=turns(self._usual(option, indicator), low, high),
        )

    def _at_end(self, name: str, setting: float, option: Option, indicator: str, replications: int) -> AtEnd | None:
        if (name, setting) not in self.found:
            return None
        differences = self.differences(self.found[name, setting][:replications], option, indicator)
        mean = mean_of(differences)
        changes = self.changes(name, setting, option, indicator, replications)
        change = mean_of(changes)
        low, high = change.interval()
        return AtEnd(
            setting=setting,
            difference=_defined(mean.value),
            change=_defined(change.value),
            change_low=_defined(low),
            change_high=_defined(high),
            verdict=judged(mean, len(differences), self.margin(indicator)),
            is_told=bool(is_told_from_luck(changes, self.differences(self.usual, option, indicator), self.level)),
        )

    def _usual(self, option: Option, indicator: str) -> UsualDifference:
        differences = self.differences(self.usual[: self.replications], option, indicator)
        mean = mean_of(differences)
        low, high = mean.interval()
        return UsualDifference(
            difference=_defined(mean.value),
            low=_defined(low),
            high=_defined(high),
            verdict=judged(mean, len(differences), self.margin(indicator)),
            noise=_defined(self.noise(option, indicator, self.replications)),
            margin=self.margin(indicator),
        )

    def usual_of(self, option: Option) -> OptionUsual:
        """Give the differences of an option with all assumptions as the scenario has them."""
        return OptionUsual(option.id, {"vi": option.title.vi, "en": option.title.en}, {name: self._usual(option, name) for name in COMPARED})


def turns(*points: UsualDifference | AtEnd | None) -> bool:
    """Whether some of these differences are clear one way, and some clear the other way round; an end that was not run is none."""
    clear = [point.difference for point in points if point is not None and point.verdict == "clear" and point.difference is not None]
    return bool(clear) and min(clear) < 0 < max(clear)


def _defined(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
