from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import simulator.scoring
from simulator.errors import InputError
from simulator.presentation.i18n import catalogue, placeholders
from simulator.scoring.point_codes import CODES, make_finding
from tests.scoring.point_tables import level, part, scored
from tests.scoring.rosters import make_roster

ROOM = Path(simulator.scoring.__file__).parent


def test_every_code_is_made_somewhere():
    strings = {
        node.value
        for path in ROOM.rglob("*.py")
        if path.name != "point_codes.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"SR47\d", node.value)
    }
    assert strings == set(CODES)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_sentence_with_its_fields(code, lang):
    assert set(placeholders(catalogue(lang)[f"finding.{code}"])) == set(placeholders(CODES[code].english))


def test_a_finding_says_what_in_plain_english():
    assert make_finding("SR472", "a.yaml", 3, clause="points.b").english == "points.b asks for the points or the class it helps to decide"


def findings(points, **rest):
    with pytest.raises(InputError) as caught:
        scored(points, make_roster(numbers={"a": [1]}), **rest)
    return [(finding.code, finding.fields.get("clause")) for finding in caught.value.findings]


def test_more_points_than_can_be_counted_are_refused():
    assert findings({"a": part("mark", 10**10)}) == [("SR471", None)]


def test_a_criterion_that_asks_for_points_and_a_class_that_asks_for_a_class_are_refused_together():
    points = {
        "a": part("mark"),
        "b": part("threshold", when={"not": {"points": "a", "at_least": 5}}),
        "c": part(
            "section", parts={"d": part("highest", levels={"x": level(1, {"class": ["good"]})}), "e": part("achievements", levels={"y": level(1)})}
        ),
    }
    classes = {"good": {"at_least": 5, "requires": {"points": "a", "at_least": 1}}, "rest": {"requires": {"not": {"class": ["good"]}}}}
    assert findings(points, classes=classes) == [("SR472", "points.b"), ("SR472", "points.c.d"), ("SR472", "classes.rest")]
