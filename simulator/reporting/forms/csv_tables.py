"""Tables of numbers as CSV that the spreadsheet of its reader opens as one."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from simulator.presentation.numbers import is_undefined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.presentation.numbers import Lang

_PLACES: Final = 6


def csv_table(columns: Sequence[str], rows: Iterable[Sequence[str | float | None]], lang: Lang) -> bytes:
    """Return a table: with ``;`` and decimal commas for Vietnamese readers, ``,`` and points for English ones.

    A byte-order mark tells a spreadsheet that this is UTF-8. An undefined number is an empty cell.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if lang == "vi" else ",", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell if isinstance(cell, str) else _number(cell, lang) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _number(number: float | None, lang: Lang) -> str:
    if number is None or is_undefined(number):
        return ""
    text = f"{round(number, _PLACES) + 0.0:.{_PLACES}f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if lang == "vi" else text
