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
from simulator.replications import REPLICATION_STEP, SideBySide

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.model.cycle import Cycle
    from simulator.model.files import Files
    from simulator.model.nomination import Outcome
    from simulator.population.generator import Population


ROWS_OF_A_PART: Final = 2**19
"""Rows of a part of a long history: columns so long are given and taken back without asking the system for memory, which costs more than what is done with it."""
_NOBODY: Final = np.zeros(0, dtype=np.int32)
_MARKS: Final = {
    name: np.uint8(1 << place) for place, name in enumerate(("is_eligible", "is_nominated", "is_noise_choice", "is_choice_without_claims"))
}
"""What is told of everybody by yes or no, and the bit that tells it: years are many, and a byte holds all four."""


@dataclass(frozen=True, slots=True)
class YearRecord:
    """One year of those who stood for the focus award: (n_members,) columns.

    Attributes
    ----------
    year
        Its number.
    member
        Who held each post, in as few bytes as hold it.
    merit
        As in :class:`~simulator.history.History`.
    marks
        uint8; a bit each for who was eligible, was nominated, would have won through appraisal noise alone, and would have won without claims.
    followed
        Which of these were followed.
    place_share
        (n_units,) as in a history, of every member of the unit.
    n_dossiers
        Files written for each member this year.
    references
        Merit by the other references; none where they are not wanted.
    winners
        Award id → int32 positions of those who won it: few of all, so they take little room.
    achievements
        Achievements of the year, answered or not; ``None`` where deeds are not followed.
    """

    year: int
    member: IndexArray
    merit: FloatArray
    marks: IndexArray
    followed: frozenset[str]
    place_share: FloatArray
    n_dossiers: IndexArray
    references: Mapping[str, FloatArray]
    winners: Mapping[str, IndexArray]
    achievements: Achievements | None

    def people_at(self, posts: slice | IndexArray) -> IndexArray:
        """int64 identifiers of those who held some posts."""
        return self.member[posts].astype(np.int64)

    def marked(self, name: str, posts: slice = slice(None)) -> BoolArray:
        """Tell of some posts who is marked, by the name of a column of a history."""
        is_marked: BoolArray = (self.marks[posts] & _MARKS[name]) != 0
        return is_marked

    @property
    def awards(self) -> dict[str, BoolArray]:
        """Award id → (n_members,) who won it."""
        return {award: _marked(winners, len(self.member)) for award, winners in self.winners.items()}


