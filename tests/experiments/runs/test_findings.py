"""Every finding about a sweep has its sentence in both languages, which uses what the finding carries."""

from __future__ import annotations

import pytest

from simulator.experiments.runs.findings import CODES, make_finding
from simulator.presentation.i18n import catalogue, describe, placeholders


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_finding_is_told(code, lang):
    carried = placeholders(CODES[code].english)
    finding = make_finding(code, "tieuchi", 1, **{name: f"<{name}>" for name in carried})
    sentence = describe(finding, lang)
    assert sentence != finding.english
    assert all(f"<{name}>" in sentence for name in carried)


def test_no_sentence_is_left_for_a_code_that_is_gone():
    assert {key for key in catalogue("vi") if key.startswith("finding.SW")} == {f"finding.{code}" for code in CODES}


def test_what_only_concerns_keeping_stops_nothing():
    assert {code for code, entry in CODES.items() if entry.severity == "warning"} == {"SW101", "SW102", "SW103", "SW104", "SW105"}
