from __future__ import annotations

import datetime
import unicodedata
from fractions import Fraction

import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import InputError
from simulator.presentation.finding_words import field_words
from simulator.presentation.i18n import describe
from simulator.rules.loading import criteria_from_text
from simulator.scoring.roster import Achievement, AwardEvent, Initiative
from simulator.workbook.roster import inspect_roster, read_roster
from tests.workbook.rosters_on_paper import HEADINGS, ROW, SET_TEXT, codes_of, make_set, with_cells, write_csv, write_xlsx

CRITERIA = make_set()
SECOND_AWARD = """\
  ben-bi:
    title: {vi: "Bền bỉ", en: "Steadfast"}
    target: individual
    kind: merit
    level: 2
    authority: unit
    clauses:
      served:
        kind: eligibility
        title: {vi: "Thời gian", en: "Time"}
        requires: {fact: service-months, at_least: 6}
        assumption: {vi: "thử", en: "test"}
"""


def read(path, **options):
    return read_roster(path, CRITERIA, **{"year": 2025, **options})


def check_good(roster, n=1):
    """The good row, however it was written, says always the same."""
    assert roster.n_nominees == n
    assert (roster.people.ids[0], roster.people.names[0], roster.units[0]) == ("CB01", "Trần Thị Mẫu", "Phòng A")
    assert roster.number("budget", 0) == Fraction("94.5")
    assert (roster.number("plan", 0), roster.number("plan:target", 0), roster.number("late", 0)) == (12, 10, 3)
    assert roster.answers["website"][0]
    assert (roster.words["rating:2025"][0], roster.words["rating:2024"][0]) == ("excellent", "completed-well")
    assert roster.awards[0] == (AwardEvent("lao-dong-gioi", 2023), AwardEvent("lao-dong-gioi", 2024))
    assert roster.initiatives[0] == (Initiative("grass-roots"), Initiative("grass-roots"))
    assert roster.achievements[0] == (Achievement("contests", "Hội thi A", "first"),)
    assert roster.headcounts == {"Phòng A": {"staff": 20}}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_in_every_usual_dress(tmp_path, separator, encoding):
    roster = read(write_csv(tmp_path / "a.csv", [HEADINGS, ROW], separator, encoding))
    check_good(roster)
    assert list(roster.rows) == [2]
    assert (roster.year, roster.on) == (2025, datetime.date(2025, 12, 31))


def test_a_workbook(tmp_path):
    check_good(read(write_xlsx(tmp_path / "a.xlsx", [HEADINGS, ROW])))


def test_real_numbers_percent_formats_and_dates(tmp_path):
    row = with_cells(Tỷ_lệ_giải_ngân=0.945, Số_vụ_giải_quyết=12, Kỷ_luật=datetime.date(2020, 3, 5), Lao_động_giỏi=2023)
    roster = read(write_xlsx(tmp_path / "a.xlsx", [HEADINGS, row], formats={"D2": "0.0%"}))
    assert roster.number("budget", 0) == Fraction("94.5")
    assert roster.disciplined_on == ((datetime.date(2020, 3, 5),),)
    assert roster.awards == ((AwardEvent("lao-dong-gioi", 2023),),)


