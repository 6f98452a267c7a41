"""Every kind of broken criteria file gives one clear error, with the code, the file and the line."""

from __future__ import annotations

import pytest
import yaml

from simulator.errors import InputError
from simulator.presentation.i18n import describe
from simulator.rules import reading
from simulator.rules.loading import criteria_from_text, load_criteria
from tests.rules.specimen import OVERLAY, SET, line_of, make_workspace, replace

# What is replaced, by what, the code, and the words whose line must be named (those written in when absent).
UNREADABLE = [
    # the text
    ("status: illustrative", "status: [illustrative", "RD004", "drafting_state: drafting"),
    ("status: illustrative", "\tstatus: illustrative", "RD005", None),
    ("status: illustrative", "status: illustrative\nstatus: draft", "RD010", "status: draft"),
    ("status: illustrative", "status: &here illustrative", "RD011", None),
    ("status: illustrative", "status: *here", "RD011", None),
    ("status: illustrative", "status: !!str illustrative", "RD012", None),
    ("status: illustrative", "status: !!python/object:os.system {}", "RD012", None),
    ("status: illustrative", "<<: {status: draft}", "RD013", None),
    ("status: illustrative", "? [a, b]\n: illustrative", "RD014", None),
    ("status: illustrative", "12: illustrative", "RD014", None),
    ("status: illustrative", "status:", "RD015", None),
    ("status: illustrative", "status: no", "RD016", None),
    ("status: illustrative", "on: illustrative", "RD016", None),
    ("status: illustrative", "status: TRUE", "RD016", None),
    ("note: {vi:", "note: ~\nother: {vi:", "RD017", "note: ~"),
    ("share: 0.5", "share: 1e-3", "RD018", None),
    ("share: 0.5", "share: .5", "RD018", None),
    ("share: 0.5", "share: 1_000", "RD018", None),
    ("level: 2", "level: 010", "RD018", None),
    ("level: 2", "level: 1:30", "RD018", None),
    ("level: 2", "level: 0x1F", "RD018", None),
    ("level: 2", "level: 12345678901234567890", "RD019", None),
    ("checked_on: 2026-11-22", "checked_on: 2026-11-31", "RD020", None),
    ("checked_on: 2026-11-22", "checked_on: 2026-11-22T10:00:00", "RD020", None),
    ("status: illustrative", "status: illus\u200btrative", "RD023", None),
    ("principles:", "---\nprinciples:", "RD007", "---\nprinciples:"),
    # the shape
    ("share: 0.5", "shar: 0.5", "CS101", None),
    ("status: illustrative", "status: illustrative\nscore: 3", "CS101", "score: 3"),
    ("    pooling: unit\n        rounding", "    rounding", "CS102", "      quota:"),
    ("drafting_state: drafting\n", "", "CS102", "id: specimen"),
    ("valid: {from: 2020-01-01, until: 2030-12-31}\n", "", "CS127", "id: specimen"),
    ("share: 0.5", 'share: "0.5"', "CS125", None),
    ("share: 0.5", "share: 0,20", "CS125", None),
    ("share: 0.5", "share: 20%", "CS125", None),
    ("share: 0.5", "share: half", "CS103", None),
    ("share: 0.5", "share: \xa00.5", "RD024", None),
    ("share: 0.5", "share:\xa00.5", "RD024", None),
    ("        share: 0.5", "       \xa0share: 0.5", "RD024", None),
    ("share: 0.2\n", "share: 0.2\n        counts_as_direct: [worker]\n", "CS104", "counts_as_direct"),
    ("share: 0.5", "share: true", "CS103", None),
    ("level: 2", "level: 2.5", "CS103", None),
    ("checked_on: 2026-11-22", 'checked_on: "22/11/2026"', "CS103", None),
    ("instruments: [decree-example]", "instruments: decree-example", "CS103", None),
    ('title: {vi: "Tiền thưởng", en: "Bonus"}', 'title: "Tiền thưởng"', "CS103", None),
    ("rounding: nearest", "rounding: bankers", "CS104", None),
    ("at_least: excellent", "at_least: great", "CS104", None),
    ("of: {holders_of: worker}", "of: members", "CS104", None),
    ("level: 2", "level: 0", "CS105", None),
    ("unused-initiatives, at_least: 1", "unused-initiatives, at_least: 0", "CS105", None),
    ("  fighter:", "  Chiến sĩ:", "CS106", None),
    ('note: {vi: "Ghi chú"', 'note: {vi: " "', "CS107", None),
    ("moves: [{assumption: rank_weight", 'moves: [{assumption: ""', "CS107", None),
    ('title: {vi: "Chỉ tiêu", en: "Quota"}', 'title: {vi: "Chỉ tiêu"}', "CS108", None),
    ("kind: money", "kind: salary", "CS109", None),
    ("kind: appraisal", "kind: quota", "CS109", None),
    ("        kind: money\n", "", "CS110", "      money:"),
    ("not: {fact: disciplined-this-year}", "none: {fact: disciplined-this-year}", "CS111", None),
    ("not: {fact: disciplined-this-year}", "not: disciplined", "CS111", None),
    ("award: worker}\n", "at_least: 1}\n", "CS113", None),
    ("at_least: 1, consumed: true", "at_least: 1", "CS112", None),
    ("share: 0.5", "share: 0.5\n        places: 3", "CS114", "      quota:"),
    ("value: 0.3, low: 0", "value: 0.3, low: 0.4", "CS118", None),
    ("  worker:\n", "  procedure:\n", "CS119", None),
]

