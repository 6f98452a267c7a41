"""Redline to result: for each option the legal comparison table with the simulated effect beside each changed clause.

The words of the clauses travel with the evidence, so that the table shows the rules that were simulated and no later ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from simulator.experiments.results.records import Record
from simulator.experiments.scenarios.description import changed_clauses
from simulator.presentation.i18n import translate
from simulator.presentation.rules.assumption_words import assumption_names
from simulator.presentation.rules.citing import NO_REGISTER
from simulator.presentation.rules.comparison_table import ComparisonRow, ComparisonTable, comparison_table
from simulator.presentation.rules.marked_text import Segment
from simulator.rules.diffing import diff
from simulator.rules.linting import find_register

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.experiments.scenarios.option import Option
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.presentation.numbers import Lang
    from simulator.rules.clauses import Clause
    from simulator.rules.schema import Award
    from simulator.workspace import Workspace

COLUMNS = 4
"""Columns of the comparison table that are kept: number, rules in force, draft, explanation."""


@dataclass(frozen=True)
class Piece(Record):
    """Some words of a clause, and whether they differ from the other side."""

    text: str
    is_changed: bool


@dataclass(frozen=True)
class RedlineRow(Record):
    """One clause on both sides, in words; nothing where a side has none."""

    clause: str
    change: str
    group: str
    current: list[Piece]
    draft: list[Piece]
    explanation: str
    joined: list[str]


@dataclass(frozen=True)
class Redline(Record):
    """The comparison table of one option's rules with the baseline, in the language of the report."""

    option: str
    a: str
    b: str
    caption: str
    columns: list[str]
    rows: list[RedlineRow]
    notes: list[str]

    def table(self, lang: Lang) -> ComparisonTable:
        """Return the comparison table it was made from."""
        rows = tuple(
            ComparisonRow(row.clause, row.change, row.group, _marked(row.current), _marked(row.draft), row.explanation, "", (), tuple(row.joined))
            for row in self.rows
        )
        return ComparisonTable(lang, self.a, self.b, self.caption, tuple(self.columns), rows, tuple(self.notes))


def redlines_of(scenario: Scenario, lang: Lang, workspace: Workspace) -> list[Redline]:
    """Put what each option changes in the baseline into words, clause by clause."""
    register, names = find_register(workspace) or NO_REGISTER, assumption_names(workspace, lang)
    redlines = []
    for option in scenario.options:
        if option.key == scenario.baseline.content_hash:
            continue
        table = comparison_table(diff(scenario.baseline, option.criteria), lang, register, names)
        rows = [
            RedlineRow(row.clause, row.change, row.group, _pieces(row.current), _pieces(row.draft), row.explanation, list(row.joined))
            for row in table.rows
        ]
        notes = [*table.notes, *_passing_changes(option, scenario, lang)]
        redlines.append(Redline(option.id, table.a, table.b, table.caption, list(table.columns[:COLUMNS]), rows, notes))
    return redlines


def _passing_changes(option: Option, scenario: Scenario, lang: Lang) -> Iterator[str]:
    """Name what only an earlier phase changes: the rules an option ends with, which the table shows, say nothing of it, and yet it had its effect."""
    lasting = changed_clauses(option, scenario)
    for phase, following in pairwise(option.phases):
        changed = changed_clauses(replace(option, phases=(phase,)), scenario)
        awards = {**scenario.baseline.awards, **phase.criteria.awards}
        passing = [_name_of(path, clause, awards, lang) for path, (_, clause) in changed.items() if path not in lasting]
        if passing:
            span = {"first": str(phase.from_year), "last": str(following.from_year - 1)}
            yield translate("comparison.note.passing", lang, clauses="; ".join(passing), **span)


def _name_of(path: str, clause: Clause, awards: Mapping[str, Award], lang: Lang) -> str:
    """Name a clause, and the award it belongs to where it belongs to one."""
    title, award = clause.title.in_language(lang), awards.get(path.partition(".")[0])
    return title if award is None else translate("comparison.note.of-award", lang, clause=title, award=award.title.in_language(lang))


def _pieces(marked: tuple[Segment, ...]) -> list[Piece]:
    return [Piece(each.text, each.is_changed) for each in marked]


def _marked(pieces: list[Piece]) -> tuple[Segment, ...]:
    return tuple(Segment(piece.text, piece.is_changed) for piece in pieces)