def test_title_rows_two_heading_rows_numbered_columns_totals_and_signatures(tmp_path):
    upper, lower = list(HEADINGS), [""] * len(HEADINGS)
    upper[12], lower[12], upper[13], lower[13] = "Xếp loại", "2025", "", "2024"
    rows = [
        ["UBND TỈNH", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        [],
        ["DANH SÁCH ĐỀ NGHỊ NĂM 2025"],
        ["Năm xét:", 2025],
        upper,
        lower,
        [f"({number})" for number in range(1, len(HEADINGS) + 1)],
        ROW,
        [],
        ["Tổng cộng", "", "", "94,5"],
        ["", "Người lập biểu"],
        ["", "Nguyễn Văn Ký"],
    ]
    roster = read_roster(
        write_xlsx(tmp_path / "a.xlsx", rows, merged=["A1:C1", "M5:N5", *(f"{letter}5:{letter}6" for letter in "ABCDEFGH")]), CRITERIA
    )
    check_good(roster)
    assert roster.year == 2025
    assert list(roster.rows) == [8]
    check_good(read_roster(write_csv(tmp_path / "a.csv", rows), CRITERIA))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_composed_decomposed_and_padded(tmp_path, form):
    def dress(text):
        return f"\u00a0 {unicodedata.normalize(form, text)} \u200b" if text else text

    check_good(read(write_csv(tmp_path / "a.csv", [[dress(text) for text in row] for row in (HEADINGS, ROW)])))


def test_columns_in_any_order_headed_by_ids_in_capitals_or_without_marks(tmp_path):
    headings = ["id", "HỌ VÀ TÊN", "Don vi", "budget", *HEADINGS[4:]]
    order = np.random.default_rng(1).permutation(len(HEADINGS))
    table = [[row[place] for place in order] for row in (headings, ROW)]
    check_good(read(write_csv(tmp_path / "a.csv", table)))


def test_columns_that_are_not_used_are_named_once(tmp_path):
    reading = inspect_roster(write_csv(tmp_path / "a.csv", [[*HEADINGS, "Số điện thoại", "Ghi chú"], [*ROW, "0912", ""]]), CRITERIA, year=2025)
    check_good(reading.roster)
    assert [(finding.code, finding.fields["columns"]) for finding in reading.warnings] == [("WB526", "“Số điện thoại”")]


def test_facts_in_sheets_of_their_own(tmp_path):
    kept = [
        place for place, name in enumerate(HEADINGS) if name not in {"Hội thi", "Kỷ luật", "Sáng kiến", "Lao động giỏi", "Tổng số người của đơn vị"}
    ]
    main = [[row[place] for place in kept] for row in (HEADINGS, ROW)]
    sheets = {
        "Khen thưởng": [
            ["Mã", "Danh hiệu", "Năm", "Số quyết định", "Ngày quyết định"],
            ["CB01", "Lao động giỏi", 2024, "12/QĐ-UBND", "05/02/2025"],
            ["cb01", "lao-dong-gioi", "2023", None, None],
        ],
        "Sáng kiến": [
            ["Mã", "Phạm vi", "Năm", "Số giấy chứng nhận", "Đã dùng"],
            ["CB01", "tỉnh", 2024, "SK-1", "có"],
            ["CB01", "cơ sở", 2025, None, None],
        ],
        "Kỷ luật": [["Mã", "Ngày quyết định kỷ luật"], ["CB01", datetime.date(2019, 1, 2)]],
        "Thành tích": [["Mã", "Tiêu chí", "Tên thành tích", "Mức"], ["CB01", "Hội thi", "Hội thi A", "giải nhất"]],
        "Đơn vị": [["Đơn vị", "Tổng số người của đơn vị"], ["Phòng A", 20]],
    }
    roster = read(write_xlsx(tmp_path / "a.xlsx", main, sheets=sheets))
    assert roster.awards == ((AwardEvent("lao-dong-gioi", 2023), AwardEvent("lao-dong-gioi", 2024, "12/QĐ-UBND", datetime.date(2025, 2, 5))),)
    assert roster.initiatives == ((Initiative("province", 2024, is_used=True, certificate_no="SK-1"), Initiative("grass-roots", 2025)),)
    assert roster.disciplined_on == ((datetime.date(2019, 1, 2),),)
    assert roster.achievements == ((Achievement("contests", "Hội thi A", "first"),),)
    assert roster.headcounts == {"Phòng A": {"staff": 20}}
    assert {"award:lao-dong-gioi", "recognised_initiatives", "disciplined_on", "contests"} <= roster.given


@pytest.mark.parametrize(
    ("cells", "code", "place"),
    [
        ({"Số_vụ_giải_quyết": "1.234"}, "WB516", "E2"),
        ({"Số_vụ_giải_quyết": "1,234"}, "WB516", "E2"),
        ({"Tỷ_lệ_giải_ngân": "0,94"}, "WB516", "D2"),
        ({"Số_vụ_giải_quyết": "mười hai"}, "WB517", "E2"),
        ({"Số_vụ_giải_quyết": "12%"}, "WB517", "E2"),
        ({"Số_vụ_giải_quyết": "1234567890123456"}, "WB530", "E2"),
        ({"Số_vụ_giải_quyết": ""}, "WB518", "E2"),
        ({"Số_vụ_giải_quyết": "=A1*2"}, "WB520", "E2"),
        ({"Số_sáng_kiến_cải_cách": "2,5"}, "WB517", "G2"),
        ({"Số_sáng_kiến_cải_cách": "-1"}, "WB517", "G2"),
        ({"Có_trang_thông_tin": "chắc là có"}, "WB517", "H2"),
        ({"conduct_self": "11"}, "WB519", "I2"),
        ({"conduct_self": "8"}, "WB518", "K2"),
        ({"Hội_thi": "Hội thi A: giải ba"}, "WB517", "L2"),
        ({"Xếp_loại_năm_2025": "giỏi"}, "WB517", "M2"),
        ({"Kỷ_luật": "31/02/2020"}, "WB517", "O2"),
        ({"Kỷ_luật": "05/03/20"}, "WB517", "O2"),
        ({"Kỷ_luật": "2020"}, "WB517", "O2"),
        ({"Sáng_kiến": "cấp xã 2024"}, "WB517", "P2"),
        ({"Lao_động_giỏi": "có"}, "WB517", "Q2"),
        ({"Lao_động_giỏi": "2023; 2023"}, "WB524", "Q2"),
        ({"Lao_động_giỏi": "2026"}, "WB533", "Q2"),
        ({"Mã_số": ""}, "WB518", "A2"),
        ({"Đơn_vị": " "}, "WB518", "C2"),
    ],
)
def test_a_doubtful_cell_is_told_by_its_place(tmp_path, cells, code, place):
    assert codes_of(write_csv(tmp_path / "a.csv", [HEADINGS, with_cells(**cells), ["CB02", *ROW[1:]]]), criteria=CRITERIA) == [(code, place)]
    book = write_xlsx(tmp_path / "a.xlsx", [HEADINGS, with_cells(**cells), ["CB02", *ROW[1:]]])
    assert codes_of(book, criteria=CRITERIA) == [(code, f"Danh sách!{place}")]


def test_all_doubtful_cells_are_told_at_once_and_a_hundred_at_most(tmp_path):
    rows = [[f"CB{number}", *with_cells(Số_vụ_giải_quyết="x", Kỷ_luật="y")[1:]] for number in range(70)]
    with pytest.raises(InputError) as caught:
        read(write_csv(tmp_path / "a.csv", [HEADINGS, *rows]))
    assert len(caught.value.findings) == 101
    assert (caught.value.findings[-1].code, caught.value.findings[-1].fields) == ("WB525", {"more": "40"})


def test_an_error_cell_is_told(tmp_path):
    assert codes_of(write_xlsx(tmp_path / "a.xlsx", [HEADINGS, with_cells(Số_vụ_giải_quyết="#REF!")])) == [("WB521", "Danh sách!E2")]


def test_missing_columns_are_told_one_by_one_with_heading_and_clause(tmp_path):
    places = [place for place, heading in enumerate(HEADINGS) if heading not in {"Tỷ lệ giải ngân", "Xếp loại 2024"}]
    with pytest.raises(InputError) as caught:
        read(write_csv(tmp_path / "a.csv", [[row[place] for place in places] for row in (HEADINGS, ROW)]))
    told = [
        (finding.code, field_words(finding.code, "column", finding.fields["column"], "vi"), finding.fields["clauses"])
        for finding in caught.value.findings
    ]
    assert ["“Budget spent” (budget)" in describe(finding, "en") for finding in caught.value.findings] == [True, False]
    assert told == [
        ("WB514", "“Tỷ lệ giải ngân” (budget)", "points.budget"),
        ("WB514", "“Xếp loại năm 2024” (rating:2024)", "lao-dong-gioi.rating"),
    ]


def test_an_id_twice_a_column_twice_and_two_head_counts(tmp_path):
    assert codes_of(write_csv(tmp_path / "a.csv", [HEADINGS, ROW, ["cb01", *ROW[1:]]])) == [("WB522", "A3")]
    assert ("WB515", "S1") in codes_of(write_csv(tmp_path / "b.csv", [[*HEADINGS, "Họ tên"], [*ROW, "x"]]))
    assert codes_of(write_csv(tmp_path / "c.csv", [HEADINGS, ROW, ["CB02", *ROW[1:-1], "21"]])) == [("WB529", "R3")]


def test_the_year_comes_from_the_option_or_the_file_and_never_from_a_guess(tmp_path):
    plain = write_csv(tmp_path / "a.csv", [["DANH SÁCH NĂM 2025"], HEADINGS, ROW])
    assert codes_of(plain, year=None) == [("WB527", "")]
    said = write_csv(tmp_path / "b.csv", [["Năm xét", "2024"], HEADINGS, ROW])
    assert codes_of(said, year=2025) == [("WB528", "A1")]
    column = write_csv(tmp_path / "c.csv", [[*HEADINGS, "Năm xét"], [*ROW, "2025"]])
    assert read_roster(column, CRITERIA).year == 2025


def test_a_slipped_row_of_a_csv_is_told(tmp_path):
    assert codes_of(write_csv(tmp_path / "a.csv", [HEADINGS, [*ROW, "5"]])) == [("WB532", "S2")]


def test_a_name_in_two_cells_is_one_name_and_a_merged_unit_holds_for_its_rows(tmp_path):
    headings = [*HEADINGS[:2], "", *HEADINGS[2:]]
    row = [ROW[0], "Trần Thị", "Mẫu", *ROW[2:]]
    second = ["CB02", "Lê", "Văn", None, *ROW[3:]]
    roster = read(write_xlsx(tmp_path / "a.xlsx", [headings, row, second], merged=["B1:C1", "D2:D3"]))
    check_good(roster, n=2)
    assert roster.units == ("Phòng A", "Phòng A")


def test_several_sheets_that_could_be_the_list(tmp_path):
    assert codes_of(write_xlsx(tmp_path / "a.xlsx", [HEADINGS, ROW], title="Sheet1", sheets={"Sheet2": [HEADINGS, ROW]})) == [("WB534", "")]
    assert codes_of(write_xlsx(tmp_path / "b.xlsx", [["b"], ROW], title="Sheet1", sheets={"Sheet2": [["a"]]})) == [("WB534", "")]


def test_a_page_of_notes_beside_the_list_is_not_taken_for_it(tmp_path):
    for first, title, second in (([["Ghi chú"]], "Ghi chú", [HEADINGS, ROW]), ([HEADINGS, ROW], "Sheet1", [["Ghi chú"], ["gửi Sở Nội vụ"]])):
        check_good(read(write_xlsx(tmp_path / "a.xlsx", first, title=title, sheets={"Sheet2": second})))


def test_a_fact_of_nobody_and_an_unknown_award_are_told(tmp_path):
    sheets = {
        "Khen thưởng": [["Mã", "Danh hiệu", "Năm"], ["CB99", "Lao động giỏi", 2020], ["CB01", "Huân chương", 2020], ["CB01", "Lao động giỏi", 2024]]
    }
    assert codes_of(write_xlsx(tmp_path / "a.xlsx", [HEADINGS, ROW], sheets=sheets)) == [
        ("WB523", "Khen thưởng!A2"),
        ("WB517", "Khen thưởng!B3"),
        ("WB524", "Khen thưởng!A4"),
    ]


@pytest.mark.parametrize("text", ["NguyÔn V¨n §øc", "Nguyeãn Vaên Ñöùc Hoaøng"])
def test_old_letters_are_recognised(tmp_path, text):
    assert codes_of(write_csv(tmp_path / "a.csv", [HEADINGS, with_cells(Họ_và_tên=text)])) == [("WB511", "B2")]


def test_old_headings_are_recognised(tmp_path):
    assert [code for code, _ in codes_of(write_csv(tmp_path / "a.csv", [["M· sè", "Hä vµ tªn", "§¬n vÞ"], ["1", "a", "b"]]))] == ["WB511"]


@given(place=st.integers(0, len(HEADINGS) - 1), text=st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), min_size=1, max_size=12))
def test_no_finding_repeats_what_could_be_a_name(tmp_path_factory, place, text):
    """Whatever stands in a cell, a member's name or unit beside it never reaches a message."""
    row = list(ROW)
    row[place] = text
    path = write_csv(tmp_path_factory.mktemp("a") / "a.csv", [HEADINGS, row])
    try:
        read(path)
    except InputError as problem:
        told = " ".join(f"{finding.english} {dict(finding.fields)}" for finding in problem.findings)
        assert "Trần Thị Mẫu" not in told
        assert "Phòng A" not in told


