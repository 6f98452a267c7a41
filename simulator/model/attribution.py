"""Why somebody was awarded: one-step Shapley shares of the mechanisms of a year (``docs/odd.md`` 7.15; corrections 00.12).

With the state of the year held fixed, the question of the award is asked again of files, units and councils that lack some of the mechanisms. A set of
mechanisms is worth the agreement of its winners with the real ones, beyond chance; what each adds is averaged over all orders. What agrees when all of them are
off is a part of its own: whom units ask for, who may be chosen at all, and the draw between equals.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.model.files import add_up
from simulator.model.nomination import choose
from simulator.model.norms import REASONS
from simulator.model.places import lists_of
from simulator.model.priorities import Priorities

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from simulator._types import FloatArray, IndexArray
    from simulator.model.council import Council
    from simulator.model.cycle import Cycle
    from simulator.model.files import Files
    from simulator.model.nomination import Outcome, Question
    from simulator.model.regime import Regime

MECHANISMS: Final = ("merit", "turn", "post", "prestige-and-ladder", "noise-and-lot", "claims", "criteria")
"""What is switched off: merit itself; turns; posts (in reasons, files and readings) and service; past awards and the next step; errors, lots and
the luck of votes; unverified claims; what criteria other than results show."""

ASKING_AND_TIES: Final = "asking-and-ties"
PARTS: Final = (*MECHANISMS, ASKING_AND_TIES)
"""The mechanisms, and what is left of the agreement without any of them."""

_EVERYTHING: Final = frozenset(MECHANISMS)
_MECHANISM_OF_REASON: Final = {
    "turn": "turn",
    "rank": "post",
    "prestige": "prestige-and-ladder",
    "lottery": "noise-and-lot",
    "ladder": "prestige-and-ladder",
}


def attribute(outcome: Outcome, files: Files, cycle: Cycle, council: Council) -> dict[str, float]:
    """Share the winners of an award out among the mechanisms.

    Parameters
    ----------
    outcome
        What became of the award this year.
    files, cycle, council
        The files and the state of the year, and the council that decided.

    Returns
    -------
        Part → share; they add up to 1. A mechanism that does nothing this year has exactly 0. Undefined (NaN) where nobody could have been
        chosen instead.
    """
    world = _World(outcome.question, files, cycle, council)
    agreement = _agreement_with(outcome, cycle)
    working = world.working()
    players = tuple(mechanism for mechanism in MECHANISMS if mechanism in working)
    if agreement is None:
        return dict.fromkeys(PARTS, math.nan)
    worth = {frozenset[str](some): agreement(world.winners(some)) for size in range(len(players)) for some in combinations(players, size)}
    worth[frozenset(players)] = 1.0
    shares = shapley_shares(players, worth) | {ASKING_AND_TIES: worth[frozenset()]}
    return {part: shares.get(part, 0.0) for part in PARTS}


def shapley_shares(players: tuple[str, ...], worth: dict[frozenset[str], float]) -> dict[str, float]:
    """Average what each player adds over all orders in which the players may come.

    Parameters
    ----------
    players
        The players.
    worth
        Worth of every set of them.

    Returns
    -------
        Player → share; together the worth of all of them less that of none.
    """
    n_players = len(players)
    shares = {}
    for player in players:
        others = [other for other in players if other != player]
        shares[player] = math.fsum(
            (worth[frozenset((*some, player))] - worth[frozenset(some)]) / (n_players * math.comb(n_players - 1, size))
            for size in range(n_players)
            for some in combinations(others, size)
        )
    return shares


def choose_without_claims(outcome: Outcome, files: Files, cycle: Cycle, council: Council) -> IndexArray:
    """Tell who would have been awarded had nobody claimed more than was achieved: positions of the winners.

    Where a replication knows no claims, they are those who won, less whoever was found out afterwards.
    """
    population = cycle.population
    winners = _World(outcome.question, files, cycle, council).winners(_EVERYTHING - {"claims"})
    if population.n_replications == 1:
        return winners
    has_claims = population.by_replication(np.flatnonzero(files.claims)) > 0
    return np.concatenate(
        [
            winners[has_claims[population.posts.replication_of(winners)]],
            outcome.winners[~has_claims[population.posts.replication_of(outcome.winners)]],
        ]
    )


class _World:
    """The year of one question, with some mechanisms working and the others switched off."""

    def __init__(self, question: Question, files: Files, cycle: Cycle, council: Council) -> None:
        self._question, self._files, self._cycle, self._council = question, files, cycle, council
        priorities = question.priority_of
        self._priorities = priorities if question.rule.is_filled_by_units and isinstance(priorities, Priorities) else None
        # What marks hold beside the parts of a file (in a cluster, the favours of peers) goes with the errors.
        self._rest: FloatArray | None = None
        if not files.is_sum and not cycle.is_perfect:
            rest = files.score - add_up(files.merit, files.noise, files.claims, files.criteria, cycle)
            self._rest = rest if rest.any() else None

    def working(self) -> frozenset[str]:
        """Find the mechanisms that do anything at all this year."""
        found = self._in_reasons()
        if self._is_read():
            found |= self._in_files()
        return frozenset(found)

    def _is_read(self) -> bool:
        """Tell whether what a file says, or what a council reads in it, can make a difference."""
        question = self._question
        depends_on_score = question.rule.score_threshold is not None or question.asking is not None or question.has_to_cut
        if self._priorities is None or self._priorities.weights[0].any() or depends_on_score:
            return True
        return not self._cycle.is_perfect and bool((self._council.bar(question.rule, self._cycle) > -math.inf).all())

    def _in_reasons(self) -> set[str]:
        if self._priorities is None:
            return set()
        weights = self._priorities.weights[1:]
        return {_MECHANISM_OF_REASON[reason] for reason, of_units in zip(REASONS[1:], weights, strict=True) if of_units.any()}

    def _in_files(self) -> set[str]:
        if self._cycle.is_perfect:
            return {"merit"}
        files, regime = self._files, self._cycle.regime
        behaviour, ballot = regime.behaviour, self._question.rule.procedure.ballot
        votes = behaviour.council_spread > 0 or (ballot is not None and behaviour.member_disagreement > 0)
        is_generous = self._priorities is not None and self._priorities.has_generosity
        does_something = {
            "merit": True,
            "post": bool(regime.weights.post_loading or behaviour.council_deference or behaviour.tenure_effect),
            "noise-and-lot": regime.error_sd > 0 or self._rest is not None or votes or is_generous,
            "claims": bool(files.claims.any()),
            "criteria": bool(files.criteria.any()),
        }
        return {mechanism for mechanism, does in does_something.items() if does}

    def winners(self, mechanisms: Iterable[str]) -> IndexArray:
        """Ask who wins when only these mechanisms work."""
        working = frozenset(mechanisms)
        cycle = self._cycle_with(working)
        files = self._files_with(working, cycle)
        question = self._question
        if self._priorities is not None:
            is_kept = np.array([True, *(_MECHANISM_OF_REASON[reason] in working for reason in REASONS[1:])])
            seen = self._priorities.seen_through(files.score, is_kept, has_noise="noise-and-lot" in working)
            question = replace(question, priority_of=seen)
        return choose(question, files, cycle, self._council).winners

    def _cycle_with(self, working: frozenset[str]) -> Cycle:
        first, *further = (_regime_with(working, regime) for regime in self._cycle.regimes)
        return replace(self._cycle, regime=first, further_regimes=tuple(further))

    def _files_with(self, working: frozenset[str], cycle: Cycle) -> Files:
        files = self._files
        nothing: FloatArray = np.broadcast_to(np.float32(0), files.merit.shape)

        def part(mechanism: str, column: FloatArray) -> FloatArray:
            return column if mechanism in working else nothing

        merit, noise = part("merit", files.merit), part("noise-and-lot", files.noise)
        claims, criteria = part("claims", files.claims), part("criteria", files.criteria)
        score = merit if cycle.is_perfect else add_up(merit, noise, claims, criteria, cycle)
        if self._rest is not None and "noise-and-lot" in working:
            score = score + self._rest
        return replace(files, merit=merit, noise=noise, claims=claims, criteria=criteria, score=score)


def _regime_with(working: frozenset[str], regime: Regime) -> Regime:
    behaviour, weights = regime.behaviour, regime.weights
    if "noise-and-lot" not in working:
        behaviour = replace(behaviour, appraisal_reliability=1.0, member_disagreement=0.0, council_spread=0.0)
    if "post" not in working:
        behaviour = replace(behaviour, council_deference=0.0, tenure_effect=0.0)
        weights = replace(weights, post_loading=0.0)
    return replace(regime, behaviour=behaviour, weights=weights)


def _agreement_with(outcome: Outcome, cycle: Cycle) -> Callable[[IndexArray], float] | None:
    """Measure winners by the real ones: Σ(|A∩B| − ab/n)/Σ(a − a²/n) over the lists that have places of their own.

    A are the real winners of a list and B those to be measured; n counts those of a list who meet all conditions. ``None`` where everybody who could have been chosen was.
    """
    lists, _ = lists_of(outcome.rule, cycle.population)
    n_allowed = np.maximum(lists.count(outcome.question.is_allowed), 1)
    is_winner = np.zeros(lists.n_members, dtype=np.bool_)
    is_winner[outcome.winners] = True
    n_winners = lists.count(is_winner)
    most = float((n_winners - n_winners**2 / n_allowed).sum())
    if most <= 0:
        return None

    def agreement(winners: IndexArray) -> float:
        n_chosen = np.bincount(lists.of_member[winners], minlength=len(lists.size))
        return (int(is_winner[winners].sum()) - float((n_winners * n_chosen / n_allowed).sum())) / most

    return agreement
