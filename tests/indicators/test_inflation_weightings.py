"""Excess inflation under other worths of an award: what hangs on the weights shows."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from simulator.indicators.inflation_weightings import excess_by_weighting, rarity_of_levels
from tests.indicators.full_lists import full_list
from tests.indicators.lists import TITLE, shuffled
from tests.indicators.test_inflation import CUT, list_of_years

MEDAL = "medal"
LEVELS = {TITLE: 1, MEDAL: 2}
BONUSES = {TITLE: 1.0, MEDAL: 4.0}


@pytest.fixture(scope="module")
def merit():
    return np.random.default_rng(1).normal(size=20_000)


def titles_and_medals(merit, title_cuts, medal_cuts):
    awards = {TITLE: [merit >= cut for cut in title_cuts], MEDAL: [merit >= cut for cut in medal_cuts]}
    return list_of_years([merit] * len(title_cuts), awards, award_values=BONUSES, award_levels=LEVELS)


def test_nothing_changes_under_any_weighting(merit):
    found = excess_by_weighting(titles_and_medals(merit, [CUT, CUT], [2, 2]))
    assert list(found) == ["statutory", "rarity", "steps"]
    assert list(found.values()) == pytest.approx([0, 0, 0], abs=1e-12)


def test_bars_that_fall_at_one_level_weigh_as_that_level_does(merit):
    history = titles_and_medals(merit, [CUT, CUT], [2, 1.5])
    titles, medals, more = ((merit >= cut).sum() for cut in (CUT, 2, 1.5))
    expected = {
        name: math.log((titles * worth[0] + more * worth[1]) / (titles * worth[0] + medals * worth[1]))
        for name, worth in {"statutory": (1, 4), "rarity": (-math.log(titles / 20_000), -math.log(medals / 20_000)), "steps": (1, 2)}.items()
    }
    assert excess_by_weighting(history) == pytest.approx(expected, abs=1e-9)
    assert expected["statutory"] > expected["steps"] > 0


def test_rarity_counts_those_at_the_level_or_above(merit):
    """Medals go to others than titles do; whoever has a medal stands at the title's level, too."""
    awards = {TITLE: [merit < -1.5] * 2, MEDAL: [merit >= 2] * 2, "letter": [merit > 0] * 2}
    history = list_of_years([merit] * 2, awards, award_levels=LEVELS)
    n_medals, n_titles = int((merit >= 2).sum()), int((merit < -1.5).sum())
    expected = {TITLE: -math.log((n_medals + n_titles) / 20_000), MEDAL: -math.log(n_medals / 20_000), "letter": 0}
    assert rarity_of_levels(history) == pytest.approx(expected)


def test_without_levels_or_holders_the_others_are_undefined(merit):
    history = titles_and_medals(merit, [CUT, CUT - 0.1], [2, 2])
    found = excess_by_weighting(replace(history, award_levels={}))
    assert found["statutory"] > 0
    assert math.isnan(found["rarity"])
    assert math.isnan(found["steps"])
    nobody_at_the_top = titles_and_medals(merit, [CUT, CUT - 0.1], [99, 2])
    assert rarity_of_levels(nobody_at_the_top) is None
    assert math.isnan(excess_by_weighting(nobody_at_the_top)["rarity"])
    assert all(math.isnan(value) for value in excess_by_weighting(replace(history, merit=None)).values())


def test_the_order_of_rows_changes_nothing():
    history = full_list(1)
    assert excess_by_weighting(shuffled(history)) == pytest.approx(excess_by_weighting(history), abs=1e-9)