@given(st.data())
def test_numbers_survive_every_way_of_writing_them(tmp_path_factory, data):
    mantissa, scale = data.draw(st.integers(0, 10**9)), data.draw(st.integers(0, 6))
    exact = Fraction(mantissa, 10**scale)
    whole, rest = divmod(mantissa, 10**scale)
    decimals = f"{rest:0{scale}d}" + "0" * (scale == 3) if scale else ""  # 1,234 may be read in two ways
    grouped = f"{whole:,}".replace(",", ".")
    ways = [f"{whole},{decimals}" if scale else f"{whole}", f"{grouped},{decimals}" if scale else f"{whole}"]
    text = data.draw(st.sampled_from(ways))
    path = tmp_path_factory.mktemp("a")
    assert read(write_csv(path / "a.csv", [HEADINGS, with_cells(Số_vụ_giải_quyết=text)])).number("plan", 0) == exact
    book = write_xlsx(path / "a.xlsx", [HEADINGS, with_cells(Số_vụ_giải_quyết=mantissa / 10**scale)])
    assert read(book).number("plan", 0) == exact


def test_a_missing_file_is_told(tmp_path):
    assert codes_of(tmp_path / "none.xlsx") == [("WB501", "")]


def test_no_rows_are_told(tmp_path):
    assert codes_of(write_csv(tmp_path / "a.csv", [HEADINGS])) == [("WB502", "")]
    unheaded = write_csv(tmp_path / "b.csv", [["a", "b"], ["c", "d"]])
    assert codes_of(unheaded) == [("WB513", "")]
    with pytest.raises(InputError) as caught:
        read(unheaded)
    told = [describe(caught.value.findings[0], lang) for lang in ("vi", "en")]
    assert ["Họ và tên" in each for each in told] == [True, False]


