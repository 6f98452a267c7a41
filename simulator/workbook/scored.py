"""Scores as files an office can print and pass on: a workbook of results, reasons and a summary, or all reasons as CSV."""

from __future__ import annotations

import csv
import importlib.metadata
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from simulator.errors import RunError
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_date
from simulator.presentation.plain_words import number_words
from simulator.presentation.rules.column_words import headings_of
from simulator.presentation.scores.reasons import ReasonWriter
from simulator.presentation.scores.score_summary import summary_table
from simulator.presentation.scores.scores import standings
from simulator.presentation.wording import list_words
from simulator.rules.clauses import DirectWorkerFloor
from simulator.scoring.columns import columns_of
from simulator.workbook.safe_text import csv_text
from simulator.workbook.sheet_writing import MOST_ROWS, Heading, SheetWriter, saved_book

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from openpyxl import Workbook

    from simulator.presentation.numbers import Lang
    from simulator.presentation.scores.scores import Standing
    from simulator.rules.citation import InstrumentRegister
    from simulator.scoring.scores import Scores
    from simulator.scoring.trace import Reason

Wanted: TypeAlias = Literal["failed", "all"]
"""Only clauses that are not met and points lost, or every clause."""

_RESULTS: dict[str, tuple[float, bool]] = {
    "rank": (7, False),
    "row": (7, False),
    "code": (18, False),
    "id": (11, False),
    "name": (22, True),
    "unit": (18, True),
    "cluster": (12, True),
    "award": (22, True),
    "points": (8, False),
    "class": (14, True),
    "eligible": (9, False),
    "considered": (14, True),
    "tie": (9, True),
    "places": (6, False),
    "pool": (13, True),
    "rounding": (11, True),
}
"""Columns of the results: width in letters, and whether text wraps."""

_REASONS: dict[str, tuple[float, bool]] = {
    "row": (7, False),
    "code": (18, False),
    "id": (11, False),
    "name": (18, True),
    "unit": (20, True),
    "award": (16, True),
    "kind": (16, True),
    "clause": (22, True),
    "observed": (22, True),
    "required": (34, True),
    "verdict": (9, True),
    "given": (7, False),
    "most": (7, False),
    "source": (24, True),
    "path": (30, False),
}
"""Columns of the reasons, in the order of the CSV file."""

_NOT_PRINTED = ("unit", "kind", "path")
"""Columns of the reasons that stand last on the sheet, to filter by, and are not printed: other columns tell the same."""

_OF_PEOPLE = frozenset({"id", "name", "unit", "cluster", "pool"})
"""Columns that anonymous readers are not given."""


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
        Names and ids give way to rows, and to codes where the list has them (:func:`~simulator.presentation.registers.anonymity.anonymous_roster`); no unit is
        named, and small counts are not shown.
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
        names = _filled(_names(_RESULTS, scores, anonymous=anonymous), scores, lang, anonymous=anonymous)
        sheet = SheetWriter(book, translate("score.sheet.results", lang), _headings(names, _RESULTS, lang), caption)
        for standing in standings(scores, lang, anonymous=anonymous):
            sheet.write(_result(standing, name) for name in names)
        sheet.close()
        names = _printed_first(_names(_REASONS, scores, anonymous=anonymous), scores)
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
    names = _names(_REASONS, scores, anonymous=anonymous)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";" if lang == "vi" else ",")
        writer.writerow([translate(f"score.column.{name}", lang) for name in names])
        for values in _reason_rows(scores, lang, anonymous=anonymous, wanted=reasons, instruments=instruments):
            writer.writerow([_csv_cell(values[name], lang) for name in names])


def _names(columns: Iterable[str], scores: Scores, *, anonymous: bool) -> list[str]:
    """Name the columns a reader is given."""
    withheld = _OF_PEOPLE if anonymous else frozenset[str]()
    return [name for name in columns if name not in withheld and (name != "code" or scores.roster.people.codes)]


def _headings(names: list[str], widths: dict[str, tuple[float, bool]], lang: Lang) -> list[Heading]:
    is_all_printed = widths is not _REASONS
    return [Heading(translate(f"score.column.{name}", lang), *widths[name], is_all_printed or name not in _NOT_PRINTED) for name in names]


def _filled(names: list[str], scores: Scores, lang: Lang, *, anonymous: bool) -> list[str]:
    """Leave out columns that would be empty for everybody."""
    left = set(names)
    for standing in standings(scores, lang, anonymous=anonymous):
        left -= {name for name in left if _result(standing, name) is not None}
        if not left:
            break
    return [name for name in names if name not in left]


def _printed_first(names: list[str], scores: Scores) -> list[str]:
    """Put the columns of reasons that are not printed last, and leave out those that would be empty for everybody."""
    roster = scores.roster
    is_empty = {
        "id": not any(roster.people.ids),
        "name": not any(roster.people.names),
        "unit": not any(roster.units),
        "award": all(result.award is None for result in scores.results),
        "given": all(result.points is None for result in scores.results),
        "most": all(result.points is None for result in scores.results),
    }
    kept = [name for name in names if not is_empty.get(name, False)]
    return sorted(kept, key=lambda name: name in _NOT_PRINTED)


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
                    "code": standing.code or None,
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
    told = ("anonymous", "codes") if roster.people.codes else ("anonymous",)
    lines = [translate(f"score.provenance.{each}", lang) for each in told] if anonymous else []
    sheet.say(["", *lines, translate("explain.disclaimer", lang)])
