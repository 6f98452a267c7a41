"""A command is named as it can be given where it is read."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from simulator.presentation import program_name as naming
from simulator.presentation.i18n import catalogue
from simulator.presentation.program_name import PROGRAM_VARIABLE, program_from_anywhere, program_name


def test_an_installed_program_is_called_by_its_name_everywhere(monkeypatch):
    monkeypatch.delenv(PROGRAM_VARIABLE, raising=False)
    assert (program_name(), program_from_anywhere()) == ("tieuchi", "tieuchi")


@pytest.fixture
def root(pytestconfig):
    return pytestconfig.rootpath


@pytest.mark.parametrize(("name", "file"), [("./run", "run"), ("run", "run.cmd")])
def test_a_launcher_is_named_with_its_folder_where_a_command_is_given_elsewhere(monkeypatch, root, name, file):
    monkeypatch.setenv(PROGRAM_VARIABLE, name)
    assert program_name() == name
    assert Path(program_from_anywhere().strip('"')) == root / file


def test_a_folder_with_a_space_is_quoted_and_a_launcher_that_is_not_there_is_not_named(monkeypatch, tmp_path):
    monkeypatch.setenv(PROGRAM_VARIABLE, "./run")
    monkeypatch.setattr(naming, "_CLONE", tmp_path / "a b")
    assert program_from_anywhere() == "./run"
    (tmp_path / "a b").mkdir()
    (tmp_path / "a b" / "run").write_text("", encoding="utf-8")
    assert program_from_anywhere() == f'"{tmp_path / "a b" / "run"}"'


def test_the_launcher_says_what_it_is_called(root):
    launcher = (root / "run").read_text(encoding="utf-8")
    assert f'environment["{PROGRAM_VARIABLE}"] = "run" if IS_WINDOWS else "./run"' in launcher
    assert os.path.isfile(root / "run.cmd")  # noqa: PTH113  # what Windows calls for “run”


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_words_of_a_page_name_a_command_in_one_way_only(lang):
    named = re.compile(r"\btieuchi [a-z]")
    found = [key for key, words in catalogue(lang).items() if key.startswith(("workbench.", "page.", "app.", "training.")) and named.search(words)]
    assert found == []
