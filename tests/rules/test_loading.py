from __future__ import annotations

import shutil
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.errors import InputError
from simulator.rules.criteria import CriteriaSet
from simulator.rules.loading import criteria_from_text, load_criteria
from simulator.workspace import Workspace, find_workspace
from tests.rules.specimen import OVERLAY, SET, make_workspace, replace, stack_texts

SETS = (
    "decree-91",
    "hanoi-plan-115",
    "hanoi-letter-3959",
    "law-2022",
    "law-2022-decree-152",
    "law-2026-draft",
    "decree-91+hanoi-plan-115+hanoi-letter-3959",
)
THE_AWARDS = ("lao-dong-tien-tien", "chien-si-thi-dua-co-so", "chien-si-thi-dua-tinh", "bang-khen-tinh", "giay-khen-dot-xuat")
THE_COLLECTIVE_AWARDS = {"tap-the-lao-dong-tien-tien", "tap-the-lao-dong-xuat-sac", "co-thi-dua-tinh", "co-thi-dua-chinh-phu"}


@pytest.mark.parametrize("expression", SETS)
def test_the_sets_of_the_house_load(expression):
    criteria = load_criteria(expression)
    assert criteria.id == expression
    assert tuple(criteria.awards)[:4] == THE_AWARDS[:4]
    assert {award_id for award_id, award in criteria.awards.items() if award.target == "collective"} >= THE_COLLECTIVE_AWARDS
    assert {award_id for award_id, award in criteria.awards.items() if award.kind == "ad-hoc"} == {THE_AWARDS[-1]}


def test_both_city_texts_press_the_same_figure_one_after_the_other():
    stack = load_criteria("decree-91+hanoi-plan-115+hanoi-letter-3959")
    pressing = [
        path for path, clause in stack.iter_clauses() if clause.kind == "exhortation" for move in clause.moves if move.assumption == "rank_weight"
    ]
    assert pressing == ["principles.fewer-leaders", "principles.not-mainly-leaders"]
    assert stack.resolutions == ()


def test_the_entry_to_the_grassroots_title_was_eased_in_2022():
    before, after = (load_criteria(expression).awards["chien-si-thi-dua-co-so"].clauses for expression in ("decree-91", "law-2022"))
    assert before["initiative"].requires.fact == "unused-initiatives"
    assert [test.fact for test in after["excellent-or-initiative"].requires.any] == ["rating", "unused-initiatives"]


def test_the_same_words_are_stacked_and_judged_once_and_changed_ones_anew(tmp_path, monkeypatch):
    workspace = make_workspace(tmp_path, over=replace(OVERLAY, "id: stricter", "id: over"))
    first = load_criteria("specimen+over", workspace)
    with monkeypatch.context() as without_linter:
        without_linter.setattr("simulator.rules.loading.lint", None)
        assert load_criteria("specimen+over", workspace) is first
    make_workspace(tmp_path, specimen=replace(SET, "multiple: 1.0", "multiple: 2.0"))
    changed = load_criteria("specimen+over", workspace)
    assert (changed.awards["fighter"].clauses["money"].multiple, first.awards["fighter"].clauses["money"].multiple) == (2.0, 1.0)
    make_workspace(tmp_path, instruments="checked_on: 2026-11-22\ninstruments: {}\n")
    with pytest.raises(InputError, match="RL302"):
        load_criteria("specimen+over", workspace)


def test_an_error_of_the_linter_is_refused_and_a_warning_is_not(tmp_path):
    warned = replace(SET, "share: 0.5", "share: 0.15")
    assert load_criteria("specimen", make_workspace(tmp_path, specimen=warned)).awards
    wrong = replace(SET, "share: 0.5", "share: 15")
    with pytest.raises(InputError, match="RL307"):
        load_criteria("specimen", make_workspace(tmp_path, specimen=wrong))


def test_assumed_figures_are_compared_where_there_are_any(tmp_path):
    workspace = make_workspace(tmp_path)
    workspace.scenarios.mkdir()
    assumptions = workspace.scenarios / "assumptions.yaml"
    assumptions.write_text("numbers:\n  rank_weight: {value: 0.15}\n", encoding="utf-8")
    assert load_criteria("specimen", workspace).awards
    assumptions.write_text("numbers:\n  turn_weight: {value: 0.25}\n", encoding="utf-8")
    with pytest.raises(InputError, match="RL312"):
        load_criteria("specimen", workspace)


def test_a_set_without_a_register_beside_it_can_be_loaded(tmp_path):
    (tmp_path / "criteria").mkdir()
    (tmp_path / "criteria" / "specimen.yaml").write_text(SET, encoding="utf-8")
    assert load_criteria("specimen", Workspace(tmp_path)).id == "specimen"


def test_a_text_is_read_without_judgement():
    assert criteria_from_text(replace(SET, "share: 0.5", "share: 15")).clause("fighter.quota").share == 15
    assert criteria_from_text(SET.encode()).id == "specimen"


def test_an_overlay_alone_is_no_set():
    with pytest.raises(InputError) as caught:
        criteria_from_text(replace(SET, "id: specimen", "id: specimen\nextends: decree-91"))
    assert [finding.code for finding in caught.value.findings] == ["OV205"]


def _is_a_set_or_refused(raw: bytes) -> bool:
    try:
        return isinstance(criteria_from_text(raw), CriteriaSet)
    except InputError as problem:
        return bool(problem.findings)


PIECES = st.sampled_from(
    [line + "\n" for line in SET.splitlines()]
    + ["kind: quota\n", "requires: {all: []}\n", "  - x\n", "[", "{", "null\n", "why: 1\n", "level: -1\n", "? x\n"]
)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_set_or_refused(raw):
    assert _is_a_set_or_refused(raw)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_shuffled_set_is_a_set_or_refused(text):
    assert _is_a_set_or_refused(text.encode())


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(SET) - 1), st.integers(0, 30), st.text(max_size=8))
def test_any_slip_of_the_hand_is_a_set_or_refused(start, length, new):
    text = SET[:start] + new + SET[start + length :]
    assert _is_a_set_or_refused(text.encode("utf-8", "surrogatepass"))


def _stacks_or_is_refused(text: str) -> bool:
    try:
        return isinstance(stack_texts(SET, text), CriteriaSet)
    except InputError as problem:
        return bool(problem.findings)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(0, len(OVERLAY) - 1),
    st.integers(0, 30),
    st.sampled_from(["", "[]", "{}", "null", "3", "remove: true", "kind: quota", "kind: [1]", "clauses: {}", "why: {vi: a, en: b}", "\n", "  "]),
)
def test_any_slip_in_an_overlay_is_a_stack_or_refused(start, length, new):
    assert _stacks_or_is_refused(OVERLAY[:start] + new + OVERLAY[start + length :])


def test_a_deep_condition_is_refused_before_it_can_overflow():
    deep = "{not: " * 500 + "{fact: disciplined-this-year}" + "}" * 500
    start = time.perf_counter()
    with pytest.raises(InputError) as caught:
        criteria_from_text(replace(SET, "not: {fact: disciplined-this-year}", f"not: {deep}"))
    assert [finding.code for finding in caught.value.findings] == ["RD008"]
    assert time.perf_counter() - start < 2


def test_the_copy_of_another_place_is_the_same_law(tmp_path):
    shutil.copytree(find_workspace().criteria, tmp_path / "criteria")
    assert load_criteria("decree-91", Workspace(tmp_path)).content_hash == load_criteria("decree-91").content_hash
