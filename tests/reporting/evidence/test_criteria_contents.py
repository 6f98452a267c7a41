"""The parts of the evidence are strict records: nothing is added, nothing is left out, nothing is converted."""

from __future__ import annotations

import json

import pytest
from pydantic import TypeAdapter, ValidationError

from simulator.reporting.evidence.criteria_contents import CriteriaExamples, CriteriaOverview

EXAMPLES = {"day": "22/11/2026", "n_staff": 100, "n_members": 20, "tables": [], "unshown": [], "decisions": {"a": [True, "yes", 1.5, None]}}


def test_examples_come_back_as_they_were():
    read = TypeAdapter(CriteriaExamples).validate_json(json.dumps(EXAMPLES))
    assert read.to_dict() == EXAMPLES


@pytest.mark.parametrize("change", [{"n_staff": "100"}, {"more": 1}, {"decisions": {"a": [[1]]}}])
def test_anything_else_is_refused(change):
    with pytest.raises(ValidationError):
        TypeAdapter(CriteriaExamples).validate_json(json.dumps(EXAMPLES | change))


def test_a_set_has_one_of_three_shapes():
    overview = {"title": "t", "shape": "sheet", "status": "s", "state": "d", "valid": "v", "notes": [], "counts": {}}
    with pytest.raises(ValidationError, match="shape"):
        TypeAdapter(CriteriaOverview).validate_json(json.dumps(overview))
