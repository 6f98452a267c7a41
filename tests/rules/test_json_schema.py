from __future__ import annotations

import json

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from simulator.rules.assembly import iter_set_files
from simulator.rules.facts import FACTS
from simulator.rules.json_schema import build_schema, schema_text
from simulator.rules.reading import read_yaml, read_yaml_bytes
from simulator.workspace import find_workspace
from tests.examples import sampled
from tests.rules.specimen import OVERLAY, SET, replace
from tests.rules.strategies import set_data, write_yaml
from tests.rules.table_specimen import TABLE

VALIDATOR = Draft202012Validator(build_schema())
PLACE = find_workspace()


def accepts(text):
    data = read_yaml_bytes(text.encode(), "x.yaml").data
    return VALIDATOR.is_valid(json.loads(json.dumps(data, default=str)))


def test_the_file_is_what_the_models_say():
    found = (PLACE.criteria / "schema.json").read_text(encoding="utf-8")
    assert found == schema_text(), "write it anew: python -m simulator.rules.json_schema"
    Draft202012Validator.check_schema(json.loads(found))


@pytest.mark.parametrize("path", list(iter_set_files(PLACE)), ids=lambda path: path.stem)
def test_every_file_of_the_house_is_accepted(path):
    data = json.loads(json.dumps(read_yaml(path).data, default=str))
    assert [error.message[:200] for error in VALIDATOR.iter_errors(data)] == []


@pytest.mark.parametrize("text", [SET, TABLE, OVERLAY])
def test_the_specimens_are_accepted(text):
    assert accepts(text)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (SET, "share: 0.5", "shar: 0.5"),
        (SET, "share: 0.5", 'share: "0.5"'),
        (SET, "rounding: nearest", "rounding: bankers"),
        (SET, "level: 2", "level: 0"),
        (SET, "  fighter:", "  Chiến sĩ:"),
        (SET, "kind: money", "kind: salary"),
        (SET, "kind: appraisal", "kind: quota"),
        (SET, "not: {fact: disciplined-this-year}", "none: {fact: disciplined-this-year}"),
        (SET, "at_least: 1, consumed: true", "at_least: 1"),
        (SET, "at_least: excellent", "at_least: 3"),
        (SET, "drafting_state: drafting\n", ""),
        (TABLE, "{at_least: 95, points: 15}", "{at_least: 95}"),
        (TABLE, "kind: deduct", "kind: deducts"),
        (TABLE, "by: [self, standing-body]", "by: [boss]"),
        (OVERLAY, 'why: {vi: "Giảm chỉ tiêu", en: "Fewer places"}\n', ""),
        (OVERLAY, "share: 0.3", "shares: 0.3"),
        (OVERLAY, "share: 0.3", "share: a third"),
    ],
)
def test_what_cannot_be_read_is_underlined(text, old, new):
    assert not accepts(replace(text, old, new))


def test_every_fact_has_its_shape():
    shapes = {shape["properties"]["fact"]["const"]: set(shape["required"]) - {"fact"} for shape in build_schema()["$defs"]["Test"]["oneOf"]}
    assert shapes == {fact: set(needs.keys) for fact, needs in FACTS.items()}


def test_an_editor_can_show_what_a_field_means():
    quota = build_schema()["$defs"]["PointsTest"]
    assert quota["properties"]["at_least_share"]["description"].startswith("A share, from 0 to 1")
    assert "\n" not in quota["description"]


def test_an_overlay_may_lead_to_a_part_without_touching_the_section():
    head = OVERLAY[: OVERLAY.index("awards:")]
    assert accepts(head + 'points: {results: {parts: {budget: {why: {vi: "A", en: "B"}, points: 3}}}}\n')
    assert not accepts(head + "points: {results: {parts: {budget: {points: 3}}}}\n")


@sampled(10, 100)  # a whole set takes a tenth of a second
@given(set_data())
def test_whatever_can_be_read_is_accepted(data):
    assert accepts(write_yaml(data))
