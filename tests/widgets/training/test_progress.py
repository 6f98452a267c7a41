from __future__ import annotations

import json

import pytest

from simulator.errors import InputError
from simulator.presentation.i18n import describe
from simulator.widgets.training.marking import Answers
from simulator.widgets.training.progress import MOST_BYTES, Progress, Shelf, read_progress, write_progress
from simulator.widgets.training.work import Work
from simulator.widgets.work_codes import new_code
from simulator.workspace import Workspace

WORKS = {
    "quota-of-six": Work("less", True, {"rounding": "systematic", "people": 6}, 3, True, "rounding-is-rule", 1),
    "cooling-off": Work("more", True),
}
DONE = Progress(WORKS)


def code_of(problem):
    return problem.value.findings[0].code


def test_work_is_read_as_it_was_written():
    assert read_progress(write_progress(DONE)) == DONE


def test_what_was_marked_in_common_is_kept_unfinished():
    marked = Progress(WORKS, Answers(7).with_rating("t3", 4).with_marks("h2", {"results": 1, "initiative": 2, "scope": 3, "conduct": 4}))
    assert read_progress(write_progress(marked)) == marked


def test_nobody_is_named_in_it():
    assert set(json.loads(write_progress(DONE))) == {"form", "version", "exercises"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[" * 50_000,
        b'{"form": "other", "version": 1, "exercises": {}}',
        b'{"form": "tieuchi-training-work", "version": 1, "exercises": {}, "name": "A"}',
        b'{"form": "tieuchi-training-work", "version": 1, "exercises": {"cooling-off": {"tries": -1}}}',
        b'{"form": "tieuchi-training-work", "version": 1, "exercises": {"cooling-off": {"prediction": "perhaps"}}}',
        b'{"form": "tieuchi-training-work", "version": 1, "exercises": {"cooling-off": {"setting": {"rest": 99}}}}',
        b'{"form": "tieuchi-training-work", "version": 1, "exercises": {"cooling-off": {"setting": {"other": 1}}}}',
        b'{"form": "tieuchi-training-work", "version": 1, "exercises": {"cooling-off": {"answer": "<script>"}}}',
        b'{"form": "tieuchi-training-work", "version": 1, "exercises": {}, "marking": {"seed": 1, "marks": {}, "ratings": {"t77": 1}}}',
    ],
)
def test_whatever_is_no_work_is_refused(content):
    with pytest.raises(InputError) as problem:
        read_progress(content)
    assert code_of(problem) == "WG611"


def test_what_is_too_large_is_not_even_read():
    with pytest.raises(InputError) as problem:
        read_progress(b" " * (MOST_BYTES + 1))
    assert code_of(problem) == "WG612"


def test_an_exercise_nobody_knows_is_left_aside():
    assert read_progress(write_progress(Progress({**WORKS, "gone": Work()}))) == DONE


def test_work_is_opened_by_its_code_and_by_no_other(tmp_path):
    shelf, code = Shelf(Workspace(tmp_path)), new_code()
    shelf.keep(code, DONE)
    assert shelf.open(code) == DONE
    for other in (new_code(), "", "../../../etc/passwd", code.upper()):
        with pytest.raises(InputError) as problem:
            shelf.open(other)
        assert code_of(problem) == "WG613"
    assert [path.name for path in shelf.folder.iterdir()] == [f"{code}.json"]


def test_a_code_leads_nowhere_outside_the_folder(tmp_path):
    shelf = Shelf(Workspace(tmp_path))
    shelf.keep(new_code(), DONE)
    (shelf.folder.parent / "elsewhere.json").write_bytes(write_progress(DONE))
    with pytest.raises(InputError) as problem:
        shelf.open("../elsewhere")
    assert code_of(problem) == "WG613"


def test_a_workspace_that_is_only_read_keeps_nothing(tmp_path):
    shelf = Shelf(Workspace(tmp_path, is_shipped=True))
    shelf.keep(new_code(), DONE)
    assert shelf.folder is None
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "reports").write_text("no folder", encoding="utf-8")
    with pytest.raises(InputError) as problem:
        Shelf(Workspace(tmp_path)).keep(new_code(), DONE)
    assert code_of(problem) == "WG614"


def test_codes_differ_and_are_easily_read():
    codes = {new_code() for _ in range(100)}
    assert len(codes) == 100
    assert not set("".join(codes)) & set("01ilo")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff\xfe", "không đọc được nội dung"),
        (b'{"form": "other"}', "nội dung không đúng mẫu"),
        (
            b'{"form": "tieuchi-training-work", "version": 1, "exercises": {"cooling-off": {"setting": {"rest": 99}}}}',
            "mức điều chỉnh mà bài không có",
        ),
    ],
)
def test_why_it_is_refused_is_said_in_words(content, told):
    with pytest.raises(InputError) as problem:
        read_progress(content)
    said = describe(problem.value.findings[0], "vi")
    assert told in said
    assert "cooling-off" not in said
