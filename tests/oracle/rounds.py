"""One round of one award, among members of units or collectives of clusters (ODD 7.7), and the second look (7.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.arithmetic import ONE, F, priority_step, score_step
from tests.oracle.asking_and_ties import agreement, asked_without_mechanisms, winners_without_mechanisms
from tests.oracle.places import fill, has_places_of_their_own, place_lists
from tests.oracle.priority import priorities

if TYPE_CHECKING:
    from tests.oracle.candidates import Candidate
    from tests.oracle.groups import Group
    from tests.oracle.rulebook import AwardRules


def is_open_to(society, award: AwardRules, candidate: Candidate) -> bool:
    """Tell whether conditions, gates and cooling-off leave the award open."""
    recent = range(society.year - award.cooling_off, society.year)
    return award.may_be_considered(candidate) and not any(year in candidate.years_won(award.id) for year in recent)


def is_eligible(society, award: AwardRules, candidate: Candidate) -> bool:
    """Step 1."""
    if not is_open_to(society, award, candidate):
        return False
    return candidate.score >= F(award.threshold) and (award.authority != "unit" or candidate.is_registered)


def is_asked_for(society, award: AwardRules, candidate: Candidate) -> bool:
    """Step 2."""
    if award.authority == "unit" or has_places_of_their_own(award):
        return True
    if society.luck.chance("unit.asks-a-step-up", society.year, candidate.identity, society.behaviour.escalation):
        return award.level > candidate.highest_level
    bar = society.councils[award.authority].bars.get(award.id)
    return bar is None or candidate.score >= F(bar)


def hold_round(society, award: AwardRules, groups: list[Group]) -> list[Candidate]:
    """Nominate, decide, and give the award; answers with the winners."""
    priority = {candidate: q for group in groups for candidate, q in priorities(society, award, group).items()}
    if award.target == "collective":
        for group in groups:
            for one in group.entrants:
                one.is_first_of_cluster = True
            able = [one for one in group.entrants if is_open_to(society, award, one)]
            first = min(able, key=lambda one: (-priority_step(priority[one]), one.tie), default=None)
            for one in group.entrants:
                one.is_first_of_cluster = one is first
    group_of = {candidate: group for group in groups for candidate in group.entrants}
    eligible = {candidate for candidate in priority if is_eligible(society, award, candidate)}
    society.eligible[award.id] = eligible
    asked = [candidate for candidate in priority if candidate in eligible and is_asked_for(society, award, candidate)]
    asked.sort(key=lambda one: (-priority_step(priority[one]), one.tie))
    lists = place_lists(society, award, groups, eligible) if award.quota else None
    files = _put_forward(award, asked, lists, groups, group_of)
    council = society.councils[award.authority]
    allowed = [one for one in priority if is_open_to(society, award, one) and (award.authority != "unit" or one.is_registered)]
    asked_blindly = asked_without_mechanisms(society, award, allowed, groups)
    council.set_bar(award)
    reading = {one: council.read(award, one) for one in files}
    passed = [one for one in files if council.passes(award, one, reading[one]) and not council.finds_false_initiatives(award, one)]
    winners = _cut(award, passed, reading, lists, groups, group_of)
    if award.id == society.focus:
        by_draw = winners_without_mechanisms(society, award, asked_blindly, lists, groups, group_of)
        society.asking_and_ties[society.year] = agreement(winners, by_draw, allowed, lists, group_of)
    council.files += len(files)
    council.approved += len(passed)
    council.verified[award.id] = [council.verify(one) for one in passed]
    if award.id == society.aim.id:
        _keep_tally(groups, lists, files, passed, group_of)
    for one in winners:
        used = award.initiatives_used(one)
        one.won_this_year[award.id] = {"used": used, "claims": one.claims}
        one.win(award.id)
        one.use_up(used)
    society.files[award.id] = files
    return winners


def _put_forward(award: AwardRules, asked, lists, groups, group_of) -> list[Candidate]:
    """Step 4."""
    if lists is None or lists[0].is_of_pool:
        return asked
    return fill(award, asked, lists, [one.groups[0].files_for(one.places) for one in lists], groups, group_of)


def _cut(award: AwardRules, passed, reading, lists, groups, group_of) -> list[Candidate]:
    """Step 6."""
    if lists is None:
        return passed
    if not lists[0].is_of_pool and all(one.groups[0].files_for(one.places) <= one.places for one in lists):
        return passed
    ranked = sorted(passed, key=lambda one: (-score_step(reading[one]), one.tie))
    return fill(award, ranked, lists, [one.places for one in lists], groups, group_of)


def _keep_tally(groups, lists, files, passed, group_of) -> None:
    for group in groups:
        own = [one for one in lists or () if group in one.groups and not one.is_of_pool]
        group.tally = {
            "files": sum(group_of[one] is group for one in files),
            "approved": sum(group_of[one] is group for one in passed),
            "places": sum(one.places for one in own) if own else None,
        }


def look_again(society, award: AwardRules, winners: list[Candidate]) -> None:
    """7.9: revoke what rests on false initiatives or on large claims."""
    b, luck = society.behaviour, society.luck
    for one in winners:
        if not luck.chance(f"inspection.{award.authority}", society.year, one.identity, b.inspection_share):
            continue
        basis = one.won_this_year[award.id]
        rests_on_air = (basis["used"] > 0 and one.has_false_initiatives) or basis["claims"] > ONE
        if rests_on_air and luck.chance("inspection.finds", society.year, one.identity, b.detection):
            one.lose(award.id)
            society.councils[award.authority].revoked += 1
