"""``template``, ``score`` and ``explain``: from an empty sheet to a reason for every point."""

from __future__ import annotations

import csv
import json
import re

import openpyxl
import pytest

from simulator.workbook import pseudonyms

LINE = re.compile(r"^[^:\n]+:\d+: [A-Z]{2}\d{3} (error|warning): \S.*$")
AWARD = "chien-si-thi-dua-co-so"
ROWS = """\
id;name;unit;cluster;is_woman;rating:2025;recognised_initiatives;service_months;leave_days;disciplined_on;award:lao-dong-tien-tien;holders:lao-dong-tien-tien
CB01;Nguyễn Văn Mẫu;Phòng Nhỏ;Khối 1;không;hoàn thành tốt nhiệm vụ;1;24;3;;;8
CB02;Trần Thị Mẫu;Phòng Nhỏ;Khối 1;có;hoàn thành tốt nhiệm vụ;0;24;10;;;8
CB03;Lê Văn Mẫu;Phòng Nhỏ;Khối 1;không;hoàn thành xuất sắc nhiệm vụ;1;24;0;;;8
CB04;Phạm Văn Mẫu;Phòng Con;Khối 1;không;hoàn thành nhiệm vụ;0;6;0;;;
"""
NAMES = ("Mẫu", "CB0", "Phòng")
TABLE = """\
id: office-table
title: {vi: "Bảng điểm mẫu", en: "Sample table"}
status: illustrative
drafting_state: drafting
valid: {from: 2025-01-01}
checked_on: 2025-01-01
procedure:
  scale:
    kind: scale
    title: {vi: "Thang 100 điểm", en: "Out of 100"}
    target: individual
    total: 100
    assumption: {vi: "Giả định.", en: "Assumed."}
points:
  quality:
    kind: proportional
    title: {vi: "Chất lượng", en: "Quality"}
    points: 60
    assumption: {vi: "Giả định.", en: "Assumed."}
  tasks:
    kind: proportional
    title: {vi: "Tiến độ", en: "Progress"}
    points: 40
    assumption: {vi: "Giả định.", en: "Assumed."}
classes:
  first:
    title: {vi: "Xuất sắc", en: "Excellent"}
    at_least: 90
    assumption: {vi: "Giả định.", en: "Assumed."}
  second:
    title: {vi: "Tốt", en: "Good"}
    assumption: {vi: "Giả định.", en: "Assumed."}
    below: 90
"""


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "danh-sach.csv"
    path.write_text(ROWS, encoding="utf-8-sig")
    return path


@pytest.fixture
def table(tmp_path):
    (tmp_path / "office-table.yaml").write_text(TABLE, encoding="utf-8")
    path = tmp_path / "points.csv"
    path.write_text("id;name;quality;tasks\nCB01;Nguyễn Văn Mẫu;95;100\nCB02;Trần Thị Mẫu;90;87,5\n", encoding="utf-8")
    return str(tmp_path / "office-table.yaml"), str(path)


@pytest.fixture
def score(run, roster):
    return lambda *arguments: run("score", "decree-91", str(roster), "--award", AWARD, "--year", "2025", *arguments)


@pytest.fixture
def explain(run, roster):
    return lambda *arguments: run("explain", "decree-91", str(roster), "--award", AWARD, "--year", "2025", *arguments)


# --- template ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_the_sheet_to_fill_is_written_and_named(run, tmp_path, suffix):
    path = tmp_path / f"nominees.{suffix}"
    code, out, err = run("template", "decree-91", "--award", AWARD, "--year", "2025", "-o", str(path))
    assert (code, [line.split()[1] for line in err.splitlines()]) == (0, ["WB547"])
    assert out == f"Bảng để điền, năm 2025: {path}\n"
    assert path.stat().st_size > 0
    assert json.loads(run("template", "decree-91", "--year", "2025", "-o", str(path), "--json")[1]) == {"files": [path.as_posix()]}


def test_a_sheet_for_all_awards_says_which_it_leaves_out(run, tmp_path):
    _, out, err = run("template", "law-2022-decree-152", "--year", "2026", "-o", str(tmp_path / "a.xlsx"), "--lang", "en")
    assert [line.split()[1] for line in err.splitlines()] == ["SR415", "SR417"]
    assert "tap-the-lao-dong-xuat-sac" in err
    assert out.startswith("Sheet to fill, 2026: ")


