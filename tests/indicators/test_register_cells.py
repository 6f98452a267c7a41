from __future__ import annotations

import contextlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import InputError
from simulator.indicators.register_cells import RegisterReader
from simulator.indicators.register_file import Cells
from simulator.indicators.register_findings import listed_ids


def reader(**columns):
    return RegisterReader("r.csv", {name: Cells.of(cells) for name, cells in columns.items()})


def read(text, tmp_path, name="r.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return RegisterReader.of_file(path)


def test_headers_are_read_without_case_and_spaces(tmp_path):
    assert read(" Year ,UNIT_ID\n2020, a \n", tmp_path).columns == ("year", "unit_id")
    assert read(" Year ,UNIT_ID\n2020, a \n", tmp_path).words("unit_id").words == ("a",)


def test_composed_and_decomposed_letters_are_one_label(tmp_path):
    table = read("unit_id\nHà Nội\nHa\u0300 No\u0323\u0302i\n", tmp_path)
    assert table.labels("unit_id").tolist() == [0, 0]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (["1,5", "2"], [1.5, 2]),
        (["0.125", "-3"], [0.125, -3]),
        (["1.234,5", "12.000"], [1234.5, 12000]),
        (["1.234", "2.5"], [1.234, 2.5]),
        (["1,234", "2,5"], [1.234, 2.5]),
        (["1.234.567", "1,5", "12.000"], [1234567, 1.5, 12000]),
    ],
)
def test_decimals_are_read_by_what_the_column_shows(words, numbers):
    table = reader(merit=words)
    assert table.numbers("merit").tolist() == numbers
    assert table.findings == []


def test_an_empty_decimal_is_unknown():
    assert np.isnan(reader(merit=["", "1"]).numbers("merit")).tolist() == [True, False]


@pytest.mark.parametrize(
    ("words", "comma_line", "point_line"),
    [
        (["1.5", "2,25"], 3, 2),
        (["1.234", "1,5"], 3, 2),
        (["7", "1,5", "2,5", "1.234", "3.5"], 3, 5),
        (["1.234.567", "2.5"], 2, 3),
        (["12.000", "1.234,5", "2.5"], 3, 4),
    ],
)
def test_two_decimal_signs_in_one_column_are_one_finding_that_names_both_lines(words, comma_line, point_line):
    table = reader(merit=words)
    table.numbers("merit")
    fields = {"column": "merit", "comma_line": str(comma_line), "point_line": str(point_line)}
    assert [(finding.code, finding.line, finding.fields) for finding in table.findings] == [("RG423", max(comma_line, point_line), fields)]


@pytest.mark.parametrize("words", [["1.234", "5"], ["1.234", "12.000"]])
def test_what_may_be_a_thousand_or_a_decimal_is_asked_back_once(words):
    table = reader(merit=words)
    table.numbers("merit")
    assert [finding.code for finding in table.findings] == ["RG406"]


@pytest.mark.parametrize("word", ["abc", "1e5", "\uff11\uff12", "nan", "inf", "--1", "1,2,3", "0x10"])
def test_what_is_no_number_is_a_finding(word):
    table = reader(merit=[word, "2.5"])
    table.numbers("merit")
    assert [(finding.code, finding.line) for finding in table.findings] == [("RG405", 2)]


@pytest.mark.parametrize(("word", "number"), [("2020", 2020), ("2020.0", 2020), ("2020,00", 2020), ("0", 0)])
def test_whole_numbers_as_spreadsheets_write_them(word, number):
    assert reader(year=[word]).whole_numbers("year").tolist() == [number]


@pytest.mark.parametrize("word", ["-1", "2020.5", "", "năm 2020", "9" * 30])
def test_what_is_no_whole_number_is_a_finding(word):
    table = reader(year=[word])
    table.whole_numbers("year")
    assert [finding.code for finding in table.findings] == ["RG405"]


@pytest.mark.parametrize(
    ("word", "months"), [("2020-01-01", 24240), ("1/1/2020", 24240), ("2021-02-15", 24253.5), ("31/12/2020", 24251 + 30 / 31), ("", np.nan)]
)
def test_days_are_months_since_the_year_0(word, months):
    table = reader(achieved_on=[word])
    assert table.dates("achieved_on").tolist() == pytest.approx([months], nan_ok=True)
    assert table.findings == []


