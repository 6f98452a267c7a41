"""Every law case of the folder, each named by its file and line, through the scoring that real nominees go through."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from simulator.rules.catalogue import list_workspace
from simulator.scoring.case_runs import find_case_files, run_case_files
from simulator.scoring.cases import Case, Expectation, Person, read_cases
from simulator.workspace import Workspace

HERE = Workspace(Path(__file__).parents[2])
FILES = find_case_files(HERE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_rules_say_what_the_sentences_say(path):
    results = run_case_files([path], HERE)
    assert results
    assert [finding.render() for result in results for finding in result.findings] == []


def test_the_example_of_the_read_me_holds(tmp_path):
    (example,) = re.findall(r"```yaml\n(.*?)```", (Path(__file__).parent / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "example.yaml"
    path.write_text(example, encoding="utf-8")
    results = run_case_files([path], HERE)
    assert [result.holds for result in results] == [True, True]


def test_every_key_is_explained():
    text = (Path(__file__).parent / "README.md").read_text(encoding="utf-8")
    for model in (Case, Person, Expectation):
        for name, field in model.model_fields.items():
            assert f"`{field.alias or name}`" in text, name


def test_every_set_and_scoring_table_has_its_cases():
    catalogue = list_workspace(HERE)
    tried = {name for path in FILES for name in read_cases(path).content.set.split("+")}
    assert {entry.id for entry in (*catalogue.criteria_sets, *catalogue.scoring_tables)} - tried == set()
