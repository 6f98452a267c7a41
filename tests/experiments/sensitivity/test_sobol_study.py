"""Indices of a few inputs, from the model itself and by an emulator: known ones are found, luck is told from what matters, and nothing is exactly nothing."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.experiments.execution.processes import Processes
from simulator.experiments.sensitivity.sobol_study import SobolPlan, find_indices
from tests.experiments.analytic import DUMMY, ISHIGAMI_FIRST, ISHIGAMI_TOTAL, NUMBERS, STRUCTURE, AnalyticRuns, ishigami

INPUTS = [*NUMBERS, STRUCTURE, DUMMY]


def with_structure(values):
    """Give a smooth function whose indices are known: each part is alone, but for the last, which needs both."""
    a, b = values["a"] / np.pi, values["b"] / np.pi
    return 2 * a + b + 0.8 * (values["structure"] == 3) * b


def known_total():
    """(n_inputs,) by numbers in quantity."""
    luck = np.random.default_rng(1)
    n = 200_000
    draws = {name: luck.uniform(-np.pi, np.pi, n) for name in "ab"} | {"structure": luck.integers(0, 5, n)}
    whole = with_structure(draws)
    totals = []
    for name in ("a", "b", "c", "structure"):
        other = draws | ({} if name == "c" else {name: luck.permutation(draws[name])})
        totals.append(0.5 * np.mean((whole - with_structure(other)) ** 2) / whole.var())
    return totals


def test_known_indices_are_found_on_the_model_itself():
    runs = AnalyticRuns(ishigami)
    found = find_indices(runs, [*NUMBERS, DUMMY], SobolPlan(base=512, rows=None, width=1), seed=3)
    assert len(runs.observed) == 512 * 6 == SobolPlan(base=512, rows=None).n_runs(4)
    assert found.explained is None
    assert found.first.value[:3, 0] == pytest.approx(ISHIGAMI_FIRST, abs=0.06)
    assert found.total.value[:3, 0] == pytest.approx(ISHIGAMI_TOTAL, abs=0.06)
    assert (found.total.value[3, 0], found.first.value[3, 0]) == (0, 0)
    assert (found.total.low <= found.total.value).all()
    assert (found.total.value <= found.total.high).all()


def variance_of_structure():
    """Give the variance of what is planted, without luck."""
    luck = np.random.default_rng(1)
    values = {name: luck.uniform(-np.pi, np.pi, 200_000) for name in "ab"} | {"structure": luck.integers(0, 5, 200_000)}
    return with_structure(values).var()


def holds(total, known):
    """Whether what is known lies inside its interval, in whole percent, as it is printed: an estimate of a share is never quite nothing."""
    return (np.round(total.low[:4, 0], 2) <= np.round(known, 2)) & (np.round(known, 2) <= np.round(total.high[:4, 0], 2))


@pytest.fixture(scope="module")
def emulated():
    runs = AnalyticRuns(with_structure, lambda _values: 0.0, luck=0.3)
    return runs, find_indices(runs, INPUTS, SobolPlan(base=32, rows=128, rows_of_dummy=32, width=4), seed=3)


def test_an_emulator_of_few_runs_finds_them_too_and_says_how_well_it_predicts(emulated):
    runs, found = emulated
    assert len(runs.observed) == 2 * 32 + 32 == SobolPlan(base=32, rows_of_dummy=32).n_runs(5)
    assert {width for _, width in runs.observed} == {4}
    assert found.total.value[:4, 0] == pytest.approx(known_total(), abs=0.06)
    assert 0.9 < found.explained[0] < 1
    assert holds(found.total, known_total()).all()


def test_what_the_emulator_does_not_predict_is_not_taken_for_known(emulated):
    _, found = emulated
    assert found.first.value[:4, 0].sum() <= found.explained[0] + 0.02
    rough = AnalyticRuns(lambda values: float(int(values["a"] * 1e4) % 7))
    at_random = find_indices(rough, INPUTS, SobolPlan(base=32, rows=64, rows_of_dummy=8, width=1), seed=3)
    assert at_random.explained[0] < 0.3
    assert (at_random.total.high[:4, 0] > 0.6).all()
    assert (at_random.total.low[:4, 0] < 0.4).all()


def test_the_dummy_is_run_and_shows_the_luck_that_is_there(emulated):
    _, found = emulated
    luck = 0.3**2 / 4 / found.outputs[:, 0].var()
    assert found.luck[0] == pytest.approx(luck, rel=0.25)
    # One pair of blocks in four is the same, and then nothing moves.
    assert found.total.value[4, 0] == pytest.approx(0.75 * luck, rel=0.6)
    assert found.total.low[0, 0] > found.total.high[4, 0]


def test_the_dummy_alone_changes_in_its_rows(emulated):
    runs, _ = emulated
    draws = [draw for draw, _ in runs.observed]
    base, crossed = draws[:32], draws[64:]
    assert [draw.values for draw in base] == [draw.values for draw in crossed]
    assert [draw.block for draw in crossed] == [draw.block for draw in draws[32:64]]
    assert {draw.block for draw in draws} == {0, 1, 2, 3}


def test_an_output_that_never_moves_has_exactly_nothing(emulated):
    runs = AnalyticRuns(lambda _values: 0.0)
    found = find_indices(runs, INPUTS, SobolPlan(base=8, rows=16, rows_of_dummy=4, width=2), seed=3)
    for spread in (found.first, found.total):
        assert not spread.value.any()
        assert not spread.low.any()
        assert not spread.high.any()
    assert (found.luck[0], found.explained[0]) == (0, 1)


def test_an_output_that_is_undefined_somewhere_is_said_to_be():
    runs = AnalyticRuns(lambda values: np.nan if values["a"] > 2 else 1.0, with_structure)
    found = find_indices(runs, INPUTS, SobolPlan(base=8, rows=16, rows_of_dummy=4, width=2), seed=3)
    assert found.is_defined.tolist() == [False, True]
    assert np.isfinite(found.total.value).all()


@pytest.mark.deep
def test_an_emulator_in_a_process_of_its_own_finds_the_same():
    plan = SobolPlan(base=16, rows=32, rows_of_dummy=8, width=2)
    one, other = (find_indices(AnalyticRuns(with_structure, luck=0.3), INPUTS, plan, 3, is_apart=is_apart) for is_apart in (False, True))
    assert other.total.value == pytest.approx(one.total.value, abs=1e-6)
    assert other.explained == pytest.approx(one.explained, abs=1e-6)


TRIALS = 200
PLAN_OF_TRIALS = SobolPlan(base=32, rows=128, rows_of_dummy=16, width=2)


def trial(seed):
    """Give the total indices of one trial."""
    return find_indices(AnalyticRuns(with_structure, luck=0.4, seed=seed), INPUTS, PLAN_OF_TRIALS, seed).total


@pytest.mark.deep
def test_intervals_hold_what_was_planted_and_nothing_is_told_of_what_does_nothing():
    """200 trials at seeds 0 to 199: each total index inside its interval in at least 180, and the input that does nothing told from the dummy in at most 16."""
    # Shares are of the whole variance, luck included.
    known = np.array(known_total()) * (1 - 0.4**2 / 2 / (variance_of_structure() + 0.4**2 / 2))
    # In processes of one thread each: matrices as small as these take four times as long where several threads wait for one another.
    with Processes(2) as crew:
        found = [future.result() for future in [crew.submit(trial, seed) for seed in range(TRIALS)]]
    inside = sum(holds(each, known).astype(int) for each in found)
    assert (inside >= 180).all()
    assert sum(each.low[2, 0] > each.high[4, 0] for each in found) <= 16
    assert sum(each.low[0, 0] > each.high[4, 0] for each in found) >= 180
