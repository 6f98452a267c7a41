"""The heading of each column of a roster, as an office writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.presentation.i18n import catalogue, translate
from simulator.presentation.wording import sentence_case

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.presentation.numbers import Lang
    from simulator.scoring.columns import Column


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
