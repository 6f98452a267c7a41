from __future__ import annotations

import json

from simulator.rules.checks.telling import NOMINEE, TESTS, conditions_marker, nominee_marker
from simulator.rules.conditions import ClassTest, Not, PointsTest
from simulator.rules.facts import Test
from tests.rules.specimen import stack_texts
from tests.rules.table_specimen import TABLE


def test_conditions_are_told_with_the_titles_of_what_they_mention():
    criteria = stack_texts(TABLE)
    conditions = [ClassTest.model_validate({"class": ["good"]}), PointsTest(points="results.budget", below=5), Not(**{"not": Test(fact="is-woman")})]
    marker = conditions_marker(criteria, conditions)
    told = json.loads(marker.removeprefix(TESTS))
    assert told["shown"] == [{"class": ["good"]}, {"points": "results.budget", "below": 5}, {"not": {"fact": "is-woman"}}]
    assert told["names"]["vi"] == {"classes.good": "Tốt", "points.results.budget": "Ngân sách"}


def test_a_nominee_is_told_by_what_it_has():
    marker = nominee_marker(stack_texts(TABLE), ["best (0, -1)", "service-months 10"])
    told = json.loads(marker.removeprefix(NOMINEE))
    assert told["shown"] == ["best (0, -1)", "service-months 10"]
    assert told["names"]["en"] == {"best": "Best"}
    assert json.loads(nominee_marker(stack_texts(TABLE), None).removeprefix(NOMINEE))["shown"] is None
