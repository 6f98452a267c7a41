from __future__ import annotations

import os
import signal
import tempfile
import threading
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.experiments.execution.processes import Processes
from simulator.reporting import batch
from simulator.reporting.batch import Job, publish_batch
from tests.experiments.crew import Here
from tests.reporting.batch_jobs import (
    NAME_OF_A_PERSON,
    die,
    die_once,
    fail,
    fill_the_disk,
    interrupt_then_wait,
    refuse,
    say_where,
    slow,
    stumble,
    wait_for,
    write,
)


@pytest.fixture
def _here(monkeypatch):
    """Let reports be made where a test is, where it is about what becomes of them; starting a process takes most of a second."""
    monkeypatch.setattr(batch, "Processes", Here)
    monkeypatch.setattr(tempfile, "tempdir", tempfile.tempdir)  # which is set where a report is made


@pytest.fixture(scope="module")
def crew():
    """Give two processes."""
    with Processes(2) as crew:
        yield crew


@pytest.fixture
def _there(monkeypatch, crew):
    """Let reports be made in processes that all of this file's tests share that leave them alive."""
    monkeypatch.setattr(batch, "Processes", lambda _n_workers: nullcontext(crew))


def everything_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def codes(outcomes):
    return [outcome.failure[0].code if outcome.failure else "" for outcome in outcomes]


@pytest.mark.usefixtures("_there")
def test_each_report_goes_to_its_folder_and_the_list_keeps_the_order_asked_for(tmp_path):
    told = []
    jobs = [Job("b", slow), Job("a", partial(write, title="Kịch bản A")), Job("c", write)]
    outcomes = publish_batch(jobs, tmp_path / "out", workers=2, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert [outcome.name for outcome in outcomes] == ["b", "a", "c"]
    assert outcomes[1].published.title == "Kịch bản A"
    assert outcomes[1].published.files == (tmp_path / "out/a/report.vi.html", tmp_path / "out/a/comparison.json")
    beside = [f"{name}{file}" for name in "abc" for file in ("", "/comparison.json", "/report.vi.html")]
    assert everything_in(tmp_path / "out") == [*beside, "index.vi.html"]
    page = (tmp_path / "out" / "index.vi.html").read_text(encoding="utf-8")
    assert page.index('href="b/report.vi.html"') < page.index('href="a/report.vi.html"') < page.index('href="c/report.vi.html"')


@pytest.mark.usefixtures("_there")
def test_one_that_fails_stops_no_other_and_leaves_nothing(tmp_path):
    jobs = [Job("r", refuse), Job("a", write), Job("f", fail), Job("s", stumble), Job("d", fill_the_disk), Job("z", write)]
    outcomes = publish_batch(jobs, tmp_path, workers=2)
    assert codes(outcomes) == ["RP107", "", "RP201", "RP209", "CL002", ""]
    assert [outcome.published is None for outcome in outcomes] == [True, False, True, True, True, False]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "index.vi.html", "z"]
    page = (tmp_path / "index.vi.html").read_text(encoding="utf-8")
    assert NAME_OF_A_PERSON not in page
    assert "Traceback" not in page
    assert "nosuch" in page


def test_one_whose_process_dies_is_found_and_those_beside_it_are_written(tmp_path):
    mark = tmp_path / "mark"
    jobs = [Job("good", slow), Job("bad", die), Job("unlucky", partial(die_once, mark)), Job("last", write)]
    outcomes = publish_batch(jobs, tmp_path / "out", workers=2)
    assert codes(outcomes) == ["", "RP208", "", ""]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["good", "index.vi.html", "last", "unlucky"]


@pytest.mark.usefixtures("_here")
def test_what_was_there_stays_where_there_is_nothing_new(tmp_path):
    for name in ("a", "f"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "report.vi.html").write_text("cũ", encoding="utf-8")
        (tmp_path / name / "report.en.html").write_text("old", encoding="utf-8")
    publish_batch([Job("a", write), Job("f", fail)], tmp_path)
    read = {path.relative_to(tmp_path).as_posix(): path.read_text(encoding="utf-8") for path in tmp_path.glob("*/*.html")}
    assert read == {"a/report.vi.html": "mới", "a/report.en.html": "old", "f/report.vi.html": "cũ", "f/report.en.html": "old"}


