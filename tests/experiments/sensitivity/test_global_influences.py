"""A study that varies everything at once comes back from strict JSON as it was."""

from __future__ import annotations

import json

import pytest
from pydantic import TypeAdapter, ValidationError

from simulator.experiments.sensitivity.global_influences import GlobalSensitivity
from tests.presentation.uncertain import entry, global_study

READER = TypeAdapter(GlobalSensitivity)


@pytest.mark.parametrize("method", ["morris", "sobol"])
def test_a_study_comes_back_as_it_was(method):
    study = global_study(entry("stakes", 0.5), entry("noise", 0.0), method=method)
    assert READER.validate_json(study.to_json()) == study


def test_what_is_unknown_or_of_another_kind_is_refused():
    content = global_study(entry("stakes", 0.5)).to_dict()
    for wrong in (
        content | {"runs": 1},
        content | {"n_runs": "many"},
        content | {"method": "fast"},
        {k: v for k, v in content.items() if k != "seed"},
    ):
        with pytest.raises(ValidationError):
            READER.validate_json(json.dumps(wrong))
