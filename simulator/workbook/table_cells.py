"""The columns of a table, read cell by cell with a finding for every cell that is doubtful."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from simulator.scoring.columns import Content
from simulator.workbook.cell_values import MOST_DIGITS, Doubt, clean, fold, is_empty, read_count, read_number, shown, two_readings
from simulator.workbook.sheets import Broken, Unworked
from simulator.workbook.wordings import known_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from simulator.scoring.columns import Column
    from simulator.workbook.codes import Problems
    from simulator.workbook.headings import Table
    from simulator.workbook.sheets import Value

T = TypeVar("T")
_QUICK_DECIMALS: Final = 6
_LARGEST: Final = 2**63 - 1


class TableCells:
    """The rows of a table that hold nominees (or events), and what is wrong with them."""

    def __init__(self, table: Table, rows: list[int], problems: Problems) -> None:
        self.table = table
        self.rows = rows
        self.problems = problems
        self.unsound: set[tuple[int, str]] = set()
        """Row and column of each cell that has a finding, so that nothing more is said of it."""

    def values(self, column: str) -> list[Value]:
        """Give the cells of a column."""
        place = self.table.places[column]
        source = self.table.sheet.rows
        return [source[row][place] if place < len(source[row]) else None for row in self.rows]

    def read(self, column: str, parse: Callable[[Value], T | Doubt], *, empty: T, is_required: bool = False, may_quote: bool = True) -> list[T]:
        """Read a column.

        Parameters
        ----------
        column
            Its id.
        parse
            What a cell says, or why it says nothing certain.
        empty
            What an empty cell stands for, and a doubtful one meanwhile.
        is_required
            Whether an empty cell is a finding.
        may_quote
            Whether a finding may repeat the cell: never where names or units stand.
        """
        known: dict[tuple[type, Value], T] = {}
        found: list[T] = []
        for row, value in zip(self.rows, self.values(column), strict=True):
            key = (value.__class__, value)
            if key in known:
                found.append(known[key])
                continue
            if is_empty(value):
                if is_required:
                    self.report("WB518", row, column)
                found.append(empty)
                continue
            result = (None if parse is _text and isinstance(value, Unworked) else self._doubt_of(value)) or parse(value)
            if isinstance(result, Doubt):
                self.report_doubt(result, row, column, value if may_quote else None)
                found.append(empty)
            else:
                found.append(result)
                known[key] = result
        return found

    def texts(self, column: str, *, is_required: bool = False) -> list[str]:
        """Read names, ids and units; a number is given as its digits, and nothing is ever quoted."""
        return self.read(column, _text, empty="", is_required=is_required, may_quote=False)

    def numbers(self, column: Column) -> tuple[NDArray[np.int64], int]:
        """Read numbers exactly: whole mantissas, and how many decimals they share."""
        quick = self._quick_numbers(column)
        if quick is not None:
            return quick
        parse: Callable[[Value], Decimal | Doubt]
        if column.content is Content.COUNT:
            parse = _count
        elif column.content is Content.PERCENT:
            parse = _percent
        else:
            parse = read_number
        decimals = self.read(
            column.id, _within(parse, _bound(column.low), _bound(column.high), _bound(column.step)), empty=Decimal(0), is_required=column.is_required
        )
        scale = max((max(-int(number.as_tuple().exponent), 0) for number in decimals), default=0)
        mantissas = [int(number.scaleb(scale)) for number in decimals]
        for row, mantissa in zip(self.rows, mantissas, strict=True):
            if abs(mantissa) > _LARGEST:
                self.report("WB530", row, column.id)
                return np.zeros(len(decimals), dtype=np.int64), 0
        return np.array(mantissas, dtype=np.int64), scale

    def _quick_numbers(self, column: Column) -> tuple[NDArray[np.int64], int] | None:
        """Read a column of plain numbers at once; None as soon as a cell needs a closer look."""
        values = self.values(column.id)
        if set(map(type, values)) != {float}:
            return None
        numbers = np.array(values, dtype=np.float64)
        low = max(column.low if column.low is not None else -(10.0**9), 0 if column.content is Content.COUNT else -(10.0**9))
        high = min(column.high if column.high is not None else 10.0**9, 10.0**9)
        if not ((numbers >= low) & (numbers <= high)).all():
            return None
        if column.content is Content.PERCENT and ((numbers > 0) & (numbers <= 1)).any():
            return None
        for scale in range(1 if column.content is Content.COUNT else _QUICK_DECIMALS + 1):
            mantissas = np.rint(numbers * 10.0**scale)
            # A quotient is rounded rightly, so equality means that the cell is the double nearest to this decimal.
            if (mantissas / 10.0**scale == numbers).all():
                if column.step is not None and any(
                    Decimal(int(number)).scaleb(-scale) % Decimal(str(column.step)) for number in np.unique(mantissas)
                ):
                    return None
                return mantissas.astype(np.int64), scale
        return None

    def report_doubt(self, doubt: Doubt, row: int, column: str, value: Value) -> None:
        """Tell why a cell was not understood."""
        is_ours = isinstance(value, str) and fold(value) in known_words()
        found = "…" if value is None else clean(str(value)) if is_ours else shown(value) or "…"
        low, _, high = doubt.expected.partition(" ")
        fields = {
            "WB516": {"found": found, "expected": doubt.expected},
            "WB517": {"found": found, "expected": doubt.expected},
            "WB519": {"found": found, "low": low, "high": high},
            "WB546": {"found": found, "step": doubt.expected},
            "WB521": {"found": doubt.expected},
            "WB533": {"found": found, "expected": doubt.expected},
        }
        self.report(doubt.code, row, column, **fields.get(doubt.code, {}))

    def report(self, code: str, row: int, column: str, /, **fields: str) -> None:
        """Note a finding about a cell."""
        line = self.table.sheet.lines[row]
        self.unsound.add((row, column))
        self.problems.report(code, line, cell=self.table.cell(row, column), column=self.table.heading(column), **fields)

    @staticmethod
    def _doubt_of(value: Value) -> Doubt | None:
        if isinstance(value, Unworked):
            return Doubt("WB520", "")
        if isinstance(value, Broken):
            return Doubt("WB521", clean(value)) if value else Doubt("WB520", "")
        return None


def _text(value: Value) -> str | Doubt:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, float) and not isinstance(value, bool) and abs(value) < 10**MOST_DIGITS:
        return f"{value:.15g}"
    return Doubt("WB517", "@text")


def _count(value: Value) -> Decimal | Doubt:
    count = read_count(value)
    return count if isinstance(count, Doubt) else Decimal(count)


def _percent(value: Value) -> Decimal | Doubt:
    return read_number(value, is_percent=True)


def _bound(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _within(
    parse: Callable[[Value], Decimal | Doubt], low: Decimal | None, high: Decimal | None, step: Decimal | None
) -> Callable[[Value], Decimal | Doubt]:
    """Say the bounds in the finding of a number outside them, and the step in that of one between two steps."""
    words = f"{'−∞' if low is None else f'{low.normalize():f}'} {'+∞' if high is None else f'{high.normalize():f}'}"

    def bounded(value: Value) -> Decimal | Doubt:
        number = parse(value)
        if isinstance(number, Doubt) and number.expected == "@number-one-way":
            # Bounds may leave one reading only: of at most 100 points, 1,234 is no thousand.
            inside = [reading for reading in two_readings(value) if (low is None or reading >= low) and (high is None or reading <= high)]
            number = inside[0] if len(inside) == 1 else number
        if isinstance(number, Doubt):
            return number
        if not ((low is None or number >= low) and (high is None or number <= high)):
            return Doubt("WB519", words)
        return Doubt("WB546", f"{step.normalize():f}") if step is not None and number % step else number

    return bounded
