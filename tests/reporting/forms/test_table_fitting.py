from __future__ import annotations

import numpy as np
import pytest

from simulator.presentation.table_layout import Group, Row, Table
from simulator.reporting.forms import table_fitting
from simulator.reporting.forms.table_fitting import BREAK, LYING, PADDING, SMALL, UPRIGHT, WHOLE, breakable, fit_table, holds_its_words
from simulator.reporting.word.times_metrics import ems

POINTS = 72 / 25.4


def measure(text, is_bold):
    return 0.5 * len(text)


def table(columns, *rows):
    return Table("t", "vi", "Bảng", columns, (Group("", tuple(Row(header, cells) for header, *cells in rows)),))


def fit(columns, *rows, **changes):
    return fit_table(table(columns, *((header, *cells) for header, *cells in rows)), measure, **changes)


LONG = "một câu khá dài về mức khen thưởng " * 6


def test_a_small_table_stands_upright_in_large_type():
    fitted = fit(("Năm", "Giá trị"), ("1", "0,5"), ("2", "0,7"))
    assert (fitted.room, fitted.size, fitted.is_lying) == (UPRIGHT, 11.5, False)
    assert fitted.centred == (False, True)
    assert fitted.lines == (1, 1, 1)


@pytest.mark.parametrize("n_columns", [1, 2, 5, 9, 12, 20, 60])
@pytest.mark.parametrize("cell", ["", "0,5 [0,4; 0,6]", LONG, "x" * 90])
def test_the_columns_fill_the_room_and_no_more(n_columns, cell):
    fitted = fit(tuple(f"Cột thứ {at}" for at in range(n_columns)), *((cell,) * n_columns for _ in range(3)))
    assert sum(fitted.widths) == pytest.approx(fitted.room * POINTS)
    assert min(fitted.widths) > 0


def test_no_column_is_narrower_than_its_longest_word():
    fitted = fit(("Nghiêng", "b"), ("chuyênviên", LONG), ("a", LONG * 3))
    assert fitted.widths[0] >= measure("chuyênviên", False) * fitted.size + 2 * PADDING


def test_a_no_break_space_holds_what_stands_on_its_sides():
    interval = "[−0,21;\u00a0−0,20]"
    fitted = fit(("Năm", *"abcdefgh"), *((str(year), *([f"0,25 {interval}"] * 8)) for year in range(9)))
    assert min(fitted.widths[1:]) >= measure(interval, False) * fitted.size + 2 * PADDING
    assert breakable(f"0,25 {interval}", 10.0, measure) == f"0,25 {interval}"


def test_the_longer_column_gets_more_room():
    fitted = fit(("một", "hai"), (LONG, "ngắn thôi nhưng không một dòng đâu nhé"), (LONG, "ngắn"))
    assert fitted.widths[0] > 2 * fitted.widths[1]


def test_many_columns_turn_the_page():
    columns = tuple(f"Chỉ tiêu khen thưởng {at}" for at in range(12))
    fitted = fit(columns, *(("x",) * 12 for _ in range(3)))
    assert (fitted.room, fitted.size) == (LYING, 11.5)


def test_many_columns_shrink_the_type_and_very_many_no_page_holds():
    many, too_many = (table(tuple(f"Nghiêng {at}" for at in range(n_columns)), ("x",) * n_columns) for n_columns in (15, 20))
    assert fit_table(many, measure).size < 11.5
    assert holds_its_words(many, measure)
    assert not holds_its_words(too_many, measure)


def test_rows_that_would_be_high_turn_the_page():
    columns = ("a", "b", "c", "d", "e", "f")
    assert fit(columns, (LONG * 2,) * 6).is_lying
    assert not fit(columns, ("câu ngắn",) * 6).is_lying


def test_a_table_among_turned_pages_is_turned_too():
    assert fit(("a", "b"), ("x", "y"), must_lie=True).room == LYING


def test_a_long_table_is_as_high_as_its_rows():
    fitted = fit(("a", "b"), *(("x", "y") for _ in range(50)))
    assert fitted.height() > 50 * 11.5
    assert fitted.height(1, 11) == pytest.approx(fitted.height() * 10 / 51)


def test_short_cells_are_centred_and_long_ones_are_not():
    fitted = fit(("Phương án", "Giá trị", "Căn cứ"), ("a", "0,5", LONG), ("b", "0,5", LONG))
    assert fitted.centred == (False, True, False)


def test_an_id_breaks_after_its_marks_only():
    assert breakable("hanoi-plan-115#principles.fewer-leaders", 8.0, measure) == BREAK.join(
        ["hanoi-", "plan-", "115#", "principles.", "fewer-", "leaders"]
    )


def test_a_hash_breaks_after_every_few_letters():
    pieces = breakable("0123456789abcdef" * 4, 10.0, measure).split(BREAK)
    assert {len(piece) for piece in pieces} == {16}


def test_words_that_fit_do_not_break_even_at_marks():
    assert breakable("số 115/KH-UBND, ngày", 10.0, measure) == f"số {WHOLE}115/KH-UBND,{WHOLE} ngày"
    assert breakable("luân phiên - giá trị", 10.0, measure) == "luân phiên - giá trị"