def test_a_column_that_counts_rows_is_let_be_beside_the_ids(tmp_path):
    reading = inspect_roster(write_csv(tmp_path / "a.csv", [["STT", *HEADINGS], ["1", *ROW]]), CRITERIA, year=2025)
    check_good(reading.roster)
    assert reading.warnings == ()
    alone = read(write_csv(tmp_path / "b.csv", [["STT", *HEADINGS[1:]], ["1", *ROW[1:]]]))
    assert alone.people.ids == ("1",)


def test_headings_the_set_offers_for_another_award_are_not_complained_of(tmp_path):
    two = criteria_from_text(SET_TEXT + SECOND_AWARD)
    path = write_csv(tmp_path / "a.csv", [[*HEADINGS, "Số tháng công tác", "Điện thoại"], [*ROW, "12", "x"]])
    warnings = inspect_roster(path, two, year=2025, award="lao-dong-gioi").warnings
    assert [(finding.code, finding.fields["columns"]) for finding in warnings] == [("WB526", "“Điện thoại”")]


def test_a_missing_reason_is_told_with_all_other_mistakes(tmp_path):
    rows = [with_cells(conduct_self="9", conduct_standing_body="8", Tỷ_lệ_giải_ngân="nhiều"), ["CB02", *ROW[1:]]]
    rows[1][9], rows[1][8] = "tám", "7"
    assert codes_of(write_csv(tmp_path / "a.csv", [HEADINGS, *rows])) == [("WB517", "D2"), ("WB518", "K2"), ("WB517", "J3")]


