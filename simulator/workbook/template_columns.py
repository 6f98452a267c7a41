"""Which columns the sheet to fill has, how each is headed, and what it tells whoever fills it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from simulator.errors import InputError
from simulator.presentation.i18n import translate
from simulator.presentation.rules.column_words import answers_of
from simulator.rules.points import GIVERS
from simulator.rules.stages import Marking, Scale
from simulator.scoring.columns import IDENTITY_COLUMNS, Content, columns_of
from simulator.workbook.cell_values import fold
from simulator.workbook.codes import make_finding
from simulator.workbook.fact_sheets import FACT_COLUMNS
from simulator.workbook.headings import YEAR_KEY, name_index
from simulator.workbook.optional_columns import OPTIONAL_COLUMNS
from simulator.workbook.wordings import heading_of, names_of, shown_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.presentation.numbers import Lang
    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.columns import Column

_MOST_CLAUSES: Final = 6
_SHEETS: Final = {Content.INITIATIVES: "initiatives", Content.ACHIEVEMENTS: "achievements"}
YEARS: Final = frozenset({"award_year", "initiative_year", YEAR_KEY})
"""Columns that hold a year of four digits rather than a day."""


def sheet_of(column: Column) -> str:
    """Name the sheet a column belongs to in a workbook: that of the nominees, of units, or one of facts."""
    if column.is_of_unit:
        return "units"
    if column.content is Content.EVENTS:
        return "discipline" if column.award is None else "awards"
    return _SHEETS.get(column.content, "nominees")


def template_columns(criteria: CriteriaSet, year: int, award: str | None, giver: str | None) -> tuple[Column, ...]:
    """Give every column of the sheet: those the set asks for, then those an office often has.

    Parameters
    ----------
    criteria
        The set or scoring table.
    year
        The year being decided.
    award
        Only what this award needs.
    giver
        Who fills the sheet: marks this person may not see are left out, and its own must be filled in.
    """
    if giver is not None and giver not in GIVERS:
        raise InputError([make_finding("WB536", criteria.files[0], 1, found=giver[:40], known=", ".join(GIVERS))])
    asked = [
        replace(column, is_required=column.is_required or (giver is not None and column.giver == giver))
        for column in columns_of(criteria, year, award)
        if may_see(criteria, giver, column.giver)
    ]
    taken = {column.id for column in asked}
    offered = [replace(column, is_required=False) for column in OPTIONAL_COLUMNS if column.id not in taken and _is_of_people(criteria, column)]
    return (*asked, *offered)


def may_see(criteria: CriteriaSet, who: str | None, giver: str | None) -> bool:
    """Tell whether somebody may see the marks of a giver: their own always, others' as the procedure says; nothing said hides nothing."""
    rules = [clause.sees for clause in criteria.procedure.values() if isinstance(clause, Marking)]
    if who is None or giver is None or who == giver or not rules:
        return True
    return all(giver in {str(seen) for name, others in sees.items() if name == who for seen in others} for sees in rules)


def _is_of_people(criteria: CriteriaSet, column: Column) -> bool:
    targets = {award.target for award in criteria.awards.values()} | {c.target for c in criteria.procedure.values() if isinstance(c, Scale)}
    return column.id == "note" or targets != {"collective"}


def headings(columns: Sequence[Column], lang: Lang, criteria: CriteriaSet) -> dict[str, str]:
    """Head each column so that it is read back as itself: with its id where two would be headed alike, with a star where it must be filled."""
    extra = [column for column in OPTIONAL_COLUMNS if column.id not in {known.id for known in columns}]
    index = name_index((column.id, set(names_of(column, criteria))) for column in (*columns, *extra))
    headed = {}
    for column in columns:
        heading = heading_of(column, lang, criteria)
        if index.get(fold(heading)) != column.id:
            heading = f"{heading} [{column.id}]"
        headed[column.id] = f"{heading} *" if column.is_required else heading
    return headed


def how_to_fill(column: Column, lang: Lang, criteria: CriteriaSet) -> str:
    """Say how to fill a column."""
    unit = f" ({column.unit.in_language(lang)})" if column.unit is not None else ""
    words = "; ".join(shown_word(word, column, lang, criteria) for word in column.words)
    sheet = translate(f"sheet.{sheet_of(column)}", lang)
    content: str = column.content.value
    if column.content is Content.EVENTS and column.award is None:
        content = "days"
    elif column.id in YEARS:
        content = "year"
    yes, no = answers_of(column.key, lang)
    sentence = translate(f"template.how.{content}", lang, unit=unit, words=words, sheet=sheet, yes=yes, no=no)
    if column.low is not None and column.high is not None:
        sentence = f"{sentence} {translate('template.how.bounds', lang, low=_number(column.low, lang), high=_number(column.high, lang))}"
        return sentence if column.step is None else f"{sentence} {translate('template.how.step', lang, step=_number(column.step, lang))}"
    if column.low:
        return f"{sentence} {translate('template.how.at-least', lang, low=_number(column.low, lang))}"
    return sentence


def blank_means(column: Column, lang: Lang) -> str:
    """Say what an empty cell of a column stands for."""
    if column.is_required:
        kind = "needed"
    elif column.key == "mark":
        kind = "none"
    elif column.is_of_unit or column.content is Content.WORD:
        kind = "unknown" if column.id != "old_unit_agrees" else "none"
    elif column.content in {Content.COUNT, Content.NUMBER, Content.PERCENT}:
        kind = "zero"
    else:
        kind = "no" if column.content is Content.YES_NO else "none"
    return translate(f"template.blank.{kind}", lang)


def needed_by(column: Column, lang: Lang, criteria: CriteriaSet) -> str:
    """Name the clauses that need a column, by their titles."""
    if column in OPTIONAL_COLUMNS or (not column.clauses and column.id not in IDENTITY_COLUMNS and not _is_fact(column)):
        return translate("template.not-needed", lang)
    if not column.clauses:
        return translate("template.who" if column.id in {"id", "name"} else "template.not-needed", lang)
    titles = [criteria.clause(path).title for path in column.clauses]
    named = [f"{title.in_language(lang)} ({path})" for title, path in zip(titles, column.clauses, strict=True)]
    return "; ".join(named[:_MOST_CLAUSES]) + ("; …" if len(named) > _MOST_CLAUSES else "")


def _is_fact(column: Column) -> bool:
    return any(column in columns for columns in FACT_COLUMNS.values())


def _number(number: float, lang: Lang) -> str:
    text = f"{number:g}"
    return text.replace(".", ",") if lang == "vi" else text
