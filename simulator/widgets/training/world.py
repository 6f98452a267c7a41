"""What every world of an exercise is made of, and what all of them are asked."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

from simulator.rules.assembly import read_criteria
from simulator.widgets.training.exercise import CountedSpec, ListSpec, SimulatedSpec, fill

if TYPE_CHECKING:
    from simulator.rules.criteria import CriteriaSet
    from simulator.widgets.training.exercise import Exercise, Setting
    from simulator.widgets.training.readings import Reading
    from simulator.workspace import Workspace

Spec = TypeVar("Spec", bound=CountedSpec | ListSpec | SimulatedSpec)


class World(ABC, Generic[Spec]):
    """What can be read under a setting.

    Parameters
    ----------
    exercise
        Whose world it is.
    spec
        What it is made of.
    workspace
        Where sets and assumptions are, and where awards have their names.
    """

    def __init__(self, exercise: Exercise, spec: Spec, workspace: Workspace) -> None:
        self.exercise, self.spec, self.workspace = exercise, spec, workspace

    @cached_property
    def criteria(self) -> CriteriaSet:
        """The rules at the start, as they are found."""
        return read_criteria(str(fill(self.spec.criteria, self.exercise.fields(self.exercise.start))), self.workspace)

    @abstractmethod
    def read(self, setting: Setting) -> dict[str, Reading]:
        """Read all numbers of the exercise under a setting."""

    @abstractmethod
    def margin(self, measure: str, before: Reading) -> float:
        """Give the smallest difference that matters."""
