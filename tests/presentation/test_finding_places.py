"""On a page a finding is a sentence with its place, and names no command."""

from __future__ import annotations

import re

import pytest

from simulator.errors import Finding, Severity
from simulator.indicators.register_findings import CODES as CODES_OF_REGISTERS
from simulator.presentation.finding_places import say_finding
from simulator.presentation.i18n import catalogue
from simulator.scoring.codes import CODES as CODES_OF_SCORING
from simulator.widgets.codes import CODES as CODES_OF_PAGES
from simulator.workbook.codes import CODES as CODES_OF_SHEETS
from simulator.workbook.codes import make_finding

_OF_LISTS = {f"SR{number}" for number in range(401, 417)}
"""Findings of scoring that a list handed to a page may bring."""


def of_register(code, line=7):
    fields = dict.fromkeys(re.findall(r"{(\w+)}", CODES_OF_REGISTERS[code]), "x")
    return Finding(code, Severity.ERROR, "a.csv", line, fields)


def test_the_line_is_told_where_the_sentence_does_not_tell_the_place():
    assert say_finding(of_register("RG405"), "vi")[:2] == ("Cần sửa", "dòng 7")
    assert say_finding(of_register("RG403"), "vi").place == ""
    assert say_finding(make_finding("WB518", "a", 7, cell="Danh sách!C7", column="x"), "vi").place == ""
    assert say_finding(make_finding("WB512", "a", 7, byte="9"), "en").place == "line 7"
    assert say_finding(make_finding("WB526", "a", 7, columns="x"), "vi").weight == "Nên xem lại"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_sentence_that_speaks_of_its_line_has_one(lang):
    said = {code: say_finding(of_register(code), lang) for code in CODES_OF_REGISTERS}
    of_its_line = re.compile(r"(?<!những )(?<!các )dòng này|this (line|row)|of this row")
    assert [code for code in said if of_its_line.search(catalogue(lang)[f"finding.{code}"]) and not said[code].place] == []
    assert [code for code in said if said[code].code != code] == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_sentence_on_a_page_of_files_names_a_command_or_an_option(lang):
    registers = {code: of_register(code) for code in CODES_OF_REGISTERS}
    sheets = {
        code: Finding(code, entry.severity, "a", 1, dict.fromkeys(re.findall(r"{(\w+)}", entry.english), "x"))
        for code, entry in CODES_OF_SHEETS.items()
    }
    scored = {
        code: Finding(code, entry.severity, "a", 1, dict.fromkeys(re.findall(r"{(\w+)}", entry.english), "x"))
        for code, entry in CODES_OF_SCORING.items()
        if code in _OF_LISTS
    }
    uploads = {code: Finding(code, Severity.ERROR, "a", 1, {"found": "x", "expected": "x", "limit": "x"}) for code in ("WG607", "WG608")}
    assert uploads.keys() <= CODES_OF_PAGES.keys()
    for finding in (registers | sheets | scored | uploads).values():
        sentence = say_finding(finding, lang).sentence
        assert "--" not in sentence
        assert "tieuchi" not in sentence, finding.code
