"""The conditions of eligibility: all, any, not, and tests of one fact each.

A condition says what must be true of one nominee. Which column of a table answers it is another room's business (``scoring``); here it is only words
and numbers, checked one against the other: a test says exactly what its fact needs, no more and no less.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self, TypeAlias

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from simulator.rules.values import FrozenModel, Identifier

RatingName: TypeAlias = Literal["failed", "completed", "completed-well", "excellent"]
"""The four yearly gradings, worst first: không hoàn thành, hoàn thành, hoàn thành tốt, hoàn thành xuất sắc nhiệm vụ."""

RATINGS: tuple[RatingName, ...] = ("failed", "completed", "completed-well", "excellent")

FactName: TypeAlias = Literal[
    "rating",
    "rating-run",
    "awarded-this-year",
    "award-run",
    "award-count",
    "years-since-award",
    "unused-initiatives",
    "disciplined-this-year",
    "service-months",
    "leave-days",
]


class _Needs(NamedTuple):
    keys: tuple[str, ...]
    at_least: Literal["rating", "count"] | None = None


FACTS: Mapping[str, _Needs] = {
    "rating": _Needs(("at_least",), at_least="rating"),
    "rating-run": _Needs(("rating", "at_least"), at_least="count"),
    "awarded-this-year": _Needs(("award",)),
    "award-run": _Needs(("award", "at_least"), at_least="count"),
    "award-count": _Needs(("award", "within_years", "at_least"), at_least="count"),
    "years-since-award": _Needs(("award", "at_least"), at_least="count"),
    "unused-initiatives": _Needs(("at_least", "consumed"), at_least="count"),
    "disciplined-this-year": _Needs(()),
    "service-months": _Needs(("at_least",), at_least="count"),
    "leave-days": _Needs(("below",)),
}


def _count_or_word(value: Any) -> str:
    return "word" if isinstance(value, str) else "count"


CountOrRating: TypeAlias = Annotated[
    Annotated[int, Tag("count")] | Annotated[RatingName, Tag("word")],
    Discriminator(_count_or_word),
]


class Test(FrozenModel):
    """One fact of one nominee, compared with what the rule asks.

    Attributes
    ----------
    fact
        What is looked at.
    award
        The award whose history is looked at.
    rating
        The grading each year of a run must reach.
    at_least
        A grading (for ``rating``) or a count of years, times, months or initiatives.
    below
        Working days of leave that are already too many.
    within_years
        Length of the window, this year included.
    consumed
        Whether an initiative that served here is used up.
    """

    __test__: ClassVar[bool] = False  # pytest takes a class of this name for a test

    fact: FactName
    award: Identifier | None = None
    rating: RatingName | None = None
    at_least: CountOrRating | None = None
    below: Annotated[int, Field(ge=0)] | None = None
    within_years: Annotated[int, Field(ge=1)] | None = None
    consumed: bool | None = None

    @model_validator(mode="after")
    def _say_what_the_fact_needs(self) -> Self:
        needs = FACTS[self.fact]
        for key in ("award", "rating", "at_least", "below", "within_years", "consumed"):
            is_given = getattr(self, key) is not None
            if is_given and key not in needs.keys:
                raise PydanticCustomError("CS113", "{fact} {key}", {"fact": self.fact, "key": key})
        missing = [key for key in needs.keys if getattr(self, key) is None]
        if missing:
            raise PydanticCustomError("CS112", "{fact} {needed}", {"fact": self.fact, "needed": ", ".join(missing)})
        if needs.at_least == "rating" and self.at_least not in RATINGS:
            raise PydanticCustomError("CS104", "{allowed}", {"key": "at_least", "allowed": ", ".join(RATINGS), "found": str(self.at_least)})
        if needs.at_least == "count" and (not isinstance(self.at_least, int) or self.at_least < 1):
            raise PydanticCustomError("CS105", "{expected}", {"key": "at_least", "expected": "@whole-number-from-1", "found": str(self.at_least)})
        return self


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
_TAGS: Mapping[str, str] = {"all": "all-of", "any": "any-of", "not": "none-of", "fact": "test"}


def _shape(value: Any) -> str | None:
    """Tell which of the four shapes a condition has, from a mapping or a model."""
    if isinstance(value, AllOf | AnyOf | Not | Test):
        return {AllOf: "all-of", AnyOf: "any-of", Not: "none-of", Test: "test"}[type(value)]
    if not isinstance(value, Mapping):
        return None
    found = [tag for key, tag in _TAGS.items() if key in value]
    return found[0] if len(found) == 1 else None


Condition: TypeAlias = Annotated[
    Annotated[AllOf, Tag("all-of")] | Annotated[AnyOf, Tag("any-of")] | Annotated[Not, Tag("none-of")] | Annotated[Test, Tag("test")],
    Discriminator(_shape, custom_error_type="CS111", custom_error_message="not a condition"),
]

AllOf.model_rebuild()
AnyOf.model_rebuild()
Not.model_rebuild()


def iter_tests(condition: "Condition", place: str = "requires") -> Iterator[tuple[str, Test]]:
    """Go through every test of a condition, also under *any* and *not*, each with its place (``requires.all.1.any.0``)."""
    if isinstance(condition, Test):
        yield place, condition
    elif isinstance(condition, Not):
        yield from iter_tests(condition.not_, f"{place}.not")
    else:
        word, parts = ("all", condition.all) if isinstance(condition, AllOf) else ("any", condition.any)
        for index, part in enumerate(parts):
            yield from iter_tests(part, f"{place}.{word}.{index}")


def necessary_tests(condition: "Condition") -> frozenset[Test]:
    """Give the tests that must hold whichever way the condition is met: under *any*, only those every branch asks for; under *not*, none."""
    if isinstance(condition, Test):
        return frozenset({condition})
    if isinstance(condition, Not):
        return frozenset()
    if isinstance(condition, AllOf):
        return frozenset().union(*(necessary_tests(part) for part in condition.all))
    first, *others = (necessary_tests(part) for part in condition.any)
    return first.intersection(*others)
