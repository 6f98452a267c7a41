"""The import contract is no wish: on a skeleton of the house it is kept, and each way of breaking it is named."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

import pytest


@pytest.fixture
def skeleton(root, tmp_path):
    """Return a folder with every room of the house, empty, under the house's own contract."""
    project = (root / "pyproject.toml").read_text(encoding="utf-8")
    contracts = tomllib.loads(project)["tool"]["importlinter"]["contracts"]
    for house, layers in [(contract["containers"][0], contract["layers"]) for contract in contracts if contract["type"] == "layers"]:
        for room in re.findall(r"\w+", " ".join(layers)):
            folder = tmp_path / house.replace(".", "/") / room
            folder.mkdir(parents=True)
            (folder / "__init__.py").touch()
    for name in ("__init__.py", "__main__.py"):
        (tmp_path / "simulator" / name).touch()
    (tmp_path / "pyproject.toml").write_text(project[project.index("[tool.importlinter]") :], encoding="utf-8")
    return tmp_path


def contract_on(folder) -> subprocess.CompletedProcess[str]:
    code = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command; lint_imports_command(['--no-cache'])"
    return subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_skeleton_keeps_it(skeleton):
    (skeleton / "simulator" / "model" / "model.py").write_text("import mesa\nfrom simulator.rules import x\n", encoding="utf-8")
    (skeleton / "simulator" / "experiments" / "runs" / "run.py").write_text("from simulator.model.model import x\n", encoding="utf-8")
    finished = contract_on(skeleton)
    assert finished.returncode == 0, finished.stdout


@pytest.mark.parametrize(
    ("module", "statement", "named"),
    [
        ("indicators/rotation.py", "from simulator.model import x", "simulator.indicators.rotation -> simulator.model"),
        ("rules/linting.py", "from simulator.cli import x", "simulator.rules.linting -> simulator.cli"),
        ("population/merit.py", "from simulator.scoring import x", "simulator.population.merit -> simulator.scoring"),
        ("randomness/hashing.py", "from simulator.ranking import x", "simulator.randomness.hashing -> simulator.ranking"),
        ("scoring/quotas.py", "import mesa", "simulator.scoring.quotas -> mesa"),
        ("experiments/runs/run.py", "import mesa", "simulator.experiments.runs.run -> mesa"),
        (
            "experiments/mathematics/peeling.py",
            "from simulator.experiments.tipping import x",
            "simulator.experiments.mathematics.peeling -> simulator.experiments.tipping",
        ),
        (
            "experiments/power/power.py",
            "from simulator.experiments.tipping import x",
            "simulator.experiments.power.power -> simulator.experiments.tipping",
        ),
        (
            "experiments/store/store.py",
            "from simulator.experiments.execution import x",
            "simulator.experiments.store.store -> simulator.experiments.execution",
        ),
        ("rules/clauses.py", "import numpy", "simulator.rules.clauses -> numpy"),
        (
            "reporting/evidence/making.py",
            "from simulator.reporting.outline import x",
            "simulator.reporting.evidence.making -> simulator.reporting.outline",
        ),
        (
            "reporting/forms/html.py",
            "from simulator.reporting.publishing import x",
            "simulator.reporting.forms.html -> simulator.reporting.publishing",
        ),
        ("reporting/cellar.py", "", "simulator.reporting.cellar"),
        ("attic.py", "", "simulator.attic"),
    ],
)
def test_each_breach_is_named(skeleton, module, statement, named):
    (skeleton / "simulator" / module).write_text(statement + "\n", encoding="utf-8")
    finished = contract_on(skeleton)
    assert finished.returncode == 1
    assert named in finished.stdout


def test_the_front_door_is_no_short_cut(skeleton):
    (skeleton / "simulator" / "__init__.py").write_text("from simulator.scoring import x\n", encoding="utf-8")
    (skeleton / "simulator" / "rules" / "linting.py").write_text("import simulator\n", encoding="utf-8")
    finished = contract_on(skeleton)
    assert finished.returncode == 1
    assert "simulator.rules.linting -> simulator" in finished.stdout
