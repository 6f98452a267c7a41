"""What a value of a clause may be, read off the models of the format: a number, a word of a list, yes or no, text, a list of ids."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from simulator.rules.clauses import Clause
from simulator.rules.conditions import AllOf, AnyOf, ClassTest, Not, PointsTest
from simulator.rules.facts import Test
from simulator.rules.schema import Award

LISTS_OF_ITEMS = frozenset({"bands", "all", "any", "moves", "consults", "prefer"})
"""Fields that hold a list of items, each with values of its own."""
BY_ID = frozenset({"levels", "events", "sees"})
"""Fields that hold things by id."""
_CONDITIONS: tuple[type[BaseModel], ...] = (AllOf, AnyOf, Not, Test, PointsTest, ClassTest)
_HOLDING_CONDITIONS = frozenset({"requires", "when", "who", "not", "all", "any"})


@dataclass(frozen=True)
class Spec:
    """What a value may be; nothing of all this for a value that no clause of the kind has.

    Attributes
    ----------
    is_number, is_whole
        A number; a whole one.
    is_yes_no, is_text, is_list, is_date
        Yes or no; free text; a list of ids; a date.
    choices
        The words it may be.
    low, is_low_refused
        The lowest number the format takes, where it names one; whether that number itself is refused.
    """

    is_number: bool = False
    is_whole: bool = False
    is_yes_no: bool = False
    is_text: bool = False
    is_list: bool = False
    is_date: bool = False
    choices: tuple[str, ...] = ()
    low: float | None = None
    is_low_refused: bool = False

    def __or__(self, other: Spec) -> Spec:
        """Allow what either allows; the lowest number is that of the one that is a number."""
        bounded = self if self.low is not None else other
        return Spec(
            self.is_number or other.is_number,
            self.is_whole or other.is_whole,
            self.is_yes_no or other.is_yes_no,
            self.is_text or other.is_text,
            self.is_list or other.is_list,
            self.is_date or other.is_date,
            tuple(dict.fromkeys((*self.choices, *other.choices))),
            bounded.low,
            bounded.is_low_refused,
        )

    @property
    def is_known(self) -> bool:
        """Whether there is such a value at all."""
        return self != Spec()


def kinds_of() -> tuple[str, ...]:
    """List every kind of clause."""
    return tuple(dict.fromkeys(kind for model in _models() for kind in get_args(model.model_fields["kind"].annotation)))


@cache
def model_of(kind: str, *, is_award: bool = False) -> type[BaseModel] | None:
    """Give the model of a kind of clause, or that of an award."""
    if is_award:
        return Award
    return next((model for model in _models() if kind in get_args(model.model_fields["kind"].annotation)), None)


@cache
def spec_of(model: type[BaseModel], field: str) -> Spec:
    """Tell what a value of a clause may be.

    Parameters
    ----------
    model
        The model of the clause.
    field
        Path of the value in the clause, such as ``requires.all.0.at_least``.
    """
    return _specs(model, tuple(field.split(".")))


def _models() -> tuple[type[BaseModel], ...]:
    return tuple(each for each in _members(Clause) if isinstance(each, type))


def _members(annotation: Any) -> list[Any]:
    return [member for member, _ in _bounded(annotation)]


def _bounded(annotation: Any, bound: Spec = Spec()) -> list[tuple[Any, Spec]]:
    """Take the wrappers off: every alternative of a union, each with the lowest number its wrappers let it be."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *metadata = get_args(annotation)
        return _bounded(inner, bound | _lowest(metadata))
    if origin in {Union, UnionType}:
        return [pair for each in get_args(annotation) if each is not NoneType for pair in _bounded(each, bound)]
    return [(annotation, bound)]


def _lowest(metadata: Sequence[Any]) -> Spec:
    """Read the lowest number off what stands beside a type, or in the field that stands there."""
    bounds = [bound for each in metadata for bound in (each.metadata if isinstance(each, FieldInfo) else [each])]
    for bound in bounds:
        if hasattr(bound, "ge"):
            return Spec(low=bound.ge)
        if hasattr(bound, "gt"):
            return Spec(low=bound.gt, is_low_refused=True)
    return Spec()


def _specs(annotation: Any, steps: tuple[str, ...], bound: Spec = Spec()) -> Spec:
    found = Spec()
    for member, low in _bounded(annotation, bound):
        spec = _spec(member, steps)
        found |= spec | low if not steps and (spec.is_number or spec.is_whole) else spec
    return found


def _spec(member: Any, steps: tuple[str, ...]) -> Spec:  # noqa: PLR0911  # one answer for each shape of an annotation
    origin, arguments = get_origin(member), get_args(member)
    if isinstance(member, type) and issubclass(member, BaseModel):
        return _spec_in_model(member, steps)
    if origin is tuple:
        if not steps:
            words = _specs(arguments[0], ())
            return Spec(is_list=words.is_text or bool(words.choices), choices=words.choices)
        return _specs(arguments[0], steps[1:]) if steps[0].isdigit() else Spec()
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _specs(arguments[1], steps[1:]) if steps else Spec()
    if steps:
        return Spec()
    if origin is Literal:
        return Spec(choices=tuple(map(str, arguments)))
    plain = {
        float: Spec(is_number=True),
        int: Spec(is_whole=True),
        bool: Spec(is_yes_no=True),
        str: Spec(is_text=True),
        datetime.date: Spec(is_date=True),
    }
    return plain.get(member, Spec())


def _spec_in_model(model: type[BaseModel], steps: tuple[str, ...]) -> Spec:
    if not steps:
        return Spec()
    for name, field in model.model_fields.items():
        if (field.alias or name) == steps[0]:
            if steps[0] in _HOLDING_CONDITIONS:
                rest = steps[1:] if model not in (AllOf, AnyOf) else steps[2:] if steps[1:2] and steps[1].isdigit() else ("",)
                return _any_condition(rest)
            return _specs(field.annotation, steps[1:], _lowest(field.metadata))
    return Spec()


def _any_condition(steps: tuple[str, ...]) -> Spec:
    found = Spec()
    for model in _CONDITIONS:
        found |= _spec_in_model(model, steps)
    return found
