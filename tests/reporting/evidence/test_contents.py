from __future__ import annotations

import pytest

from simulator.experiments.comparing.ensemble import lay_side_by_side
from simulator.reporting.evidence.contents import ScenarioEvidence, numbers_of, read_evidence
from tests.presentation.specimen import specimen_comparison
from tests.reporting.specimen import evidence_of


def test_evidence_comes_back_as_it_was():
    structures = lay_side_by_side({"weighted": specimen_comparison(), "lexical": specimen_comparison()})
    evidence = ScenarioEvidence(evidence_of(lang="en", date="2026-01-05", seed=7).asked, specimen_comparison(), structures)
    assert read_evidence(evidence.to_json()) == evidence
    assert read_evidence(evidence.to_json()).to_json() == evidence.to_json()


@pytest.mark.parametrize("text", ["", "{}", '{"kind": "scenario"}', evidence_of().to_json().replace('"lang": "vi"', '"lang": "fr"', 1)])
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match=r"validation error|JSON"):
        read_evidence(text)


def test_every_number_has_a_name():
    numbers = numbers_of(evidence_of())
    comparison = specimen_comparison()
    assert len(numbers) == 8 * sum(len(option.indicators) for option in comparison.options)
    assert numbers["letter-3959/turn_taking_index/difference"] == comparison.option("letter-3959").indicators["turn_taking_index"].difference
