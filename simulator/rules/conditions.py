"""The conditions of eligibility: all, any, not, tests of one fact, and tests of the points or the class a scoring table gave.

A condition says what must be true of one nominee. Which column of a table answers it is another room's business (``scoring``); here it is only words
and numbers, checked one against the other.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Self, TypeAlias

from pydantic import Discriminator, Field, Tag, TypeAdapter, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from simulator.rules.facts import Test
from simulator.rules.values import FrozenModel, Identifier, Words

TOTAL = "total"
EVERY_CRITERION = "every-criterion"


class PointsTest(FrozenModel):
    """The points of a scoring table, compared with a number, with the most that can be had, or with the mean of the group.

    Exactly one comparison is given.

    Attributes
    ----------
    points
        ``total``; ``every-criterion`` (each criterion outside bonus and penalty sections that can give points must pass); or the path of a section or a criterion, such as
        ``results.budget``.
    at_least, below
        Points.
    at_least_share, below_share
        A share, from 0 to 1, of the most the part can give.
    at_least_share_of_mean, below_share_of_mean
        A share of the mean of everybody scored in the same group.
    """

    points: Words
    at_least: float | None = None
    below: float | None = None
    at_least_share: float | None = None
    below_share: float | None = None
    at_least_share_of_mean: float | None = None
    below_share_of_mean: float | None = None

    @model_validator(mode="after")
    def _say_one_comparison(self) -> Self:
        keys = [name for name in type(self).model_fields if name != "points"]
        if sum(getattr(self, key) is not None for key in keys) != 1:
            raise PydanticCustomError("CS121", "one comparison", {"keys": ", ".join(keys)})
        return self


class ClassTest(FrozenModel):
    """The class a scoring table gave is one of these."""

    class_: Annotated[tuple[Identifier, ...], Field(strict=False, min_length=1, alias="class")]


class AllOf(FrozenModel):
    """Every part must hold."""

    all: Annotated[tuple["Condition", ...], Field(strict=False, min_length=1)]


class AnyOf(FrozenModel):
    """At least one part must hold."""

    any: Annotated[tuple["Condition", ...], Field(strict=False, min_length=1)]


class Not(FrozenModel):
    """The part must not hold."""

    not_: "Condition" = Field(alias="not")


# The tags differ from the keys, so that a location in the data cannot be mistaken for a member of the union.
_TAGS: Mapping[str, str] = {"all": "all-of", "any": "any-of", "not": "none-of", "fact": "test", "points": "points-test", "class": "class-test"}
_TAG_OF_MODEL: Mapping[type, str] = {
    AllOf: "all-of",
    AnyOf: "any-of",
    Not: "none-of",
    Test: "test",
    PointsTest: "points-test",
    ClassTest: "class-test",
}


def _shape(value: Any) -> str | None:
    """Tell which of the six shapes a condition has, from a mapping or a model."""
    if isinstance(value, FrozenModel):
        return _TAG_OF_MODEL.get(type(value))
    if not isinstance(value, Mapping):
        return None
    found = [tag for key, tag in _TAGS.items() if key in value]
    return found[0] if len(found) == 1 else None


Condition: TypeAlias = Annotated[
    Annotated[AllOf, Tag("all-of")]
    | Annotated[AnyOf, Tag("any-of")]
    | Annotated[Not, Tag("none-of")]
    | Annotated[Test, Tag("test")]
    | Annotated[PointsTest, Tag("points-test")]
    | Annotated[ClassTest, Tag("class-test")],
    Discriminator(_shape, custom_error_type="CS111", custom_error_message="not a condition"),
]

AllOf.model_rebuild()
AnyOf.model_rebuild()
Not.model_rebuild()


SingleTest: TypeAlias = Test | PointsTest | ClassTest


def iter_single_tests(condition: "Condition", place: str = "requires") -> Iterator[tuple[str, SingleTest]]:
    """Go through every test of a condition, also under *any* and *not*, each with its place (``requires.all.1.any.0``)."""
    if isinstance(condition, SingleTest):
        yield place, condition
    elif isinstance(condition, Not):
        yield from iter_single_tests(condition.not_, f"{place}.not")
    else:
        word, parts = ("all", condition.all) if isinstance(condition, AllOf) else ("any", condition.any)
        for index, part in enumerate(parts):
            yield from iter_single_tests(part, f"{place}.{word}.{index}")


def iter_tests(condition: "Condition", place: str = "requires") -> Iterator[tuple[str, Test]]:
    """Go through every test of a fact, leaving out those of points and classes."""
    for where, test in iter_single_tests(condition, place):
        if isinstance(test, Test):
            yield where, test


def necessary_tests(condition: "Condition") -> frozenset[SingleTest]:
    """Give the tests that must hold whichever way the condition is met: under *any*, only those every branch asks for; under *not*, none."""
    if isinstance(condition, SingleTest):
        return frozenset({condition})
    if isinstance(condition, Not):
        return frozenset()
    if isinstance(condition, AllOf):
        return frozenset().union(*(necessary_tests(part) for part in condition.all))
    first, *others = (necessary_tests(part) for part in condition.any)
    return first.intersection(*others)


_ADAPTER: TypeAdapter["Condition"] = TypeAdapter(Condition)


def read_condition(value: Any) -> "Condition | None":
    """Take a value for a condition if it is one; None where it is not."""
    try:
        return _ADAPTER.validate_python(value)
    except ValidationError:
        return None
