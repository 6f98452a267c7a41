"""The launcher: what it refuses, what it keeps off stdout, and that two first runs make one environment."""

from __future__ import annotations

import ast
import importlib.machinery
import importlib.util
import os
import shutil
import subprocess
import sys
from functools import cache
from types import SimpleNamespace

import pytest

NEEDED = ("run", "requirements.lock", "uv-requirements.lock", "pyproject.toml")


def load(path):
    """Load the launcher as a module; it has no .py ending."""
    loader = importlib.machinery.SourceFileLoader("launcher", str(path))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("launcher", loader))
    loader.exec_module(module)
    return module


@pytest.fixture
def bare(root, tmp_path, monkeypatch):
    """Return a folder that holds the launcher and what it reads, and nothing yet set up."""
    monkeypatch.delenv("TIEUCHI_VENV", raising=False)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    for name in NEEDED:
        shutil.copy(root / name, tmp_path / name)
    return tmp_path


def test_an_old_python_can_read_it(root):
    tree = ast.parse((root / "run").read_text(encoding="ascii"), feature_version=(3, 4))
    newer = (ast.AnnAssign, ast.AsyncFunctionDef, ast.FormattedValue, ast.JoinedStr, ast.MatMult, ast.NamedExpr, ast.Starred)
    assert [node.lineno for node in ast.walk(tree) if isinstance(node, newer)] == []
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert all(function.returns is None and not function.args.kwonlyargs for function in functions)


