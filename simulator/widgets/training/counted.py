"""Places counted exactly: what a share, a way of rounding and a floor leave to units of a few people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np

from simulator.rules.values import exact
from simulator.scoring.quotas import Reservation, places
from simulator.widgets.training.exercise import CountedSpec, fill
from simulator.widgets.training.readings import Reading
from simulator.widgets.training.world import World

if TYPE_CHECKING:
    from fractions import Fraction

    from simulator._types import IndexArray
    from simulator.scoring.quotas import Rounding
    from simulator.widgets.training.exercise import Setting

_ONE_PLACE: Final = 0.5
"""Of whole numbers any difference matters; of shares a hundredth does."""
_A_HUNDREDTH: Final = 0.005


class CountedWorld(World[CountedSpec]):
    """A world of units that only have people and places."""

    def margin(self, measure: str, before: Reading) -> float:  # noqa: ARG002 - what all worlds are asked
        """Give the smallest difference that matters."""
        return _A_HUNDREDTH if measure == "share_reached" else _ONE_PLACE

    def read(self, setting: Setting) -> dict[str, Reading]:
        """Count the places under a setting."""
        fields = self.exercise.fields(setting)
        given: dict[str, Any] = {name: fill(getattr(self.spec, name), fields) for name in ("share", "people", "rounding", "floor", "pooling")}
        people = np.full(self.spec.units, int(given["people"]), dtype=np.int64)
        of_unit = self._places(given["share"], people, given["rounding"])
        reserved = Reservation(direct_worker_floor=exact(float(given["floor"])))
        together = np.array([of_unit.sum()])
        for_others = int(reserved.most_others(together)[0])
        of_one = int(reserved.most_others(of_unit)[0]) if given["pooling"] == "unit" else min(int(of_unit[0]), for_others)
        counted = {
            "fewest_places": of_unit.min(),
            "most_places": of_unit.max(),
            "places_together": of_unit.sum(),
            "share_reached": of_unit.sum() / people.sum(),
            "open_to_leaders": of_one,
            "open_to_leaders_together": int(reserved.most_others(of_unit).sum()) if given["pooling"] == "unit" else for_others,
        }
        return {name: Reading.exactly(float(counted[name])) for name in self.exercise.measures}

    def _places(self, share: float | str, people: IndexArray, rounding: str) -> IndexArray:
        """Give each unit's places; a whole number of them is given as it is."""
        if isinstance(share, int) and not isinstance(share, bool):
            return np.full(len(people), share, dtype=np.int64)
        return places(self._share(share), people, cast("Rounding", rounding))

    def _share(self, share: float | str) -> Fraction:
        if not isinstance(share, str):
            return exact(share)
        clause: Any = self.criteria.clause(share.removeprefix("@"))
        return exact(clause.share)
