"""The heading of each column of a roster, and the words its cells may hold, as an office writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.presentation.i18n import catalogue, translate, ways_of_writing
from simulator.presentation.wording import sentence_case
from simulator.rules.facts import RATINGS, SCOPES
from simulator.rules.points import Achievements, Highest, iter_parts
from simulator.scoring.part_columns import criterion_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from simulator.presentation.numbers import Lang
    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.columns import Column

_SHARED: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "rating": ("field.value", RATINGS),
    "members_rated": ("field.value", RATINGS),
    "recognised_initiatives": ("condition.scope", SCOPES),
}
"""Columns whose words are worded in another place of the catalogue: key of the column → place, words."""


class ColumnWords:
    """The words of the cells of each column: one id may mean one thing in one column and another in the next.

    Parameters
    ----------
    criteria
        The set, which words the levels of its criteria itself.
    lang
        The language.
    """

    def __init__(self, criteria: CriteriaSet, lang: Lang) -> None:
        self._lang: Lang = lang
        names = criterion_columns(criteria.points)
        self._known: dict[str, Mapping[str, str]] = {
            names[path]: {level_id: level.title.in_language(lang) for level_id, level in part.levels.items()}
            for path, part in iter_parts(criteria.points)
            if isinstance(part, Achievements | Highest)
        }

    def of(self, column_id: str) -> Mapping[str, str]:
        """Give the words of a column by their ids; none for a column of numbers, days or free text."""
        if column_id not in self._known:
            self._known[column_id] = words_of_key(column_id.partition(":")[0], self._lang)
        return self._known[column_id]


def answers_of(key: str, lang: Lang) -> tuple[str, str]:
    """Give what a column of answers calls yes and no: its own words (*nữ*, *nam*), else those of all."""
    yes, no = (next(iter(ways_of_writing(f"column.{key}.{answer}", lang)), translate(f"word.{answer}", lang)) for answer in ("yes", "no"))
    return yes, no


def words_of_key(key: str, lang: Lang) -> dict[str, str]:
    """Give the words the catalogue has for the cells of a column; of several ways of writing one, the first."""
    begin = f"column.{key}.word."
    own = {name.removeprefix(begin): ways_of_writing(name, lang)[0] for name in catalogue(lang) if name.startswith(begin)}
    place, ids = _SHARED.get(key, ("", ()))
    return {word: translate(f"{place}.{word}", lang) for word in ids} | own


def column_heading(column: Column, lang: Lang) -> str:
    """Name a column: by the catalogue, by the words of the criteria set, or by both; by its id where there are none."""
    title = column.title.in_language(lang) if column.title is not None else ""
    key = f"column.{column.key}"
    if not column.key or key not in catalogue(lang):
        return title or column.id
    fields = {
        "title": title,
        "year": "" if column.year is None else str(column.year),
        "award": title or column.award or "",
        "giver": translate(f"column.mark.{column.giver}", lang) if column.giver else "",
        "rating": translate(f"field.value.{column.words[0]}", lang) if column.key == "members_rated" else "",
    }
    return sentence_case(translate(key, lang, **fields))


def headings_of(columns: Iterable[Column], lang: Lang) -> dict[str, str]:
    """Give the heading of each column by its id."""
    return {column.id: column_heading(column, lang) for column in columns}
