from __future__ import annotations

import json

import pytest

from simulator.widgets.served import OLD_VARIABLE
from simulator.widgets.serving import copies
from simulator.widgets.serving.copies import RECORD, LookedAfter, copy_missing, look_after, tell_of_copies
from simulator.widgets.serving.lab import furnish
from simulator.workspace import Workspace, shipped_workspace


def notebook(source, outputs=()):
    cell = {"cell_type": "code", "source": source, "outputs": list(outputs), "metadata": {}, "execution_count": None}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def folders(tmp_path):
    """The notebooks of a program, and copies of them made by it."""
    ours, theirs = tmp_path / "program", tmp_path / "place" / "notebooks"
    (ours / "examples").mkdir(parents=True)
    (ours / "a.ipynb").write_text(notebook("first"), encoding="utf-8")
    (ours / "examples" / "list.csv").write_text("1", encoding="utf-8")
    copy_missing(ours, theirs)
    return ours, theirs


def test_copies_of_this_version_are_left_alone_also_when_somebody_works_in_them(folders):
    ours, theirs = folders
    assert look_after(ours, theirs) == LookedAfter()
    (theirs / "a.ipynb").write_text(notebook("my own"), encoding="utf-8")
    assert look_after(ours, theirs) == LookedAfter()
    assert "my own" in (theirs / "a.ipynb").read_text(encoding="utf-8")


def test_copies_nobody_has_touched_are_renewed_once(folders):
    ours, theirs = folders
    (ours / "a.ipynb").write_text(notebook("second"), encoding="utf-8")
    (ours / "examples" / "list.csv").write_text("2", encoding="utf-8")
    assert look_after(ours, theirs) == LookedAfter(renewed=("a.ipynb", "examples/list.csv"))
    assert (theirs / "a.ipynb").read_bytes() == (ours / "a.ipynb").read_bytes()
    assert look_after(ours, theirs) == LookedAfter()


@pytest.mark.parametrize("changed", [notebook("my own"), notebook("first", [{"output_type": "stream", "text": "what I found"}])])
def test_an_old_copy_somebody_has_worked_in_stays_and_is_told_every_time(folders, changed):
    ours, theirs = folders
    (theirs / "a.ipynb").write_text(changed, encoding="utf-8")
    (ours / "a.ipynb").write_text(notebook("second"), encoding="utf-8")
    for _ in range(2):
        assert look_after(ours, theirs) == LookedAfter(old=("a.ipynb",))
    assert (theirs / "a.ipynb").read_text(encoding="utf-8") == changed


@pytest.mark.parametrize("record", [None, "", "[1]", "{"])
def test_of_a_copy_without_a_record_only_what_it_says_counts(folders, record):
    ours, theirs = folders
    (theirs / RECORD).unlink()
    if record is not None:
        (theirs / RECORD).write_text(record, encoding="utf-8")
    (theirs / "a.ipynb").write_text(notebook("first", [{"output_type": "stream", "text": "run"}]), encoding="utf-8")
    assert look_after(ours, theirs) == LookedAfter()
    (ours / "a.ipynb").write_text(notebook("second"), encoding="utf-8")
    assert look_after(ours, theirs).old == ("a.ipynb",)


def test_an_old_copy_from_before_there_were_records_is_told(folders):
    ours, theirs = folders
    (theirs / RECORD).unlink()
    (theirs / "a.ipynb").write_text("no notebook", encoding="utf-8")
    assert look_after(ours, theirs).old == ("a.ipynb",)


def test_what_was_taken_away_stays_away_and_no_folder_is_made(folders, tmp_path):
    ours, theirs = folders
    (theirs / "a.ipynb").unlink()
    (ours / "a.ipynb").write_text(notebook("second"), encoding="utf-8")
    assert look_after(ours, theirs) == LookedAfter()
    assert not (theirs / "a.ipynb").exists()
    assert look_after(ours, tmp_path / "nowhere") == LookedAfter()
    assert not (tmp_path / "nowhere").exists()
    assert look_after(ours, ours) == LookedAfter()
    assert not (ours / RECORD).exists()


def test_where_nothing_may_be_written_an_old_copy_is_told(folders, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError

    ours, theirs = folders
    (ours / "a.ipynb").write_text(notebook("second"), encoding="utf-8")
    monkeypatch.setattr(copies, "whole_file", refuse)
    assert look_after(ours, theirs) == LookedAfter(old=("a.ipynb",))
    assert "first" in (theirs / "a.ipynb").read_text(encoding="utf-8")


def test_it_is_said_in_the_terminal_and_to_the_pages(tmp_path, capsys):
    place = Workspace(tmp_path)
    furnish(place)
    capsys.readouterr()
    assert tell_of_copies(place, "vi") == {OLD_VARIABLE: ""}
    assert capsys.readouterr().err == ""
    (tmp_path / "notebooks" / RECORD).unlink()
    (tmp_path / "notebooks" / "training.ipynb").write_text(notebook("old"), encoding="utf-8")
    assert tell_of_copies(place, "vi") == {OLD_VARIABLE: "training.ipynb"}
    told = capsys.readouterr().err
    assert "có thể là bản cũ: training.ipynb" in told
    assert str(tmp_path) not in told
    assert tell_of_copies(shipped_workspace(), "vi") == {OLD_VARIABLE: ""}
