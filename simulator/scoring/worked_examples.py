"""Worked examples of a set: nominees made to show each rule, and decided by the very code that decides real ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, Literal, TypeAlias

from simulator.rules.clauses import CoolingOff, Eligibility
from simulator.rules.conditions import TOTAL, PointsTest
from simulator.rules.points import Deduct, Mark, every_criterion, iter_parts
from simulator.rules.values import exact
from simulator.scoring.award_order import chain_of
from simulator.scoring.explanation import explain
from simulator.scoring.made_nominees import MadeNominee

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.explanation import Explanation
    from simulator.scoring.roster import Roster

Shows: TypeAlias = Literal["eligible", "fails", "best", "misses", "beside", "once", "veto", "near-miss", "nothing"]
"""What an example is made to show."""
_TURNS, _PASSES, _MOST_MORE = 6, 2, 3


@dataclass(frozen=True)
class WorkedExample:
    """One made-up nominee and the decision on it.

    Attributes
    ----------
    shows
        What it was made for.
    clause
        Path of the clause or criterion that is missed; empty where none is.
    award
        The award; None for a scoring table.
    roster
        The list with this one nominee.
    explanation
        The decision, every clause with what was observed, and the smallest change that would flip it.
    """

    shows: Shows
    clause: str
    award: str | None
    roster: Roster
    explanation: Explanation


def day_of(criteria: CriteriaSet) -> datetime.date:
    """Give the day on which examples are decided: when the set was last checked, or the last day it was valid. No clock is asked."""
    start, end = criteria.valid_from, criteria.valid_until
    if start is None:
        return criteria.checked_on
    day = max(start, criteria.checked_on)
    return day if end is None else max(start, min(day, end))


def examples_of_award(criteria: CriteriaSet, award: str, on: datetime.date) -> list[WorkedExample]:
    """Show one award: somebody who meets every condition, then, clause by clause, the same nominee without what the clause asks.

    Where points are asked for, the first has as few as are enough, and the one who fails as many as are not, of those that can be made.

    Nothing is shown of an award for which nobody could be made; that is no proof that nobody can have it.

    Raises
    ------
    InputError
        If no list can be scored for this award at all.
    """
    found = _make_eligible(criteria, award, on)
    if found is None:
        return []
    nominee, eligible = found
    enough = [example for lowered in _lowered(nominee, eligible) if (example := _decide(lowered, "eligible")).explanation.decision.is_eligible]
    return [min([eligible, *enough], key=_points), *_failing(nominee, award)]


def examples_of_table(criteria: CriteriaSet, on: datetime.date) -> list[WorkedExample]:
    """Show a scoring table: all points, a criterion of each kind just beside its most, just below the best class, each veto, and the lowest class."""
    criteria = table_alone(criteria)
    best = MadeNominee(criteria, on, None)
    best.fill(is_best=True)
    _meet_conditions(best)
    shown = [_decide(best, "best")]
    for path in _most_telling(criteria):
        missing = best.copy()
        if missing.put_beside(path):
            shows: Shows = "once" if isinstance(dict(iter_parts(criteria.points))[path], Deduct) else "beside"
        else:
            missing.fill(is_best=False, paths=frozenset({path}))
            shows = "misses"
        shown.append(_decide(missing, shows, f"points.{path}"))
    shown += _near_miss(best, shown[0])
    for name, veto in criteria.vetoes.items():
        for turn in range(_TURNS):
            struck = best.copy()
            struck.make(veto.when, holds=True, turn=turn)
            example = _decide(struck, "veto", f"vetoes.{name}")
            if any(reason.clause == example.clause and not reason.is_met for reason in example.explanation.clauses):
                shown.append(example)
                break
    if not criteria.classes:
        return shown
    nothing = MadeNominee(criteria, on, None)
    nothing.fill(is_best=False)
    return [*shown, _decide(nothing, "nothing")]


def table_alone(criteria: CriteriaSet) -> CriteriaSet:
    """Give the scoring table of a set that also gives awards, which are shown by themselves."""
    return replace(criteria, rules=criteria.rules.model_copy(update={"awards": {}})) if criteria.awards else criteria


def _decide(nominee: MadeNominee, shows: Shows, clause: str = "") -> WorkedExample:
    roster = nominee.to_roster()
    return WorkedExample(shows, clause, nominee.award, roster, explain(nominee.criteria, roster, "#1", nominee.award))


def _make_eligible(criteria: CriteriaSet, award: str, on: datetime.date) -> tuple[MadeNominee, WorkedExample] | None:
    # Whoever is said to hold a lower award of the year must be somebody who could have had it.
    stands_on = [name for wave in chain_of(criteria, award) for name in wave]
    for turn in range(_TURNS):
        nominee = _meeting(criteria, award, stands_on, on, turn)
        for _ in range(1 + _MOST_MORE):
            example = _decide(nominee, "eligible")
            if example.explanation.decision.is_eligible:
                return nominee, example
            if not nominee.initiatives:
                break
            nominee.initiatives.append(nominee.initiatives[-1])  # the lower award may have used up what the higher one asks for
    return _make_of_lower_class(criteria, award, on)


def _meeting(criteria: CriteriaSet, award: str, stands_on: Sequence[str], on: datetime.date, turn: int = 0) -> MadeNominee:
    """Make a nominee of an award who has what some awards ask; a later condition may undo what an earlier one put in, so all are gone through again."""
    nominee = MadeNominee(criteria, on, award)
    for _ in range(_PASSES):
        for name in stands_on:
            for clause in criteria.awards[name].clauses.values():
                if isinstance(clause, Eligibility):
                    nominee.make(clause.requires, holds=True, turn=turn)
    return nominee


def _make_of_lower_class(criteria: CriteriaSet, award: str, on: datetime.date) -> tuple[MadeNominee, WorkedExample] | None:
    """Look for somebody who meets the conditions with fewer points than all: an award may ask for a class that is not the best."""
    for missing in _fewer_and_fewer(criteria):
        nominee = MadeNominee(criteria, on, award)
        nominee.fill(is_best=True)
        nominee.fill(is_best=False, paths=missing)
        example = _decide(nominee, "eligible")
        if example.explanation.decision.is_eligible:
            return nominee, example
    return None


def _failing(nominee: MadeNominee, award: str) -> Iterator[WorkedExample]:
    for clause_id, clause in nominee.criteria.awards[award].clauses.items():
        path = f"{award}.{clause_id}"
        if isinstance(clause, CoolingOff) and clause.years > 0:
            failing = nominee.copy()
            failing.awards.setdefault(award, set()).add(nominee.year - 1)
            tried = [failing]
        elif isinstance(clause, Eligibility):
            # Who could have a lower award of the year is proposed for it at once: only who could not can lack it.
            alone = _meeting(nominee.criteria, award, [award], nominee.on)
            tried = [each.copy() for each in (nominee, alone) for _ in range(_TURNS)]
            for at, each in enumerate(tried):
                each.make(clause.requires, holds=False, turn=at % _TURNS)
        else:
            continue
        if isinstance(clause, Eligibility) and isinstance(clause.requires, PointsTest):
            near = (_decide(each, "fails", path) for each in _lowered(nominee, _decide(nominee, "eligible")))
            if (nearest := max((each for each in near if _fails_at(each, path)), key=_points, default=None)) is not None:
                yield nearest
                continue
        failing_there = (example for each in tried if _fails_at(example := _decide(each, "fails", path), path))
        yield from islice(failing_there, 1)


def _fails_at(example: WorkedExample, path: str) -> bool:
    return not example.explanation.decision.is_eligible and example.explanation.first_failed == path


def _points(example: WorkedExample) -> Fraction:
    return Fraction(example.explanation.decision.points or 0)


def _lowered(nominee: MadeNominee, full: WorkedExample) -> Iterator[MadeNominee]:
    """Give nominees with fewer points, on both sides of every bound that points are tested against: by one mark, else by whole criteria, the lightest first."""
    parts = dict(iter_parts(nominee.criteria.points))
    marks = sorted((path for path, part in parts.items() if isinstance(part, Mark)), key=lambda path: -parts[path].points)
    penalties = tuple(f"{path}." for path, part in parts.items() if part.kind == "penalty")
    for bound in _bounds_of(nominee.criteria, nominee.award):
        for path in marks:
            for at in (bound, bound - 1):
                left = exact(parts[path].points) - (_points(full) - at)
                if left.denominator == 1 and 0 <= left <= parts[path].points and not path.startswith(penalties):
                    lowered = nominee.copy()
                    lowered.mark(path, int(left))
                    yield lowered
    if _bounds_of(nominee.criteria, nominee.award):
        for missing in _fewer_and_fewer(nominee.criteria):
            lowered = nominee.copy()
            lowered.fill(is_best=False, paths=missing)
            yield lowered


def _bounds_of(criteria: CriteriaSet, award: str | None) -> list[Fraction]:
    """Give the points that an award asks for in all, or that parts the best class of a table from the next."""
    if award is None:
        best = next(iter(criteria.classes.values()), None)
        return [] if best is None or best.at_least is None else [exact(best.at_least)]
    asked = [clause.requires for clause in criteria.awards[award].clauses.values() if isinstance(clause, Eligibility)]
    return [exact(each.at_least) for each in asked if isinstance(each, PointsTest) and each.points == TOTAL and each.at_least is not None]


def _meet_conditions(nominee: MadeNominee) -> None:
    """Meet what the best class asks besides points, and no veto."""
    for name in list(nominee.criteria.classes)[:1]:
        requires = nominee.criteria.classes[name].requires
        if requires is not None:
            nominee.make(requires, holds=True)
    for veto in nominee.criteria.vetoes.values():
        nominee.make(veto.when, holds=False)
    nominee.fill(is_best=True)


def _most_telling(criteria: CriteriaSet) -> list[str]:
    """Name the criterion that weighs most of each kind: another of the same kind would show the same again."""
    parts = dict(iter_parts(criteria.points))
    heaviest: dict[str, str] = {}
    for path in every_criterion(criteria.points):
        kind = parts[path].kind
        if kind not in heaviest or parts[path].points > parts[heaviest[kind]].points:
            heaviest[kind] = path
    return sorted(heaviest.values(), key=lambda path: -parts[path].points)


def _near_miss(best: MadeNominee, full: WorkedExample) -> list[WorkedExample]:
    """Lower the points until the class is lost: the nominee nearest to it of those who can be made so."""
    tried = (_decide(nominee, "near-miss") for nominee in _lowered(best, full))
    nearest = max((each for each in tried if each.explanation.decision.class_ != full.explanation.decision.class_), key=_points, default=None)
    return [] if nearest is None else [nearest]


def _fewer_and_fewer(criteria: CriteriaSet) -> Iterator[frozenset[str]]:
    """Name the criteria without points: the lightest, then the two lightest, and so on."""
    parts = dict(iter_parts(criteria.points))
    lightest = sorted(every_criterion(criteria.points), key=lambda path: parts[path].points)
    return (frozenset(lightest[:n]) for n in range(1, len(lightest) + 1))
