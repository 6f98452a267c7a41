from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.presentation.numbers import NumberFormat, Scale
from simulator.presentation.results.changes import change_words, say_change, say_level
from tests.presentation.specimen import specimen_comparison


def item_of(name="merit_kappa", **fields):
    return replace(specimen_comparison().option("both").indicators[name], **fields)


def words(item, lang="vi"):
    comparison = specimen_comparison()
    options = [replace(option, indicators={**option.indicators, item.name: item}) for option in comparison.options]
    return change_words(replace(comparison, options=options), item, lang)


@pytest.mark.parametrize(("difference", "word"), [(0.06, "tăng 6,0"), (-0.06, "giảm 6,0")])
def test_direction_follows_the_sign(difference, word):
    item = item_of("equal_opportunity_difference", difference=difference, difference_low=difference - 0.005, difference_high=difference + 0.005)
    assert words(item).startswith(f"{word}\u00a0điểm %")


def test_an_interval_narrower_than_the_last_decimal_is_said_to_be():
    item = item_of(difference=0.11, difference_low=0.109999, difference_high=0.110001)
    assert words(item) == "tăng 0,11 (khoảng tin cậy 95% rất hẹp quanh +0,11)"
    assert words(item, "en") == "up 0.11 (95% interval very narrow around +0.11)"
    wider = item_of(difference=0.11, difference_low=0.109, difference_high=0.111)
    assert words(wider) == "tăng 0,110 (khoảng tin cậy 95%: từ +0,109 đến +0,111)"
    still = item_of(difference=0.11, difference_low=0.1099, difference_high=0.1101)
    assert words(still) == words(item)  # four decimals are more than the model carries


def test_an_interval_of_no_width_is_told_in_words():
    item = item_of(difference=0.11, difference_low=0.11, difference_high=0.11)
    assert words(item) == "tăng 0,11 (mọi lần tính như nhau)"
    assert words(item, "en") == "up 0.11 (the same every time)"


def test_an_end_that_is_not_zero_never_reads_as_zero():
    item = item_of(difference=0.05, difference_low=0.0004, difference_high=0.1)
    assert words(item) == "tăng 0,05 (khoảng tin cậy 95%: từ ngay trên 0 đến +0,10)"


def test_a_difference_that_reads_as_nothing_says_so_and_keeps_its_interval():
    form = NumberFormat("vi", Scale.PLAIN, 2)
    assert say_change(0.001, -0.01, 0.012, form) == "gần như không đổi (khoảng tin cậy 95%: từ −0,01 đến +0,01)"
    assert say_change(0.0, 0.0, 0.0, form) == "không đổi"


def test_what_is_undefined_is_said():
    form = NumberFormat("en", Scale.PLAIN, 2)
    assert say_change(None, None, None, form) == "undefined"
    assert say_change(0.2, None, None, form) == "up 0.20 (95% interval not defined)"


def test_money_is_read_in_the_unit_it_fills():
    item = item_of()
    money = {"value": 7_375e6, "low": 7_370e6, "high": 7_380e6, "lawful_best": 8_978e6, "margin": 369e6}
    cost = replace(item, name="cost_vnd", difference=-165e6, difference_low=-171e6, difference_high=-160e6, **money)
    comparison = specimen_comparison()
    comparison = replace(comparison, options=[replace(option, indicators={"cost_vnd": cost}) for option in comparison.options])
    assert say_level(comparison, cost, cost.value, "vi") == "7,38\u00a0tỷ đồng"
    assert say_level(comparison, cost, None, "vi") == "không xác định"
    assert change_words(comparison, cost, "vi") == "giảm 165\u00a0triệu đồng (khoảng tin cậy 95%: từ −171 đến −160)"
