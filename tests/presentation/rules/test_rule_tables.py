from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.experiments.results.comparison import ClauseUsed, FieldChange, PhaseUsed
from simulator.presentation.rules.rule_tables import (
    assumption_counts,
    assumptions_tables,
    cited_clause,
    clauses_table,
    compliance_table,
    criteria_name,
    direct_worker_roles,
    legal_clauses,
    options_table,
)
from tests.presentation.specimen import PLAN_115, specimen_comparison


def test_rules_that_take_over_later_are_told_with_their_years():
    comparison = specimen_comparison()
    phases = [PhaseUsed(3, "decree-91+hanoi-plan-115"), PhaseUsed(11, "hanoi-letter-3959")]
    table = options_table(replace(comparison, options=[*comparison.options[:3], replace(comparison.options[3], phases=phases)]), "vi")
    assert table.groups[0].rows[3].cells[0].split("\n") == [
        "Đến hết năm thứ 2: Bộ tiêu chí gốc",
        "Từ năm thứ 3: Bộ tiêu chí gốc + Kế hoạch số 115/KH-UBND",
        "Từ năm thứ 11 (sau năm cuối của lần mô phỏng này): Công văn số 3959/UBND-NC",
    ]
    assert "bộ tiêu chí cuối cùng" in table.notes[0]


def test_rules_that_hold_from_the_first_year_need_no_years():
    table = options_table(specimen_comparison(), "vi")
    assert "năm thứ" not in str(table)
    assert table.notes == ()


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
    assert "\nGiả định:" in source
    assert source.startswith("Mục 1 Công văn")
    assert source.endswith("\nGiả định: Mức tuân thủ chưa có ai đo.")
    assert (confidence, compliance, part) == ("đã đọc văn bản", "30%", "có mô phỏng")
    assert rows[2].cells[2:] == ("theo trí nhớ, cần đối chiếu", "–", "chỉ ghi nhận")


QUOTA = ClauseUsed(
    option="both",
    clause="trial#chien-si-thi-dua-co-so.quota",
    kind="quota",
    title={"vi": "Không quá 15%", "en": "At most 15%"},
    simulated=True,
    text={"vi": "Thử mức cao hơn.", "en": "Try a higher share."},
    change="changed",
    amended_title={"vi": "Không quá 15%", "en": "At most 15%"},
    amended_source={"vi": "Nghị định 91, Điều 9", "en": "Decree 91, art. 9"},
    changed_fields=[FieldChange("share", 0.15, 0.2)],
)


def clause_row(lang="vi", **fields):
    return clauses_table(replace(specimen_comparison(), clauses=[replace(QUOTA, **fields)]), lang).groups[0].rows[0]


def test_a_changed_clause_shows_both_values_and_credits_the_old_rule_with_the_old_one_only():
    row = clause_row()
    assert row.header == "Sửa đổi quy định “Không quá 15%”\ntỷ lệ: 0,15 → 0,2"
    assert row.small == "trial#chien-si-thi-dua-co-so.quota"
    assert row.cells[1] == "Quy định được sửa: Điều 9 Nghị định 91\nLý do: Thử mức cao hơn."
    assert row.cells[2] == "–"
    assert clause_row("en").header.endswith("share: 0.15 → 0.2")


def test_a_changed_clause_shows_its_own_title_and_grounds_where_it_has_them():
    own = {"vi": "Con số 20% là giả định.", "en": "20% is assumed."}
    row = clause_row(title={"vi": "Không quá 20%", "en": "At most 20%"}, assumption=own, source=PLAN_115, confidence="read")
    assert row.header.startswith("Không quá 20% (sửa đổi)\ntỷ lệ")
    assert row.cells[1].splitlines()[1:] == [PLAN_115["vi"], "Con số 20% là giả định.", "Lý do: Thử mức cao hơn."]
    assert row.cells[2] == "đã đọc văn bản"


