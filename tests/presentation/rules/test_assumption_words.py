"""Assumed numbers are called by their titles, without the letter a formula gives them."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.presentation.rules.assumption_words import assumption_names
from simulator.workspace import Workspace

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(("lang", "title"), [("vi", "mức đơn vị xét theo thứ tự luân phiên"), ("en", "weight a unit gives to turns")])
def test_titles_stand_inside_a_sentence(lang, title):
    assert assumption_names(Workspace(ROOT), lang)["assumptions.turn_weight"] == title


def test_a_workspace_without_them_or_with_a_broken_file_has_no_names(tmp_path):
    assert assumption_names(Workspace(tmp_path), "vi") == {}
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "assumptions.yaml").write_text("numbers: 1\n", encoding="utf-8")
    assert assumption_names(Workspace(tmp_path), "vi") == {}
