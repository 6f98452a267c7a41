from __future__ import annotations

from pathlib import Path

import pytest

from simulator import workspace as module
from simulator.errors import InputError
from simulator.workspace import Workspace, find_workspace


def test_it_is_looked_for_upward(tmp_path):
    (tmp_path / "criteria").mkdir()
    inner = tmp_path / "notes" / "2021"
    inner.mkdir(parents=True)
    found = find_workspace(inner)
    assert found == Workspace(tmp_path)
    assert (found.criteria, found.scenarios) == (tmp_path / "criteria", tmp_path / "scenarios")
    assert (found.templates, found.notebooks) == (tmp_path / "reports" / "templates", tmp_path / "notebooks")
    assert found.output == tmp_path / "reports" / "output"


def test_a_named_folder_comes_first(tmp_path):
    (tmp_path / "mine" / "criteria").mkdir(parents=True)
    assert find_workspace(explicit=tmp_path / "mine").root == tmp_path / "mine"


def test_a_named_folder_without_criteria_is_refused(tmp_path):
    with pytest.raises(InputError) as caught:
        find_workspace(explicit=tmp_path)
    (finding,) = caught.value.findings
    assert finding.code == "WS001"
    assert finding.is_unreadable


def test_the_shipped_copy_is_read_and_never_written(tmp_path, monkeypatch):
    package = tmp_path / "site" / "simulator"
    (package / "_shipped" / "criteria").mkdir(parents=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setattr(module, "_PACKAGE", package)
    monkeypatch.chdir(elsewhere)
    found = find_workspace()
    assert found == Workspace(package / "_shipped", is_shipped=True)
    assert found.output == elsewhere / "reports" / "output"
    assert found.store == elsewhere / "reports" / "store"


def test_without_a_shipped_copy_the_checkout_is_used(tmp_path, monkeypatch):
    (tmp_path / "checkout" / "criteria").mkdir(parents=True)
    (tmp_path / "checkout" / "simulator").mkdir()
    monkeypatch.setattr(module, "_PACKAGE", tmp_path / "checkout" / "simulator")
    (tmp_path / "empty").mkdir()
    assert find_workspace(tmp_path / "empty") == Workspace(tmp_path / "checkout")


def test_nowhere_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_PACKAGE", tmp_path / "site" / "simulator")
    with pytest.raises(InputError, match="no folder named criteria"):
        find_workspace(tmp_path)


def test_files_are_named_from_the_workspace(tmp_path):
    place = Workspace(tmp_path)
    assert place.show(tmp_path / "criteria" / "a.yaml") == "criteria/a.yaml"
    assert place.show(Path("/etc/hosts")) == "/etc/hosts"
