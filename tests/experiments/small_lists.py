"""A small layout and people to plant lists with."""

from __future__ import annotations

import numpy as np

from simulator.experiments.power.layouts import Layout
from simulator.experiments.power.planted_lists import Society

PEOPLE = Society(merit_stability=0.65, fortune_persistence=0.3, appraisal_reliability=0.45, turnover=0.05)


def even_layout(n_units=20, size=10, places=2, leaders=2, years=4):
    """Give units that are all alike."""
    return Layout(np.full(n_units, size), np.full(n_units, leaders), np.full((n_units, years), places), 0)
