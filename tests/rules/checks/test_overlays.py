from __future__ import annotations

from simulator.rules.checks.overlays import check
from simulator.rules.checks.subject import Subject
from tests.rules.specimen import OVERLAY, SET, line_of, replace, stack_texts


def found(*texts):
    return [(finding.code, finding.file, finding.line) for finding in check(Subject(stack_texts(*texts)))]


def test_an_overlay_that_changes_something():
    assert found(SET, OVERLAY) == []
    assert found(SET) == []


def test_an_overlay_that_changes_nothing_is_told_once():
    assert found(SET, OVERLAY[: OVERLAY.index("awards:")]) == [("RL318", "layer-1.yaml", 1)]
    assert found(SET, replace(OVERLAY, "share: 0.3", "share: 0.5")) == [("RL318", "layer-1.yaml", 1)]


def test_a_field_given_the_value_it_has():
    text = replace(OVERLAY, "share: 0.3", "share: 0.3\n        pooling: unit")
    assert found(SET, text) == [("RL323", "layer-1.yaml", line_of(text, "pooling: unit"))]
