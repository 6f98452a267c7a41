from __future__ import annotations

import pytest

from simulator.rules.checks.grounds import check
from simulator.rules.checks.subject import Subject
from simulator.rules.citation import InstrumentRegister, load_instruments
from tests.rules.specimen import OVERLAY, POINTS, SET, line_of, make_workspace, replace, stack_texts


def found(text, register=None):
    return [(finding.code, finding.line) for finding in check(Subject(stack_texts(text), register=register))]


def test_the_specimen_says_where_everything_comes_from(tmp_path):
    assert found(SET, load_instruments(make_workspace(tmp_path))) == []


def test_a_clause_without_grounds():
    text = replace(SET, 'assumption: {vi: "Giả định", en: "Assumed"}\n        multiple', "multiple")
    assert found(text) == [("RL301", line_of(text, "      money:"))]


def test_a_number_nobody_has_measured_needs_an_assumption():
    text = replace(SET, '    assumption: {vi: "Giả định", en: "Assumed"}\n    compliance', "    compliance")
    assert found(text) == [("RL305", line_of(text, "  fewer-leaders:"))]


def test_a_threshold_of_the_score_is_always_assumed():
    text = SET + "      bar: {kind: score-threshold, title: {vi: a, en: b}, at_least: 0.5, source: {instrument: decree-example, confidence: read}}\n"
    assert found(text) == [("RL305", line_of(text, "      bar:"))]


def test_an_instrument_nobody_knows():
    text = replace(SET, "instruments: [decree-example]", "instruments: [decree-example, decree-other]")
    text = replace(text, "{instrument: decree-example, confidence", "{instrument: decree-other, confidence")
    known = InstrumentRegister({"decree-example": None})
    assert found(text, known) == [("RL302", line_of(text, "decree-other, confidence"))]
    assert found(text) == []


def test_an_instrument_the_set_does_not_list():
    text = replace(SET, "instruments: [decree-example]\n", "")
    assert found(text) == [("RL303", line_of(text, 'provision: "Điều 1"')), ("RL303", line_of(text, "confidence: recalled"))]


@pytest.mark.parametrize("is_known", [True, False])
def test_an_instrument_listed_and_never_cited(is_known):
    text = replace(SET, "instruments: [decree-example]", "instruments:\n  - decree-example\n  - decree-other")
    register = InstrumentRegister({"decree-example": None, "decree-other": None}) if is_known else None
    assert found(text, register) == [("RL304", line_of(text, "- decree-other"))]


def found_in_stack(*texts):
    return [(finding.code, finding.file, finding.line) for finding in check(Subject(stack_texts(*texts))) if finding.code == "RL325"]


def test_a_number_changed_under_the_grounds_of_the_old_one():
    assert found_in_stack(SET, OVERLAY) == [("RL325", "layer-1.yaml", line_of(OVERLAY, "      quota:"))]


@pytest.mark.parametrize(
    "own",
    [
        'share: 0.3\n        assumption: {vi: "Giả định", en: "Assumed"}',
        "share: 0.3\n        source: {instrument: decree-example, confidence: read}",
        "rounding: floor",
    ],
)
def test_a_changed_number_with_grounds_of_its_own_or_no_changed_number(own):
    assert found_in_stack(SET, replace(OVERLAY, "share: 0.3", own)) == []


@pytest.mark.parametrize(
    ("given", "is_told"),
    [
        ("of: {holders_of: worker}", False),
        ("limit: {share: 0.4, source: {instrument: decree-example, confidence: read}}", False),
    ],
)
def test_what_brings_no_number_of_its_own_needs_no_grounds(given, is_told):
    assert bool(found_in_stack(SET, replace(OVERLAY, "share: 0.3", given))) is is_told


@pytest.mark.parametrize(
    ("requires", "is_told"),
    [
        ("{all: [{fact: rating, at_least: excellent}, {fact: unused-initiatives, at_least: 2, consumed: true}]}", True),
        ("{fact: unused-initiatives, at_least: 1, consumed: false}", False),
        ("{fact: rating, at_least: completed}", False),
    ],
)
def test_a_number_inside_a_condition_is_a_number(requires, is_told):
    text = replace(replace(OVERLAY, "quota:", "standard:"), "share: 0.3", f"requires: {requires}")
    assert bool(found_in_stack(SET, text)) is is_told


def test_a_number_of_a_band_is_a_number():
    part = 'why: {vi: "a", en: "b"}, bands: [{at_least: 9, points: 1}]'
    table = SET + POINTS
    text = OVERLAY[: OVERLAY.index("awards:")] + f"points:\n  results:\n    parts:\n      budget: {{{part}}}\n"
    assert [code for code, *_ in found_in_stack(table, text)] == ["RL325"]
