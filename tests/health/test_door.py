"""The small public door: it opens lazily, offers what it says, and nothing heavy stands behind it."""

from __future__ import annotations

import ast
import importlib.metadata
import subprocess
import sys

import pytest

import simulator

HEAVY = ["dask", "distributed", "ipywidgets", "jupyterlab", "matplotlib", "mesa", "nbconvert", "networkx", "numpy", "pandas", "papermill", "scipy"]


def loaded_after(statement: str) -> set[str]:
    """Return which heavy packages a fresh interpreter has loaded after a statement."""
    code = f"{statement}\nimport sys\nsys.stdout.write(' '.join(sorted(set({HEAVY!r}) & set(sys.modules))))"
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(finished.stdout.split())


@pytest.mark.parametrize("name", simulator.__all__)
def test_every_name_opens(name):
    thing = getattr(simulator, name)
    assert callable(thing)
    assert thing.__module__.startswith("simulator.")
    assert thing.__doc__


def test_the_list_is_what_the_owners_give(modules, root):
    tree = modules[(root / "simulator" / "__init__.py").relative_to(root)]
    seen_by_mypy = {
        alias.name: node.module
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen_by_mypy == simulator._OWNERS
    assert list(simulator._OWNERS) == simulator.__all__


def test_the_door_can_be_listed():
    assert set(dir(simulator)) >= {*simulator.__all__, "__version__"}


def test_an_unknown_name_is_refused_with_what_there_is():
    with pytest.raises(AttributeError, match=r"no attribute 'compere'; it offers load_criteria, .*compare"):
        simulator.compere  # noqa: B018 - looking is what is tested


def test_the_version_is_the_installed_one():
    assert simulator.__version__ == importlib.metadata.version("tieuchi")


def test_opening_the_door_loads_nothing_heavy():
    assert loaded_after("import simulator") == set()


def test_checking_rules_loads_no_model_and_no_plots():
    assert loaded_after("from simulator import lint, load_criteria") == set()


def test_the_package_is_the_command():
    finished = subprocess.run([sys.executable, "-m", "simulator", "--help"], capture_output=True, text=True, encoding="utf-8", check=True)
    assert "tieuchi" in finished.stdout
    assert "python -m" not in finished.stdout
    assert finished.stderr == ""
