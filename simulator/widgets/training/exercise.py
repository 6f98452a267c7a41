"""An exercise: what is foreseen, what is turned, what is seen, and what is explained. One file of ``exercises/`` each; its words stand in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, TypeAlias

from pydantic import Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from simulator.errors import InputError
from simulator.population.spec import KindOfUnit, PopulationSpec
from simulator.rules.diagnosis import describe_validation
from simulator.rules.reading import read_yaml_bytes
from simulator.rules.values import FrozenModel, Identifier, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

Value: TypeAlias = float | int | str
Setting: TypeAlias = Mapping[str, Value]
"""Control → what it is turned to."""
Numbers: TypeAlias = Mapping[str, Value]
FOLDER = "exercises"


class Control(FrozenModel):
    """What can be turned.

    Attributes
    ----------
    id
        Its name; the words stand under ``training.<exercise>.control.<id>``.
    shown
        How a value is written: in percent, as a whole number, or in words of its own.
    values
        What it can be turned to, in order.
    start
        What it is turned to at first.
    gives
        Value → further names for what it means; each may be used in rules and numbers as ``$name``.
    """

    id: Identifier
    shown: Literal["percent", "whole", "words"]
    values: Annotated[tuple[Value, ...], Field(strict=False, min_length=2)]
    start: Value
    gives: Mapping[str, Numbers] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _starts_somewhere(self) -> Self:
        if self.start not in self.values or (self.gives and set(self.gives) != {str(value) for value in self.values}):
            raise PydanticCustomError("CS118", "not in order")
        return self


class Offices(FrozenModel):
    """Equal units of a made-up place."""

    units: Annotated[int, Field(ge=1, le=400)]
    size: Annotated[int, Field(ge=1, le=200)]
    leader_share: float
    direct_share: float

    def population(self, title: Text) -> PopulationSpec:
        """Describe them as a population."""
        kind = KindOfUnit(
            title=title, units=self.units, mean_size=float(self.size), leader_share=self.leader_share, direct_share=self.direct_share, basis=title
        )
        return PopulationSpec(id="training", title=title, basis=title, kinds={"office": kind})


class SimulatedSpec(FrozenModel):
    """A world in which units nominate and councils decide.

    Attributes
    ----------
    criteria
        The set the exercise begins with, or ``$name`` of a control that chooses one.
    baseline
        The set of the years before, where that is not ``criteria``.
    prepared
        What is laid over both before anything is turned, so that one thing can be seen alone.
    overlay
        What is turned, with ``$name`` where a control stands.
    behaviour
        ``clean``, a world in which merit alone decides, or ``assumed``, that of the assumptions.
    numbers
        Behavioural numbers that differ, each a number or ``$name``.
    offices, years, warm_up_years, replications, seed
        Who, how long, how often, and the seed of all luck.
    """

    kind: Literal["simulated"]
    criteria: str
    baseline: str | None = None
    prepared: Mapping[str, Any] = Field(default_factory=dict)
    overlay: Mapping[str, Any] = Field(default_factory=dict)
    behaviour: Literal["clean", "assumed"]
    numbers: Numbers = Field(default_factory=dict)
    offices: Offices
    years: Annotated[int, Field(ge=3, le=20)]
    warm_up_years: Annotated[int, Field(ge=2, le=20)]
    replications: Annotated[int, Field(ge=2, le=30)]
    seed: int


class CountedSpec(FrozenModel):
    """Places counted by hand: exact, and nothing is simulated.

    Attributes
    ----------
    criteria
        The set whose clause is meant.
    share
        The quota as a share of people, ``@<clause>`` for the one of the set, or the places of a unit where that is a whole number.
    people
        Members of one unit.
    units
        How many such units.
    rounding, floor, pooling
        How places are rounded, which share of them is kept for direct workers, and over what that is counted.
    """

    kind: Literal["counted"]
    criteria: str
    share: Value
    people: Value
    units: int
    rounding: str
    floor: Value = 0
    pooling: str = "unit"


class ListSpec(FrozenModel):
    """A list of awards that is read and measured.

    Attributes
    ----------
    criteria
        The set the awards are named in.
    file
        The list, beside the exercise.
    years
        How many of its last years are read.
    """

    kind: Literal["list"]
    criteria: str
    file: str
    years: Value


World: TypeAlias = Annotated[SimulatedSpec | CountedSpec | ListSpec, Field(discriminator="kind")]


class Prediction(FrozenModel):
    """What is foreseen: where a number goes, or on which side of nothing it lies, when the controls are turned as said.

    Attributes
    ----------
    measure
        The number.
    of
        Whether its change is meant, or the number itself.
    at
        What the controls are turned to.
    """

    measure: str
    of: Literal["change", "value"] = "change"
    at: Setting

    @property
    def choices(self) -> tuple[str, ...]:
        """Give what may be foreseen."""
        return ("more", "same", "less") if self.of == "change" else ("more", "same")


class Goal(FrozenModel):
    """What has to be reached by turning: a number, or a control, between two bounds; or a number whose whole interval lies above nothing."""

    measure: str | None = None
    control: Identifier | None = None
    at_least: float | None = None
    at_most: float | None = None
    is_sure: bool = False


class Explanation(FrozenModel):
    """What is asked at the end: the answers, and the one that is right."""

    answers: Annotated[tuple[Identifier, ...], Field(strict=False, min_length=2)]
    right: Identifier


class Exercise(FrozenModel):
    """One exercise.

    Attributes
    ----------
    id
        Its name, and that of its file after the number.
    world
        What is tried.
    controls
        What can be turned.
    measures
        The numbers shown, the most important first.
    cites
        Clauses of the set whose source is shown.
    prediction, goals, explanation
        What is foreseen, reached and explained.
    """

    id: Identifier
    world: World
    controls: Annotated[tuple[Control, ...], Field(strict=False, min_length=1)]
    measures: Annotated[tuple[str, ...], Field(strict=False, min_length=1)]
    cites: Annotated[tuple[str, ...], Field(strict=False)] = ()
    prediction: Prediction
    goals: Annotated[tuple[Goal, ...], Field(strict=False, min_length=1)]
    explanation: Explanation

    @property
    def start(self) -> dict[str, Value]:
        """Give what the controls are turned to at first."""
        return {control.id: control.start for control in self.controls}

    def fields(self, setting: Setting) -> dict[str, Value]:
        """Give every name a setting means: those of its controls, and what their values give besides."""
        found: dict[str, Value] = dict(setting)
        for control in self.controls:
            found |= control.gives.get(str(setting[control.id]), {})
        return found

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        turned = {control.id: control.values for control in self.controls}
        wrong = [name for name, value in self.prediction.at.items() if value not in turned.get(name, ())]
        wrong += [goal.control for goal in self.goals if goal.control is not None and goal.control not in turned]
        named = {self.prediction.measure, *(goal.measure for goal in self.goals if goal.measure is not None)}
        if wrong or set(turned) - set(self.prediction.at) or named - set(self.measures) or self.explanation.right not in self.explanation.answers:
            raise PydanticCustomError("CS118", "not in order")
        return self


def fill(data: Any, fields: Mapping[str, Value]) -> Any:
    """Put values where ``$name`` stands, however deep."""
    if isinstance(data, Mapping):
        return {key: fill(value, fields) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [fill(value, fields) for value in data]
    return fields[data[1:]] if isinstance(data, str) and data.startswith("$") else data


def read_exercise(text: bytes, file: str) -> Exercise:
    """Read an exercise strictly.

    Raises
    ------
    InputError
        With everything that keeps the text from being one.
    """
    document = read_yaml_bytes(text, file)
    try:
        return Exercise.model_validate(document.data)
    except ValidationError as problem:
        raise InputError(describe_validation(problem, Exercise, document.data, document.location_of)) from problem


@cache
def exercises() -> tuple[Exercise, ...]:
    """Give all exercises, in the order of their files."""
    return tuple(read_exercise(content, name) for name, content in _files())


def exercise_file(name: str) -> bytes:
    """Read what lies beside the exercises."""
    return (resources.files("simulator.widgets.training") / FOLDER / name).read_bytes()


def _files() -> Iterator[tuple[str, bytes]]:
    folder = resources.files("simulator.widgets.training") / FOLDER
    for path in sorted((path for path in folder.iterdir() if path.name.endswith(".yaml")), key=lambda path: path.name):
        yield path.name, path.read_bytes()
