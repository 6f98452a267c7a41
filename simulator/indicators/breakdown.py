"""Break awards down by group: by kind of unit, by sector, and by what people do in the unit.

The numbers describe who is awarded, and judge nothing: groups differ in merit, in conditions and in places. Definitions follow ``docs/indicators.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.history import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator._types import IndexArray
    from simulator.history import History

UNIT_KIND: Final = "unit_kind"
SECTOR: Final = "sector"
ROLE: Final = "role"
DIVISIONS: Final = (UNIT_KIND, SECTOR, ROLE)
"""The ways in which members are divided into groups."""


@dataclass(frozen=True, slots=True)
class GroupOutcome:
    """What one group got in the judged years.

    Attributes
    ----------
    members
        Members of the group in a year, on average.
    member_years
        Members of the group, each once a year.
    awards
        Focus awards they got.
    award_rate
        Awards per member-year.
    awards_share
        The group's part of the awards of all; NaN where nobody was awarded.
    members_share
        The group's part of all member-years.
    """

    members: float
    member_years: int
    awards: int
    award_rate: float
    awards_share: float
    members_share: float


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """What is counted of a history, or of a part of one; parts add up.

    Attributes
    ----------
    members, awards
        (n_kinds, n_roles) member-years and focus awards of the judged years, by kind of unit (one where none is told) and :class:`~simulator.history.Role`.
    n_years
        Judged years.
    unit_kinds
        Kinds of unit; none where the history tells no kinds.
    knows_direct
        Whether direct workers are told from staff.
    """

    members: IndexArray
    awards: IndexArray
    n_years: int
    unit_kinds: tuple[str, ...]
    knows_direct: bool

    @classmethod
    def of(cls, history: History) -> GroupCounts:
        """Count."""
        # A cell is a kind of unit and a role; every division adds up cells.
        cell = history.role.astype(np.int64)
        if history.unit_kind is not None:
            cell += history.unit_kind.astype(np.int64) * len(Role)
        shape = (max(len(history.unit_kinds), 1), len(Role))
        years = history.judged_years
        is_judged = history.year >= years[0] if len(years) else np.zeros(len(history.year), dtype=np.bool_)
        members, awards = (
            np.bincount(cell[rows], minlength=shape[0] * shape[1]).reshape(shape) for rows in (is_judged, is_judged & history.is_awarded)
        )
        return cls(members, awards, len(years), () if history.unit_kind is None else history.unit_kinds, history.knows_direct)

    def __add__(self, other: GroupCounts) -> GroupCounts:
        """Add the counts of another part."""
        return replace(self, members=self.members + other.members, awards=self.awards + other.awards)

    def divided(self, sectors: Mapping[str, str] | None = None) -> dict[str, dict[str, GroupOutcome]]:
        """Say what :func:`break_down` says."""
        if not self.n_years:
            return {}
        members, awards = self.members, self.awards
        divisions: dict[str, dict[str, GroupOutcome]] = {}
        if self.unit_kinds:
            kinds = self.unit_kinds
            divisions[UNIT_KIND] = _outcomes(kinds, members.sum(axis=1), awards.sum(axis=1), self.n_years)
            if sectors is not None:
                divisions[SECTOR] = _outcomes([sectors[kind] for kind in kinds], members.sum(axis=1), awards.sum(axis=1), self.n_years)
        if self.knows_direct:
            divisions[ROLE] = _outcomes([role.name.lower() for role in Role], members.sum(axis=0), awards.sum(axis=0), self.n_years)
        return {division: groups for division, groups in divisions.items() if len(groups) > 1}


def break_down(history: History, sectors: Mapping[str, str] | None = None) -> dict[str, dict[str, GroupOutcome]]:
    """Count members and focus awards of each group over the judged years.

    Parameters
    ----------
    history
        Whose awards.
    sectors
        Kind of unit → its sector; without it nothing is said of sectors.

    Returns
    -------
        Division → group → outcome. The groups of a division are everybody, each once. Left out are groups without members, and divisions that are not
        known or have one group only: kinds and sectors where the history tells no kinds, roles where it does not tell direct workers from staff.
    """
    return GroupCounts.of(history).divided(sectors)


def _outcomes(names: Sequence[str], members: IndexArray, awards: IndexArray, n_years: int) -> dict[str, GroupOutcome]:
    """Add up what stands under one name, in the order of names."""
    all_members, all_awards = int(members.sum()), int(awards.sum())
    outcomes = {}
    for name in dict.fromkeys(names):
        of_group = [position for position, each in enumerate(names) if each == name]
        n_members, n_awards = int(members[of_group].sum()), int(awards[of_group].sum())
        if n_members:
            outcomes[name] = GroupOutcome(
                members=n_members / n_years,
                member_years=n_members,
                awards=n_awards,
                award_rate=n_awards / n_members,
                awards_share=n_awards / all_awards if all_awards else float("nan"),
                members_share=n_members / all_members,
            )
    return outcomes
