"""What the rows of one member and year say against one another, each cause once.

Rows in another unit or post are taken for another person's, whose id is wrong; what else they say is not held against the first. A row that stands twice is to be
taken out, so that its other differences are not told as well. A cell that could not be read contradicts nothing. A row without an award says nothing beside another row
of the same member and year: offices keep one line for everybody and add what was given outside the yearly round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.lookups import codes
from simulator.rules.award_names import same_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.indicators.register_file import Cells
    from simulator.indicators.register_findings import FileFindings


def report_spellings(findings: FileFindings, column: str, cells: Cells) -> None:
    """Warn of words of a column that differ only in capitals or blanks: they are counted apart, and seldom meant so. Where they first stand is told, not what they say."""
    alike: dict[str, list[str]] = {}
    for word in cells.words:
        alike.setdefault(same_words(word).replace(" ", ""), []).append(word)
    written = [words for words in alike.values() if len(words) > 1]
    if written:
        first, other = (findings.line_of(int(np.argmax(cells.is_word(word)))) for word in written[0][:2])
        findings.report("RG455", other, column=column, n=str(len(written)), first_line=str(first))


def report_contradictions(
    findings: FileFindings,
    person_year: IndexArray,
    *,
    post: FloatArray,
    parts: tuple[IndexArray, ...],
    is_none: BoolArray,
    same: Mapping[str, FloatArray],
) -> None:
    """Report members in two posts in one year, rows that stand twice, and values that differ where they must be the same.

    Parameters
    ----------
    findings
        Takes what is found.
    person_year
        (n_rows,) the same number for rows of one member and year.
    post
        (n_rows,) number of the unit and role; NaN where it could not be read.
    parts
        Each (n_rows,): rows of one person-year that are equal in all of them stand twice.
    is_none
        (n_rows,) whether the row says that there was no award.
    same
        Name of a column → (n_rows,) values that must be the same in all rows of a person-year; NaN where unknown.
    """
    person_year = codes(person_year)
    if int(person_year.max(initial=-1)) + 1 == len(person_year):
        return
    known, _ = _first_known(person_year, post)
    known_post = np.nan_to_num(np.where(np.isnan(post), known, post)).astype(np.int64)
    holder = codes(_joined(person_year, known_post)) if (post != known).any() else person_year
    _report_posts(findings, person_year, post)
    is_copy = _report_repeats(findings, holder, parts)
    is_repeated = np.isin(holder, holder[is_copy])
    report_differences(findings, holder, {name: np.where(is_repeated, np.nan, values) for name, values in same.items()})
    idle = np.flatnonzero(_adds_nothing(holder, is_none))
    if len(idle) and not findings.has_errors:  # where rows contradict one another, nobody knows yet whose they are
        findings.report("RG436", findings.line_of(idle[0]), n=str(len(idle)))


def report_differences(findings: FileFindings, holder: IndexArray, same: Mapping[str, FloatArray]) -> None:
    """Report values that differ from the first known one of the same holder: one finding for each other set of values."""
    if not same:
        return
    first = {name: _first_known(holder, values) for name, values in same.items()}
    differs = {name: ~np.isnan(values) & (values != first[name][0]) for name, values in same.items()}
    rows = np.flatnonzero(np.any([*differs.values()], axis=0))
    said = np.stack([holder[rows], *(np.unique(values[rows], return_inverse=True)[1].reshape(-1) for values in same.values())])

    def tell(row: int) -> dict[str, str]:
        names = [name for name in same if differs[name][row]]
        return {"column": ", ".join(names), "first_line": str(findings.line_of(first[names[0]][1][row]))}

    findings.report_rows("RG419", rows[_first_of_each(said)], tell)


def _report_posts(findings: FileFindings, person_year: IndexArray, post: FloatArray) -> None:
    known, where = _first_known(person_year, post)
    rows = np.flatnonzero(~np.isnan(post) & (post != known))
    rows = rows[_first_of_each(np.stack([person_year[rows], post[rows].astype(np.int64)]))]
    findings.report_rows("RG408", rows, lambda row: {"first_line": str(findings.line_of(where[row]))})


def _report_repeats(findings: FileFindings, holder: IndexArray, parts: tuple[IndexArray, ...]) -> BoolArray:
    """Report rows that stand twice; (n_rows,) which are copies."""
    n_rows = len(holder)
    order = np.lexsort((np.arange(n_rows), *parts, holder))
    is_new = np.zeros(n_rows, dtype=np.bool_)
    is_new[0] = True
    for column in (holder, *parts):
        is_new[1:] |= column[order][1:] != column[order][:-1]
    original = np.empty(n_rows, dtype=np.int64)
    original[order] = order[is_new][np.cumsum(is_new) - 1]
    is_copy: BoolArray = original != np.arange(n_rows)
    rows = np.flatnonzero(is_copy)
    findings.report_rows("RG407", rows, lambda row: {"first_line": str(findings.line_of(original[row]))})
    return is_copy


def _adds_nothing(holder: IndexArray, is_none: BoolArray) -> BoolArray:
    """(n_rows,) whether a row says "no award" beside another of the same holder that says more, or as little and stands above."""
    first_award = _first_known(holder, np.where(is_none, np.nan, 0.0))[0]
    first_row = _first_known(holder, np.zeros(len(holder)))[1]
    adds_nothing: BoolArray = is_none & (~np.isnan(first_award) | (first_row != np.arange(len(holder))))
    return adds_nothing


def _first_known(label: IndexArray, values: FloatArray) -> tuple[FloatArray, IndexArray]:
    """(n_rows,) the first value that is known of those with the same label, else NaN; and (n_rows,) the row it stands in."""
    labels = codes(label)
    known = np.flatnonzero(~np.isnan(values))
    row = np.zeros(int(labels.max(initial=-1)) + 1, dtype=np.int64)
    value = np.full(len(row), np.nan)
    row[labels[known][::-1]] = known[::-1]
    value[labels[known][::-1]] = values[known][::-1]
    return value[labels], row[labels]


def _first_of_each(columns: IndexArray) -> IndexArray:
    """(n_different,) position of the first of each different column, ascending."""
    return np.sort(np.unique(columns, axis=1, return_index=True)[1])


def _joined(first: IndexArray, second: IndexArray) -> IndexArray:
    joined: IndexArray = first * (int(second.max(initial=0)) + 1) + second
    return joined
