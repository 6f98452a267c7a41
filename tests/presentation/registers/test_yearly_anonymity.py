"""What of single years may leave the office; checked as somebody would who subtracts what is told from the whole."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.indicators.measurement import measure
from simulator.indicators.yearly import AwardCounts, MeasuredYear, count_awards, measure_by_year
from simulator.presentation.registers.measurement_anonymity import anonymous_measurement
from simulator.presentation.registers.yearly_anonymity import REST, ToldCounts, hidden_years, told_counts, told_years, without_telling_growth
from tests.indicators.lists import by_lot, write_list

HIDDEN = "caveat.hidden"


def listed(*given_, **more):
    return replace(write_list(*given_, **more), n_history_years=0)


def told_of(history):
    measured = measure(history, n_draws=5)
    told = anonymous_measurement(measured, history)
    return told_years(measure_by_year(history, n_draws=5), history, told), told, measured


def is_few(count):
    return 0 < count < 5


def test_a_large_list_is_told_year_by_year():
    history = listed([20] * 25, 4, by_lot)
    years, _, _ = told_of(history)
    plain = measure_by_year(history, n_draws=5)
    assert [(year.n_members, year.n_awards) for year in years] == [(year.n_members, year.n_awards) for year in plain]
    for year, known in zip(years, plain, strict=True):
        for name, found in known.indicators.items():
            assert year.indicators[name] == replace(found, n=None)


@st.composite
def lists(draw):
    """Small lists, in which few are awarded, lead or are left."""
    sizes = draw(st.lists(st.integers(2, 9), min_size=1, max_size=9))
    share = draw(st.sampled_from([0.1, 0.3, 0.6, 0.9]))
    n_leaders = draw(st.sampled_from([lambda size: 1, lambda size: min(2, size), lambda size: size // 2, lambda size: 0]))
    n_places = {size: min(size, max(1, round(share * size))) for size in sizes}
    history = listed(
        sizes, draw(st.integers(1, 6)), by_lot, n_places=lambda size: n_places.get(size, 1), n_leaders=n_leaders, seed=draw(st.integers(1, 99))
    )
    kept = np.random.default_rng(draw(st.integers(0, 99))).random(len(history.year)) < draw(st.sampled_from([1.0, 0.6]))
    return replace(history, awards={"title": history.is_awarded & kept})


@given(lists())
@settings(max_examples=60, deadline=None)
def test_no_count_under_five_is_told_or_can_be_worked_out(history):
    years, told, measured = told_of(history)
    leading = np.bincount(history.year_index[history.is_awarded & history.is_leader], minlength=len(years))
    shown = [year.n_awards is not None for year in years]
    counts = {
        "members": ([year.n_members for year in years], measured.indicators["award_rate"].n),
        "awards": ([year.n_awards for year in years], measured.n_awards),
    }
    for year, is_shown in zip(years, shown, strict=True):
        assert (year.indicators["award_rate"].caveat == HIDDEN) == (not is_shown)
        if is_shown:
            assert not any(map(is_few, (year.n_members, year.n_awards, year.n_members - year.n_awards)))
    if None not in {told.n_awards, told.indicators["award_rate"].value} and not all(shown):
        assert shown.count(False) > 1
        left = {name: whole - sum(count for count in found if count is not None) for name, (found, whole) in counts.items()}
        assert not any(map(is_few, (left["members"], left["awards"], left["members"] - left["awards"])))
    told_leading = [year.indicators["leader_share"].value is not None for year in years]
    for position, is_told in enumerate(told_leading):
        if is_told:
            assert shown[position]
            assert not any(map(is_few, (leading[position], years[position].n_awards - leading[position])))
    if told.indicators["leader_share"].value is not None and told.n_awards:
        hidden = [at for at, is_told in enumerate(told_leading) if not is_told and measured.n_awards]
        hidden = [at for at in hidden if years[at].indicators["leader_share"].caveat == HIDDEN]
        if hidden:
            awards = np.bincount(history.year_index[history.is_awarded], minlength=len(years))
            assert len([at for at, is_told in enumerate(told_leading) if not is_told]) > 1
            assert not any(map(is_few, (leading[hidden].sum(), (awards - leading)[hidden].sum())))
    if told.indicators["turn_taking_index"].caveat == HIDDEN:
        assert all(year.indicators["turn_taking_index"].value is None for year in years)


def test_one_hidden_year_hides_another():
    assert list(hidden_years(np.array([[20], [3], [9], [30]]))) == [False, True, True, False]
    assert list(hidden_years(np.array([[20], [9]]))) == [False, False]
    assert list(hidden_years(np.array([[2], [2], [30], [30]]))) == [True, True, True, False]
    assert list(hidden_years(np.array([[2], [1]]))) == [True, True]
    assert list(hidden_years(np.array([[0], [20]]))) == [False, False]


def test_a_year_of_leaders_who_lead_alone_tells_nothing_of_leaders():
    many = listed([20] * 25, 4, by_lot, n_leaders=lambda size: 3)
    assert any(year.indicators["leader_share"].value is not None for year in told_of(many)[0])
    alone = listed([20] * 25, 4, by_lot, n_leaders=lambda size: 1)
    assert all(year.indicators["leader_share"].value is None for year in told_of(alone)[0])


def year_of(number, n_awards):
    return MeasuredYear(number, None if n_awards is None else 100, n_awards, {})


def test_rare_levels_are_told_together():
    counted = AwardCounts("level", ("1", "2", "3"), (2020, 2021), ((40, 0, 0), (50, 0, 0)), ((0, 3, 6), (0, 8, 4)))
    years = [year_of(2020, 40), year_of(2021, 50)]
    assert told_counts(counted, years) == ToldCounts("level", ("1", REST), (2020, 2021), ((40, 9), (50, 12)))
    nothing_few = AwardCounts("level", ("1", "2"), (2020, 2021), ((40, 0), (50, 0)), ((0, 5), (0, 8)))
    assert told_counts(nothing_few, years).groups == ("1", "2")


def test_focus_awards_told_elsewhere_leave_no_few_others():
    """Of 12 awards at a level 10 are focus awards, as the year tells: the other 2 would be what is left."""
    counted = AwardCounts("level", ("1", "2"), (2020, 2021, 2022, 2023), ((10, 0),) * 4, ((2, 9), (9, 9), (9, 9), (9, 9)))
    told = told_counts(counted, [year_of(year, 10) for year in counted.years])
    assert told.counts == (None, (19, 9), (19, 9), None)


def test_years_that_are_not_told_tell_no_levels():
    counted = AwardCounts("track", ("annual", "ad_hoc"), (2020, 2021, 2022, 2023), ((10, 5),) * 4, ((0, 0),) * 4)
    told = told_counts(counted, [year_of(year, None if year in {2021, 2022} else 15) for year in counted.years])
    assert told.counts == ((10, 5), None, None, (10, 5))
    assert told_counts(counted, [year_of(year, None if year > 2020 else 15) for year in counted.years]) == ToldCounts("track", counted.groups, (), ())


@pytest.mark.parametrize(("n_others", "is_told"), [(2, False), (0, True), (6, True)])
def test_growth_tells_no_few_other_awards(n_others, is_told):
    history = listed([20] * 25, 2, by_lot)
    others = np.zeros(len(history.year), dtype=np.bool_)
    others[np.flatnonzero(~history.is_awarded)[:n_others]] = True
    history = replace(history, awards={"title": history.is_awarded, "letter": others}, award_levels={"title": 1, "letter": 2})
    years, told, measured = told_of(history)
    found = without_telling_growth(told, years, count_awards(history)).indicators["award_volume_growth"]
    assert (found.n is not None) == is_told
    assert found.value == measured.indicators["award_volume_growth"].value


def test_growth_tells_no_year_that_is_not_told():
    """With two years, their sum and their ratio would give both."""
    history = listed([20] * 25, 2, by_lot)
    awarded = history.is_awarded.copy()
    awarded[np.flatnonzero(awarded & (history.year_index == 1))[3:]] = False
    history = replace(history, awards={"title": awarded})
    years, told, measured = told_of(history)
    assert [year.n_awards for year in years] == [None, None]
    assert measured.indicators["award_volume_growth"].value is not None
    found = without_telling_growth(told, years, []).indicators["award_volume_growth"]
    assert (found.value, found.low, found.high, found.caveat) == (None, None, None, HIDDEN)
