from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given

from simulator.presentation.rules.assumption_words import assumption_names
from simulator.presentation.rules.comparison_table import comparison_table
from simulator.presentation.rules.marked_text import plain_text
from simulator.rules.assembly import read_criteria
from simulator.rules.citation import load_instruments
from simulator.rules.diffing import diff
from simulator.rules.loading import load_criteria
from simulator.workspace import Workspace
from tests.examples import sampled
from tests.rules.random_sets import as_set, sets
from tests.rules.specimen import OVERLAY, SET, replace, stack_texts

WORKSPACE = Workspace(Path(__file__).parents[3])


@pytest.fixture(scope="module")
def small():
    return diff(stack_texts(SET), stack_texts(SET, OVERLAY))


def test_both_sides_stand_in_full_with_the_changed_number_marked(small):
    table = comparison_table(small, "vi").to_table()
    assert table.columns == ("STT", "Quy định gốc (điều, khoản)", "Dự thảo", "Thuyết minh, lý do", "Nguồn")
    assert [group.title for group in table.groups] == ["Chiến sĩ thi đua"]
    (row,) = table.groups[0].rows
    assert row.header == "1"
    assert row.cells[0].startswith("Chỉ tiêu. Số lượng tối đa: [50%] số trường hợp đạt “Lao động tiên tiến”; tính theo từng đơn vị; làm tròn")
    assert "[30%] số trường hợp" in row.cells[1]
    assert row.cells[2] == "Sửa đổi. Giảm chỉ tiêu"
    cited = "decree-example (theo trí nhớ, cần đối chiếu)"
    assert row.cells[3] == f"Quy định gốc: {cited}\nDự thảo: sửa đổi quy định của {cited}"


def test_a_draft_never_says_that_the_provision_it_changes_says_so():
    text = replace(
        SET, "source: {instrument: decree-example, confidence: recalled}", "source: {instrument: decree-example, provision: Điều 5, confidence: read}"
    )
    (row,) = comparison_table(diff(stack_texts(text), stack_texts(text, OVERLAY)), "vi").rows
    assert row.source == "Quy định gốc: Điều 5 decree-example (đã đọc văn bản)\nDự thảo: sửa đổi Điều 5 decree-example (đã đọc văn bản)"
    assert plain_text(row.current).endswith("\n(Điều 5 decree-example)")
    assert plain_text(row.draft).endswith("\n(sửa đổi Điều 5 decree-example)")
    own = replace(OVERLAY, "share: 0.3", "share: 0.3\n        source: {instrument: decree-example, provision: Điều 7, confidence: read}")
    (row,) = comparison_table(diff(stack_texts(text), stack_texts(text, own)), "vi").rows
    assert row.source.endswith("Dự thảo: Điều 7 decree-example (đã đọc văn bản)"), "what an overlay cites itself, it says itself"


def test_json_has_the_agreed_keys(small):
    data = json.loads(json.dumps(comparison_table(small, "en").to_json(), allow_nan=False))
    assert (data["a"], data["b"]) == ("specimen", "specimen+stricter")
    (row,) = data["rows"]
    assert set(row) >= {"clause", "change", "current", "draft", "explanation", "source"}
    assert "30%" in row["draft"]
    assert row["fields"] == [{"field": "share", "before": 0.5, "after": 0.3}]


def test_markdown_marks_in_bold_and_escapes_the_rest(small):
    text = comparison_table(small, "vi").to_markdown()
    assert "**50%**" in text
    assert "**30%**" in text
    assert all(line.count(" | ") == 4 for line in text.splitlines() if line.startswith("| 1"))


def test_what_is_added_and_what_is_removed_say_so():
    overlay = replace(OVERLAY, "share: 0.3", "remove: true")
    forth = comparison_table(diff(stack_texts(SET), stack_texts(SET, overlay)), "vi").to_table().groups[0].rows[0]
    back = comparison_table(diff(stack_texts(SET, overlay), stack_texts(SET)), "vi").to_table().groups[0].rows[0]
    assert (forth.cells[1], back.cells[0]) == ("Bãi bỏ", "Chưa quy định")
    assert forth.cells[2] == "Bãi bỏ. Giảm chỉ tiêu"


