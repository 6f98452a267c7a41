from __future__ import annotations

import pytest
from pydantic import ValidationError

from simulator.rules.reading import read_yaml_bytes
from simulator.rules.schema import SECTIONS, CriteriaFile, OverlayFile
from tests.rules.specimen import OVERLAY, SET, replace


def read(text, model=CriteriaFile):
    return model.model_validate(read_yaml_bytes(text.encode(), "x.yaml").data)


def test_a_full_set_has_its_header_and_its_rules():
    content = read(SET)
    assert (content.id, content.status, content.extends) == ("specimen", "illustrative", None)
    assert list(content.awards) == ["worker", "fighter"]
    assert [clause.kind for clause in content.awards["fighter"].clauses.values()] == ["eligibility", "quota", "direct-worker-floor", "money"]


def test_a_set_written_out_and_read_again_is_the_same_set():
    content = read(SET)
    assert CriteriaFile.model_validate_json(content.model_dump_json()) == content


def test_an_overlay_says_only_what_it_changes():
    content = read(OVERLAY, OverlayFile)
    assert content.extends == "specimen"
    assert content.awards["fighter"].clauses["quota"]["share"] == 0.3


@pytest.mark.parametrize("name", SECTIONS)
def test_an_award_cannot_have_the_name_of_a_section(name):
    with pytest.raises(ValidationError, match="CS119"):
        read(replace(SET, "  worker:\n", f"  {name}:\n"))


def test_an_overlay_refuses_keys_nobody_knows():
    with pytest.raises(ValidationError, match="Extra inputs"):
        read(replace(OVERLAY, "  fighter:\n", "  fighter:\n    titel: x\n"), OverlayFile)
