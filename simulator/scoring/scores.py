"""What scoring found, as arrays, with the reasons on demand."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from simulator.errors import InputError
from simulator.scoring.case_codes import make_finding
from simulator.scoring.plain import as_number, as_plain, source_as_json
from simulator.scoring.plain_table import PlainTable
from simulator.scoring.reasons import failed_classes, failed_vetoes, reasons_for_award, reasons_of_table
from simulator.scoring.standing import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from simulator._types import BoolArray, IndexArray
    from simulator.errors import Finding
    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.award_places import AwardPlaces
    from simulator.scoring.facts import Facts
    from simulator.scoring.point_columns import Amounts
    from simulator.scoring.point_table import TablePoints
    from simulator.scoring.roster import Roster
    from simulator.scoring.trace import Reason


@dataclass(frozen=True)
class AwardResult:
    """What became of (n,) nominees for one award, or by one scoring table.

    Attributes
    ----------
    award
        The award; None for a scoring table that gives none.
    eligible
        (n,) who meets every condition and is kept out by no veto.
    considered
        (n,) words of :class:`~simulator.scoring.trace.Considered`.
    group
        (n,) who is ranked together: nominees who share places; without a quota those of a cluster, else of a unit, else everybody.
    rank
        (n,) rank among the eligible of the group, equals sharing the smaller one; 0 for who is not ranked.
    points
        (n,) total in billionths of a point; None for a set without points.
    class_
        (n,) class after vetoes, None where there is none; None for a set without classes.
    is_tied
        (n,) who is equal to another after every tie-break: in the group, where points or tie-breaks order it, or at the last place.
    places
        The places of the award; None without a quota.
    met
        Path of every condition, gate and wait of the award → (n,) who meets it.
    facts
        The facts as they stood when the award was decided.
    is_parted
        (n,) who had as many points as another of the group, and needed the tie-breaks.
    tie_breaks
        Paths of the tie-breaks asked, in order.
    is_limited
        (n,) who would stand better without the floor for direct workers and the cap for leaders.
    part_met
        Path of a clause → who meets each numbered part of its condition, kept once somebody asked.
    """

    award: str | None
    eligible: BoolArray
    considered: NDArray[np.str_]
    group: IndexArray
    rank: IndexArray
    points: Amounts | None
    class_: NDArray[np.object_] | None
    is_tied: BoolArray
    places: AwardPlaces | None = None
    met: Mapping[str, BoolArray] = field(default_factory=dict, repr=False)
    facts: Facts | None = field(default=None, repr=False)
    is_parted: BoolArray | None = field(default=None, repr=False)
    tie_breaks: tuple[str, ...] = ()
    is_limited: BoolArray | None = field(default=None, repr=False)
    part_met: dict[str, tuple[BoolArray, ...]] = field(default_factory=dict, repr=False)

    def quota_of(self, position: int) -> dict[str, Any]:
        """Give the places of the pool a nominee is in: ``places`` (None where nobody can tell), ``unit`` (None for everybody), ``rounding``.

        All three are None where there is no quota.
        """
        if self.places is None:
            return {"places": None, "unit": None, "rounding": None}
        pool = int(self.places.pools.of_nominee[position])
        n_places = int(self.places.n_places[pool])
        return {
            "places": None if n_places == UNKNOWN else n_places,
            "unit": self.places.pools.names[pool] or None,
            "rounding": self.places.rounding,
        }


@dataclass(frozen=True)
class Scores:
    """What scoring found.

    Attributes
    ----------
    table
        Id of the set or scoring table.
    criteria, roster
        What was scored by what.
    results
        One result for each award asked for, lowest level first; one with ``award=None`` for a set without awards.
    results_before
        Results of awards that the one asked for rests on.
    points
        The points of every part, classes and vetoes; None for a set without any of them.
    notes
        What was not judged, places nobody could count, and initiatives that several awards rest on: warnings.
    shared
        Position → the awards that put the nominee forward and together need more initiatives than it has; nothing is decided between them.
    """

    table: str
    criteria: CriteriaSet = field(repr=False)
    roster: Roster = field(repr=False)
    results: list[AwardResult] = field(repr=False)
    results_before: list[AwardResult] = field(default_factory=list, repr=False)
    points: TablePoints | None = field(default=None, repr=False)
    notes: tuple[Finding, ...] = ()
    shared: Mapping[int, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def result(self, award: str | None = None) -> AwardResult:
        """Give the result of one award; without one, of the only one there is.

        Raises
        ------
        InputError
            If none is named and there are several.
        KeyError
            If the award was not scored.
        """
        if award is None and len(self.results) > 1:
            file, line = self.criteria.header_location(len(self.criteria.headers) - 1, "id")
            known = ", ".join(str(result.award) for result in self.results)
            raise InputError([make_finding("SR463", file, line, criteria=self.table, known=known)])
        if award is None:
            return self.results[0]
        for result in (*self.results, *self.results_before):
            if result.award == award:
                return result
        raise KeyError(award)

    def reasons(self, position: int, award: str | None = None) -> list[Reason]:
        """Say why one nominee stands where it stands: vetoes, criteria, sections and the class of the table, then the clauses of the award.

        They are put into words of data only now, from the arrays that scoring kept.
        """
        result = self.result(award)
        of_table = [] if self.points is None else reasons_of_table(self.criteria, self.roster, self.points, position)
        return [*of_table, *reasons_for_award(self.criteria, self.roster, self.points, result, position)]

    def to_json(self, *, anonymous: bool = False, reasons: Literal["failed", "all"] = "failed") -> dict[str, Any]:
        """Give everything as plain data.

        Parameters
        ----------
        anonymous
            Nominees are called by their row in the file.
        reasons
            Only clauses that are not met and points lost, or all clauses.
        """
        return {"table": self.table, "nominees": list(self._nominees(anonymous=anonymous, only_failed=reasons == "failed"))}

    def _shared_with(self, position: int, award: str | None) -> list[str]:
        awards = self.shared.get(position, ())
        return list(awards) if award in awards else []

    def _nominees(self, *, anonymous: bool, only_failed: bool) -> Iterator[dict[str, Any]]:
        plain = None if self.points is None else PlainTable(self.criteria, self.roster, self.points)
        for result in self.results:
            for position in range(self.roster.n_nominees):
                row = int(self.roster.rows[position])
                score = None if result.points is None or self.points is None else self.points.exact_points(position)
                yield {
                    "id": str(row) if anonymous else self.roster.people.ids[position],
                    "row": row,
                    "award": result.award,
                    **_score_as_json(score),
                    "rank": int(result.rank[position]) or None,
                    "class": None if result.class_ is None else result.class_[position],
                    "eligible": bool(result.eligible[position]),
                    "considered": str(result.considered[position]),
                    "tie": bool(result.is_tied[position]),
                    "quota": result.quota_of(position),
                    "shared_initiatives": self._shared_with(position, result.award),
                    "reasons": self._failed(plain, result, position)
                    if only_failed
                    else [reason_as_json(reason) for reason in self.reasons(position, result.award)],
                }

    def _failed(self, plain: PlainTable | None, result: AwardResult, position: int) -> list[dict[str, Any]]:
        """Give the reasons that are not met; what is met is not put together at all."""
        told: list[dict[str, Any]] = []
        if plain is not None:
            table = plain.table
            told += [reason_as_json(reason) for reason in failed_vetoes(self.criteria, self.roster, table, position)]
            told += plain.lost_parts(position)
            told += [reason_as_json(reason) for reason in failed_classes(self.criteria, self.roster, table, position, plain.see)]
        of_award = reasons_for_award(self.criteria, self.roster, self.points, result, position, only_failed=True)
        return [*told, *(reason_as_json(reason) for reason in of_award if not reason.is_met)]


def _score_as_json(score: Fraction | None) -> dict[str, Any]:
    """Give a total as a number, and beside it the exact fraction where the number had to be rounded."""
    if score is None:
        return {"score": None}
    number = as_number(score)
    return {"score": number} | ({} if Fraction(str(number)) == score else {"score_exact": f"{score.numerator}/{score.denominator}"})


def reason_as_json(reason: Reason) -> dict[str, Any]:
    """Give a reason as plain data."""
    return {
        "clause": reason.clause,
        "kind": reason.kind,
        "met": reason.is_met,
        "observed": as_plain(reason.observed),
        "required": as_plain(reason.required),
        "points": None if reason.points is None else as_number(reason.points),
        "most": None if reason.most is None else as_number(reason.most),
        "source": source_as_json(reason.source),
        "parts": [
            {"place": part.place, "met": part.is_met, "observed": as_plain(part.observed), "required": as_plain(part.required)}
            for part in reason.parts
        ],
    }
