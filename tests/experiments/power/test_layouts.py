from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.errors import RunError
from simulator.experiments.power.layouts import layout_of
from simulator.history import History


def list_of(*rows):
    """Make a list from (year, unit, role, is awarded)."""
    year, unit, role, won = (np.array(column) for column in zip(*rows, strict=True))
    return History(year, unit, np.arange(len(rows)), role, "x", {"x": won.astype(bool)}, n_history_years=1)


TWO_UNITS = list_of(
    *((year, 0, 3 if place == 0 else 1, place == year % 3) for year in range(3) for place in range(3)),
    *((year, 1, 1, True) for year in range(3) for _ in range(2)),
)


def test_sizes_leaders_and_places_are_read_and_units_without_a_contest_are_left_out():
    layout = layout_of(TWO_UNITS)
    assert (layout.size.tolist(), layout.n_leaders.tolist(), layout.places.tolist()) == ([3], [1], [[1, 1, 1]])
    assert (layout.n_units, layout.n_units_left_out, layout.n_years, layout.cycle) == (1, 1, 3, 3.0)


def test_years_of_memory_can_be_left_aside():
    assert layout_of(TWO_UNITS, judged_only=True).n_years == 2


def test_a_list_of_winners_alone_has_no_layout():
    with pytest.raises(RunError) as caught:
        layout_of(replace(TWO_UNITS, knows_unawarded=False))
    assert caught.value.fields["code"] == "CL021"


def test_a_list_without_a_contest_has_nothing_to_try():
    everybody = replace(TWO_UNITS, awards={"x": np.ones(len(TWO_UNITS.year), bool)})
    with pytest.raises(RunError) as caught:
        layout_of(everybody)
    assert caught.value.fields["code"] == "CL022"
