from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given

from simulator.errors import Severity
from simulator.presentation.i18n import catalogue, describe
from simulator.rules.linting import find_assumption_ids, find_register, lint, lint_exit_code, lint_targets
from simulator.workspace import find_workspace
from tests.examples import sampled
from tests.rules.specimen import OVERLAY, SET, make_workspace, replace, stack_texts
from tests.rules.strategies import criteria_sets

PLACEHOLDER = re.compile(r"\{[^{}]*\}")

TODAY = date(2026, 11, 22)


def codes(findings):
    return [finding.code for finding in findings]


def test_the_specimen_has_nothing_wrong():
    assert lint(stack_texts(SET), on=TODAY, assumption_ids=["rank_weight"]) == []


def test_the_sets_of_the_house_have_no_error():
    findings = lint_targets([], find_workspace(), TODAY)
    assert [finding for finding in findings if finding.severity is Severity.ERROR] == []
    assert set(codes(findings)) == {"RL317", "RL366", "RL381", "RL383"}, (
        "15 % of holders leaves units of three without a place, 70 % of three places is all of them; two overlays try what the law does not allow"
    )


def test_each_finding_is_told_once_however_many_stacks_share_the_file(tmp_path):
    workspace = make_workspace(
        tmp_path, specimen=replace(SET, "share: 0.5", "share: 0.15"), stricter=replace(OVERLAY, "share: 0.3", "rounding: floor")
    )
    findings = lint_targets(["specimen", "specimen", "specimen+stricter"], workspace)
    assert [(finding.code, finding.fields["rounding"]) for finding in findings] == [("RL317", "@floor"), ("RL317", "@nearest")]


def test_one_unreadable_file_does_not_hide_the_others(tmp_path):
    own = 'share: 1.3\n        assumption: {vi: "Giả định", en: "Assumed"}'
    workspace = make_workspace(tmp_path, broken="a: no\n", stricter=replace(OVERLAY, "share: 0.3", own))
    findings = lint_targets([], workspace)
    assert [(finding.code, finding.file, finding.is_unreadable) for finding in findings] == [
        ("RD016", "criteria/broken.yaml", True),
        ("RL307", "criteria/stricter.yaml", False),
    ]
    assert lint_exit_code(findings) == 2
    assert lint_exit_code(findings[1:]) == 1


def test_broken_registers_are_findings_too(tmp_path):
    salaries = "checked_on: 2026-11-22\nunit: USD\nvalues: [{amount: 1, confidence: read}]\n"
    workspace = make_workspace(tmp_path, instruments="checked_on: 2026-11-22\ninstruments: []\n", base_salary=salaries)
    workspace.scenarios.mkdir()
    (workspace.scenarios / "assumptions.yaml").write_text("numbers: no\n", encoding="utf-8")
    assert [(finding.code, finding.file) for finding in lint_targets([], workspace)] == [
        ("CS104", "criteria/base-salary.yaml"),
        ("CS103", "criteria/instruments.yaml"),
        ("RD016", "scenarios/assumptions.yaml"),
    ]


def test_a_warning_stops_only_the_strict(tmp_path):
    workspace = make_workspace(tmp_path, specimen=replace(SET, "share: 0.5", "share: 0.15"))
    findings = lint_targets(["specimen"], workspace)
    assert codes(findings) == ["RL317"]
    assert lint_exit_code(findings) == 0
    assert lint_exit_code(findings, is_strict=True) == 1
    assert lint_exit_code([]) == 0


def test_a_warning_of_the_base_does_not_stop_its_overlay(tmp_path):
    own = replace(OVERLAY, "share: 0.3", 'share: 0.3\n        assumption: {vi: "Giả định", en: "Assumed"}')
    workspace = make_workspace(tmp_path, specimen=replace(SET, "kind: merit\n    level: 1", "kind: merit\n    level: 2"), stricter=own)
    findings = lint_targets(["stricter"], workspace)
    assert [(finding.code, finding.file, finding.is_inherited) for finding in findings] == [("RL311", "criteria/specimen.yaml", True)]
    assert lint_exit_code(findings, is_strict=True) == 0
    assert lint_exit_code(lint_targets(["specimen", "stricter"], workspace), is_strict=True) == 1
    assert lint_exit_code(lint_targets(["specimen+stricter"], workspace), is_strict=True) == 1


def test_an_error_of_the_base_stops_its_overlay(tmp_path):
    workspace = make_workspace(tmp_path, specimen=replace(SET, "appraisers: 1", "appraisers: 0"), stricter=OVERLAY)
    assert lint_exit_code(lint_targets(["stricter"], workspace)) == 1


@sampled(15, 200)  # a whole set takes a tenth of a second
@given(criteria_sets())
def test_no_readable_set_makes_the_linter_fail(criteria):
    for finding in lint(criteria, on=TODAY, assumption_ids=[], set_ids=[]):
        assert finding.file == "random.yaml"
        for lang in ("vi", "en"):
            said = describe(finding, lang)  # a random title may hold a brace of its own
            template = catalogue(lang)[f"finding.{finding.code}"]
            assert not [name for name in PLACEHOLDER.findall(template) if name in said]


def test_what_is_not_there_is_not_compared(tmp_path):
    workspace = make_workspace(tmp_path)
    assert find_assumption_ids(workspace) is None
    (workspace.criteria / "instruments.yaml").unlink()
    assert find_register(workspace) is None
    assert lint_targets(["specimen"], workspace) == []


@pytest.mark.parametrize("text", ["numbers: 3\n", "- a\n", "other: {}\n"])
def test_assumptions_of_another_shape_are_not_compared(text, tmp_path):
    workspace = make_workspace(tmp_path)
    workspace.scenarios.mkdir()
    (workspace.scenarios / "assumptions.yaml").write_text(text, encoding="utf-8")
    assert find_assumption_ids(workspace) is None
