"""The ladder in words: its ways up, and sentences that state only what the numbers say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.presentation.i18n import translate
from simulator.presentation.results.ladder_words import band_words, chains_of, describe_ladder, ladder_table, say_ladder, share_words, step_words
from tests.presentation.ladders import FLAT, STEEP, step, with_ladders


def two(first=STEEP, second=FLAT):
    return with_ladders(first, second)


def test_a_way_up_ends_at_the_first_rung_that_nobody_holds():
    assert chains_of(two()) == [("low", "middle", "high", "top")]
    nobody = [*STEEP[:1], ("middle", "high", 120.0, 0.0), ("high", "top", 0.0, 0.0)]
    assert chains_of(with_ladders(nobody, nobody)) == [("low", "middle", "high")]
    assert chains_of(with_ladders(nobody, FLAT)) == [("low", "middle", "high", "top")]


def test_a_ladder_that_forks_has_two_ways_and_one_without_steps_none():
    fork = [("low", "middle", 100.0, 0.1), ("low", "other", 100.0, 0.1)]
    assert chains_of(with_ladders(fork, fork)) == [("low", "middle"), ("low", "other")]
    assert chains_of(with_ladders([], [])) == []


@pytest.mark.parametrize(
    ("share", "vi", "en"),
    [
        (0.0, "0,0%", "0.0%"),
        (0.004, "0,4%", "0.4%"),
        (0.00008, "0,01%", "0.01%"),
        (0.0995, "10,0%", "10.0%"),
        (0.125, "12,5%", "12.5%"),
        (None, "không xác định", "undefined"),
    ],
)
def test_a_part_is_written_with_the_decimals_it_needs(share, vi, en):
    assert share_words(share, "vi") == vi
    assert share_words(share, "en") == translate("table.undefined", "en") if share is None else en


@pytest.mark.parametrize(
    ("share", "vi", "en"),
    [(0.2, "20,0% trong 10 năm", "20.0% within 10 years"), (0.0, "chưa có ai", "nobody so far"), (None, "quá ít", "too few")],
)
def test_a_step_in_words(share, vi, en):
    assert step_words(step("low", "middle", 100.0, share), "vi") == vi
    assert step_words(step("low", "middle", 100.0, share), "en") == en
    assert band_words(step("low", "middle", 100.0, share), "en") == en.split(" within")[0]


def test_where_the_longest_time_is_not_told_the_longest_that_is_told_stands_with_its_years():
    told = step("low", "middle", 100.0, 0.2)
    untold = replace(told.reached[-1], value=None, low=None, high=None, at_risk=0)
    short = replace(told, reached=[*told.reached[:-1], untold])
    assert (band_words(told, "vi"), band_words(short, "vi")) == ("20,0%", "10,0% trong 5 năm")
    comparison = with_ladders([STEEP[0]], [STEEP[0]])
    options = [replace(option, ladder=[short]) for option in comparison.options]
    assert "có 10,0% được tặng Bậc hai trong vòng 5 năm" in say_ladder(replace(comparison, options=options), ("low", "middle"), "vi")


def test_where_nobody_is_followed_nobody_climbs():
    assert step_words(step("low", "middle", 0.0, 0.0), "vi") == "chưa có ai"


def test_the_sentence_tells_the_first_step_the_widest_clear_difference_and_the_rung_nobody_reaches():
    told = say_ladder(two(), chains_of(two())[0], "vi")
    assert (
        "trong số lần đầu được tặng Bậc một có 12,0% được tặng Bậc hai trong vòng 10 năm, tính cả cùng năm (khoảng tin cậy 95%: từ 11,0% đến 13,0%)"
        in told
    )
    assert "theo dõi 20.000 trường hợp trong tất cả các lượt, 2.000 trường hợp còn theo dõi được ở năm thứ 10" in told
    assert "Thời gian theo dõi có hạn (10 năm mô phỏng)" in told
    assert "lớn nhất là của phương án “Thêm Kế hoạch 115” ở bước từ Bậc hai lên Bậc ba: 12,5% trong vòng 10 năm thay vì 50,0%" in told
    assert "từ −38,5 đến −36,5 điểm %, 20 lượt" in told
    assert "Chưa thấy trường hợp nào lên đến Bậc bốn: đây là kết quả của những năm mô phỏng, không có nghĩa là quy định không cho phép" in told
    assert "có 1.380 trường hợp có thể lên bậc này, trong đó 138 trường hợp theo dõi được đến năm thứ 10" in told


@pytest.mark.parametrize(("share", "is_named"), [(0.1299, False), (0.1301, True), (0.1099, True), (0.1101, False)])
def test_a_difference_is_named_only_where_its_interval_leaves_out_nought(share, is_named):
    comparison = with_ladders([("low", "middle", 100.0, 0.12)], [("low", "middle", 100.0, share, None, 0.12)])
    told = say_ladder(comparison, ("low", "middle"), "en")
    assert ("the widest is that of" in told) is is_named
    assert (translate("figure.ladder.alike", "en", baseline="Keep as is") in told) is not is_named


def test_of_too_few_no_part_and_no_difference_is_told():
    comparison = with_ladders([("low", "middle", 100.0, None)], [("low", "middle", 100.0, 0.5)])
    other = comparison.options[1].ladder[0]
    untold = [replace(item, difference=None, difference_low=None, difference_high=None) for item in other.reached]
    options = [comparison.options[0], replace(comparison.options[1], ladder=[replace(other, reached=untold)])]
    comparison = replace(comparison, options=options)
    told = say_ladder(comparison, ("low", "middle"), "en")
    assert (
        "of 2,000 who win Rung low for the first time over all replications, the number seen to win Rung middle while they are followed is 3: too few"
        in told
    )
    assert "No step shows a clear difference" in told
    (group,) = ladder_table(comparison, ("low", "middle"), 1, "en").groups
    rows = {row.header: row.cells for row in group.rows}
    assert rows["Have won the upper award within 10 years (%)"] == ("too few", "50.0")
    assert "Difference (percentage points)" not in rows
    assert rows["Half have won the upper award after (years)"] == ("too few", "fewer than half within 11 years")


def test_where_nobody_climbs_it_is_said_with_how_many_could_have():
    nobody = [("low", "middle", 100.0, 0.0)]
    told = say_ladder(with_ladders(nobody, nobody), ("low", "middle"), "en")
    assert told.startswith(
        "Under “Keep as is”, of 2,000 who win Rung low for the first time over all replications, nobody is seen to win Rung middle"
    )
    assert "does not mean that the rules rule it out" in told
    assert "4,000 could have taken this step, and 400 of them can be followed to year 10" in told


def test_the_text_tells_every_option_and_step():
    told = describe_ladder(two(), chains_of(two())[0], "en")
    assert "1,000 win Rung low for the first time, and Rung middle: 12.0% within 10 years" in told
    assert told.count("for the first time") == 6


def test_the_table_has_differences_of_the_others_alone():
    comparison = with_ladders([("low", "middle", 1000.0, 0.12)], [("low", "middle", 900.5, 0.08, None, 0.12)])
    table = ladder_table(comparison, ("low", "middle"), 1, "vi")
    (group,) = table.groups
    rows = [(row.header, row.cells) for row in group.rows]
    assert rows[:2] == [
        ("Số được theo dõi trong một lượt (trung bình)", ("1.000,0", "900,5")),
        ("Lượt ít nhất – lượt nhiều nhất", ("999–1.001", "899–901")),
    ]
    start = next(n for n, (header, _) in enumerate(rows) if "10 năm (%)" in header)
    assert rows[start : start + 5] == [
        ("Được tặng bậc trên trong vòng 10 năm (%)", ("12,0", "8,0")),
        ("Khoảng tin cậy 95%", ("[11,0;\u00a013,0]", "[7,0;\u00a09,0]")),
        ("Còn theo dõi được ở năm thứ 10, tất cả các lượt", ("2.000", "1.801")),
        ("Chênh lệch (điểm %)", ("", "−4,0")),
        ("Khoảng tin cậy 95%", ("", "[−5,0;\u00a0−3,0]")),
    ]
    assert "trên cùng 20 lượt" in table.notes[2]
    other = comparison.options[1].ladder[0]
    fewer = replace(other, reached=[replace(item, n=18) for item in other.reached])
    comparison = replace(comparison, options=[comparison.options[0], replace(comparison.options[1], ladder=[fewer])])
    (group,) = ladder_table(comparison, ("low", "middle"), 1, "vi").groups
    assert [row.cells for row in group.rows if row.header == "Số lượt mà cả hai phương án còn theo dõi được"] == [("", "18")] * 3
    assert rows[-1] == ("Một nửa được tặng bậc trên sau (năm)", ("chưa đến một nửa trong 11 năm",) * 2)
    assert "12 năm khởi động" in table.notes[0]
    assert len(table.notes) == 3


def test_a_median_has_its_interval_with_an_end_that_may_not_be_seen():
    (group,) = ladder_table(with_ladders([STEEP[1]], [STEEP[1]]), ("middle", "high"), 1, "en").groups
    assert group.rows[-1].cells[0] == "7 [6; over 11]"
