"""A file is whole or not there; what the program says of it is tested where it is said."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from simulator.errors import reason_of
from simulator.whole_files import check_name, is_refused_name, whole_file
from tests.writing_whole import leaves_the_old_file_and_nothing_else, takes_its_name_when_it_is_whole


def test_a_file_takes_its_name_when_it_is_whole(tmp_path):
    takes_its_name_when_it_is_whole(whole_file, tmp_path)


def test_with_an_ending_of_its_own_it_is_not_listed_among_files_of_the_wanted_one(tmp_path):
    with whole_file(tmp_path / "draft.yaml", ending=".unfinished") as unfinished:
        assert unfinished.exists()
        assert list(tmp_path.glob("*.yaml")) == []
    assert [path.name for path in tmp_path.iterdir()] == ["draft.yaml"]


def test_what_fails_leaves_the_old_file_and_nothing_else(tmp_path):
    leaves_the_old_file_and_nothing_else(whole_file, tmp_path)


def test_a_name_that_is_refused_at_the_end_leaves_nothing(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError), whole_file(tmp_path / "x.csv"):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("is_named", [False, True])
def test_a_disk_that_is_full_is_told_of_the_wanted_file(tmp_path, is_named):
    """Writing to an open file names none; opening another one names the file beside, which nobody asked for."""
    wanted = tmp_path / "x.csv"
    with pytest.raises(OSError, match="No space left") as full, whole_file(wanted) as unfinished:
        raise OSError(errno.ENOSPC, "No space left on device", *([str(unfinished)] if is_named else []))
    assert full.value.filename == str(wanted)
    assert list(tmp_path.iterdir()) == []


def test_what_is_wrong_with_another_file_is_told_of_that(tmp_path):
    with pytest.raises(FileNotFoundError) as missing, whole_file(tmp_path / "x.csv"):
        (tmp_path / "other.csv").read_text(encoding="utf-8")
    assert missing.value.filename == str(tmp_path / "other.csv")


@pytest.mark.parametrize(("name", "error"), [("missing/x.csv", FileNotFoundError), ("folder", IsADirectoryError)])
def test_a_place_that_cannot_be_written_is_found_before_the_work(tmp_path, name, error):
    (tmp_path / "folder").mkdir()
    with pytest.raises(error), whole_file(tmp_path / name):
        pytest.fail("the work began")
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"]


def test_who_takes_the_file_away_leaves_what_stood_there(tmp_path):
    wanted = tmp_path / "x.csv"
    wanted.write_text("old", encoding="utf-8")
    with whole_file(wanted) as unfinished:
        unfinished.unlink()
    assert wanted.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("name", ["con", "NUL", "com1.xlsx", "Lpt9.tar.gz", "aux .csv", "com¹", "CONIN$", "a.", "a ", "a.xlsx.", "...", " "])
def test_names_that_are_lost_on_windows_are_refused_before_anything_is_done(tmp_path, name):
    assert is_refused_name(name)
    with pytest.raises(OSError, match="Invalid argument") as refused, whole_file(tmp_path / "sub" / name):
        pytest.fail("the work began")
    assert reason_of(refused.value) == "@refused-name"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["console", "nullable.yaml", "com", "com10", "lpt", "a.con", "kết quả.xlsx", "..", ".", "", ".hidden", "a b.csv"])
def test_other_names_may_be_given(name):
    assert not is_refused_name(name)
    check_name(Path("folder") / name)
