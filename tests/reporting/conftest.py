"""What the tests of reporting share."""

from __future__ import annotations

import pytest
from matplotlib.layout_engine import ConstrainedLayoutEngine

from simulator.presentation.style import Drawing
from tests.reporting.pictures import blank
from tests.reporting.telling import telling_here


@pytest.fixture
def _told_here():
    """Let reports be told without a kernel, where a test is about what becomes of them."""
    with telling_here():
        yield


@pytest.fixture
def _blank_pictures(monkeypatch):
    """Let pictures be blank, where a test reads only the words beside them."""
    monkeypatch.setattr(Drawing, "to_svg", blank)


@pytest.fixture
def _pictures_aside(monkeypatch, _blank_pictures):
    """Let no room be found in them either, where all figures are such as are drawn whole in tests of their own, in ``tests/presentation``."""
    monkeypatch.setattr(ConstrainedLayoutEngine, "execute", lambda *_: None)
