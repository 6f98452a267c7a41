"""When two names of an achievement mean the same one, and when they only look alike."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from simulator.rules.award_names import same_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.scoring.roster import Roster


def without_marks(name: str) -> str:
    """Give a name without its marks, as somebody types it in a hurry."""
    letters = unicodedata.normalize("NFD", same_words(name).replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def rows_alike(roster: Roster) -> Iterator[int]:
    """Go through the rows in which two achievements of one criterion differ in marks only: they are counted as written, and somebody should look."""
    for position, achievements in enumerate(roster.achievements):
        names = {(one.criterion, same_words(one.name)) for one in achievements}
        if len({(criterion, without_marks(name)) for criterion, name in names}) < len(names):
            yield int(roster.rows[position])
