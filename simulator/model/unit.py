"""A unit: it reads its members' files, weighs its reasons, and puts names forward.

The decision is one method, :meth:`Unit.priority`, written once with ordinary arithmetic. The five kinds of unit of
:mod:`simulator.model.structures` run on the columns of all units at once; a subclass with a decision of its own is asked unit by unit, with its own
attributes and its own members. Both ways give the same awards (``tests/model/test_unit.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import mesa
import numpy as np

from simulator.model.priorities import Priorities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator._types import FloatArray, IndexArray
    from simulator.model.cycle import Cycle
    from simulator.model.files import Files
    from simulator.model.reasons import Reasons


class Unit(mesa.Agent):  # type: ignore[misc]  # Mesa's agents are untyped
    """A unit as a Mesa agent; its kinds differ in :meth:`priority`.

    Attributes
    ----------
    runs_on_columns
        Whether ``priority`` may be run once for all units, with a :class:`~simulator.model.priorities.UnitColumns` for ``self``. A subclass that
        writes its own ``priority`` is asked unit by unit, unless it says otherwise.
    marks_by_peers
        Whether the unit goes by the marks of peers instead of its own reading of the files.
    position
        Its place among the units of its replication; its members are ``members``.
    members
        Slice of the member columns.
    score_weight, turn_weight, rank_weight, prestige_weight, lottery_weight, ladder_weight
        What its reasons weigh this year; they add up to 1. Written before the unit is asked.
    n_nominated, n_awarded
        Members put forward for, and given, the focus award this year.
    """

    runs_on_columns: ClassVar[bool] = False
    marks_by_peers: ClassVar[bool] = False

    def __init_subclass__(cls, **arguments: Any) -> None:
        """Ask a class with a ``priority`` of its own unit by unit, unless it says otherwise."""
        super().__init_subclass__(**arguments)
        if "priority" in cls.__dict__ and "runs_on_columns" not in cls.__dict__:
            cls.runs_on_columns = False

    def __init__(self, model: mesa.Model, position: int, members: slice) -> None:
        """Found a unit at its place among the members."""
        super().__init__(model)
        self.position = position
        self.members = members
        self.score_weight = np.float32(1)
        self.turn_weight = self.rank_weight = self.prestige_weight = self.lottery_weight = self.ladder_weight = np.float32(0)
        self.n_nominated = 0
        self.n_awarded = 0

    def priority(self: Any, reasons: Reasons) -> FloatArray:
        """Weigh the reasons to put a member forward.

        Returns
        -------
            (n,) float32 on [0, 1]; the unit fills its places from the top.
        """
        raise NotImplementedError

    @classmethod
    def weights_of_year(cls, weights: FloatArray, cycle: Cycle) -> FloatArray:  # noqa: ARG003 - kinds of unit that draw need the year
        """Give what the reasons weigh this year, for units of one kind: (6, n_units) float32, from what they weigh as a rule."""
        return weights

    @classmethod
    def priorities(cls, units: Sequence[Unit], files: Files, cycle: Cycle) -> Priorities:
        """Weigh the year's reasons of all units of this kind."""
        return Priorities(cls, units, files, cycle)


def scatter_counts(units: Sequence[Unit], n_nominated: IndexArray, n_awarded: IndexArray) -> None:
    """Write the year's counts of the focus award onto the agents."""
    for unit, nominated, awarded in zip(units, n_nominated.tolist(), n_awarded.tolist(), strict=True):
        unit.n_nominated, unit.n_awarded = nominated, awarded
