from __future__ import annotations

import pytest

from simulator.rules.checks.places import check
from simulator.rules.checks.subject import Subject
from tests.rules.specimen import SET, line_of, replace, stack_texts


@pytest.mark.parametrize(
    ("share", "rounding", "pooling", "sizes"),
    [
        ("0.5", "nearest", "unit", None),
        ("0.15", "nearest", "unit", "3"),
        ("0.15", "floor", "unit", "3"),
        ("0.1", "floor", "unit", "3, 7"),
        ("0.02", "nearest", "unit", "3, 7, 12, 20"),
        ("0.02", "ceiling", "unit", None),
        ("0.02", "systematic", "unit", None),
        ("0.02", "nearest", "all", None),
    ],
)
def test_what_a_share_does_to_small_units(share, rounding, pooling, sizes):
    text = replace(
        SET,
        "share: 0.5\n        of: {holders_of: worker}\n        pooling: unit\n        rounding: nearest",
        f"share: {share}\n        pooling: {pooling}\n        rounding: {rounding}",
    )
    findings = list(check(Subject(stack_texts(text))))
    if sizes is None:
        assert findings == []
    else:
        assert [(finding.code, finding.line, finding.fields["sizes"]) for finding in findings] == [
            ("RL317", line_of(text, f"share: {share}\n        pooling"), sizes)
        ]


@pytest.mark.parametrize("pooling", ["unit", "all"])
def test_a_share_of_nothing_is_not_a_matter_of_rounding(pooling):
    text = replace(SET, "share: 0.5\n        of: {holders_of: worker}\n        pooling: unit", f"share: 0\n        pooling: {pooling}")
    findings = [(finding.code, finding.line) for finding in check(Subject(stack_texts(text)))]
    assert findings == [("RL393", line_of(text, f"share: 0\n        pooling: {pooling}"))]


@pytest.mark.parametrize(
    ("old", "new", "code", "sizes"),
    [
        ("share: 0.5", "share: 0.9", "RL363", None),
        ("rounding: nearest", "rounding: ceiling", None, None),
        ("share: 0.5\n        of: {holders_of: worker}\n        pooling: unit\n        rounding: nearest", None, "RL363", "3"),
        ("share: 0.2\n", "share: 0.8\n", "RL366", "3"),
    ],
)
def test_a_share_that_takes_everything(old, new, code, sizes):
    text = replace(SET, old, new or "share: 0.9\n        pooling: unit\n        rounding: ceiling")
    findings = list(check(Subject(stack_texts(text))))
    if sizes is None and code is not None:
        sizes = "3"
    assert [(finding.code, finding.fields["sizes"].split(", ")[0]) for finding in findings] == ([(code, sizes)] if code else [])


def test_a_cap_that_leaves_leaders_nothing_in_small_units():
    cap = '      cap: {kind: leader-cap, title: {vi: "Trần", en: "Cap"}, share: 0.1, pooling: unit}\n'
    findings = [(finding.code, finding.fields["sizes"]) for finding in check(Subject(stack_texts(SET + cap)))]
    assert findings == [("RL364", "3, 7")]


def test_a_fixed_number_is_not_a_share():
    assert list(check(Subject(stack_texts(replace(SET, "share: 0.5", "places: 1"))))) == []
