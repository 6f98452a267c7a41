"""A file is whole or not there, and a place where nothing can be written is found before the work."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.cli.options import UsageError
from simulator.cli.outputs import check_forms, check_not_input, whole_file


def test_a_file_takes_its_name_when_it_is_whole(tmp_path):
    wanted = tmp_path / "kết quả.xlsx"
    wanted.write_text("old", encoding="utf-8")
    with whole_file(wanted) as unfinished:
        assert unfinished.parent == tmp_path
        assert unfinished.suffix == ".xlsx"
        unfinished.write_text("new", encoding="utf-8")
        assert wanted.read_text(encoding="utf-8") == "old"
    assert wanted.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [wanted]


def test_a_file_that_fails_leaves_the_old_one_and_nothing_else(tmp_path):
    wanted = tmp_path / "x.csv"
    wanted.write_text("old", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError), whole_file(wanted) as unfinished:
        unfinished.write_text("half " * 10000 + "\ud800", encoding="utf-8")
    assert wanted.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [wanted]


@pytest.mark.parametrize("name", ["missing/x.xlsx", "folder", "folder/x.xlsx/y.xlsx"])
def test_a_place_that_cannot_be_written_is_found_before_the_work(tmp_path, name):
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match=name.rsplit("/", maxsplit=1)[-1]), whole_file(tmp_path / name):
        pytest.fail("the work began")


def test_only_forms_that_can_be_written_are_taken():
    check_forms([Path("a.XLSX"), Path("b.csv")], ("xlsx", "csv"), "vi")
    with pytest.raises(UsageError, match=r"c\.xls.*\.xlsx, \.csv"):
        check_forms([Path("c.xls")], ("xlsx", "csv"), "vi")


def test_the_roster_is_never_written_over(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    check_not_input([Path("out.xlsx")], [tmp_path / "in.xlsx"], "en")
    with pytest.raises(UsageError, match=r"in\.xlsx"):
        check_not_input([Path("in.xlsx")], [tmp_path / "in.xlsx"], "en")
