"""Peeling: planted boxes come out exactly, choices too, and every step is that of the workbench of exploratory modelling where it is installed."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from simulator.experiments.mathematics.peeling import SMALLEST, Box, Limit, Points, paste, peel


def grid(*is_inside):
    """Give 20 × 20 places in the middle of their cells, each under three choices; a slice of a twentieth is one line of places."""
    axis = (np.arange(20) + 0.5) / 20
    places = np.array(list(itertools.product(axis, axis, range(3))))
    numbers, choices = places[:, :2], places[:, 2:].astype(np.int64)
    return Points(numbers, choices, np.logical_and.reduce([one(numbers, choices) for one in is_inside]))


PLANTED = (lambda x, _: x[:, 0] > 0.4, lambda x, _: x[:, 1] < 0.6, lambda _, c: c[:, 0] != 1)


def test_a_planted_box_comes_out_exactly():
    points = grid(*PLANTED)
    box = peel(points)[-1]
    assert (box.low[0], box.high[1]) == pytest.approx((0.4, 0.6))
    assert (box.high[0], box.low[1], box.among) == (np.inf, -np.inf, (frozenset({0, 2}),))
    assert np.array_equal(box.holds(points), points.is_case)


def test_a_choice_alone_is_found():
    points = grid(lambda _, c: c[:, 0] == 2)
    assert peel(points)[-1].limits() == [Limit("among", 0)]
    assert peel(points)[-1].among == (frozenset({2}),)


def test_numbers_that_are_equal_go_together():
    numbers = np.repeat([[1.0], [2.0], [3.0]], 30, axis=0)
    points = Points(numbers, np.zeros((90, 0), np.int64), numbers[:, 0] == 3)
    box = peel(points)[-1]
    assert box.low[0] == 2.5
    assert np.array_equal(box.holds(points), points.is_case)


def test_nothing_is_peeled_where_all_or_none_are_cases():
    for value in (True, False):
        points = grid(lambda x, _, value=value: np.full(len(x), value))
        assert [box.limits() for box in peel(points)] == [[]]


def test_no_box_is_smaller_than_a_twentieth():
    rng = np.random.default_rng(1)
    points = Points(rng.random((400, 6)), np.zeros((400, 0), np.int64), rng.random(400) < 0.1)
    sizes = [int(box.holds(points).sum()) for box in peel(points)]
    assert sizes[0] == 400
    assert min(sizes) >= SMALLEST * 400


def test_a_slice_is_pasted_back_where_that_leaves_a_larger_share_of_cases():
    points = Points(np.array([[0.1], [0.2], [0.3], [0.4]]), np.zeros((4, 0), np.int64), np.array([True, True, False, True]))
    wider = paste(points, Box.whole(points).at("low", 0, 0.25))
    assert wider.low[0] == pytest.approx(0.15)
    assert paste(points, wider).low[0] == -np.inf


def test_nothing_is_pasted_on_where_nothing_but_cases_lies_inside():
    points = grid(*PLANTED)
    assert paste(points, Box.whole(points).at("low", 0, 0.6).at("high", 1, 0.6).choosing(0, frozenset({0}))) is None


def trajectory(points):
    """Give the share of cases covered, and that of cases inside, of each box peeled."""
    found = []
    for box in peel(points):
        inside = box.holds(points)
        found.append((points.is_case[inside].sum() / points.is_case.sum(), points.is_case[inside].mean()))
    return np.array(found)


@pytest.mark.filterwarnings("ignore")  # its own
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_box_is_that_of_the_workbench(seed):
    prim = pytest.importorskip("ema_workbench.analysis.prim", reason="it needs Python 3.12")
    import pandas as pd  # noqa: PLC0415

    rng = np.random.default_rng(seed)
    numbers, choices = rng.random((600, 5)), rng.integers(0, 4, (600, 1))
    inside = (numbers[:, 0] > 0.35) & (numbers[:, 2] < 0.7) & (choices[:, 0] != 3)
    is_case = np.where(inside, rng.random(600) < 0.9, rng.random(600) < 0.1)
    table = pd.DataFrame(numbers, columns=list("abcde"))
    table["kind"] = pd.Categorical([f"k{choice}" for choice in choices[:, 0]])
    box = prim.Prim(table, is_case).find_box()
    told = box.peeling_trajectory[["coverage", "density"]].to_numpy(float)
    points = Points(numbers, choices, is_case)
    assert trajectory(points) == pytest.approx(told)
    assert np.flatnonzero(peel(points)[-1].holds(points)).tolist() == sorted(box.yi.tolist())
