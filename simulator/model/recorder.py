"""Write down the years as they happen, for the indicators."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from simulator.history import Achievements, History, OutsideTheRound, Track

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.model.cycle import Cycle
    from simulator.model.files import Files
    from simulator.model.nomination import Outcome


@dataclass(frozen=True, slots=True)
class YearRecord:
    """One year of those who stood for the focus award: (n_members,) columns.

    Attributes
    ----------
    year
        Its number.
    member, merit, tie, is_eligible, is_nominated, place_share
        As in :class:`~simulator.history.History`.
    is_noise_choice, is_choice_without_claims
        Who would have won through appraisal noise alone, and without claims.
    n_dossiers
        Files written for each member this year.
    references
        Merit by the other references.
    winners
        Award id → positions of those who won it: few of all, so they take little room.
    achievements
        Achievements of the year, answered or not; ``None`` where deeds are not followed.
    """

    year: int
    member: IndexArray
    merit: FloatArray
    tie: IndexArray
    is_eligible: BoolArray
    is_nominated: BoolArray
    place_share: FloatArray
    is_noise_choice: BoolArray
    is_choice_without_claims: BoolArray
    n_dossiers: IndexArray
    references: Mapping[str, FloatArray]
    winners: Mapping[str, IndexArray]
    achievements: Achievements | None

    @property
    def awards(self) -> dict[str, BoolArray]:
        """Award id → (n_members,) who won it."""
        return {award: _marked(winners, len(self.member)) for award, winners in self.winners.items()}


class Recorder:
    """The book of one simulated history: a list of years, each a handful of columns."""

    def __init__(self, focus_award: str) -> None:
        """Open an empty book about one focus award."""
        self.focus_award = focus_award
        self.years: list[YearRecord] = []

    def branch(self, n_years: int) -> Recorder:
        """Open a new book that begins with the last years of this one."""
        new = Recorder(self.focus_award)
        new.years = self.years[max(0, len(self.years) - n_years) :]
        return new

    def winners(self) -> dict[str, IndexArray]:
        """Award → labels of all who won it in a year of this book, each once."""
        awards = dict.fromkeys(award for year in self.years for award in year.winners)
        nobody = np.zeros(0, dtype=np.int64)
        return {award: np.unique(np.concatenate([year.member[year.winners.get(award, nobody)] for year in self.years])) for award in awards}

    def write(
        self,
        cycle: Cycle,
        files: Files,
        outcomes: Sequence[Outcome],
        focus: Outcome,
        *,
        noise_choice: IndexArray,
        choice_without_claims: IndexArray,
        achievements: Achievements | None,
    ) -> None:
        """Write down a year that has been decided."""
        members = cycle.members
        n_members = len(members.id)
        n_dossiers = np.zeros(n_members, dtype=np.int8)
        for outcome in outcomes:
            n_dossiers[outcome.nominees] += np.int8(1)
        self.years.append(
            YearRecord(
                year=cycle.year,
                member=files.merits.id,
                merit=files.merit,
                tie=files.tie,
                is_eligible=focus.is_eligible,
                is_nominated=_marked(focus.nominees, n_members),
                place_share=focus.place_share,
                is_noise_choice=_marked(noise_choice, n_members),
                is_choice_without_claims=_marked(choice_without_claims, n_members),
                n_dossiers=n_dossiers,
                references=files.references,
                winners={award: members.winners_of(award) for award in members.award_years},
                achievements=achievements,
            )
        )

    def history(
        self,
        cycle: Cycle,
        award_values: Mapping[str, float],
        award_levels: Mapping[str, int],
        *,
        n_history_years: int,
        ad_hoc: Collection[str] = (),
        base_salary: float | None = None,
        with_references: bool = True,
    ) -> History:
        """Bind the book: all years, one row for each year and member; ``ad_hoc`` names the awards that come outside the yearly round."""
        years, n_members = self.years, cycle.population.n_members
        nobody = np.zeros(0, dtype=np.int64)
        references = tuple(years[-1].references) if with_references else ()

        def column(name: str) -> np.ndarray:
            return np.concatenate([getattr(year, name) for year in years])

        return History(
            year=np.repeat(np.array([year.year for year in years], dtype=np.int32), n_members),
            unit=np.tile(cycle.population.groups.of_member.astype(np.int32), len(years)),
            member=column("member"),
            role=np.tile(cycle.population.role, len(years)),
            focus_award=self.focus_award,
            awards={award: np.concatenate([_marked(year.winners.get(award, nobody), n_members) for year in years]) for award in award_values},
            award_values=dict(award_values),
            award_levels=dict(award_levels),
            outside={
                award: _ad_hoc_times([year.winners.get(award, nobody) for year in years], n_members) for award in award_values if award in ad_hoc
            },
            merit=column("merit"),
            is_eligible=column("is_eligible"),
            is_nominated=column("is_nominated"),
            place_share=column("place_share"),
            is_noise_choice=column("is_noise_choice"),
            is_choice_without_claims=column("is_choice_without_claims"),
            n_dossiers=column("n_dossiers"),
            references={name: np.concatenate([year.references[name] for year in years]) for name in references},
            tie=column("tie"),
            achievements=_joined([year.achievements for year in years if year.achievements is not None]),
            base_salary=base_salary,
            unit_kind=np.tile(cycle.population.groups.spread(cycle.population.kind), len(years)),
            unit_kinds=cycle.population.kinds,
            n_history_years=min(n_history_years, len(years)),
        )


def _marked(positions: IndexArray, n_members: int) -> BoolArray:
    is_marked = np.zeros(n_members, dtype=np.bool_)
    is_marked[positions] = True
    return is_marked


def _ad_hoc_times(winners: Sequence[IndexArray], n_members: int) -> OutsideTheRound:
    """Tell when an award came that is given ad hoc alone; one deed a year is followed, so that the year tells the order."""
    row = np.concatenate([of_year + position * n_members for position, of_year in enumerate(winners)])
    n_times = len(row)
    return OutsideTheRound(row, np.full(n_times, Track.AD_HOC, dtype=np.int8), np.full(n_times, np.nan), np.zeros(n_times, dtype=np.bool_))


def _joined(parts: Sequence[Achievements]) -> Achievements | None:
    if not parts:
        return None
    return Achievements(**{field.name: np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Achievements)})
