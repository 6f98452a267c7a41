"""The base salary (mức lương cơ sở) by date; every bonus is a multiple of it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from simulator.errors import InputError
from simulator.rules.citation import Confidence
from simulator.rules.diagnosis import describe_validation
from simulator.rules.reading import read_yaml
from simulator.rules.values import FrozenModel, Identifier, Text
from simulator.workspace import Workspace


class BaseSalary(FrozenModel):
    """One amount and the days on which it applies.

    A bound that has not been checked is left out. Where the first day is not known, ``known_from`` says from which day the amount surely applied; of the
    days before, and of an amount that states neither, nothing is vouched for.
    """

    amount: Annotated[int, Field(ge=0)]
    start: date | None = Field(None, alias="from")
    known_from: date | None = None
    end: date | None = Field(None, alias="until")
    instrument: Identifier | None = None
    confidence: Confidence
    note: Text | None = None

    def applies_on(self, day: date) -> bool:
        """Tell whether the amount is known to apply on a day."""
        since = self.start or self.known_from
        return since is not None and since <= day and (self.end is None or day <= self.end)


class _BaseSalaryFile(FrozenModel):
    checked_on: date
    unit: Literal["VND"]
    values: Annotated[tuple[BaseSalary, ...], Field(strict=False, min_length=1)]


def load_base_salaries(workspace: Workspace) -> tuple[BaseSalary, ...]:
    """Load ``criteria/base-salary.yaml``, the earliest amount first."""
    path = workspace.criteria / "base-salary.yaml"
    document = read_yaml(path, workspace.show(path))
    try:
        return _BaseSalaryFile.model_validate(document.data).values
    except ValidationError as problem:
        raise InputError(describe_validation(problem, _BaseSalaryFile, document.data, document.location_of)) from problem


def base_salary_on(day: date, salaries: tuple[BaseSalary, ...]) -> BaseSalary | None:
    """Give the amount that applies on a day, or None when no known one does."""
    return next((salary for salary in reversed(salaries) if salary.applies_on(day)), None)
