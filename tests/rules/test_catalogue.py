from __future__ import annotations

import json
import shutil

import pytest

from simulator.errors import InputError
from simulator.rules.assembly import read_criteria
from simulator.rules.catalogue import list_workspace
from simulator.rules.linting import lint_targets
from simulator.workspace import find_workspace
from tests.rules.specimen import OVERLAY, SET, make_workspace


def make_table(workspace, name, text):
    folder = workspace.criteria / "scoring-tables"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def workspace(tmp_path):
    workspace = make_workspace(tmp_path, stricter=OVERLAY)
    workspace.scenarios.mkdir()
    (workspace.scenarios / "what-if.yaml").write_text('title: {vi: "Nếu", en: "What if"}\nanything: [1]\n', encoding="utf-8")
    (workspace.scenarios / "assumptions.yaml").write_text("numbers: {}\n", encoding="utf-8")
    return workspace


def test_a_workspace_lists_what_it_holds(workspace):
    listed = list_workspace(workspace).to_json()
    assert list(listed) == ["criteria_sets", "scoring_tables", "scenarios", "instruments"]
    assert listed["criteria_sets"] == [
        {
            "id": "specimen",
            "title": "Bộ tiêu chí mẫu",
            "titles": {"vi": "Bộ tiêu chí mẫu", "en": "Specimen"},
            "status": "illustrative",
            "extends": None,
        },
        {"id": "stricter", "title": "Lớp phủ mẫu", "titles": {"vi": "Lớp phủ mẫu", "en": "Stricter"}, "status": "draft", "extends": "specimen"},
    ]
    assert [(entry["id"], entry["title"]) for entry in listed["scenarios"]] == [("what-if", "Nếu")]
    assert [(entry["id"], entry["number"]) for entry in listed["instruments"]] == [("decree-example", "1/2020/NĐ-CP")]
    json.dumps(listed, allow_nan=False)


def test_titles_come_in_the_language_asked_for(workspace):
    assert list_workspace(workspace).to_json("en")["criteria_sets"][0]["title"] == "Specimen"


def test_broken_files_stand_beside_the_lists(workspace):
    (workspace.criteria / "broken.yaml").write_text("a: no\n", encoding="utf-8")
    (workspace.criteria / "instruments.yaml").write_text("a: no\n", encoding="utf-8")
    (workspace.scenarios / "untitled.yaml").write_text("a: 1\n", encoding="utf-8")
    (workspace.scenarios / "unreadable.yaml").write_text("a: no\n", encoding="utf-8")
    catalogue = list_workspace(workspace)
    assert [entry.id for entry in catalogue.criteria_sets] == ["specimen", "stricter"]
    assert [(finding.code, finding.file) for finding in catalogue.findings] == [
        ("RD016", "criteria/broken.yaml"),
        ("RD016", "scenarios/unreadable.yaml"),
        ("CS102", "scenarios/untitled.yaml"),
        ("RD016", "criteria/instruments.yaml"),
    ]


def test_the_house_can_be_listed():
    catalogue = list_workspace(find_workspace())
    assert catalogue.findings == ()
    assert {"decree-91", "hanoi-plan-115", "hanoi-letter-3959", "law-2022"} <= {entry.id for entry in catalogue.criteria_sets}
    assert next(entry.status for entry in catalogue.instruments if entry.id == "law-06-2026") == "in-force-text-not-loaded"


def test_tables_are_listed_apart_and_found_like_sets(workspace):
    make_table(workspace, "table", SET.replace("id: specimen", "id: table"))
    listed = list_workspace(workspace).to_json("en")
    assert [entry["id"] for entry in listed["criteria_sets"]] == ["specimen", "stricter"]
    assert [(entry["id"], entry["title"], entry["status"], entry["extends"]) for entry in listed["scoring_tables"]] == [
        ("table", "Specimen", "illustrative", None)
    ]
    assert read_criteria("table", workspace).files == ("criteria/scoring-tables/table.yaml",)
    shutil.rmtree(workspace.scenarios)
    broken = SET.replace("id: specimen", "id: table").replace("share: 0.5", "share: 5")
    make_table(workspace, "table", broken)
    assert [finding.code for finding in lint_targets([], workspace) if "table" in finding.file] == ["RL307"]


def test_an_overlay_of_one_shelf_may_extend_a_file_of_the_other(workspace):
    make_table(workspace, "narrower", OVERLAY.replace("id: stricter", "id: narrower"))
    assert read_criteria("narrower", workspace).stack == ("specimen", "narrower")


def test_an_id_names_one_file_over_both_shelves(workspace):
    make_table(workspace, "specimen", SET)
    with pytest.raises(InputError) as caught:
        read_criteria("specimen", workspace)
    (finding,) = caught.value.findings
    assert (finding.code, finding.file) == ("CS124", "criteria/scoring-tables/specimen.yaml")
    assert finding.fields == {"found": "specimen", "first": "criteria/specimen.yaml"}


def test_an_unknown_base_is_reported_where_it_is_named(workspace):
    text = OVERLAY.replace("extends: specimen", "extends: specimn")
    (workspace.criteria / "stricter.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_criteria("stricter", workspace)
    (finding,) = caught.value.findings
    assert (finding.code, finding.file, finding.line) == ("CS117", "criteria/stricter.yaml", 2)
