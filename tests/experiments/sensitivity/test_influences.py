"""A study of assumptions comes back from strict JSON as it was."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from pydantic import TypeAdapter, ValidationError

from simulator.experiments.sensitivity.influences import Sensitivity
from tests.presentation.influences import entry, sensitivity_of

READER = TypeAdapter(Sensitivity)


def test_a_study_comes_back_as_it_was():
    study = sensitivity_of(entry("stakes", -0.1, 0.2), entry("noise", 0.0, 0.0, has_effect=False))
    one_sided = replace(
        study.assumptions[0], responses={"plan": {"gini": replace(study.assumptions[0].responses["plan"]["turn_taking_index"], low=None)}}
    )
    study = replace(study, assumptions=[one_sided, *study.assumptions[1:]])
    assert READER.validate_json(study.to_json()) == study


def test_what_is_unknown_or_of_another_kind_is_refused():
    content = sensitivity_of(entry("stakes", -0.1, 0.2)).to_dict()
    for wrong in (content | {"runs": 1}, content | {"n_runs": "many"}, {key: value for key, value in content.items() if key != "seed"}):
        with pytest.raises(ValidationError):
            READER.validate_json(json.dumps(wrong))
