"""Write the sheet to fill with nominees: what an office has, with drop-downs, units, and notes on what each column means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook

from simulator.presentation.i18n import translate
from simulator.presentation.rules.column_words import answers_of
from simulator.scoring.columns import Content
from simulator.workbook.fact_sheets import FACT_COLUMNS
from simulator.workbook.still_archive import save_book
from simulator.workbook.template_columns import blank_means, headings, how_to_fill, needed_by, sheet_of, template_columns
from simulator.workbook.template_sheets import HEADING_ROW, HeadedColumn, Lists, put, write_guide, write_headings, write_sheet
from simulator.workbook.wordings import shown_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.presentation.numbers import Lang
    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.columns import Column


def write_template(
    criteria: CriteriaSet, path: Path | str, *, year: int, award: str | None = None, lang: Lang = "vi", giver: str | None = None
) -> None:
    """Write the sheet to fill, as .xlsx or, where the name says so, as .csv.

    Parameters
    ----------
    criteria
        The set or scoring table the nominees will be scored by.
    path
        Where to write it.
    year
        The year being decided.
    award
        Only what this award needs.
    lang
        Language of headings and notes.
    giver
        Who fills the sheet (``self``, ``cluster``, ``standing-body``): marks this person may not see are left out.
    """
    path = Path(path)
    columns = template_columns(criteria, year, award, giver)
    if path.suffix.lower() == ".csv":
        write_headings(path, [*headings(columns, lang, criteria).values(), translate("template.year", lang)], lang)
        return
    _write_workbook(path, columns, criteria, year, lang)


def _write_workbook(path: Path, columns: tuple[Column, ...], criteria: CriteriaSet, year: int, lang: Lang) -> None:
    book = Workbook()
    main = book.active
    main.title = translate("sheet.nominees", lang)
    by_sheet: dict[str, list[Column]] = {"nominees": [], "awards": [], "initiatives": [], "discipline": []}
    for column in columns:
        by_sheet.setdefault(sheet_of(column), []).append(column)
    facts: dict[str, list[Column]] = {}
    for kind, asked in by_sheet.items():
        if kind in FACT_COLUMNS and asked:
            facts[kind] = list(FACT_COLUMNS[kind])
        elif kind == "units":
            facts[kind] = [next(column for column in columns if column.id == "unit"), *asked]
    lists = Lists(book, translate("sheet.lists", lang))
    wrong = translate("template.wrong", lang)
    note = translate("template.note", lang, guide=translate("sheet.guide", lang))
    listed = _headed(by_sheet["nominees"], columns, criteria, lang)
    write_sheet(main, translate("template.title", lang, title=criteria.title.in_language(lang)), note, listed, lists, wrong)
    put(main.cell(HEADING_ROW - 1, 1), translate("template.year", lang))
    put(main.cell(HEADING_ROW - 1, 2), year)
    guide = [(main.title, listed)]
    for kind, asked in facts.items():
        sheet = book.create_sheet(translate(f"sheet.{kind}", lang))
        words = "template.units" if kind == "units" else "template.facts"
        headed = _headed(asked, [*columns, *asked], criteria, lang)
        write_sheet(sheet, sheet.title.upper(), translate(words, lang, nominees=main.title), headed, lists, wrong)
        guide.append((sheet.title, headed))
    told = (
        (f"{name}: {item.heading}", item.column.id, item.how, blank_means(item.column, lang), needed_by(item.column, lang, criteria))
        for name, headed in guide
        for item in headed
    )
    write_guide(book.create_sheet(translate("sheet.guide", lang)), ("column", "id", "how", "blank", "clauses"), told, (34, 22, 48, 20, 42), lang)
    book.move_sheet(translate("sheet.lists", lang), len(book.worksheets))
    book.properties.creator = "tieuchi"
    save_book(book, path)


def _headed(asked: Sequence[Column], every: Sequence[Column], criteria: CriteriaSet, lang: Lang) -> list[HeadedColumn]:
    known = {column.id: column for column in every}
    headed = headings(asked, lang, criteria)
    return [HeadedColumn(column, headed[column.id], how_to_fill(column, lang, criteria), _choices(column, known, criteria, lang)) for column in asked]


def _choices(column: Column, known: dict[str, Column], criteria: CriteriaSet, lang: Lang) -> tuple[str, ...]:
    """Give what a drop-down offers: words, yes and no, awards, or the criteria and levels of achievements."""
    achievements = [other for other in known.values() if other.content is Content.ACHIEVEMENTS]
    if column.content is Content.YES_NO:
        return answers_of(column.key, lang)
    if column.content is Content.WORD:
        return tuple(shown_word(word, column, lang, criteria) for word in column.words)
    if column.id == "award_name":
        return tuple(dict.fromkeys(award.title.in_language(lang) for award in criteria.awards.values()))
    if column.id == "criterion":
        return tuple(headings(achievements, lang, criteria)[other.id].removesuffix(" *") for other in achievements)
    if column.id == "level":
        return tuple(dict.fromkeys(shown_word(word, other, lang, criteria) for other in achievements for word in other.words))
    return ()
