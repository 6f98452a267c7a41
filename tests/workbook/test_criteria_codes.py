from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import simulator.workbook
from simulator.presentation.i18n import catalogue, placeholders
from simulator.workbook.criteria_codes import CODES, make_finding

ROOM = Path(simulator.workbook.__file__).parent


def test_every_code_is_made_somewhere_and_none_is_unknown():
    strings = {
        node.value
        for path in ROOM.glob("criteria*.py")
        if path.name != "criteria_codes.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"WB\d{3}", node.value)
    }
    assert strings == set(CODES)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_code_has_a_sentence_that_uses_what_the_finding_carries(lang):
    for code, (_severity, english) in CODES.items():
        assert set(placeholders(catalogue(lang)[f"finding.{code}"])) == set(placeholders(english)), code


def test_a_finding_names_its_cell():
    finding = make_finding("WB557", "a.xlsx", 7, cell="Điều khoản!D7", expected="@plain-text", found="3")
    assert finding.render() == "a.xlsx:7: WB557 error: Điều khoản!D7: plain text is needed, found 3"
    assert finding.is_unreadable
