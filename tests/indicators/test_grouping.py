"""Sums under labels are those of a slow reader."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.indicators.grouping import Grouping, add_up_by, all_or_none, count_numbers


def test_adding_up_is_a_double_loop():
    label, cell, values = [0, 2, 2, 0, 1], [1, 0, 1, 1, 1], [1.0, 2.0, 4.0, 8.0, 16.0]
    expected = [[sum(v for la, c, v in zip(label, cell, values, strict=True) if (la, c) == (i, j)) for j in range(2)] for i in range(3)]
    group = Grouping(np.array(label), 3)
    assert group.add_up(np.array(values), cell=np.array(cell), n_cells=2).tolist() == expected
    assert group.add_up(np.array(values)).tolist() == [[9.0], [16.0], [6.0]]
    assert group.add_up().tolist() == [[2.0], [1.0], [2.0]]


def test_marked_rows_are_counted_as_if_ones_and_noughts_were_added_up():
    label, cell, is_counted = np.array([0, 0, 1, 1, 1]), np.array([1, 0, 1, 1, 0]), np.array([True, True, True, False, True])
    group = Grouping(label, 2)
    assert group.add_up(is_counted, cell=cell, n_cells=2).tolist() == group.add_up(is_counted.astype(float), cell=cell, n_cells=2).tolist()
    assert group.add_up(is_counted).tolist() == [[2.0], [2.0]]


def test_replications_are_added_up_each_as_if_alone():
    values = np.random.default_rng(3).random(1000)
    together = Grouping(np.repeat([0, 1], [300, 700]), 2, is_by_replication=True)
    assert together.add_up(values)[:, 0].tolist() == [values[:300].sum(), values[300:].sum()]


def test_small_numbers_of_four_bytes_do_not_run_over():
    group = Grouping(np.array([2**20], dtype=np.int32), 2**20 + 1)
    assert np.flatnonzero(group.of(np.array([0])).add_up(cell=np.array([7], dtype=np.int32), n_cells=8).reshape(-1)).tolist() == [2**23 + 7]


@pytest.mark.parametrize("n_groups", [1, 3])
def test_a_number_is_of_the_group_in_which_it_is_first_met(n_groups):
    label = np.array([0, 2, 1, 0]) if n_groups > 1 else np.zeros(4, dtype=np.int64)
    found = Grouping(label, n_groups).of_first_row(np.array([3, 1, 3, 1]), 4).tolist()
    assert found == ([0, 2, 0, 0] if n_groups > 1 else [0] * 4)


def test_rows_can_be_taken_by_position_or_as_a_stretch():
    group = Grouping(np.array([4, 5, 6]), 7)
    assert group.of(slice(1, 3)).label.tolist() == group.of(np.array([1, 2])).label.tolist() == [5, 6]


@pytest.mark.parametrize(("is_so", "alike"), [([], True), ([1, 1], True), ([0, 0], True), ([0, 1], False)])
def test_all_or_none(is_so, alike):
    assert all_or_none(np.array(is_so, dtype=np.bool_)) is alike


@pytest.mark.parametrize("n", [0, 5, 2**14, 2**15 + 3])
@pytest.mark.parametrize("kind", [np.int32, np.int64])
def test_sums_by_number_are_those_of_one_pass_to_the_last_digit(n, kind):
    luck = np.random.default_rng(n)
    number, values = luck.integers(0, 7, n).astype(kind), luck.random(n)
    assert add_up_by(number, 9, values).tolist() == np.bincount(number, weights=values, minlength=9).tolist()
    assert add_up_by(number, 9).tolist() == np.bincount(number, minlength=9).tolist()
    at = luck.integers(0, 4, n).astype(kind)
    assert add_up_by(number, 9, np.arange(4) / 3, at=at).tolist() == np.bincount(number, weights=(np.arange(4) / 3)[at], minlength=9).tolist()
    cell = luck.integers(0, 3, n)
    by_cell = Grouping(number, 9).add_up(values, cell=cell, n_cells=3)
    assert by_cell.tolist() == np.bincount(number * 3 + cell, weights=values, minlength=27).reshape(9, 3).tolist()


@pytest.mark.parametrize("n", [0, 1, 7, 129, 2**14, 2**14 + 1, 99_999])
def test_what_is_worked_out_some_rows_at_a_time_adds_up_to_the_last_digit(n):
    values = np.random.default_rng(n).normal(size=n) * 1e3
    everybody = Grouping(np.zeros(n, dtype=np.int32), 1)
    asked = []

    def work_out(rows):
        asked.append(rows)
        return values[rows]

    assert everybody.add_up_each(work_out)[:, 0].tolist() == everybody.add_up(values)[:, 0].tolist() == [values.sum()]
    assert sorted(row for rows in asked for row in range(n)[rows]) == list(range(n))
    first = n // 3
    apart = Grouping(np.repeat([0, 1], [first, n - first]), 2, is_by_replication=True)
    assert apart.add_up_each(values.__getitem__)[:, 0].tolist() == [values[:first].sum(), values[first:].sum()]
    mixed = Grouping(np.random.default_rng(1).integers(0, 5, n), 5)
    assert mixed.add_up_each(values.__getitem__).tolist() == mixed.add_up(values).tolist()


@pytest.mark.parametrize("farthest", [1, 9, 2**15, 2**16])
@pytest.mark.parametrize("kind", [np.int16, np.int32, np.int64])
def test_numbers_near_and_far_are_counted_alike(farthest, kind):
    farthest = min(farthest, np.iinfo(kind).max)
    number = np.random.default_rng(farthest).integers(0, farthest, 2**15 + 5).astype(kind)
    assert count_numbers(number, farthest + 2).tolist() == np.bincount(number, minlength=farthest + 2).tolist()
    assert count_numbers(number[:0], 3).tolist() == [0, 0, 0]
