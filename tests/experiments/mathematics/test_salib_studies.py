"""The plumbing to SALib, proved by a function whose indices are known: no column changes place, nothing is scaled, and what never moves has exactly nothing."""

from __future__ import annotations

import numpy as np
import pytest
from SALib.analyze import morris, sobol

from simulator.experiments.mathematics.salib_studies import base_rows, lay_trajectories, saltelli_places, screen, sobol_indices, take_apart
from tests.experiments.analytic import ISHIGAMI_FIRST, ISHIGAMI_TOTAL, NUMBERS, ishigami

NAMES = ["a", "b", "c", "idle"]


def outputs_at(places):
    """(n, 2): Ishigami's function, and what never moves."""
    values = {each.id: each.value_at(column) for each, column in zip(NUMBERS, places.T[:3], strict=True)}
    return np.column_stack([ishigami(values), np.full(len(places), 3.0)])


@pytest.fixture(scope="module")
def places():
    return saltelli_places(NAMES, 2048, seed=5)


def test_indices_of_a_known_function_are_found(places):
    first, total = sobol_indices(take_apart(outputs_at(places), 4))
    assert first[:3, 0] == pytest.approx(ISHIGAMI_FIRST, abs=0.02)
    assert total[:3, 0] == pytest.approx(ISHIGAMI_TOTAL, abs=0.02)


def test_what_nothing_depends_on_and_what_never_moves_have_exactly_nothing(places):
    first, total = sobol_indices(take_apart(outputs_at(places), 4))
    assert (first[3], total[3]) == (pytest.approx(0, abs=0), pytest.approx(0, abs=0))
    assert not first[:, 1].any()
    assert not total[:, 1].any()


def test_indices_are_those_salib_gives(places):
    problem = {"num_vars": 4, "names": NAMES, "bounds": [[0, 1]] * 4}
    told = sobol.analyze(problem, outputs_at(places)[:, 0], calc_second_order=False, num_resamples=2, seed=1)
    first, total = sobol_indices(take_apart(outputs_at(places), 4))
    assert first[:, 0].tolist() == pytest.approx(told["S1"].tolist(), rel=1e-12)
    assert total[:, 0].tolist() == pytest.approx(told["ST"].tolist(), rel=1e-12)


def test_columns_in_another_order_give_the_same_in_that_order():
    places = saltelli_places(NAMES, 512, seed=5)
    turned = np.column_stack([places[:, 2], places[:, 1], places[:, 0], places[:, 3]])
    assert sobol_indices(take_apart(outputs_at(turned), 4))[1][:3, 0] == pytest.approx([*ISHIGAMI_TOTAL][::-1], abs=0.08)


def test_rows_of_which_none_is_crossed_are_the_two_samples(places):
    base = base_rows(places)
    rows = take_apart(outputs_at(places), 4)
    assert len(base) == 2 * 2048
    assert outputs_at(base).tolist() == [*rows.base.tolist(), *rows.other.tolist()]


def test_a_bootstrap_keeps_rows_together(places):
    rows = take_apart(outputs_at(places), 4).of(np.array([5, 5, 7]))
    whole = take_apart(outputs_at(places), 4)
    assert rows.base.tolist() == whole.base[[5, 5, 7]].tolist()
    assert rows.crossed[2].tolist() == whole.crossed[2, [5, 5, 7]].tolist()


def test_effects_of_trajectories_are_those_salib_gives_and_groups_move_together():
    laid = lay_trajectories(NAMES, 12, seed=3)
    found = screen(laid, outputs_at(laid.places), seed=1)
    told = morris.analyze(laid.problem, laid.places, outputs_at(laid.places)[:, 0], num_levels=6, seed=2)
    assert found.names == NAMES
    assert found.mean_size[:, 0].tolist() == list(told["mu_star"])
    assert found.mean_size[3].tolist() == [0, 0]
    assert not found.mean_size[:, 1].any()
    grouped = lay_trajectories(NAMES, 12, 3, ["x", "y", "x", "z"])
    assert len(grouped.places) == 12 * 4
    of_groups = screen(grouped, outputs_at(grouped.places), seed=1)
    assert of_groups.names == ["x", "y", "z"]
    assert of_groups.mean_size[2].tolist() == [0, 0]
    assert of_groups.mean_size[0, 0] > 0


def test_effects_of_a_straight_line_are_its_slopes_over_the_whole_range():
    laid = lay_trajectories(["p", "q"], 5, seed=3)
    found = screen(laid, (3 * laid.places[:, :1] - 0.5 * laid.places[:, 1:]), seed=1)
    assert found.mean_size[:, 0] == pytest.approx([3, 0.5])
    assert found.half[:, 0] == pytest.approx([0, 0])


def test_the_same_seed_lays_the_same_places_and_another_seed_others():
    assert saltelli_places(NAMES, 8, 1).tolist() == saltelli_places(NAMES, 8, 1).tolist() != saltelli_places(NAMES, 8, 2).tolist()
    assert (
        lay_trajectories(NAMES, 3, 1).places.tolist()
        == lay_trajectories(NAMES, 3, 1).places.tolist()
        != lay_trajectories(NAMES, 3, 2).places.tolist()
    )
