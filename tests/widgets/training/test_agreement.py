from __future__ import annotations

import math

import numpy as np
import pytest

from simulator.widgets.training.agreement import krippendorff_alpha, single_appraiser_reliability

NAN = float("nan")
# Krippendorff (2011), section C: four observers, twelve units, some marks missing.
KRIPPENDORFF = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
)
# Shrout and Fleiss (1979), table 2: four judges, six targets.
SHROUT_FLEISS = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]).T


def test_alpha_is_that_of_the_published_example():
    assert round(krippendorff_alpha(KRIPPENDORFF), 3) == 0.849


def test_reliability_is_that_of_the_published_example_with_its_interval():
    reading = single_appraiser_reliability(SHROUT_FLEISS)
    assert (round(reading.value, 2), round(reading.low, 3), round(reading.high, 2)) == (0.29, 0.019, 0.76)


def test_who_agrees_wholly_has_one():
    alike = np.tile([1.0, 5.0, 9.0], (3, 1))
    assert krippendorff_alpha(alike) == 1
    assert single_appraiser_reliability(alike).value == 1


def test_a_constant_shift_lowers_agreement():
    shifted = np.array([[1.0, 2.0, 3.0, 4.0], [3.0, 4.0, 5.0, 6.0]])
    assert krippendorff_alpha(shifted) < 0.5
    assert single_appraiser_reliability(shifted).value < 0.5


@pytest.mark.parametrize("marks", [np.full((2, 3), NAN), np.full((3, 3), 5.0), np.array([[1.0, 2.0]])])
def test_where_nothing_can_be_compared_nothing_is_told(marks):
    assert math.isnan(krippendorff_alpha(marks))


def test_one_appraiser_has_no_reliability():
    assert math.isnan(single_appraiser_reliability(np.array([[1.0, 2.0, 3.0]])).value)


def test_appraisers_who_differ_by_the_same_everywhere_leave_doubt_about_the_next_one():
    marks = np.array([[10.0, 20.0, 40.0, 70.0, 90.0, 30.0]] * 4) + np.array([[0.0], [10.0], [-10.0], [4.0]])
    found, near = single_appraiser_reliability(marks), single_appraiser_reliability(marks + np.random.default_rng(1).normal(0, 1e-4, marks.shape))
    assert found.low < found.value - 0.01
    assert found.high > found.value + 0.001
    assert (found.value, found.low, found.high) == pytest.approx((near.value, near.low, near.high), abs=1e-4)
