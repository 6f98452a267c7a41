from __future__ import annotations

import pytest

from simulator.experiments.scenarios.scenario import load_scenario
from simulator.presentation.rules.comparison_table import comparison_table
from simulator.reporting.evidence.contents import read_evidence
from simulator.reporting.evidence.redline import redlines_of
from simulator.rules.diffing import diff
from simulator.rules.loading import load_criteria
from simulator.workspace import find_workspace
from tests.reporting.redlines import LANGS, evidence


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("hanoi-2021")


@pytest.mark.parametrize("lang", LANGS)
def test_each_option_that_changes_something_has_its_table_and_the_words_are_those_of_the_comparison(scenario, lang):
    redlines = redlines_of(scenario, lang, find_workspace())
    assert [redline.option for redline in redlines] == ["plan-115", "letter-3959", "plan-115-and-letter-3959"]
    table = comparison_table(diff(load_criteria("decree-91"), load_criteria("decree-91+hanoi-plan-115")), lang)
    assert [row.clause for row in redlines[0].table(lang).rows] == [row.clause for row in table.rows]
    assert redlines[0].caption == table.caption


def test_the_words_travel_with_the_evidence(scenario):
    whole = evidence(scenario, "vi")
    assert read_evidence(whole.to_json()) == whole
