from __future__ import annotations

import pytest

from simulator.workbook.headings import ROW_NUMBER_KEY, find_table, known_places, name_index
from simulator.workbook.sheets import Range, Sheet

INDEX = name_index(
    [("id", {"mã", "stt"}), ("name", {"họ và tên"}), ("r25", {"xếp loại 2025"}), ("points", {"điểm"}), ("twin", {"chung"}), ("other", {"chung"})]
)
KEYS = frozenset({"id", "name"})


def sheet(*rows):
    return Sheet("", list(range(1, len(rows) + 1)), [list(row) for row in rows])


def table_of(rows, merged=()):
    return find_table(Sheet("", list(range(1, len(rows) + 1)), rows, list(merged)), INDEX, KEYS)


@pytest.mark.parametrize(
    "heading", ["Họ và tên", " HỌ  VÀ TÊN ", "ho va ten", "Họ và tên (*)", "2. Họ và tên", "Họ và tên:", "Tên gì đó [name]", "HỌ VÀ\nTÊN"]
)
def test_a_heading_in_many_dresses(heading):
    index = INDEX | {"name": "name"}
    assert find_table(Sheet("", [1], [["Mã", heading]]), index, KEYS).places == {"id": 0, "name": 1}


def test_a_heading_two_columns_share_is_nobodys():
    assert "chung" not in INDEX


def test_the_row_that_names_most_columns_is_taken():
    table = table_of([["DANH SÁCH"], ["Mã"], ["Mã", "Họ và tên", "Điểm"], ["A", "điểm", "mã"]])
    assert (table.first, table.last, dict(table.places)) == (2, 2, {"id": 0, "name": 1, "points": 2})


def test_two_rows_of_headings_merged_or_not():
    rows = [["Mã", "Xếp loại", None], [None, 2025.0, "2024"], ["A", "tốt"]]
    for merged in ([], [Range(1, 1, 1, 2), Range(1, 2, 0, 0)]):
        table = table_of(rows, merged)
        assert (table.last, dict(table.places)) == (1, {"id": 0, "r25": 1})
        assert table.headings[2] == ("Xếp loại - 2024" if merged else "2024")


def test_a_table_without_id_or_name_is_none():
    assert table_of([["Điểm"]]) is None
    assert table_of([]) is None


def test_a_heading_given_twice_and_one_over_two_columns():
    assert table_of([["Mã", "Điểm", "Điểm"]]).doubled == (("points", 1, 2),)
    table = table_of([["Mã", "Họ và tên", None, "Điểm"]], [Range(1, 1, 1, 2)])
    assert (table.doubled, dict(table.continued)) == ((), {"name": 2})


def test_rows_below_leave_out_column_numbers_and_blank_rows():
    table = table_of([["Mã", "Họ và tên", "Điểm"], ["(1)", "(2)", "3=1+2"], ["A", "Mẫu"], [None, " "], ["Tổng cộng"]])
    assert list(table.rows_below()) == [2, 4]
    assert [table.is_total(row) for row in table.rows_below()] == [False, True]


@pytest.mark.parametrize("row", [[1.0, 2.0, 3.0], ["1", "2", "3"], ["A", "1", "2"]])
def test_rows_of_column_numbers(row):
    assert list(table_of([["Mã", "Họ và tên", "Điểm"], row]).rows_below()) == []


@pytest.mark.parametrize("row", [[1.0, "Mẫu", 3.0], [7.0, 9.0, 8.0], ["1"], ["a", "b"], [1.0, None, 2.0]])
def test_rows_that_number_nothing(row):
    assert list(table_of([["Mã", "Họ và tên", "Điểm"], row]).rows_below()) == [1]


@pytest.mark.parametrize(
    ("text", "is_total"),
    [
        ("Tổng cộng: 12 người", True),
        ("CỘNG", True),
        ("Total", True),
        ("Tổ 1", False),
        ("Tổng cục Thuế", False),
        ("Total Gaz", False),
        ("Cộng đồng X", False),
        ("Tổng số 25", True),
        ("Công Văn Mẫu", False),
        ("Tống Văn Mẫu", False),
    ],
)
def test_totals(text, is_total):
    assert table_of([["Mã", "Họ và tên"], [None, text]]).is_total(1) is is_total


def test_a_column_that_counts_rows_tells_who_is_who_only_where_nothing_else_does():
    index = name_index([("id", {"mã"}), ("name", {"tên"}), (ROW_NUMBER_KEY, {"stt"})])
    beside = find_table(sheet(["STT", "Mã", "Tên"], [1.0, "CB1", "A"]), index, frozenset({"id", "name"}))
    alone = find_table(sheet(["STT", "Tên"], [1.0, "A"]), index, frozenset({"id"}))
    assert (beside.places["id"], beside.doubled) == (1, ())
    assert (alone.places["id"], alone.places["name"]) == (0, 1)


@pytest.mark.parametrize("lower", [("Tự chấm", "Cơ quan thường trực chấm"), ("Điểm tự chấm", "Điểm cơ quan thường trực chấm")])
@pytest.mark.parametrize("upper", [("Tiếp công dân", "Tiếp công dân"), ("Tiếp công dân", None)])
def test_who_gives_a_mark_may_stand_under_its_criterion(lower, upper):
    index = name_index(
        [
            ("id", {"mã"}),
            ("a@self", {"tiếp công dân (tự chấm)"}),
            ("a@standing-body", {"tiếp công dân (cơ quan thường trực chấm)", "tiếp công dân"}),
        ]
    )
    table = find_table(sheet(["Mã", *upper], [None, *lower], ["CB1", 1.0, 2.0]), index, frozenset({"id"}))
    assert table.places == {"id": 0, "a@self": 1, "a@standing-body": 2}


def test_headings_another_set_of_names_knows():
    table = find_table(sheet(["Mã", "Ghi chú", "Điện thoại"], ["CB1", "x", "y"]), name_index([("id", {"mã"})]), frozenset({"id"}))
    assert known_places(table, frozenset({"ghi chú", "mã"})) == {0, 1}


ANSWERS = INDEX | {"no": ROW_NUMBER_KEY, "nữ": "woman"}


@pytest.mark.parametrize("answer", ["no", "nữ", "điểm"])
def test_an_answer_that_reads_like_a_heading_makes_no_row_of_the_list_one(answer):
    """*No* answers a column nobody asks for, and is short for *number*: the first two people were taken for lower rows of headings, and were lost."""
    rows = [["Mã", "Họ và tên", "Cột riêng"], ["A1", "Mẫu", answer], ["A2", "Thử", answer], ["A3", "Ví dụ", "x"]]
    for first in ("Mã", "Họ và tên"):
        table = find_table(sheet(*[row if first == "Mã" else row[1:] for row in rows]), ANSWERS, KEYS)
        assert (table.first, table.last) == (0, 0)
        assert list(table.rows_below()) == [1, 2, 3]


def test_a_heading_of_ids_in_two_rows_is_one():
    index = ANSWERS | {"mã cán bộ": "id"}
    for top, below in (("Mã", "cán bộ"), ("Mã", "STT"), ("Mã", None)):
        table = find_table(sheet([top, "Xếp loại", None], [below, 2025.0, "Điểm"], ["A", "tốt", "9"]), index, KEYS)
        assert (table.last, dict(table.places)) == (1, {"id": 0, "r25": 1, "points": 2})
