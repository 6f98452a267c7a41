"""A register kept as a workbook is read, checked and measured as the same list in CSV is."""

from __future__ import annotations

import csv
import datetime
import unicodedata
import warnings
import zipfile

import openpyxl
import pytest

import simulator
from simulator.errors import InputError
from simulator.indicators.measurement import measure
from simulator.indicators.register import read_register as read_plain_register
from simulator.presentation.i18n import describe
from simulator.workbook.registers import read_book, read_register
from tests.workbook.files_of_every_kind import parts_of, zipped

HEADER = ("year", "unit_id", "member_id", "role", "award", "merit", "awarded_on")
ROLES = ("head", "deputy", "staff", "direct", "direct", "staff")
AWARD = "chien-si-thi-dua-co-so"
DECIDED = datetime.date(2024, 12, 20)


def entries_of(n_years=5, n_units=12):
    """Give a list of some years: the best of each unit is awarded, and every third year the one who has waited longest."""
    rows = []
    for year in range(2020, 2020 + n_years):
        for unit in range(n_units):
            for seat, role in enumerate(ROLES):
                merit = 60 + (seat * 7 + unit * 3 + year * 5) % 23 + seat / 8
                is_awarded = (seat + year + unit) % 6 == 0 or (unit % 3 == 0 and seat == 0)
                day = datetime.date(year, 12, 1 + unit) if is_awarded else None
                rows.append([year, f"U{unit:02d}", 1000 + unit * 10 + seat, role, AWARD if is_awarded else None, merit, day])
    return rows