def test_a_wrong_award_leaves_no_file(run, tmp_path):
    code, out, err = run("template", "decree-91", "--award", "nothing", "--year", "2025", "-o", str(tmp_path / "x.xlsx"))
    assert (code, out) == (2, "")
    assert LINE.match(err.strip())
    assert list(tmp_path.iterdir()) == []


# --- score ---------------------------------------------------------------------------------------------------------------


def test_score_prints_where_everybody_stands(score):
    code, out, err = score()
    assert code == 0
    assert "Nguyễn Văn Mẫu, CB01 (dòng 2)" in " ".join(out.split())
    assert "Do hội đồng quyết định (bằng nhau)" in " ".join(out.split())
    assert "không thay cho quyết định" in out
    assert all(LINE.match(line) and " warning: " in line for line in err.splitlines())


def test_score_as_json_keeps_the_promised_shape(score):
    content = json.loads(score("--json")[1])
    assert content["table"] == "decree-91"
    promised = {"id", "award", "score", "rank", "class", "eligible", "considered", "tie", "quota", "reasons"}
    assert all(promised <= nominee.keys() for nominee in content["nominees"])
    first, second, third, fourth = content["nominees"]
    assert (first["id"], first["score"], first["eligible"], first["considered"], first["tie"]) == ("CB01", None, True, "council decides", True)
    assert {"places", "unit", "rounding"} == first["quota"].keys()
    assert (second["eligible"], second["considered"]) == (False, "no")
    assert third["rank"] == 1
    assert all({"clause", "observed", "required", "points", "source"} <= reason.keys() for reason in fourth["reasons"])
    assert f"{AWARD}.initiative" in {reason["clause"] for reason in second["reasons"]}
    every = json.loads(score("--json", "--reasons", "all")[1])
    assert len(every["nominees"][0]["reasons"]) > len(first["reasons"])


def test_score_writes_results_and_reasons(score, tmp_path):
    book, reasons = tmp_path / "ket-qua.xlsx", tmp_path / "ly-do.csv"
    code, out, _ = score("-o", str(book), "-o", str(reasons))
    assert code == 0
    assert out.endswith(f"Đã ghi: {book}\nĐã ghi: {reasons}\n")
    assert openpyxl.load_workbook(book).sheetnames == ["Kết quả", "Lý do", "Tổng hợp", "Thông tin kiểm chứng"]
    assert next(csv.reader(reasons.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))[0] == "Dòng"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["danh-sach.csv", "ket-qua.xlsx", "ly-do.csv"]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_nobody_is_named_to_anonymous_readers(score, explain, tmp_path, lang):
    told = [score("--anonymous", "--lang", lang, "-o", str(tmp_path / "x.csv")), score("--anonymous", "--json", "--reasons", "all", "--lang", lang)]
    told += [explain("--who", "2", "--anonymous", "--lang", lang, *form) for form in ([], ["--json"], ["--under", "law-2022"])]
    assert [code for code, _, _ in told] == [0] * 5
    everything = "".join(out + err for _, out, err in told) + (tmp_path / "x.csv").read_text(encoding="utf-8")
    assert [name for name in NAMES if name in everything] == []


def test_a_wrong_list_is_bad_input_names_nobody_and_leaves_no_file(run, roster, tmp_path):
    roster.write_text(ROWS.replace(";24;3;", ";hai mươi;3;").replace("không;hoàn thành tốt", "chưa rõ;hoàn thành tốt"), encoding="utf-8")
    code, out, err = run("score", "decree-91", str(roster), "--award", AWARD, "--year", "2025", "-o", str(tmp_path / "out.xlsx"))
    assert (code, out) == (2, "")
    assert all(LINE.match(line) for line in err.splitlines())
    assert len(err.splitlines()) >= 2
    assert [name for name in NAMES if name in err] == []
    assert [path.name for path in tmp_path.iterdir()] == ["danh-sach.csv"]


