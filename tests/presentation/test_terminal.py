from __future__ import annotations

import io
import re
import sys

import pytest
import typer

from simulator.errors import Finding, InputError, RunError, Severity, TieuchiError
from simulator.presentation.terminal import error_findings, finding_line, follow_progress, say, say_findings, speak_utf8

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
