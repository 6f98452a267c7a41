"""What is done some rows at a time gives what one pass gives."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.lookups import ROWS_TOGETHER, look_up, mark, stretches

LENGTHS = [0, 1, ROWS_TOGETHER, 2 * ROWS_TOGETHER + 3]


@pytest.mark.parametrize("n", LENGTHS)
def test_stretches_hold_every_row_once(n):
    rows = [row for stretch in stretches(n) for row in range(n)[stretch]]
    assert rows == list(range(n))
    assert all(stretch.stop - stretch.start <= ROWS_TOGETHER for stretch in stretches(n))


@pytest.mark.parametrize("n", LENGTHS)
@pytest.mark.parametrize("kind", [np.int16, np.int32, np.int64])
def test_looking_up_and_marking_are_those_of_one_pass(n, kind):
    number = np.random.default_rng(n).integers(0, 50, n).astype(kind)
    table = np.arange(51) / 7
    assert look_up(table, number).tolist() == table[number].tolist()
    is_even = np.arange(51) % 2 == 0
    assert look_up(is_even, number).tolist() == is_even[number].tolist()
    assert np.flatnonzero(mark(number, 51)).tolist() == sorted(set(number.tolist()))
