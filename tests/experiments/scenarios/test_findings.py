"""Every finding about a scenario has its sentence, and stops the work."""

from __future__ import annotations

import string

import pytest

from simulator.errors import Severity
from simulator.experiments.scenarios.findings import CODES, make_finding


@pytest.mark.parametrize("code", CODES)
def test_a_finding_is_one_line_that_says_what_was_found(code):
    names = [name for _, name, _, _ in string.Formatter().parse(CODES[code].english) if name]
    finding = make_finding(code, "scenarios/x.yaml", 7, **{name: f"<{name}>" for name in names})
    assert (finding.code, finding.file, finding.line) == (code, "scenarios/x.yaml", 7)
    assert finding.severity is Severity.ERROR
    assert finding.is_unreadable
    assert finding.render().startswith(f"scenarios/x.yaml:7: {code} error: ")
    assert all(f"<{name}>" in finding.english for name in names)
    assert finding.fields == {name: f"<{name}>" for name in names}


def test_codes_are_numbered_without_a_gap():
    assert list(CODES) == [f"SC{number}" for number in range(301, 301 + len(CODES))]


def test_a_sentence_without_its_words_is_refused():
    with pytest.raises(KeyError):
        make_finding("SC301", "x", 1, found="y")