def test_a_change_of_grounds_alone_is_told_apart():
    overlay = replace(OVERLAY, "share: 0.3", "source: {instrument: decree-example, confidence: read}")
    row = comparison_table(diff(stack_texts(SET), stack_texts(SET, overlay)), "en").rows[0]
    assert row.explanation.startswith("The content stays; only source")
    assert row.source == "Base rule: decree-example (from memory, to be checked)\nDraft: decree-example (text was read)"


def test_a_settled_conflict_is_printed_with_its_reason():
    second = replace(replace(OVERLAY, "id: stricter", "id: later"), "share: 0.3", "share: 0.2")
    second = replace(second, "awards:\n", "supersedes: [{set: stricter, clause: fighter.quota, why: {vi: Văn bản sau, en: Later}}]\nawards:\n")
    table = comparison_table(diff(stack_texts(SET), stack_texts(SET, OVERLAY, second)), "vi")
    assert "được ưu tiên" in table.rows[0].explanation
    assert any("(tỷ lệ của “Chỉ tiêu”: 30% → 20%). Lý do: Văn bản sau" in note for note in table.notes)


def test_a_settled_condition_is_said_on_both_sides_in_words():
    head = OVERLAY[: OVERLAY.index("awards:")]

    def overlay(set_id, months, more=""):
        standard = f"why: {{vi: a, en: b}}, requires: {{fact: service-months, at_least: {months}}}"
        return replace(head, "id: stricter", f"id: {set_id}") + f"{more}awards:\n  fighter:\n    clauses:\n      standard: {{{standard}}}\n"

    settled = "supersedes: [{set: first, clause: fighter.standard, why: {vi: Sau, en: Later}}]\n"
    table = comparison_table(diff(stack_texts(SET), stack_texts(SET, overlay("first", 6), overlay("second", 9, settled))), "vi")
    assert "(điều kiện của “Tiêu chuẩn”: có ít nhất 6 tháng công tác → có ít nhất 9 tháng công tác)" in table.rows[0].explanation


def test_an_award_taken_away_is_named_where_it_is_still_asked_for():
    away = OVERLAY[: OVERLAY.index("awards:")] + "awards:\n  worker: {remove: true, why: {vi: Bỏ, en: Drop}}\n  fighter:\n    clauses:\n"
    away += "      quota: {why: {vi: a, en: b}, share: 0.3}\n"
    table = comparison_table(diff(stack_texts(SET), stack_texts(SET, away)), "vi")
    assert [row.clause for row in table.rows] == ["worker", "fighter.quota"]
    assert table.rows[0].explanation == "Bãi bỏ. Bỏ"
    assert "worker" not in plain_text(table.rows[1].draft)


def test_nothing_different_is_said():
    table = comparison_table(diff(stack_texts(SET), stack_texts(SET)), "vi")
    assert table.rows == ()
    assert table.notes[-1] == "Hai bộ quy định giống hệt nhau về nội dung các điều khoản."
    assert table.to_text()


def test_law_against_decree_cites_provisions_in_official_order():
    difference = diff(read_criteria("decree-91", WORKSPACE), read_criteria("law-2022", WORKSPACE))
    text = comparison_table(difference, "vi", load_instruments(WORKSPACE)).to_text(160)
    assert "khoản 2 Điều 5 Luật số" in text
    assert "{" not in text


@sampled(6, 12, suppress_health_check=list(HealthCheck))  # two sets and their table take a fifth of a second
@given(sets(), sets())
def test_any_two_sets_can_be_written_in_every_form(data, other):
    difference = diff(as_set(data), as_set(other))
    for lang in ("vi", "en"):
        table = comparison_table(difference, lang)
        assert table.to_text()
        assert table.to_markdown()
        json.dumps(table.to_json(), allow_nan=False)


