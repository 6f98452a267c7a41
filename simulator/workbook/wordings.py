"""How columns and words are written in an office: Vietnamese, English, or the ids of the criteria set."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from simulator.presentation.i18n import catalogue, ways_of_writing
from simulator.presentation.rules.column_words import column_heading
from simulator.rules.checks.telling import both_marker
from simulator.rules.points import Achievements, iter_parts
from simulator.scoring.columns import Content
from simulator.scoring.part_columns import criterion_columns
from simulator.workbook.cell_values import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from simulator.presentation.numbers import Lang
    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.columns import Column

LANGUAGES: Final[tuple[Lang, ...]] = ("vi", "en")
_TITLED: Final = frozenset({"", "mark", "award"})
"""Keys of columns that may be headed by the title of their criterion or award alone; a target or a head-count may not."""
_HOLDS_WORDS: Final = re.compile(r"word\.|column\.[^.]+\.(?:yes|no|word\.)")
YES: Final = ("yes", "true", "1", "x", "có", "đúng", "đạt")
NO: Final = ("no", "false", "0", "không", "sai", "không đạt")


def heading_of(column: Column, lang: Lang, criteria: CriteriaSet | None = None) -> str:
    """Give the heading of a column in a language, with the title of the award it is about."""
    if column.title is None and column.award is not None and criteria is not None and column.award in criteria.awards:
        column = replace(column, title=criteria.awards[column.award].title)
    return column_heading(column, lang)


def headings_in_both(columns: Iterable[Column], criteria: CriteriaSet | None = None, *, sheet: str = "", with_id: bool = False) -> str:
    """Give the headings of columns as a field of a finding, which its reader is told in his own language.

    Parameters
    ----------
    columns
        The columns.
    criteria
        The set, whose awards and criteria some are headed by.
    sheet
        The sheet they belong to, where that must be said.
    with_id
        Whether the id of each stands beside its heading.
    """
    asked = list(columns)

    def told(lang: Lang) -> str:
        named = [f"“{heading_of(each, lang, criteria)}” ({each.id})" if with_id else heading_of(each, lang, criteria) for each in asked]
        return (f"{sheet}: " if sheet else "") + ", ".join(named)

    return both_marker(*map(told, LANGUAGES))


def words_in_both(column: Column, criteria: CriteriaSet, joined: str = ", ") -> str:
    """Give the words of a column as a field of a finding, which its reader is told in his own language."""
    return both_marker(*(joined.join(dict.fromkeys(shown_word(word, column, lang, criteria) for word in column.words)) for lang in LANGUAGES))


def fill_in(message: str, column: Column, title: str) -> str:
    """Put year and award into the words of a heading."""
    return message.format_map(_Fields(year=str(column.year or ""), award=title)).strip()


class _Fields(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def award_title(column: Column, lang: Lang, criteria: CriteriaSet | None) -> str:
    """Give the title of the award a column is about, or its id."""
    if column.award is None:
        return ""
    if criteria is None or column.award not in criteria.awards:
        return column.award
    return criteria.awards[column.award].title.in_language(lang)


def names_of(column: Column, criteria: CriteriaSet | None = None) -> Iterator[str]:
    """Go through everything the heading of a column may be, folded, its id first."""
    yield fold(column.id)
    yield from names_of_key(column.key, column, criteria)
    if column.key == "mark" and not column.may_be_left_out:
        # The mark that counts may be headed as its criterion; where several count, that names none of them.
        yield fold(column.id.partition("@")[0])
    for lang in LANGUAGES:
        yield fold(heading_of(column, lang, criteria))
        if column.title is not None and column.key in _TITLED and not (column.key == "mark" and column.may_be_left_out):
            yield fold(column.title.in_language(lang))
            if column.unit is not None:
                yield fold(f"{column.title.in_language(lang)} ({column.unit.in_language(lang)})")


def names_of_key(key: str, column: Column | None = None, criteria: CriteriaSet | None = None) -> Iterator[str]:
    """Go through the other headings of a key: ``column.<key>.also`` of the catalogues, parted by ``|``."""
    for lang in LANGUAGES:
        for also in ways_of_writing(f"column.{key}.also", lang):
            yield fold(also if column is None else fill_in(also, column, award_title(column, lang, criteria)))


def words_for(column: Column, criteria: CriteriaSet | None = None) -> Mapping[str, str]:
    """Tell what each way of writing means in a word or yes-or-no column: folded text → the word of the code."""
    if column.content is Content.YES_NO:
        words = dict.fromkeys(YES, "yes") | dict.fromkeys(NO, "no")
        for answer in ("yes", "no"):
            for lang in LANGUAGES:
                words |= {fold(also): answer for also in ways_of_writing(f"column.{column.key}.{answer}", lang)}
        return words
    words = {fold(word): word for word in column.words}
    for word in column.words:
        for text in written(word, column, criteria):
            words.setdefault(fold(text), word)
    return words


def written(word: str, column: Column, criteria: CriteriaSet | None = None) -> Iterator[str]:
    """Go through the ways of writing a word, Vietnamese first."""
    level = _level_titles(column, criteria).get(word)
    for lang in LANGUAGES:
        if level is not None:
            yield level[lang]
        for key in (f"column.{column.key}.word.{word}", f"word.{word}"):
            yield from ways_of_writing(key, lang)


def shown_word(word: str, column: Column, lang: Lang, criteria: CriteriaSet | None = None) -> str:
    """Give the word a reader chooses in a drop-down; the word of the code where the catalogue has none."""
    level = _level_titles(column, criteria).get(word)
    if level is not None:
        return level[lang]
    return next(iter(ways_of_writing(f"column.{column.key}.word.{word}", lang) or ways_of_writing(f"word.{word}", lang)), word)


@cache
def known_words() -> frozenset[str]:
    """Give every folded word of ours a cell may hold: it names nobody, and may be quoted."""
    texts = {text for lang in LANGUAGES for key in catalogue(lang) if _HOLDS_WORDS.match(key) for text in ways_of_writing(key, lang)}
    return frozenset(map(fold, texts)) | {*YES, *NO}


def _level_titles(column: Column, criteria: CriteriaSet | None) -> Mapping[str, Mapping[Lang, str]]:
    """Give the titles of the levels of an achievement, both languages."""
    if criteria is None or column.content is not Content.ACHIEVEMENTS:
        return {}
    names = criterion_columns(criteria.points)
    for path, part in iter_parts(criteria.points):
        if isinstance(part, Achievements) and names[path] == column.id:
            return {level: {lang: held.title.in_language(lang) for lang in LANGUAGES} for level, held in part.levels.items()}
    return {}
