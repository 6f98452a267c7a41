"""``diff``, ``export``, ``import`` and ``test-rules``: a draft compared, edited in Excel, and tested in the law's words."""

from __future__ import annotations

import json
import re
import shutil

import openpyxl
import pytest

LINE = re.compile(r"^[^:\n]+:\d+: [A-Z]{2}\d{3} (error|warning): \S.*$")
STACK = "decree-91+hanoi-letter-3959"


# --- diff ----------------------------------------------------------------------------------------------------------------


def test_diff_prints_the_table_and_writes_every_form(run, tmp_path):
    code, out, err = run("diff", "decree-91", STACK, "--to", "docx,xlsx, md", "-o", str(tmp_path / "so-sanh"))
    assert (code, err) == (0, "")
    written = sorted(path.name for path in (tmp_path / "so-sanh").iterdir())
    assert written == [f"decree-91--decree-91_hanoi-letter-3959.vi.{form}" for form in ("docx", "md", "xlsx")]
    assert all(name in out for name in written)
    assert all(path.stat().st_size > 0 for path in (tmp_path / "so-sanh").iterdir())


def test_diff_as_json_keeps_the_promised_shape(run):
    content = json.loads(run("diff", "decree-91", STACK, "--json")[1])
    assert (content["a"], content["b"]) == ("decree-91", STACK)
    assert content["rows"]
    assert all({"clause", "change", "current", "draft", "explanation", "source"} <= row.keys() for row in content["rows"])


def test_a_set_differs_in_nothing_from_itself(run):
    code, out, _ = run("diff", "decree-91", "decree-91", "--json")
    assert (code, json.loads(out)["rows"]) == (0, [])


def test_diff_of_what_is_not_there_is_bad_input_and_writes_nothing(run, tmp_path):
    code, out, err = run("diff", "decree-91", "no-such", "--to", "md", "-o", str(tmp_path))
    assert (code, out) == (2, "")
    assert LINE.match(err.strip())
    assert list(tmp_path.iterdir()) == []


# --- export and import ---------------------------------------------------------------------------------------------------


def test_an_untouched_workbook_is_the_identical_set(run, tmp_path):
    book, overlay = tmp_path / "bo.xlsx", tmp_path / "du-thao.yaml"
    assert run("export", "decree-91", "-o", str(book))[:2] == (0, f"Bảng tính: {book}\n")
    code, out, _ = run("import", str(book), "--base", "decree-91", "-o", str(overlay))
    assert code == 0
    assert "không có thay đổi nào" in out
    assert not overlay.exists()
    assert json.loads(run("import", str(book), "--base", "decree-91", "-o", str(overlay), "--json")[1]) == {
        "files": [],
        "changed": [],
        "findings": [],
    }


def test_what_is_wrong_with_the_draft_is_told_at_its_file_and_fails(run, tmp_path):
    book, overlay = tmp_path / "bo.xlsx", tmp_path / "du-thao.yaml"
    run("export", "decree-91", "-o", str(book))
    edited = openpyxl.load_workbook(book)
    for row in edited["Điều khoản"].iter_rows(2):
        if (row[0].value, row[1].value) == ("chien-si-thi-dua-co-so.quota", "share"):
            row[3].value = 40
        if (row[0].value, row[1].value) == ("lao-dong-tien-tien.minimum-service", "requires.at_least"):
            row[3].value = 11
    edited["Thông tin"]["C7"], edited["Thông tin"]["C8"] = "Vì vậy", "Therefore"
    edited.save(book)
    code, out, err = run("import", str(book), "--base", "decree-91", "-o", str(overlay))
    assert code == 1
    assert overlay.exists()
    assert str(overlay) in out
    lines = err.splitlines()
    assert all(line.startswith(f"{overlay.as_posix()}:") for line in lines)
    assert {line.split(": ")[1].split()[0] for line in lines} >= {"RL307", "RL325", "RL380"}


def test_a_workbook_of_another_set_is_refused(run, tmp_path):
    run("export", "law-2022", "-o", str(tmp_path / "bo.xlsx"))
    code, out, err = run("import", str(tmp_path / "bo.xlsx"), "--base", "decree-91", "-o", str(tmp_path / "x.yaml"))
    assert (code, out) == (2, "")
    assert LINE.match(err.splitlines()[0])
    assert not (tmp_path / "x.yaml").exists()


def test_what_is_no_workbook_is_bad_input(run, tmp_path):
    (tmp_path / "bo.xlsx").write_text("no workbook", encoding="utf-8")
    code, out, err = run("import", str(tmp_path / "bo.xlsx"), "--base", "decree-91", "-o", str(tmp_path / "x.yaml"))
    assert (code, out) == (2, "")
    assert all(LINE.match(line) for line in err.splitlines())


def test_an_export_is_a_workbook_excel_opens(run, tmp_path):
    run("export", "decree-91", "-o", str(tmp_path / "bo.xlsx"), "--lang", "en")
    assert len(openpyxl.load_workbook(tmp_path / "bo.xlsx").sheetnames) >= 2


# --- test-rules ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def case_file(root, tmp_path):
    path = tmp_path / "decree-91.yaml"
    shutil.copy(root / "tests" / "law" / "decree-91.yaml", path)
    return path


def test_cases_that_hold_are_counted(run, case_file):
    code, out, err = run("test-rules", str(case_file))
    assert (code, err) == (0, "")
    assert re.fullmatch(r"(\d+)/\1 tình huống cho kết quả đúng như mong đợi\.\n", out)


def test_a_case_that_does_not_hold_is_a_finding(run, case_file):
    text = case_file.read_text(encoding="utf-8")
    case_file.write_text(text.replace("eligible: true", "eligible: false", 1), encoding="utf-8")
    code, out, _ = run("test-rules", str(case_file))
    assert code == 1
    *findings, counted = out.splitlines()
    assert len(findings) == 1
    assert all(LINE.match(line) for line in findings)
    assert not re.match(r"(\d+)/\1 ", counted)
    content = json.loads(run("test-rules", str(case_file), "--json")[1])
    assert content["failing"] == 1
    assert all({"file", "line", "says", "holds", "checks"} <= case.keys() for case in content["cases"])


def test_a_file_that_cannot_be_read_is_bad_input(run, case_file):
    case_file.write_text("set: decree-91\ncases: [", encoding="utf-8")
    code, _, err = run("test-rules", str(case_file))
    assert code == 2
    assert all(LINE.match(line) for line in err.splitlines())


def test_a_workspace_without_cases_says_so(run):
    code, out, err = run("test-rules")
    assert (code, out) == (2, "")
    assert "tests/law" in err
