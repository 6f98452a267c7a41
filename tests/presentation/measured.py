"""Small measurements and years for the tests of what is told of a list."""

from __future__ import annotations

from hypothesis import strategies as st

from simulator.indicators.measurement import INDICATORS, MIX, Measured, Measurement
from simulator.indicators.yearly import FOLLOWED, MeasuredYear

NUMBERS = st.floats(-3, 3, allow_nan=False)


def measurement(*, mix=(0.5, 0.2, 0.1, 0.2), caveats=(), **indicators):
    """Give a measurement in which every indicator that is not named has no value."""
    unknown = dict.fromkeys(INDICATORS, Measured(None, None, None, 0, "caveat.no-merit"))
    parts = {cause: Measured(share, share - 0.1, share + 0.1, 60) for cause, share in zip(MIX, mix, strict=True)}
    return Measurement("chien-si-thi-dua-co-so", 1200, 60, 5, 900, unknown | indicators, parts, caveats)


def year_of(number, **indicators):
    """Give a year in which what is not named is not known."""
    unknown = dict.fromkeys(FOLLOWED, Measured(None, None, None, None, "caveat.too-few-years"))
    return MeasuredYear(number, 100, 20, unknown | indicators)


@st.composite
def measured_numbers(draw):
    """Draw a value inside its interval, or without one, with or without a caveat."""
    low, value, high = sorted(draw(st.lists(NUMBERS, min_size=3, max_size=3)))
    has_interval = draw(st.booleans())
    n = draw(st.one_of(st.none(), st.integers(5, 10**6)))
    caveat = draw(st.sampled_from([None, "caveat.few-units", "caveat.ties-at-the-cut"]))
    return Measured(value, low if has_interval else None, high if has_interval else None, n, caveat)
