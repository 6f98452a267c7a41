"""Each year of a list by itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.history import OutsideTheRound, Track
from simulator.indicators.family import TOO_FEW_YEARS
from simulator.indicators.measurement import measure
from simulator.indicators.yearly import FOLLOWED, count_awards, measure_by_year
from tests.indicators.lists import by_lot, by_one_of, write_list


def listed(*given, **more):
    return replace(write_list(*given, **more), n_history_years=0)


@pytest.fixture(scope="module")
def history():
    return listed([12] * 25, 6, by_one_of(merit=0.5, turn=0.3, lot=0.2))


def test_the_years_add_up_to_the_whole_list(history):
    years, whole = measure_by_year(history, n_draws=20), measure(history, n_draws=20)
    assert sum(year.n_awards for year in years) == whole.n_awards
    assert sum(year.n_members for year in years) == whole.indicators["award_rate"].n
    assert [year.indicators["award_rate"].value for year in years] == [year.n_awards / year.n_members for year in years]
    leading = sum(year.indicators["leader_share"].value * year.n_awards for year in years)
    assert leading == pytest.approx(whole.indicators["leader_share"].value * whole.n_awards)
    assert {*years[0].indicators} == {*FOLLOWED}


def years_of(history, kept):
    rows = np.isin(history.year, kept)
    names = ("year", "unit", "member", "role", "merit")
    return replace(history, **{name: getattr(history, name)[rows] for name in names}, awards={"title": history.is_awarded[rows]}, tie=None)


def test_turns_of_a_year_are_those_of_a_list_that_ends_with_it(history):
    """Of three years only the last is judged; the two before it are memory."""
    years = measure_by_year(history, n_draws=20)
    for position in range(2, 6):
        alone = measure(years_of(history, history.years[position - 2 : position + 1]), n_draws=20).indicators["turn_taking_index"]
        assert years[position].indicators["turn_taking_index"].value == pytest.approx(alone.value)
        assert years[position].indicators["turn_taking_index"].low < alone.value < years[position].indicators["turn_taking_index"].high
    assert {year.indicators["turn_taking_index"].caveat for year in years[:2]} == {TOO_FEW_YEARS}


def test_a_gap_breaks_waits(history):
    """After a missing year nobody is known to have won last year, so that turns are told from the year before that alone."""
    gapped = years_of(history, np.delete(history.years, 3))
    after = measure_by_year(gapped, n_draws=20)[3]
    closed = replace(gapped, year=np.where(gapped.year > history.years[3], gapped.year - 1, gapped.year))
    assert after.year == history.years[4]
    assert after.indicators["turn_taking_index"].value != measure_by_year(closed, n_draws=20)[3].indicators["turn_taking_index"].value


def test_awards_are_counted_by_level_and_by_track():
    history = listed([10] * 4, 2, by_lot)
    title, medal = history.is_awarded, np.roll(history.is_awarded, 1)
    row = np.flatnonzero(title)[:3]
    outside = OutsideTheRound(row, np.array([Track.AD_HOC, Track.AD_HOC, Track.THEMATIC]), np.full(3, np.nan), np.array([True, False, False]))
    history = replace(
        history,
        awards={"title": title, "medal": medal, "letter": ~title & ~medal},
        award_levels={"title": 1, "medal": 3},
        outside={"title": outside},
    )
    by_level, by_track = count_awards(history)
    per_year = [int(title[history.year_index == year].sum()) for year in (0, 1)]
    n_row_of_year = [int((history.year_index[row] == year).sum()) for year in (0, 1)]
    again = [int((history.year_index[row[:1]] == year).sum()) for year in (0, 1)]
    assert by_level.groups == ("1", "3", "unknown")
    assert [counts[0] for counts in by_level.focus] == [n + more for n, more in zip(per_year, again, strict=True)]
    assert [counts[0] for counts in by_level.others] == [0, 0]
    assert by_track.groups == ("annual", "ad_hoc", "thematic")
    assert [sum(counts[1:]) for counts in by_track.focus] == n_row_of_year
    assert [sum(counts) for counts in by_track.others] == [sum(counts) for counts in by_level.others]
    assert by_level.years == tuple(history.years)


def test_what_stands_at_several_levels_is_counted_at_each():
    history = listed([10] * 4, 1, by_lot)
    given = np.flatnonzero(history.is_awarded)
    level = np.zeros(len(history.year), dtype=np.int64)
    level[given] = 1
    level[given[0]] = 4
    (by_level,) = count_awards(replace(history, row_levels={"title": level}))
    assert (by_level.groups, by_level.focus) == (("1", "4"), ((len(given) - 1, 1),))


def test_one_level_or_one_track_divides_nothing():
    assert count_awards(replace(listed([10] * 4, 2, by_lot), award_levels={"title": 2})) == []
