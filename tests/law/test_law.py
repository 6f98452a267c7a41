"""Every law case of the folder, each named by its file and line, through the scoring that real nominees go through."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.rules.catalogue import list_workspace
from simulator.scoring.case_runs import find_case_files, run_case_files
from simulator.scoring.cases import read_cases
from simulator.workspace import Workspace

HERE = Workspace(Path(__file__).parents[2])
FILES = find_case_files(HERE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_rules_say_what_the_sentences_say(path):
    results = run_case_files([path], HERE)
    assert results
    assert [finding.render() for result in results for finding in result.findings] == []


def test_every_set_and_scoring_table_has_its_cases():
    catalogue = list_workspace(HERE)
    tried = {name for path in FILES for name in read_cases(path).content.set.split("+")}
    assert {entry.id for entry in (*catalogue.criteria_sets, *catalogue.scoring_tables)} - tried == set()
