"""The world of an exercise by its kind, and what has been read in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from simulator.widgets.training.counted import CountedWorld
from simulator.widgets.training.exercise import CountedSpec, ListSpec
from simulator.widgets.training.listed import ListWorld
from simulator.widgets.training.readings import Change, is_met, possible
from simulator.widgets.training.simulated import SimulatedWorld

if TYPE_CHECKING:
    from simulator.widgets.training.exercise import Exercise, Goal, Setting
    from simulator.widgets.training.readings import Reading
    from simulator.widgets.training.world import World
    from simulator.workspace import Workspace

_READINGS_KEPT: Final = 64


def found_world(exercise: Exercise, workspace: Workspace) -> World[Any]:
    """Make the world of an exercise."""
    spec = exercise.world
    if isinstance(spec, CountedSpec):
        return CountedWorld(exercise, spec, workspace)
    if isinstance(spec, ListSpec):
        return ListWorld(exercise, spec, workspace)
    return SimulatedWorld(exercise, spec, workspace)


class Trials:
    """What an exercise gave under each setting that was tried; nothing is worked out twice.

    Parameters
    ----------
    exercise
        The exercise.
    workspace
        Where sets are.
    """

    def __init__(self, exercise: Exercise, workspace: Workspace) -> None:
        self.exercise = exercise
        self.world = found_world(exercise, workspace)
        self._kept: dict[tuple[tuple[str, object], ...], dict[str, Reading]] = {}

    def read(self, setting: Setting) -> dict[str, Reading]:
        """Read all numbers under a setting."""
        name = tuple(sorted(setting.items()))
        if name not in self._kept:
            while len(self._kept) >= _READINGS_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[name] = {measure: possible(measure, reading) for measure, reading in self.world.read(setting).items()}
        return self._kept[name]

    @property
    def before(self) -> dict[str, Reading]:
        """Give what is read before anything is turned."""
        return self.read(self.exercise.start)

    def change(self, measure: str, setting: Setting) -> Change:
        """Compare a number under a setting with what it was before anything was turned."""
        before = self.before[measure]
        return Change.between(before, self.read(setting)[measure], self.world.margin(measure, before))

    def truth(self) -> str:
        """Find out what was to be foreseen."""
        asked = self.exercise.prediction
        if asked.of == "change":
            return self.change(asked.measure, asked.at).direction
        return "more" if self.read(asked.at)[asked.measure].direction == "more" else "same"

    def meets(self, goal: Goal, setting: Setting) -> bool:
        """Tell whether a setting reaches a goal."""
        if goal.is_sure and self.read(setting)[str(goal.measure)].direction != "more":
            return False
        number = float(setting[goal.control]) if goal.control is not None else self.read(setting)[str(goal.measure)].value
        return is_met(number, at_least=goal.at_least, at_most=goal.at_most)

    def is_reached(self, setting: Setting) -> bool:
        """Tell whether a setting reaches all that was to be reached."""
        return all(self.meets(goal, setting) for goal in self.exercise.goals)
