"""What a nominee can be, fact by fact: every way the tests of one thing can come out together, each with the smallest nominee that shows it.

A run of three years implies a run of two; twice within five years needs two years; who was disciplined this year has no clean year behind them. Tests of
one thing are therefore answered together, from the same numbers or the same years; tests of different things are free of one another.
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise, product
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from simulator.rules.conditions import TOTAL, ClassTest, PointsTest
from simulator.rules.facts import RATINGS, SCOPES, Test
from simulator.rules.intervals import HIGHEST, LOWEST, Interval
from simulator.rules.values import exact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from fractions import Fraction

    from simulator.rules.conditions import SingleTest
    from simulator.rules.intervals import Edge

FULL_TOTAL = "@full-total"
"""What a share of the total is taken of, among the most that each part can give: bonus is not in it."""

MOST_HISTORIES = 5_000
"""Above so many ways, the tests of one thing are taken as free of one another: fewer contradictions are found, and none that is not there."""

_A_LITTLE = exact(0.000001)

Answers: TypeAlias = "Mapping[SingleTest, bool]"

_HISTORY_FACTS = frozenset({"awarded-this-year", "award-run", "award-count", "years-since-award"})
_RATING_FACTS = frozenset({"rating", "rating-run", "rating-count"})
_DISCIPLINE_FACTS = frozenset({"disciplined-this-year", "years-since-discipline"})
_MEANS = ("at_least_share_of_mean", "below_share_of_mean")


class Way(NamedTuple):
    """One way the tests of one thing can come out.

    Attributes
    ----------
    answers
        Whether each test holds.
    size
        How much the nominee must have for it; an empty nominee has 0.
    shown
        What the nominee has, in the words of a file: ``service-months 10``.
    span
        The part of a scoring table and the points it then has.
    """

    answers: Answers
    size: int
    shown: str
    span: tuple[str, Interval] | None = None


def ways(tests: Iterable[SingleTest], most: Mapping[str, Fraction]) -> list[list[Way]]:
    """Give, for each thing the tests look at, every way it can come out, the smallest nominee first.

    Tests of one thing with too many histories come apart, each a thing of its own: all the ways of twenty free tests together would be a million.

    Parameters
    ----------
    tests
        The tests.
    most
        The most each part of the scoring table can give.
    """
    groups: dict[tuple[str, ...], list[SingleTest]] = {}
    for test in dict.fromkeys(tests):
        groups.setdefault(_thing(test), []).append(test)
    found = []
    for thing, group in groups.items():
        top = most.get(thing[1]) if thing[0] == "points" else None
        full = most.get(FULL_TOTAL, top) if thing == ("points", TOTAL) else top
        parts = [tuple(group)] if _can_be_tried(thing, group) else [(test,) for test in group]
        found += [_ways_of(thing, part, top, full) for part in parts]
    return found


def _thing(test: SingleTest) -> tuple[str, ...]:
    """Name what a test looks at."""
    if isinstance(test, ClassTest):
        return ("class",)
    if isinstance(test, PointsTest):
        of_mean = [key for key in _MEANS if getattr(test, key) is not None]
        return ("mean", test.points, *of_mean, str(getattr(test, of_mean[0]))) if of_mean else ("points", test.points)
    of_what = _OF_WHAT.get(test.fact)
    return (test.fact,) if of_what is None else of_what(test)


_OF_WHAT: Mapping[str, Callable[[Test], tuple[str, ...]]] = {
    **dict.fromkeys(_RATING_FACTS, lambda _test: ("rating",)),
    **dict.fromkeys(_DISCIPLINE_FACTS, lambda _test: ("discipline",)),
    **dict.fromkeys(_HISTORY_FACTS, lambda test: ("award", str(test.award))),
    "unused-initiatives": lambda test: (test.fact, str(test.within_years)),
    "members-awarded": lambda test: (test.fact, str(test.award), "count" if test.share is None else "share"),
    "members-rated": lambda test: (test.fact, str(test.rating)),
}


@lru_cache(maxsize=512)
def _ways_of(thing: tuple[str, ...], tests: tuple[SingleTest, ...], most: Fraction | None, full: Fraction | None) -> list[Way]:
    candidates = _points(tests, most, full) if thing[0] == "points" else _CANDIDATES.get(thing[0], _numbers)(tests)
    smallest: dict[tuple[bool, ...], Way] = {}
    for way in candidates:
        key = tuple(way.answers[test] for test in tests)
        if key not in smallest or way.size < smallest[key].size:
            smallest[key] = way
    return sorted(smallest.values(), key=lambda way: way.size)


def _free(tests: Sequence[SingleTest]) -> Iterator[Way]:
    for held in product((False, True), repeat=len(tests)):
        yield Way(dict(zip(tests, held, strict=True)), sum(held), "")


def _facts(tests: Sequence[SingleTest]) -> list[Test]:
    return [test for test in tests if isinstance(test, Test)]


def _bound(test: Test) -> Fraction:
    """Give the number at which a test of one number turns."""
    for value in (test.share, test.below, test.at_least):
        if isinstance(value, int | float):
            return exact(value)
    return exact(1)


def _numbers(tests: Sequence[SingleTest]) -> Iterator[Way]:
    """Take a number, or yes and no: one candidate at each bound, a little above one that must be passed, and nothing at all."""
    facts = _facts(tests)
    passed = {_bound(test) + _A_LITTLE for test in facts if test.more_than_share is not None and test.more_than_share < 1}
    bounds = sorted({_bound(test) for test in facts} | passed | {exact(0)})
    for size, value in enumerate(bounds):
        answers: dict[SingleTest, bool] = {test: _reaches(value, test) for test in facts}
        is_plain = all(test.at_least is None and test.share is None and test.below is None for test in facts)
        yield Way(answers, size, ("" if not value else facts[0].fact) if is_plain else f"{facts[0].fact} {float(value):g}" if value else "")


def _reaches(value: Fraction, test: Test) -> bool:
    if test.below is not None:
        return value < _bound(test)
    return value > _bound(test) if test.more_than_share is not None else value >= _bound(test)


def _words(tests: Sequence[SingleTest]) -> Iterator[Way]:
    facts = _facts(tests)
    named = dict.fromkeys(word for test in facts for word in test.one_of or ())
    others = [""] if facts[0].fact == "sector" else [role for role in ("direct", "staff", "deputy", "head") if role not in named]
    for word in (*others[:1], *named):
        yield Way({test: word in (test.one_of or ()) for test in facts}, int(word in named), f"{facts[0].fact} {word}" if word in named else "")


def _classes(tests: Sequence[SingleTest]) -> Iterator[Way]:
    named = [test for test in tests if isinstance(test, ClassTest)]
    for size, word in enumerate(("", *dict.fromkeys(name for test in named for name in test.class_))):
        yield Way({test: word in test.class_ for test in named}, int(size > 0), f"class {word}" if word else "")


def _points(tests: Sequence[SingleTest], most: Fraction | None, full: Fraction | None) -> Iterator[Way]:
    """Points at each bound and just below it, from 0 to the most that can be had; an event may also take off."""
    named = [test for test in tests if isinstance(test, PointsTest)]
    bounds = {test: exact(value) * factor for test in named for value, factor in _comparison(test, exact(100) if full is None else full)}
    values = sorted({exact(0), *(bound for bound in bounds.values() if bound > 0 and (most is None or bound <= most))})
    ends: list[Edge] = [(value, -1) for value in values[1:]]
    for size, (value, end) in enumerate(zip(values, [*ends, HIGHEST if most is None else (most, 1)], strict=True)):
        answers: dict[SingleTest, bool] = {
            test: value >= bound if test.at_least is not None or test.at_least_share is not None else value < bound for test, bound in bounds.items()
        }
        start: Edge = (value, -1) if value else LOWEST
        yield Way(answers, size, f"{named[0].points} {float(value):g}" if value else "", (named[0].points, Interval(start, end)))


def _comparison(test: PointsTest, top: Fraction) -> Iterator[tuple[float, Fraction]]:
    for value, factor in ((test.at_least, exact(1)), (test.below, exact(1)), (test.at_least_share, top), (test.below_share, top)):
        if value is not None:
            yield value, factor


def _discipline(tests: Sequence[SingleTest]) -> Iterator[Way]:
    """Never, or so many years ago; this year is no year ago."""
    facts = _facts(tests)
    bounds = sorted({int(_bound(test)) for test in facts if test.fact == "years-since-discipline"}, reverse=True)
    for size, (ago, shown) in enumerate([(None, ""), *((years, f"years-since-discipline {years}") for years in bounds), (0, ""), (-1, "")]):
        years = 10**6 if ago is None else max(ago, 0)
        answers: dict[SingleTest, bool] = {test: ago == -1 if test.fact == "disciplined-this-year" else years >= _bound(test) for test in facts}
        text = {0: "years-since-discipline 0", -1: "disciplined-this-year"}.get(1 if ago is None else ago, shown)
        yield Way(answers, size, text)


def _initiatives(tests: Sequence[SingleTest]) -> Iterator[Way]:
    """How many reach each scope; who reaches the nation reaches the province."""
    facts = _facts(tests)
    bounds = sorted({int(_bound(test)) for test in facts} | {0})
    for any_scope, province, nation in product(bounds, repeat=3):
        if not any_scope >= province >= nation:
            continue
        reached = {None: any_scope, "grass-roots": any_scope, "province": province, "nation": nation}
        answers: dict[SingleTest, bool] = {test: reached[test.scope] >= _bound(test) for test in facts}
        shown = [f"unused-initiatives {any_scope}"] if any_scope else []
        shown += [f"{scope} {reached[scope]}" for scope in SCOPES[1:] if reached[scope]]
        yield Way(answers, any_scope + province + nation, ", ".join(shown))


def _can_be_tried(thing: tuple[str, ...], tests: Sequence[SingleTest]) -> bool:
    """Tell whether all histories the tests of one thing can tell apart are few enough to be gone through."""
    if thing[0] == "mean":
        return False
    facts = _facts(tests)
    if thing[0] == "award":
        return math.prod(len(times) for _length, times in _stretches(facts)) <= MOST_HISTORIES
    return thing[0] != "rating" or len(_levels(facts)) ** _years_tried(facts) <= MOST_HISTORIES


def _years_tried(facts: Sequence[Test]) -> int:
    return max(_years_back(test) for test in facts)


def _stretches(facts: Sequence[Test]) -> list[tuple[int, range]]:
    """Part the years at the ends of what the tests look at; give how long each stretch is, and how often the award may be won in it.

    No test can tell in which years of a stretch it was won, nor how much oftener than the most that any of them asks for: thirty years in which it was once won
    at least twice are three cases, and not 2³⁰.
    """
    most = max((int(_bound(test)) for test in facts if test.fact in {"award-run", "award-count"}), default=1)
    ends = sorted({0, *(_years_back(test) for test in facts)})
    return [(end - start, range(min(end - start, max(most, 1)) + 1)) for start, end in pairwise(ends)]


def _awards(tests: Sequence[SingleTest]) -> Iterator[Way]:
    facts = _facts(tests)
    stretches = _stretches(facts)
    for times in product(*(often for _length, often in stretches)):
        won = [year >= length - n_won for (length, _often), n_won in zip(stretches, times, strict=True) for year in range(length)]
        answers: dict[SingleTest, bool] = {test: _AWARD_TESTS[test.fact](test, won) for test in facts}
        yield Way(answers, sum(won), _show_years(str(facts[0].award), won))


def _ratings(tests: Sequence[SingleTest]) -> Iterator[Way]:
    """Take the gradings of some years; only the gradings a test asks for, and the lowest."""
    facts = _facts(tests)
    levels = _levels(facts)
    if not _can_be_tried(("rating",), tests):
        yield from _free(tests)
        return
    for history in product(levels, repeat=_years_tried(facts)):
        answers: dict[SingleTest, bool] = {test: _RATING_TESTS[test.fact](test, history) for test in facts}
        shown = "; ".join(
            _show_years(RATINGS[level], [rating == level for rating in history]) for level in reversed(levels) if level and level in history
        )
        yield Way(answers, sum(history), f"rating {shown}" if shown else "")


def _levels(facts: Sequence[Test]) -> list[int]:
    return sorted({0, *(_level(test) for test in facts)})


def _level(test: Test) -> int:
    word = test.rating if test.rating is not None else test.at_least
    return RATINGS.index(word) if word in RATINGS else 0


def _years_back(test: Test) -> int:
    """Tell how many years, this one included, a test looks at."""
    if test.fact in {"rating", "awarded-this-year"}:
        return 1
    if test.fact in {"award-count", "rating-count"}:
        return test.within_years or 1
    return int(_bound(test))


def _show_years(name: str, marked: Sequence[bool]) -> str:
    """Say in which years: 0 is this year, 1 the year before."""
    years = [str(-index) if index else "0" for index, is_marked in enumerate(marked) if is_marked]
    return f"{name} ({', '.join(years)})" if years else ""


_AWARD_TESTS: Mapping[str, Callable[[Test, Sequence[bool]], bool]] = {
    "awarded-this-year": lambda _test, won: won[0],
    "award-run": lambda test, won: all(won[: int(_bound(test))]),
    "award-count": lambda test, won: sum(won[: test.within_years]) >= _bound(test),
    "years-since-award": lambda test, won: not any(won[: int(_bound(test))]),
}
_RATING_TESTS: Mapping[str, Callable[[Test, Sequence[int]], bool]] = {
    "rating": lambda test, history: history[0] >= _level(test),
    "rating-run": lambda test, history: all(rating >= _level(test) for rating in history[: int(_bound(test))]),
    "rating-count": lambda test, history: sum(rating >= _level(test) for rating in history[: test.within_years]) >= _bound(test),
}
_CANDIDATES: Mapping[str, Callable[[Sequence[SingleTest]], Iterator[Way]]] = {
    "class": _classes,
    "mean": _free,
    "rating": _ratings,
    "award": _awards,
    "discipline": _discipline,
    "unused-initiatives": _initiatives,
    "role": _words,
    "sector": _words,
}
