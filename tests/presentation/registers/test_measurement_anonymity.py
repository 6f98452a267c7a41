"""What of a register may leave the office."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from simulator.history import Achievements, OutsideTheRound, Role, Track
from simulator.indicators.measurement import INDICATORS, measure
from simulator.presentation.registers.measurement_anonymity import HIDDEN, OF_LEADERS, anonymous_measurement
from tests.indicators.lists import by_lot, by_merit, write_list


def listed(*given, **more):
    """Write a list that judges all its years, as a register does."""
    return replace(write_list(*given, **more), n_history_years=0)


def measured(history):
    found = measure(history, n_draws=30)
    return found, anonymous_measurement(found, history)


def hidden_in(found, shown):
    return {name for name in found.indicators if found.indicators[name].value is not None and shown.indicators[name].value is None}


def test_a_large_list_is_told_as_it_is():
    found, shown = measured(listed([20] * 25, 5, by_lot))
    assert shown == replace(found, award="title")


def test_few_leaders_hide_whatever_tells_of_leaders():
    found, shown = measured(listed([20] * 4, 5, by_merit, n_leaders=lambda size: 1))
    assert hidden_in(found, shown) == {name for name in OF_LEADERS if found.indicators[name].value is not None} | {"direct_worker_share"}
    assert shown.allocation_mix["post"].caveat == HIDDEN
    assert (shown.n_units, shown.n_members) == (None, 80)


def test_few_awards_to_leaders_hide_their_share():
    history = listed([20] * 25, 5, by_merit, n_leaders=lambda size: 2)
    of_leaders = np.flatnonzero(history.is_leader)
    for n_awards, is_hidden in ((0, False), (4, True), (5, False)):
        awarded = history.is_awarded & ~history.is_leader
        awarded[of_leaders[:n_awards]] = True
        _, shown = measured(replace(history, awards={"title": awarded}))
        assert (shown.indicators["leader_share"].caveat == HIDDEN) == is_hidden


def test_few_direct_workers_hide_their_share_alone():
    history = listed([20] * 25, 5, by_lot, n_leaders=lambda size: 0)
    role = np.where(history.is_awarded, Role.STAFF, Role.DIRECT)
    role[np.flatnonzero(history.is_awarded)[:3]] = Role.DIRECT
    found, shown = measured(replace(history, role=role))
    assert hidden_in(found, shown) == {"direct_worker_share"}


def of_roles(n_leaders, n_direct, n_staff, n_units=25):
    """Give a list in which half of each kind of people in each unit got the award."""
    history = listed([sum(numbers := (n_leaders, n_direct, n_staff))] * n_units, 1, by_lot)
    of_unit = np.repeat([Role.HEAD, Role.DIRECT, Role.STAFF], numbers)
    awarded = np.concatenate([np.arange(number) < number / 2 for number in numbers])
    return replace(history, role=np.tile(of_unit, n_units), awards={"title": np.tile(awarded, n_units)})


def test_leaders_who_lead_their_unit_alone_are_never_enough_to_be_told_of():
    assert "leader_share" not in hidden_in(*measured(of_roles(2, 10, 10)))
    alone = of_roles(1, 10, 10)
    assert (hidden := hidden_in(*measured(alone))) >= {"leader_share", "equal_opportunity_difference"}
    assert "direct_worker_share" not in hidden
    role = alone.role.copy()
    for n_seconds, is_hidden in ((2, True), (3, False)):
        role[np.arange(n_seconds) * 21 + 1] = Role.DEPUTY
        assert ("leader_share" in hidden_in(*measured(replace(alone, role=role)))) == is_hidden


def test_what_a_hidden_share_leaves_of_the_whole_is_hidden_too():
    """Where only leaders and direct workers are awarded, the share of either gives that of the other."""
    assert {"leader_share", "direct_worker_share"} <= hidden_in(*measured(of_roles(1, 20, 0)))
    few_staff = of_roles(1, 20, 1)
    given = np.flatnonzero((few_staff.role == Role.STAFF) & few_staff.is_awarded)
    for n_staff, is_hidden in ((4, True), (5, False)):
        awarded = few_staff.is_awarded.copy()
        awarded[given[n_staff:]] = False
        shown = measured(replace(few_staff, awards={"title": awarded}))
        assert ("direct_worker_share" in hidden_in(*shown)) == is_hidden
    few_direct = of_roles(4, 2, 0)
    awarded = few_direct.is_awarded & (few_direct.is_leader | (np.arange(len(few_direct.year)) < 18))
    hidden = hidden_in(*measured(replace(few_direct, awards={"title": awarded})))
    assert {"leader_share", "direct_worker_share"} <= hidden


@pytest.mark.parametrize(("n_staff", "is_hidden"), [(0, False), (3, True), (5, False)])
def test_few_awards_to_other_staff_cannot_be_worked_out_from_both_shares(n_staff, is_hidden):
    history = of_roles(4, 10, 2)
    given = np.flatnonzero((history.role == Role.STAFF) & history.is_awarded)
    awarded = history.is_awarded.copy()
    awarded[given[n_staff:]] = False
    hidden = hidden_in(*measured(replace(history, awards={"title": awarded})))
    assert "leader_share" not in hidden
    assert ("direct_worker_share" in hidden) == is_hidden


def test_few_awards_hide_everything():
    rows = listed([8], 1, by_lot)
    found, shown = measured(rows)
    assert hidden_in(found, shown) == {name for name in INDICATORS if found.indicators[name].value is not None}
    content = json.loads(shown.to_json())
    assert (content["n_awards"], content["n_units"], content["n_members"]) == (None, None, 8)
    assert content["indicators"]["award_rate"] | {"all": None} == content["indicators"]["award_rate"]
    assert content["indicators"]["award_rate"]["caveat"] == HIDDEN


def test_few_observations_hide_a_number_though_there_are_many_awards():
    """All but a few awards are given in units in which everybody is awarded, so that few people are compared."""
    history = listed([20] * 25, 1, by_lot)
    awarded = history.unit > 0
    awarded[np.flatnonzero(history.unit == 0)[:1]] = True
    history = replace(history, awards={"title": awarded})
    found, shown = measured(history)
    assert (found.n_awards, found.indicators["precision_at_k"].n, found.indicators["merit_kappa"].n) == (481, 1, 1)
    assert {"precision_at_k", "merit_kappa", "regret"} <= hidden_in(found, shown)
    assert "award_rate" not in hidden_in(found, shown)
    assert {shown.indicators[name].n for name in ("precision_at_k", "regret")} == {None}


def test_counts_that_leave_few_besides_the_awards_or_the_answered_are_not_told():
    history = listed([20] * 25, 1, by_lot)
    awarded = np.ones(len(history.year), dtype=np.bool_)
    awarded[:30] = False
    achieved = Achievements(
        *(column[:40] for column in (history.member, history.unit, history.year)),
        achieved_at=12.0 * history.year[:40],
        awarded_at=np.where(np.arange(40) < 38, 12.0 * history.year[:40] + 3, np.nan),
        is_ad_hoc=np.zeros(40, dtype=np.bool_),
    )
    later = replace(history, year=history.year + 2)
    years = {name: np.concatenate([getattr(history, name), getattr(later, name)]) for name in ("year", "unit", "member", "role", "merit")}
    found, shown = measured(replace(history, **years, awards={"title": np.tile(awarded, 2)}, achievements=achieved))
    assert [found.indicators[name].n for name in ("recognised_within_12_months", "time_to_award_months")] == [40, 38]
    assert [shown.indicators[name].n for name in ("recognised_within_12_months", "time_to_award_months")] == [None, 38]
    awarded[3:] = True
    found, shown = measured(replace(history, awards={"title": awarded}))
    assert (found.indicators["award_rate"].n, shown.indicators["award_rate"].n) == (500, None)
    # 497 awards to 500 people would tell of the three, whatever is said to rest on them.
    assert (found.n_awards, shown.n_awards, shown.indicators["leader_share"].n, shown.n_members) == (497, None, None, 500)


def five_years(*never, always=()):
    """Give a list of 250 people over five years in which everybody wins once, but for some who never do, and some who always do."""
    history = listed([10] * 25, 5, by_lot, n_leaders=lambda size: 0)
    awarded = history.member % 5 == history.year % 5
    awarded[np.isin(history.member, never)] = False
    awarded[np.isin(history.member, always)] = True
    return replace(history, awards={"title": awarded})


@pytest.mark.parametrize(("n_never", "is_hidden"), [(0, False), (2, True), (4, True), (5, False)])
def test_few_people_never_awarded_hide_the_coverage(n_never, is_hidden):
    found, shown = measured(five_years(*range(n_never)))
    assert found.indicators["five_year_coverage"].value == pytest.approx(1 - n_never / 250)
    assert (hidden_in(found, shown) == {"five_year_coverage", "gini"}) == is_hidden
    assert (shown.n_awards == found.n_awards) == (shown.indicators["award_rate"] == found.indicators["award_rate"])


def test_one_person_left_out_year_after_year_is_one_person_though_there_are_many_rows():
    history = five_years(always=range(1, 250))
    awarded = history.is_awarded & (history.member != 0)
    found, shown = measured(replace(history, awards={"title": awarded}))
    assert {"award_rate", "five_year_coverage", "gini", "win_dispersion"} <= hidden_in(found, shown)
    assert shown.n_awards is None
    assert {number.n for number in shown.indicators.values()} == {None}


@pytest.mark.parametrize(("n_winners", "is_hidden"), [(1, True), (4, True), (5, False)])
def test_few_people_who_win_year_after_year_hide_everything(n_winners, is_hidden):
    history = five_years()
    winners = history.member % 50 == 0
    winners &= history.member < 50 * n_winners
    found, shown = measured(replace(history, awards={"title": winners}))
    assert found.n_awards == 5 * n_winners
    assert (hidden_in(found, shown) == {name for name, number in found.indicators.items() if number.value is not None}) == is_hidden
    assert (shown.n_awards is None) == is_hidden


def test_few_who_got_nothing_hide_the_rate():
    history = listed([20] * 25, 1, by_lot)
    awarded = np.ones(len(history.year), dtype=np.bool_)
    awarded[:3] = False
    found, shown = measured(replace(history, awards={"title": awarded}))
    assert "award_rate" in hidden_in(found, shown)


def test_tracks_are_not_told_apart():
    """However many went up or down in the yearly round, it may have been one person outside it."""
    history = listed([20] * 25, 5, by_lot)
    given = np.flatnonzero(history.is_awarded)
    one_person = OutsideTheRound(given[:1], np.array([Track.AD_HOC]), np.array([np.nan]), np.array([False]))
    history = replace(history, awards={**history.awards, "medal": np.roll(history.is_awarded, 1)}, award_levels={"title": 1, "medal": 2})
    found, shown = measured(replace(history, outside={"title": one_person}))
    assert set(found.indicators["ratchet_index"].beside) == {"annual", "ad_hoc", "thematic"}
    assert shown.indicators["ratchet_index"] == replace(found.indicators["ratchet_index"], beside={})
    assert found.indicators["ratchet_index"].value is not None


@pytest.mark.parametrize("award", ["Nguyễn Văn Mẫu", "csttd"])
def test_an_award_that_is_no_id_is_not_repeated(award):
    history = listed([20] * 25, 1, by_lot)
    history = replace(history, awards={award: history.is_awarded}, focus_award=award)
    assert anonymous_measurement(measure(history, n_draws=30), history).award == ("csttd" if award == "csttd" else "…")
