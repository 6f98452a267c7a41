from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from simulator.reporting.evidence.contents import numbers_of
from simulator.reporting.pages.provenance import WRITERS, provenance
from tests.presentation.specimen import specimen_comparison
from tests.reporting.specimen import evidence_of


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
