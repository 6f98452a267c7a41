"""Places used of places allowed, and awarded of nominated."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from simulator.indicators.places import NO_NOMINATIONS, NO_PLACES, ApprovalRate, FillRate
from tests.indicators.full_lists import assert_adds_up, assert_names_do_not_matter, full_list, panel_of, reason, values_of
from tests.indicators.lists import by_merit, write_list

OFFICE = write_list([20] * 5, 4, by_merit)


def test_every_place_used_is_one_and_half_the_places_a_half():
    for n_places, share in ((3, 1.0), (6, 0.5), (2, 1.5)):
        history = replace(OFFICE, place_share=np.full(len(OFFICE.year), n_places / 20))
        assert values_of(FillRate, history)["fill_rate"] == pytest.approx(share, abs=1e-12)


def test_units_whose_places_are_not_known_count_in_neither():
    share = np.where(OFFICE.unit == 2, np.nan, 3 / 20)
    assert values_of(FillRate, replace(OFFICE, place_share=share))["fill_rate"] == pytest.approx(1, abs=1e-12)


def test_nobody_nominated_without_an_award_is_one():
    assert values_of(ApprovalRate, replace(OFFICE, is_nominated=OFFICE.is_awarded))["approval_rate"] == 1
    everybody = np.ones(len(OFFICE.year), np.bool_)
    assert values_of(ApprovalRate, replace(OFFICE, is_nominated=everybody))["approval_rate"] == 3 / 20


@pytest.mark.parametrize("seed", range(3))
def test_both_agree_with_the_slow_reading(seed):
    history = replace(full_list(seed), n_history_years=2)
    judged = history.year >= history.years[2]
    rows = [row for row in np.flatnonzero(judged) if not math.isnan(history.place_share[row])]
    fill = sum(bool(history.is_awarded[row]) for row in rows) / math.fsum(history.place_share[row] for row in rows)
    assert values_of(FillRate, history)["fill_rate"] == pytest.approx(fill)
    nominated = [row for row in np.flatnonzero(judged) if history.is_nominated[row]]
    assert values_of(ApprovalRate, history)["approval_rate"] == pytest.approx(
        sum(bool(history.is_awarded[row]) for row in nominated) / len(nominated)
    )


@pytest.mark.parametrize("family", [FillRate, ApprovalRate])
def test_units_add_up_and_names_do_not_matter(family):
    assert_adds_up(family, full_list(1))
    assert_names_do_not_matter(family, full_list(1))
    assert len(panel_of(family, full_list(1)).course()[family.names[0]]) == 7


def test_what_is_not_known_is_said():
    assert reason(FillRate, OFFICE) == NO_PLACES
    assert reason(ApprovalRate, OFFICE) == NO_NOMINATIONS


def test_no_places_and_nobody_nominated_are_undefined():
    nothing = replace(OFFICE, place_share=np.zeros(len(OFFICE.year)), is_nominated=np.zeros(len(OFFICE.year), np.bool_))
    assert math.isnan(values_of(FillRate, nothing)["fill_rate"])
    assert math.isnan(values_of(ApprovalRate, nothing)["approval_rate"])
