"""Parts that cannot be more than their whole: women, or members with an award, among the members of a collective."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.workbook.cell_values import is_empty

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from simulator.workbook.table_cells import TableCells

WHOLE: Final = "members"
_PARTS: Final = ("women", "members_disciplined", "members_awarded:", "members_rated:")


def check_wholes(cells: TableCells, numbers: Mapping[str, NDArray[np.int64]]) -> None:
    """Tell each cell that counts more members than the collective has; cells that are doubtful themselves are let be."""
    places = cells.table.places
    if WHOLE not in numbers or WHOLE not in places:
        return
    whole = cells.values(WHOLE)
    for column, counts in numbers.items():
        if column not in places or not column.startswith(_PARTS):
            continue
        for position in np.flatnonzero(counts > numbers[WHOLE]):
            row = cells.rows[position]
            if is_empty(whole[position]) or {(row, column), (row, WHOLE)} & cells.unsound:
                continue
            fields = {"found": str(counts[position]), "most": str(numbers[WHOLE][position])}
            cells.report("WB545", row, column, other=cells.table.cell(row, WHOLE), whole=cells.table.heading(WHOLE), **fields)
