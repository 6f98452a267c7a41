from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from simulator.errors import InputError
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
    assert [(file.name, file.content) for file in files] == [("ds.csv", b"a;b")]
    assert [(file["name"], bytes(file["content"])) for file in upload.button.value] == [("", b"")]  # counted, and not kept
    assert upload.button.accept == ".xlsx,.csv"
    assert "ds" not in repr(files[0])


@pytest.mark.parametrize(("name", "shown"), [("../../etc/ds.csv", "ds.csv"), ("nhà\\ds.csv", "ds.csv")])
def test_of_a_path_only_the_name_counts(taken, name, shown):
    upload, files = taken
    handed(upload, name, b"a")
    assert files[0].name == shown


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


def refuse(place, found):
    raise InputError([make_finding("WG607", place, 3, found=found, expected="")])


def test_files_lie_in_a_folder_of_their_own_for_a_moment():
    with on_disk(None, Uploaded("MẬT <b>:?.xlsx", b"x"), Uploaded("other.csv", b"y")) as lying:
        none, path, other = lying.paths
        assert none is None
        assert (path.read_bytes(), other.read_bytes()) == (b"x", b"y")
        assert path.name == "_MẬT _b___.xlsx"
        folder = path.parents[1]
        assert folder == other.parents[1]
        assert folder.stat().st_mode & 0o077 == 0 or os.name == "nt"
    assert not folder.exists()


def test_findings_call_a_file_by_its_name():
    places = []
    with pytest.raises(InputError) as caught, on_disk(Uploaded("ds <b>.xlsx", b"x")) as lying:
        refuse(places.append(lying.paths[0]) or lying.paths[0].as_posix(), lying.paths[0].as_posix())
    assert not places[0].parents[1].exists()
    finding = caught.value.findings[0]
    assert (finding.file, finding.line, finding.fields["found"]) == ("ds <b>.xlsx", 3, "ds <b>.xlsx")
    assert tempfile.gettempdir() not in finding.english
    assert caught.value.__suppress_context__


def test_findings_are_told_as_the_program_prints_them_and_markup_is_shown():
    text = told([make_finding("WG607", "<b>.png", 1, found=".png", expected=".csv")], "en")
    assert "&lt;b&gt;.png:1: WG607 error: " in text
    many = told([make_finding("WG609", "x", line) for line in range(1, 41)], "vi", is_alert=False)
    assert many.count("<li") == 31
    assert "10" in many.rsplit("<li>", 1)[1]
    assert 'role="status"' in many
    assert told([], "vi") == ""


def test_the_limits_are_said():
    assert "8 MB" in say_limits("vi")
    assert Path("x.csv").suffix in say_limits("en")
