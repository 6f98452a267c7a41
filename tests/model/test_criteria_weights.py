from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.model.behaviour import Behaviour
from simulator.model.criteria_weights import CRITERIA, RESULTS_ALONE, weigh_criteria
from simulator.model.playable import RegimeError

WEIGHTS = st.tuples(*[st.floats(0, 10)] * 4).filter(lambda weights: sum(weights) > 0.01)


def by_hand(stated, behaviour):
    weights = np.array(stated) / math.fsum(stated)
    loadings = np.array([getattr(behaviour, f"merit_loading_{name}") for name in CRITERIA])
    correlation = np.outer(loadings, loadings)
    np.fill_diagonal(correlation, 1.0)
    return weights, math.sqrt(weights @ correlation @ weights)


@settings(max_examples=30)
@given(WEIGHTS, st.floats(0, 1))
def test_what_is_weighed_has_a_standard_deviation_of_one(stated, lawful):
    behaviour = Behaviour(lawful_scope_share=lawful)
    weighed = weigh_criteria(stated, behaviour)
    weights, scale = by_hand(stated, behaviour)
    assert weighed.of_criteria == pytest.approx(tuple(weights / scale), abs=1e-9)
    posts = np.array([0.0, 0.3, 1.0 * (1 - lawful), 0.3])
    assert weighed.post_loading == pytest.approx(float(weights @ posts) / scale, abs=1e-9)
    assert weighed.claim_loading == pytest.approx(float(weights @ np.array([0.3, 0.8, 0.1, 0.1])) / scale, abs=1e-9)


def test_results_alone_are_themselves_and_carry_no_post():
    weighed = weigh_criteria((3.0, 0.0, 0.0, 0.0), Behaviour())
    assert weighed.of_criteria == RESULTS_ALONE
    assert weighed.is_results_alone
    assert weighed.post_loading == 0
    assert not weigh_criteria((3.0, 0.1, 0.0, 0.0), Behaviour()).is_results_alone


@pytest.mark.parametrize("factor", [3, 7, 0.1])
def test_only_proportions_matter_to_the_last_bit(factor):
    stated = [Fraction(w) for w in ("0.5", "0.2", "0.2", "0.1")]
    one = weigh_criteria([float(weight) for weight in stated], Behaviour())
    assert one == weigh_criteria([float(weight * Fraction(str(factor))) for weight in stated], Behaviour())


def test_a_scope_that_is_wholly_lawful_is_no_bias():
    assert weigh_criteria((0.0, 0.0, 1.0, 0.0), Behaviour(lawful_scope_share=1.0)).post_loading == 0
    assert weigh_criteria((0.0, 0.0, 1.0, 0.0), Behaviour()).post_loading == 1


def test_weights_of_nothing_are_refused():
    with pytest.raises(RegimeError, match="no criterion counts"):
        weigh_criteria((0.0, 0.0, 0.0, 0.0), Behaviour())