def test_a_draft_laid_upon_the_rules_in_force_is_named_compactly(small):
    caption = comparison_table(small, "vi").caption
    base = small.before.title.in_language("vi")
    assert caption.count(base) == 1
    assert "dự thảo: “" in caption
    assert "draft: “" in comparison_table(small, "en").caption
    in_force = replace(SET, "status: illustrative", "status: in-force")
    caption = comparison_table(diff(stack_texts(in_force), stack_texts(in_force, OVERLAY)), "vi").caption
    assert "Hiện hành: “" in caption
    assert "dự thảo: thêm “" in caption


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_id_of_an_assumption_stands_in_the_table(lang):
    draft = load_criteria("decree-91+hanoi-letter-3959", WORKSPACE)
    difference = diff(load_criteria("decree-91", WORKSPACE), draft)
    named = comparison_table(difference, lang, assumptions=assumption_names(WORKSPACE, lang)).to_text(200)
    unnamed = comparison_table(difference, lang).to_text(200)
    assert not any(name in text for text in (named, unnamed) for name in ("turn_weight", "ad_hoc_reach", "escalation"))


@pytest.mark.parametrize(
    ("lang", "words", "assumed"), [("vi", "Đã quy định, nhấn mạnh lại.", "tuân thủ"), ("en", "Ruled already, stressed again.", "compliance")]
)
def test_what_a_letter_only_stresses_again_is_not_credited_to_it_and_its_draft_holds_no_assumption(lang, words, assumed):
    difference = diff(load_criteria("decree-91", WORKSPACE), load_criteria("decree-91+hanoi-letter-3959", WORKSPACE))
    table = comparison_table(difference, lang, load_instruments(WORKSPACE))
    restated = {row.clause: plain_text(row.current) for row in table.rows if row.explanation.startswith(words)}
    assert len(restated) == 4
    assert "91/2017" in restated["principles.not-mainly-leaders"]
    assert "45" in restated["principles.consult-before-state-awards"]
    assert not any(assumed in plain_text(row.draft) for row in table.rows)
    assert any(assumed in row.explanation for row in table.rows)
    drafts = [plain_text(row.draft) for row in table.rows]
    assert len(drafts) == len(set(drafts))
    (strictly,) = [row for row in table.rows if row.clause == "principles.enterprises-strictly"]
    assert strictly.joined == ("procedure.enterprises-gate",)  # the same sentence once more, as what is done about it
    assert difference.after.clause("procedure.enterprises-gate").assumption.in_language(lang) in strictly.explanation


def test_a_rule_written_anew_is_one_row_with_the_one_word_marked():
    difference = diff(load_criteria("law-2022-decree-152", WORKSPACE), load_criteria("law-2026-draft", WORKSPACE))
    (row,) = comparison_table(difference, "vi", load_instruments(WORKSPACE)).rows
    assert [piece.text.strip(" ,") for piece in row.current if piece.is_changed] == ["hoặc", "một trong"]
    assert [piece.text.strip() for piece in row.draft if piece.is_changed] == ["và", "đủ"]
    assert all("Điều 23" in plain_text(side) for side in (row.current, row.draft))


@pytest.mark.parametrize(("assumed", "times"), [("Giảm chỉ tiêu", 1), ("Chưa ai tính", 2)])
def test_a_new_number_that_rests_on_the_reason_for_the_change_says_it_once(assumed, times):
    overlay = replace(OVERLAY, "share: 0.3", f'share: 0.3\n        assumption: {{vi: "{assumed}", en: "Fewer places"}}')
    (row,) = comparison_table(diff(stack_texts(SET), stack_texts(SET, overlay)), "vi").to_table().groups[0].rows
    assert row.cells[2].startswith("Sửa đổi. Giảm chỉ tiêu")
    assert len(row.cells[2].splitlines()) == times