def test_units_written_in_two_ways_are_told(tmp_path):
    path = write_csv(tmp_path / "a.csv", [HEADINGS, ROW, ["CB02", "x", "phòng a", *ROW[3:]]])
    assert codes_of(path) == [("WB542", "C3")]


def test_bounds_may_leave_one_reading_of_a_number(tmp_path):
    path = write_csv(tmp_path / "a.csv", [HEADINGS, with_cells(conduct_standing_body="1,234", conduct_reason="x")])
    roster = read_roster(path, make_set(), year=2025)
    assert (roster.numbers["conduct@standing-body"].tolist(), roster.scales["conduct@standing-body"]) == ([1234], 3)


def test_hidden_rows_are_read_and_told(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [HEADINGS, ROW])
    book = openpyxl.load_workbook(path)
    book.active.row_dimensions[2].hidden = True
    book.save(path)
    reading = inspect_roster(path, make_set(), year=2025)
    assert reading.roster.n_nominees == 1
    assert [finding.fields["rows"] for finding in reading.warnings if finding.code == "WB541"] == ["2"]


def test_one_name_in_an_old_encoding_among_others_is_told_by_cell(tmp_path):
    rows = [[f"CB0{number}", name, *ROW[2:]] for number, name in enumerate(["Trần Thị Mẫu", "NguyÔn V¨n An", "Lê Văn Bê", "Đỗ Thị Xê"])]
    assert codes_of(write_csv(tmp_path / "a.csv", [HEADINGS, *rows])) == [("WB511", "B3")]


