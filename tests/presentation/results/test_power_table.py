from __future__ import annotations

import re
from dataclasses import replace

import pytest

from simulator.experiments.power.results import FEWEST_LISTS, TurnRate
from simulator.presentation.results.power_table import Needed, false_rate, grid_table, needed, needed_table, say_power, smallest
from tests.presentation.results.power_specimen import power, rate

SEEN = {
    ("win_dispersion", "weighed", 50, 3): 0.95,
    ("win_dispersion", "weighed", ..., 7): 0.99,
    ("turn_taking_index", "weighed", 50, 3): 0.82,
    ("repeat_deficit", "strict", ..., 3): rate(0.0, undefined=100),
}


def test_the_fewest_units_that_surely_suffice_are_needed():
    study = power(SEEN)
    assert needed(study, "win_dispersion", "weighed", 0.25, 3) == Needed(50, is_sure=True, is_mute=False)
    assert needed(study, "win_dispersion", "weighed", 0.25, 7) == Needed(10, is_sure=True, is_mute=False)
    assert needed(study, "turn_taking_index", "weighed", 0.25, 3) == Needed(50, is_sure=False, is_mute=False)
    assert needed(study, "repeat_deficit", "weighed", 0.25, 3) == Needed(None, is_sure=True, is_mute=False)
    assert needed(study, "repeat_deficit", "strict", 1.0, 3) == Needed(None, is_sure=True, is_mute=True)


def test_the_table_tells_every_way_and_year():
    text = needed_table(power(SEEN), "vi").to_text()
    assert "trọng số 25%" in text
    assert "khoảng 50" in text
    assert "không xét được" in text
    assert "chọn ngẫu nhiên" not in text
    assert "42 đơn vị, 2.000 người (kịch bản có 20.000 người); mọi người đều được một lần thì mất khoảng 12 năm" in " ".join(text.split())


def test_the_grid_tells_how_sure_each_cell_is():
    rows = {
        (group.title.split(" – ")[0], row.header): row.cells
        for group in grid_table(power(SEEN), "en", [("weighed", 0.25)]).groups
        for row in group.rows
    }
    assert rows["The test of how evenly awards are spread", "50 units"] == ("95% (reached)", "99% (reached)")
    assert rows["The turn-taking index, with ratings", "50 units"] == ("82% (not sure)", "0%")


def test_the_smallest_list_is_told_with_its_test():
    study = power(SEEN)
    found = smallest(study, "weighed", 0.25)
    assert (found.test, found.units, found.years) == ("win_dispersion", 10, 7)
    said = say_power(study, "en")
    assert said.startswith(
        "When turns weigh 25% in every choice, the smallest list that shows it is 10 units over 7 years, by the test of how evenly"
    )
    assert "When turns alone decide 50% of the choices, no size of list that was tried shows it." in said
    assert "covers no more than 3 years, less than a whole round (about 12 years)" in said


def test_where_repeats_can_always_be_asked_nothing_is_said_of_rounds():
    assert "round" not in say_power(power(), "en")


@pytest.mark.parametrize(("share", "words"), [(0.05, "at most 5.0% of the lists tried (the test of awards in consecutive"), (0.0525, "still raises")])
def test_false_alarms_are_called_many_above_five_in_a_hundred(share, words):
    study = power({("repeat_deficit", "lot", ..., ...): rate(share, lists=400)})
    assert false_rate(study, "repeat_deficit", "lot") == pytest.approx(share)
    assert words in say_power(study, "en")


def with_own(study, shares):
    own = [
        TurnRate(test, way, turn, 33, 4, rate(shares.get(way, 0.0)))
        for way, turn in (("weighed", 0.25), ("strict", 1.0))
        for test in ("win_dispersion",)
    ]
    study.turns.extend(own)
    return study


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ({"weighed": 0.99, "strict": 0.99}, "chưa đủ để phát hiện “50% số lần xét"),
        ({"strict": 0.99}, "đủ để phát hiện “mọi lần xét đều theo thứ tự luân phiên”; chưa đủ để phát hiện “lần nào cũng"),
        ({}, "chưa đủ để phát hiện cách luân phiên nào đã thử"),
    ],
)
def test_a_register_hears_first_what_it_can_show_itself(shares, words):
    study = with_own(power(kind="register", title=None, members_in_scenario=None, units=33, years=4), shares)
    said = say_power(study, "vi")
    assert said.startswith("Danh sách 33 đơn vị, 4 năm này")
    assert words in said
    table = grid_table(study, "vi", [("strict", 1.0)])
    assert any("33 đơn vị (như danh sách đã nộp)" in row.header for group in table.groups for row in group.rows)
    assert needed_table(study, "vi").columns == ("Cách xét trong danh sách thử", "3 năm", "7 năm")


def few(lists, kind="scenario"):
    """Make a study of so many lists of every size, in which every one in which turns weigh raised an alarm."""
    weighed = {(test, "weighed", ..., ...): rate(1.0, lists=lists) for test in ("repeat_deficit", "win_dispersion", "turn_taking_index")}
    of_register = {} if kind == "scenario" else {"kind": kind, "title": None, "members_in_scenario": None, "units": 33, "years": 4}
    return replace(power(weighed, **of_register), replications=lists)


def test_too_few_runs_are_said_to_be_too_few_and_no_list_is_blamed():
    """The least number of runs that can show anything, and one fewer."""
    study = few(FEWEST_LISTS - 1)
    assert needed(study, "win_dispersion", "weighed", 0.25, 3) == Needed(None, is_sure=False, is_mute=False)
    said = say_power(study, "vi")
    assert f"mới có {FEWEST_LISTS - 1} lượt thử, cần ít nhất {FEWEST_LISTS} lượt" in said
    assert "Khi lần nào cũng tính thứ tự luân phiên, trọng số 25%, không cỡ danh sách nào" not in said
    text = " ".join(needed_table(study, "vi").to_text().split())
    assert "chưa đủ lượt thử" in text
    assert f"--replications {FEWEST_LISTS}" in text
    enough = few(FEWEST_LISTS)
    assert needed(enough, "win_dispersion", "weighed", 0.25, 3) == Needed(10, is_sure=True, is_mute=False)
    assert "lượt thử" not in say_power(enough, "vi")
    assert "--replications" not in needed_table(enough, "vi").to_text()


@pytest.mark.parametrize(
    ("shares", "first", "has_short"),
    [
        ({"weighed": rate(1.0, lists=2)}, "chưa đủ để phát hiện “", True),
        ({"weighed": rate(1.0, lists=2), "strict": 0.99}, "đủ để phát hiện “mọi lần xét đều theo thứ tự luân phiên”.", True),
        ({"weighed": rate(0.0, lists=2)}, "chưa đủ để phát hiện cách luân phiên nào", False),
    ],
)
def test_a_register_is_not_called_too_small_for_what_was_tried_too_seldom(shares, first, has_short):
    study = power(kind="register", title=None, members_in_scenario=None, units=33, years=4)
    of = {way: share if not isinstance(share, float) else rate(share) for way, share in ({"strict": 0.0} | shares).items()}
    study.turns[:] = [each for each in study.turns if each.way in {"none", "lot", "weighed", "strict"}]
    study.turns.extend(TurnRate("win_dispersion", way, turn, 33, 4, of[way]) for way, turn in (("weighed", 0.25), ("strict", 1.0)))
    said = say_power(study, "vi")
    assert re.match(rf"Danh sách 33 đơn vị, 4 năm này {first}", said)
    assert ("Chưa kết luận được danh sách 33 đơn vị, 4 năm này có đủ để phát hiện “lần nào cũng" in said) == has_short
