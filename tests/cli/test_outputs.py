"""A file is whole or not there, and a place where nothing can be written is found before the work."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.cli.options import UsageError
from simulator.cli.outputs import CODES, check_folder, check_forms, check_not_input, make_folder, whole_file
from simulator.errors import InputError
from simulator.presentation.i18n import catalogue
from tests.writing_whole import leaves_the_old_file_and_nothing_else, takes_its_name_when_it_is_whole


def test_a_file_takes_its_name_when_it_is_whole(tmp_path):
    takes_its_name_when_it_is_whole(whole_file, tmp_path)


def test_a_file_that_fails_leaves_the_old_one_and_nothing_else(tmp_path):
    leaves_the_old_file_and_nothing_else(whole_file, tmp_path)


@pytest.mark.parametrize("name", ["missing/x.xlsx", "folder", "folder/x.xlsx/y.xlsx"])
def test_a_place_that_cannot_be_written_is_found_before_the_work(tmp_path, name):
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match=name.rsplit("/", maxsplit=1)[-1]) as refused, whole_file(tmp_path / name):
        pytest.fail("the work began")
    (finding,) = refused.value.findings
    assert finding.fields["reason"] == ("@not-a-file" if name == "folder" else "@no-such-folder")


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="CL015"):
        make_folder(tmp_path / "file" / "b")


def test_every_code_has_a_sentence():
    assert all(f"finding.{code}" in catalogue(lang) for code in CODES for lang in ("vi", "en"))


@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_stays_a_link_and_what_it_leads_to_is_written(tmp_path, is_there):
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "real.csv", tmp_path / "link.csv"
    if is_there:
        target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    with whole_file(link) as unfinished:
        unfinished.write_text("new", encoding="utf-8")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["link.csv", "real.csv", "there"]


def test_links_in_a_circle_are_refused(tmp_path):
    (tmp_path / "a.csv").symlink_to(tmp_path / "b.csv")
    (tmp_path / "b.csv").symlink_to(tmp_path / "a.csv")
    with pytest.raises(InputError, match="CL006"), whole_file(tmp_path / "a.csv"):
        pytest.fail("the work began")


def test_one_file_is_not_written_twice(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link.csv").symlink_to(tmp_path / "a.csv")
    check_not_input([Path("a.csv"), Path("b.csv")], [], "vi")
    for other in (Path("a.csv"), tmp_path / "a.csv", Path("link.csv")):
        with pytest.raises(UsageError, match="hai lần"):
            check_not_input([Path("a.csv"), other], [], "vi")


def test_only_forms_that_can_be_written_are_taken():
    check_forms([Path("a.XLSX"), Path("b.csv")], ("xlsx", "csv"), "vi")
    with pytest.raises(UsageError, match=r"c\.xls.*\.xlsx, \.csv"):
        check_forms([Path("c.xls")], ("xlsx", "csv"), "vi")


def test_the_roster_is_never_written_over(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    check_not_input([Path("out.xlsx")], [tmp_path / "in.xlsx"], "en")
    with pytest.raises(UsageError, match=r"in\.xlsx"):
        check_not_input([Path("in.xlsx")], [tmp_path / "in.xlsx"], "en")


def test_a_folder_is_tried_and_nothing_stays_behind(tmp_path):
    check_folder(tmp_path / "a" / "b")
    check_folder(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["file", "file/a/b"])
def test_a_file_in_the_way_of_a_folder_is_named(tmp_path, name):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for try_folder in (check_folder, make_folder):
        with pytest.raises(InputError) as refused:
            try_folder(tmp_path / name)
        (finding,) = refused.value.findings
        assert (finding.code, finding.file, finding.is_unreadable) == ("CL015", (tmp_path / "file").as_posix(), True)


def test_a_folder_that_may_not_be_written_says_why(tmp_path, monkeypatch):
    def refuse(*_args, **_how):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(InputError) as refused:
        check_folder(tmp_path)
    (finding,) = refused.value.findings
    assert (finding.code, finding.fields["reason"]) == ("CL006", "@no-permission")


def test_a_name_that_windows_keeps_for_itself_is_refused_in_words(tmp_path):
    for refuse in (
        lambda: whole_file(tmp_path / "nul.xlsx").__enter__(),
        lambda: make_folder(tmp_path / "con"),
        lambda: check_folder(tmp_path / "aux" / "reports"),
    ):
        with pytest.raises(InputError) as refused:
            refuse()
        assert [(finding.code, finding.fields["reason"]) for finding in refused.value.findings] == [("CL006", "@refused-name")]
    assert list(tmp_path.iterdir()) == []
