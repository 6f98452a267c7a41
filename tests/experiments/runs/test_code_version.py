"""The version of the program changes with everything a result can depend on, and with nothing else."""

from __future__ import annotations

import platform
import re
import tomllib

import pytest

from simulator.experiments.runs import code_version
from simulator.experiments.runs.code_version import CODE_VERSION, ROOMS_ABOVE, hash_code


@pytest.fixture
def package(tmp_path):
    """Make a small package with a room below and a room above."""
    for name in ("model/model.py", "cli/app.py", "_shipped/criteria/x.py", "errors.py"):
        path = tmp_path / "simulator" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n", encoding="utf-8")
    return tmp_path / "simulator"


def test_it_is_a_hash_of_this_program(root):
    assert re.fullmatch(r"[0-9a-f]{64}", CODE_VERSION)
    assert len({CODE_VERSION, hash_code(root / "tests"), hash_code(root / "benchmarks")}) == 3


def test_the_rooms_left_out_are_those_above_the_experiments(root):
    """The import contract proves that nothing below them sees them."""
    contract = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0]
    layers = [set(re.findall(r"\w+", layer)) for layer in contract["layers"]]
    above = set().union(*layers[: next(place for place, layer in enumerate(layers) if "experiments" in layer)])
    assert above == ROOMS_ABOVE


@pytest.mark.parametrize("name", ["model/model.py", "errors.py", "model/new.py"])
def test_a_change_below_changes_it(package, name):
    before = hash_code(package)
    (package / name).write_text("x = 2\n", encoding="utf-8")
    assert hash_code(package) != before


def test_a_module_under_another_name_changes_it(package):
    before = hash_code(package)
    (package / "errors.py").rename(package / "faults.py")
    assert hash_code(package) != before


@pytest.mark.parametrize("name", ["cli/app.py", "_shipped/criteria/x.py", "model/notes.txt"])
def test_words_pictures_and_data_do_not(package, name):
    before = hash_code(package)
    (package / name).write_text("x = 2\n", encoding="utf-8")
    assert hash_code(package) == before


@pytest.mark.parametrize("what", ["python_version", "system", "machine"])
def test_another_ground_changes_it(package, monkeypatch, what):
    before = hash_code(package)
    monkeypatch.setattr(platform, what, lambda: "another")
    assert hash_code(package) != before


def test_another_numpy_changes_it_and_a_missing_package_does_not_stop_it(package, monkeypatch):
    before = hash_code(package)
    monkeypatch.setattr(code_version, "version", lambda name: "0.0.0")
    other = hash_code(package)

    def lost(name):
        raise code_version.PackageNotFoundError(name)

    monkeypatch.setattr(code_version, "version", lost)
    assert len({before, other, hash_code(package)}) == 3


@pytest.fixture
def root(pytestconfig):
    return pytestconfig.rootpath
