"""Scores as files an office can print and pass on: a workbook of results, reasons and a summary, or all reasons as CSV."""

from __future__ import annotations

import csv
import importlib.metadata
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from simulator.errors import RunError
from simulator.presentation.column_words import headings_of
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_date
from simulator.presentation.plain_words import number_words
from simulator.presentation.reasons import ReasonWriter
from simulator.presentation.score_summary import summary_table
from simulator.presentation.scores import standings
from simulator.presentation.wording import list_words
from simulator.rules.clauses import DirectWorkerFloor
from simulator.scoring.columns import columns_of
from simulator.workbook.safe_text import csv_text
from simulator.workbook.sheet_writing import MOST_ROWS, Heading, SheetWriter, saved_book

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from openpyxl import Workbook

    from simulator.presentation.numbers import Lang
    from simulator.presentation.scores import Standing
    from simulator.rules.citation import InstrumentRegister
    from simulator.scoring.scores import Scores
    from simulator.scoring.trace import Reason

Wanted: TypeAlias = Literal["failed", "all"]
"""Only clauses that are not met and points lost, or every clause."""

_RESULTS: dict[str, tuple[float, bool]] = {
    "rank": (7, False),
    "row": (7, False),
    "id": (14, False),
    "name": (28, False),
    "unit": (24, True),
    "award": (24, True),
    "points": (10, False),
    "class": (20, True),
    "eligible": (10, False),
    "considered": (20, True),
    "tie": (11, False),
    "places": (8, False),
    "pool": (18, True),
    "rounding": (16, True),
}
"""Columns of the results: width in letters, and whether text wraps."""

_REASONS: dict[str, tuple[float, bool]] = {
    "row": (7, False),
    "id": (14, False),
    "name": (26, False),
    "unit": (20, True),
    "award": (20, True),
    "kind": (16, True),
    "clause": (36, True),
    "observed": (30, True),
    "required": (48, True),
    "verdict": (10, False),
    "given": (9, False),
    "most": (9, False),
    "source": (36, True),
    "path": (30, False),
}

_OF_PEOPLE = frozenset({"id", "name", "unit", "pool"})


def write_scores(
    scores: Scores,
    path: Path,
    lang: Lang = "vi",
    *,
    anonymous: bool = False,
    reasons: Wanted = "failed",
    instruments: InstrumentRegister | None = None,
) -> None:
    """Write scores as an XLSX workbook.

    Parameters
    ----------
    scores
        From :func:`simulator.scoring.scorer.score`.
    path
        The file.
    lang
        Language of every word.
    anonymous
        Names, ids and units give way to row numbers; small counts are not shown.
    reasons
        Which clauses the sheet of reasons holds.
    instruments
        Titles of the instruments cited.

    Raises
    ------
    RunError
        If there are more reasons than a sheet has rows; CSV has no such bound.
    """
    caption = (
        translate("score.caption", lang, title=scores.criteria.title.in_language(lang), year=str(scores.roster.year)),
        translate("explain.disclaimer", lang),
    )
    with saved_book(path) as book:
        names = [name for name in _RESULTS if not (anonymous and name in _OF_PEOPLE)]
        sheet = SheetWriter(book, translate("score.sheet.results", lang), _headings(names, _RESULTS, lang), caption)
        for standing in standings(scores, lang, anonymous=anonymous):
            sheet.write(_result(standing, name) for name in names)
        sheet.close()
        names = [name for name in _REASONS if not (anonymous and name in _OF_PEOPLE)]
        sheet = SheetWriter(book, translate("score.sheet.reasons", lang), _headings(names, _REASONS, lang), caption)
        for values in _reason_rows(scores, lang, anonymous=anonymous, wanted=reasons, instruments=instruments):
            if sheet.n_rows >= MOST_ROWS - len(caption) - 1:
                raise RunError(
                    "more reasons than a sheet has rows", fields={"code": "WB591", "file": str(path), "most": number_words(MOST_ROWS, lang)}
                )
            sheet.write(values[name] for name in names)
        sheet.close()
        _write_summary(book, scores, lang, anonymous=anonymous)
        _write_provenance(book, scores, lang, anonymous=anonymous)


