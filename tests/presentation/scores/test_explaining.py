"""An explanation reads like a letter: the outcome, every clause, the first that failed, the smallest change, and what it does not replace."""

from __future__ import annotations

import dataclasses
import types
from fractions import Fraction

import pytest

from simulator.presentation.scores.explaining import UNMET, Explainer, side_by_side
from simulator.presentation.scores.reasons import considered_words
from simulator.scoring.trace import Considered
from tests.presentation.scored import criteria, explanation, quality_column


def change(before=94, after=95, level=""):
    return types.SimpleNamespace(column=quality_column(), before=Fraction(before), after=Fraction(after), level=level)


@pytest.fixture
def explainer():
    return Explainer(criteria(), 2025, "vi")


def test_the_text_tells_everything(explainer):
    text = explainer.text(explanation(first_failed="points.results.quality", smallest_change=(change(),), outcome="found"))
    flat = " ".join(text.split())
    assert flat.startswith("Hồ sơ: CB01 (dòng 5) Bộ tiêu chí: Bảng điểm mẫu [office-table]")
    assert "Kết quả: 67,5 điểm; xếp loại “Hoàn thành tốt”." in flat
    assert "40/50" in flat
    assert "Điều khoản đầu tiên chưa đạt: Chất lượng. Cách tính: Tối đa 50 điểm" in flat
    assert "Chất lượng: hiện là 94, cần là 95." in flat
    assert flat.endswith("không thay cho quyết định của cơ quan, người có thẩm quyền.")
    assert max(len(line) for line in text.splitlines()) <= 112


def test_the_table_has_a_row_for_every_clause_in_the_order_of_the_set(explainer):
    table = explainer.table(explanation())
    rows = [row for group in table.groups for row in group.rows]
    assert [row.header for row in rows][:2] == ["* Chất lượng", "* Tiến độ"]
    assert table.groups[0].title == "Kết quả công việc: 64,5/80 điểm"
    assert rows[0].cells == ("94", rows[0].cells[1], "40/50", rows[0].cells[3])
    assert any("Dấu *" in note for note in table.notes)


def test_an_anonymous_explanation_names_only_the_row():
    text = Explainer(criteria(), 2025, "en", anonymous=True).text(explanation(nominee="Nguyễn Văn Mẫu"))
    assert text.startswith("File: row 5\n")
    assert "Mẫu" not in text


@pytest.mark.parametrize("outcome", ["already", "none-within-the-rules", "nothing-actionable", "nothing-to-decide"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_change_is_said_with_its_reason(outcome, lang):
    (sentence,) = Explainer(criteria(), 2025, lang).change(explanation(outcome=outcome))
    assert sentence.endswith(".")


def test_what_the_change_reaches_and_what_was_not_tried_are_said(explainer):
    reached = explanation("90").decision
    lines = explainer.change(explanation(smallest_change=(change(level="province"),), outcome="found", reached=reached, is_exact=False))
    assert "(mức cấp bộ, cấp tỉnh)" in lines[0]
    assert lines[1].startswith("Khi đó: 90 điểm")
    assert len(lines) == 3


@pytest.mark.parametrize("considered", list(Considered))
def test_every_decision_has_its_words(considered):
    assert considered_words(considered, "vi") != considered_words(considered, "en")


def test_two_sets_stand_side_by_side(explainer):
    table = side_by_side([(explainer, explanation()), (explainer, explanation("92"))], ["Hiện hành", "Dự thảo"], "vi")
    assert table.columns == ("Nội dung", "Hiện hành", "Dự thảo")
    assert "67,5 điểm" in table.groups[0].rows[0].cells[0]
    assert "92 điểm" in table.groups[0].rows[0].cells[1]


def test_who_is_kept_out_is_told_so_and_an_award_says_who_is_put_forward(explainer):
    decision = explanation().decision
    kept_out = types.SimpleNamespace(**{**vars(decision), "is_eligible": False})
    assert explainer.decision(kept_out, None).startswith("không đủ điều kiện; 67,5 điểm")
    assert explainer.decision(decision, "title").startswith("đủ điều kiện; không được đưa ra xét; 67,5 điểm")


def test_what_is_taken_off_and_given_on_top_reads_so(explainer):
    cells = {row.header.removeprefix(UNMET): row.cells for group in explainer.table(explanation()).groups for row in group.rows}
    assert (cells["Báo cáo chậm"][2], cells["Sáng kiến"][2]) == ("bị trừ 2 điểm", "5/10")


def test_the_levels_and_words_of_a_change_are_those_of_its_column(explainer):
    column = dataclasses.replace(quality_column(), id="role")
    (line, *_) = explainer.change(
        explanation(smallest_change=(types.SimpleNamespace(column=column, before="staff", after="head", level=""),), outcome="found")
    )
    assert "hiện là nhân viên, chuyên viên, cần là cấp trưởng" in line
