"""environment.yml and pyproject.toml say the same, and the lock agrees; each way of drifting apart is found."""

from __future__ import annotations

import tomllib

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

# conda-forge's own name where it differs; its "matplotlib" drags in a Qt desktop that nothing here uses.
CONDA_NAMES = {"matplotlib": "matplotlib-base"}
# conda-forge has typst as a program only, and under which name it has the language pack could not be seen; pip brings both with this project.
THROUGH_PIP = {"jupyterlab-language-pack-vi-vn", "typst"}
PYTHONS = ("3.11", "3.12", "3.13")


def differences(pyproject_text: str, environment_text: str, lock_text: str) -> list[str]:
    """Say everything in which the three files contradict each other."""
    project = tomllib.loads(pyproject_text)["project"]
    wanted = {CONDA_NAMES.get(name, name): specifier for name, specifier in parsed(project["dependencies"]).items() if name not in THROUGH_PIP}
    environment = yaml.safe_load(environment_text)
    conda = parsed(line for line in environment["dependencies"] if isinstance(line, str))
    found = []
    if environment["channels"] != ["conda-forge", "nodefaults"]:
        found.append(f"channels are {environment['channels']}")
    if (python := conda.pop("python", None)) != SpecifierSet(project["requires-python"]):
        found.append(f"python is {python} in environment.yml and {project['requires-python']} in pyproject.toml")
    if conda.pop("pip", None) is None or {"pip": ["--editable ."]} not in environment["dependencies"]:
        found.append("environment.yml does not install this project through pip")
    found += [f"{name} is only in {place}" for name, place in one_sided(wanted, conda)]
    found += [f"{name} is {conda[name]}, not {wanted[name]}" for name in sorted(wanted.keys() & conda) if wanted[name] != conda[name]]
    for python_version in PYTHONS:
        locked = locked_versions(lock_text, python_version)
        for name, specifier in parsed(project["dependencies"]).items():
            if name not in locked or locked[name] not in specifier:
                found.append(f"the lock gives {name} {locked.get(name)} to Python {python_version}, outside {specifier}")
    return found


def one_sided(wanted, conda):
    yield from ((name, "pyproject.toml") for name in sorted(wanted.keys() - conda))
    yield from ((name, "environment.yml") for name in sorted(conda.keys() - wanted))


def parsed(lines) -> dict[str, SpecifierSet]:
    requirements = [Requirement(line) for line in lines]
    return {requirement.name.lower(): requirement.specifier for requirement in requirements}


def locked_versions(lock_text: str, python_version: str) -> dict[str, str]:
    """Read which version of each package the lock gives to one Python."""
    here = default_environment() | {"python_version": python_version, "python_full_version": f"{python_version}.1"}
    versions = {}
    for line in lock_text.splitlines():
        if line and not line.startswith((" ", "#")):
            requirement = Requirement(line.rstrip("\\ "))
            if requirement.marker is None or requirement.marker.evaluate(here):
                versions[requirement.name.lower()] = next(iter(requirement.specifier)).version
    return versions


@pytest.fixture
def texts(root):
    return {name: (root / name).read_text(encoding="utf-8") for name in ("pyproject.toml", "environment.yml", "requirements.lock")}


def test_the_three_files_agree(texts):
    assert differences(*texts.values()) == []


def test_the_card_is_complete(texts):
    card = {"jupyterlab", "numpy", "scipy", "mesa", "ipywidgets", "matplotlib", "papermill"}
    assert card <= parsed(tomllib.loads(texts["pyproject.toml"])["project"]["dependencies"]).keys()


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("environment.yml", "numpy >=2.2,<3", "numpy >=2.2"),
        ("environment.yml", "  - scipy >=1.15,<2\n", ""),
        ("environment.yml", "  - typer", "  - click >=8\n  - typer"),
        ("environment.yml", "python >=3.11,<3.14", "python >=3.12,<3.14"),
        ("environment.yml", "  - conda-forge\n", "  - conda-forge\n  - defaults\n"),
        ("environment.yml", "--editable .", "tieuchi"),
        ("pyproject.toml", '"mesa>=3.3.1,<3.6"', '"mesa>=3.4,<3.6"'),
        ("pyproject.toml", '"networkx>=3.4,<4"', '"networkx>=99"'),
        ("requirements.lock", "\nipykernel==6.31.0", "\nipykernel==7.4.0"),
        ("requirements.lock", "\npapermill==", "\nother=="),
    ],
)
def test_every_drift_is_found(texts, name, old, new):
    assert old in texts[name]
    texts[name] = texts[name].replace(old, new)
    assert differences(*texts.values())
