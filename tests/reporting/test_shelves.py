from __future__ import annotations

import errno
import os
import shutil
import time
from pathlib import Path

import pytest

from simulator.reporting.shelves import put_up, scratch_beside

OLD = {"a": "old a", "in/b": "old b", "other": "kept"}
NEW = {"a": "new a", "in/b": "new b", "in/c": "new c"}


def fill(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def everything_in(folder):
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def refusing(monkeypatch):
    """Let the system refuse to replace a file of this name, as Windows does while it is open in Word."""

    def refuse(name):
        replace = Path.replace

        def replace_or_refuse(path, target):
            if path.name == name:
                raise PermissionError(errno.EACCES, "Permission denied", str(path), None, str(target))
            return replace(path, target)

        monkeypatch.setattr(Path, "replace", replace_or_refuse)

    return refuse


def test_new_files_replace_old_ones_and_let_others_be(tmp_path):
    shelf = fill(tmp_path / "shelf", OLD)
    put_up(fill(tmp_path / "made", NEW), shelf)
    assert everything_in(shelf) == {**OLD, **NEW}


@pytest.mark.parametrize("old", [OLD, {"a": "old a"}, {}])
@pytest.mark.parametrize("name", ["b", "c"])
def test_a_file_that_cannot_be_replaced_leaves_all_as_it_was(tmp_path, refusing, old, name):
    shelf = fill(tmp_path / "shelf", old)
    made = fill(tmp_path / "made", NEW)
    refusing(name)
    with pytest.raises(PermissionError) as caught:
        put_up(made, shelf)
    assert everything_in(shelf) == old
    assert Path(caught.value.filename) == shelf / "in" / name


def test_a_folder_in_the_way_leaves_all_as_it_was(tmp_path):
    shelf = fill(tmp_path / "shelf", {"a": "old a", "in/c/x": "in the way"})
    with pytest.raises(OSError, match="c"):
        put_up(fill(tmp_path / "made", NEW), shelf)
    assert everything_in(shelf) == {"a": "old a", "in/c/x": "in the way"}


def test_a_disk_that_is_full_when_old_files_are_kept_leaves_all_as_it_was(tmp_path, monkeypatch):
    shelf, made = fill(tmp_path / "shelf", OLD), fill(tmp_path / "made", NEW)

    def full(*_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copy2", full)
    with pytest.raises(OSError, match="No space left"):
        put_up(made, shelf)
    assert everything_in(shelf) == OLD


def test_an_interrupt_in_the_middle_comes_after_all_files_are_up(tmp_path, monkeypatch):
    shelf, made, replace, moved = fill(tmp_path / "shelf", OLD), fill(tmp_path / "made", NEW), Path.replace, []

    def interrupted_once(path, target):
        moved.append(path.name)
        result = replace(path, target)
        if len(moved) == 1:
            raise KeyboardInterrupt
        return result

    monkeypatch.setattr(Path, "replace", interrupted_once)
    with pytest.raises(KeyboardInterrupt):
        put_up(made, shelf)
    assert everything_in(shelf) == {**OLD, **NEW}


def test_a_place_that_can_be_no_folder_is_refused_and_nothing_made_for_it_stays(tmp_path):
    (tmp_path / "a").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(OSError, match="a"):
        put_up(fill(tmp_path / "made", NEW), tmp_path / "a" / "b")
    assert (tmp_path / "a").read_text(encoding="utf-8") == "a file in the way"


def test_a_scratch_folder_goes_with_what_is_in_it_and_with_the_folders_made_for_it(tmp_path):
    with scratch_beside(tmp_path / "far" / "out") as scratch:
        fill(scratch, NEW)
        assert scratch.parent == tmp_path / "far" / "out"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "inside", "told"),
    [(errno.ENOSPC, None, ""), (errno.ENOSPC, "en/report.html", "en/report.html"), (errno.ENOMEM, None, None)],
)
def test_what_could_not_be_written_is_called_by_the_place_it_was_made_for(tmp_path, number, inside, told):
    folder = tmp_path / "out"
    with pytest.raises(OSError, match="full") as full, scratch_beside(folder) as scratch:
        raise OSError(number, "full", *([] if inside is None else [str(scratch / inside)]))
    assert full.value.filename == (None if told is None else str(folder / told))


def test_a_folder_that_was_there_stays_though_it_is_empty(tmp_path):
    (tmp_path / "out").mkdir()
    with pytest.raises(KeyboardInterrupt), scratch_beside(tmp_path / "out"):
        raise KeyboardInterrupt
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_the_scratch_folder_that_a_killed_program_left_is_swept_up_and_nothing_else(tmp_path):
    stays = {".unfinished-by-hand", ".unfinished-newer000", ".unfinished-inside00", ".unfinished-before00", ".unfinished-file0000", "empty"}
    goes = {".unfinished-abcd_123", ".unfinished-full0000"}
    for name in (stays | goes) - {".unfinished-file0000"}:
        (tmp_path / name).mkdir()
    (tmp_path / ".unfinished-file0000").touch()
    (tmp_path / ".unfinished-before00" / ".before").mkdir()
    for name in (".unfinished-full0000/report.vi.html", ".unfinished-inside00/report.vi.html", ".unfinished-before00/.before/0"):
        (tmp_path / name).touch()
    young = {tmp_path / ".unfinished-newer000", tmp_path / ".unfinished-inside00" / "report.vi.html"}
    for path in sorted(tmp_path.rglob("*"), reverse=True):
        if path not in young:
            os.utime(path, (time.time() - 3700,) * 2)
    with scratch_beside(tmp_path):
        pass
    assert {path.name for path in tmp_path.iterdir()} == stays
