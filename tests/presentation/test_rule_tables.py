from __future__ import annotations

from dataclasses import replace

from simulator.presentation.rule_tables import (
    assumption_counts,
    assumptions_tables,
    clauses_table,
    compliance_table,
    criteria_name,
    direct_worker_roles,
    options_table,
)
from tests.presentation.specimen import specimen_comparison


def test_options_stand_side_by_side_with_their_sets():
    rows = {row.header: row.cells for row in options_table(specimen_comparison(), "vi").groups[0].rows}
    assert rows["Giữ nguyên quy định"] == ("Nghị định số 91/2017/NĐ-CP", "không thay đổi", "–")
    assert rows["Thêm cả hai văn bản"] == ("Bộ tiêu chí gốc\n+ Kế hoạch số 115/KH-UBND\n+ Công văn số 3959/UBND-NC", "3", "2")


def test_a_set_without_a_known_title_keeps_its_id():
    comparison = replace(specimen_comparison(), criteria_titles={})
    assert criteria_name(comparison, "decree-91+hanoi-plan-115", "vi") == "decree-91 + hanoi-plan-115"


def test_a_clause_of_two_options_stands_once():
    table = clauses_table(specimen_comparison(), "vi")
    rows = [row for group in table.groups for row in group.rows]
    assert len(rows) == 3
    assert rows[0].cells[0] == "Thêm Kế hoạch 115\nThêm cả hai văn bản"
    assert [group.title for group in table.groups] == ["Kế hoạch số 115/KH-UBND", "Công văn số 3959/UBND-NC"]


def test_a_clause_that_differs_between_options_stands_twice():
    comparison = specimen_comparison()
    clauses = [replace(clause, compliance=0.9) if clause.option == "both" and clause.compliance else clause for clause in comparison.clauses]
    rows = [row for group in clauses_table(replace(comparison, clauses=clauses), "vi").groups for row in group.rows]
    assert len(rows) == 4


def test_source_confidence_compliance_and_part_in_the_model_are_told():
    rows = [row for group in clauses_table(specimen_comparison(), "vi").groups for row in group.rows]
    _, source, confidence, compliance, part = rows[1].cells
    assert source.endswith("mục 1\nGiả định: Mức tuân thủ chưa có ai đo.")
    assert (confidence, compliance, part) == ("đã đọc văn bản", "30%", "có mô phỏng")
    assert rows[2].cells[2:] == ("theo trí nhớ, cần đối chiếu", "–", "chỉ ghi nhận")


def test_a_removed_clause_and_one_without_source_are_named_so():
    comparison = specimen_comparison()
    clause = replace(comparison.clauses[0], change="removed", source=None, confidence=None)
    row = clauses_table(replace(comparison, clauses=[clause]), "vi").groups[0].rows[0]
    assert row.header.startswith("Tỷ lệ tối thiểu cho người lao động trực tiếp (bãi bỏ)\n")
    assert row.cells[1].startswith("không có nguồn; là giả định")


def test_without_changes_there_is_no_table():
    assert clauses_table(replace(specimen_comparison(), clauses=[]), "vi") is None


def test_assumptions_that_clauses_move_come_first_with_what_was_used():
    moved, fixed = assumptions_tables(specimen_comparison(), "vi")
    assert moved.groups[0].rows[0].cells == (
        "0,25",
        "0\u00a0–\u00a01",
        "giả định, chưa có số liệu",
        "hanoi-letter-3959#principles.no-turn-taking",
        "Thêm Công văn 3959: 0,175\nThêm cả hai văn bản: 0,175",
    )
    assert len(fixed.columns) == 4
    assert fixed.groups[0].rows[0].cells[2] == "Viswesvaran và cộng sự (1996)"
    assert assumption_counts(specimen_comparison(), "vi") == {"n": "2", "assumed": "1", "moved": "1"}
    assert assumptions_tables(replace(specimen_comparison(), assumptions=[]), "vi") == []


def test_how_far_exhortations_must_be_followed_is_told_for_options_that_have_any():
    table = compliance_table(specimen_comparison(), "vi")
    assert table.columns == ("Chỉ số", "Thêm Công văn 3959", "Thêm cả hai văn bản")
    rows = {row.header: row.cells[0] for row in table.groups[0].rows}
    assert rows["Mức độ biểu hiện luân phiên"] == "từ khoảng 28%"
    assert rows["Mức tăng khen thưởng vượt mức tăng thành tích"] == "không đạt ngưỡng dù tuân thủ đầy đủ"
    assert table.is_simulated
    comparison = specimen_comparison()
    assert compliance_table(replace(comparison, options=comparison.options[:2]), "vi") is None


def test_a_sweep_that_shows_nothing_is_undefined():
    comparison = specimen_comparison()
    option = comparison.option("both")
    blank = [replace(sweep, differences=[None, None, None], threshold=None) for sweep in option.compliance]
    table = compliance_table(replace(comparison, options=[replace(option, compliance=blank)]), "vi")
    assert {row.cells[0] for row in table.groups[0].rows} == {"không xác định"}


def test_who_counts_as_a_direct_worker_is_said():
    assert direct_worker_roles(specimen_comparison(), "vi").endswith("và công chức, viên chức, nhân viên không giữ chức vụ lãnh đạo, quản lý")
    assert direct_worker_roles(replace(specimen_comparison(), counts_as_direct=["direct"]), "en") == "people directly producing or serving"