def test_a_new_number_that_rests_on_the_reason_for_the_change_is_told_with_it_once():
    reason = {"vi": "Thử mức cao hơn.", "en": "A higher limit is tried."}
    row = clause_row(text=reason, assumption=reason)
    assert row.cells[1].count("Thử mức cao hơn.") == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (FieldChange("rounding", "floor", "nearest"), "cách làm tròn: làm tròn xuống → làm tròn đến số gần nhất"),
        (FieldChange("places", None, 3), "số chỉ tiêu: không quy định → 3"),
        (FieldChange("requires.all.1.at_least", 2, 3), "điều kiện, ngưỡng: 2 → 3"),
        (FieldChange("compliance.value", 0.3, 0.5), "mức tuân thủ, giá trị: 0,3 → 0,5"),
        (FieldChange("consumed", False, True), "consumed: không → có"),
        (FieldChange("requires", {"fact": "rating"}, {"any": []}), "điều kiện: được viết lại, xem tệp của bộ tiêu chí"),
    ],
)
def test_a_changed_field_is_written_for_readers(change, words):
    assert clause_row(changed_fields=[change]).header.splitlines()[-1] == words


def test_a_removed_clause_is_named_so_with_the_reason():
    row = clause_row(change="removed", changed_fields=[])
    assert row.header == "Bãi bỏ quy định “Không quá 15%”"
    assert row.cells[1] == "Quy định bị bãi bỏ: Điều 9 Nghị định 91\nLý do: Thử mức cao hơn."


def test_a_clause_of_an_award_names_the_award():
    award = {"vi": "Chiến sĩ thi đua cơ sở", "en": "Grassroots Emulation Fighter"}
    assert clause_row(award_title=award).header.startswith("Chiến sĩ thi đua cơ sở: Sửa đổi quy định “Không quá 15%”\n")


def test_a_clause_is_cited_by_its_title_and_what_it_cites():
    comparison = replace(specimen_comparison(), clauses=[QUOTA])
    assert cited_clause(comparison, QUOTA.clause, "vi") == "Không quá 15% (Điều 9 Nghị định 91)"
    assert cited_clause(comparison, "decree-91#principles.merit", "vi") == "principles.merit (Nghị định số 91/2017/NĐ-CP)"
    assert cited_clause(replace(comparison, clauses=[replace(QUOTA, amended_source=None)]), QUOTA.clause, "en") == "At most 15%"


def test_a_clause_without_source_is_named_so():
    assert clause_row(change="added", amended_source=None).cells[1] == "không có nguồn; là giả định"
    assert clause_row(text=None, amended_source=None).cells[1] == "không có nguồn; là giả định"


def test_without_changes_there_is_no_table():
    assert clauses_table(replace(specimen_comparison(), clauses=[]), "vi") is None


def test_assumptions_that_clauses_move_come_first_with_what_was_used():
    moved, fixed = assumptions_tables(specimen_comparison(), "vi")
    assert moved.groups[0].rows[0].cells == (
        "0,25",
        "0\u00a0–\u00a01",
        "giả định, chưa có số liệu",
        "Khắc phục tính luân phiên trong khen thưởng (Mục 1 Công văn số 3959/UBND-NC ngày 10/11/2021 của UBND thành phố Hà Nội)",
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


def test_never_is_said_only_where_every_compliance_tells():
    comparison = specimen_comparison()
    option = comparison.option("both")
    half = [replace(sweep, differences=[0.0, 0.01, None], threshold=None) for sweep in option.compliance]
    table = compliance_table(replace(comparison, options=[replace(option, compliance=half)]), "vi")
    assert {row.cells[0] for row in table.groups[0].rows} == {"không xác định"}


def test_who_counts_as_a_direct_worker_is_said():
    assert direct_worker_roles(specimen_comparison(), "vi").endswith("và công chức, viên chức, nhân viên không giữ chức vụ lãnh đạo, quản lý")
    assert direct_worker_roles(replace(specimen_comparison(), counts_as_direct=["direct"]), "en") == "people directly producing or serving"


def test_what_only_names_another_file_of_the_workbench_is_counted_and_told_nowhere():
    comparison = specimen_comparison()
    first = comparison.clauses[0]
    plumbing = replace(first, clause="x#procedure.y", change="changed", changed_fields=[FieldChange("of_set", "a", "b")])
    both = replace(plumbing, clause="x#procedure.z", changed_fields=[FieldChange("of_set", "a", "b"), FieldChange("places", 1, 2)])
    changed = replace(comparison, clauses=[*comparison.clauses, plumbing, both])
    assert legal_clauses(changed, first.option) == [*legal_clauses(comparison, first.option), both]
    counts = [
        {row.header: row.cells[1] for row in options_table(each, "vi").groups[0].rows}[comparison.option(first.option).title["vi"]]
        for each in (comparison, changed)
    ]
    assert int(counts[1]) == int(counts[0]) + 1
