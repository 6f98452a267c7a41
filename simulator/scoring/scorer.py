"""Score a list of real nominees by a criteria set: points, class, eligibility, places, ties left to the council, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from simulator.errors import InputError
from simulator.rules.clauses import CoolingOff, Eligibility, Quota, ScoreThreshold
from simulator.rules.conditions import iter_single_tests
from simulator.rules.facts import Test
from simulator.rules.points import Proportional, iter_parts
from simulator.rules.stages import SectorGate, TieBreak
from simulator.scoring.achievement_names import rows_alike
from simulator.scoring.award_order import awards_in_order, chain_of, say_left_out
from simulator.scoring.award_places import count_places, groups_of_places, units_not_pooled
from simulator.scoring.clause_columns import is_gate_of, parts_equals
from simulator.scoring.codes import make_finding
from simulator.scoring.columns import Content, columns_of
from simulator.scoring.consumption import use_initiatives
from simulator.scoring.eligibility import meets
from simulator.scoring.fact_columns import facts_not_asked
from simulator.scoring.facts import is_clear_since
from simulator.scoring.former_awards import notes_of_transitions
from simulator.scoring.kept import kept_with_its_set
from simulator.scoring.part_columns import criterion_columns
from simulator.scoring.point_table import score_table
from simulator.scoring.point_tests import groups_of
from simulator.scoring.questions import conditions_of
from simulator.scoring.reservations import Reserved, reserve
from simulator.scoring.roster_facts import facts_of
from simulator.scoring.scores import AwardResult, Scores
from simulator.scoring.shared_initiatives import as_rows, find_shared, notes_of_shared, requirements_of
from simulator.scoring.standing import combine_keys, consider, find_equals, rank_nominees
from simulator.scoring.trace import Considered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator._types import BoolArray, IndexArray
    from simulator.errors import Finding
    from simulator.rules.clauses import Clause
    from simulator.rules.conditions import ClassTest, Condition, PointsTest
    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.eligibility import OfPoints
    from simulator.scoring.facts import Facts
    from simulator.scoring.point_table import TablePoints
    from simulator.scoring.roster import Roster

__all__ = ["AwardResult", "Scores", "score"]


def score(criteria: CriteriaSet, roster: Roster, award: str | None = None) -> Scores:
    """Score a list of nominees.

    Each award is decided on its own chain, whatever other awards are scored: first those it stands on in the same year, lowest level first, then itself. A
    nominee who gets one (within the places, or eligible where there is no quota) holds it for the awards decided after it in the chain, and the initiatives it
    rests on are used up there. Where awards of different chains rest on the same initiative, nothing is decided: the notes say so. Points, classes and vetoes
    are worked out once, before any award.

    Parameters
    ----------
    criteria
        The set or the scoring table.
    roster
        The nominees.
    award
        One award, with those it rests on (:func:`~simulator.scoring.award_order.awards_in_order`); by default all that are scored together.

    Raises
    ------
    InputError
        If a column is missing, the set has no such award, or it has a clause that cannot be applied to a list; every finding at once.
    """
    awards = awards_in_order(criteria, award)
    limits = {name: reserve(criteria, name) for name in awards}
    findings = [
        *_missing(criteria, roster, award),
        *_targets_not_above_zero(criteria, roster),
        *_askings_of_points(criteria, awards),
        *(found for limit in limits.values() for found in limit.findings),
    ]
    if findings:
        raise InputError(findings)
    scorer = _Scorer(criteria, roster, facts_not_asked(criteria, awards), limits)
    asked = awards if award is None else (award,)
    chains = [scorer.judge(name) for name in asked] if awards else [[scorer.judge_by_table()]]
    results = [chain[-1] for chain in chains]
    shared = find_shared(criteria, results, facts_of(roster), scorer.of_points)
    return Scores(
        table=criteria.id,
        criteria=criteria,
        roster=roster,
        results=results,
        results_before=[] if award is None else chains[0][:-1],
        points=scorer.table,
        notes=(*_notes(criteria, roster, awards, is_all=award is None), *scorer.notes.values(), *notes_of_shared(shared, criteria, roster)),
        shared=shared,
    )


@dataclass
class _Scorer:
    """The list as it stands while one award after the other is decided."""

    criteria: CriteriaSet
    roster: Roster
    not_asked: frozenset[str]
    limits: Mapping[str, Reserved]

    def __post_init__(self) -> None:
        self.facts: Facts = replace(facts_of(self.roster), not_asked=self.not_asked)
        self.at_first = self.facts
        self.notes: dict[str, Finding] = {}
        self._known: dict[tuple[tuple[str, ...], ...], tuple[list[AwardResult], Facts]] = {}
        self.group: IndexArray = groups_of(self.roster)
        has_table = self.criteria.points or self.criteria.vetoes or self.criteria.classes
        before = self.facts
        self.table: TablePoints | None = score_table(self.criteria, self.roster, lambda test: meets(test, before)) if has_table else None

    @property
    def of_points(self) -> OfPoints | None:
        """Answers tests of points and classes; None without a table."""
        return None if self.table is None else self._of_points

    def judge(self, award: str) -> list[AwardResult]:
        """Decide one award on its own chain; its result comes last. What several chains begin with is decided once."""
        self.facts = self.at_first
        results: list[AwardResult] = []
        steps: tuple[tuple[str, ...], ...] = ()
        for wave in chain_of(self.criteria, award):
            steps = (*steps, wave)
            if steps not in self._known:
                self._known[steps] = self._judge_at_once(wave)
            decided, self.facts = self._known[steps]
            results += decided
        return results

    def _judge_at_once(self, wave: tuple[str, ...]) -> tuple[list[AwardResult], Facts]:
        """Decide awards from the same facts, and tell the facts after what they give and use up."""
        results = [self._judge(award) for award in wave]
        award_years, initiatives = dict(self.facts.award_years), self.facts.initiatives
        after = self.facts
        for award, result in zip(wave, results, strict=True):
            wins = result.considered == Considered.YES.value
            award_years[award] = self.facts.years_of_award(award) | wins.astype(np.uint32)
            initiatives = use_initiatives(requirements_of(self.criteria, award), after, wins, self.of_points)
            after = replace(after, initiatives=initiatives, unused_initiatives=initiatives.count_unused())
        return results, replace(after, award_years=award_years)

    def _judge(self, award: str) -> AwardResult:
        met = dict(self._gates((award,)))
        for clause_id, clause in self.criteria.awards[award].clauses.items():
            path = f"{award}.{clause_id}"
            if isinstance(clause, Eligibility):
                met[path] = self._meets(clause.requires)
            elif isinstance(clause, CoolingOff):
                met[path] = is_clear_since(self.facts.years_of_award(award), clause.years)
        return self._result(award, met, self.limits[award])

    def judge_by_table(self) -> AwardResult:
        """Judge a scoring table that gives no award."""
        return self._result(None, dict(self._gates(())), Reserved())

    def _result(self, award: str | None, met: dict[str, BoolArray], limit: Reserved) -> AwardResult:
        roster, table = self.roster, self.table
        is_eligible = np.ones(roster.n_nominees, dtype=np.bool_) if table is None else ~table.is_barred
        for is_met in met.values():
            is_eligible &= is_met
        first_key = np.zeros(roster.n_nominees, dtype=np.int64) if table is None or not self.criteria.points else table.rank_keys()
        ties = self._tie_breaks(award)
        key = combine_keys([first_key, *(step for _, steps in ties for step in steps)], roster.n_nominees)
        has_order = bool(self.criteria.points or ties)
        considered, places = np.where(is_eligible, Considered.YES.value, Considered.NO.value).astype("<U16"), None
        considered_freely = considered
        quota = next((clause for clause in self._clauses(award) if isinstance(clause, Quota)), None)
        if quota is not None:
            places = count_places(quota, roster, is_eligible)
            posts = limit.posts_of(self.facts)
            considered_freely = consider(key, is_eligible, places.pools.of_nominee, places.n_places, Reserved().reservation, None)
            considered = consider(key, is_eligible, places.pools.of_nominee, places.n_places, limit.reservation, posts)
            path = next(f"{award}.{name}" for name, clause in self.criteria.awards[str(award)].clauses.items() if clause is quota)
            if not_pooled := units_not_pooled(quota, roster):
                self.notes[f"{path}:not pooled"] = make_finding("SR414", roster.file, 1, clause=path, n_units=str(len(not_pooled)))
            if places.uncounted:
                column = "staff" if isinstance(quota.of, str) else f"holders:{quota.of.holders_of}"
                self.notes[f"{path}:uncounted"] = make_finding(
                    "SR408", roster.file, 1, clause=path, column=column, n_units=str(len(places.uncounted))
                )
        is_left = considered == Considered.COUNCIL_DECIDES.value
        group = self.group if places is None else groups_of_places(places.pools, self.group)
        return AwardResult(
            award=award,
            eligible=is_eligible,
            considered=considered,
            group=group,
            rank=rank_nominees(key, is_eligible, group),
            points=table.nanos() if table is not None and self.criteria.points else None,
            class_=None if table is None or not self.criteria.classes else np.array([*table.class_ids, None], dtype=object)[table.class_index],
            is_tied=is_left | (find_equals(key, is_eligible, group) if has_order else np.zeros_like(is_left)),
            places=places,
            met=met,
            facts=self.facts,
            is_parted=find_equals(first_key, is_eligible, group) & bool(ties),
            tie_breaks=tuple(path for path, _ in ties),
            is_limited=(considered != considered_freely) & (considered != Considered.YES.value),
        )

    def _clauses(self, award: str | None) -> tuple[Clause, ...]:
        return () if award is None else tuple(self.criteria.awards[award].clauses.values())

    def _gates(self, awards: tuple[str, ...]) -> Iterator[tuple[str, BoolArray]]:
        """Judge the sector gates an award stands behind: only nominees of the sector must pass."""
        for clause_id, clause in self.criteria.procedure.items():
            if isinstance(clause, SectorGate) and is_gate_of(clause, awards):
                yield f"procedure.{clause_id}", (self.facts.word("sector") != clause.sector) | self._meets(clause.requires)

    def _tie_breaks(self, award: str | None) -> list[tuple[str, list[IndexArray]]]:
        """Give the keys by which equals are parted: the award's own tie-breaks, then those of the procedure."""
        if not parts_equals(self.criteria, award):
            return []
        own = [(f"{award}.{name}", clause) for name, clause in self.criteria.awards[award].clauses.items()] if award is not None else []
        shared = [(f"procedure.{name}", clause) for name, clause in self.criteria.procedure.items()]
        return [(path, list(self._steps(clause))) for path, clause in (*own, *shared) if isinstance(clause, TieBreak)]

    def _steps(self, clause: TieBreak) -> Iterator[IndexArray]:
        for step in clause.prefer:
            if step.who is not None:
                yield self._meets(step.who).astype(np.int64)
            elif step.points is not None and self.table is not None:
                yield self.table.rank_keys(step.points)

    def _meets(self, condition: Condition) -> BoolArray:
        return meets(condition, self.facts, self.of_points)

    def _of_points(self, test: PointsTest | ClassTest) -> BoolArray:
        assert self.table is not None, test  # noqa: S101 - asked only where there is a table; this tells mypy
        return self.table.meets(test)