@pytest.mark.parametrize("word", ["2020-13-01", "30/02/2020", "2020", "01-02-2020", "12/2020", "20-1-1", "0000-01-01"])
def test_what_is_no_day_is_a_finding(word):
    table = reader(achieved_on=[word, "2020-01-01"])
    table.dates("achieved_on")
    assert [(finding.code, finding.line) for finding in table.findings] == [("RG405", 2)]


def test_years_have_four_digits_at_most():
    assert reader(year=["2020", "0", "2020.0", "9999"]).years("year").tolist() == [2020, 0, 2020, 9999]
    table = reader(year=["2020", "10000", "20244", ""])
    table.years("year")
    assert [(finding.code, finding.line, finding.fields["expected"]) for finding in table.findings] == [
        ("RG405", n, "@year-number") for n in (3, 4, 5)
    ]


def test_ranks_begin_at_1_and_may_be_missing():
    assert reader(post_rank=["1", "12", ""]).ranks("post_rank").tolist() == pytest.approx([1, 12, np.nan], nan_ok=True)
    table = reader(post_rank=["0", "-1", "1.5", "first"])
    table.ranks("post_rank")
    assert [finding.line for finding in table.findings] == [2, 3, 4, 5]


def test_a_change_is_dated_by_its_year_or_its_day():
    table = reader(**{"from": ["2025", "2025-07-01", "1/7/2025", "25"]})
    assert table.years_or_days("from").tolist()[:3] == [2025, 2025, 2025]
    assert [finding.line for finding in table.findings] == [5]


def test_labels_keep_the_numbers_they_had():
    table = reader(unit_id=["b", "c", "a"])
    assert table.labels("unit_id", known={"a": 0, "b": 1}).tolist() == [1, 2, 0]
    assert table.labels_of("unit_id") == {"a": 0, "b": 1, "c": 2}


def test_cells_that_could_name_somebody_are_not_repeated():
    table = reader(member_id=["", "x", "y"], role=["Nguyễn Văn Mẫu", "mau", "12"], year=["Mẫu 1", "-1", "2020"])
    table.labels("member_id")
    table.choices("role", {"staff": 1})
    table.whole_numbers("year")
    assert [finding.fields["found"] for finding in table.findings] == ["@empty", "…", "mau", "12", "…", "-1"]
    assert listed_ids(["chien-si-thi-dua-co-so", "Nguyễn Văn Mẫu", "Mẫu", "unit_id"]) == "chien-si-thi-dua-co-so, …, unit_id"


def test_words_for_posts_tracks_and_levels_are_repeated_unless_they_are_written_as_names_are():
    words = ["trưởng phòng", "Trưởng phòng", "TRẦN THỊ MẪU", "Hội đồng", "boss" * 20]
    table = reader(role=words, track=words, level=words, merit=words, is_leader=words)
    table.choices("role", {"staff": 1})
    table.choices("track", {"annual": 1})
    table.ranks("level")
    table.flags("is_leader")
    table.numbers("merit")
    told = ["trưởng phòng", "Trưởng phòng", "…", "Hội đồng", "boss" * 10]
    assert [finding.fields["found"] for finding in table.findings] == [*told * 4, *["…"] * 5]


def test_lines_are_those_of_the_file_whatever_stands_between_them(tmp_path):
    table = read('year,unit_id\n\n2020,"a\nb"\nx,c\n', tmp_path)
    table.whole_numbers("year")
    assert [finding.line for finding in table.findings] == [5]


def test_a_column_twice_and_a_broken_row_are_findings(tmp_path):
    with pytest.raises(InputError) as caught:
        read("year,year,unit_id\n2020,2020,a\n2020,a\n", tmp_path)
    assert sorted((finding.code, finding.line) for finding in caught.value.findings) == [("RG413", 1), ("RG438", 3)]


