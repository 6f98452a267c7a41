"""Whether a verdict holds over draws and structures, at its boundaries: four in five of both, and a margin that is just reached."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.experiments.comparing.draw_agreement import agree


def draws(n_agreeing, n=10, agreeing=-0.2, other=0.2):
    return np.array([agreeing] * n_agreeing + [other] * (n - n_agreeing))


@pytest.mark.parametrize(("n", "expected"), [(7, "not clear"), (8, "clear"), (10, "clear")])
def test_clear_needs_four_draws_in_five(n, expected):
    held = agree(-0.2, "clear", 0.05, draws(n, other=-0.049), np.arange(10) % 5)
    assert (held.of_draws, held.verdict) == (n / 10, expected)


@pytest.mark.parametrize(("differing", "expected"), [(1, "clear"), (2, "not clear")])
def test_clear_needs_four_structures_in_five_by_their_mean_draws(differing, expected):
    structure = np.repeat(np.arange(5), 20)
    values = np.full(100, 0.1)
    # Nine in ten draws agree, and a few that do not turn the mean of their structure.
    for each in range(differing):
        values[each * 20 : each * 20 + 5] = -1.0
    held = agree(0.1, "clear", 0.05, values, structure)
    assert held.of_draws == pytest.approx(1 - 0.05 * differing)
    assert (held.of_structures, held.verdict) == (1 - differing / 5, expected)


@pytest.mark.parametrize(("value", "says"), [(-0.05, 1.0), (-0.0499, 0.0), (0.05, 0.0)])
def test_a_draw_agrees_with_clear_by_sign_and_margin(value, says):
    assert agree(-0.2, "clear", 0.05, np.full(5, value), np.arange(5)).of_draws == says


@pytest.mark.parametrize(("value", "says"), [(0.0499, 1.0), (-0.0499, 1.0), (0.05, 0.0), (0.0, 1.0)])
def test_a_draw_agrees_with_small_below_the_margin_either_way(value, says):
    held = agree(0.01, "small", 0.05, np.full(5, value), np.arange(5))
    assert held.of_draws == held.of_structures == says
    assert held.verdict == ("small" if says else "not clear")


def test_what_was_not_clear_has_nothing_to_agree_with():
    held = agree(0.01, "not clear", 0.05, np.full(5, 0.2), np.arange(5))
    assert (held.of_draws, held.of_structures, held.verdict) == (None, None, "not clear")
