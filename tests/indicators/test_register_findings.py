"""Findings are told by line, each cause once, and not without end."""

from __future__ import annotations

import re

import numpy as np
import pytest

from simulator.errors import InputError
from simulator.indicators.register_findings import CODES, FileFindings, raise_errors
from simulator.presentation.i18n import catalogue, describe


def file(name="r.csv", n_rows=200):
    return FileFindings(name, np.arange(2, n_rows + 2))


def told(findings):
    return [(finding.code, finding.line) for finding in findings.told()]


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_worded_in_both_languages_with_the_same_fields(code):
    fields = {*re.findall(r"{(\w+)}", CODES[code])}
    findings = file()
    findings.report(code, 1, **dict.fromkeys(fields, "xyz"))
    for lang in ("vi", "en"):
        assert {*re.findall(r"{(\w+)}", catalogue(lang)[f"finding.{code}"])} <= fields
        assert "{" not in describe(findings.findings[0], lang)


def test_no_code_is_worded_that_cannot_be_found():
    assert {key.removeprefix("finding.") for key in catalogue("vi") if re.fullmatch(r"finding\.RG4\d\d", key)} == {*CODES}


def test_findings_are_told_in_the_order_of_lines():
    findings = file()
    findings.report("RG403", 9)
    findings.report_rows("RG411", np.array([5, 0]))
    findings.report_lines("RG407", [(4, {"first_line": "3"})])
    assert told(findings) == [("RG411", 2), ("RG407", 4), ("RG411", 7), ("RG403", 9)]


def test_beyond_fifty_it_is_told_how_many_more_there_are():
    findings = file()
    findings.report_rows("RG411", np.arange(50))
    assert told(findings) == [("RG411", line) for line in range(2, 52)]
    findings.report_rows("RG411", np.arange(60, 130))
    findings.report_lines("RG407", [(1, {"first_line": "3"})] * 52)
    assert len(findings.findings) == 150
    assert told(findings)[:2] == [("RG407", 1)] * 2
    assert (findings.told()[-1].code, findings.told()[-1].fields, len(findings.told())) == ("RG426", {"n": "122"}, 51)


def test_errors_of_all_files_are_raised_together():
    first, second = file("a.csv"), file("b.csv")
    raise_errors(first, second)
    second.report("RG403", 1)
    first.report("RG411", 7)
    with pytest.raises(InputError) as caught:
        raise_errors(first, second)
    assert [(finding.file, finding.code) for finding in caught.value.findings] == [("a.csv", "RG411"), ("b.csv", "RG403")]
    with pytest.raises(InputError) as caught:
        first.refuse("RG403", 1)
    assert [finding.code for finding in caught.value.findings] == ["RG403", "RG411"]
