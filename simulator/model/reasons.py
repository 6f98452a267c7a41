"""The reasons to put a member forward: how the members of a unit compare by file, turn, post, past awards, lot, and the next step of the ladder."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.ranking import rank_share, rank_within_groups, tied_rank_share, to_score_grid
from simulator.scoring.facts import count_within

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator._types import BoolArray, FloatArray, IndexArray, KeyArray, YearBits
    from simulator.model.cycle import Cycle
    from simulator.model.regime import AwardRule, Regime

_STEPS_OF_PRESTIGE: Final = 8
_HIGHEST_PRESTIGE_STEP: Final = 255
_MOST_WINS: Final = 32
_NOTHING: Final = np.zeros((), dtype=np.float32)


@dataclass(slots=True)
class Reasons:
    """How members of a unit compare, reason by reason; each (n_members,) float32 on [0, 1], or a plain 0 where nobody asks.

    Attributes
    ----------
    score, waiting, post, prestige, lot
        R(S), R(wait), R(post), R(prestige) and R(U) of equation 6: rank shares within the unit, 1 for the best.
    ladder
        L: worth of the next step of the ladder, less for each year it is off.
    """

    score: FloatArray
    waiting: FloatArray
    post: FloatArray
    prestige: FloatArray
    lot: FloatArray
    ladder: FloatArray

    def of_members(self, members: slice | IndexArray) -> Reasons:
        """Give the reasons of some members; a plain 0 stays one."""
        columns = {field.name: getattr(self, field.name) for field in fields(self)}
        return Reasons(**{name: column[members] if column.ndim else column for name, column in columns.items()})


class ReasonsOfYear:
    """The reasons of one year, each worked out when it is first asked for and kept.

    What is kept holds for the year even when its awards have moved waits and prestige on.
    """

    def __init__(self, score: FloatArray, tie: KeyArray, cycle: Cycle, kept: dict[str, FloatArray] | None = None) -> None:
        """Begin with nothing worked out.

        Parameters
        ----------
        score
            (n_members,) float32: files as units read them, or the marks of peers.
        tie
            Draws that order equals.
        cycle
            The state of the year.
        kept
            What has been worked out before, of anything but the score.
        """
        self._score, self._tie, self._cycle = score, tie, cycle
        self._kept = {} if kept is None else kept
        self._by_score: FloatArray | None = None

    def of(self, rule: AwardRule, is_asked: BoolArray) -> Reasons:
        """Give the reasons for one award; a reason that is not asked for is a plain zero.

        Parameters
        ----------
        rule
            The award.
        is_asked
            (6,) whether score, turn, post, prestige, lot and ladder carry weight anywhere.
        """
        askers: tuple[Callable[[AwardRule], FloatArray], ...] = (
            self._of_score,
            self._of_waiting,
            self._of_post,
            self._of_prestige,
            self._of_lot,
            self._of_ladder,
        )
        return Reasons(*(ask(rule) if is_wanted else _NOTHING for ask, is_wanted in zip(askers, is_asked.tolist(), strict=True)))

    def through(self, score: FloatArray) -> ReasonsOfYear:
        """Give the same reasons with other scores."""
        return ReasonsOfYear(score, self._tie, self._cycle, self._kept)

    def _of_score(self, _rule: AwardRule) -> FloatArray:
        if self._by_score is None:
            self._by_score = self._ranked(self._score)
        return self._by_score

    def _of_waiting(self, rule: AwardRule) -> FloatArray:
        return self._remember(f"waiting:{rule.id}", lambda: self._tied(self._cycle.members.wait[rule.id]))

    def _of_post(self, _rule: AwardRule) -> FloatArray:
        return self._cycle.population.rank_share_of_post

    def _of_prestige(self, _rule: AwardRule) -> FloatArray:
        return self._remember("prestige", lambda: self._tied(prestige_steps(self._cycle.members.prestige)))

    def _of_lot(self, _rule: AwardRule) -> FloatArray:
        return self._remember("lot", lambda: self._ranked(self._cycle.uniform("unit.lottery", self._cycle.members.id)))

    def _of_ladder(self, rule: AwardRule) -> FloatArray:
        years = self._cycle.members.award_years[rule.id]

        def progress(regime: Regime, posts: slice) -> FloatArray:
            return ladder_progress(rule, years[posts], regime.behaviour.lookahead_patience)

        return self._remember(f"ladder:{rule.id}", lambda: self._cycle.by_regime(progress))

    def _remember(self, name: str, work_out: Callable[[], FloatArray]) -> FloatArray:
        if name not in self._kept:
            self._kept[name] = work_out()
        return self._kept[name]

    def _ranked(self, scores: FloatArray) -> FloatArray:
        groups = self._cycle.population.groups
        return rank_share(rank_within_groups(to_score_grid(scores), self._tie, groups), groups)

    def _tied(self, values: IndexArray) -> FloatArray:
        return tied_rank_share(values, self._cycle.population.groups)


def prestige_steps(prestige: FloatArray) -> IndexArray:
    """Give prestige in eighths of a base salary, at most 255: equal prestige (most people have none) is no reason to prefer anybody."""
    steps = np.minimum(np.rint(prestige * np.float32(_STEPS_OF_PRESTIGE)), _HIGHEST_PRESTIGE_STEP)
    in_steps: IndexArray = steps.astype(np.uint8)
    return in_steps


def ladder_progress(rule: AwardRule, years: YearBits, patience: float) -> FloatArray:
    """Give L = v·δ^(steps left): what the award would bring nearer (corrections 00.13), the most over the steps that are built on it.

    Parameters
    ----------
    rule
        The award, with its ladder.
    years
        (n_members,) years in which it was won; this year is not decided yet.
    patience
        δ.

    Returns
    -------
        (n_members,) float32 on [0, 1]; 0 where nothing is built on the award.
    """
    progress = np.zeros(len(years), dtype=np.float32)
    for step in rule.ladder:
        before = years >> np.uint32(1)
        won = run_of(before) if step.window_years is None else count_within(before, step.window_years - 1)
        left = [max(step.n_wins - n_won, 1) for n_won in range(_MOST_WINS + 1)]
        worth = np.array([step.worth * patience**n_left for n_left in left], dtype=np.float32)
        np.maximum(progress, worth.take(won), out=progress)
    return progress


def run_of(years: YearBits) -> IndexArray:
    """Count the marked years in a row up to the last: (n,) from 0 to 32."""
    unmarked = ~years
    first_unmarked = unmarked & (~unmarked + np.uint32(1))
    n_in_a_row: IndexArray = np.bitwise_count(first_unmarked - np.uint32(1))
    return n_in_a_row
