"""Read a history by another fixed reference of merit: results only, results and initiative, the office's own.

Merit is a vector over criteria, and who deserved an award depends on how they are weighed (model.md 00.2). The reference is chosen once and stays
the same whatever criteria are tried, or a rule could define its own success.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.history import HistoryError

if TYPE_CHECKING:
    from simulator.history import History


def under_reference(history: History, name: str) -> History:
    """Return the same history with merit by another reference.

    Parameters
    ----------
    history
        One row for each year and member.
    name
        A key of its ``references``.

    Raises
    ------
    HistoryError
        If the history holds no such reference.
    """
    if name not in history.references:
        message = f"The reference {name!r} is not among {sorted(history.references)}."
        raise HistoryError(message)
    return replace(history, merit=history.references[name])
