"""The ladder in words: its ways up, and sentences that state only what the numbers say."""

from __future__ import annotations

import pytest

from simulator.presentation.i18n import translate
from simulator.presentation.ladder_words import chains_of, describe_ladder, ladder_table, say_ladder, share_words, step_words
from tests.presentation.ladders import FLAT, STEEP, step, with_ladders


def two(first=STEEP, second=FLAT):
    return with_ladders(first, second)


def test_a_way_up_ends_at_the_first_rung_that_nobody_holds():
    assert chains_of(two()) == [("low", "middle", "high", "top")]
    nobody = [*STEEP[:1], ("middle", "high", 120.0, 0.0, None), ("high", "top", 0.0, None, None)]
    assert chains_of(with_ladders(nobody, nobody)) == [("low", "middle", "high")]
    assert chains_of(with_ladders(nobody, FLAT)) == [("low", "middle", "high", "top")]


def test_a_ladder_that_forks_has_two_ways_and_one_without_steps_none():
    fork = [("low", "middle", 100.0, 0.1, 1.0), ("low", "other", 100.0, 0.1, 1.0)]
    assert chains_of(with_ladders(fork, fork)) == [("low", "middle"), ("low", "other")]
    assert chains_of(with_ladders([], [])) == []


@pytest.mark.parametrize(
    ("share", "vi", "en"),
    [
        (0.0, "0%", "0%"),
        (0.004, "0,4%", "0.4%"),
        (0.0994, "9,9%", "9.9%"),
        (0.0995, "10%", "10%"),
        (0.5, "50%", "50%"),
        (None, "không xác định", "undefined"),
    ],
)
def test_a_part_is_written_with_the_decimals_it_needs(share, vi, en):
    assert share_words(share, "vi") == vi
    assert share_words(share, "en") == translate("table.undefined", "en") if share is None else en


@pytest.mark.parametrize(
    ("years", "words"),
    [(0.0, "in the same year"), (0.04, "in the same year"), (0.06, "after 0.1 years"), (2.0, "after 2 years"), (2.5, "after 2.5 years")],
)
def test_how_long_it_takes(years, words):
    assert step_words(step("low", "middle", 100.0, 0.2, years), "en") == f"20%; {words}"


def test_nobody_is_called_nobody():
    assert step_words(step("low", "middle", 100.0, 0.0, None), "vi") == "chưa có ai"
    assert step_words(step("low", "middle", 0.0, None, None), "vi") == "chưa có ai"


def test_the_sentence_tells_the_first_step_the_widest_difference_and_the_rung_nobody_reaches():
    told = say_ladder(two(), chains_of(two())[0], "vi")
    assert "trong số được tặng Bậc một có 12% được tặng tiếp Bậc hai trong 10 năm" in told
    assert "ở bước từ Bậc hai lên Bậc ba: từ 13% (phương án “Thêm Kế hoạch 115”) đến 50% (phương án “Giữ nguyên quy định”)" in told
    assert "chưa có ai đi từ bậc dưới lên đến Bậc bốn" in told


@pytest.mark.parametrize(("share", "is_alike"), [(0.1299, True), (0.1301, False)])
def test_options_closer_than_a_point_are_alike(share, is_alike):
    comparison = with_ladders([("low", "middle", 100.0, 0.12, 2.0)], [("low", "middle", 100.0, share, 2.0)])
    told = say_ladder(comparison, ("low", "middle"), "en")
    assert (translate("figure.ladder.alike", "en") in told) is is_alike


def test_where_nobody_climbs_it_is_said_once():
    nobody = [("low", "middle", 100.0, 0.0, None)]
    told = say_ladder(with_ladders(nobody, nobody), ("low", "middle"), "en")
    assert told.startswith("Under “Keep as is”, nobody of those who win Rung low")
    assert "Within" not in told


def test_the_text_tells_every_option_and_step():
    told = describe_ladder(two(), chains_of(two())[0], "en")
    assert "1,000 win Rung low, then Rung middle: 12%; after 2 years" in told
    assert told.count("then Rung") == 6


def test_the_table_has_differences_of_the_others_alone():
    comparison = with_ladders([("low", "middle", 1000.0, 0.12, 2.0)], [("low", "middle", 900.0, 0.08, 2.5, 0.12)])
    (group,) = ladder_table(comparison, ("low", "middle"), 1, "vi").groups
    rows = {row.header: row.cells for row in group.rows}
    assert rows["số được tặng bậc dưới"] == ("1.000", "900")
    assert rows["trong đó được tặng tiếp bậc trên (%)"] == ("12", "8") or rows["trong đó được tặng tiếp bậc trên (%)"] == ("12,0", "8,0")
    assert group.rows[6].cells[0] == ""
    assert group.rows[6].cells[1].startswith("−4")