def _missing(criteria: CriteriaSet, roster: Roster, award: str | None) -> Iterator[Finding]:
    """Find the columns the list lacks. Whether it lacks one of events is known only of a list that says which columns it had."""
    held = {*roster.numbers, *roster.answers, *roster.words, *roster.given}
    is_file = "id" in roster.given
    listed = {Content.EVENTS, Content.INITIATIVES, Content.ACHIEVEMENTS, Content.TEXT}
    for column in columns_of(criteria, roster.year, award):
        is_known = column.id in held or column.may_be_left_out or (not is_file and column.content in listed)
        if not is_known:
            yield make_finding("SR402", roster.file, 1, column=column.id, clauses=", ".join(column.clauses) or column.id)


def _targets_not_above_zero(criteria: CriteriaSet, roster: Roster) -> Iterator[Finding]:
    """Find targets set for a nominee that nothing can be in proportion to: full points for nothing would be a gift."""
    names = criterion_columns(criteria.points)
    for path, part in iter_parts(criteria.points):
        column = f"{names.get(path)}:target"
        if isinstance(part, Proportional) and part.target == "own" and column in roster.numbers:
            for position in np.flatnonzero(roster.numbers[column] <= 0).tolist():
                yield make_finding("SR416", roster.file, int(roster.rows[position]), column=column)