def test_a_place_that_cannot_be_written_is_found_before_anything_is_read(run, tmp_path):
    code, out, err = run("score", "no-such-set", "no-such-list.csv", "-o", str(tmp_path / "missing" / "x.xlsx"))
    assert (code, out) == (2, "")
    assert "CL006" in err
    assert "không có thư mục này" in err


def test_one_file_is_not_written_twice(score, tmp_path):
    code, out, err = score("-o", str(tmp_path / "x.csv"), "-o", str(tmp_path / "x.csv"))
    assert (code, out) == (2, "")
    assert "được ghi hai lần" in err
    assert [path.name for path in tmp_path.iterdir()] == ["danh-sach.csv"]


# --- anonymous -----------------------------------------------------------------------------------------------------------


def test_everything_anonymous_calls_people_by_the_same_rows_and_codes(score, explain, tmp_path):
    code, out, err = score("--anonymous", "--json")
    assert code == 0
    assert "anonymous.tieuchi-key" in err
    assert "giữ kín" in err
    codes = {each["id"]: each["code"] for each in json.loads(out)["nominees"]}
    assert list(codes) == ["2", "3", "4", "5"]
    code, text, err = score("--anonymous", "-o", str(tmp_path / "x.xlsx"), "-o", str(tmp_path / "x.csv"))
    assert "tieuchi-key" not in err  # it is made once
    assert all(each in " ".join(text.split()) for each in codes.values())
    heading, *given = openpyxl.load_workbook(tmp_path / "x.xlsx")["Kết quả"].iter_rows(min_row=3, values_only=True)
    at, beside = heading.index("Dòng"), heading.index("Mã thay thế")
    assert {(str(row[at]), row[beside]) for row in given} == set(codes.items())
    rows = list(csv.reader((tmp_path / "x.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert {(row[0], row[1]) for row in rows[1:]} <= set(codes.items())
    for who in ("CB02", "3", codes["3"], "Trần Thị Mẫu"):
        told = json.loads(explain("--who", who, "--anonymous", "--json")[1])
        assert (told["nominee"], told["code"]) == ("3", codes["3"])
    assert f"dòng 3, mã thay thế {codes['3']}" in " ".join(explain("--who", "CB02", "--anonymous")[1].split())
    assert "code" not in json.loads(score("--json")[1])["nominees"][0]


def test_the_same_people_have_the_same_codes_next_year(run, score, tmp_path):
    codes = [each["code"] for each in json.loads(score("--anonymous", "--json")[1])["nominees"]]
    lines = ROWS.replace("rating:2025", "rating:2026").splitlines()
    (tmp_path / "2026.csv").write_text("\n".join([lines[0], *reversed(lines[1:])]), encoding="utf-8-sig")
    out = run("score", "decree-91", str(tmp_path / "2026.csv"), "--award", AWARD, "--year", "2026", "--anonymous", "--json")[1]
    assert [each["code"] for each in json.loads(out)["nominees"]] == codes[::-1]


def test_no_key_is_made_for_a_list_with_names(score, explain, roster):
    score()
    explain("--who", "CB02")
    assert [path.name for path in roster.parent.iterdir()] == ["danh-sach.csv"]


def test_a_folder_that_takes_no_key_leaves_the_rows(score, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(pseudonyms, "_write_key", refuse)
    code, out, err = score("--anonymous", "--json")
    assert code == 0
    assert "chỉ dùng số dòng" in err
    assert {each["code"] for each in json.loads(out)["nominees"]} == {None}


def test_a_table_gives_points_and_classes(run, table):
    code, out, err = run("score", *table, "--year", "2025", "--json")
    assert code == 0, err
    nominees = json.loads(out)["nominees"]
    assert [(each["id"], each["score"], each["rank"], each["class"]) for each in nominees] == [("CB01", 97, 1, "first"), ("CB02", 89, 2, "second")]


# --- explain -------------------------------------------------------------------------------------------------------------


def test_explain_tells_every_clause_and_the_first_that_failed(explain):
    code, out, _ = explain("--who", "CB02")
    flat = " ".join(out.split())
    assert code == 0
    assert flat.startswith("Hồ sơ: CB02 (dòng 3), đề nghị “Chiến sĩ thi đua cơ sở”")
    assert "Điều khoản đầu tiên chưa đạt: Có ít nhất một sáng kiến" in flat
    assert "Sáng kiến được công nhận" in flat


def test_explain_as_json_keeps_the_promised_shape(explain):
    content = json.loads(explain("--who", "CB02", "--json", "--under", "law-2022")[1])
    promised = {"nominee", "award", "eligible", "first_failed", "clauses", "smallest_change"}
    assert promised <= content.keys()
    assert promised <= content["under"].keys()
    assert (content["nominee"], content["eligible"], content["first_failed"]) == ("CB02", False, f"{AWARD}.initiative")
    change = content["smallest_change"]
    assert change is None or all({"column", "from", "to"} <= each.keys() for each in change)


def test_the_award_explained_is_chosen_and_named(run, roster):
    code, out, err = run("explain", "decree-91", str(roster), "--year", "2025", "--who", "CB02")
    assert code == 0, err
    assert "đề nghị “Chiến sĩ thi đua cơ sở”" in " ".join(out.split())
    assert json.loads(run("explain", "decree-91", str(roster), "--year", "2025", "--who", "CB02", "--json")[1])["award"] == AWARD


def test_two_sets_stand_side_by_side(explain):
    code, out, _ = explain("--who", "CB02", "--under", "law-2022", "--lang", "en")
    assert code == 0
    assert "The same file under each criteria set" in out
    assert out.count("File: CB02 (row 3)") == 2


def test_the_smallest_change_is_told_in_words(run, table):
    code, out, err = run("explain", *table, "--year", "2025", "--who", "CB02")
    assert code == 0, err
    flat = " ".join(out.split())
    assert "89 điểm; xếp loại “Tốt”" in flat
    assert re.search(r"Chất lượng: hiện là 90, cần là 9[12](,\d+)?\. Khi đó: 9\d(,\d+)? điểm; xếp loại “Xuất sắc”\.", flat)


@pytest.mark.parametrize(("suffix", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG")])
def test_a_score_is_drawn(run, table, tmp_path, suffix, start):
    picture = tmp_path / f"diem.{suffix}"
    code, out, err = run("explain", *table, "--year", "2025", "--who", "CB02", "--picture", str(picture))
    assert code == 0, err
    assert picture.read_bytes().startswith(start)
    assert out.endswith(f"Biểu đồ: {picture}\n")
    assert "Mẫu" not in err


def test_a_set_without_points_has_no_picture_and_says_so(explain, tmp_path):
    code, out, err = explain("--who", "CB02", "--picture", str(tmp_path / "x.svg"))
    assert (code, out) == (1, "")
    assert "CL005" in err
    assert not (tmp_path / "x.svg").exists()


def test_somebody_who_is_not_there_is_bad_input_and_is_not_repeated(explain):
    code, out, err = explain("--who", "Trịnh Thị Không Có")
    assert (code, out) == (2, "")
    assert "Trịnh" not in err


def test_template_writes_the_sheet_of_an_award_list_where_it_is_asked_for(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = run("template", "--register")
    assert (code, out, err) == (0, "Biểu mẫu danh sách khen thưởng: mau-danh-sach-khen-thuong.xlsx\n", "")
    assert openpyxl.load_workbook(tmp_path / "mau-danh-sach-khen-thuong.xlsx").sheetnames[0] == "Danh sách khen thưởng"
    assert json.loads(run("template", "--register", "-o", "a.csv", "--lang", "en", "--json")[1]) == {"files": ["a.csv"]}
    assert (tmp_path / "a.csv").read_text(encoding="utf-8-sig").startswith("Year *,Unit code *,Person code *,Role *,Award,")
    code, out, err = run("measure", "mau-danh-sach-khen-thuong.xlsx")
    assert (code, out) == (2, "")
    assert "RG403" in err


@pytest.mark.parametrize(
    "arguments",
    [(), ("decree-91", "--register"), ("--register", "--year", "2025"), ("--register", "--giver", "self"), ("--register", "--award", "x")],
)
def test_template_is_of_nominees_or_of_an_award_list(run, arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = run("template", *arguments)
    assert (code, out) == (2, "")
    assert LINE.match(err.strip())
    assert "--register" in err
    assert list(tmp_path.iterdir()) == []
