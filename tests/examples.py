"""How many examples a property is tried on: a few in the ordinary suite, many where ``.ci/run`` repeats it."""

from __future__ import annotations

import pytest
from hypothesis import settings


def sampled(few, many, **more):
    """Mark a property that is tried on a few examples in the ordinary suite, and again on many by whoever asks for the mark under another profile."""
    n_examples = few if settings.get_current_profile_name() == "ordinary" else many
    return lambda test: pytest.mark.sampled(settings(max_examples=n_examples, deadline=None, **more)(test))
