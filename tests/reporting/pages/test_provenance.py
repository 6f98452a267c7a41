from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from simulator.experiments.scenarios.scenario import load_scenario
from simulator.reporting.evidence.contents import numbers_of
from simulator.reporting.pages.provenance import WRITERS, provenance
from simulator.rules.loading import load_criteria
from simulator.scoring.scorer import score
from simulator.workbook.roster import read_roster
from simulator.workspace import find_workspace
from tests.presentation.specimen import specimen_comparison
from tests.reporting.specimen import evidence_of

AWARD = "chien-si-thi-dua-co-so"


def cells(section):
    return {row.header: row.cells[0] for block in section.blocks if block.block == "table" for group in block.table.groups for row in group.rows}


def test_everything_needed_to_repeat_it_is_there():
    rows = cells(provenance(specimen_comparison(), "vi", evidence=evidence_of()))
    assert rows["Kịch bản"] == "hanoi-2021"
    assert rows["Số khởi tạo"] == "20211110"
    assert rows["Phiên bản mesa"] == "3.3.1"
    assert rows["Mã kiểm tra nội dung (SHA-256): decree-91"] == "1" * 64
    assert rows["Mã kiểm tra nội dung (SHA-256) của tệp kết quả"] == hashlib.sha256(specimen_comparison().to_json().encode()).hexdigest()
    assert rows["Phiên bản mã nguồn"] == "c955671"


def test_an_unknown_commit_is_said():
    comparison = specimen_comparison()
    unknown = replace(comparison, provenance=replace(comparison.provenance, commit=None))
    assert cells(provenance(unknown, "en"))["Source commit"] == "unknown (installed copy)"


def test_machines_can_read_it_and_it_holds_no_clock():
    data = json.loads(json.dumps(provenance(specimen_comparison(), evidence=evidence_of()).data))
    assert data["seeds"] == [20211110]
    assert data["null_reform"]["same_awards"] is True
    assert data["comparison_sha256"] == hashlib.sha256(specimen_comparison().to_json().encode()).hexdigest()
    assert "seconds" not in data
    assert data["kind"] == "scenario"
    assert data["asked"]["subject"] == "hanoi-2021"
    assert data["numbers"] == numbers_of(evidence_of())
    assert provenance(replace(specimen_comparison(), seconds=1.0)) == provenance(specimen_comparison())


def test_a_report_tells_what_writes_it_and_what_it_was_asked_for():
    section = provenance(specimen_comparison(), "vi", evidence=evidence_of(replications=8))
    rows = cells(section)
    assert rows["Lệnh để lập lại báo cáo"] == section.data["command"] == "tieuchi report hanoi-2021 --lang vi --replications 8"
    assert {f"Phiên bản {name}" for name in WRITERS} <= rows.keys()
    assert section.data["writing_versions"].keys() == set(WRITERS)
    assert "command" not in provenance(specimen_comparison()).data


def test_the_digest_of_the_assumptions_is_named_in_words():
    comparison = specimen_comparison()
    hashed = replace(comparison, provenance=replace(comparison.provenance, hashes={"assumptions": "a" * 64}))
    assert cells(provenance(hashed, "vi"))["Mã kiểm tra nội dung (SHA-256): các giả định về hành vi"] == "a" * 64


def test_a_scenario_run_otherwise_than_by_a_comparison_says_what_it_was():
    scenario = load_scenario("hanoi-2021")
    section = provenance(scenario, "en")
    rows = cells(section)
    assert rows["Scenario"] == "hanoi-2021"
    assert rows["Seed"] == str(scenario.seed)
    assert rows["Content hash (SHA-256): decree-91"] == scenario.baseline.content_hash
    assert section.data["hashes"]["population"] in rows.values()


def test_scores_say_by_which_rules_and_for_which_year_and_name_nobody():
    place = find_workspace()
    criteria = load_criteria("decree-91", place)
    path = place.notebooks / "examples" / "nominees.csv"
    section = provenance(score(criteria, read_roster(path, criteria, award=AWARD, year=2022), AWARD), "vi")
    rows = cells(section)
    assert rows["Bộ tiêu chí"] == "decree-91"
    assert rows["Năm xét"] == "2022"
    assert rows["Số đối tượng"] == "6"
    assert rows["Mã kiểm tra nội dung (SHA-256): decree-91"] == criteria.content_hash
    assert "CB0" not in json.dumps(section.to_dict())
    assert "nominees" not in json.dumps(section.to_dict())
