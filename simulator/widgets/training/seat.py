"""A seat as the head of a unit: the model's other units nominate as assumed, one nominates as somebody chooses, and then the same choices meet another rule.

Years are lived anew from the same seed each time something is chosen, so that nothing but the choice differs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

import numpy as np

from simulator.experiments.scenarios.assumptions import load_assumptions
from simulator.history import FIRST_LEADING_ROLE
from simulator.model.model import AwardModel
from simulator.model.structures import WeighingUnit
from simulator.population.generator import generate
from simulator.rules.assembly import read_criteria
from simulator.rules.values import exact
from simulator.scoring.quotas import places
from simulator.widgets.training.exercise import Offices
from simulator.widgets.training.simulated import in_both, laid_over

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator._types import FloatArray
    from simulator.history import History
    from simulator.model.cycle import Cycle
    from simulator.model.files import Files
    from simulator.model.priorities import Priorities
    from simulator.model.reasons import Reasons
    from simulator.model.unit import Unit
    from simulator.rules.criteria import CriteriaSet
    from simulator.workspace import Workspace

YEARS: Final = 5
MEMBERS: Final = 18
OWN: Final = 0
"""The unit somebody heads."""
RULES: Final = ("as-is", "floor", "rest")
_FOCUS: Final = "chien-si-thi-dua-co-so"
_BASE: Final = "law-2022"
_FLOOR: Final = "law-2022+direct-floor-seventy"
_LOWER: Final = "lao-dong-tien-tien"
_OFFICES: Final = Offices(units=20, size=MEMBERS, leader_share=0.2, direct_share=0.6)
_WARM_UP: Final = 8
_REST_YEARS: Final = 2
_ZERO_OF_SCORES, _STEP_OF_SCORES, _HIGHEST_SCORE = 70.0, 8.0, 100.0
"""How a score in standard deviations is shown: as an official reads one."""

Choices = tuple[tuple[int, ...], ...]
"""Year by year, the members put forward, by their number in the unit."""


@dataclass(frozen=True)
class Colleague:
    """One member of the unit in one year, as the head sees them.

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
    is_eligible
        Whether the rules allow them.
    """

    number: int
    role: str
    score: float
    wait: int
    is_eligible: bool


@dataclass(frozen=True)
class Result:
    """What five years of choices came to under a rule.

    Attributes
    ----------
    n_awards, n_people, n_leaders
        Awards in the unit, different people among them, and awards of leaders.
    n_best
        Awards that went to those who were the best by merit that year.
    n_kept, n_chosen
        Choices that were awarded, and all of them.
    """

    n_awards: int
    n_people: int
    n_leaders: int
    n_best: int
    n_kept: int
    n_chosen: int


class _Seen:
    """What the head sees, and what was chosen; one for each life that is lived."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.year = -_WARM_UP
        self.scores: dict[int, FloatArray] = {}
        self.waits: dict[int, FloatArray] = {}


