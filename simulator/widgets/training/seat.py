"""A seat as the head of a unit: the model's other units nominate as assumed, one nominates as somebody chooses, and then the same choices meet another rule.

Years are lived anew from the same seed each time something is chosen, so that nothing but the choice differs. Whoever is not put forward by that head is not
awarded, and whoever is may be refused: by a condition of the title, or because others took the places.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

import numpy as np

from simulator.experiments.scenarios.assumptions import load_assumptions
from simulator.history import FIRST_LEADING_ROLE
from simulator.model.model import AwardModel
from simulator.model.structures import WeighingUnit
from simulator.population.generator import generate
from simulator.rules.assembly import read_criteria
from simulator.rules.values import exact
from simulator.scoring.facts import RATING_OF_WORD
from simulator.scoring.quotas import places
from simulator.widgets.training.exercise import Offices
from simulator.widgets.training.refusing import limiting_clause, shut_out
from simulator.widgets.training.simulated import in_both, laid_over

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.history import History
    from simulator.model.cycle import Cycle
    from simulator.model.files import Files
    from simulator.model.priorities import Priorities
    from simulator.model.reasons import Reasons
    from simulator.model.unit import Unit
    from simulator.rules.criteria import CriteriaSet
    from simulator.widgets.training.refusing import ShutOut
    from simulator.workspace import Workspace

YEARS: Final = 5
MEMBERS: Final = 18
OWN: Final = 0
"""The unit somebody heads."""
RULES: Final = ("as-is", "floor", "rest")
FOCUS: Final = "chien-si-thi-dua-co-so"
LOWER: Final = "lao-dong-tien-tien"
PUT_FORWARD: Final = "put-forward"
"""The clause by which a title is open to those alone whom their head puts forward."""
_BASE: Final = "law-2022"
_FLOOR: Final = "law-2022+direct-floor-seventy"
_OFFICES: Final = Offices(units=20, size=MEMBERS, leader_share=0.2, direct_share=0.6)
_WARM_UP: Final = 8
_REST_YEARS: Final = 2
_ZERO_OF_SCORES, _STEP_OF_SCORES, _HIGHEST_SCORE = 70.0, 8.0, 100.0
"""How a score in standard deviations is shown: as an official reads one."""
_LOWEST_SCORE, _NOT_PUT_FORWARD = -1e3, -1e6
"""Standard deviations: no file is as bad as the first, and one that nobody has sent is worse."""

Choices = tuple[tuple[int, ...], ...]
"""Year by year, the members put forward, by their number in the unit."""


@dataclass(frozen=True)
class Colleague:
    """One member of the unit in one year, as the head knows them.

    Attributes
    ----------
    number
        From 1.
    role
        ``direct``, ``staff``, ``deputy`` or ``head``.
    score
        Of the file, as the unit reads it, from 0 to 100.
    wait
        Years since the last award; 0 where it came last year.
    rating
        ``failed``, ``completed``, ``completed-well`` or ``excellent``.
    n_initiatives
        Recognised initiatives that no award has used yet.
    has_lower
        Whether the lower title, on which this one stands, is given this year.
    is_registered
        Whether they registered for a title this year.
    """

    number: int
    role: str
    score: float
    wait: int
    rating: str
    n_initiatives: int
    has_lower: bool
    is_registered: bool


@dataclass(frozen=True)
class Refusal:
    """Why somebody who was put forward was not awarded.

    Attributes
    ----------
    year, number
        When, and who.
    ground
        ``clauses`` that are not met; no ``place`` left for who meets them all; or the ``council``, which read the file and did not let it pass.
    clauses
        Paths of the clauses; none where the council refused.
    """

    year: int
    number: int
    ground: Literal["clauses", "place", "council"]
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """What five years of choices came to under a rule.

    Attributes
    ----------
    n_awards, n_people, n_leaders
        Awards, different people among them, and awards of leaders.
    n_best
        Awards that went to those who were the best of their unit by merit that year.
    n_units
        Over how many units that is counted.
    """

    n_awards: int
    n_people: int
    n_leaders: int
    n_best: int
    n_units: int = 1


@dataclass(frozen=True)
class Others:
    """What the other units did in one year: awards, those of leaders, and those of people who had been awarded the year before."""

    n_units: int
    n_awards: int
    n_leaders: int
    n_again: int


@dataclass(frozen=True)
class _Year:
    """What a head knows of the unit in one year, each (n,)."""

    score: FloatArray
    wait: IndexArray
    rating: IndexArray
    n_initiatives: IndexArray
    is_registered: BoolArray
    shut_out: ShutOut


class _Seen:
    """What the head sees under some rules, and what was chosen; one for each life that is lived."""

    def __init__(self, choices: Choices, criteria: CriteriaSet) -> None:
        self.choices, self.criteria = choices, criteria
        self.year = -_WARM_UP
        self.years: dict[int, _Year] = {}

    @property
    def is_decided(self) -> bool:
        """Whether the head has chosen for the year that is lived."""
        return 1 <= self.year <= len(self.choices)

    def look(self, files: Files, cycle: Cycle, own: IndexArray) -> None:
        """Remember what the head knows before the titles of the year are decided."""
        self.year = cycle.year
        facts = files.facts
        self.years[cycle.year] = _Year(
            np.asarray(files.score[own], dtype=np.float64),
            cycle.members.wait[FOCUS][own].copy(),
            facts.rating[own],
            facts.unused_initiatives[own],
            files.is_registered[own],
            shut_out(self.criteria, FOCUS, facts, own),
        )


def _unit_class(seen: _Seen) -> type[Unit]:
    """Make a kind of unit of which one is led by somebody: the others, and that one in years without a choice, weigh as assumed."""

    class SeatUnit(WeighingUnit):
        runs_on_columns: ClassVar[bool] = False

        def priority(self: Any, reasons: Reasons) -> FloatArray:
            is_chosen = self.position == OWN and seen.is_decided
            weighed: FloatArray = np.asarray(reasons.score, dtype=np.float32) if is_chosen else WeighingUnit.priority(self, reasons)
            return weighed

        @classmethod
        def priorities(cls, units: Sequence[Unit], files: Files, cycle: Cycle) -> Priorities:
            own = np.asarray(np.arange(cycle.population.n_members)[units[OWN].members])
            seen.look(files, cycle, own)
            weighed = super().priorities(units, files, cycle)
            if seen.is_decided:
                stays_behind = np.ones(len(own), dtype=np.bool_)
                stays_behind[[number - 1 for number in seen.choices[seen.year - 1]]] = False
                files.score = files.score.copy()
                files.score[own[stays_behind]] = _NOT_PUT_FORWARD
            return weighed

    return SeatUnit


class Seat:
    """The unit somebody heads, and the years lived so far.

    Parameters
    ----------
    workspace
        Where sets and assumptions are.
    seed
        Of all luck.
    """

    def __init__(self, workspace: Workspace, seed: int) -> None:
        self.seed = seed
        self.choices: Choices = ()
        base, floor = (laid_over(read_criteria(name, workspace), _put_forward(), PUT_FORWARD) for name in (_BASE, _FLOOR))
        self.rules: Mapping[str, CriteriaSet] = {"as-is": base, "floor": floor, "rest": laid_over(base, _rest(), "rest")}
        self._behaviour = load_assumptions(workspace).behaviour({"turnover": 0.0})
        self._population = generate(_OFFICES.population(in_both("training.made-up")))
        self._lived: dict[tuple[str, Choices], tuple[History, _Seen]] = {}

    @property
    def year(self) -> int:
        """The year to be decided, from 1; after the last, one more."""
        return len(self.choices) + 1

    @property
    def is_over(self) -> bool:
        """Whether all years are decided."""
        return len(self.choices) == YEARS

    def colleagues(self) -> list[Colleague]:
        """Show the unit in the year to be decided."""
        history, seen = self._live("as-is", self.year)
        rows, of_year = self._rows(history, self.year), seen.years[self.year]
        return [
            Colleague(
                number=place + 1,
                role=_ROLE_NAMES[int(history.role[row])],
                score=_shown(float(of_year.score[place])),
                wait=int(of_year.wait[place]),
                rating=_RATING_NAMES[int(of_year.rating[place])],
                n_initiatives=int(of_year.n_initiatives[place]),
                has_lower=bool(history.awards[LOWER][row]),
                is_registered=bool(of_year.is_registered[place]),
            )
            for place, row in enumerate(rows.tolist())
        ]

    @property
    def share(self) -> float:
        """The share of the holders of the lower title for whom there are places."""
        clause: Any = self.rules["as-is"].clause(f"{FOCUS}.quota")
        return float(clause.share)

    def n_holders(self) -> int:
        """Count those in the unit who get the lower title in the year to be decided."""
        history, _ = self._live("as-is", self.year)
        return int(history.awards[LOWER][self._rows(history, self.year)].sum())

    def n_places(self) -> int:
        """Count the places of the unit in the year to be decided."""
        clause: Any = self.rules["as-is"].clause(f"{FOCUS}.quota")
        return int(places(exact(clause.share), np.array([self.n_holders()]), clause.rounding)[0])

    def choose(self, numbers: Sequence[int]) -> None:
        """Put members forward, or nobody, and go on to the next year.

        Raises
        ------
        ValueError
            If somebody is chosen who is not in the unit, or all years are decided.
        """
        if self.is_over or not set(numbers) <= set(range(1, MEMBERS + 1)):
            message = "only members of the unit can be put forward, and only in years that are not decided"
            raise ValueError(message)
        self.choices = (*self.choices, tuple(sorted(set(numbers))))

    def awarded(self, year: int, rule: str = "as-is") -> list[int]:
        """Give the numbers of those awarded in a year that is decided."""
        history, _ = self._live(rule, len(self.choices))
        return (np.flatnonzero(history.is_awarded[self._rows(history, year)]) + 1).tolist()

    def refusals(self, year: int, rule: str = "as-is") -> list[Refusal]:
        """Tell of everybody who was put forward in a year and not awarded, by which clauses."""
        history, seen = self._live(rule, len(self.choices))
        rows, awarded = self._rows(history, year), self.awarded(year, rule)
        has_title = {title: column[rows] for title, column in history.awards.items()}
        found = []
        for number in sorted(set(self.choices[year - 1]) - set(awarded)):
            row = rows[number - 1]
            if clauses := seen.years[year].shut_out.reasons(number - 1, has_title):
                found.append(Refusal(year, number, "clauses", clauses))
            elif history.is_nominated is not None and history.is_nominated[row]:
                found.append(Refusal(year, number, "council", ()))
            else:
                limit = limiting_clause(self.rules[rule], FOCUS, leads=bool(history.role[row] >= FIRST_LEADING_ROLE))
                found.append(Refusal(year, number, "place", (limit,)))
        return found

    def others(self, year: int) -> Others:
        """Tell what the other units did in a year that is decided."""
        history, _ = self._live("as-is", len(self.choices))
        is_theirs = (history.unit != OWN) & history.is_awarded
        now, before = (is_theirs & (history.year == each) for each in (year, year - 1))
        again = np.isin(history.member[now], history.member[before])
        return Others(_OFFICES.units - 1, int(now.sum()), int((history.role[now] >= FIRST_LEADING_ROLE).sum()), int(again.sum()))

    def result(self, rule: str) -> Result:
        """Tell what the choices came to under a rule."""
        return self._result(rule, np.array([OWN]))

    def result_of_others(self, rule: str) -> Result:
        """Tell what the other units came to under a rule, all together."""
        return self._result(rule, np.delete(np.arange(_OFFICES.units), OWN))

    def _result(self, rule: str, units: IndexArray) -> Result:
        history, _ = self._live(rule, len(self.choices))
        is_counted = (history.year >= 1) & np.isin(history.unit, units)
        is_awarded = history.is_awarded & is_counted
        n_best = sum(
            _n_best(history.merit[rows], history.is_awarded[rows])
            for year in range(1, len(self.choices) + 1)
            for unit in units.tolist()
            if history.merit is not None
            for rows in [np.flatnonzero((history.year == year) & (history.unit == unit))]
        )
        n_leaders = int((history.role[is_awarded] >= FIRST_LEADING_ROLE).sum())
        return Result(int(is_awarded.sum()), len(np.unique(history.member[is_awarded])), n_leaders, n_best, len(units))

    def _rows(self, history: History, year: int) -> IndexArray:
        rows: IndexArray = np.flatnonzero((history.year == year) & (history.unit == OWN))
        return rows

    def _live(self, rule: str, n_years: int) -> tuple[History, _Seen]:
        """Live some years under a rule, the years before under the rule as it is."""
        name = rule, (*self.choices, (n_years,))
        if name not in self._lived:
            seen = _Seen(self.choices, self.rules[rule])
            with AwardModel(
                self._population,
                self.rules["as-is"],
                self._behaviour,
                seed=self.seed,
                focus_award=FOCUS,
                unit_class=_unit_class(seen),
                first_year=1 - _WARM_UP,
                collects=False,
            ) as warm:
                warm.run(_WARM_UP)
                with warm.branch(self.rules[rule]) as model:
                    model.run(n_years)
                    self._lived[name] = model.history(), seen
        return self._lived[name]


_ROLE_NAMES: Final = ("direct", "staff", "deputy", "head")
_RATING_NAMES: Final = {int(rating): word for word, rating in RATING_OF_WORD.items()}


def _n_best(merit: FloatArray, is_awarded: BoolArray) -> int:
    """Count awards that went to the best: to as many of the best as were awarded."""
    best = np.argsort(-merit, kind="stable")[: int(is_awarded.sum())]
    return int(is_awarded[best].sum())


def _shown(score: float) -> float:
    return float(min(max(_ZERO_OF_SCORES + _STEP_OF_SCORES * score, 0.0), _HIGHEST_SCORE))


def _put_forward() -> dict[str, Any]:
    """Give the rule that nobody is considered whom the head does not put forward: a file that is not sent reaches no score."""
    made = in_both("training.seat.rule.put-forward").model_dump()
    clause = {"kind": "score-threshold", "title": made, "why": made, "at_least": _LOWEST_SCORE, "assumption": made}
    return {"awards": {FOCUS: {"clauses": {PUT_FORWARD: clause}}}}


def _rest() -> dict[str, Any]:
    """Give the rule that makes winners wait."""
    made = in_both("training.seat.rest").model_dump()
    clause = {"kind": "cooling-off", "title": made, "why": made, "years": _REST_YEARS, "assumption": made}
    return {"awards": {FOCUS: {"clauses": {"cooling-off": clause}}}}
