"""How many examples a property is tried on: a few in the ordinary suite, many where ``.ci/run`` repeats it."""

from __future__ import annotations

import pytest
from hypothesis import settings


def sampled(few, many, **more):
    """Mark a property that is tried on a few examples in the ordinary suite, and again on many by whoever asks for the mark under another profile."""
    return lambda test: pytest.mark.sampled(settings(max_examples=how_many(few, many), deadline=None, **more)(test))


def how_many(few, many):
    """Give the number of examples for a test that draws its own: few in the ordinary suite, many elsewhere. Such a test bears the mark ``sampled``."""
    return few if settings.get_current_profile_name() == "ordinary" else many
