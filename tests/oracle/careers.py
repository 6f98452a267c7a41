"""Who leaves, who takes the posts that lead, and who comes new (ODD 7.1)."""

from __future__ import annotations

from simulator.history import FIRST_LEADING_ROLE, Role
from tests.oracle.arithmetic import score_step
from tests.oracle.people import Member


def move_on(society) -> None:
    """Let everybody grow older, some leave, some rise, and others come."""
    for member in society.members:
        member.grow_older()
    behaviour, luck = society.behaviour, society.luck
    if behaviour.turnover == 0:
        return
    leavers = {member for member in society.members if luck.chance("member.leaves", society.year, member.identity, behaviour.turnover)}
    for unit in society.units:
        _fill_posts(society, unit, leavers)


def _fill_posts(society, unit, leavers: set[Member]) -> None:
    staying = [member for member in unit.members if member not in leavers]
    vacated = {member.position: member for member in unit.members if member in leavers}
    appointed: dict[int, Member] = {}

    def best(candidates: list[Member]) -> Member | None:
        free = [member for member in candidates if member not in appointed.values()]
        return min(free, key=lambda one: (-score_step(one.standing()), society.luck.tie(society.year, one.identity)), default=None)

    def is_from_within(leaver: Member) -> bool:
        return society.luck.chance("post.filled-from-within", society.year, leaver.identity, society.behaviour.appointed_from_within)

    for role in (Role.HEAD, Role.DEPUTY):
        for post in sorted(position for position in vacated if society.role_of_post[position] == role):
            if not is_from_within(vacated[post]):
                continue
            deputies = [member for member in staying if member.role == Role.DEPUTY]
            others = [member for member in staying if member.role < FIRST_LEADING_ROLE]
            chosen = (best(deputies) or best(others)) if role == Role.HEAD else best(others)
            if chosen is not None:
                appointed[post] = chosen
                vacated[chosen.position] = chosen
    for post, member in appointed.items():
        del vacated[post]
        society.holder[post] = member
    for post, member in appointed.items():
        member.position = post
    for post in vacated:
        society.newcomers[post] += 1
        identity = post + len(society.holder) * society.newcomers[post]
        society.holder[post].remove() if society.holder[post] in leavers else None
        society.holder[post] = Member(society, post, identity, society.year, 0)
