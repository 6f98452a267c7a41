"""A small world for an exercise: the same people and luck under every setting, simulated when it is asked for."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.experiments.runs.run import histories_under
from simulator.experiments.runs.wide import KeptWarmUps
from simulator.experiments.scenarios.option import Option
from simulator.experiments.scenarios.scenario import KEEP_AS_IS, load_scenario
from simulator.indicators.values import values_of
from simulator.model.behaviour import Behaviour
from simulator.presentation.i18n import translate
from simulator.rules.assembly import lay_over, read_criteria
from simulator.rules.values import LANGUAGES, Text
from simulator.rules.writing import write_data
from simulator.widgets.training.exercise import SimulatedSpec, fill
from simulator.widgets.training.readings import Reading
from simulator.widgets.training.world import World

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.history import History
    from simulator.rules.criteria import CriteriaSet
    from simulator.widgets.training.exercise import Exercise, Setting
    from simulator.workspace import Workspace

FRAME: Final = "hanoi-2021"
"""The scenario that lends its assumptions; people, rules and luck are the exercise's own."""
_TURNED: Final = "turned"
_RUN: Final = 3
_WARM_UPS_KEPT: Final = 4


class SimulatedWorld(World[SimulatedSpec]):
    """A world in which units nominate and councils decide."""

    def __init__(self, exercise: Exercise, spec: SimulatedSpec, workspace: Workspace) -> None:
        super().__init__(exercise, spec, workspace)
        self._frame = _frame(workspace)
        self._sets: dict[str, CriteriaSet] = {}
        self._kept: dict[Behaviour, KeptWarmUps] = {}

    def margin(self, measure: str, before: Reading) -> float:
        """Give the smallest difference that matters: as the assumptions say, else a twentieth of what was."""
        return self._frame.assumptions.margins.get(_as_indicator(measure), abs(before.value) / 20)

    def read(self, setting: Setting) -> dict[str, Reading]:
        """Simulate the world under a setting, and read its numbers."""
        scenario = self.scenario(setting)
        turned = scenario.options[-1].phases
        lists = [history for warm in self._before(scenario).warm_up() for history in histories_under(warm, turned, scenario)]
        return {name: Reading.mean([_measure(history, name) for history in lists]) for name in self.exercise.measures}

    def _before(self, scenario: Scenario) -> KeptWarmUps:
        """Give the years before, which only another behaviour changes; the last ones are kept."""
        if scenario.behaviour not in self._kept:
            while len(self._kept) >= _WARM_UPS_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[scenario.behaviour] = KeptWarmUps(scenario)
        return self._kept[scenario.behaviour]

    def scenario(self, setting: Setting) -> Scenario:
        """Give the world under a setting as a scenario: the rules of the years before, and those that are tried."""
        spec, fields = self.spec, self.exercise.fields(setting)
        baseline = self._prepared(spec.baseline or str(fill(spec.criteria, self.exercise.fields(self.exercise.start))))
        turned = self._prepared(str(fill(spec.criteria, fields)))
        if spec.overlay:
            turned = laid_over(turned, fill(spec.overlay, fields), _TURNED)
        behaviour = Behaviour() if spec.behaviour == "clean" else self._frame.assumptions.behaviour({})
        title = in_both("training.made-up")
        return replace(
            self._frame,
            baseline=baseline,
            options=(Option.of(KEEP_AS_IS, title, baseline), Option.of(_TURNED, title, turned)),
            behaviour=behaviour.with_values({name: float(value) for name, value in fill(spec.numbers, fields).items()}),
            population=spec.offices.population(title),
            years=spec.years,
            warm_up_years=spec.warm_up_years,
            replications=spec.replications,
            seed=spec.seed,
        )

    def _prepared(self, expression: str) -> CriteriaSet:
        if expression not in self._sets:
            criteria = read_criteria(expression, self.workspace)
            self._sets[expression] = laid_over(criteria, self.spec.prepared, "prepared") if self.spec.prepared else criteria
        return self._sets[expression]


@lru_cache(maxsize=2)
def _frame(workspace: Workspace) -> Scenario:
    """Read the scenario that lends its assumptions, once for a session."""
    return load_scenario(FRAME, workspace)


def laid_over(base: CriteriaSet, sections: Mapping[str, Any], overlay_id: str) -> CriteriaSet:
    """Lay some clauses over a set, as an overlay with the header of a draft would."""
    header = {
        "id": overlay_id,
        "extends": base.stack[-1],
        "title": in_both("training.made-up").model_dump(),
        "status": "draft",
        "drafting_state": "drafting",
        "valid": {"from": base.valid_from},
        "checked_on": base.checked_on,
    }
    return lay_over(base, write_data({**header, **sections}), overlay_id, f"{overlay_id}.yaml")


def in_both(key: str) -> Text:
    """Give a message in both languages."""
    return Text(**{lang: translate(key, lang) for lang in LANGUAGES})


def three_in_a_row(history: History) -> float:
    """Count who holds the focus award for the third year in a row: the mean over the judged years."""
    holders = {int(year): set(history.member[history.is_awarded & (history.year == year)].tolist()) for year in np.unique(history.year)}
    counts = [len(set.intersection(*(holders.get(int(year) - back, set()) for back in range(_RUN)))) for year in history.judged_years]
    return float(np.mean(counts))


def turns_on_the_list(history: History) -> float:
    """Read turn-taking as somebody does who has the list alone, and does not know whom the rules shut out."""
    return values_of(replace(history, is_eligible=None), names=("turn_taking_index",), with_course=False)[0]["turn_taking_index"]


def merit_of_everybody(history: History) -> float:
    """Read how awards agree with merit when everybody is a candidate, also those whom the rules shut out: what the rule itself costs is in it."""
    return values_of(replace(history, is_eligible=None), names=("merit_kappa",), with_course=False)[0]["merit_kappa"]


_OWN: Final = {"merit_of_everybody": merit_of_everybody, "three_in_a_row": three_in_a_row, "turns_on_the_list": turns_on_the_list}


def _measure(history: History, name: str) -> float:
    return _OWN[name](history) if name in _OWN else values_of(history, names=(name,), with_course=False)[0][name]


def _as_indicator(measure: str) -> str:
    return {"turns_on_the_list": "turn_taking_index", "merit_of_everybody": "merit_kappa"}.get(measure, measure)
