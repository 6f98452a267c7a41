from __future__ import annotations

from fractions import Fraction

import pytest
from pydantic import TypeAdapter

from simulator.rules.conditions import Condition
from simulator.rules.histories import FULL_TOTAL
from simulator.rules.intervals import interval_of
from simulator.rules.point_table import PointTable
from simulator.rules.points import Band
from tests.rules.specimen import SET, replace, stack_texts
from tests.rules.table_specimen import TABLE

READ = TypeAdapter(Condition).validate_python


def table(text=TABLE):
    return PointTable(stack_texts(text))


def can(*values, text=TABLE):
    return table(text).find([READ(value) for value in values]) is not None


def test_the_most_of_each_part():
    most = table().most
    assert (most["results"], most["extra.ideas"], most["total"], most[FULL_TOTAL]) == (60, 15, 110, 100)
    assert table().most_asked("every-criterion") == 15
    assert table().most_asked("nothing") is None
    assert table(SET).most == {}


def test_sets_without_points_that_ask_the_same_are_answered_once():
    twice = [READ({"fact": "service-months", "at_least": 12}), READ({"fact": "sector", "one_of": ["school"]})]
    found = table(SET).find(twice)
    assert PointTable(stack_texts(SET)).find(twice) is found
    assert table(SET).find(twice[:1]).facts == ("service-months 12",) != found.facts


def test_a_bonus_beyond_the_scale_is_not_in_the_total():
    assert table(replace(TABLE, "    bonus: 10\n", "    bonus: 4\n")).most["total"] == 104


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([{"points": "total", "at_least": 95}, {"points": "results.budget", "below": 15}], False),
        ([{"points": "total", "at_least": 95}, {"points": "results.budget", "below": 16}], True),
        ([{"points": "results", "at_least": 50}, {"points": "results.budget", "below": 20}], False),
        ([{"points": "results", "at_least": 49}, {"points": "results.budget", "below": 20}], True),
        ([{"points": "total", "below": 50}, {"points": "results", "at_least": 58}], False),
        ([{"points": "total", "below": 51}, {"points": "results", "at_least": 58}], True),
        ([{"points": "total", "at_least": 101}, {"points": "extra", "below": 1}], False),
        ([{"points": "every-criterion", "at_least_share": 0.9}, {"points": "results.quality", "below": 10}], False),
        ([{"points": "every-criterion", "at_least_share": 0.9}, {"points": "total", "below": 70}], False),
        ([{"points": "every-criterion", "at_least_share": 0.5}, {"points": "total", "below": 70}], True),
        ([{"points": "every-criterion", "at_least": 16}], False),
        ([{"points": "every-criterion", "at_least": 15}], True),
        ([{"class": ["excellent"]}, {"points": "total", "below": 90}], False),
        ([{"class": ["good"]}, {"points": "total", "below": 81}], True),
        ([{"class": ["excellent"]}, {"points": "results.quality", "below": 12}], False),
        ([{"class": ["poor"]}, {"points": "total", "at_least": 80}], False),
        ([{"class": ["good"]}, {"points": "total", "at_least": 90}], True),
        ([{"class": ["excellent", "good"]}, {"points": "total", "below": 80}], False),
        ([{"points": "total", "at_least_share_of_mean": 2}, {"points": "total", "below": 1}], True),
    ],
)
def test_what_parts_total_and_class_leave_possible(values, expected):
    assert can(*values) is expected


def test_a_class_that_somebody_may_be_put_down_to_asks_only_for_its_bound():
    down = replace(
        TABLE, "    when: {any: [{fact: disciplined-this-year}", "    effect: down-one-class\n    when: {any: [{fact: disciplined-this-year}"
    )
    assert can({"class": ["good"]}, {"points": "total", "at_least": 95}, text=down)
    assert can({"class": ["excellent"]}, {"points": "results.quality", "below": 12}, text=down)
    assert not can({"class": ["good"]}, {"points": "total", "below": 80}, text=down)


def test_an_event_that_only_takes_off_counts_against_no_floor():
    event = "        kind: event\n        each: -2\n"
    text = replace(TABLE, "        kind: mark\n", event).replace("        by: [self, standing-body]\n        step: 0.5\n", "")
    assert can({"points": "every-criterion", "at_least_share": 0.85}, text=text)
    assert table(text).most["total"] == 90


def test_spans_that_fit():
    def spans(**bounds):
        return {name.replace("_", "."): interval_of(Band(at_least=low, at_most=high)) for name, (low, high) in bounds.items()}

    assert table().fits({})
    assert table().fits(spans(results=(40, 60), results_budget=(10, 12)))
    assert not table().fits(spans(results=(45, 60), results_budget=(10, 12)))
    assert table().most["results.budget"] == Fraction(30)