def test_it_needs_only_the_standard_library(root):
    tree = ast.parse((root / "run").read_text(encoding="ascii"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert imported <= sys.stdlib_module_names


def test_both_launchers_can_be_started(root):
    listed = subprocess.run(["git", "ls-files", "--stage", "run", ".ci/run"], cwd=root, capture_output=True, text=True, check=True)  # noqa: S607
    assert [line.split()[0] for line in listed.stdout.splitlines()] == ["100755", "100755"]
    windows = (root / "run.cmd").read_text(encoding="ascii")
    assert 'PYTHONUTF8=1"' in windows
    assert not any(line.lstrip().startswith((":", "goto")) for line in windows.splitlines())


@pytest.mark.parametrize("words", ["setup --help", "check -h", "--help"])
def test_its_help_is_in_one_language(root, words):
    @cache
    def read(*more, **variables):
        environment = {name: value for name, value in os.environ.items() if name != "TIEUCHI_LANG"} | variables
        command = [sys.executable, root / "run", *words.split(), *more]
        return subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True).stdout

    assert read().startswith("./run")
    assert not read().isascii()
    assert read("--lang", "en").replace("⁶³−", "").isascii()
    assert read("--lang=vi", TIEUCHI_LANG="en") == read() != read(TIEUCHI_LANG="en") == read("--lang", "en")


def test_its_help_is_followed_by_that_of_the_commands(root):
    finished = subprocess.run([sys.executable, root / "run", "--help"], capture_output=True, encoding="utf-8", check=True)
    assert "./run setup " in finished.stdout
    assert "./run compare hanoi-2021" in finished.stdout
    assert "tieuchi" not in finished.stdout


@pytest.mark.parametrize("version", [(3, 10, 14), (3, 14, 0), (2, 7, 18)])
def test_another_python_is_refused_in_one_line(bare, monkeypatch, capsys, version):
    launcher = load(bare / "run")
    monkeypatch.setattr(launcher, "sys", SimpleNamespace(version_info=version, executable="python", stderr=sys.stderr))
    assert launcher.main(["list"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert f"this is Python {version[0]}.{version[1]}" in said.err
    assert not (bare / ".tools").exists()


CANNOT = "the locked packages could not be installed; is this machine online"


def test_where_nothing_can_be_installed_it_says_so_in_one_line(bare, monkeypatch, capsys):
    launcher = load(bare / "run")

    def run_quietly(command, environment):
        """Make an empty environment where one is asked for, and find no package."""
        if "install" not in command:
            (bare / ".venv").mkdir()
        (bare / ".tools" / "setup.log").write_text("looking\nno network here.\n", encoding="utf-8")
        return "install" not in command

    monkeypatch.setattr(launcher, "run_quietly", run_quietly)
    assert launcher.main(["list"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert CANNOT in said.err.splitlines()[-1]
    assert "Last words: no network here. All of them" in said.err.splitlines()[-1]
    assert "setup.log" in said.err.splitlines()[-1]


@pytest.mark.deep
def test_without_a_network_it_says_so_in_one_line(bare):
    offline = os.environ | {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull, "UV_OFFLINE": "1"}
    finished = subprocess.run([sys.executable, bare / "run", "list"], env=offline, capture_output=True, text=True, encoding="utf-8", check=False)
    assert finished.returncode == 2
    assert finished.stdout == ""
    assert CANNOT in finished.stderr.splitlines()[-1]
    assert "setup.log" in finished.stderr.splitlines()[-1]
    assert "Traceback" not in finished.stderr


def test_a_finished_environment_is_used_at_once(bare, monkeypatch, capsys):
    launcher = load(bare / "run")
    (bare / ".venv").mkdir()
    launcher.write_stamp(launcher.expected_stamp())
    monkeypatch.setattr(launcher, "install", lambda environment: pytest.fail("set up again"))
    assert launcher.main(["setup"]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("name", NEEDED[1:])
def test_a_changed_lock_is_noticed(bare, monkeypatch, capsys, name):
    launcher = load(bare / "run")
    (bare / ".venv").mkdir()
    launcher.write_stamp(launcher.expected_stamp())
    with (bare / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    installed = []
    monkeypatch.setattr(launcher, "install", installed.append)
    assert launcher.main(["setup"]) == 0
    assert len(installed) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "setting up" in said.err


def test_a_folder_that_is_no_environment_is_left_alone(bare, monkeypatch, capsys):
    launcher = load(bare / "run")
    (bare / ".venv").mkdir()
    (bare / ".venv" / "thesis.docx").touch()
    monkeypatch.setattr(launcher, "find_uv", lambda environment: None)
    monkeypatch.setattr(launcher, "run_quietly", lambda command, environment: pytest.fail("overwritten"))
    assert launcher.main(["list"]) == 2
    assert "will not be overwritten" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_the_environment_of_another_folder_is_left_alone(bare, tmp_path_factory, monkeypatch, capsys):
    """To make it anew would clear it under whoever works there, and make their programs those of this folder."""
    other = tmp_path_factory.mktemp("other").resolve() / ".venv"
    other.mkdir()
    (other / "pyvenv.cfg").touch()
    (other / "tieuchi-stamp").write_text(f"digest\npython\nversion\n{other}", encoding="utf-8")
    (bare / ".venv").symlink_to(other)
    launcher = load(bare / "run")
    monkeypatch.setattr(launcher, "find_uv", lambda environment: None)
    monkeypatch.setattr(launcher, "run_quietly", lambda command, environment: pytest.fail("overwritten"))
    assert launcher.main(["list"]) == 2
    assert "the environment of another folder" in capsys.readouterr().err
    assert (other / "tieuchi-stamp").read_text(encoding="utf-8").endswith(str(other))


def test_two_first_runs_make_one_environment(bare):
    code = (
        "import importlib.machinery as m, importlib.util as u, os, sys, time\n"
        "loader = m.SourceFileLoader('launcher', 'run'); run = u.module_from_spec(u.spec_from_loader('launcher', loader)); loader.exec_module(run)\n"
        "def install(environment):\n"
        "    os.makedirs('.venv'); time.sleep(0.5); open('installed', 'a').write('once ')\n"
        "run.install = install\n"
        "sys.exit(run.main(['setup']))\n"
    )
    both = [subprocess.Popen([sys.executable, "-B", "-c", code], cwd=bare, stderr=subprocess.PIPE) for _ in range(2)]
    assert [(first.communicate()[1], first.returncode)[1] for first in both] == [0, 0]
    assert (bare / "installed").read_text(encoding="utf-8") == "once "


@pytest.fixture
def settled(bare, monkeypatch):
    """Return the launcher in an environment that needs nothing, with every command it would start noted down."""
    launcher = load(bare / "run")
    launcher.started = []
    launcher.codes = {}

    def call(command, **_):
        launcher.started.append(command)
        return launcher.codes.get(command[-1], 0)

    monkeypatch.setattr(launcher, "set_up", lambda environment: None)
    monkeypatch.setattr(launcher.os, "chdir", lambda folder: None)
    monkeypatch.setattr(launcher, "hand_over", lambda command, environment: call(command))
    monkeypatch.setattr(launcher.subprocess, "call", call)
    return launcher


def test_alone_it_does_the_main_job(settled):
    assert settled.main([]) == 0
    assert [command[1:] for command in settled.started] == [["-P", "-m", "simulator", "report", "hanoi-2021"]]


def test_any_other_command_and_its_exit_code_pass_through(settled):
    settled.codes["no-such-set"] = 2
    assert settled.main(["lint", "no-such-set"]) == 2
    assert settled.started[0][-2:] == ["lint", "no-such-set"]


def test_pytest_gets_its_arguments_and_all_cores(settled):
    settled.main(["test", "-m", "deep"])
    assert settled.started[0][1:3] == ["-m", "pytest"]
    assert settled.started[0][3:] == [*settled.ON_ALL_CORES, "-m", "deep"]


def test_check_runs_everything_even_after_a_failure(settled, bare, capsys):
    (bare / "notebooks").mkdir()
    (bare / "notebooks" / "01_first.ipynb").touch()
    settled.codes["."] = 1  # both calls of ruff end in the folder to look at
    assert settled.main(["check"]) == 1
    assert len(settled.started) == 6
    assert capsys.readouterr().out.splitlines()[-1] == "== failed: format, lint"
    settled.codes.clear()
    assert settled.main(["check"]) == 0


def test_children_start_with_bytecode_and_utf8(bare, monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    environment = load(bare / "run").prepare_environment()
    assert "PYTHONDONTWRITEBYTECODE" not in environment
    assert environment["PYTHONUTF8"] == "1"
    assert environment["UV_PYTHON_DOWNLOADS"] == "never"
