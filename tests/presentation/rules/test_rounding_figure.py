"""The figure of the rounding lens says, in words and numbers, what it draws."""

from __future__ import annotations

import pytest

from simulator.presentation.numbers import format_percent
from simulator.presentation.rules.rounded_shares import RoundedShare, rounded_shares
from simulator.presentation.rules.rounding_figure import describe_rounding, draw_rounding, rounding_data, say_rounding
from simulator.rules.assembly import read_criteria
from simulator.rules.rounding import UNIT_SIZES
from simulator.workspace import find_workspace


@pytest.fixture(scope="module")
def criteria(pytestconfig):
    return read_criteria("decree-91", find_workspace(explicit=pytestconfig.rootpath))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_table_behind_it_has_every_drawn_number(criteria, lang):
    shares = rounded_shares(criteria, lang)
    rows = rounding_data(shares, lang).groups[0].rows
    for each, row in zip(shares, rows, strict=True):
        assert row.cells == tuple(f"{n} ({format_percent(n / size, lang)})" for size, n in zip(UNIT_SIZES, each.places, strict=True))


@pytest.mark.parametrize(
    ("share", "rounding", "places", "said"),
    [
        (0.15, "floor", (0, 1, 1, 3), "khi có 3 đối tượng: tỷ lệ 15%, làm tròn xuống không còn suất nào"),
        (0.5, "ceiling", (2, 4, 6, 10), "khi có 3 đối tượng: tỷ lệ 50%, làm tròn lên thành 2 suất, tức 67%"),
        (0.7, "ceiling", (3, 5, 9, 14), "khi có 3 đối tượng: tỷ lệ 70%, làm tròn lên thành 3 suất, tức tất cả (100%)"),
        (1.0, "floor", (3, 7, 12, 20), "việc làm tròn không làm thay đổi tỷ lệ"),
    ],
)
def test_one_sentence_says_where_rounding_does_most(share, rounding, places, said):
    assert said in say_rounding([RoundedShare(share, rounding, places, ("Tỷ lệ",))], "vi")


def test_whoever_cannot_see_it_is_told_every_number():
    told = describe_rounding([RoundedShare(0.15, "floor", (0, 1, 1, 3), ("Share",))], "en")
    assert told == "Places by how many there are. 15%, rounded down: 0 of 3, 1 of 7, 1 of 12, 3 of 20."


def test_it_is_drawn_alike_every_time_with_a_square_for_each_person(criteria):
    shares = rounded_shares(criteria, "vi")
    first, second = (draw_rounding(shares, "vi") for _ in range(2))
    assert first.to_svg() == second.to_svg()
    panel = first.figure.axes[0]
    assert len(panel.patches) == len(shares) * sum(UNIT_SIZES)
    filled = sum(patch.get_facecolor()[:3] != (1.0, 1.0, 1.0) for patch in panel.patches)
    assert filled == sum(sum(each.places) for each in shares)
