from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.experiments.scenarios.option import Phase
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


@pytest.mark.parametrize("lang", LANGS)
def test_what_only_an_earlier_phase_changes_is_named_with_its_years_below_the_table(scenario, lang):
    for_a_while, lasting = (scenario.options[number].criteria for number in (1, 2))  # plan 115, then letter 3959
    phased = replace(scenario.options[2], phases=(Phase(2, for_a_while), Phase(5, lasting)))
    (before,) = redlines_of(replace(scenario, options=(scenario.options[0], scenario.options[2])), lang, find_workspace())
    (after,) = redlines_of(replace(scenario, options=(scenario.options[0], phased)), lang, find_workspace())
    assert after.rows == before.rows
    assert after.notes[:-1] == before.notes
    clauses = {
        path: clause.title.in_language(lang) for path, clause in for_a_while.iter_clauses() if path not in dict(scenario.baseline.iter_clauses())
    }
    ends_with = dict(lasting.iter_clauses())
    assert len(clauses) == 7
    assert [title in after.notes[-1] for title in clauses.values()] == [path not in ends_with for path in clauses]
    assert {"vi": "từ năm thứ 2 đến năm thứ 4", "en": "years 2 to 4"}[lang] in after.notes[-1]


def test_the_words_travel_with_the_evidence(scenario):
    whole = evidence(scenario, "vi")
    assert read_evidence(whole.to_json()) == whole