def write_reasons(
    scores: Scores,
    path: Path,
    lang: Lang = "vi",
    *,
    anonymous: bool = False,
    reasons: Wanted = "all",
    instruments: InstrumentRegister | None = None,
) -> None:
    """Write the reasons as CSV in UTF-8 with a byte order mark; under *vi* with semicolons and decimal commas, as Excel reads it there.

    Parameters
    ----------
    scores, path, lang, anonymous, reasons, instruments
        As in :func:`write_scores`.
    """
    names = [name for name in _REASONS if not (anonymous and name in _OF_PEOPLE)]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";" if lang == "vi" else ",")
        writer.writerow([translate(f"score.column.{name}", lang) for name in names])
        for values in _reason_rows(scores, lang, anonymous=anonymous, wanted=reasons, instruments=instruments):
            writer.writerow([_csv_cell(values[name], lang) for name in names])


def _headings(names: list[str], widths: dict[str, tuple[float, bool]], lang: Lang) -> list[Heading]:
    return [Heading(translate(f"score.column.{name}", lang), *widths[name]) for name in names]


_CELLS: dict[str, Callable[[Standing], Any]] = {"class": lambda standing: standing.class_}


def _result(standing: Standing, name: str) -> Any:
    value = _CELLS[name](standing) if name in _CELLS else getattr(standing, name)
    return None if value == "" else value


def _reason_rows(scores: Scores, lang: Lang, *, anonymous: bool, wanted: Wanted, instruments: InstrumentRegister | None) -> Iterator[dict[str, Any]]:
    """Go through the reasons of every nominee, in the order of the results."""
    writers = {
        result.award: ReasonWriter(
            scores.criteria,
            lang,
            headings_of(columns_of(scores.criteria, scores.roster.year, result.award), lang),
            instruments,
            anonymous=anonymous,
        )
        for result in scores.results
    }
    awards = iter([result.award for result in scores.results for _ in range(scores.roster.n_nominees)])
    for standing in standings(scores, lang, anonymous=anonymous):
        award = next(awards)
        for reason in scores.reasons(standing.position, award):
            if wanted == "all" or _is_lost(reason):
                words = writers[award].words(reason)
                yield {
                    "row": standing.row,
                    "id": standing.id or None,
                    "name": standing.name or None,
                    "unit": standing.unit or None,
                    "award": standing.award or None,
                    "kind": words.kind,
                    "clause": words.title,
                    "observed": words.observed,
                    "required": words.required,
                    "verdict": words.verdict,
                    "given": words.given,
                    "most": words.most,
                    "source": words.source,
                    "path": reason.clause,
                }


def _is_lost(reason: Reason) -> bool:
    """Say whether a clause is not met or points were lost; a section only repeats what its criteria say."""
    return not reason.is_met and reason.kind != "section"


def _csv_cell(value: Any, lang: Lang) -> str:
    if value is None:
        return ""
    if isinstance(value, Fraction):
        return number_words(value, lang).replace("\N{MINUS SIGN}", "-")
    return csv_text(value) if isinstance(value, str) else str(value)


def _write_summary(book: Workbook, scores: Scores, lang: Lang, *, anonymous: bool) -> None:
    table = summary_table(scores, lang, anonymous=anonymous)
    first = Heading(translate("score.column.award", lang), 28, wraps=True)
    headings = [first, Heading(table.columns[0], 28, wraps=True), *(Heading(column, 16, wraps=True) for column in table.columns[1:])]
    sheet = SheetWriter(book, translate("score.sheet.summary", lang), headings, (table.caption,))
    for group in table.groups:
        for row in group.rows:
            sheet.write([group.title or None, row.header, *row.cells])
    sheet.close()
    sheet.say(table.notes)


def _write_provenance(book: Workbook, scores: Scores, lang: Lang, *, anonymous: bool) -> None:
    criteria, roster = scores.criteria, scores.roster
    facts = {
        "set": criteria.id,
        "title": criteria.title.in_language(lang),
        "hash": criteria.content_hash,
        "version": importlib.metadata.version("tieuchi"),
        "year": str(roster.year),
        "on": format_date(roster.on.isoformat(), lang),
        "nominees": str(roster.n_nominees),
    }
    roles = [role for _, clause in criteria.iter_clauses() if isinstance(clause, DirectWorkerFloor) for role in clause.counts_as_direct]
    if roles:
        facts["direct"] = list_words([translate(f"report.role.{role}", lang) for role in dict.fromkeys(roles)], lang)
    headings = (Heading(translate("table.provenance.item", lang), 44), Heading(translate("table.provenance.value", lang), 90, wraps=True))
    sheet = SheetWriter(book, translate("score.sheet.provenance", lang), headings)
    for name, value in facts.items():
        sheet.write([translate(f"score.provenance.{name}", lang), value])
    lines = [translate("score.provenance.anonymous", lang)] if anonymous else []
    sheet.say(["", *lines, translate("explain.disclaimer", lang)])