def _unit_class(seen: _Seen) -> type[Unit]:
    """Make a kind of unit of which one is led by somebody: the others, and that one in years without a choice, weigh as assumed."""

    class SeatUnit(WeighingUnit):
        runs_on_columns: ClassVar[bool] = False

        def priority(self: Any, reasons: Reasons) -> FloatArray:
            weighed: FloatArray = WeighingUnit.priority(self, reasons)
            if self.position != OWN or not 1 <= seen.year <= len(seen.choices):
                return weighed
            behind: FloatArray = np.broadcast_to(np.asarray(weighed, dtype=np.float32) / np.float32(2), (MEMBERS,)).copy()
            chosen = [number - 1 for number in seen.choices[seen.year - 1]]
            behind[chosen] = np.float32(0.5) + behind[chosen]
            return behind

        @classmethod
        def priorities(cls, units: Sequence[Unit], files: Files, cycle: Cycle) -> Priorities:
            seen.year = cycle.year
            own = units[OWN].members
            seen.scores[cycle.year] = np.asarray(files.score[own], dtype=np.float64)
            seen.waits[cycle.year] = np.asarray(cycle.members.wait[_FOCUS][own], dtype=np.float64)
            return super().priorities(units, files, cycle)

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
        base, floor = read_criteria(_BASE, workspace), read_criteria(_FLOOR, workspace)
        self._rules: Mapping[str, CriteriaSet] = {"as-is": base, "floor": floor, "rest": laid_over(base, _rest(), "rest")}
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
        rows = self._rows(history, self.year)
        eligible = np.zeros(len(rows), dtype=np.bool_) if history.is_eligible is None else history.is_eligible[rows]
        roles = [_ROLE_NAMES[int(role)] for role in history.role[rows]]
        return [
            Colleague(place + 1, roles[place], _shown(float(score)), int(wait), bool(eligible[place]))
            for place, (score, wait) in enumerate(zip(seen.scores[self.year], seen.waits[self.year], strict=True))
        ]

    def n_places(self) -> int:
        """Count the places that can be filled in the year to be decided."""
        history, _ = self._live("as-is", self.year)
        holders = int(history.awards[_LOWER][self._rows(history, self.year)].sum())
        clause: Any = self._rules["as-is"].clause(f"{_FOCUS}.quota")
        counted = int(places(exact(clause.share), np.array([holders]), clause.rounding)[0])
        return min(counted, sum(colleague.is_eligible for colleague in self.colleagues()))

    def choose(self, numbers: Sequence[int]) -> None:
        """Put members forward, and go on to the next year.

        Raises
        ------
        ValueError
            If as many as there are places were not chosen among those the rules allow, or all years are decided.
        """
        allowed = {colleague.number for colleague in self.colleagues() if colleague.is_eligible} if not self.is_over else set()
        if self.is_over or not set(numbers) <= allowed or len(set(numbers)) != self.n_places():
            message = "as many as there are places must be chosen, among those who are eligible"
            raise ValueError(message)
        self.choices = (*self.choices, tuple(sorted(set(numbers))))

    def awarded(self, year: int, rule: str = "as-is") -> list[int]:
        """Give the numbers of those awarded in a year that is decided."""
        history, _ = self._live(rule, len(self.choices))
        return (np.flatnonzero(history.is_awarded[self._rows(history, year)]) + 1).tolist()

    def result(self, rule: str) -> Result:
        """Tell what the choices came to under a rule."""
        history, _ = self._live(rule, len(self.choices))
        won: list[int] = []
        n_leaders = n_best = n_kept = 0
        for year, chosen in enumerate(self.choices, start=1):
            rows, numbers = self._rows(history, year), self.awarded(year, rule)
            merit = np.zeros(len(rows)) if history.merit is None else history.merit[rows]
            best = set((np.argsort(-merit, kind="stable")[: len(numbers)] + 1).tolist())
            n_leaders += sum(int(history.role[rows][number - 1]) >= FIRST_LEADING_ROLE for number in numbers)
            n_best += len(best & set(numbers))
            n_kept += len(set(chosen) & set(numbers))
            won += numbers
        return Result(len(won), len(set(won)), n_leaders, n_best, n_kept, sum(len(chosen) for chosen in self.choices))

    def _rows(self, history: History, year: int) -> Any:
        return np.flatnonzero((history.year == year) & (history.unit == OWN))

    def _live(self, rule: str, n_years: int) -> tuple[History, _Seen]:
        """Live some years under a rule, the years before under the rule as it is."""
        name = rule, (*self.choices, (n_years,))
        if name not in self._lived:
            seen = _Seen(self.choices)
            with AwardModel(
                self._population,
                self._rules["as-is"],
                self._behaviour,
                seed=self.seed,
                focus_award=_FOCUS,
                unit_class=_unit_class(seen),
                first_year=1 - _WARM_UP,
                collects=False,
            ) as warm:
                warm.run(_WARM_UP)
                with warm.branch(self._rules[rule]) as model:
                    model.run(n_years)
                    self._lived[name] = model.history(), seen
        return self._lived[name]


_ROLE_NAMES: Final = ("direct", "staff", "deputy", "head")


def _shown(score: float) -> float:
    return float(min(max(_ZERO_OF_SCORES + _STEP_OF_SCORES * score, 0.0), _HIGHEST_SCORE))


def _rest() -> dict[str, Any]:
    """Give the rule that makes winners wait."""
    made = in_both("training.seat.rule.rest").model_dump()
    clause = {"kind": "cooling-off", "title": made, "why": made, "years": _REST_YEARS, "assumption": made}
    return {"awards": {_FOCUS: {"clauses": {"cooling-off": clause}}}}
