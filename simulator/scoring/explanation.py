"""One nominee explained: every clause, the first that failed, and the smallest change a person could make that flips the decision.

The others are held fixed: the nominee joins the places if, with the change, it would be within them or equal to the last. Only what is within the
nominee's own work may change (see :mod:`simulator.scoring.levers`). Whatever the search proposes has been scored again, with everybody else, by the
very rules, before it is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from simulator.errors import InputError
from simulator.rules.award_names import same_words
from simulator.scoring.achievement_names import without_marks
from simulator.scoring.alteration import details_of, value_after, value_now
from simulator.scoring.case_codes import make_finding
from simulator.scoring.columns import columns_of
from simulator.scoring.decision import Decision, decision_of
from simulator.scoring.levers import choices_of
from simulator.scoring.plain import as_plain
from simulator.scoring.scorer import score
from simulator.scoring.scores import reason_as_json
from simulator.scoring.trace import Considered
from simulator.scoring.what_if import WhatIf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.columns import Column
    from simulator.scoring.roster import Roster
    from simulator.scoring.trace import Reason

Outcome: TypeAlias = Literal["found", "already", "places-unknown", "none-within-the-rules", "nothing-actionable", "nothing-to-decide"]
"""Why there is a smallest change, or none."""

DEFAULT_AWARD: Final = "chien-si-thi-dua-co-so"
"""The award explained where a set has it and none is named, as it is the one measured in a register."""
_CONDITIONS: Final = frozenset({"veto", "gate", "eligibility", "cooling-off"})


@dataclass(frozen=True)
class ColumnChange:
    """One column of the smallest change.

    Attributes
    ----------
    column
        The column.
    before, after
        What stands there and what would: an exact number, a word, an answer, or how many there are.
    level
        How far new initiatives must reach, or the level new achievements must have; empty for other columns.
    """

    column: Column
    before: Any
    after: Any
    level: str = ""


@dataclass(frozen=True)
class Explanation:
    """Why one nominee stands where it stands, as data.

    Attributes
    ----------
    table
        Id of the criteria set.
    nominee, row
        What the roster calls the nominee, and its row there.
    award
        The award; None for a set without awards.
    decision
        The decision: eligible, considered, class, points.
    clauses
        Every clause applied, in the order of the set.
    first_failed
        Path of the first clause that failed.
    smallest_change
        The change; None where there is none.
    outcome
        Whether a change was found, and why not.
    reached
        The decision after the change.
    is_exact
        False where so many columns would have to change together that not every smaller sum was tried.
    """

    table: str
    nominee: str
    row: int
    award: str | None
    decision: Decision
    clauses: tuple[Reason, ...]
    first_failed: str | None
    smallest_change: tuple[ColumnChange, ...] | None
    outcome: Outcome
    reached: Decision | None = None
    is_exact: bool = True

    def to_json(self, *, anonymous: bool = False) -> dict[str, Any]:
        """Give the explanation as plain JSON data; ``anonymous`` names the nominee by its row."""
        changes = None if self.smallest_change is None else [_change_as_json(change) for change in self.smallest_change]
        return {
            "table": self.table,
            "nominee": str(self.row) if anonymous else self.nominee,
            "award": self.award,
            "eligible": self.decision.is_eligible,
            "considered": str(self.decision.considered),
            "class": self.decision.class_,
            "score": as_plain(self.decision.points),
            "first_failed": self.first_failed,
            "clauses": [reason_as_json(reason) for reason in self.clauses],
            "smallest_change": changes,
            "outcome": self.outcome,
            "is_exact": self.is_exact,
        }


def explain(criteria: CriteriaSet, roster: Roster, who: str | int, award: str | None = None) -> Explanation:
    """Explain one nominee.

    Parameters
    ----------
    criteria
        The rules.
    roster
        Everybody scored; the others decide about places and means.
    who
        An id, a row number of the sheet, or a name.
    award
        The award; by default as :func:`choose_award` says.

    Raises
    ------
    InputError
        If nobody or several are called so, or the award is not clear.
    """
    position = find_nominee(roster, who)
    award = choose_award(criteria, award)
    scores = score(criteria, roster, award)
    decision = decision_of(scores, position, award)
    reasons = tuple(scores.reasons(position, award))
    choices = choices_of(criteria, columns_of(criteria, roster.year, award), roster, position, award)
    what_if = WhatIf(criteria, roster, position, award, tuple(choices), scores)
    outcome: Outcome
    changes, reached, is_exact = None, None, True
    if what_if.is_at_best(decision):
        outcome = "already" if criteria.awards or criteria.classes else "nothing-to-decide"
    elif decision.is_eligible and decision.considered is Considered.NOT_COUNTED:
        outcome = "places-unknown"
    elif (found := what_if.smallest()) is not None:
        outcome, is_exact = "found", found.is_exact
        reached = what_if.decision_after(found)
        changes = tuple(
            ColumnChange(
                choices[at].column,
                value_now(roster, choices[at], position),
                value_after(roster, choices[at], position, move),
                details_of(choices[at], move).get("level", ""),
            )
            for at, move in found.moves
        )
    else:
        outcome = "none-within-the-rules" if choices else "nothing-actionable"
    return Explanation(
        table=criteria.id,
        nominee=roster.people.ids[position],
        row=int(roster.rows[position]),
        award=award,
        decision=decision,
        clauses=reasons,
        first_failed=first_failed(reasons, decision, award),
        smallest_change=changes,
        outcome=outcome,
        reached=reached,
        is_exact=is_exact,
    )


def first_failed(reasons: Iterable[Reason], decision: Decision, award: str | None) -> str | None:
    """Name the first clause that failed, in the order of the set.

    Places fail only who is eligible, and a class only where there is no award: what was never reached has not failed. A criterion that did not give all
    its points has not failed either.
    """
    kinds = _CONDITIONS | ({"quota"} if decision.is_eligible else set()) | ({"class"} if award is None and decision.is_eligible else set())
    return next((reason.clause for reason in reasons if reason.kind in kinds and not reason.is_met), None)


def find_nominee(roster: Roster, who: str | int) -> int:
    """Find one nominee by id, row number of the sheet, or name, in this order; also without regard to capitals, and a name without its marks.

    No error repeats what was asked.
    """
    text = str(who).strip()
    ways: tuple[tuple[Sequence[str], Callable[[str], str]], ...] = (
        (roster.people.ids, str),
        (tuple(str(row) for row in roster.rows), str),
        (roster.people.names, str),
        (roster.people.ids, same_words),
        (roster.people.names, same_words),
        (roster.people.names, without_marks),
    )
    for labels, way in ways:
        wanted = way(text)
        found = [position for position, label in enumerate(labels) if way(label) == wanted]
        if len(found) == 1:
            return found[0]
        if found:
            rows = ", ".join(str(roster.rows[position]) for position in found)
            raise InputError([make_finding("SR462", roster.file, int(roster.rows[found[0]]), rows=rows)])
    raise InputError([make_finding("SR461", roster.file, 1)])


def choose_award(criteria: CriteriaSet, award: str | None = None) -> str | None:
    """Choose the award to explain: the one named, else the grassroots fighter as where a register is measured, else the only one of individuals.

    A set of awards of collectives alone gives its only one; a set without awards gives none. An unknown award is the scorer's business.

    Raises
    ------
    InputError
        If none is named and the choice is not clear.
    """
    if award is not None or not criteria.awards:
        return award
    of_people = [name for name, entry in criteria.awards.items() if entry.target == "individual"] or list(criteria.awards)
    if DEFAULT_AWARD in criteria.awards:
        return DEFAULT_AWARD
    if len(of_people) == 1:
        return of_people[0]
    file, line = criteria.header_location(len(criteria.headers) - 1, "id")
    raise InputError([make_finding("SR463", file, line, criteria=criteria.id, known=", ".join(criteria.awards))])


def _change_as_json(change: ColumnChange) -> dict[str, Any]:
    entry = {"column": change.column.id, "from": as_plain(change.before), "to": as_plain(change.after)}
    return entry | {"level": change.level} if change.level else entry