def test_lines_and_gaps_stay_as_they_are_and_marks_of_ours_are_taken_out():
    assert breakable(f"a\n b{BREAK}c{WHOLE}", 10.0, measure) == "a\n bc"


def test_a_few_long_rows_make_no_type_smaller_and_no_type_is_under_nine_points():
    rows = [(f"Điều {number}", "ngắn " * 20) for number in range(30)]
    few, many = (fit(("Điều", "Nội dung"), *rows, *[("Điều dài", "một điều kiện dài " * 90)] * n_long) for n_long in (1, 30))
    assert (few.room, few.size) == (UPRIGHT, 11.5)
    assert max(few.lines) > 12
    assert many.room == LYING
    sizes = [size for _, size in table_fitting._SIZES]
    assert min(sizes) >= 9
    assert min(sizes) * SMALL >= 9


def test_one_very_long_row_takes_no_room_from_the_columns_of_all_others():
    rows = [(f"Điều {number}", "ngắn", LONG) for number in range(30)]
    alone = fit(("Điều", "Nội dung", "Nguồn"), *rows)
    disturbed = fit(("Điều", "Nội dung", "Nguồn"), *rows, ("Điều dài", LONG * 5, "ngắn"))
    assert disturbed.widths[2] > 2 * disturbed.widths[1]
    assert disturbed.height(0, 31) <= 1.6 * alone.height()


@pytest.mark.parametrize("texts", [("ngắn", LONG, LONG * 2), (LONG, "ngắn thôi", LONG), ("0,5", LONG, "một câu vừa phải thôi")])
def test_no_other_widths_make_a_table_much_lower(texts):
    fitted = fit(("Một", "Hai", "Ba"), *((texts[at % 3], texts[(at + at // 5) % 3], texts[2]) for at in range(40)))
    extents = np.array([[measure(text, False) for text in (texts[at % 3], texts[(at + at // 5) % 3], texts[2])] for at in range(40)])
    room = sum(fitted.widths) - 6 * PADDING
    lowest = min(
        np.ceil(1.08 * extents / (np.array([first, second, 1 - first - second]) * room / fitted.size)).max(axis=1).sum()
        for first in np.arange(0.1, 0.8, 0.05)
        for second in np.arange(0.1, 0.85 - first, 0.05)
    )
    assert sum(fitted.lines[1:]) <= 1.15 * lowest


def test_smaller_type_is_taken_where_it_saves_pages_and_a_page_is_not_turned_for_little():
    columns = ("Phương án", *(f"[−0,000{at};\u00a0−0,0002]" for at in range(3)))
    rows = [("một phương án khác hẳn", *(["[−0,0001;\u00a0−0,0002]"] * 3)) for _ in range(60)]
    fitted = fit(columns, *rows)
    assert (fitted.room, fitted.size) == (UPRIGHT, 10.5)
    few = fit(("a", "b", "c"), *(("một hai ba", LONG, LONG) for _ in range(3)))
    assert not few.is_lying


def test_narrow_columns_over_several_pages_take_smaller_type():
    """The comparison of options, in whose narrow last column a verdict took six lines; a table of one page stays as large as it was."""
    columns = (
        "Phương án",
        "Giá trị",
        "Khi áp dụng đúng",
        "Chênh lệch [khoảng 95%]",
        "Phần do quy định [khoảng 95%]",
        "Phần do thực hiện [khoảng 95%]",
        "Đánh giá",
    )
    bounds = ("+0,431\n[+0,317;\N{NO-BREAK SPACE}+0,325]",) * 3
    verdicts = ["rõ (do giả định)"] * 3 + ["chưa đủ căn cứ (khác nhau giữa các giả thuyết hành vi)"]
    names = ["Giữ nguyên hiện trạng"] + ["Kế hoạch 115"] * 3
    rows = tuple(Row(name, ("28,1", "0,0", *bounds, verdict)) for name, verdict in zip(names, verdicts, strict=True))
    long, short = (fit_table(Table("t", "vi", "T", columns, (Group("", rows * n_times),)), ems) for n_times in (30, 2))
    assert (long.room, long.size, short.size) == (UPRIGHT, 10.5, 11.5)
    assert max(long.lines) < max(short.lines)


def test_widths_are_scaled_to_the_room_within_their_bounds():
    wanted, least, most = np.array([1.0, 2.0, 3.0, 0.1]), np.array([2.0, 1.0, 4.0, 3.0]), np.array([9.0, 5.0, 40.0, 3.0])
    for room in (11.0, 14.0, 20.0, 40.0, 56.0):
        widths = table_fitting._within(wanted, least, most, room)
        assert widths.sum() == pytest.approx(room)
        assert (widths >= least).all()
        assert (widths <= most).all()
        free = widths[(widths > least) & (widths < most)] / wanted[(widths > least) & (widths < most)]
        assert free == pytest.approx(free[0] if len(free) else 0.0)
    assert table_fitting._within(wanted, least, most, 5.0).tolist() == least.tolist()
