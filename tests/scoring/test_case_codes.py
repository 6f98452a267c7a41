from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import simulator.scoring
from simulator.presentation.i18n import catalogue, placeholders
from simulator.scoring.case_codes import CODES, make_finding

ROOM = Path(simulator.scoring.__file__).parent


def test_every_code_is_made_somewhere():
    strings = {
        node.value
        for path in ROOM.rglob("*.py")
        if path.name != "case_codes.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"SR4[56]\d", node.value)
    }
    assert strings == set(CODES)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_sentence_with_its_fields(code, lang):
    assert set(placeholders(catalogue(lang)[f"finding.{code}"])) == set(placeholders(CODES[code].english))


def test_only_a_case_that_does_not_hold_is_readable():
    readable = [code for code in CODES if not make_finding(code, "a", 1, **dict.fromkeys(placeholders(CODES[code].english), "x")).is_unreadable]
    assert readable == ["SR451"]


def test_words_of_the_catalogue_are_plain_in_english():
    assert make_finding("SR454", "a.yaml", 3, column="x", expected="@whole-number", found="1.5").english == "x must be whole number, found 1.5"
