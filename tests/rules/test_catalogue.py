from __future__ import annotations

import json

import pytest

from simulator.rules.catalogue import list_workspace
from simulator.workspace import find_workspace
from tests.rules.specimen import OVERLAY, make_workspace


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
