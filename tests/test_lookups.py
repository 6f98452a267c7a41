"""What is done some rows at a time gives what one pass gives."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from simulator.lookups import ROWS_TOGETHER, ColumnInParts, codes, look_up, mark, stretches

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


@pytest.mark.parametrize(("n_parts", "n_each"), [(3, 4), (1, 5), (0, 4), (2, 0)])
def test_a_lazy_column_reads_as_the_column_it_stands_for(n_parts, n_each):
    table = np.arange(n_parts * n_each).reshape(n_parts, n_each) / 3
    column = ColumnInParts(n_parts, n_each, lambda part, rows: table[part, rows] if n_parts else np.zeros(0))
    whole = table.reshape(-1)
    assert len(column) == len(whole)
    assert np.asarray(column).tolist() == whole.tolist()
    assert np.asarray(column, dtype=np.float32).dtype == np.float32
    for first in range(len(whole) + 1):
        for end in range(first, len(whole) + 2):
            assert column[first:end].tolist() == whole[first:end].tolist()
    for positions in ([], [0, 1, 1], list(range(len(whole))), list(range(len(whole)))[::-1]):
        rows = np.array([row for row in positions if row < len(whole)], dtype=np.int64)
        assert column.take(rows).tolist() == column[rows].tolist() == whole[rows].tolist()


def test_a_lazy_column_makes_only_what_is_asked_for():
    asked = []

    def of_part(part, rows):
        asked.append((part, np.arange(10)[rows].tolist()))
        return np.arange(10)[rows] + 10 * part

    column = ColumnInParts(3, 10, of_part)
    assert column[8:12].tolist() == [8, 9, 10, 11]
    assert column.take(np.array([25])).tolist() == [25]
    assert [one for one in asked if one[1]] == [(0, [8, 9]), (1, [0, 1]), (2, [5])]


def test_a_column_that_goes_elsewhere_goes_whole():
    column = ColumnInParts(3, 4, lambda part, rows: np.arange(4)[rows] + 10 * part)
    there = pickle.loads(pickle.dumps(column))  # noqa: S301  # its own bytes
    assert type(there) is np.ndarray
    assert there.tolist() == column[:].tolist()


@pytest.mark.parametrize("labels", [[3, 1, 3], [-5, 10**9, -5], [10**15, 0, 10**15]])
def test_codes_tell_labels_apart(labels):
    found = codes(np.array(labels)).tolist()
    assert found[0] == found[2] != found[1]
    assert min(found) >= 0


def test_codes_leave_no_gap():
    assert sorted(set(codes(np.array([0, 7, 7, 3, 0, 3, 0, 0, 0])).tolist())) == [0, 1, 2]
    assert codes(np.array([2, 0, 1])).tolist() == [2, 0, 1]


def test_codes_of_nobody_are_nothing():
    assert codes(np.zeros(0, dtype=np.int64)).tolist() == []
