"""The redline of each option as a Word document and as a workbook, beside the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.experiments.comparing.ensemble import judge_jointly
from simulator.presentation.results.clause_effects import clause_effects
from simulator.reporting.word.comparison import write_redline
from simulator.workbook.comparisons import write_comparison_book

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from simulator.presentation.results.clause_effects import ClauseEffects
    from simulator.presentation.rules.comparison_table import ComparisonTable
    from simulator.reporting.evidence.contents import ScenarioEvidence


def redline_files(evidence: ScenarioEvidence) -> Iterator[tuple[str, Callable[[Path], None]]]:
    """Give the files beside a report: their names, and what writes each."""
    lang = evidence.asked.lang
    for redline in evidence.redlines:
        table = redline.table(lang)
        effects = clause_effects(table, judge_jointly(evidence.comparison, evidence.structures), redline.option, evidence.attribution, lang)
        name = f"comparison-table.{redline.option}.{lang}"
        yield f"{name}.docx", _document_writer(table, effects)
        yield f"{name}.xlsx", _workbook_writer(table, effects)


def _document_writer(table: ComparisonTable, effects: ClauseEffects) -> Callable[[Path], None]:
    return lambda path: write_redline(table, effects, path)


def _workbook_writer(table: ComparisonTable, effects: ClauseEffects) -> Callable[[Path], None]:
    return lambda path: write_comparison_book(table, path, effects)
