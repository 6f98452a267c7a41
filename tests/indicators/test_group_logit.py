"""The fit is that of a general search, whatever the stretches and the parts its rows come in."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from simulator.indicators import group_logit
from simulator.indicators.group_logit import PULL, Cases, fit_logit, weights_and_residuals

SIZES = [2, 3, 5, 8, 30, 90, 4, 2, 17]


def cases_of(sizes=SIZES, *, seed=1, steepness=1.5):
    """Some of every group are chosen by two reasons and luck: one a number in single precision, one a flag."""
    luck = np.random.default_rng(seed)
    size = np.array(sizes)
    first, second = luck.standard_normal(size.sum()).astype(np.float32), luck.random(size.sum()) < 0.4
    drawn = steepness * first + second + luck.logistic(size=size.sum())
    n_chosen = np.maximum(1, size // 3)
    is_chosen = np.concatenate(
        [own.argsort().argsort() >= len(own) - k for own, k in zip(np.split(drawn, np.cumsum(size)[:-1]), n_chosen, strict=True)]
    )
    return Cases((first, second), is_chosen, size, n_chosen)


def part_of(cases, groups):
    rows = slice(*(int(np.append(0, np.cumsum(cases.size))[place]) for place in (groups.start, groups.stop)))
    return Cases(tuple(reason[rows] for reason in cases.reasons), cases.is_chosen[rows], cases.size[groups], cases.n_chosen[groups])


def test_the_fit_is_that_of_a_general_search():
    cases = cases_of()
    group = np.repeat(np.arange(len(cases.size)), cases.size)
    reasons = np.stack([reason.astype(float) for reason in cases.reasons])

    def loss(numbers):
        predictor = numbers[:2] @ reasons + numbers[2:][group]
        return np.logaddexp(0, predictor).sum() - predictor[cases.is_chosen].sum() + PULL * (numbers[:2] @ numbers[:2]) / 2

    found = minimize(loss, np.zeros(2 + len(cases.size)), options={"gtol": 1e-8})
    fit = fit_logit([cases])
    assert fit.slopes == pytest.approx(found.x[:2], abs=1e-4)
    assert fit.intercepts[0] == pytest.approx(found.x[2:], abs=1e-3)


@pytest.mark.parametrize("together", [1, 40, 2**13])
def test_neither_stretches_nor_parts_change_the_fit(together, monkeypatch):
    """A group longer than a stretch is one, too."""
    cases = cases_of()
    whole = fit_logit([cases])
    monkeypatch.setattr(group_logit, "_ROWS_TOGETHER", together)
    assert [group.stop - group.start for _, group in cases.stretches()] == {1: [1] * 9, 40: [4, 1, 1, 3], 2**13: [9]}[together]
    found = fit_logit([part_of(cases, slice(0, 5)), part_of(cases, slice(5, 6)), part_of(cases, slice(6, 9))])
    assert found.slopes == pytest.approx(whole.slopes, rel=1e-12)
    assert found.information == pytest.approx(whole.information, rel=1e-10)
    assert np.concatenate(found.intercepts) == pytest.approx(whole.intercepts[0], rel=1e-10)


def test_what_is_told_of_each_row_adds_up_to_what_is_told_of_the_fit():
    cases = cases_of()
    fit = fit_logit([cases])
    weight, residual = weights_and_residuals(cases, fit.slopes, fit.intercepts[0])
    reasons, start = np.stack([reason.astype(float) for reason in cases.reasons]), np.cumsum(cases.size) - cases.size
    assert reasons @ residual == pytest.approx(fit.score, abs=1e-10)
    means = np.add.reduceat(weight * reasons, start, axis=1)
    assert (weight * reasons) @ reasons.T - means / np.add.reduceat(weight, start) @ means.T == pytest.approx(fit.information, rel=1e-9)
    assert np.add.reduceat(residual, start) == pytest.approx(np.zeros(len(start)), abs=1e-4)  # as many are expected as were chosen


def test_reasons_that_decide_everything_have_a_slope_with_an_end():
    """The first steps overshoot and are halved; the pull keeps what has no end."""
    cases = cases_of()
    best = np.concatenate(
        [own.argsort().argsort() >= len(own) - k for own, k in zip(np.split(cases.reasons[0], np.cumsum(SIZES)[:-1]), cases.n_chosen, strict=True)]
    )
    fit = fit_logit([Cases(cases.reasons, best, cases.size, cases.n_chosen)])
    assert 5 < fit.slopes[0] < 100
    assert np.isfinite(fit.information).all()
