"""The members, as columns: what they carry from one year to the next.

One row is one post. A newcomer takes over the post, not the person: identifier, talent, titles and waiting time start anew. Whoever rises to another
post takes all of them along.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from simulator.model.of_each import of_things
from simulator.scoring.facts import Rating

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator._types import FloatArray, IndexArray, YearBits
    from simulator.model.cycle import Cycle
    from simulator.population.generator import Population
    from simulator.randomness import Streams
    from simulator.replications import SideBySide

LONGEST_WAIT = 127
_FIRST_TENURE_YEARS = 5


@dataclass(slots=True)
class Members:
    """State of the (n_members,) members between two years.

    Attributes
    ----------
    id
        int64; the key of everybody's luck. A newcomer's differs from the predecessor's. The book of the history holds the column of each year, so it is
        made fixed once a year is lived, and who writes on it next writes on a copy.
    talent, fortune
        float32; a and z of equation 1.
    tenure_years
        int16.
    prestige
        float32; past awards by worth, fading.
    wait
        Award id → int8 years since the award was won or the member came.
    award_years
        Award id → years in which it was won. An award that nobody has won so far, as most of the highest, has no column of its own but :func:`no_years`,
        on which nobody can write; :meth:`mark_won` gives it one.
    rating_years
        Rating → years in which the member was rated so or better.
    initiatives, earlier_initiatives
        int8; recognised and unused, of this year and of last year. Older ones are no longer put forward (assumption).
    top_level
        int8; highest level of an award ever won, 0 for none.
    n_newcomers
        int16; newcomers each post has seen. This one column belongs to the post.
    first_id
        Identifier of the first member of the first post.
    posts
        Which posts are of which replication.
    winners_of_year
        Award id → ascending positions of those who won it in the year that was closed last.
    """

    id: IndexArray
    talent: FloatArray
    fortune: FloatArray
    tenure_years: IndexArray
    prestige: FloatArray
    wait: dict[str, IndexArray]
    award_years: dict[str, YearBits]
    rating_years: dict[Rating, YearBits]
    initiatives: IndexArray
    earlier_initiatives: IndexArray
    top_level: IndexArray
    n_newcomers: IndexArray
    posts: SideBySide
    first_id: int = 0
    winners_of_year: dict[str, IndexArray] = field(default_factory=dict)

    @classmethod
    def settle(cls, population: Population, streams: Streams, *, awards: Iterable[str], first_id: int = 0) -> Members:
        """People the posts before the first year; nobody has been awarded or rated yet."""
        n = population.n_members
        member_id = first_id + population.posts.ids
        awards = tuple(awards)
        return cls(
            id=member_id,
            talent=streams.normal("member.talent", year=0, ids=member_id),
            fortune=streams.normal("member.first-fortune", year=0, ids=member_id),
            tenure_years=np.full(n, _FIRST_TENURE_YEARS, dtype=np.int16),
            prestige=np.zeros(n, dtype=np.float32),
            wait={award: np.zeros(n, dtype=np.int8) for award in awards},
            award_years=dict.fromkeys(awards, no_years(n)),
            rating_years={rating: np.zeros(n, dtype=np.uint32) for rating in Rating},
            initiatives=np.zeros(n, dtype=np.int8),
            earlier_initiatives=np.zeros(n, dtype=np.int8),
            top_level=np.zeros(n, dtype=np.int8),
            n_newcomers=np.zeros(n, dtype=np.int16),
            posts=population.posts,
            first_id=first_id,
        )

    def copy(self, *, awards: Iterable[str]) -> Members:
        """Copy the state; awards the copy does not know yet start with nobody holding them."""
        blank_wait, blank_years = np.zeros(len(self.id), np.int8), no_years(len(self.id))
        years = {award: self.award_years.get(award, blank_years) for award in awards}
        return Members(
            id=self.id.copy(),
            talent=self.talent.copy(),
            fortune=self.fortune.copy(),
            tenure_years=self.tenure_years.copy(),
            prestige=self.prestige.copy(),
            wait={award: self.wait.get(award, blank_wait).copy() for award in awards},
            award_years={award: column.copy() if column.flags.writeable else column for award, column in years.items()},
            rating_years={rating: years.copy() for rating, years in self.rating_years.items()},
            initiatives=self.initiatives.copy(),
            earlier_initiatives=self.earlier_initiatives.copy(),
            top_level=self.top_level.copy(),
            n_newcomers=self.n_newcomers.copy(),
            posts=self.posts,
            first_id=self.first_id,
        )

    @property
    def unused_initiatives(self) -> IndexArray:
        """(n_members,) int8 initiatives that may still be put forward."""
        return self.initiatives + self.earlier_initiatives

    def grow_older(self) -> None:
        """Let everybody's memory grow by a year."""
        for years in (*self._columns_of_awards(), *self.rating_years.values()):
            np.left_shift(years, np.uint32(1), out=years)
        self.tenure_years += np.int16(1)
        np.copyto(self.earlier_initiatives, self.initiatives)
        self.initiatives[:] = 0

    def move(self, from_posts: IndexArray, to_posts: IndexArray) -> None:
        """Let people move to other posts with their whole past, all at once; the posts they leave keep a copy until somebody comes."""
        for column in self._columns_of_people():
            column[to_posts] = column[from_posts]

    def welcome(self, posts: IndexArray, streams: Streams, year: int) -> None:
        """Give posts to newcomers, who bring talent and fortune and nothing else."""
        for column in self._columns_of_people():
            column[posts] = 0
        self.n_newcomers[posts] += np.int16(1)
        # Unique in a replication: the identifiers of those who came to one post are congruent modulo the number of its posts.
        n_posts = self.posts.per_thing(self.posts.count, posts)
        newcomer = self.first_id + self.posts.ids_of(posts) + n_posts * self.n_newcomers[posts].astype(np.int64)
        self.id[posts] = newcomer
        self.talent[posts] = streams.normal("member.talent", year=0, ids=newcomer)
        self.fortune[posts] = streams.normal("member.first-fortune", year=year, ids=newcomer)

    def _columns_of_people(self) -> tuple[FloatArray | IndexArray, ...]:
        """Give what belongs to a person rather than to the post, to be written on."""
        if not self.id.flags.writeable:
            self.id = self.id.copy()
        single = (self.id, self.talent, self.fortune, self.tenure_years, self.prestige, self.top_level, self.initiatives, self.earlier_initiatives)
        return (*single, *self.wait.values(), *self._columns_of_awards(), *self.rating_years.values())

    def _columns_of_awards(self) -> tuple[YearBits, ...]:
        """Give the years of the awards that somebody has won."""
        return tuple(years for years in self.award_years.values() if years.flags.writeable)

    def remember_ratings(self, ratings: IndexArray) -> None:
        """Mark this year in the memory of every rating that was reached."""
        for rating, years in self.rating_years.items():
            np.bitwise_or(years, ratings >= rating, out=years)

    def use_initiatives(self, posts: IndexArray, used: IndexArray) -> None:
        """Use up initiatives, the older ones first."""
        from_earlier = np.minimum(used, self.earlier_initiatives[posts])
        self.earlier_initiatives[posts] -= from_earlier
        self.initiatives[posts] -= used - from_earlier

    def mark_won(self, award: str, winners: IndexArray) -> None:
        """Enter who, by position, wins an award this year."""
        if len(winners) and not self.award_years[award].flags.writeable:
            self.award_years[award] = np.zeros(len(self.id), dtype=np.uint32)
        if len(winners):
            self.award_years[award][winners] |= np.uint32(1)

    def winners_of(self, award: str) -> IndexArray:
        """Ascending int32 positions of those who won an award this year."""
        if not self.award_years[award].flags.writeable:
            return np.zeros(0, dtype=np.int32)
        # Asked of truths, which numpy counts many at a time, and not of the numbers themselves.
        return np.flatnonzero((self.award_years[award] & np.uint32(1)) != 0).astype(np.int32)

    def close_year(self, cycle: Cycle) -> None:
        """Update waits, prestige and highest levels from this year's awards (``docs/odd.md`` 7.10; equation 14, first part).

        An award that these members do not know (one of collectives, for people) says nothing about them.
        """
        regime = cycle.regime
        self.prestige *= of_things((each.behaviour.prestige_decay for each in cycle.regimes), self.posts.joined(cycle.n_under_each))
        self.winners_of_year = {}
        for rule in (*regime.awards, *regime.ad_hoc_awards, *regime.collective_awards):
            if rule.id not in self.award_years:
                continue
            winners = self.winners_of_year[rule.id] = self.winners_of(rule.id)
            wait = self.wait[rule.id]
            wait += (wait < LONGEST_WAIT).view(np.int8)  # as whole numbers of the same size, a truth is added without a copy
            if not len(winners):
                continue
            wait[winners] = 0
            self.prestige[winners] += np.float32(rule.value)
            if rule.kind == "merit" or regime.ad_hoc_counts:
                self.top_level[winners] = np.maximum(self.top_level[winners], np.int8(rule.level))


def no_years(n_members: int) -> YearBits:
    """Give the years in which nobody has won an award: one nought that stands for everybody."""
    return np.broadcast_to(np.uint32(0), n_members)
