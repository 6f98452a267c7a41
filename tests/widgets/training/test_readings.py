from __future__ import annotations

import math

import pytest

from simulator.widgets.training.readings import (
    Change,
    Reading,
    is_met,
    measure_format,
    measure_name,
    measure_unit,
    possible,
    write_change,
    write_reading,
)


def test_an_exact_number_has_no_margin_and_a_mean_has_one():
    assert Reading.exactly(3).is_exact
    mean = Reading.mean([1.0, 2.0, 3.0])
    assert mean.value == 2.0
    assert mean.low < 2.0 < mean.high
    assert mean.draws == (1.0, 2.0, 3.0)


def test_differences_are_taken_in_pairs():
    before, after = Reading.mean([0.1, 0.5, 0.9]), Reading.mean([0.2, 0.6, 1.0])
    change = Change.between(before, after, 0.05)
    assert change.difference == pytest.approx(0.1)
    assert change.high - change.low < 1e-9
    assert (change.verdict, change.direction) == ("clear", "more")


@pytest.mark.parametrize(("after", "direction"), [(4, "more"), (3, "same"), (2, "less")])
def test_exact_numbers_go_where_arithmetic_says(after, direction):
    assert Change.between(Reading.exactly(3), Reading.exactly(after), 0.5).direction == direction


def test_numbers_with_margins_of_their_own_are_not_paired():
    assert Change.between(Reading(0.1, 0.0, 0.2), Reading(0.5, 0.4, 0.6), 0.02).direction == "same"
    assert Change.between(Reading.exactly(1), Reading(math.nan, math.nan, math.nan), 0.02).direction == "unknown"


@pytest.mark.parametrize(("ends", "direction"), [((0.1, 0.2), "more"), ((-0.1, 0.2), "same"), ((-0.2, -0.1), "less"), ((math.nan, 1.0), "unknown")])
def test_a_number_lies_on_a_side_when_its_whole_interval_does(ends, direction):
    assert Reading(0.0, *ends).direction == direction


def test_bounds_may_be_missing_and_nothing_undefined_meets_them():
    assert is_met(0.15, at_least=0.15, at_most=0.15)
    assert is_met(5, at_least=None, at_most=None)
    assert not is_met(0.1, at_least=0.2, at_most=None)
    assert not is_met(0.3, at_least=None, at_most=0.2)
    assert not is_met(math.nan, at_least=None, at_most=None)


def test_numbers_are_written_in_the_language_with_their_unit():
    assert write_reading("share_reached", Reading.exactly(0.15), "vi") == "15,0%"
    assert write_reading("places_together", Reading.exactly(9), "vi") == "9"
    assert write_reading("leader_share", Reading(0.25, 0.2, 0.3), "en").startswith("25.0% [")
    assert write_reading("leader_share", Reading(math.nan, math.nan, math.nan), "vi") not in {"", "nan"}
    assert measure_name("turn_taking_index", "vi") == "mức độ biểu hiện luân phiên"
    assert measure_format("three_in_a_row", "vi").places == 1


def test_a_change_of_a_share_is_in_percentage_points_and_of_a_count_in_nothing():
    assert measure_unit("leader_share", "vi") == "%"
    assert "điểm %" in write_change("leader_share", Change(0.1, 0.05, 0.15, "clear"), "vi")
    assert write_change("places_together", Change(-1.0, -1.0, -1.0, "clear"), "vi") == "−1"
    assert write_change("places_together", Change(math.nan, math.nan, math.nan, "not clear"), "vi") == "–"
    assert write_change("leader_share", Change(0.1, math.nan, math.nan, "not clear"), "vi") == "–"


def test_a_number_that_every_replication_gives_says_so_and_an_exact_one_stands_alone():
    nothing, one, moving = Reading.mean([0.0, 0.0]), Reading.mean([1.0, 1.0 + 1e-15]), Reading.mean([0.1, 0.3])
    assert [each.is_same_every_time for each in (nothing, one, moving, Reading.exactly(1))] == [True, True, False, False]
    assert write_reading("three_in_a_row", nothing, "vi") == "0,0 [mọi lần tính như nhau]"
    assert write_reading("turns_on_the_list", one, "en") == "1.00 [the same every time]"
    assert write_reading("places_together", Reading.exactly(0), "en") == "0"
    assert write_change("three_in_a_row", Change.between(nothing, nothing, 0.1), "vi") == "0,0 [mọi lần tính như nhau]"
    assert write_change("places_together", Change.between(Reading.exactly(3), Reading.exactly(3), 0.5), "vi") == "0"
    assert "mọi lần" not in write_change("turns_on_the_list", Change.between(nothing, moving, 0.1), "vi")


def test_a_number_that_is_undefined_in_a_replication_is_not_the_same_every_time():
    assert not Reading.mean([math.nan, math.nan]).is_same_every_time


@pytest.mark.parametrize(
    ("name", "ends", "shown"),
    [
        ("repeat_deficit", (0.43, 1.07), (0.43, 1.0)),
        ("repeat_deficit", (-1.5, 0.2), (-1.5, 0.2)),
        ("leader_share", (-0.02, 1.01), (0.0, 1.0)),
        ("three_in_a_row", (-1.0, 3.0), (0.0, 3.0)),
        ("time_to_award_months", (-0.2, 3.0), (0.0, 3.0)),
        ("turns_on_the_list", (0.998, 1.001), (0.998, 1.001)),
    ],
)
def test_an_interval_ends_where_the_number_must(name, ends, shown):
    cut = possible(name, Reading(0.5, *ends))
    assert (cut.low, cut.high) == shown


def test_an_interval_that_is_not_known_stays_so():
    assert math.isnan(possible("repeat_deficit", Reading(-0.5, math.nan, math.nan)).high)
