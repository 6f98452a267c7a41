"""What the tests of reporting share."""

from __future__ import annotations

import pytest

from tests.reporting.telling import telling_here


@pytest.fixture
def _told_here():
    """Let reports be told without a kernel, where a test is about what becomes of them."""
    with telling_here():
        yield
