"""From the files of a year to the winners of one award: who is eligible, who is asked for, who is put forward, who passes (``docs/odd.md`` 7.7).

What is settled before a file is read is a :class:`Question`. Answering it (:func:`choose`) leaves no trace, so the same question can be asked again of
other files (:mod:`simulator.model.attribution`); only :func:`decide_award` enters the answer into everybody's memory.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.model.asking import ask_for
from simulator.model.council import NOTHING_READ
from simulator.model.places import count_files, count_places, limits_of, lists_of, places_of_units, share_of_places
from simulator.ranking import rank_those, rank_within_groups, to_priority_grid, to_score_grid
from simulator.rules.facts import Test
from simulator.scoring.eligibility import initiatives_used, meets
from simulator.scoring.facts import is_clear_since
from simulator.scoring.quotas import select

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.model.asking import Asking
    from simulator.model.council import Council, Reading
    from simulator.model.cycle import Cycle
    from simulator.model.files import Files
    from simulator.model.regime import AwardRule
    from simulator.population.generator import Population
    from simulator.ranking import Groups
    from simulator.rules.conditions import Condition
    from simulator.scoring.facts import Facts

    PriorityOf: TypeAlias = Callable[[AwardRule, IndexArray], FloatArray]

_NO_INITIATIVE: Final = np.zeros((), dtype=np.int8)
_NOBODY: Final = np.zeros(0, dtype=np.int64)
_FEW_SIZES: Final = 16
_TESTS_FEW_MEET: Final = frozenset({"awarded-this-year", "award-run", "award-count", "rating-run"})


@dataclass(frozen=True, slots=True)
class Question:
    """What is settled about one award of one year before a file is read.

    Attributes
    ----------
    rule
        The award.
    is_allowed
        (n_members,) who meets all but a threshold of the file's score.
    asking
        How units ask a higher authority, or ``None``.
    n_places
        (n_lists,) places of each unit, or of each pool; ``None`` without a quota.
    n_files
        (n_units,) files each unit sends, or ``None`` where it sends one for each place.
    initiatives_used
        (n_members,) int8 initiatives the award would use up.
    priority_of
        Asks the units for the priority of some members for an award (:class:`~simulator.model.priorities.Priorities`).
    """

    rule: AwardRule
    is_allowed: BoolArray
    asking: Asking | None
    n_places: IndexArray | None
    n_files: IndexArray | None
    initiatives_used: IndexArray
    priority_of: PriorityOf

    def is_eligible(self, files: Files) -> BoolArray:
        """Tell whom the rules allow: (n_members,) bool."""
        return _is_eligible(self.rule, self.is_allowed, files)

    @property
    def is_closed(self) -> bool:
        """Whether the award is open to nobody, as the highest are in most years: then one truth stands for everybody."""
        return self.is_allowed.strides == (0,)

    @property
    def has_to_cut(self) -> bool:
        """Whether more may pass than there are places: from one list for a pool, or where a unit sends more files than it has places."""
        if self.n_places is None:
            return False
        return not self.rule.is_filled_by_units or (self.n_files is not None and bool((self.n_files > self.n_places).any()))


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to a question: positions of the nominees and of the winners, and what the council read."""

    nominees: IndexArray
    reading: Reading
    winners: IndexArray


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one award in one year.

    Attributes
    ----------
    question
        What was settled before.
    is_eligible
        (n_members,) whom the rules allowed.
    nominees, winners
        Positions of the members whose files reached the council, and of those awarded.
    is_approved, read_score
        (n_nominees,) whose file passed, and float32 score as the council read it.
    initiatives_used
        (n_winners,) int8 initiatives the award used up.
    population
        Those whose award it was.
    """

    question: Question
    is_eligible: BoolArray
    nominees: IndexArray
    winners: IndexArray
    is_approved: BoolArray
    read_score: FloatArray
    initiatives_used: IndexArray
    population: Population

    @property
    def rule(self) -> AwardRule:
        """The award."""
        return self.question.rule

    @property
    def n_places(self) -> FloatArray:
        """(n_units,) float64 places: the unit's own, or its part of a pool's; without a quota one for each member."""
        return places_of_units(self.rule, self.question.n_places, self.population)

    @property
    def place_share(self) -> FloatArray:
        """(n_units,) float64: places of the pool over members of the pool, the same for every member of a unit."""
        return share_of_places(self.rule, self.question.n_places, self.population)


def decide_award(rule: AwardRule, files: Files, cycle: Cycle, council: Council, priority_of: PriorityOf) -> Outcome:
    """Decide one award, and enter it into the memory of members and of the council.

    Parameters
    ----------
    rule
        The award.
    files, cycle
        The files and the state of the year.
    council
        The council of the award's authority.
    priority_of
        Asks the units for the priority of some members for an award.
    """
    members = cycle.members
    question = put_question(rule, files, cycle, council, priority_of)
    choice = choose(question, files, cycle, council)
    council.remember(rule, choice.nominees, choice.reading, files, cycle)
    used = question.initiatives_used[choice.winners]
    members.mark_won(rule.id, choice.winners)
    if used.any():
        members.use_initiatives(choice.winners, used)
    return Outcome(
        question=question,
        is_eligible=question.is_eligible(files),
        nominees=choice.nominees,
        winners=choice.winners,
        is_approved=choice.reading.is_approved,
        read_score=choice.reading.score,
        initiatives_used=used,
        population=cycle.population,
    )


def put_question(rule: AwardRule, files: Files, cycle: Cycle, council: Council, priority_of: PriorityOf) -> Question:
    """Settle what does not depend on how files are read: who is allowed, who is asked for, how many places there are."""
    facts = replace(files.facts, unused_initiatives=cycle.members.unused_initiatives)
    is_open = is_allowed(rule, facts, cycle.population)
    if rule.authority == "unit":
        is_open &= files.is_registered
    # Most awards use up no initiatives, and the highest are open to nobody in most years: they keep no column for it, and nobody is asked for.
    is_closed = not is_open.any()
    if is_closed:
        is_open = _nobody(len(is_open))
    used = _NO_INITIATIVE if is_closed else initiatives_used(rule.conditions, facts)
    n_places = count_places(rule, _is_eligible(rule, is_open, files), cycle)
    return Question(
        rule=rule,
        is_allowed=is_open,
        asking=None if is_closed else ask_for(rule, cycle, council, is_open),
        n_places=n_places,
        n_files=count_files(rule, n_places, cycle),
        initiatives_used=used if used.any() else _no_initiative(len(is_open)),
        priority_of=priority_of,
    )


@lru_cache(maxsize=_FEW_SIZES)
def _nobody(n_members: int) -> BoolArray:
    """One truth that stands for everybody: they are not allowed."""
    return np.broadcast_to(np.False_, n_members)


@lru_cache(maxsize=_FEW_SIZES)
def _no_initiative(n_members: int) -> IndexArray:
    return np.broadcast_to(_NO_INITIATIVE, n_members)


def _is_eligible(rule: AwardRule, is_allowed: BoolArray, files: Files) -> BoolArray:
    return is_allowed if rule.score_threshold is None else is_allowed & (files.score >= np.float32(rule.score_threshold))


def choose(question: Question, files: Files, cycle: Cycle, council: Council) -> Choice:
    """Put names forward, let the council read them, and cut its list to the places; nothing is remembered."""
    rule = question.rule
    nominees: IndexArray = _NOBODY if question.is_closed else np.flatnonzero(question.is_eligible(files))
    if question.asking is not None:
        nominees = nominees.compress(question.asking.among(nominees).is_asked_for(files.score.take(nominees)))
    if not len(nominees):
        return Choice(nominees=nominees, reading=NOTHING_READ, winners=nominees)
    if rule.is_filled_by_units:
        nominees = _put_forward(question, nominees, files, cycle)
    reading = council.read(rule, nominees, question.initiatives_used[nominees] > 0, files, cycle)
    winners: IndexArray = nominees.compress(reading.is_approved)
    if question.has_to_cut:
        winners = _keep_best(question, winners, reading.score.compress(reading.is_approved), files, cycle)
    return Choice(nominees=nominees, reading=reading, winners=winners)


def choose_by_noise_alone(outcome: Outcome, files: Files, groups: Groups) -> IndexArray:
    """Tell who would have been awarded had units looked at merit alone, through the same noise: the ceiling of alignment.

    Returns
    -------
        Positions of as many eligible members of each unit as it really awarded.
    """
    n_awarded = np.bincount(groups.of_member[outcome.winners], minlength=len(groups.size))
    eligible = np.flatnonzero(outcome.is_eligible)
    grid = to_score_grid(files.merit.take(eligible) + files.noise.take(eligible))
    return rank_those(eligible, grid, files.tie.take(eligible), groups).best(n_awarded)


def is_allowed(rule: AwardRule, facts: Facts, population: Population) -> BoolArray:
    """Tell to whom conditions, sector gates and cooling-off leave an award open: (n_members,) bool."""
    is_open = np.ones(facts.n_nominees, dtype=np.bool_)
    # What asks for another award, or for years in a row, comes first: few have it, and where nobody is left the other conditions need not be looked at.
    for condition in sorted(rule.conditions, key=_is_met_by_many):
        is_open &= meets(condition, facts)
        if not is_open.any():
            return is_open
    for gate in rule.gates:
        is_of_sector = np.array([sector == gate.sector for sector in population.sectors])[population.kind]
        if is_of_sector.any():
            is_open &= ~population.groups.spread(is_of_sector) | meets(gate.condition, facts)
    if rule.cooling_off_years:
        is_open &= is_clear_since(facts.years_of_award(rule.id), rule.cooling_off_years)
    return is_open


def _is_met_by_many(condition: Condition) -> bool:
    return not (isinstance(condition, Test) and condition.fact in _TESTS_FEW_MEET)


def _put_forward(question: Question, candidates: IndexArray, files: Files, cycle: Cycle) -> IndexArray:
    """Let each unit put forward its best, floors and caps being counted over the files it sends."""
    rule, groups, n_places = question.rule, cycle.population.groups, _counted(question)
    of_candidates = to_priority_grid(question.priority_of(rule, candidates))
    ranking = rank_those(candidates, of_candidates, files.tie.take(candidates), groups)
    priority = np.zeros(groups.n_members, dtype=np.int32)
    priority[candidates] = of_candidates
    limits = limits_of(rule, priority, files.tie, cycle.population, among_lists=False)
    return select(ranking, n_places if question.n_files is None else question.n_files, groups, limits)


def _keep_best(question: Question, approved: IndexArray, read_score: FloatArray, files: Files, cycle: Cycle) -> IndexArray:
    """Keep as many as there are places, the best by the council's own reading, floors and caps being counted over the places."""
    rule, population = question.rule, cycle.population
    score = np.zeros(population.n_members, dtype=np.int32)
    score[approved] = to_score_grid(read_score)
    lists, _ = lists_of(rule, population)
    ranking = rank_within_groups(score, files.tie, lists, among=np.sort(approved))
    return select(ranking, _counted(question), lists, limits_of(rule, score, files.tie, population, among_lists=True))


def _counted(question: Question) -> IndexArray:
    assert question.n_places is not None, question.rule.id  # noqa: S101 - callers have checked; this tells mypy
    return question.n_places
