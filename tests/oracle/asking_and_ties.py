"""What is left of a choice without any mechanism (ODD 7.15): whom units ask for, and the draw between all others, who are then equal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tests.oracle.arithmetic import F, priority_step
from tests.oracle.places import fill, has_places_of_their_own
from tests.oracle.priority import priorities_without_reasons

if TYPE_CHECKING:
    from tests.oracle.candidates import Candidate
    from tests.oracle.rulebook import AwardRules


def asked_without_mechanisms(society, award: AwardRules, allowed: list[Candidate], groups) -> list[Candidate]:
    """Ask with files that show nothing: a step up where that is all that is asked for, else what an empty file earns; in the order of priority."""
    if F(0) < F(award.threshold):
        return []
    bar = society.councils[award.authority].bars.get(award.id)
    asked = []
    for one in allowed:
        is_asked_for = bar is None or F(0) >= F(bar)
        if award.authority == "unit" or has_places_of_their_own(award):
            is_asked_for = True
        elif society.luck.chance("unit.asks-a-step-up", society.year, one.identity, society.behaviour.escalation):
            is_asked_for = award.level > one.highest_level
        if is_asked_for:
            asked.append(one)
    priority = {candidate: q for group in groups for candidate, q in priorities_without_reasons(society, group).items()}
    return sorted(asked, key=lambda one: (-priority_step(priority[one]), one.tie))


def winners_without_mechanisms(society, award: AwardRules, asked: list[Candidate], lists, groups, group_of) -> list[Candidate]:
    """Put forward, read with a leniency that is the same for all, and cut."""
    council, files, has_to_cut = society.councils[award.authority], asked, lists is not None
    if lists is not None and not lists[0].is_of_pool:
        sent = [one.groups[0].files_for(one.places) for one in lists]
        files = fill(award, asked, lists, sent, groups, group_of)
        has_to_cut = any(n > one.places for n, one in zip(sent, lists, strict=True))
    bar = F(council.bars[award.id])
    if bar != -math.inf and F(society.behaviour.council_leniency) < bar:
        return []
    passed = sorted((one for one in files if not council.finds_false_initiatives(award, one)), key=lambda one: one.tie)
    return fill(award, passed, lists, [one.places for one in lists], groups, group_of) if has_to_cut else passed


def agreement(winners: list[Candidate], others: list[Candidate], allowed: list[Candidate], lists, group_of) -> float | None:
    """Compare with the real winners beyond chance, list by list; ``None`` where everybody who could have been chosen was."""
    list_of = {group: number for number, one in enumerate(lists) if one.is_of_pool for group in one.groups} if lists else {}
    found = most = 0.0
    places = {list_of.get(group, group) for group in group_of.values()}
    for place in places:
        real, chosen, able = ({one for one in some if list_of.get(group_of[one], group_of[one]) == place} for some in (winners, others, allowed))
        n = max(len(able), 1)
        found += len(real & chosen) - len(real) * len(chosen) / n
        most += len(real) - len(real) ** 2 / n
    return found / most if most > 0 else None