def write_book(path, rows, *, title="Danh sách", merged=(), formats=(), **sheets):
    """Write rows into a workbook, ``formats`` being cells with a number format, and other sheets beside."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for cell, number_format in dict(formats).items():
        sheet[cell].number_format = number_format
    for area in merged:
        sheet.merge_cells(area)
    for name, others in sheets.items():
        beside = book.create_sheet(name)
        for row in others:
            beside.append(list(row))
    book.save(path)
    return path


def write_csv(path, rows):
    """Write the same rows as CSV."""
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows([["" if value is None else value for value in row] for row in rows])
    return path


def findings_of(path, **options):
    """Give code and line of everything that is found in a file, warnings included."""
    found = []
    try:
        read_register(path, on_warning=found.append, **options)
    except InputError as problem:
        found += problem.findings
    return [(finding.code, finding.line) for finding in found]


def fields_of(path, **options):
    """Give the fields of everything that is found in a file."""
    with pytest.raises(InputError) as problem:
        read_register(path, on_warning=lambda _: None, **options)
    return [dict(finding.fields) for finding in problem.value.findings]


def test_the_same_list_as_workbook_and_as_csv_measures_the_same(tmp_path):
    rows = [HEADER, *entries_of()]
    of_book = measure(read_register(write_book(tmp_path / "a.xlsx", rows)))
    of_csv = measure(read_register(write_csv(tmp_path / "a.csv", rows)))
    assert of_book.to_json() == of_csv.to_json()
    assert of_book.indicators["turn_taking_index"].value is not None


def test_winners_head_counts_and_succession_are_read_from_workbooks_too(tmp_path):
    rows = entries_of()
    winners = [HEADER, *(row for row in rows if row[4])]
    counts = {}
    for row in rows:
        counts[row[0], row[1], row[3]] = counts.get((row[0], row[1], row[3]), 0) + 1
    headcount = [("year", "unit_id", "role", "n_members"), *((*key, n) for key, n in counts.items())]
    after = [("unit_id", "successor_id", "from"), ("U01", "U02", 2023), ("U03", "U99", datetime.date(2022, 7, 1))]
    tables = {"w": winners, "h": headcount, "s": after}
    measured = []
    for write, ending in ((write_book, "xlsx"), (write_csv, "csv")):
        files = {name: write(tmp_path / f"{name}.{ending}", table) for name, table in tables.items()}
        kept = []
        history = read_register(files["w"], headcount=files["h"], succession=files["s"], on_warning=kept.append)
        measured.append((measure(history).to_json(), [(finding.code, finding.line) for finding in kept]))
    assert measured[0] == measured[1]


def test_three_sheets_of_one_workbook_are_told_apart_by_their_columns(tmp_path):
    winners = [HEADER, *(row for row in entries_of() if row[4])]
    cells = ((year, f"U{unit:02d}", role, 2) for year in range(2020, 2025) for unit in range(12) for role in dict.fromkeys(ROLES))
    headcount = [("year", "unit_id", "role", "n_members"), *cells]
    book = write_book(tmp_path / "all.xlsx", winners, counts=headcount, notes=[("made by", "nobody")])
    history = read_register(book, headcount=book)
    assert len(history.year) == 5 * 12 * 8
    assert not history.knows_members


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({1: ""}, "RG405"),
        ({0: "2O24"}, "RG405"),
        ({3: "boss"}, "RG405"),
        ({5: "6,5a"}, "RG405"),
        ({6: "31/02/2024"}, "RG405"),
    ],
)
def test_a_cell_is_found_in_the_row_in_which_it_stands(tmp_path, cells, code):
    rows = [list(row) for row in (HEADER, *entries_of(3))]
    for column, value in cells.items():
        rows[5][column] = value
    rows[5][6] = rows[5][6] if 6 in cells else None
    of_book, of_csv = (findings_of(path) for path in (write_book(tmp_path / "a.xlsx", rows), write_csv(tmp_path / "a.csv", rows)))
    assert of_book == of_csv == [(code, 6)]


def test_rows_that_repeat_or_contradict_each_other_are_found_alike(tmp_path):
    rows = [HEADER, *entries_of(2)]
    rows += [rows[3], [*rows[4][:1], "U11", *rows[4][2:]]]
    of_book, of_csv = (findings_of(path) for path in (write_book(tmp_path / "a.xlsx", rows), write_csv(tmp_path / "a.csv", rows)))
    assert of_book == of_csv
    assert {code for code, _ in of_book} == {"RG407", "RG408"}


def test_columns_that_are_missing_doubled_or_mistyped_are_found_at_the_headings(tmp_path):
    rows = [["DANH SÁCH"], [], [*HEADER[:1], "uint_id", *HEADER[2:], "role"], *([*row, "staff"] for row in entries_of(2))]
    book = write_book(tmp_path / "a.xlsx", rows)
    assert findings_of(book) == [("RG413", 3)]
    rows = [row[:-1] for row in rows]
    assert findings_of(write_book(tmp_path / "b.xlsx", [["DANH SÁCH"], [], *rows[2:]])) == [("RG430", 3)]


def messy(rows):
    """Give the list as an office hands it round: title above, headings in words with the name in brackets, groups, a total, and who signed."""
    headings = ["STT", "Năm [year]", "Đơn vị [unit_id]", "Mã [member_id]", "Họ và tên", "Vai trò [role]", "AWARD", "Merit *", "awarded_on"]
    found = [["ỦY BAN NHÂN DÂN"], ["DANH SÁCH KHEN THƯỞNG"], [None], headings, [f"({place})" for place in range(1, 10)]]
    for number, row in enumerate(rows, 1):
        if row[2] == 1000:
            found.append([None, f"I. NĂM {row[0]}"])
        found.append([number, *row[:3], "Nguyễn Văn A", *row[3:]])
    return [*found, [None, "Tổng cộng", None, None, None, None, len(rows)], [None], [None, None, "NGƯỜI LẬP BIỂU", None, None, None, "GIÁM ĐỐC"]]


def test_titles_groups_totals_and_signatures_are_left_out_with_a_word(tmp_path):
    rows = entries_of()
    clean = measure(read_register(write_csv(tmp_path / "a.csv", [HEADER, *rows])))
    found = []
    history = read_register(write_book(tmp_path / "a.xlsx", messy(rows)), on_warning=found.append)
    assert measure(history).to_json() == clean.to_json()
    assert [finding.code for finding in found] == ["RG428", "RG442"]
    left_out = next(finding for finding in found if finding.code == "RG442")
    assert left_out.line == 6
    assert left_out.fields["lines"] == "6, 79, 152, 225, 298, 371, 373"
    assert found[0].fields["columns"] == "A, E"
    assert "Nguyễn" not in "".join(finding.render() for finding in found)


@pytest.mark.parametrize(
    "below",
    [
        [["Tổng cộng", None, None, None, None, 360]],
        [[None, "Cộng", None, None, None, 360], [None, "Tổng số: 360", None, None, None, None]],
        [[2024, None, "Tổng", None, None, 72]],
        [["Người lập biểu"] + [None] * 5, [None] * 6, [None, None, None, "GIÁM ĐỐC", None, None]],
    ],
)
def test_what_stands_under_a_list_is_left_out_of_text_as_of_a_workbook(tmp_path, below):
    rows = [[*row, *[None] * (7 - len(row))] for row in (HEADER, *entries_of())]
    below = [[*row, *[None] * (7 - len(row))] for row in below]
    clean = measure(read_register(write_csv(tmp_path / "a.csv", rows)))
    found = []
    for path in (write_csv(tmp_path / "b.csv", [*rows, *below]), write_book(tmp_path / "b.xlsx", [*rows, *below])):
        told = []
        assert measure(read_register(path, on_warning=told.append)).to_json() == clean.to_json()
        found.append([(finding.code, finding.line, finding.fields["lines"]) for finding in told if finding.code == "RG442"])
    assert found[0] == found[1] != []


def test_a_total_of_a_head_count_is_left_out_too(tmp_path):
    listed = write_csv(
        tmp_path / "a.csv", [["year", "unit_id", "member_id", "role", "award"], [2023, "A", "x", "direct", "co"], [2024, "A", "y", "direct", "co"]]
    )
    counts = [["year", "unit_id", "role", "n_members"], [2023, "A", "direct", 10], [2024, "A", "direct", 12]]
    of_clean = read_register(listed, headcount=write_csv(tmp_path / "b.csv", counts))
    told = []
    history = read_register(listed, headcount=write_csv(tmp_path / "c.csv", [*counts, ["Cộng", "", "", 22]]), on_warning=told.append)
    assert (len(history.year), [finding.code for finding in told]) == (len(of_clean.year), ["RG442"])


def test_an_entry_that_lacks_its_cells_is_still_told_of(tmp_path):
    rows = [HEADER, *entries_of()]
    rows[3][2] = None
    assert [code for code, _ in findings_of(write_csv(tmp_path / "a.csv", rows))] == ["RG405"]


def test_a_unit_that_goes_on_under_another_name_is_pointed_at_unless_that_is_said(tmp_path):
    rows = [
        [year, "A" if year < 2023 else "B", f"m{member}", "direct", "co" if member == year % 5 else ""]
        for year in range(2020, 2026)
        for member in range(5)
    ]
    path = write_csv(tmp_path / "a.csv", [["year", "unit_id", "member_id", "role", "award"], *rows])
    assert findings_of(path) == [("RG458", 17)]
    said = write_csv(tmp_path / "s.csv", [["unit_id", "successor_id", "from"], ["A", "B", 2023]])
    assert findings_of(path, succession=said) == []


def test_years_of_two_digits_are_pointed_at_in_list_and_head_count(tmp_path):
    header = ["year", "unit_id", "member_id", "role", "award"]
    rows = [[year, "A", member, "direct", "co" if member == "x" else ""] for year in (23, 24) for member in "xyz"]
    assert findings_of(write_csv(tmp_path / "a.csv", [header, *rows])) == [("RG457", 2)]
    rows[4][0] = 2024
    assert findings_of(write_csv(tmp_path / "b.csv", [header, *rows])) == [("RG456", 2)]
    counts = write_csv(tmp_path / "c.csv", [["year", "unit_id", "role", "n_members"], [2023, "A", "direct", 3], [24, "A", "direct", 3]])
    winners = write_csv(tmp_path / "d.csv", [header, [2023, "A", "x", "direct", "co"]])
    assert ("RG456", 3) in findings_of(winners, headcount=counts)


def test_a_unit_and_year_merged_over_the_rows_of_its_people_hold_for_all_of_them(tmp_path):
    rows = entries_of(3)
    clean = measure(read_register(write_csv(tmp_path / "a.csv", [HEADER, *rows])))
    merged = []
    for first in range(2, len(rows) + 2, len(ROLES)):
        merged += [f"A{first}:A{first + 5}", f"B{first}:B{first + 5}"]
    assert measure(read_register(write_book(tmp_path / "a.xlsx", [HEADER, *rows], merged=merged))).to_json() == clean.to_json()


def test_an_award_merged_over_several_people_is_asked_for_in_each_row(tmp_path):
    book = write_book(tmp_path / "a.xlsx", [HEADER, *entries_of(2)], merged=["E2:E4", "E8:E9"])
    assert findings_of(book) == [("RG445", 2)]
    assert fields_of(book) == [{"column": "award", "n": "2"}]


def test_numbers_are_read_as_they_are_held_whatever_their_format(tmp_path):
    rows = [[*row[:5], 1.234 + place / 1000, None] for place, row in enumerate(entries_of(3))]
    of_book = read_register(write_book(tmp_path / "a.xlsx", [HEADER, *rows], formats={"F2": "0.0", "A3": "0"}))
    assert of_book.merit.min() == 1.234
    assert of_book.merit.max() == pytest.approx(1.234 + (len(rows) - 1) / 1000)


def test_a_number_written_as_text_beside_numbers_is_read_by_its_own_sign_only(tmp_path):
    rows = [[*row[:5], 7.25, None] for row in entries_of(3)]
    rows[0][5], rows[1][5] = "8,5", "9,5"
    assert read_register(write_book(tmp_path / "a.xlsx", [HEADER, *rows])).merit.max() == 9.5
    rows[2][5] = "8.5"
    assert findings_of(write_book(tmp_path / "b.xlsx", [HEADER, *rows])) == [("RG423", 4)]
    rows[0][5], rows[1][5], rows[2][5], rows[3][5] = "1.234", 7.25, 7.25, 1.234
    assert findings_of(write_book(tmp_path / "c.xlsx", [HEADER, *rows])) == [("RG406", 2)]


def test_percentages_are_read_as_shown_and_yes_and_no_as_flags(tmp_path):
    header = (*HEADER[:4], "is_awarded", "merit")
    rows = [[*row[:4], row[4] is not None, 0.94] for row in entries_of(3)]
    rows[1][5] = 93
    history = read_register(
        write_book(tmp_path / "a.xlsx", [header, *rows], formats={f"F{line}": "0%" for line in range(2, len(rows) + 2) if line != 3})
    )
    assert sorted(set(history.merit.tolist())) == [93, 94]
    assert history.is_awarded.sum() == sum(row[4] for row in rows)
    plain = [[*row[:4], str(row[4]).upper(), ""] for row in rows]
    assert read_register(write_csv(tmp_path / "a.csv", [header, *plain])).is_awarded.tolist() == history.is_awarded.tolist()


def test_formulas_without_a_result_and_errors_are_told_once_for_a_column(tmp_path):
    rows = [list(row) for row in (HEADER, *entries_of(2))]
    for row in rows[3:6]:
        row[5] = "=1+1"
    rows[8][1] = "#REF!"
    book = write_book(tmp_path / "a.xlsx", rows)
    assert sorted(findings_of(book)) == [("RG443", 4), ("RG444", 9)]
    assert {"column": "merit", "n": "3"} in fields_of(book)


def test_labels_of_too_many_digits_and_in_an_old_encoding_are_refused(tmp_path):
    rows = [list(row) for row in (HEADER, *entries_of(2))]
    rows[1][2] = 1234567890123456
    assert findings_of(write_book(tmp_path / "a.xlsx", rows)) == [("RG446", 2)]
    rows = [[*row[:1], "§¬n vÞ 1" if row[1] == "U01" else "V¨n phßng", *row[2:]] for row in entries_of(1, 2)]
    found = findings_of(write_book(tmp_path / "b.xlsx", [HEADER, *rows]))
    assert found == [("RG447", 2)]


def test_hidden_rows_are_read_with_a_warning_and_hidden_sheets_are_not(tmp_path):
    rows = [HEADER, *entries_of(3)]
    path = write_book(tmp_path / "a.xlsx", rows, old=rows)
    assert findings_of(path) == [("RG440", 1)]
    book = openpyxl.load_workbook(path)
    book["old"].sheet_state = "hidden"
    for line in (5, 6):
        book.active.row_dimensions[line].hidden = True
    book.save(path)
    assert findings_of(path) == [("RG441", 5)]
    assert len(read_register(path, on_warning=lambda _: None).year) == len(rows) - 1


def test_a_workbook_without_such_a_table_says_what_is_looked_for(tmp_path):
    path = write_book(tmp_path / "a.xlsx", [("tên", "đơn vị"), ("Trần Thị B", "Phòng A")])
    assert findings_of(path) == [("RG439", 1)]
    assert "Trần" not in str(fields_of(path))
    assert findings_of(write_book(tmp_path / "b.xlsx", [HEADER])) == [("RG403", 1)]


@pytest.mark.parametrize("place", ["cell", "sheet", "file", "heading", "beside"])
def test_a_list_marked_as_a_state_secret_is_refused_wherever_the_stamp_stands(tmp_path, place):
    rows = [["MẬT"] if place == "cell" else ["DANH SÁCH"], [*HEADER, "Độ mật: TỐI MẬT" if place == "heading" else "note"], *entries_of(2)]
    name, title = ("a - MẬT.xlsx" if place == "file" else "a.xlsx"), ("MẬT" if place == "sheet" else "A")
    path = write_book(tmp_path / name, rows, title=title, other=[["TUYỆT MẬT"]] if place == "beside" else [])
    assert [code for code, _ in findings_of(path)] == ["RG418"]
    assert findings_of(write_book(tmp_path / "b.xlsx", [["A"], *rows[1:]] if place == "cell" else [["A"], HEADER, *rows[2:]])) == []


def test_macros_are_passed_over_and_every_other_kind_of_file_is_refused(tmp_path):
    path = write_book(tmp_path / "a.xlsx", [HEADER, *entries_of(2)])
    with_macros = tmp_path / "a.xlsm"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(with_macros, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        target.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    assert measure(read_register(with_macros)).to_json() == measure(read_register(path)).to_json()
    for content, code in ((b"%PDF-1.7", "RG416"), (b"\xd0\xcf\x11\xe0" + bytes(600), "WB503"), (zipped(parts_of())[:300], "WB508")):
        other = tmp_path / "other.xlsx"
        other.write_bytes(content)
        assert [found for found, _ in findings_of(other)] == [code]


def test_a_damaged_workbook_beside_a_wrong_list_is_told_with_it(tmp_path):
    damaged = tmp_path / "counts.xlsx"
    damaged.write_bytes(b"PK\x03\x04" + bytes(100))
    register = write_book(tmp_path / "a.xlsx", [("year", "member_id", "award"), (2020, 1, "x")])
    assert [code for code, _ in findings_of(register, headcount=damaged)] == ["RG404", "RG404", "WB508"]


def test_the_indicators_alone_refuse_a_workbook_with_a_word(tmp_path):
    path = write_book(tmp_path / "a.xlsx", [HEADER, *entries_of(2)])
    with pytest.raises(InputError) as problem:
        read_plain_register(path)
    assert [finding.code for finding in problem.value.findings] == ["RG416"]
    assert len(simulator.read_register(path).year) == 2 * 12 * 6


def test_warnings_point_at_who_reads(tmp_path):
    path = write_book(tmp_path / "a.xlsx", [(*HEADER, "note"), *([*row, "x"] for row in entries_of(2))])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        read_register(path)
    assert [(str(warning.message)[-7:], warning.filename) for warning in caught] == [("used: H", __file__)]


def test_the_table_says_where_its_headings_and_rows_stand(tmp_path):
    path = write_book(
        tmp_path / "a.xlsx", [["x"], [], ["year", "unit_id", "n_members", "role"], [2020, "U1", 3, "staff"], [], [2021, "U1", 4, "staff"]]
    )
    sheet = read_book(path, ("year", "unit_id", "role", "n_members"))
    assert sheet.header_line == 3
    assert sheet.line.tolist() == [4, 6]
    assert sheet.columns["n_members"].words == ("3", "4")


VIETNAMESE = ("Năm", "Mã đơn vị", "Mã người", "Vai trò", "Danh hiệu, hình thức khen thưởng", "Thành tích", "Ngày quyết định")


def test_vietnamese_headings_are_read_in_every_form_a_list_has(tmp_path):
    same = measure(read_plain_register(write_csv(tmp_path / "codes.csv", [HEADER, *entries_of()])))
    decomposed = [unicodedata.normalize("NFD", heading) for heading in VIETNAMESE]
    assert measure(read_register(write_csv(tmp_path / "a.csv", [decomposed, *entries_of()]))) == same
    assert measure(read_register(write_book(tmp_path / "a.xlsx", [["SỞ NỘI VỤ"], [], decomposed, *entries_of()]))) == same
    titled = write_csv(tmp_path / "b.csv", [["DANH SÁCH KHEN THƯỞNG", *[""] * 6], [""] * 7, VIETNAMESE, *entries_of()])
    assert measure(read_register(titled)) == same
    wide = tmp_path / "c.txt"
    wide.write_bytes(
        "\n".join("\t".join("" if value is None else str(value) for value in row) for row in [VIETNAMESE, *entries_of()]).encode("utf-16")
    )
    assert measure(read_register(wide)) == same


def test_a_name_beside_a_code_is_left_aside_in_a_workbook_and_in_csv(tmp_path):
    rows = [[*VIETNAMESE, "Đơn vị", "Họ và tên"], *[[*row, "Phòng Một", "Trần Thị B"] for row in entries_of(2)]]
    for path in (write_book(tmp_path / "a.xlsx", rows), write_csv(tmp_path / "a.csv", rows)):
        assert findings_of(path) == [("RG428", 1)]
    rows[0][-2] = "Mã đơn vị"
    for path in (write_book(tmp_path / "b.xlsx", rows), write_csv(tmp_path / "b.csv", rows)):
        assert findings_of(path) == [("RG413", 1)]


def test_a_missing_column_is_asked_for_as_it_is_headed_and_a_mistyped_one_is_told_by_its_place(tmp_path):
    path = write_csv(tmp_path / "a.csv", [["Năm", "Mã đơn vị", "Mã nguoiw", "Danh hiệu"], [2024, "A", "B", ""]])
    with pytest.raises(InputError) as problem:
        read_register(path)
    said = [describe(finding, "vi") for finding in problem.value.findings]
    assert said[0].startswith("Thiếu cột Mã người (member_id); có thể cột C viết nhầm tên.")
    assert said[1].startswith("Thiếu cột Vai trò (role) / Là lãnh đạo, quản lý (is_leader); tệp có các cột: Năm (year), Mã đơn vị (unit_id), C, ")


def test_two_columns_that_tell_who_was_awarded_are_told_with_the_rows_in_which_they_differ(tmp_path):
    header = ["Năm", "Mã đơn vị", "Mã người", "Vai trò", "Danh hiệu", "Được khen"]
    rows = [[2024, "A", "1", "cấp trưởng", AWARD, "có"], [2024, "A", "2", "trực tiếp", "không", "không"], [2024, "A", "3", "trực tiếp", "", "0"]]
    told = lambda *more, **options: findings_of(write_csv(tmp_path / "a.csv", [header, *rows, *more]), **options)  # noqa: E731
    assert told() == [("RG450", 1)]
    assert told([2024, "A", "4", "trực tiếp", "lao-dong-tien-tien", "0"]) == [("RG450", 1)]  # another award, of which the flag says nothing
    assert told([2024, "A", "4", "trực tiếp", "Chiến sĩ thi đua cơ sở", "0"], award="x") == [("RG452", 1), ("RG450", 1)]
    differing = write_csv(tmp_path / "b.csv", [header, *rows, [2024, "A", "4", "trực tiếp", AWARD, "0"], [2024, "A", "5", "trực tiếp", "", "x"]])
    found = []
    read_register(differing, on_warning=found.append)
    assert [(finding.code, finding.line, finding.fields) for finding in found] == [("RG451", 5, {"n": "2", "lines": "5, 6"})]
    assert "hai cột ghi khác nhau ở 2 dòng: 5, 6." in describe(found[0], "vi")


def test_a_row_of_totals_is_left_out_wherever_it_counts(tmp_path):
    rows = [[*VIETNAMESE], *entries_of(2), ["Tổng cộng", None, "144 người", None, 24]]
    path = write_book(tmp_path / "a.xlsx", rows)
    found = []
    history = read_register(path, on_warning=found.append)
    assert [(finding.code, finding.fields["lines"]) for finding in found] == [("RG442", str(len(rows)))]
    assert len(history.year) == len(rows) - 2


@pytest.mark.parametrize("write", [write_book, write_csv])
def test_posts_are_taken_for_roles_as_an_assumption_that_is_told(tmp_path, write):
    rows, written = entries_of(), {"head": "Trưởng phòng", "deputy": "Phó Trưởng phòng", "staff": "Chuyên viên"}
    ending = "xlsx" if write is write_book else "csv"
    plain = write(tmp_path / f"plain.{ending}", [HEADER, *rows])
    posts = write(tmp_path / f"posts.{ending}", [HEADER, *([*row[:3], written.get(row[3], row[3]), *row[4:]] for row in rows)])
    found = []
    history = read_register(posts, on_warning=found.append)
    assert [(finding.code, finding.fields["posts"], finding.fields["role"]) for finding in found] == [
        ("WB549", "“phó trưởng phòng”", "@deputy"),
        ("WB549", "“trưởng phòng”", "@head"),
    ]
    assert "giả định “trưởng phòng” là cấp trưởng" in describe(found[1], "vi")
    assert measure(history).to_json() == measure(read_register(plain)).to_json()
    assert findings_of(plain) == []


def test_a_post_nobody_can_place_is_refused_as_before(tmp_path):
    rows = [[*row[:3], "Tổ trưởng" if row[3] == "head" else row[3], *row[4:]] for row in entries_of()]
    assert [code for code, _ in findings_of(write_csv(tmp_path / "ds.csv", [HEADER, *rows]))] == ["RG433"]
