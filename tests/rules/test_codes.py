from __future__ import annotations

import ast
import re
from pathlib import Path

import simulator.rules
from simulator.errors import Severity
from simulator.rules.codes import CODES, make_finding

ROOM = Path(simulator.rules.__file__).parent


def test_every_code_is_made_somewhere_and_none_is_unknown():
    strings = {
        node.value
        for path in ROOM.rglob("*.py")
        if path.name != "codes.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"(RD|CS|OV|RL)\d{3}", node.value)
    }
    assert strings == set(CODES)


def test_a_finding_takes_severity_and_words_from_the_register():
    finding = make_finding("RL318", "a.yaml", 3, set="mine")
    assert finding.severity is Severity.WARNING
    assert finding.english == "the overlay mine changes nothing"


def test_words_of_the_catalogue_are_plain_in_english():
    assert make_finding("CS103", "a.yaml", 3, key="share", expected="@whole-number", found="x").english == "share must be whole number, found x"


def test_only_rules_that_can_be_read_are_readable():
    assert {
        code[:2]
        for code in CODES
        if not make_finding(code, "a", 1, **dict.fromkeys(re.findall(r"\{(\w+)\}", CODES[code].english), "x")).is_unreadable
    } == {"RL"}