def test_a_year_the_set_is_not_in_force_in_is_warned_of(tmp_path):
    path = write_csv(tmp_path / "a.csv", [["id", "unit"], ["A", "P"]])
    plain = criteria_from_text(SET_TEXT[: SET_TEXT.index("procedure:")])
    assert [finding.code for finding in inspect_roster(path, plain, year=2020).warnings] == ["WB548"]


def test_a_csv_name_that_begins_with_an_equals_sign_is_text(tmp_path):
    assert read(write_csv(tmp_path / "a.csv", [HEADINGS, with_cells(Họ_và_tên="=Trần")])).people.names == ("=Trần",)
    assert codes_of(write_csv(tmp_path / "b.csv", [HEADINGS, with_cells(Số_vụ_giải_quyết="=12")])) == [("WB520", "E2")]


@pytest.mark.parametrize("answer", ["no", "No.", "nữ", "STT"])
def test_nobody_is_lost_whatever_a_column_that_is_not_asked_for_answers(tmp_path, answer):
    headings, rows = [*HEADINGS, "Cột riêng"], [[f"CB0{place}", *ROW[1:], answer] for place in (1, 2, 3)]
    for path in (write_csv(tmp_path / "a.csv", [headings, *rows]), write_xlsx(tmp_path / "a.xlsx", [headings, *rows])):
        check_good(read(path), n=3)