@dataclass(frozen=True, slots=True)
class Part:
    """Some units that lie side by side in a population of one replication, with their posts.

    Attributes
    ----------
    units, posts
        Stretches of the population's units and posts.
    n_posts, first_id
        Posts of the whole population, and the identifier of whoever held the first of them first; the identifiers of those who come to one post are congruent
        modulo the number of posts, so nobody is seen in two parts.
    """

    units: slice
    posts: slice
    n_posts: int
    first_id: int

    @property
    def n_own_posts(self) -> int:
        """Posts of the part."""
        n_posts: int = self.posts.stop - self.posts.start
        return n_posts

    def label(self, ids: IndexArray) -> IndexArray:
        """Give people of the part labels that lie close together, in the order of their identifiers."""
        earlier, post = np.divmod(ids - self.first_id, self.n_posts)
        label: IndexArray = (earlier * self.n_own_posts + (post - self.posts.start)).astype(np.int32)
        return label

    def labels_among(self, ids: IndexArray) -> IndexArray:
        """Give the labels of those of some people who belong to the part."""
        post = (ids - self.first_id) % self.n_posts
        return self.label(ids[(post >= self.posts.start) & (post < self.posts.stop)])

    def places_of(self, posts: IndexArray) -> IndexArray:
        """Find those of some ascending posts that belong to the part: their places among its own."""
        first, end = np.searchsorted(posts, (self.posts.start, self.posts.stop))
        own: IndexArray = posts[first:end] - self.posts.start
        return own

    def of_achievements(self, achievements: Achievements) -> Achievements:
        """Keep those of the part."""
        is_here = (achievements.unit >= self.units.start) & (achievements.unit < self.units.stop)
        own = {field.name: getattr(achievements, field.name)[is_here] for field in fields(Achievements)}
        own |= {"unit": own["unit"] - self.units.start, "member": self.label(own["member"])}
        return Achievements(**own)


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
        return {award: _distinct(np.concatenate([year.people_at(year.winners.get(award, _NOBODY)) for year in self.years])) for award in awards}

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
        with_references: bool = True,
    ) -> None:
        """Write down a year that has been decided."""
        members, n_dossiers = cycle.members, np.zeros(cycle.population.n_members, dtype=np.int8)
        for outcome in outcomes:
            n_dossiers[outcome.nominees] += np.int8(1)
        marked = {"is_nominated": focus.nominees, "is_noise_choice": noise_choice, "is_choice_without_claims": choice_without_claims}
        followed = {name: posts for name, posts in marked.items() if posts is not None}
        marks = focus.is_eligible.astype(np.uint8)
        for name, posts in followed.items():
            marks[posts] |= _MARKS[name]
        self.years.append(
            YearRecord(
                year=cycle.year,
                member=files.merits.id,
                merit=files.merit,
                marks=marks,
                followed=frozenset({"is_eligible", *followed}),
                place_share=focus.place_share,
                n_dossiers=n_dossiers,
                references=files.references if with_references else {},
                winners={award: members.winners_of_year.get(award, _NOBODY) for award in members.award_years},
                achievements=achievements,
            )
        )

    def parts(self, cycle: Cycle) -> list[Part | None]:
        """Cut a long history of one replication into parts of whole units, which :meth:`history` binds; what is not long stays whole (``None``)."""
        population = cycle.population
        n_posts_together = max(ROWS_OF_A_PART // max(len(self.years), 1), 1)
        if population.n_replications > 1 or population.n_members < 2 * n_posts_together:
            return [None]
        start, parts, unit = np.append(population.groups.start, population.n_members), list[Part | None](), 0
        while unit < population.n_units:
            end = max(int(np.searchsorted(start, start[unit] + n_posts_together, side="right")) - 1, unit + 1)
            parts.append(Part(slice(unit, end), slice(int(start[unit]), int(start[end])), population.n_members, cycle.members.first_id))
            unit = end
        return parts

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
        part: Part | None = None,
    ) -> History:
        """Bind the book: all years, one row for each year and member; ``ad_hoc`` names the awards that come outside the yearly round.

        Replications that lie side by side follow one another, each with all its years. Of one replication a ``part`` can be bound alone.
        """
        years, population = self.years, cycle.population
        n_replications, own_posts = population.n_replications, population.posts if part is None else SideBySide((part.n_own_posts,))
        posts = slice(0, population.n_members) if part is None else part.posts
        n_members, unit = posts.stop - posts.start, population.groups.of_member[posts]
        references = tuple(years[-1].references) if with_references else ()

        def bind(of_year: Callable[[YearRecord], np.ndarray]) -> np.ndarray:
            return _by_replication(map(of_year, years), len(years), own_posts)

        def column(name: str) -> np.ndarray:
            of_year = attrgetter(name)
            return bind(lambda year: of_year(year)[posts])

        def marked(name: str) -> BoolArray | None:
            """Tell who is marked; ``None`` where a year did not follow it."""
            return bind(lambda year: year.marked(name, posts)) if all(name in year.followed for year in years) else None

        def every_year(of_post: np.ndarray) -> np.ndarray:
            return bind(lambda _: of_post)

        def made_of(of_year: Callable[[YearRecord, slice | IndexArray], np.ndarray]) -> np.ndarray | ColumnInParts:
            """Give a column that is made rather than kept, of places among the posts; of replications, whose years do not follow one another here, the whole."""
            if n_replications > 1:
                return bind(lambda year: of_year(year, slice(None)))
            return ColumnInParts(len(years), n_members, lambda number, places: of_year(years[number], places))

        def won(award: str) -> BoolArray:
            """Mark the winners alone: the rest of a column of noughts the system gives without its being written."""
            has_won = np.zeros(n_members * len(years), dtype=np.bool_)
            for number, year in enumerate(years):
                winners: IndexArray = year.winners.get(award, _NOBODY).astype(np.int64)
                if part is not None:
                    winners = part.places_of(winners)
                years_before = own_posts.start * (len(years) - 1) + own_posts.count * number
                has_won[winners + own_posts.per_thing(years_before, winners)] = True
            return has_won

        awards = {award: won(award) for award in award_values}
        ids = bind(lambda year: year.people_at(posts))
        rows = SideBySide(tuple(n_posts * len(years) for n_posts in own_posts.counts))
        member, member_step = _numbered(ids, rows) if part is None else (part.label(ids), 0)
        return History(
            year=bind(lambda year: np.broadcast_to(np.int32(year.year), n_members)),
            unit=every_year(unit if part is None else unit - np.int32(part.units.start)),
            member=member,
            role=every_year(population.role[posts]),
            focus_award=self.focus_award,
            awards=awards,
            award_values=dict(award_values),
            award_levels=dict(award_levels),
            outside={award: _ad_hoc_times(is_given) for award, is_given in awards.items() if award in ad_hoc},
            merit=column("merit"),
            is_eligible=marked("is_eligible"),
            is_nominated=marked("is_nominated"),
            place_share=made_of(lambda year, places: year.place_share.take(unit[places])),
            is_noise_choice=marked("is_noise_choice"),
            is_choice_without_claims=marked("is_choice_without_claims"),
            n_dossiers=column("n_dossiers"),
            references={name: bind(partial(_reference, name, posts)) for name in references},
            # Drawn again, for those who are compared, rather than kept: the same draws come of the same identifiers.
            tie=made_of(lambda year, places: cycle.streams.tie_break(year=year.year, ids=year.member[posts][places])),
            achievements=_joined([year.achievements for year in years if year.achievements is not None], population, member_step, part),
            base_salary=base_salary,
            bonuses=tuple(bonuses),
            unit_kind=every_year(population.kind.take(unit)),
            unit_kinds=population.kinds,
            n_history_years=min(n_history_years, len(years)),
            rows_of_replications=rows if n_replications > 1 else None,
            units_of_replications=population.units if n_replications > 1 else None,
            member_step=member_step,
        )


