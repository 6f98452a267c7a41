"""Numbers, answers and words of nominees, whole columns at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.presentation.finding_words import ANSWERS
from simulator.scoring.columns import Content
from simulator.workbook.cell_values import Doubt, is_empty, read_count, read_word
from simulator.workbook.wordings import words_for, words_in_both

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.columns import Column
    from simulator.workbook.sheets import Value
    from simulator.workbook.table_cells import TableCells

_NUMBERS: Final = frozenset({Content.NUMBER, Content.COUNT, Content.PERCENT})
_FROM_ONE: Final = 1


def read_numbers(cells: TableCells, columns: Sequence[Column]) -> tuple[dict[str, NDArray[np.int64]], dict[str, int]]:
    """Read every column of numbers; one the file may leave out is 0 throughout."""
    numbers: dict[str, NDArray[np.int64]] = {}
    scales: dict[str, int] = {}
    for column in columns:
        if column.content in _NUMBERS:
            if column.id in cells.table.places:
                numbers[column.id], scales[column.id] = cells.numbers(column)
            else:
                numbers[column.id], scales[column.id] = np.zeros(len(cells.rows), dtype=np.int64), 0
    return numbers, scales


def read_answers(cells: TableCells, columns: Sequence[Column], criteria: CriteriaSet) -> dict[str, NDArray[np.bool_]]:
    """Read every column of answers; one the file may leave out is *no* throughout."""
    answers: dict[str, NDArray[np.bool_]] = {}
    for column in columns:
        if column.content is Content.YES_NO:
            words = words_for(column, criteria)
            answers[column.id] = np.array(
                [word == "yes" for word in _read_words(cells, column, words, "no", f"{ANSWERS}{column.key}")], dtype=np.bool_
            )
    return answers


def read_words(cells: TableCells, columns: Sequence[Column], criteria: CriteriaSet) -> dict[str, NDArray[np.str_]]:
    """Read every column of words; an empty cell is an empty word."""
    found: dict[str, NDArray[np.str_]] = {}
    for column in columns:
        if column.content is Content.WORD:
            words = _read_words(cells, column, words_for(column, criteria), "", words_in_both(column, criteria))
            found[column.id] = np.array(words, dtype=np.str_)
    return found


def _read_words(cells: TableCells, column: Column, words: Mapping[str, str], empty: str, expected: str) -> list[str]:
    if column.id not in cells.table.places:
        return [empty] * len(cells.rows)

    def parse(value: Value) -> str | Doubt:
        return read_word(value, words, expected)

    return cells.read(column.id, parse, empty=empty, is_required=column.is_required)


def check_reasons(cells: TableCells, columns: Sequence[Column], numbers: Mapping[str, NDArray[np.int64]], scales: Mapping[str, int]) -> None:
    """Ask for the reason wherever a mark departs from an earlier one that was given, and the file has a column for it."""
    for reason in columns:
        if not reason.id.endswith(":reason") or reason.id not in cells.table.places:
            continue
        marks = [column.id for column in columns if column.id.startswith(f"{reason.id.removesuffix(':reason')}@") and column.id in cells.table.places]
        if len(marks) <= _FROM_ONE:
            continue
        scale = max(scales[mark] for mark in marks)
        aligned = np.array([numbers[mark] * 10 ** (scale - scales[mark]) for mark in marks])
        is_given = np.array([[not is_empty(value) for value in cells.values(mark)] for mark in marks])
        for position, value in enumerate(cells.values(reason.id)):
            if any((cells.rows[position], mark) in cells.unsound for mark in marks):
                continue
            if is_empty(value) and len(set(aligned[is_given[:, position], position].tolist())) > 1:
                cells.report("WB518", cells.rows[position], reason.id)


def unit_counts(cells: TableCells, columns: Sequence[Column], units: Sequence[str], counts: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """Add head-counts that stand beside each nominee to those of the sheet of units; the same unit must have the same count everywhere."""
    first: dict[tuple[str, str], str] = {}
    for column in columns:
        if column.id not in cells.table.places:
            continue
        read = cells.read(column.id, read_count, empty=-1)
        for row, unit, count in zip(cells.rows, units, read, strict=True):
            if count < 0:
                continue
            known = counts.setdefault(unit, {}).setdefault(column.id, count)
            other = first.setdefault((unit, column.id), cells.table.cell(row, column.id))
            if known != count:
                cells.report("WB529", row, column.id, found=str(count), expected=str(known), other=other)
    return counts