def test_a_word_that_many_rows_hold_is_one_finding_and_others_are_named_one_by_one():
    table = reader(role=["staff"] * 20 + ["nhân viên"] * 6 + ["x", "x", "y"])
    table.choices("role", {"staff": 1})
    assert [(finding.code, finding.line) for finding in table.findings] == [("RG405", 28), ("RG405", 29), ("RG405", 30), ("RG433", 22)]
    assert table.findings[-1].fields == {"column": "role", "found": "nhân viên", "expected": "staff", "n": "6"}


def test_a_column_that_is_mostly_wrong_is_one_finding():
    table = reader(year=[f"năm {year}" for year in range(2000, 2008)] + ["2020"] * 7)
    table.whole_numbers("year")
    assert [(finding.code, finding.line, finding.fields["n"]) for finding in table.findings] == [("RG424", 2, "8")]
    few = reader(year=["a", "b", "c", "d", "e", "2020"])
    few.whole_numbers("year")
    assert [finding.code for finding in few.findings] == ["RG405"] * 5


def test_cells_that_could_not_be_read_are_remembered():
    table = reader(year=["2020", "x"], merit=["1.5", "2,5"], member_id=["", "a"])
    table.whole_numbers("year")
    table.numbers("merit")
    table.labels("member_id")
    assert [table.unread(name).tolist() for name in ("year", "merit", "member_id", "role")] == [[0, 1], [1, 1], [1, 0], [0, 0]]


@pytest.mark.parametrize(
    "text",
    [
        "Ngày nào cũng vậy, tôi đi làm.\nHôm nay, trời mưa, đường trơn, tôi đi chậm.\n" * 40,
        '{"rows": [\n' + '{"year": 2020, "unit": "a"},\n' * 60 + "]}",
        "UỶ BAN NHÂN DÂN;;\nDANH SÁCH;;\nyear;unit_id;award\n" + "2020;a;x\n" * 60,
        "year|unit_id\n" + "2020|a\n" * 60,
    ],
    ids=["prose", "json", "titles above", "another separator"],
)
def test_a_file_that_is_no_such_table_is_one_finding(text, tmp_path):
    path = tmp_path / "r.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        RegisterReader.of_file(path, ("year", "unit_id"))
    assert [(finding.code, finding.line) for finding in caught.value.findings] == [("RG427", 1)]


def required(tmp_path, header, *names, known=("year", "unit_id", "merit", "level"), cells=None):
    path = tmp_path / "r.csv"
    path.write_text(f"{header}\n{cells or header}\n", encoding="utf-8")
    table = RegisterReader.of_file(path, known)
    table.require(*names)
    return [(finding.code, finding.line, finding.severity.value, *finding.fields.values()) for finding in table.findings]


def test_columns_that_nobody_knows_are_named_in_one_warning(tmp_path):
    assert required(tmp_path, "year,unit_id,level,merit") == []
    assert required(tmp_path, "year,note,unit_name") == [("RG428", 1, "warning", "B, C")]
    assert required(tmp_path, "year,note,meritt,uint_id") == [("RG429", 1, "warning", "B, C, D", "meritt → merit, uint_id → unit_id")]
    assert required(tmp_path, "year,merit,meritt") == [("RG428", 1, "warning", "C")]


def test_headings_that_may_name_somebody_are_told_by_their_place_unless_they_are_nearly_known(tmp_path):
    assert required(tmp_path, "year,Nguyễn Văn Mẫu,unit id") == [("RG429", 1, "warning", "B, C", "unit id → unit_id")]
    assert required(tmp_path, "year" + ",a" * 27 + ",Ghi chú") == [
        ("RG428", 1, "warning", "B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S, T, U, V, W, X, Y, Z, AA, AB, AC")
    ]


def test_columns_without_heading_and_cells_are_nothing(tmp_path):
    assert required(tmp_path, "year;unit_id;;", cells="2020;a;;") == []
    assert required(tmp_path, "year;unit_id;;", cells="2020;a;;x") == [("RG428", 1, "warning", "C, D")]


