from __future__ import annotations

import pytest
from hypothesis import given

from simulator.rules.checks.bands import check
from simulator.rules.checks.subject import Subject
from tests.examples import sampled
from tests.rules.specimen import stack_texts
from tests.rules.strategies import criteria_sets
from tests.rules.table_specimen import TABLE, at


def found(old, new):
    assert TABLE.count(old) == 1
    return [(finding.code, finding.fields) for finding in check(Subject(stack_texts(TABLE.replace(old, new))))]


@pytest.mark.parametrize(
    ("old", "new", "gap"),
    [
        ("below: 95, points", "below: 94, points", "94 ≤ x < 95"),
        ("below: 95, points", "at_most: 94.5, points", "94.5 < x < 95"),
        ("at_least: 60, below: 90", "at_least: 60, at_most: 89", "89 < x < 90"),
        ("at_least: 95, points", "above: 95, points", "x = 95"),
    ],
)
def test_a_gap_between_bands_is_named_exactly(old, new, gap):
    assert found(old, new) == [("RL331", {"clause": "points.results.quality", "gap": gap})]
    at(old, new, "RL331", "      quality:")


@pytest.mark.parametrize(
    ("old", "new", "common"),
    [
        ("at_least: 90, below: 95", "at_least: 90, at_most: 95", "x = 95"),
        ("at_least: 60, below: 90", "at_least: 60, at_most: 92", "90 ≤ x ≤ 92"),
    ],
)
def test_an_overlap_is_named_exactly(old, new, common):
    ((code, fields),) = found(old, new)
    assert (code, fields["common"]) == ("RL332", common)
    at(old, new, "RL332")


def test_bands_with_lower_bounds_only_are_a_cascade():
    assert found("at_least: 90, below: 95", "at_least: 90") == []
    assert found("at_least: 60, below: 90", "at_least: 60") == []


def test_a_band_below_a_wider_one_is_never_used():
    at(
        "          - {at_least: 95, points: 15}\n          - {at_least: 90, below: 95, points: 12}\n",
        "          - {at_least: 90, points: 15}\n          - {at_least: 95, points: 12}\n",
        "RL335",
        "          - {at_least: 95, points: 12}",
    )


def test_a_band_without_a_number_and_one_below_zero_percent():
    assert found("at_least: 90, below: 95", "at_least: 96, below: 95")[0][0] == "RL333"
    at("at_least: 60, below: 90, points: 5}\n", "at_least: 60, below: 90, points: 5}\n          - {below: 0, points: 1}\n", "RL334", "- {below: 0")


@pytest.mark.parametrize(
    ("old", "new", "code", "part"),
    [
        ("    at_least: 80\n    below: 90", "    at_least: 80\n    below: 89", "RL331", "  excellent:\n    title"),
        ("    at_least: 80\n", "    at_least: 81\n", "RL331", "  good:"),
        ("    at_least: 90\n    requires", "    at_least: 111\n    requires", "RL336", "  excellent:\n    title"),
        ("    at_least: 80\n    below: 90", "    at_least: 91\n    below: 95", "RL337", "  good:"),
        ("    below: 80\n", "    at_least: 20\n    below: 80\n", "RL339", "  poor:"),
        ("    below: 80\n", "    above: 80\n    below: 80\n", "RL333", "  poor:"),
        ("    below: 80\n", "    at_most: 80\n", "RL332", "  poor:"),
    ],
)
def test_classes_with_gaps_overlaps_and_out_of_reach(old, new, code, part):
    findings = found(old, new)
    assert findings[0][0] == code
    text = TABLE.replace(old, new)
    first = next(iter(check(Subject(stack_texts(text)))))
    assert first.line == text.count("\n", 0, text.index(part)) + 1


def test_a_class_that_an_equal_one_shadows():
    assert found("    at_least: 80\n    below: 90", "    at_least: 90") == [
        ("RL331", {"clause": "classes.good", "gap": "80 ≤ x < 90"}),
    ], "the first has a condition, so the second is for those who fail it"
    text = TABLE.replace("    requires: {points: every-criterion, at_least_share: 0.85}\n", "").replace(
        "    at_least: 80\n    below: 90", "    at_least: 90"
    )
    assert [finding.code for finding in check(Subject(stack_texts(text)))] == ["RL338", "RL331"]


def test_a_bonus_beyond_the_best_class_is_a_gap():
    assert found("    at_least: 90\n    requires", "    at_least: 90\n    at_most: 100\n    requires") == [
        ("RL331", {"clause": "classes.excellent", "gap": "100 < x ≤ 110"})
    ]


@sampled(10, 120)  # a whole set takes a tenth of a second
@given(criteria_sets(has_points=True, is_sound=True))
def test_sound_bands_and_classes_have_no_gap_and_no_overlap(criteria):
    assert {finding.code for finding in check(Subject(criteria))} <= {"RL336", "RL334"}  # only a cut above a tiny table's total
