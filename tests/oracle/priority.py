"""Five structures of behaviour: in which order a group puts its candidates (ODD 7.13)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tests.oracle.arithmetic import FOUNDING_YEAR, ONE, ZERO, F, rank_shares, tied_rank_shares, to_millionth

if TYPE_CHECKING:
    from tests.oracle.candidates import Candidate
    from tests.oracle.rulebook import AwardRules

REASONS = ("score", "turn", "post", "prestige", "lot", "ladder")
YEARS_OF_EVER = 31


def priorities(society, award: AwardRules, group) -> dict[Candidate, F]:
    """Give the priority Q of everybody in a group for one award."""
    candidates, structure, behaviour = group.entrants, society.behaviour.structure, society.behaviour
    ties = [candidate.tie for candidate in candidates]
    mark = [candidate.mark for candidate in candidates]
    r = behaviour.reciprocity
    if structure == "peer-vote" and r > 0:
        mark = [
            F(1 - r) * candidate.mark + F(r) * society.luck.normal("member.generosity", FOUNDING_YEAR, candidate.identity) for candidate in candidates
        ]
    lots = [society.luck.uniform("unit.lottery", society.year, candidate.identity) for candidate in candidates]
    columns = [
        rank_shares(mark, ties),
        tied_rank_shares([candidate.waits.get(award.id, 0) for candidate in candidates]),
        tied_rank_shares([candidate.post for candidate in candidates]),
        tied_rank_shares([min(int(np.rint(candidate.prestige * F(8))), 255) for candidate in candidates]),
        rank_shares(lots, ties),
        [ladder_progress(society, award, candidate) for candidate in candidates],
    ]
    reasons = [dict(zip(REASONS, row, strict=True)) for row in zip(*columns, strict=True)]
    left, *others = group.weights
    exact_weights = dict(zip(REASONS, (max(0.0, to_millionth(left)), *others), strict=True))
    weights = {reason: F(weight) for reason, weight in exact_weights.items()}
    if structure == "mixture":
        followed = _reason_of_the_year(society, group, exact_weights)
        return {candidate: own[followed] for candidate, own in zip(candidates, reasons, strict=True)}
    order = {"near-ties": _among_near_ties, "planning": _feeding_one_ladder}.get(structure, _weighted)
    return {candidate: order(weights, own) for candidate, own in zip(candidates, reasons, strict=True)}


def priorities_without_reasons(society, group) -> dict[Candidate, F]:
    """Give Q where the score keeps its weight, all scores are equal, and nothing else weighs: the draw inside each group (ODD 7.15)."""
    candidates = group.entrants
    left, *others = group.weights
    weights = dict(zip(REASONS, (max(0.0, to_millionth(left)), *others), strict=True))
    weight = F(weights["score"])
    if society.behaviour.structure == "mixture":
        weight = ONE if _reason_of_the_year(society, group, weights) == "score" else ZERO
    ranks = rank_shares([ZERO] * len(candidates), [candidate.tie for candidate in candidates])
    return {candidate: weight * rank for candidate, rank in zip(candidates, ranks, strict=True)}


def _weighted(weights: dict[str, F], own: dict[str, F], reasons: tuple[str, ...] = REASONS) -> F:
    total = ZERO
    for reason in reasons:
        total = total + weights[reason] * own[reason]
    return total


def _reason_of_the_year(society, group, weights: dict[str, float]) -> str:
    draw, reached = float(society.luck.uniform("unit.reason", society.year, group.key)), 0.0
    for reason in REASONS:
        reached += weights[reason]
        if to_millionth(reached) > draw:
            return reason
    return REASONS[-1]


def _among_near_ties(weights: dict[str, F], own: dict[str, F]) -> F:
    s = weights["turn"]
    if s == 1:
        return own["turn"]
    index = _weighted(weights, own, ("score", "post", "prestige", "lot", "ladder")) / (ONE - s)
    return index if s == 0 else (s * F(math.floor(index / s)) + s * own["turn"]) / (ONE + s)


def _feeding_one_ladder(weights: dict[str, F], own: dict[str, F]) -> F:
    return _weighted({**weights, "ladder": weights["turn"] + weights["ladder"]}, own, ("score", "ladder", "post", "prestige", "lot"))


def is_step(test) -> bool:
    """Tell whether one can work towards a test year by year: towards a run, or so many in a window that is no "ever"."""
    return test.fact == "award-run" or (test.fact == "award-count" and test.within_years < YEARS_OF_EVER)


def ladder_progress(society, award: AwardRules, candidate) -> F:
    """Give L: the worth of an award that builds on this one, less the more steps are still to be taken before it."""
    largest = max(other.multiple for other in society.rules.awards.values())
    year, best = society.year, 0.0
    for other in society.rules.awards.values():
        for test in other.wanted_tests():
            if test.award != award.id or not is_step(test):
                continue
            if test.fact == "award-run":
                had = candidate.run_of(award.id, year - 1)
            else:
                had = sum(year - test.within_years < won < year for won in candidate.years_won(award.id))
            left = max(1, test.at_least - had)
            best = max(best, other.multiple / largest * society.behaviour.lookahead_patience**left if largest else 0.0)
    return F(best)
