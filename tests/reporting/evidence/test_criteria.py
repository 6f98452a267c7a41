"""What the report on a set stands on: read, checked, worded and tried out; unreadable sets refused, unsound ones told."""

from __future__ import annotations

import hashlib

import pytest

from simulator.errors import InputError
from simulator.reporting.evidence.contents import numbers_of, read_evidence
from simulator.reporting.evidence.making import main_table
from simulator.rules.assembly import read_criteria
from simulator.rules.rounding import UNIT_SIZES
from simulator.workspace import find_workspace
from tests.reporting.criteria_specimen import BASE, evidence_of, overlay, workspace_in

SUPERSEDES = 'supersedes: [{set: less, clause: prize.quota, why: {vi: "Mới hơn", en: "It is newer"}}]\n'


@pytest.fixture(scope="module")
def place(pytestconfig):
    return find_workspace(explicit=pytestconfig.rootpath)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", ["decree-335-2025-leaders", "hcmc-districts"])
def test_what_ships_comes_back_from_json_as_it_was(name, lang, place):
    evidence = evidence_of(name, place, lang)
    assert read_evidence(evidence.to_json()) == evidence
    assert evidence.asked.subject in {name, f"decree-335-2025+{name}"}


def test_the_counts_are_those_of_the_set(place):
    evidence, criteria = evidence_of("hanoi-letter-3959", place), read_criteria("hanoi-letter-3959", place)
    counts = evidence.overview.counts
    assert counts["clauses"] == len(list(criteria.iter_clauses())) == counts["simulated"] + counts["recorded"]
    assert counts["changes"] == counts["added"] + counts["changed"] + counts["removed"] == len({change.clause for change in criteria.changes})
    assert counts["exhortations"] == sum(clause.kind == "exhortation" for _, clause in criteria.iter_clauses())
    assert (evidence.overview.shape, evidence.overview.state) == ("overlay", "đã ban hành")


def test_an_overlay_that_prevails_is_told_with_its_reason(tmp_path):
    workspace = workspace_in(tmp_path, less=overlay("less", 0.1), more=overlay("more", 0.2, SUPERSEDES))
    evidence = evidence_of("base+less+more", workspace)
    (resolution,) = evidence.changes.resolutions
    assert resolution == "“Lớp more” được ưu tiên so với “Lớp less” (tỷ lệ của “Tỷ lệ”: 10% → 20%). Lý do: Mới hơn"
    assert evidence.changes.base == "Bộ mẫu"
    assert [row.places for row in evidence.shares] == [tuple(size // 5 for size in UNIT_SIZES)]
    assert evidence_of("base+less", workspace).changes.resolutions == []
    assert evidence_of("base", workspace).changes is None


def test_two_overlays_that_contradict_each_other_are_refused(tmp_path):
    workspace = workspace_in(tmp_path, less=overlay("less", 0.1), more=overlay("more", 0.2))
    with pytest.raises(InputError, match=r"OV\d+"):
        evidence_of("base+less+more", workspace)


def test_what_cannot_be_read_is_refused_with_its_line(tmp_path):
    workspace = workspace_in(tmp_path, broken=BASE.replace("id: base", "id: broken").replace("share: 0.15", "shaer: 0.15"))
    with pytest.raises(InputError) as refused:
        evidence_of("broken", workspace)
    assert next((each.code, each.line, each.is_unreadable) for each in refused.value.findings) == ("CS101", 18, True)


def test_a_set_with_errors_is_told_as_it_is_written(tmp_path):
    workspace = workspace_in(tmp_path, base=BASE.replace("share: 0.15", "share: 1.5"))
    evidence = evidence_of("base", workspace)
    assert evidence.overview.counts["error"] == 1
    assert evidence.findings.groups[0].rows[0].cells[0] == "base.yaml, dòng 18"


def test_a_file_outside_the_workspace_is_named_by_its_id_alone(tmp_path):
    workspace = workspace_in(tmp_path / "house")
    path = tmp_path / "somewhere" / "less.yaml"
    path.parent.mkdir()
    path.write_text(overlay("less", 0.1), encoding="utf-8")
    evidence = evidence_of(path.as_posix(), workspace)
    assert evidence.asked.subject == "base+less"
    assert "somewhere" not in evidence.to_json()
    assert evidence.provenance.hashes["less"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert evidence.changes.base == "Bộ mẫu"


def test_every_number_has_a_name_and_a_changed_number_is_seen(tmp_path):
    before = numbers_of(evidence_of("base", workspace_in(tmp_path)))
    after = numbers_of(evidence_of("base", workspace_in(tmp_path, base=BASE.replace("at_least: 10", "at_least: 12"))))
    assert before["counts/clauses"] == 3
    assert before["lens/0.15/floor/3"] == 3
    assert before["examples/prize/fails/prize.months/0"] is False
    assert before == after  # the decisions stay; the rules do not
    again = evidence_of("base", workspace_in(tmp_path))
    assert (
        again.provenance.hashes["*"]
        != evidence_of("base", workspace_in(tmp_path, base=BASE.replace("at_least: 10", "at_least: 12"))).provenance.hashes["*"]
    )


def test_an_award_no_list_can_be_scored_for_is_said_to_have_no_example(place):
    evidence = evidence_of("direct-floor-seventy-pooled", place)
    assert len(evidence.examples.unshown) == 4
    assert evidence.examples.unshown[0].startswith("Chưa lập được ví dụ cho “Chiến sĩ thi đua cơ sở”: ")


def test_the_table_a_command_prints_tells_what_the_clauses_rest_on(tmp_path):
    evidence = evidence_of("base", workspace_in(tmp_path))
    assert [row.cells for row in main_table(evidence).groups[0].rows][-2:] == [("3",), ("3",)]


@pytest.mark.parametrize(("lang", "start", "end"), [("vi", "01/10/2017", "31/12/2023"), ("en", "1 October 2017", "31 December 2023")])
def test_days_are_written_as_sentences_have_them(lang, start, end, place):
    evidence = evidence_of("decree-91", place, lang)
    assert start in evidence.overview.valid
    assert end in evidence.overview.valid
    assert evidence.examples.day == end