@pytest.mark.usefixtures("_here")
def test_what_cannot_be_put_up_is_a_failure_of_that_report_alone(tmp_path):
    (tmp_path / "a").write_text("a file in the way", encoding="utf-8")
    assert codes(publish_batch([Job("a", write), Job("b", write)], tmp_path)) == ["CL002", ""]


@pytest.mark.usefixtures("_there")
def test_what_a_report_leaves_in_passing_is_inside_the_folder_and_gone_afterwards(tmp_path):
    outcome = publish_batch([Job("a", say_where)], tmp_path / "out")[0]
    scratch = Path(outcome.published.files[0].read_text(encoding="utf-8"))
    assert scratch.parent == tmp_path / "out"
    assert not scratch.exists()


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="interrupts are sent as on POSIX")
@pytest.mark.parametrize("before", [pytest.param("", marks=pytest.mark.deep), "the old list"])
def test_an_interrupt_keeps_what_is_finished_and_the_old_list(tmp_path, before):
    folder = tmp_path / "out"
    if before:
        folder.mkdir()
        (folder / "index.vi.html").write_text(before, encoding="utf-8")
    stop = partial(wait_for, folder / "a" / "report.vi.html", partial(interrupt_then_wait, os.getpid()))
    jobs = [Job("a", write), Job("b", stop), Job("c", partial(wait_for, tmp_path / "never", write))]
    with pytest.raises(KeyboardInterrupt):
        publish_batch(jobs, folder, workers=2)
    assert everything_in(folder) == ["a", "a/comparison.json", "a/report.vi.html", *(["index.vi.html"] if before else [])]
    assert not before or (folder / "index.vi.html").read_text(encoding="utf-8") == before


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="interrupts are sent as on POSIX")
def test_an_interrupt_before_anything_is_finished_leaves_no_folder(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        publish_batch([Job("a", partial(interrupt_then_wait, os.getpid()))], tmp_path / "far" / "out")
    assert everything_in(tmp_path) == []


@pytest.mark.usefixtures("_here")
def test_an_interrupt_in_the_middle_of_putting_up_comes_after_it(tmp_path, monkeypatch):
    replace, calls = Path.replace, []

    def interrupted_once(path, target):
        result = replace(path, target)
        calls.append(path.name)
        if len(calls) == 1 and threading.current_thread() is threading.main_thread():
            raise KeyboardInterrupt
        return result

    monkeypatch.setattr(Path, "replace", interrupted_once)
    with pytest.raises(KeyboardInterrupt):
        publish_batch([Job("a", write)], tmp_path)
    assert everything_in(tmp_path) == ["a", "a/comparison.json", "a/report.vi.html"]


@pytest.mark.parametrize(("names", "code"), [(["Hà-Nội", "x", "hà-nội"], "RP108"), (["e\u0302", "ê"], "RP108"), (["a", "a"], "RP110")])
def test_names_that_would_be_one_folder_are_refused_before_anything_is_made(tmp_path, names, code):
    with pytest.raises(InputError) as caught:
        publish_batch([Job(name, write) for name in names], tmp_path / "out")
    assert [finding.code for finding in caught.value.findings] == [code]
    assert names[0] in (caught.value.findings[0].fields[field] for field in ("found", "other") if field in caught.value.findings[0].fields)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a/b", "a\\b", "c:d", "con", "NUL.txt", "Com1", "x.", "x ", ".x", "a\nb", "x" * 101, "index.vi.html"]
)
def test_names_that_are_no_folder_on_every_system_are_refused(tmp_path, name):
    with pytest.raises(InputError) as caught:
        publish_batch([Job("good", write), Job(name, write)], tmp_path / "out", lang="vi")
    assert [finding.code for finding in caught.value.findings] == ["RP108" if name.startswith("index") else "RP109"]
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("_here")
def test_usual_names_are_fine(tmp_path):
    names = ["hanoi-2021", "decree-91+hanoi-plan-115", "danh sách 2024", "console", "aux-1"]
    publish_batch([Job(name, write) for name in names], tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*names, "index.vi.html"])
