from __future__ import annotations

import pytest
from hypothesis import given
from pydantic import TypeAdapter, ValidationError

from simulator.errors import InputError
from simulator.rules.loading import criteria_from_text
from simulator.rules.points import Band, Part, Section, can_give_points, every_criterion, iter_parts
from tests.examples import sampled
from tests.rules.specimen import line_of, replace, stack_texts
from tests.rules.strategies import parts
from tests.rules.table_specimen import TABLE

PART = TypeAdapter(Part)


def test_sections_stand_before_what_they_hold():
    assert [path for path, _part in iter_parts(stack_texts(TABLE).points)] == [
        "results",
        "results.budget",
        "results.quality",
        "results.merit",
        "conduct",
        "conduct.order",
        "conduct.opinion",
        "extra",
        "extra.ideas",
        "faults",
        "faults.unsigned",
    ]


def test_what_is_left_out_has_the_plain_meaning():
    budget, opinion = (dict(iter_parts(stack_texts(TABLE).points))[path] for path in ("results.budget", "conduct.opinion"))
    assert (budget.target, budget.loses.counted, budget.nothing_below, budget.round_to) == (100, "pro-rata", None, None)
    assert opinion.counts == "last"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{at_least: 90, below: 95,", "{at_least: 90, above: 91, below: 95,", "CS122"),
        ("{at_least: 90, below: 95,", "{at_least: 90, at_most: 94, below: 95,", "CS122"),
        ("    at_least: 80\n", "    at_least: 80\n    above: 80\n", "CS122"),
        ("        points: 30\n", "        points: -1\n", "CS105"),
        ("        kind: mark\n", "        kind: marks\n", "CS109"),
        ("by: [self, standing-body]", "by: [self, boss]", "CS104"),
        ("by: [self, standing-body]", "by: []", "CS107"),
        ("        step: 0.5\n", "        steps: 0.5\n", "CS101"),
        ("{points: conduct.order, below: 5}", "{points: conduct.order, below: 5, at_least: 1}", "CS121"),
        ("{who: {fact: is-woman}}", "{who: {fact: is-woman}, points: total}", "CS121"),
        ("{who: {fact: is-woman}}", "{}", "CS121"),
        ('{title: {vi: "Chậm", en: "Late"}, minus: 5}', '{title: {vi: "Chậm", en: "Late"}}', "CS102"),
    ],
)
def test_a_part_that_cannot_be_read_is_one_error_at_its_line(old, new, code):
    text = replace(TABLE, old, new)
    with pytest.raises(InputError) as caught:
        criteria_from_text(text, "x.yaml")
    (finding,) = caught.value.findings
    assert finding.code == code
    assert abs(finding.line - line_of(text, new)) <= 4, "the line of the clause, or of the key in it"


def test_a_threshold_compares_once():
    base = {"kind": "threshold", "title": {"vi": "A", "en": "B"}, "points": 5}
    for keys in ({}, {"at_least": 3}, {"at_most": 3}, {"when": {"fact": "is-woman"}}):
        assert PART.validate_python({**base, **keys}).points == 5
    with pytest.raises(ValidationError, match="one comparison"):
        PART.validate_python({**base, "at_least": 3, "at_most": 4})


def test_a_band_may_be_open_on_both_sides():
    assert Band() == Band(at_least=None, below=None)


@sampled(10, 100)
@given(parts(["worker"]))
def test_any_table_survives_being_written_and_read(data):
    table = TypeAdapter(dict[str, Part]).validate_python(data)
    again = TypeAdapter(dict[str, Part]).dump_python(table, mode="json", exclude_none=True, by_alias=True)
    assert TypeAdapter(dict[str, Part]).validate_python(again) == table
    assert sum(isinstance(part, Section) for _path, part in iter_parts(table)) == str(data).count("'parts': ")


@pytest.mark.parametrize(
    ("kind", "numbers", "can"),
    [
        ("event", {"each": -3.0}, False),
        ("event", {"each": 0.0}, False),
        ("event", {"each": 3.0}, True),
        ("count", {"each": 0.0}, False),
        ("steps", {"bands": [{"at_least": 1.0, "points": -2.0}, {"below": 1.0, "points": 0.0}]}, False),
        ("steps", {"bands": [{"at_least": 1.0, "points": 2.0}]}, True),
        ("highest", {"levels": {"a": {"title": {"vi": "a", "en": "a"}, "points": 0.0}}}, False),
        ("achievements", {"levels": {"a": {"title": {"vi": "a", "en": "a"}, "points": 1.0}}}, True),
        ("mark", {}, True),
        ("proportional", {"points": 0.0}, False),
    ],
)
def test_a_criterion_that_only_takes_points_off_can_give_none(kind, numbers, can):
    part = PART.validate_python({"kind": kind, "title": {"vi": "Tên", "en": "Name"}, "points": 10.0, **numbers})
    assert can_give_points(part) is can


def test_every_criterion_leaves_out_bonus_penalty_and_what_gives_nothing():
    budget, quality, merit = "results.budget", "results.quality", "results.merit"
    assert every_criterion(stack_texts(TABLE).points) == (budget, quality, merit, "conduct.order", "conduct.opinion")
    reminded = "        kind: event\n        each: -2\n"
    text = replace(TABLE, "        kind: mark\n", reminded).replace("        by: [self, standing-body]\n        step: 0.5\n", "")
    assert every_criterion(stack_texts(text).points) == (budget, quality, merit, "conduct.order")
