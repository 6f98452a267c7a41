from __future__ import annotations

import json

from simulator.rules.checks.telling import NOMINEE, SOURCE, TESTS, conditions_marker, nominee_marker, source_marker
from simulator.rules.citation import Source
from simulator.rules.conditions import ClassTest, Not, PointsTest
from simulator.rules.facts import Test
from tests.rules.checks.test_limits import REGISTER
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


def test_a_source_is_told_with_what_its_instrument_is_called():
    source = Source(instrument="decree-example", provision="Điều 5", confidence="read")
    told = json.loads(source_marker(source, REGISTER).removeprefix(SOURCE))
    assert told["shown"] == "decree-example, Điều 5"
    assert (told["instrument"]["kind"], told["source"]["provision"]) == ("decree", "Điều 5")
    assert json.loads(source_marker(source, None).removeprefix(SOURCE))["instrument"] is None
