"""The locks are whole, hashed, and free of addresses: an address would tie the house to one registry."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement

LOCKS = ("requirements.lock", "uv-requirements.lock")


@pytest.mark.parametrize("name", [*LOCKS, "pyproject.toml", "environment.yml"])
def test_no_address(root, name):
    assert "://" not in (root / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_and_hashed(root, name):
    text = (root / name).read_text(encoding="utf-8")
    assert "#" not in text, "a header or a note can hold a path"
    entries = re.split(r"\n(?=\S)", text.strip())
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9.-]+==[^ ]+ ", entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry


def test_uv_comes_alone(root):
    text = (root / "uv-requirements.lock").read_text(encoding="utf-8")
    assert re.findall(r"^\S+?(?===)", text, re.MULTILINE) == ["uv"]


def test_the_lock_serves_every_group(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [line for group in project["dependency-groups"].values() for line in group if isinstance(line, str)]
    lines = (root / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line.rstrip("\\ ")) for line in lines if line and not line.startswith(" ")]
    for wanted in map(Requirement, groups + project["build-system"]["requires"] + project["project"]["dependencies"]):
        versions = [next(iter(pin.specifier)).version for pin in pins if pin.name == wanted.name]
        assert versions, f"{wanted.name} is not in the lock; CONTRIBUTING.md says how the lock is made"
        assert all(version in wanted.specifier for version in versions), f"{wanted} is not what the lock holds: {versions}"


def test_no_python_is_ever_downloaded(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["uv"]["python-downloads"] == "never"
