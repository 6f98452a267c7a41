"""A history is a table that fits together, or it is refused."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from simulator.errors import TieuchiError
from simulator.history import FIRST_LEADING_ROLE, Achievements, History, HistoryError, OutsideTheRound, Role, Track, split
from simulator.replications import SideBySide

COLUMNS = {
    "year": np.array([2021, 2019, 2020, 2021, 2023, 2023]),
    "unit": np.array([1, 1, 1, 2, 1, 2]),
    "member": np.array([7, 7, 7, 8, 9, 8]),
    "role": np.array([Role.DIRECT, Role.STAFF, Role.DEPUTY, Role.HEAD, Role.HEAD, Role.DIRECT]),
    "focus_award": "title",
    "awards": {"title": np.array([True, False, True, False, False, True]), "other": np.zeros(6, dtype=np.bool_)},
}


def test_a_history_tells_its_years_leaders_and_winners():
    history = History(**COLUMNS)
    assert history.years.tolist() == [2019, 2020, 2021, 2023]
    assert history.judged_years.tolist() == [2021, 2023]
    assert history.is_leader.tolist() == [False, False, True, True, True, False]
    assert history.is_awarded is history.awards["title"]


@pytest.mark.parametrize(("n_history_years", "judged"), [(0, [2019, 2020, 2021, 2023]), (1, [2020, 2021, 2023]), (4, []), (9, [])])
def test_years_of_memory_are_not_judged(n_history_years, judged):
    assert History(**COLUMNS, n_history_years=n_history_years).judged_years.tolist() == judged


def test_the_rows_of_each_year_are_found_whatever_their_order():
    history = History(**COLUMNS)
    assert [np.arange(6)[rows].tolist() for rows in history.rows_of_years] == [[1], [2], [0, 3], [4, 5]]
    in_order = History(**COLUMNS | {"year": np.array([2019, 2019, 2020, 2023, 2023, 2023])})
    assert in_order.rows_of_years == [slice(0, 2), slice(2, 3), slice(3, 6)]


@pytest.mark.parametrize("n_awarded", [0, 10])
def test_points_of_awards_add_up_in_the_order_of_the_awards(n_awarded):
    is_awarded, everybody = np.arange(100) < n_awarded, np.ones(100, dtype=np.bool_)
    columns = dict.fromkeys(("unit", "member", "role"), np.zeros(100, dtype=np.int64))
    history = History(year=np.arange(100), **columns, focus_award="a", awards={"a": everybody, "b": is_awarded}, award_values={"a": 0.1, "b": 0.2})
    assert history.award_points.tolist() == [0.1 + 0.2] * n_awarded + [0.1] * (100 - n_awarded)


def test_leaders_are_deputies_and_heads():
    assert [role for role in Role if role >= FIRST_LEADING_ROLE] == [Role.DEPUTY, Role.HEAD]
    assert [role.name for role in Role] == ["DIRECT", "STAFF", "DEPUTY", "HEAD"]


def test_a_focus_award_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(HistoryError, match=r"'medal' is not among the awards \['other', 'title'\]"):
        History(**COLUMNS | {"focus_award": "medal"})


@pytest.mark.parametrize("column", ["year", "unit", "member", "role"])
def test_a_column_of_another_length_is_refused(column):
    with pytest.raises(HistoryError, match="equally long"):
        History(**COLUMNS | {column: COLUMNS[column][:-1]})


@pytest.mark.parametrize("column", ["merit", "is_eligible", "is_noise_choice", "tie", "unit_kind"])
def test_an_optional_column_of_another_length_is_refused(column):
    with pytest.raises(HistoryError, match="equally long"):
        History(**COLUMNS, **{column: np.zeros(5)})


@pytest.mark.parametrize("position", [-1, 2])
def test_a_kind_of_unit_that_has_no_name_is_refused(position):
    kinds = np.array([0, 1, 0, position, 1, 1])
    with pytest.raises(HistoryError, match="positions among those named"):
        History(**COLUMNS, unit_kind=kinds, unit_kinds=("school", "factory"))
    assert History(**COLUMNS, unit_kind=np.abs(kinds) % 2, unit_kinds=("school", "factory")).unit_kinds == ("school", "factory")


def test_an_award_of_another_length_is_refused():
    with pytest.raises(HistoryError, match="equally long"):
        History(**COLUMNS | {"awards": {"title": np.zeros(6, np.bool_), "other": np.zeros(7, np.bool_)}})


def test_levels_of_rows_are_as_many_as_rows():
    with pytest.raises(HistoryError, match="equally long"):
        History(**COLUMNS, row_levels={"title": np.zeros(7, np.int64)})


def test_awards_on_the_ladder_are_those_whose_level_is_known():
    history = History(**COLUMNS)
    assert history.awards_on_the_ladder == ()
    assert replace(history, award_levels={"other": 2, "medal": 3}).awards_on_the_ladder == ("other",)
    assert replace(history, row_levels={"title": np.zeros(6, np.int64)}, award_levels={"other": 2}).awards_on_the_ladder == ("title", "other")


def outside(row, *, too=False, **more):
    n = len(row)
    columns = {"row": np.array(row), "track": np.full(n, Track.AD_HOC), "decided_at": np.full(n, np.nan), "is_in_round_too": np.full(n, too)}
    return OutsideTheRound(**columns | more)


def test_awards_of_the_round_are_told_from_those_outside_it():
    assert History(**COLUMNS).in_the_round("title") is COLUMNS["awards"]["title"]
    for too, expected in ((False, [True, False, False, False, False, True]), (True, COLUMNS["awards"]["title"].tolist())):
        history = History(**COLUMNS, outside={"title": outside([2, 2], too=too)})
        assert history.in_the_round("title").tolist() == expected
        assert history.in_the_round("other").tolist() == [False] * 6
        assert history.is_awarded.tolist() == COLUMNS["awards"]["title"].tolist()


@pytest.mark.parametrize("row", [6, -1])
def test_an_award_outside_the_round_belongs_to_a_row(row):
    with pytest.raises(HistoryError, match="belong to rows"):
        History(**COLUMNS, outside={"title": outside([row])})


def test_columns_of_awards_outside_the_round_are_equally_long():
    with pytest.raises(HistoryError, match="outside the round must be equally long"):
        outside([2], decided_at=np.zeros(2))
    with pytest.raises(HistoryError, match="outside the round must be equally long"):
        outside([2], level=np.zeros(2, np.int64))


def test_the_error_is_one_of_the_house():
    assert issubclass(HistoryError, TieuchiError)


def test_a_history_is_frozen():
    history = History(**COLUMNS)
    with pytest.raises(FrozenInstanceError):
        history.focus_award = "other"
    assert replace(history, focus_award="other").is_awarded.sum() == 0


@pytest.mark.parametrize("years", [[2019, 2020, 2021], [2019, 2021, 2030]])
def test_rows_are_numbered_by_year_member_and_unit(years):
    year, member, unit = np.repeat(years, 2), np.array([70, 8, 8, 70, 9, 8]), np.array([5, 4, 4, 5, 5, 4])
    history = History(**COLUMNS | {"year": year, "member": member, "unit": unit})
    assert history.years[history.year_index].tolist() == year.tolist()
    for number, label, n in ((history.member_number, member, history.n_people), (history.unit_number, unit, history.n_units)):
        assert sorted(set(number.tolist())) == list(range(n))
        assert len(set(zip(number.tolist(), label.tolist(), strict=True))) == n
    assert len(set(zip(history.unit_year.tolist(), year.tolist(), unit.tolist(), strict=True))) == len(set(history.unit_year.tolist())) == 6


def test_a_history_of_several_replications_is_parted_into_those_of_each():
    one = {name: column for name, column in COLUMNS.items() if name in {"year", "role"}}
    outside = OutsideTheRound(np.array([2, 6]), np.array([Track.AD_HOC, Track.AD_HOC]), np.full(2, np.nan), np.zeros(2, dtype=np.bool_))
    achievements = Achievements(
        np.array([7, 8 + 10, 9 + 10]),
        np.array([0, 3, 2]),
        np.array([2019, 2020, 2021]),
        np.zeros(3),
        np.full(3, np.nan),
        np.zeros(3, dtype=np.bool_),
    )
    both = History(
        **{name: np.tile(column, 2) for name, column in one.items()},
        unit=np.array([0, 0, 0, 1, 0, 1, 2, 2, 2, 3, 2, 3]),
        member=np.concatenate([COLUMNS["member"], COLUMNS["member"] + 10]),
        focus_award="title",
        awards={"title": np.arange(12) % 5 == 0},
        outside={"title": outside},
        merit=np.arange(12.0),
        achievements=achievements,
        rows_of_replications=SideBySide((6, 6)),
        units_of_replications=SideBySide((2, 2)),
        member_step=10,
    )
    assert both.years.tolist() == [2019, 2020, 2021, 2023]
    first, second = split(both)
    for each in (first, second):
        assert each.n_replications == 1
        assert each.unit.tolist() == [0, 0, 0, 1, 0, 1]
        assert each.member.tolist() == COLUMNS["member"].tolist()
        assert each.year.tolist() == COLUMNS["year"].tolist()
    assert second.awards["title"].tolist() == [False, False, False, False, True, False]
    assert second.merit.tolist() == [6, 7, 8, 9, 10, 11]
    assert (first.outside["title"].row.tolist(), second.outside["title"].row.tolist()) == ([2], [0])
    assert (first.achievements.member.tolist(), second.achievements.member.tolist()) == ([7], [8, 9])
    assert second.achievements.unit.tolist() == [1, 0]
    assert split(first) == [first]
