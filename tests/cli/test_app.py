"""The command line as its users meet it: what is on stdout, what is on stderr, and the exit code."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from simulator.cli.app import app

COMMANDS = [
    "list",
    "lint",
    "diff",
    "export",
    "import",
    "test-rules",
    "template",
    "score",
    "explain",
    "compare",
    "attribute",
    "sensitivity",
    "tipping",
    "power",
    "paperwork",
    "transition",
    "report",
    "verify",
    "measure",
    "lab",
    "app",
    "bench",
]
LINE = re.compile(r"^[^:\n]+:\d+: [A-Z]{2}\d{3} (error|warning): \S.*$")


def test_every_command_is_there():
    assert [command.name for command in app.registered_commands] == COMMANDS


@pytest.fixture(autouse=True)
def _no_language_of_the_office(monkeypatch):
    monkeypatch.delenv("TIEUCHI_LANG", raising=False)
    monkeypatch.delenv("TIEUCHI_PROGRAM", raising=False)


def test_an_office_may_choose_its_language_and_a_command_line_another(run, monkeypatch):
    monkeypatch.setenv("TIEUCHI_LANG", "en")
    assert run("lab", "--help", workspace=None)[1].startswith("Usage:")
    assert "is missing" in run("compare")[2]
    assert run("lab", "--help", "--lang", "vi", workspace=None)[1].startswith("Cách dùng:")
    monkeypatch.setenv("TIEUCHI_LANG", "fr")
    code, _, err = run("list")
    assert code == 2
    assert "“fr” không dùng được cho TIEUCHI_LANG; giá trị được dùng: vi, en" in err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["report", "hanoi-2021", "--to", "html,odt"],
            "“odt” không dùng được cho --to; giá trị được dùng: html, docx, pdf. Xem cách dùng bằng: ./run report --help",
        ),
        (["report", "hanoi-2021", "--to"], "Thiếu giá trị sau “--to”. Xem cách dùng bằng: ./run report --help"),
        (["compare", "a", "b"], "Thừa “b”. Xem cách dùng bằng: ./run compare --help"),
        (["report"], "Thiếu “SCENARIO|SET|REGISTER...”. Xem cách dùng bằng: ./run report --help"),
        (["verify"], "Thiếu “REPORT”. Xem cách dùng bằng: ./run verify --help"),
        (["list", "--json=1"], "“--json” không nhận giá trị. Xem cách dùng bằng: ./run list --help"),
        (["list", "--jso"], "Không có tùy chọn “--jso”. Xem các tùy chọn bằng: ./run list --help"),
        (["compare", "hanoi-2021", "--years", "0"], "Xem cách dùng bằng: ./run compare --help"),
        (["list", "--lang", "fr"], "“fr” không dùng được cho --lang; giá trị được dùng: vi, en. Xem cách dùng bằng: ./run list --help"),
        (["cmpare"], "Không có lệnh “cmpare”. Xem các lệnh bằng: ./run --help"),
        ([], "thiếu tên lệnh. Xem cách dùng bằng: ./run --help"),
    ],
)
def test_a_mistake_is_told_in_vietnamese_and_points_to_the_help_of_its_command(run, monkeypatch, arguments, sentence):
    monkeypatch.setenv("TIEUCHI_PROGRAM", "./run")
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("tieuchi:1: CL001 error: ")
    assert err.rstrip().endswith(sentence)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["cmpare"],
        ["compare"],
        ["list", "--jso"],
        ["compare", "hanoi-2021", "--replications", "1"],
        ["compare", "hanoi-2021", "--replications", "many"],
        ["compare", "hanoi-2021", "--seed", "-1"],
        ["compare", "hanoi-2021", "--seed", str(2**63)],
        ["compare", "hanoi-2021", "--seed", "7.0"],
        ["compare", "hanoi-2021", "--years", "0"],
        ["compare", "hanoi-2021", "--workers", "0"],
        ["compare", "hanoi-2021", "--lang", "fr"],
        ["compare", "hanoi-2021", "--store", "x", "--no-store"],
        ["report", "hanoi-2021", "--to", "odt"],
        ["report", "hanoi-2021", "--date", "31/02/2021"],
        ["lint", "--on", "2021-2-30"],
        ["diff", "decree-91"],
        ["diff", "decree-91", "law-2022", "--to", "pdf"],
        ["diff", "decree-91", "law-2022", "--to", ""],
        ["export", "decree-91"],
        ["export", "decree-91", "-o", "x.xls"],
        ["import", "x.xlsx", "--base", "decree-91", "-o", "x.json"],
        ["template", "decree-91", "--year", "25"],
        ["template", "decree-91", "-o", "x.ods"],
        ["template", "decree-91", "--giver", "chief"],
        ["score", "decree-91", "x.csv", "-o", "x.csv"],
        ["score", "decree-91", "x.csv", "-o", "x.docx"],
        ["score", "decree-91", "x.csv", "--reasons", "some"],
        ["score", "decree-91", "x.csv", "--on", "31/13/2025"],
        ["explain", "decree-91", "x.csv"],
        ["explain", "decree-91", "x.csv", "--who", "a", "--picture", "x.gif"],
    ],
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_mistake_in_the_command_is_one_clear_line(run, arguments, lang):
    code, out, err = run(*arguments, *(["--lang", lang] if "--lang" not in arguments and arguments else []))
    assert code == 2
    assert out == ""
    assert len(err.splitlines()) == 1
    assert LINE.match(err.strip())
    assert "CL001" in err


@pytest.mark.parametrize("arguments", [["compare", "no-such"], ["report", "no-such"], ["measure", "no-such.csv"], ["lint", "no-such"]])
def test_what_is_not_there_is_bad_input(run, arguments):
    code, out, err = run(*arguments)
    said = err or out  # what lint finds is its result
    assert code == 2
    assert all(LINE.match(line) for line in said.splitlines())


def test_a_folder_without_criteria_is_bad_input(run, tmp_path):
    code, out, err = run("list", workspace=tmp_path)
    assert (code, out) == (2, "")
    assert "WS001" in err


def test_checking_rules_loads_neither_model_nor_figures():
    code = "import sys; from simulator.cli.app import main; main(['lint']); sys.exit(bool({'mesa', 'matplotlib', 'papermill', 'scipy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