@kept_with_its_set
def _askings_of_points(criteria: CriteriaSet, awards: tuple[str, ...]) -> tuple[Finding, ...]:
    """Find clauses that ask for points where the set gives none."""
    return () if criteria.points else tuple(_find_askings_of_points(criteria, awards))


def _find_askings_of_points(criteria: CriteriaSet, awards: tuple[str, ...]) -> Iterator[Finding]:
    for path, clause in criteria.iter_clauses():
        owner = path.partition(".")[0]
        if owner in criteria.awards and owner not in awards:
            continue
        for condition in conditions_of(clause):
            if any(not isinstance(test, Test) for _, test in iter_single_tests(condition)):
                yield make_finding("SR406", *criteria.location(path), clause=path)
                break


def _notes(criteria: CriteriaSet, roster: Roster, awards: tuple[str, ...], *, is_all: bool) -> Iterator[Finding]:
    """Say what of the set is not judged on a list, and what of the list somebody should look at."""
    if alike := list(rows_alike(roster)):
        yield make_finding("SR413", roster.file, alike[0], rows=as_rows(alike))
    if is_all:
        yield from say_left_out(criteria, awards, roster.file)
    yield from notes_of_transitions(criteria, roster)
    for award in awards:
        for clause_id, clause in criteria.awards[award].clauses.items():
            if isinstance(clause, ScoreThreshold):
                yield make_finding("SR407", roster.file, 1, clause=f"{award}.{clause_id}")
