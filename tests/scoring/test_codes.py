from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import simulator.scoring
from simulator.errors import Severity
from simulator.presentation.i18n import catalogue, placeholders
from simulator.scoring.codes import CODES, make_finding

ROOM = Path(simulator.scoring.__file__).parent


def test_every_code_is_made_somewhere_and_none_is_unknown():
    strings = {
        node.value
        for path in ROOM.rglob("*.py")
        if path.name != "codes.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"SR4[0-4]\d", node.value)
    }
    assert strings == set(CODES)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_code_has_a_sentence_that_uses_what_the_finding_carries(lang):
    for code, entry in CODES.items():
        assert set(placeholders(catalogue(lang)[f"finding.{code}"])) <= set(placeholders(entry.english)), code


def test_an_error_stops_the_work_and_a_warning_does_not():
    fields = dict.fromkeys(("clause", "column", "n_units", "clauses"), "x")
    error = make_finding("SR402", "a.xlsx", 1, column="leave_days", clauses="title.leave")
    assert (error.severity, error.is_unreadable) == (Severity.ERROR, True)
    assert error.render() == "a.xlsx:1: SR402 error: the column leave_days is missing; title.leave cannot be judged without it"
    warning = make_finding("SR408", "a.xlsx", 1, **{key: fields[key] for key in ("clause", "column", "n_units")})
    assert (warning.severity, warning.is_unreadable) == (Severity.WARNING, False)
