from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

import numpy as np
import pytest

from simulator.errors import InputError
from simulator.indicators.register_findings import FileFindings
from simulator.widgets.codes import make_finding
from simulator.widgets.looks import Alarm
from simulator.widgets.workbench.uploads import LARGEST, Upload, Uploaded, on_disk, say_limits, told
from tests.widgets.workbench.handed_lists import handed


@pytest.fixture
def taken():
    files = []
    return Upload("Chọn tệp", "vi", Alarm("vi"), files.append), files


def test_a_file_is_taken_and_the_button_keeps_nothing_of_it(taken):
    upload, files = taken
    handed(upload, "ds.csv", b"a;b")
    assert [(file.kind, file.content) for file in files] == [(".csv", b"a;b")]
    assert [(file["name"], bytes(file["content"])) for file in upload.button.value] == [("", b"")]  # counted, and not kept
    assert upload.button.accept == ".xlsx,.csv"
    assert "ds" not in repr(files[0])


@pytest.mark.parametrize("name", ["../../etc/Nguyễn Văn A.CSV", "nhà\\Nguyễn Văn A.csv"])
def test_nothing_of_a_name_is_kept_but_how_it_ends(taken, name):
    upload, files = taken
    handed(upload, name, b"a" * 2000)
    assert vars(files[0]) == {"kind": ".csv", "content": b"a" * 2000}
    assert files[0].called("vi") == "tệp đã chọn (.csv, 2,0 KB)"
    assert files[0].called("vi", 1200) == "tệp đã chọn (.csv, 2,0 KB, đọc được 1.200 dòng)"
    assert Uploaded(".xlsx", bytes(3 * 2**20)).called("en") == "the chosen file (.xlsx, 3.0 MB)"
    assert Uploaded(".csv", bytes(42)).called("vi") == "tệp đã chọn (.csv, 42 byte)"


def test_an_ending_that_may_be_a_name_is_not_told(taken):
    upload, _ = taken
    handed(upload, "ho so.Nguyễn Văn A", b"a")
    assert "WG607" in upload.said.value
    assert "nguyễn" not in upload.said.value.lower()


@pytest.mark.parametrize("name", ["MẬT - ds.xlsx", "TUYỆT MẬT.csv"])
def test_a_file_whose_name_bears_a_stamp_of_secrecy_is_refused_at_once(taken, name):
    upload, files = taken
    handed(upload, name, b"a")
    assert files == []
    assert "WB510" in upload.said.value


@pytest.mark.parametrize("name", ["anh.png", "chay.exe", "khong-co-duoi", "ds.yaml"])
def test_another_kind_of_file_is_refused(taken, name):
    upload, files = taken
    handed(upload, name, b"a")
    assert files == []
    assert "WG607" in upload.said.value
    assert 'role="alert"' in upload.said.value


def test_a_workbook_with_macros_is_refused_by_its_ending_and_the_page_says_what_it_takes(taken):
    upload, files = taken
    handed(upload, "ds.xlsm", b"a")
    assert files == []
    assert "WB504" in upload.said.value
    assert upload.button.value == ()
    assert ".xlsx, .csv," in say_limits("vi")


def test_who_asked_is_told_that_a_file_is_refused():
    refused = []
    upload = Upload("Chọn tệp", "vi", Alarm("vi"), lambda _: None, lambda: refused.append(1))
    handed(upload, "ds.csv", b"a")
    assert refused == []
    handed(upload, "ds.png", b"a")
    assert refused == [1]


def test_a_file_that_is_too_large_is_refused_with_both_sizes(taken):
    upload, files = taken
    handed(upload, "ds.csv", bytes(LARGEST + 1))
    assert files == []
    assert "WG608" in upload.said.value
    assert "8,0 MB" in upload.said.value
    handed(upload, "ds.csv", bytes(LARGEST))
    assert len(files) == 1
    assert upload.said.value == ""


def refuse(path, places):
    places.append(path)
    raise InputError([make_finding("WG607", path.as_posix(), 3, found=path.as_posix(), expected="")])


def test_files_lie_in_a_folder_of_their_own_for_a_moment():
    with on_disk({"register": Uploaded(".xlsx", b"x"), "headcount": Uploaded(".csv", b"y")}) as lying:
        assert {button: path.name for button, path in lying.paths.items()} == {"register": "register.xlsx", "headcount": "headcount.csv"}
        assert [path.read_bytes() for path in lying.paths.values()] == [b"x", b"y"]
        folder = lying.paths["register"].parent
        assert folder.stat().st_mode & 0o077 == 0 or os.name == "nt"
    assert not folder.exists()


def test_findings_call_a_file_by_its_button():
    places = []
    with pytest.raises(InputError) as caught, on_disk({"register": Uploaded(".xlsx", b"x")}) as lying:
        refuse(lying.paths["register"], places)
    assert not places[0].parent.exists()
    finding = caught.value.findings[0]
    assert (finding.file, finding.line, finding.fields["found"]) == ("register", 3, "register")
    assert tempfile.gettempdir() not in finding.english
    assert caught.value.__suppress_context__


def test_findings_are_told_as_sentences_with_their_code_in_small_and_markup_is_shown():
    text = told([make_finding("WG607", "a", 1, found="<b>", expected=".csv")], "en")
    assert re.fullmatch(r'<div role="alert"><ul><li class="tieuchi-error">To mend\. .*&lt;b&gt;.* <small>\(WG607\)</small></li></ul></div>', text)
    assert "error:" not in text
    many = told([make_finding("WG609", "x", line) for line in range(1, 41)], "vi", is_alert=False)
    assert many.count("<li") == 31
    assert "10" in many.rsplit("<li>", 1)[1]
    assert 'role="status"' in many
    assert told([], "vi") == ""


def test_of_several_files_each_finding_names_its_own_and_the_line():
    findings = FileFindings("headcount", np.arange(2, 9))
    findings.report("RG436", 6, n="2")
    findings.report("RG411", 5)
    text = told(findings.findings, "vi", names={"register": "danh sách", "headcount": "bảng số người"})
    assert "Cần sửa. Bảng số người, dòng 5: Số người được khen trong danh sách nhiều hơn" in text
    assert '<li class="tieuchi-warning">Nên xem lại. Bảng số người, dòng 6: ' in text
    assert "Cần sửa. Dòng 5: Số người" in told(findings.findings, "vi")
    assert text.index("Cần sửa.") < text.index("Nên xem lại.")


def test_the_limits_are_said():
    assert "8 MB" in say_limits("vi")
    assert Path("x.csv").suffix in say_limits("en")


@pytest.mark.parametrize("name", ["~$danh sach.xlsx", ".~lock.danh sach.csv"])
def test_the_mark_of_a_workbook_that_is_open_is_told_to_be_one(taken, name):
    upload, files = taken
    handed(upload, name, bytes(165))
    assert files == []
    assert "<small>(WG627)</small>" in upload.said.value
    assert "lưu và đóng bảng tính" in upload.said.value
