"""How offices head the columns of a register and write its words: Vietnamese, English, or the codes, from the catalogues alone.

A heading that names a column exactly goes before one that only may: beside *Mã đơn vị*, a column *Đơn vị* is a name, and is left aside.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.presentation.i18n import ways_of_writing
from simulator.workbook.cell_values import fold, without_marks
from simulator.workbook.headings import forms_of, name_index, says_total
from simulator.workbook.wordings import LANGUAGES, NO, YES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from simulator.workbook.headings import Table

_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "role": ("direct", "staff", "deputy", "head"),
    "track": ("annual", "ad-hoc", "thematic", "long-service"),
    "is_leader": ("1", "0"),
    "is_awarded": ("1", "0"),
    "award": ("none",),
}
"""Of each column of words: their codes."""
_LIKENESS: Final = 0.8
"""*ma nguoiw* is as near to *ma nguoi* as this, and *ma don vi* is not."""
_BEGIN_TOTALS: Final = frozenset("tTcCgGsS")
_CODE, _HEADING, _ALSO, _UNKNOWN = range(4)
"""How surely a heading names a column."""


_POSTS: Final = ("deputy", "head")
"""Roles that posts are taken for: whoever leads a body or a division of it, and who stands beside them. Of team heads and of work an office calls by its trade, nobody can tell from outside."""


class _Names(NamedTuple):
    """What a column may be called, folded: its code, its headings, and what else may stand there."""

    code: str
    headings: tuple[str, ...]
    also: tuple[str, ...]

    def rank(self, forms: Collection[str]) -> int:
        """Tell how surely a heading, in the ways it may be meant, names the column."""
        bare = {*forms, *map(without_marks, forms)}
        for rank, names in ((_CODE, (self.code,)), (_HEADING, self.headings), (_ALSO, self.also)):
            if bare & {*names, *map(without_marks, names)}:
                return rank
        return _UNKNOWN


class OfficeWordings:
    """Headings and words of the catalogues, as :class:`~simulator.indicators.register_wordings.RegisterWordings` tells them."""

    def columns(self, header: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
        """Give the code of each heading; a heading that stands for none of the ``known`` columns stays as it is.

        Parameters
        ----------
        header
            The headings, in small letters or not.
        known
            Codes of the columns that may stand there.
        """
        index = self.index(known)
        found = [next((index[form] for form in forms_of(heading) if form in index), None) for heading in header]
        ranks = [_UNKNOWN if code is None else rank_of(heading, code) for heading, code in zip(header, found, strict=True)]
        best = {code: min(rank for rank, other in zip(ranks, found, strict=True) if other == code) for code in found}
        return tuple(heading if code is None or rank > best[code] else code for heading, code, rank in zip(header, found, ranks, strict=True))

    def index(self, known: Collection[str]) -> dict[str, str]:
        """Tell the column of each folded heading.

        Parameters
        ----------
        known
            Codes of the columns that may stand there.
        """
        return name_index((code, {names.code, *names.headings, *names.also}) for code in known for names in (_names_of(code),))

    def nearest(self, column: str, headings: Sequence[str]) -> tuple[str, ...]:
        """Give those of some unknown headings that may be a heading of a column, mistyped; the likeliest first."""
        names = [without_marks(name) for kind in (_names_of(column).headings, _names_of(column).also) for name in kind]
        bare = {without_marks(fold(heading)): heading for heading in headings}
        found = (bare[near] for name in names for near in get_close_matches(name, bare, 1, _LIKENESS))
        return tuple(dict.fromkeys(found))

    def code_of(self, column: str, word: str) -> str:
        """Give the code of a word of a column; any other word in small letters."""
        return _codes_of(column).get(fold(word), word.lower()) if column in _WORDS else word.lower()

    def is_total(self, word: str) -> bool:
        """Tell whether a word says that its row adds up others."""
        return word[:1] in _BEGIN_TOTALS and says_total(word)  # a list may have a million different words

    def settle(self, table: Table) -> tuple[Mapping[str, int], tuple[tuple[str, int, int], ...]]:
        """Give where the columns of a table stand, and those that stand twice and are named as surely in both places.

        Parameters
        ----------
        table
            A table found by :meth:`index`.
        """
        places = dict(table.places)
        doubled: list[tuple[str, int, int]] = []
        for code, _, second in table.doubled:
            first = places[code]
            before, after = (rank_of(table.headings[place], code) for place in (first, second))
            if after < before:
                places[code] = second
                doubled = [each for each in doubled if each[0] != code]
            elif after == before:
                doubled.append((code, first, second))
        return places, tuple(doubled)


def rank_of(heading: str, column: str) -> int:
    """Tell how surely a heading names a column: 0 by its code, 1 by its heading, 2 by what may stand there, 3 not at all."""
    return _names_of(column).rank([*forms_of(heading), *forms_of(heading.rpartition(" - ")[2])])


class PostWordings(OfficeWordings):
    """Headings and words as ever; a post that only its holder's role can be told from is taken for that role, which is an assumption, and noted.

    Attributes
    ----------
    assumed
        Role → the posts that were taken for it, as the catalogue writes them.
    """

    def __init__(self) -> None:
        self.assumed: dict[str, list[str]] = {role: [] for role in _POSTS}

    def code_of(self, column: str, word: str) -> str:
        """Give the code of a word, or of the role of a post."""
        post = fold(word)
        role = _roles_of_posts().get(post) if column == "role" else None
        if role is None:
            return super().code_of(column, word)
        if post not in self.assumed[role]:
            self.assumed[role].append(post)
        return role


@cache
def _roles_of_posts() -> Mapping[str, str]:
    return {fold(post): role for role in _POSTS for lang in LANGUAGES for post in ways_of_writing(f"register.post.{role}", lang)}


@cache
def _names_of(column: str) -> _Names:
    headings, also = (
        [fold(text) for lang in LANGUAGES for text in ways_of_writing(f"register.column.{column}{kind}", lang)] for kind in ("", ".also")
    )
    return _Names(fold(column), tuple(dict.fromkeys(headings)), tuple(dict.fromkeys(also)))


@cache
def _codes_of(column: str) -> Mapping[str, str]:
    found = dict.fromkeys(YES, "1") | dict.fromkeys(NO, "0") if "1" in _WORDS[column] else {}
    for code in _WORDS[column]:
        found[fold(code)] = code
        for lang in LANGUAGES:
            found |= {fold(text): code for text in ways_of_writing(f"register.word.{code}", lang)}
    return found


WORDINGS: Final = OfficeWordings()
"""Headings and words of the catalogues."""
