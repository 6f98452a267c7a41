from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given

from simulator.rules.checks.subject import Subject
from simulator.rules.checks.sums import check, most_bonus, most_of, show
from tests.examples import sampled
from tests.rules.specimen import SET, line_of, stack_texts
from tests.rules.strategies import criteria_sets
from tests.rules.table_specimen import TABLE, at, planted


def test_the_table_itself_adds_up():
    assert planted("checked_on: 2026-11-22", "checked_on: 2026-11-21") == []


@pytest.mark.parametrize(
    ("old", "new", "code", "part"),
    [
        ("points: 60\n", "points: 61\n", "RL326", None),
        ("        points: 30\n", "        points: 30.5\n", "RL326", "    points: 60"),
        ("total: 100", "total: 99.5", "RL327", None),
        ("bonus: 10", "bonus: 11", "RL328", None),
        ("    points: 8\n    parts", "    points: 9\n    parts", "RL328", None),
    ],
)
def test_a_sum_that_does_not_add_up_is_found_at_its_line(old, new, code, part):
    if "points: 61" in new:
        text = TABLE.replace(old, new)
        assert planted(old, new) == [("RL327", line_of(text, "total: 100")), ("RL326", line_of(text, new))]
    else:
        at(old, new, code, part)


def test_bonus_and_penalties_stand_apart_and_a_smaller_cap_is_a_cap():
    criteria = stack_texts(TABLE)
    assert most_of(criteria.points) == 100
    assert most_bonus(criteria.points) == 10
    assert criteria.points["extra"].points < criteria.points["extra"].parts["ideas"].points


def test_numbers_are_added_exactly():
    text = TABLE.replace("points: 30\n", "points: 29.9\n").replace("        points: 15\n        bands", "        points: 15.1\n        bands")
    assert "RL326" not in [finding.code for finding in check(Subject(stack_texts(text)))]
    assert show(Fraction(1, 10) + Fraction(2, 10)) == "0.3"


def test_an_event_that_only_takes_off_adds_nothing_to_a_section():
    event = '      fine: {kind: event, title: {vi: "Lỗi", en: "Fault"}, assumption: {vi: "Giả định", en: "Assumed"}, points: 5, each: -1}\n'
    assert planted("      order:\n        kind: deduct", f"{event}      order:\n        kind: deduct") == []


def test_points_and_scale_belong_together():
    without = TABLE[: TABLE.index("  scale:")] + TABLE[TABLE.index("  first-stage:") :]
    assert [(finding.code, finding.line) for finding in check(Subject(stack_texts(without)))] == [("RL329", line_of(without, "  results:"))]
    scale = TABLE[TABLE.index("  scale:") : TABLE.index("  first-stage:")]
    text = SET.replace("procedure:\n", "procedure:\n" + scale)
    assert [(finding.code, finding.line) for finding in check(Subject(stack_texts(text)))] == [("RL330", line_of(text, "  scale:"))]


@sampled(10, 100)  # a whole set takes a tenth of a second
@given(criteria_sets(has_points=True, is_sound=True))
def test_sound_sets_have_no_wrong_sum(criteria):
    assert [finding.code for finding in check(Subject(criteria)) if finding.code in {"RL326", "RL327"} and criteria.points] in ([], ["RL327"])
