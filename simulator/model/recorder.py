"""Write down the years as they happen, for the indicators."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.history import Achievements, History, OutsideTheRound, Track
from simulator.lookups import ColumnInParts
from simulator.randomness import REPLICATION_STEP

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.model.cycle import Cycle
    from simulator.model.files import Files
    from simulator.model.nomination import Outcome
    from simulator.population.generator import Population


_NOBODY: Final = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class YearRecord:
    """One year of those who stood for the focus award: (n_members,) columns.

    Attributes
    ----------
    year
        Its number.
    member, merit, is_eligible, is_nominated
        As in :class:`~simulator.history.History`.
    place_share
        (n_units,) as there, of every member of the unit.
    is_noise_choice, is_choice_without_claims
        Who would have won through appraisal noise alone, and without claims; ``None`` where awards alone are followed.
    n_dossiers
        Files written for each member this year.
    references
        Merit by the other references.
    winners
        Award id → int32 positions of those who won it: few of all, so they take little room.
    achievements
        Achievements of the year, answered or not; ``None`` where deeds are not followed.
    """

    year: int
    member: IndexArray
    merit: FloatArray
    is_eligible: BoolArray
    is_nominated: BoolArray
    place_share: FloatArray
    is_noise_choice: BoolArray | None
    is_choice_without_claims: BoolArray | None
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
        return {award: _distinct(np.concatenate([year.member[year.winners.get(award, _NOBODY)] for year in self.years])) for award in awards}

    def write(
        self,
        cycle: Cycle,
        files: Files,
        outcomes: Sequence[Outcome],
        focus: Outcome,
        *,
        noise_choice: IndexArray | None,
        choice_without_claims: IndexArray | None,
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
                is_eligible=focus.is_eligible,
                is_nominated=_marked(focus.nominees, n_members),
                place_share=focus.place_share,
                is_noise_choice=None if noise_choice is None else _marked(noise_choice, n_members),
                is_choice_without_claims=None if choice_without_claims is None else _marked(choice_without_claims, n_members),
                n_dossiers=n_dossiers,
                references=files.references,
                winners={award: members.winners_of_year.get(award, _NOBODY) for award in members.award_years},
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
        bonuses: Sequence[tuple[int, Mapping[str, float]]] = (),
        with_references: bool = True,
    ) -> History:
        """Bind the book: all years, one row for each year and member; ``ad_hoc`` names the awards that come outside the yearly round.

        Replications that lie side by side follow one another, each with all its years.
        """
        years, population = self.years, cycle.population
        n_members, n_replications = population.n_members, population.n_replications
        references = tuple(years[-1].references) if with_references else ()

        def bind(of_year: Callable[[YearRecord], np.ndarray]) -> np.ndarray:
            return _by_replication(map(of_year, years), len(years), n_replications)

        def column(name: str) -> np.ndarray:
            return bind(attrgetter(name))

        def column_if_known(name: str) -> np.ndarray | None:
            return column(name) if all(getattr(year, name) is not None for year in years) else None

        def of_posts(of_post: np.ndarray) -> np.ndarray:
            return bind(lambda _: of_post)

        def made_of(of_year: Callable[[YearRecord, slice | IndexArray], np.ndarray]) -> np.ndarray | ColumnInParts:
            """Give a column that is made rather than kept; of replications, whose years do not follow one another here, the whole."""
            if n_replications > 1:
                return bind(lambda year: of_year(year, slice(None)))
            return ColumnInParts(len(years), n_members, lambda number, posts: of_year(years[number], posts))

        def marked(award: str) -> BoolArray:
            """Mark the winners alone: the rest of a column of noughts the system gives without its being written."""
            has_won, n_each = np.zeros(n_members * len(years), dtype=np.bool_), max(n_members // n_replications, 1)
            for number, year in enumerate(years):
                winners = year.winners.get(award, _NOBODY).astype(np.int64)
                has_won[winners + (winners // n_each * (len(years) - 1) + number) * n_each] = True
            return has_won

        awards = {award: marked(award) for award in award_values}
        member, member_step = _numbered(column("member"), n_replications)
        return History(
            year=bind(lambda year: np.broadcast_to(np.int32(year.year), n_members)),
            unit=of_posts(population.groups.of_member),
            member=member,
            role=of_posts(population.role),
            focus_award=self.focus_award,
            awards=awards,
            award_values=dict(award_values),
            award_levels=dict(award_levels),
            outside={award: _ad_hoc_times(is_given) for award, is_given in awards.items() if award in ad_hoc},
            merit=column("merit"),
            is_eligible=column("is_eligible"),
            is_nominated=column("is_nominated"),
            place_share=made_of(lambda year, posts: year.place_share.take(population.groups.of_member[posts])),
            is_noise_choice=column_if_known("is_noise_choice"),
            is_choice_without_claims=column_if_known("is_choice_without_claims"),
            n_dossiers=column("n_dossiers"),
            references={name: bind(partial(_reference, name)) for name in references},
            # Drawn again, for those who are compared, rather than kept: the same draws come of the same identifiers.
            tie=made_of(lambda year, posts: cycle.streams.tie_break(year=year.year, ids=year.member[posts])),
            achievements=_joined([year.achievements for year in years if year.achievements is not None], population, member_step),
            base_salary=base_salary,
            bonuses=tuple(bonuses),
            unit_kind=of_posts(population.groups.spread(population.kind)),
            unit_kinds=population.kinds,
            n_history_years=min(n_history_years, len(years)),
            n_replications=n_replications,
            member_step=member_step,
        )


def _reference(name: str, year: YearRecord) -> FloatArray:
    return year.references[name]


def _marked(positions: IndexArray, n_members: int) -> BoolArray:
    is_marked = np.zeros(n_members, dtype=np.bool_)
    is_marked[positions] = True
    return is_marked


def _by_replication(of_years: Iterable[np.ndarray], n_years: int, n_replications: int) -> np.ndarray:
    """Put the columns of the years, which are made one after the other, in the order of replications, and of years in each."""
    of_years = iter(of_years)
    first = next(of_years)
    column = np.empty((n_replications, n_years, len(first) // n_replications), dtype=first.dtype)
    for number, of_year in enumerate(chain((first,), of_years)):
        column[:, number] = of_year.reshape(n_replications, -1)
    return column.reshape(-1)


def _numbered(ids: IndexArray, n_replications: int) -> tuple[IndexArray, int]:
    """Give the people of replications that follow one another labels that lie close together, and what the labels of each are more than of the one before."""
    if n_replications == 1:
        return ids, 0
    of_replication = ids.reshape(n_replications, -1) % REPLICATION_STEP
    step = int(of_replication.max(initial=0)) + 1
    of_replication += step * np.arange(n_replications)[:, None]
    return of_replication.reshape(-1), step


def _ad_hoc_times(is_given: BoolArray) -> OutsideTheRound:
    """Tell when an award came that is given ad hoc alone; one deed a year is followed, so that the year tells the order."""
    row = np.flatnonzero(is_given)
    n_times = len(row)
    return OutsideTheRound(row, np.full(n_times, Track.AD_HOC, dtype=np.int8), np.full(n_times, np.nan), np.zeros(n_times, dtype=np.bool_))


def _joined(parts: Sequence[Achievements], population: Population, member_step: int) -> Achievements | None:
    if not parts:
        return None
    joined = Achievements(**{field.name: np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Achievements)})
    if population.n_replications == 1:
        return joined
    replication = joined.unit // (population.n_units // population.n_replications)
    order = np.argsort(replication, kind="stable")
    joined = replace(joined, member=joined.member % REPLICATION_STEP + member_step * replication)
    return Achievements(**{field.name: getattr(joined, field.name)[order] for field in fields(Achievements)})


def _distinct(labels: IndexArray) -> IndexArray:
    """Give each label once, in order; sorting is many times faster here than the table by which numpy's ``unique`` does it."""
    in_order = np.sort(labels)
    return in_order[np.flatnonzero(np.diff(in_order, prepend=in_order[:1] - 1))]