def _reference(name: str, posts: slice, year: YearRecord) -> FloatArray:
    return year.references[name][posts]


def _marked(positions: IndexArray, n_members: int) -> BoolArray:
    is_marked = np.zeros(n_members, dtype=np.bool_)
    is_marked[positions] = True
    return is_marked


def _by_replication(of_years: Iterable[np.ndarray], n_years: int, posts: SideBySide) -> np.ndarray:
    """Put the columns of the years, which are made one after the other, in the order of replications, and of years in each."""
    of_years = iter(of_years)
    first = next(of_years)
    column = np.empty(n_years * len(first), dtype=first.dtype)
    of_replications = [(own, column[own.start * n_years : own.stop * n_years].reshape(n_years, -1)) for own in posts.slices]
    for number, of_year in enumerate(chain((first,), of_years)):
        for own, of_replication in of_replications:
            of_replication[number] = of_year[own]
    return column


def _numbered(ids: IndexArray, rows: SideBySide) -> tuple[IndexArray, int]:
    """Give the people of replications that follow one another labels that lie close together, and what the labels of each are more than of the one before."""
    if len(rows) == 1:
        return ids, 0
    labels = ids % REPLICATION_STEP
    step = int(labels.max(initial=0)) + 1
    labels += rows.spread(step * np.arange(len(rows)))
    return labels, step


def _ad_hoc_times(is_given: BoolArray) -> OutsideTheRound:
    """Tell when an award came that is given ad hoc alone; one deed a year is followed, so that the year tells the order."""
    row = np.flatnonzero(is_given)
    n_times = len(row)
    return OutsideTheRound(row, np.full(n_times, Track.AD_HOC, dtype=np.int8), np.full(n_times, np.nan), np.zeros(n_times, dtype=np.bool_))


def _joined(years: Sequence[Achievements], population: Population, member_step: int, part: Part | None) -> Achievements | None:
    if not years:
        return None
    if part is not None:
        years = [part.of_achievements(year) for year in years]
    joined = Achievements(**{field.name: np.concatenate([getattr(year, field.name) for year in years]) for field in fields(Achievements)})
    if population.n_replications == 1:
        return joined
    replication = population.units.replication_of(joined.unit)
    order = np.argsort(replication, kind="stable")
    joined = replace(joined, member=joined.member % REPLICATION_STEP + member_step * replication)
    return Achievements(**{field.name: getattr(joined, field.name)[order] for field in fields(Achievements)})


def _distinct(labels: IndexArray) -> IndexArray:
    """Give each label once, in order; sorting is many times faster here than the table by which numpy's ``unique`` does it."""
    in_order = np.sort(labels)
    return in_order[np.flatnonzero(np.diff(in_order, prepend=in_order[:1] - 1))]
