from __future__ import annotations

import io
import re
import sys

import pytest
import typer

from simulator.errors import Finding, InputError, RunError, Severity, TieuchiError
from simulator.presentation import terminal
from simulator.presentation.terminal import error_findings, finding_line, follow_progress, say, say_findings, speak_utf8, word_progress

LINE = re.compile(r"^[^:\n]+:\d+: [A-Z]{2}\d{3} (error|warning): .+$")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_log_gets_a_line_each_tenth(capsys):
    progress = follow_progress("vi")
    for done in range(1, 101):
        progress(done, 100)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 10
    assert lines[-1] == "Mô phỏng: 100/100 lượt"


def test_a_terminal_gets_one_running_line(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    progress = follow_progress("en")
    progress(1, 2)
    progress(2, 2)
    assert sys.stderr.getvalue() == "\rSimulating: 1/2 replications\rSimulating: 2/2 replications\n"


class Clock:
    """A clock that is put forward by hand."""

    def __init__(self, monkeypatch):
        self.now = 1000.0
        monkeypatch.setattr(terminal.time, "monotonic", lambda: self.now)


@pytest.mark.parametrize(
    ("seconds", "left"),
    [(2, "còn khoảng 20 giây"), (9.7, "còn khoảng 90 giây"), (12, "còn khoảng 2 phút"), (60, "còn khoảng 9 phút"), (1600, "còn khoảng 4 giờ")],
)
def test_how_long_the_rest_takes_is_told_from_what_was_done(monkeypatch, capsys, seconds, left):
    clock = Clock(monkeypatch)
    progress = follow_progress("vi")
    clock.now += seconds
    progress(1, 10)
    assert capsys.readouterr().err == f"Mô phỏng: 1/10 lượt, {left}\n"


def test_a_page_is_given_the_same_words_and_none_for_what_is_soon_over(monkeypatch):
    clock = Clock(monkeypatch)
    word = word_progress("vi", "workbench.attribution.working")
    patient = word_progress("vi", "cli.progress.measuring", is_patient=True)
    assert (word(0, 8), patient(0, 26)) == ("", "")
    clock.now += 0.01
    assert patient(1, 26) == ""
    clock.now += 9
    assert word(2, 8) == "Đang tính: xong 2 trên 8 lượt mô phỏng, còn khoảng 30 giây"
    assert patient(2, 26) == "Đo danh sách: 2/26 nhóm chỉ số, còn khoảng 2 phút"
    assert word(8, 8) == "Đang tính: xong 8 trên 8 lượt mô phỏng."


def test_what_was_ready_says_nothing_of_the_rest_and_each_piece_of_work_begins_anew(monkeypatch, capsys):
    clock = Clock(monkeypatch)
    progress = follow_progress("en")
    for forward, done, total in ((5, 8, 10), (30, 9, 10), (30, 10, 10), (100, 1, 4), (100, 2, 4), (0, 50, 100), (1, 51, 100), (1, 60, 100)):
        clock.now += forward
        progress(done, total)
    told = [line.partition(", about ")[2] for line in capsys.readouterr().err.splitlines()]
    assert told == ["", "30 s left", "", "5 min left", "3 min left", "", "8 s left"]


def test_a_shorter_line_leaves_nothing_of_a_longer_one(monkeypatch):
    clock = Clock(monkeypatch)
    monkeypatch.setattr(sys, "stderr", Terminal())
    progress = follow_progress("en")
    clock.now += 50
    progress(1, 2)
    progress(2, 2)
    first, second = sys.stderr.getvalue().rstrip("\n").split("\r")[1:]
    assert len(first) == len(second)
    assert second.rstrip() == "Simulating: 2/2 replications"


def test_findings_are_one_line_each_on_stderr(capsys):
    finding = Finding("ZZ999", Severity.WARNING, "criteria/x.yaml", 3, {}, "two\nlines")
    say_findings([finding], "vi")
    say("xong")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "criteria/x.yaml:3: ZZ999 warning: two lines\nxong\n"
    assert LINE.match(finding_line(finding, "en"))


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (InputError([Finding("ZZ999", Severity.ERROR, "x.yaml", 1, {}, "bad")]), 2, "x.yaml:1: ZZ999 error: bad"),
        (RunError("it broke"), 1, "tieuchi:1: CL004 error: it broke"),
        (RunError("x", fields={"code": "RP206", "file": "a.ipynb"}), 1, "a.ipynb:1: RP206 error: Mẫu báo cáo không hiển thị mục nào."),
        (TieuchiError("odd"), 2, "tieuchi:1: CL003 error: odd"),
        (
            OSError(28, "No space left on device", "out/report.html"),
            1,
            "out/report.html:1: CL002 error: Không ghi được tệp: ổ đĩa đã đầy.",
        ),
        (typer.BadParameter("7.5 is not a valid integer.", param_hint="--seed"), 2, "tieuchi:1: CL001 error: Giá trị của “--seed” chưa dùng được"),
    ],
)
def test_every_error_is_one_line_with_its_exit_code(error, code, words):
    findings, exit_code = error_findings(error, "vi")
    assert exit_code == code
    line = finding_line(findings[0], "vi")
    assert line.startswith(words)
    assert LINE.match(line)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437"])
def test_vietnamese_reaches_any_console(monkeypatch, encoding):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
    speak_utf8()
    sys.stdout.write("Thứ tự luân phiên\n")
    sys.stdout.flush()
    assert raw.getvalue() == "Thứ tự luân phiên\n".encode()


def test_a_stream_that_is_no_file_is_left_alone(monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    speak_utf8()


def test_a_total_that_is_an_estimate_begins_nothing_anew(monkeypatch, capsys):
    clock = Clock(monkeypatch)
    progress = follow_progress("en")
    for done in range(1, 12):
        clock.now += 10
        progress(done, 15)
    clock.now += 400
    progress(12, 24)
    told = [line.partition(", about ")[2] for line in capsys.readouterr().err.splitlines()]
    assert told[-2:] == ["40 s left", "8 min left"], "at the pace of all that was done, whatever the total was then"


@pytest.mark.parametrize(
    ("steps", "told"),
    [((0.1, 0.1, 0.1, 0.1), []), ((1.5, 1.5, 1.5, 1.5), ["4 s left", "3 s left", "", ""]), ((0.3, 2.0, 0.1, 0.1), ["2 s left", "", ""])],
)
def test_of_work_that_is_over_at_once_a_patient_follower_says_nothing_and_waiting_before_it_counts_for_nothing(monkeypatch, capsys, steps, told):
    clock = Clock(monkeypatch)
    progress = follow_progress("en", is_patient=True)
    clock.now += 600  # of other work
    progress(0, 4)
    for done, seconds in enumerate(steps, 1):
        clock.now += seconds
        progress(done, 4)
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(", about ")[2] for line in lines] == told
