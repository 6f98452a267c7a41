"""The awards of a register: what they are called, and which one is judged.

A cell names an award by its id, or by its title in the criteria. Other words are the office's own. Since the name of a person may have slipped into the column,
and that of whoever signed into every row of it, a message or result repeats such a word only if it is written as ids are.
"""

from __future__ import annotations

import difflib
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.errors import InputError
from simulator.indicators.register_file import Cells
from simulator.indicators.register_findings import listed_ids
from simulator.rules.award_names import award_names, same_words
from simulator.workspace import find_workspace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from simulator._types import BoolArray, IndexArray
    from simulator.indicators.register_cells import RegisterReader

DEFAULT_FOCUS: Final = "chien-si-thi-dua-co-so"
IS_AWARDED: Final = "is_awarded"
NO_AWARD: Final = "none"
"""What a cell stands for that says in words that there was no award."""
UNTOLD: Final = "…"
_MOST_LINES: Final = 10
_LIKENESS: Final = 0.8
"""``chien-si-thi-dua`` is as near to ``chien-si-thi-dua-co-so`` as this; two medals of one class are not told apart by it, but both are known."""
_MOST_GUESSES: Final = 2
_AS_LIKELY: Final = 0.05
_MOST_LOOKED_AT: Final = 200
"""A column with more unknown words than this holds something else than awards."""


class AwardNames:
    """Titles of awards, looked up when a word is met that is no id."""

    def __init__(self, workspace: Path | None = None) -> None:
        """Take the criteria of a workspace folder, else of the one that is found from the current folder."""
        self._workspace = workspace

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        try:
            return award_names(find_workspace(explicit=self._workspace))
        except InputError:
            return {}  # a list can be measured without any law at hand

    def nearest(self, word: str) -> list[str]:
        """Give the known ids that an unknown one, or an unknown title, is so near to that it may be one of them, mistyped or cut off; none of what is known."""
        written = same_words(word)
        if word == DEFAULT_FOCUS or written in self._ids:
            return []
        near = difflib.get_close_matches(written, self._ids, _MOST_GUESSES, _LIKENESS)
        likeness = [difflib.SequenceMatcher(None, name, written).ratio() for name in near]
        return list(dict.fromkeys(self._ids[name] for name, like in zip(near, likeness, strict=True) if like > likeness[0] - _AS_LIKELY))

    def id_of(self, word: str) -> str:
        """Give the id of an award that is named in words; any other word stays as it is."""
        return word if not word or listed_ids([word]) == word else self._ids.get(same_words(word), word)


class AwardColumn:
    """Who is given which award.

    Attributes
    ----------
    given
        Award → (n_rows,) whether the row gives it; long-service awards are left out.
    """

    def __init__(self, reader: RegisterReader, names: AwardNames, is_counted: BoolArray) -> None:
        """Read the column; cells that name the same award become equal."""
        cells = reader.words("award")
        ids = Cells.of([names.id_of("" if reader.meant("award", word) == NO_AWARD else word) for word in cells.words])
        self._cells = Cells(ids.words, ids.code[cells.code])
        reader.put("award", self._cells)
        self._reader, self._names = reader, names
        given = {word: self._cells.is_word(word) for word in sorted(ids.words) if word}
        self._of_long_service = {word for word, is_given in given.items() if not (is_given & is_counted).any()}
        self._report_mistyped(given)
        self.given: dict[str, BoolArray] = {word: is_given & is_counted for word, is_given in given.items() if word not in self._of_long_service}

    def _report_mistyped(self, given: Mapping[str, BoolArray]) -> None:
        """Warn of awards that are nearly known ones; they are counted as they are written."""
        for word, is_given in [*given.items()][:_MOST_LOOKED_AT]:
            guesses = self._names.nearest(word)
            if guesses:
                fields = {"found": listed_ids([word]), "guess": " / ".join(guesses), "n": str(int(is_given.sum()))}
                self._reader.report("RG449", self._first_line_of(word), **fields)

    def focus(self, award: str | None) -> str | None:
        """Choose the award that is judged; ``None``, with a finding, where it cannot be known which.

        Parameters
        ----------
        award
            What the user asked for, if anything.
        """
        return self._default() if award is None else self._asked_for(self._names.id_of(award))

    def _asked_for(self, award: str) -> str | None:
        if award in self._of_long_service:
            self._reader.report("RG435", self._first_line_of(award), found=award, known=self._listed())
        elif award in self.given or not self.given:
            return award  # where nobody has any award, nobody has this one
        else:
            self._reader.report("RG409", 1, found=award, known=self._listed())
        return None

    def _default(self) -> str | None:
        if DEFAULT_FOCUS in self.given or not self.given:
            return DEFAULT_FOCUS
        if len(self.given) > 1:
            self._reader.report("RG410", 1, known=self._listed())
            return None
        only = next(iter(self.given))
        if _may_be_told(only):
            return only
        self._listed()
        self.given = {UNTOLD: self.given[only]}
        return UNTOLD

    def _listed(self) -> str:
        """List the awards that may be told; of the others, warn where they stand."""
        told = [award for award in self.given if _may_be_told(award)]
        untold = [is_given for award, is_given in self.given.items() if award not in told]
        if untold:
            rows = np.flatnonzero(np.any(untold, axis=0))
            self._reader.report("RG437", self._reader.line_of(int(rows[0])), n=str(len(rows)), lines=_told_lines(self._reader, rows))
        return ", ".join([*told, *([UNTOLD] if untold else [])]) or listed_ids([])

    def _first_line_of(self, award: str) -> int:
        return self._reader.line_of(int(np.argmax(self._cells.is_word(award))))


def report_passed_over(reader: RegisterReader, is_given: BoolArray, is_counted: BoolArray, asked: str | None) -> None:
    """Warn of what says something of awards beside the flag that alone is read: the column of awards, the rows in which it says otherwise, and an award asked for.

    Parameters
    ----------
    reader
        A register with the flag.
    is_given, is_counted
        Each (n_rows,): whether the row has the flag, and whether it is of an award that is counted at all.
    asked
        The award the user asked for, if any.
    """
    if asked is not None:
        reader.report("RG452", 1)
    if "award" not in reader.columns:
        return
    cells = reader.words("award")
    names = Cells.of(["" if reader.meant("award", word) == NO_AWARD else same_words(word) for word in cells.words])
    name = names.code[cells.code]
    is_named = ~np.isin(name, np.flatnonzero([not word for word in names.words]))
    # An award that no flagged row has is another than the one that is judged, and stands rightly beside a 0.
    is_of_judged = is_named & np.isin(name, name[is_given & is_counted])
    rows = np.flatnonzero(is_counted & ((is_given & ~is_named) | (~is_given & is_of_judged)))
    rows = rows[~(reader.unread(IS_AWARDED)[rows])]
    if len(rows):
        reader.report("RG451", reader.line_of(int(rows[0])), n=str(len(rows)), lines=_told_lines(reader, rows))
    else:
        reader.report("RG450", 1)


def _told_lines(reader: RegisterReader, rows: IndexArray) -> str:
    """List the lines of the first rows."""
    lines = [str(reader.line_of(row)) for row in rows[:_MOST_LINES].tolist()]
    return ", ".join([*lines, *([UNTOLD] if len(rows) > _MOST_LINES else [])])


def _may_be_told(award: str) -> bool:
    return listed_ids([award]) == award
