"""Worked examples of a set: nominees made to show each rule, and decided by the very code that decides real ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from simulator.rules.clauses import CoolingOff, Eligibility
from simulator.rules.points import every_criterion, iter_parts
from simulator.scoring.award_order import chain_of
from simulator.scoring.explanation import explain
from simulator.scoring.made_nominees import MadeNominee

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.explanation import Explanation
    from simulator.scoring.roster import Roster

Shows: TypeAlias = Literal["eligible", "fails", "best", "misses", "veto", "near-miss", "nothing"]
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
    day = max(criteria.valid_from, criteria.checked_on)
    return day if criteria.valid_until is None else max(criteria.valid_from, min(day, criteria.valid_until))


def examples_of_award(criteria: CriteriaSet, award: str, on: datetime.date) -> list[WorkedExample]:
    """Show one award: somebody who meets every condition, then, clause by clause, the same nominee without what the clause asks.

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
    return [eligible, *_failing(nominee, award)]


def examples_of_table(criteria: CriteriaSet, on: datetime.date) -> list[WorkedExample]:
    """Show a scoring table: all points, one criterion missed, just below the best class, each veto, nothing at all."""
    criteria = table_alone(criteria)
    best = MadeNominee(criteria, on, None)
    best.fill(is_best=True)
    _meet_conditions(best)
    shown = [_decide(best, "best")]
    for path in _most_telling(criteria):
        missing = best.copy()
        missing.fill(is_best=False, paths=frozenset({path}))
        shown.append(_decide(missing, "misses", f"points.{path}"))
    shown += _near_misses(best, shown[0])
    for name, veto in criteria.vetoes.items():
        for turn in range(_TURNS):
            struck = best.copy()
            struck.make(veto.when, holds=True, turn=turn)
            example = _decide(struck, "veto", f"vetoes.{name}")
            if any(reason.clause == example.clause and not reason.is_met for reason in example.explanation.clauses):
                shown.append(example)
                break
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
        for each in tried:
            example = _decide(each, "fails", path)
            if not example.explanation.decision.is_eligible and example.explanation.first_failed == path:
                yield example
                break


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
    """Name the criterion that weighs most in each section that gives points at all, three at most."""
    parts = dict(iter_parts(criteria.points))
    heaviest: dict[str, str] = {}
    for path in every_criterion(criteria.points):
        section = path.partition(".")[0]
        if section not in heaviest or parts[path].points > parts[heaviest[section]].points:
            heaviest[section] = path
    return sorted(heaviest.values(), key=lambda path: -parts[path].points)[:3]


def _near_misses(best: MadeNominee, full: WorkedExample) -> Iterator[WorkedExample]:
    """Take away criterion by criterion, the lightest first, until the class is lost: the nominee nearest to it of those made so."""
    for missing in _fewer_and_fewer(best.criteria) if best.criteria.classes else ():
        nominee = best.copy()
        nominee.fill(is_best=False, paths=missing)
        example = _decide(nominee, "near-miss")
        if example.explanation.decision.class_ != full.explanation.decision.class_:
            if len(missing) > 1:  # one alone has been shown among the criteria missed
                yield example
            return


def _fewer_and_fewer(criteria: CriteriaSet) -> Iterator[frozenset[str]]:
    """Name the criteria without points: the lightest, then the two lightest, and so on."""
    parts = dict(iter_parts(criteria.points))
    lightest = sorted(every_criterion(criteria.points), key=lambda path: parts[path].points)
    return (frozenset(lightest[:n]) for n in range(1, len(lightest) + 1))
