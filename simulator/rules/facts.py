"""The tests of one fact: what is looked at, and what each fact needs to be compared with.

A test says exactly what its fact needs, no more and no less. Which column of a table answers it is another room's business (``scoring``).
"""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self, TypeAlias

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from simulator.rules.values import FrozenModel, Identifier

RatingName: TypeAlias = Literal["failed", "completed", "completed-well", "excellent"]
"""The four yearly gradings, worst first: không hoàn thành, hoàn thành, hoàn thành tốt, hoàn thành xuất sắc nhiệm vụ."""

RATINGS: tuple[RatingName, ...] = ("failed", "completed", "completed-well", "excellent")

Scope: TypeAlias = Literal["grass-roots", "province", "nation"]
"""How far an initiative has been recognised to reach, narrowest first: cơ sở, bộ hoặc tỉnh, toàn quốc."""

SCOPES: tuple[Scope, ...] = ("grass-roots", "province", "nation")

FactName: TypeAlias = Literal[
    "rating",
    "rating-run",
    "rating-count",
    "awarded-this-year",
    "award-run",
    "award-count",
    "years-since-award",
    "unused-initiatives",
    "disciplined-this-year",
    "years-since-discipline",
    "case-pending",
    "service-months",
    "leave-days",
    "old-unit-agrees",
    "years-in-post",
    "role",
    "sector",
    "is-direct-worker",
    "is-woman",
    "works-in-hard-job",
    "works-in-hard-area",
    "members-awarded",
    "members-rated",
    "members-disciplined",
    "women-share",
    "leads-cluster",
    "years-established",
]


class _Needs(NamedTuple):
    keys: tuple[str, ...]
    at_least: Literal["rating", "count"] | None = None
    may: tuple[str, ...] = ()
    either: tuple[str, ...] = ()


_SHARES = ("at_least_share", "more_than_share")

FACTS: Mapping[str, _Needs] = {
    "rating": _Needs(("at_least",), at_least="rating"),
    "rating-run": _Needs(("rating", "at_least"), at_least="count"),
    "rating-count": _Needs(("rating", "within_years", "at_least"), at_least="count"),
    "awarded-this-year": _Needs(("award",)),
    "award-run": _Needs(("award", "at_least"), at_least="count"),
    "award-count": _Needs(("award", "within_years", "at_least"), at_least="count"),
    "years-since-award": _Needs(("award", "at_least"), at_least="count"),
    "unused-initiatives": _Needs(("at_least", "consumed"), at_least="count", may=("scope", "within_years")),
    "disciplined-this-year": _Needs(()),
    "years-since-discipline": _Needs(("at_least",), at_least="count"),
    "case-pending": _Needs(()),
    "service-months": _Needs(("at_least",), at_least="count"),
    "leave-days": _Needs(("below",)),
    "old-unit-agrees": _Needs(()),
    "years-in-post": _Needs(("at_least",), at_least="count"),
    "role": _Needs(("one_of",)),
    "sector": _Needs(("one_of",)),
    "is-direct-worker": _Needs(()),
    "is-woman": _Needs(()),
    "works-in-hard-job": _Needs(()),
    "works-in-hard-area": _Needs(()),
    "members-awarded": _Needs(("award",), may=("at_least", *_SHARES), at_least="count", either=("at_least", *_SHARES)),
    "members-rated": _Needs(("rating",), may=_SHARES, either=_SHARES),
    "members-disciplined": _Needs(("at_least",), at_least="count"),
    "women-share": _Needs((), may=_SHARES, either=_SHARES),
    "leads-cluster": _Needs(()),
    "years-established": _Needs(("at_least",), at_least="count"),
}
"""What each fact must say, what it may say besides, and of which of these it must say one at least; of the two shares never both."""

NOT_OF: Mapping[str, frozenset[str]] = {
    "individual": frozenset({"members-awarded", "members-rated", "members-disciplined", "women-share", "leads-cluster", "years-established"}),
    "collective": frozenset(
        {"is-woman", "is-direct-worker", "role", "works-in-hard-job", "leave-days", "service-months", "old-unit-agrees", "years-in-post"}
    ),
}
"""Facts that a person, or a collective, cannot have: a clause for both (women, or collectives of women, go first) asks each what it can answer."""


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
        The award whose history is looked at, or that members of a collective hold this year.
    rating
        The grading each year of a run or a count, or each member, must reach.
    at_least
        A grading (for ``rating``) or a count of years, times, months, members or initiatives.
    at_least_share
        A share of the members of a collective, from 0 to 1: so much or more.
    more_than_share
        The same, but exactly so much does not suffice: 0.5 for more than half.
    below
        Working days of leave that are already too many.
    within_years
        Length of the window, this year included.
    consumed
        Whether an initiative that served here is used up.
    scope
        How far an initiative must at least be recognised to reach; any initiative counts where it is left out.
    one_of
        Words of which one must hold: roles (``direct``, ``staff``, ``deputy``, ``head``) or sectors.
    """

    __test__: ClassVar[bool] = False  # pytest takes a class of this name for a test

    fact: FactName
    award: Identifier | None = None
    rating: RatingName | None = None
    at_least: CountOrRating | None = None
    at_least_share: float | None = None
    more_than_share: float | None = None
    below: Annotated[int, Field(ge=0)] | None = None
    within_years: Annotated[int, Field(ge=1)] | None = None
    consumed: bool | None = None
    scope: Scope | None = None
    one_of: Annotated[tuple[Identifier, ...], Field(strict=False, min_length=1)] | None = None

    @model_validator(mode="after")
    def _say_what_the_fact_needs(self) -> Self:
        needs = FACTS[self.fact]
        keys = [name for name in type(self).model_fields if name != "fact"]
        given = [key for key in keys if getattr(self, key) is not None]
        for key in given:
            if key not in needs.keys + needs.may:
                raise PydanticCustomError("CS113", "{fact} {key}", {"fact": self.fact, "key": key})
        missing = [key for key in needs.keys if key not in given]
        if needs.either and not set(needs.either) & set(given):
            missing.append("at_least_share")
        if missing:
            raise PydanticCustomError("CS112", "{fact} {needed}", {"fact": self.fact, "needed": ", ".join(missing)})
        if set(_SHARES) <= set(given):
            raise PydanticCustomError("CS121", "one comparison", {"keys": ", ".join(_SHARES)})
        if needs.at_least == "rating" and self.at_least not in RATINGS:
            raise PydanticCustomError("CS104", "{allowed}", {"key": "at_least", "allowed": ", ".join(RATINGS), "found": str(self.at_least)})
        if needs.at_least == "count" and self.at_least is not None and (not isinstance(self.at_least, int) or self.at_least < 1):
            raise PydanticCustomError("CS105", "{expected}", {"key": "at_least", "expected": "@whole-number-from-1", "found": str(self.at_least)})
        return self

    @property
    def share(self) -> float | None:
        """The share that is compared with; None where none is."""
        return self.more_than_share if self.at_least_share is None else self.at_least_share