def test_a_missing_column_that_is_mistyped_is_one_finding(tmp_path):
    assert required(tmp_path, "year,uint_id,note", "year", "unit_id") == [
        ("RG430", 1, "error", "unit_id", "uint_id"),
        ("RG428", 1, "warning", "C"),
    ]
    assert required(tmp_path, "year,meritt", "year", ("level", "merit")) == [("RG430", 1, "error", "level / merit", "meritt")]
    assert required(tmp_path, "year,note", "unit_id") == [("RG404", 1, "error", "unit_id", "year, B")]


def test_only_columns_that_are_read_must_not_stand_twice(tmp_path):
    assert required(tmp_path, "year,note,note") == [("RG428", 1, "warning", "B, C")]
    with pytest.raises(InputError, match="RG413"):
        required(tmp_path, "year,year,note")


def test_rows_most_of_which_have_another_width_are_one_finding_and_a_few_are_named_one_by_one(tmp_path):
    with pytest.raises(InputError) as caught:
        read("year,unit_id\n" + "2020,a\n" * 5 + "2020,a,b\n" * 6, tmp_path)
    assert [(finding.code, finding.line, finding.fields["n"]) for finding in caught.value.findings] == [("RG425", 7, "6")]
    with pytest.raises(InputError) as caught:
        read("year,unit_id\n" + "2020,a\n" * 6 + "2020,a,b\n" * 6, tmp_path)
    assert [(finding.code, finding.line) for finding in caught.value.findings] == [("RG412", line) for line in range(8, 14)]


def test_rows_with_cells_too_few_and_too_many_are_told_apart(tmp_path):
    with pytest.raises(InputError) as caught:
        read("sep=;\nyear;unit_id\n2020\n2020;a;b\n2020;a\n", tmp_path)
    assert [(finding.code, finding.line, finding.fields["found"]) for finding in caught.value.findings] == [("RG438", 3, "1"), ("RG412", 4, "3")]


@settings(max_examples=150, deadline=None)
@given(raw=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw, tmp_path_factory):
    path = tmp_path_factory.mktemp("fuzz") / "r.csv"
    path.write_bytes(raw)
    with contextlib.suppress(InputError):
        assert RegisterReader.of_file(path).n_rows


@settings(max_examples=150, deadline=None)
@given(text=st.text(alphabet='year,unit_id;\n\r\t"ab1.,; ', max_size=200))
def test_any_text_like_a_table_is_read_or_refused(text, tmp_path_factory):
    path = tmp_path_factory.mktemp("fuzz") / "r.csv"
    path.write_text(text, encoding="utf-8", newline="")
    with contextlib.suppress(InputError):
        assert RegisterReader.of_file(path).n_rows


@pytest.mark.parametrize("text", ["MẬT\nyear,unit_id\n2020,a\n", 'year,unit_id,note\n2020,a,"TUYỆT MẬT"\n', "year;unit_id\n2020;(Mật)\n"])
def test_a_file_marked_as_a_secret_is_not_read(text, tmp_path):
    with pytest.raises(InputError, match="RG418"):
        read(text, tmp_path)


def test_what_is_no_file_is_refused():
    with pytest.raises(InputError, match="RG401"):
        RegisterReader.of_file("/dev/zero")


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("Trưởng phòng Nguyễn Văn A", "…"),
        ("cấp trưởng Lan", "…"),
        ("Lan", "…"),
        ("TRẦN THỊ B", "…"),
        ("Trưởng phòng", "Trưởng phòng"),
        ("quản lý", "quản lý"),
    ],
)
def test_of_a_word_for_a_post_nothing_is_told_that_may_be_a_name(word, told):
    table = reader(role=["head", "deputy", word])
    table.choices("role", {"head": 0, "deputy": 1})
    assert [finding.fields["found"] for finding in table.findings] == [told]


def test_a_day_is_written_with_points_or_slashes():
    assert reader(awarded_on=["5.3.2024", "05/03/2024", "2024-03-05"]).dates("awarded_on").tolist() == [2024 * 12 + 2 + 4 / 31] * 3
    mixed = reader(awarded_on=["5.3/2024"])
    mixed.dates("awarded_on")
    assert [finding.code for finding in mixed.findings] == ["RG405"]
