"""The behavioural numbers of ``scenarios/assumptions.yaml``: each with its unit, its range, and a source or the word *assumed*."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from simulator.errors import InputError
from simulator.experiments.scenarios.findings import make_finding
from simulator.model.behaviour import NAMES_OF_NUMBERS, Behaviour
from simulator.rules.diagnosis import close_to, describe_validation
from simulator.rules.reading import read_yaml
from simulator.rules.values import FrozenModel, Text

if TYPE_CHECKING:
    from simulator.errors import Finding
    from simulator.rules.reading import Document
    from simulator.workspace import Workspace

FILE_NAME = "assumptions.yaml"


class Assumption(FrozenModel):
    """One behavioural number.

    Attributes
    ----------
    title
        What it is, in both languages.
    value, low, high
        The value used by default, and the range that counts as possible.
    unit
        Unit of the value.
    source
        Where the figure comes from; absent when it is assumed.
    assumed
        True when nobody has measured it.
    """

    title: Text
    value: float
    unit: str
    low: float
    high: float
    source: Text | None = None
    assumed: bool = False

    @model_validator(mode="after")
    def _stands_in_order(self) -> Self:
        if not self.low <= self.value <= self.high:
            raise PydanticCustomError("CS118", "not in order")
        return self


class AssumptionsFile(FrozenModel):
    """The file as a whole; ``unit_costs`` is what paperwork takes, which no run depends on."""

    checked_on: datetime.date
    numbers: Mapping[str, Assumption]
    margins: Mapping[str, Annotated[float, Field(gt=0)]]
    unit_costs: Mapping[str, Assumption] = {}

    def behaviour(self, overrides: Mapping[str, float]) -> Behaviour:
        """Give the behaviour these numbers describe, with some of them replaced."""
        values = {name: number.value for name, number in self.numbers.items()} | dict(overrides)
        return Behaviour().with_values({name: value for name, value in values.items() if name in NAMES_OF_NUMBERS})


def load_assumptions(workspace: Workspace) -> AssumptionsFile:
    """Load the assumptions of a workspace.

    Raises
    ------
    InputError
        If the file cannot be read, a number the model needs is missing, or one it does not know is given.
    """
    path = workspace.scenarios / FILE_NAME
    document = read_yaml(path, workspace.show(path))
    try:
        content = AssumptionsFile.model_validate(document.data)
    except ValidationError as problem:
        raise InputError(describe_validation(problem, AssumptionsFile, document.data, document.location_of)) from problem
    findings = _check_numbers(content, document)
    if findings:
        raise InputError(findings)
    return content


def _check_numbers(content: AssumptionsFile, document: Document) -> list[Finding]:
    findings = [
        make_finding("SC304", document.file, document.line_of("numbers", name), found=name, known=close_to(name, tuple(sorted(NAMES_OF_NUMBERS))))
        for name in content.numbers
        if name not in NAMES_OF_NUMBERS
    ]
    findings += [
        make_finding("SC310", document.file, document.line_of(section, name))
        for section, numbers in (("numbers", content.numbers), ("unit_costs", content.unit_costs))
        for name, number in numbers.items()
        if (number.source is None) != number.assumed
    ]
    missing = sorted(NAMES_OF_NUMBERS - set(content.numbers))
    if missing:
        findings.append(make_finding("SC311", document.file, document.line_of("numbers"), missing=", ".join(missing)))
    return findings