UNSOUND = [
    ('assumption: {vi: "Giả định", en: "Assumed"}\n        multiple', "multiple", "RL301", "      money:"),
    ("{instrument: decree-example, confidence", "{instrument: decree-nobody, confidence", "RL302", None),
    ("award: worker}\n", "award: worke}\n", "RL306", None),
    ("of: {holders_of: worker}", "of: {holders_of: nobody}", "RL306", None),
    ("share: 0.5", "share: 1.5", "RL307", None),
    ("appraisers: 1", "appraisers: 0", "RL307", None),
    ("until: 2030-12-31", "until: 2019-12-31", "RL314", None),
]


def _names(cases):
    return [f"{code}-{new.strip()[:30] or 'removed'}" for _old, new, code, _at in cases]


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def _each_parser(request, monkeypatch):
    monkeypatch.setattr(reading, "_Loader", getattr(yaml, request.param, yaml.SafeLoader))


def test_the_specimen_itself_is_sound(tmp_path):
    assert load_criteria("specimen", make_workspace(tmp_path)).id == "specimen"


@pytest.mark.usefixtures("_each_parser")
@pytest.mark.parametrize(("old", "new", "code", "at"), UNREADABLE, ids=_names(UNREADABLE))
def test_an_unreadable_file_gives_one_error_with_its_line(old, new, code, at):
    text = replace(SET, old, new)
    with pytest.raises(InputError) as caught:
        criteria_from_text(text, "x.yaml")
    (finding,) = caught.value.findings
    assert (finding.code, finding.file, finding.line) == (code, "x.yaml", line_of(text, at or new))
    assert finding.is_unreadable
    for lang in ("vi", "en"):
        line = finding.render(describe(finding, lang))
        assert line.startswith(f"x.yaml:{finding.line}: {code} error: ")
        assert "\n" not in line
        assert "@" not in line


@pytest.mark.parametrize(("old", "new", "code", "at"), UNSOUND, ids=_names(UNSOUND))
def test_an_unsound_set_is_refused_with_one_error_and_its_line(old, new, code, at, tmp_path):
    text = replace(SET, old, new)
    with pytest.raises(InputError) as caught:
        load_criteria("specimen", make_workspace(tmp_path, specimen=text))
    (finding,) = caught.value.findings
    assert (finding.code, finding.file, finding.line) == (code, "criteria/specimen.yaml", line_of(text, at or new))
    assert not finding.is_unreadable


@pytest.mark.parametrize(("found", "suggested"), [("0,20", "0.2"), ("20%", "0.2"), ("12,5 %", "0.125"), ('"100%"', "1"), ('"7"', "7")])
def test_how_to_write_a_number_is_said(found, suggested):
    with pytest.raises(InputError) as caught:
        criteria_from_text(replace(SET, "share: 0.5", f"share: {found}"))
    (finding,) = caught.value.findings
    assert (finding.code, finding.fields["suggested"]) == ("CS125", suggested)


def test_a_no_break_space_inside_a_text_is_a_letter():
    assert criteria_from_text(replace(SET, "Chỉ tiêu", "Chỉ\xa0tiêu")).clause("fighter.quota").title.vi == "Chỉ\xa0tiêu"


def test_an_overlay_that_forgot_its_base_is_one_problem():
    with pytest.raises(InputError) as caught:
        criteria_from_text(replace(OVERLAY, "extends: specimen\n", ""))
    (finding,) = caught.value.findings
    assert (finding.code, finding.line, finding.fields["key"]) == ("CS102", 1, "extends")


def test_all_problems_are_told_at_once():
    text = replace(replace(replace(SET, "rounding: nearest", "rounding: bankers"), "level: 2", "level: 0"), "kind: money", "kind: salary")
    with pytest.raises(InputError) as caught:
        criteria_from_text(text)
    assert [finding.code for finding in caught.value.findings] == ["CS105", "CS104", "CS109"]


def test_a_misspelt_key_is_one_problem_not_two():
    with pytest.raises(InputError) as caught:
        criteria_from_text(replace(SET, "drafting_state: drafting", "drafting_sate: drafting"))
    (finding,) = caught.value.findings
    assert finding.code == "CS101"
    assert finding.fields["known"].startswith("drafting_state")
