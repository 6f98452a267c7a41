"""The manifest says what the results are, of which program, and what may be deleted."""

from __future__ import annotations

import json
import re

import pytest

from simulator.experiments.runs.code_version import CODE_VERSION, ground
from simulator.experiments.runs.plan import RunId
from simulator.experiments.store.manifest import MANIFEST_NAME, former_folders
from simulator.experiments.store.results_file import FILE_NAME, FORMAT
from simulator.experiments.store.store import Store
from tests.experiments.hard_runs import RESULT
from tests.experiments.shelf import change


@pytest.fixture
def manifest(tmp_path):
    """Give the manifest of a store in which something was kept, and something failed."""
    (tmp_path / "1-0add9a58d53dc7dee303").mkdir()
    (tmp_path / "results-2.damaged-1.sqlite").touch()
    with Store(tmp_path, tell=lambda _finding: None) as store:
        store.add(RunId("ab" * 32, 0), RESULT)
        change(tmp_path, "UPDATE results SET program = ?", "f" * 64)
        for replication in range(3):
            store.add(RunId("ab" * 32, replication), RESULT)
        store.add_failure(RunId("ab" * 32, 7), "ArithmeticError: no such luck")
        store.add_study("ab" * 32, "structures", "{}")
    return json.loads((tmp_path / MANIFEST_NAME).read_text(encoding="ascii"))


def test_it_counts_what_is_kept_by_program(manifest):
    assert manifest["results_by_program"] == {"f" * 64: {"run": 1, "failed": 0}, CODE_VERSION: {"run": 3, "failed": 1, "study": 1}}
    assert manifest["never_read_by_this_program"] == ["f" * 64]
    assert manifest["failures"] == [{"scenario": "ab" * 32, "name": "7", "reason": "ArithmeticError: no such luck"}]


def test_it_says_how_the_file_was_made(manifest):
    assert (manifest["file"], manifest["format"], manifest["holds_names_of_people"]) == (FILE_NAME, FORMAT, False)
    assert manifest["journal_mode"] in {"wal", "truncate"}
    assert (manifest["program"]["code"], manifest["program"]["runs_on"]) == (CODE_VERSION, ground())
    assert re.fullmatch(r"\d+\.\d+.*", manifest["program"]["tieuchi"])
    assert manifest["named_by"] == ["rules", "scenario", "assumptions", "seed", "replication", "program"]


def test_it_says_what_may_be_deleted(manifest):
    assert manifest["may_be_deleted"] == {
        "when_no_command_is_working": [f"{FILE_NAME}*", MANIFEST_NAME],
        "at_any_time": ["results-2.damaged-1.sqlite", "1-0add9a58d53dc7dee303"],
    }


def test_it_is_there_from_the_first_result_on_and_brought_up_to_date_at_the_end(tmp_path):
    store = Store(tmp_path)
    store.add(RunId("ab" * 32, 0), RESULT)
    path = tmp_path / MANIFEST_NAME
    assert json.loads(path.read_text(encoding="ascii"))["results_by_program"][CODE_VERSION]["run"] == 1
    store.add(RunId("ab" * 32, 1), RESULT)
    store.close()
    assert json.loads(path.read_text(encoding="ascii"))["results_by_program"][CODE_VERSION]["run"] == 2
    assert [each.name for each in tmp_path.glob("*unfinished*")] == []


def test_who_only_reads_leaves_it_as_it_is(tmp_path):
    with Store(tmp_path) as store:
        store.add(RunId("ab" * 32, 0), RESULT)
    (tmp_path / MANIFEST_NAME).write_text("x", encoding="ascii")
    with Store(tmp_path) as store:
        assert store.get(RunId("ab" * 32, 0)) is not None
    assert (tmp_path / MANIFEST_NAME).read_text(encoding="ascii") == "x"


def test_only_folders_are_of_former_versions(tmp_path):
    (tmp_path / "1-notes.txt").touch()
    (tmp_path / "1-ab").mkdir()
    (tmp_path / "2-ab").mkdir()
    assert former_folders(tmp_path) == ["1-ab"]
