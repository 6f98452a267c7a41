"""What the tests of scoring share: the grain of a table, as it is chosen, or as coarse as it can be."""

from __future__ import annotations

import pytest

from simulator.scoring import part_points
from simulator.scoring.point_columns import NANO


@pytest.fixture
def fine_grain():
    """Leave the grain as the table chooses it, in which most divisions come out even."""


@pytest.fixture
def coarse_grain(monkeypatch):
    """Count in billionths of a point whatever the table divides by, so that many divisions do not end."""
    monkeypatch.setattr(part_points, "choose_grain", lambda _divisors, _most: NANO)
