"""How many places there are, for whom, and who fills them within floors and caps (ODD 7.7, steps 3, 4 and 6)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from simulator.rules.rounding import round_places
from simulator.rules.values import exact

if TYPE_CHECKING:
    from tests.oracle.candidates import Candidate
    from tests.oracle.groups import Group
    from tests.oracle.rulebook import AwardRules

POST_NAMES = ("direct", "staff", "deputy", "head")


@dataclass(eq=False)
class PlaceList:
    """Places that are filled together.

    Attributes
    ----------
    groups
        Whose candidates may fill them.
    places
        How many.
    is_of_pool
        One list for several groups, of which everybody asked for is put forward.
    """

    groups: list[Group]
    places: int
    is_of_pool: bool


def pooling_of(award: AwardRules, pooling: str) -> str:
    """For collectives a cluster stands for the unit."""
    return "unit" if award.target == "collective" and pooling == "cluster" else pooling


def pools_of(groups: list[Group], pooling: str) -> list[list[Group]]:
    """Part the groups into pools, in the order of the groups."""
    names = {
        "unit": lambda group: group.position,
        "kind": lambda group: group.kind,
        "cluster": lambda group: group.cluster,
        "all": lambda _: 0,
    }
    found: dict[int, list[Group]] = {}
    for group in groups:
        found.setdefault(names[pooling](group), []).append(group)
    return list(found.values())


def has_places_of_their_own(award: AwardRules) -> bool:
    """Tell whether units, or clusters, have places of their own."""
    quota = award.quota
    return quota is not None and (pooling_of(award, quota.pooling) == "unit" or (quota.share is not None and quota.rounding == "systematic"))


def place_lists(society, award: AwardRules, groups: list[Group], eligible: set[Candidate]) -> list[PlaceList]:
    """Give the lists of places of a quota."""
    quota = award.quota
    pooling = pooling_of(award, quota.pooling)

    def people(group: Group) -> int:
        if quota.of == "staff":
            return len(group.entrants)
        if quota.of == "eligible":
            return sum(candidate in eligible for candidate in group.entrants)
        return sum(society.year in candidate.years_won(quota.of.holders_of) for candidate in group.entrants)

    lists = []
    if quota.share is not None and quota.rounding == "systematic":
        for number, pool in enumerate([groups] if pooling == "unit" else pools_of(groups, pooling)):
            carry = Fraction(society.luck.low_bits("quota.carry", society.year, number), 2**16)
            n_people = given = 0
            for group in pool:
                n_people += people(group)
                together = math.floor(exact(quota.share) * n_people + carry)
                lists.append(PlaceList([group], together - given, is_of_pool=False))
                given = together
        return lists
    for pool in pools_of(groups, pooling):
        places = quota.places if quota.share is None else round_places(exact(quota.share), sum(people(group) for group in pool), quota.rounding)
        lists.append(PlaceList(pool, places, is_of_pool=pooling != "unit"))
    return lists


@dataclass(eq=False)
class Reserve:
    """What is left of one pool's places for leaders, and for all who are not counted as direct workers."""

    leaders: float = math.inf
    others: float = math.inf


def reserves(award: AwardRules, counted_over: dict[int, int], groups: list[Group], places_of) -> dict[Group, list[Reserve]]:
    """Give every group the reserves of the floor and of the cap it falls under; ``counted_over`` says how many places each list has for them."""
    found: dict[Group, list[Reserve]] = {group: [] for group in groups}
    for limit in (award.floor, award.cap):
        if limit is None:
            continue
        for pool in pools_of(groups, pooling_of(award, limit.pooling)):
            places = sum(counted_over[number] for number in {places_of[group] for group in pool})
            if limit is award.cap:
                reserve = Reserve(leaders=math.floor(exact(limit.share) * places))
            else:
                reserve = Reserve(others=places - math.ceil(exact(limit.share) * places))
            for group in pool:
                found[group].append(reserve)
    return found


def fill(award: AwardRules, ranked: list[Candidate], lists: list[PlaceList], sizes: list[int], groups: list[Group], group_of) -> list[Candidate]:
    """Take candidates in their order while their list, of one of these sizes, has room and the reserves allow."""
    list_of = {group: number for number, one in enumerate(lists) for group in one.groups}
    room = dict(enumerate(sizes))
    held = reserves(award, dict(room), groups, list_of)
    counted = award.floor.counts_as_direct if award.floor else ()
    taken = []
    for candidate in ranked:
        group = group_of[candidate]
        is_other = POST_NAMES[candidate.post] not in counted
        if room[list_of[group]] < 1 or any((candidate.leads and one.leaders < 1) or (is_other and one.others < 1) for one in held[group]):
            continue
        room[list_of[group]] -= 1
        for one in held[group]:
            one.leaders -= candidate.leads
            one.others -= is_other
        taken.append(candidate)
    return taken
