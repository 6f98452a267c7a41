"""The wheel carries the law and the questions, and works in an empty folder where nothing of the checkout can be seen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

FOR_THE_FIRST_PAGES = ("first_screen.py", "first-screen.svg", "first-screen.vi.svg")
SHIPPED = ("criteria", "scenarios", "reports/templates", "reports/style", "notebooks")


def run(*command, cwd, **more):
    finished = subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False, **more)
    assert finished.returncode == 0, f"{finished.args}\n{finished.stdout}\n{finished.stderr}"
    return finished


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory):
    """Build with the locked hatchling, offline, from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=root)
    (built,) = folder.glob("tieuchi-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Install the wheel alone into an environment of its own, which borrows the locked dependencies but not the editable install."""
    folder = tmp_path_factory.mktemp("office")
    venv.create(folder / "venv", symlinks=os.name != "nt")
    programs = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    python = programs / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel, cwd=folder)
    own = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).stdout.strip())
    # A .pth inside a borrowed folder is not followed, and that is where an editable install would hide.
    (own / "borrowed.pth").write_text("\n".join({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}) + "\n", encoding="utf-8")
    return programs / "tieuchi", own


@pytest.fixture
def office(tmp_path, monkeypatch):
    """Return an empty folder, in an environment that points at nothing else."""
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.setenv("PYTHONUTF8", "1")
    return tmp_path


def test_everything_is_in_it(wheel, project_files):
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"simulator/_shipped/{path.as_posix()}" for path in project_files if path.as_posix().startswith(tuple(f"{name}/" for name in SHIPPED))}
    wanted |= {path.as_posix() for path in project_files if path.parts[0] == "simulator"}
    left_out = {name for name in wanted if name.endswith(FOR_THE_FIRST_PAGES)}
    assert len(left_out) == len(FOR_THE_FIRST_PAGES)
    assert wanted - names == left_out
    for name in ("criteria", "scenarios", "reports/templates", "notebooks"):
        assert any(path.startswith(f"simulator/_shipped/{name}/") for path in names), name


def test_nothing_else_is_in_it(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    strange = [name for name in names if not name.startswith(("simulator/", "tieuchi-")) or "/output/" in name or "checkpoint" in name]
    assert strange == []
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_an_empty_folder_can_list(installed, office):
    tieuchi, own = installed
    listed = json.loads(run(tieuchi, "list", "--json", cwd=office).stdout)
    assert {"decree-91", "hanoi-plan-115", "hanoi-letter-3959"} <= {row["id"] for row in listed["criteria_sets"]}
    assert "hanoi-2021" in {row["id"] for row in listed["scenarios"]}
    where = run(tieuchi.with_name("python"), "-P", "-c", "import simulator; print(simulator.__file__)", cwd=office)
    assert Path(where.stdout.strip()).is_relative_to(own)
    assert list(office.iterdir()) == []


@pytest.mark.deep
def test_an_empty_folder_can_report(installed, office):
    tieuchi, own = installed
    before = sorted(own.rglob("*.html"))
    finished = run(tieuchi, "report", "hanoi-2021", "--replications", "2", "--years", "3", "-o", "out", cwd=office)
    (page,) = (office / "out").glob("*.html")
    assert page.name in finished.stdout
    assert sorted(own.rglob("*.html")) == before


@pytest.mark.deep
def test_an_empty_folder_can_measure_the_engine(installed, office):
    """The model it is measured against stays in the clone, which is said."""
    tieuchi, _ = installed
    measured = json.loads(run(tieuchi, "bench", "--members", "100", "--json", cwd=office).stdout)
    assert (measured["missing"], measured["failures"], measured["ratios"]) == (["object-model"], [], [])
    assert measured["engine"][0]["ns_per_member_year"] > 0
    assert measured["calibration"]["sort_ns"] > 0
