from __future__ import annotations

from dataclasses import replace

from simulator.experiments.results.comparison import BaseSalaryUsed
from simulator.presentation.results.procedure_cost import procedure_cost_table
from tests.presentation.specimen import specimen_comparison


def with_work(option, **changes):
    share = option.indicators["leader_share"]
    numbers = {"dossiers": (14_210.0, 15_003.0, 400.0), "cost_vnd": (7_375e6, 8_978e6, 369e6)}
    made = {}
    for name, (value, best, margin) in numbers.items():
        step = 0.0 if option.id == "keep-as-is" else -0.02 * value
        fields = {"value": value + step, "low": (value + step) * 0.998, "high": (value + step) * 1.002, "lawful_best": best, "baseline": value}
        steps = {"difference": step, "difference_low": step * 1.04, "difference_high": step * 0.97, "verdict": "small", "nature": "emergent"}
        made[name] = replace(share, name=name, margin=margin, **fields, **steps, **changes)
    return replace(option, indicators={**option.indicators, **made})


def with_costs(**changes):
    comparison = specimen_comparison()
    return replace(comparison, options=[with_work(option, **changes) for option in comparison.options])


def test_files_and_money_stand_with_difference_interval_and_verdict():
    table = procedure_cost_table(with_costs(), "vi")
    dossiers, cost = ({row.header: row.cells for row in group.rows} for group in table.groups)
    assert dossiers["Giữ nguyên quy định"] == ("14.210", "15.003", "–", "phương án đối chiếu")
    assert dossiers["Thêm Kế hoạch 115"] == ("13.926", "15.003", "−284\n[−296;\u00a0−276]", "nhỏ (do hành vi)")
    assert cost["Giữ nguyên quy định"][:2] == ("7,38\u00a0tỷ đồng", "8,98\u00a0tỷ đồng")
    assert cost["Thêm Kế hoạch 115"][2] == "−148\u00a0triệu đồng\n[−153;\u00a0−143]"
    assert any("chỉ gồm tiền thưởng" in note for note in table.notes)


def test_without_files_and_money_there_is_no_table():
    assert procedure_cost_table(specimen_comparison(), "vi") is None
    unknown = with_costs()
    for option in unknown.options:
        for name in ("dossiers", "cost_vnd"):
            option.indicators[name] = replace(option.indicators[name], value=None)
    assert procedure_cost_table(unknown, "en") is None


def test_the_base_salary_is_told_with_its_day_its_source_and_how_sure_we_are():
    recalled = BaseSalaryUsed(amount=1_490_000, start=None, known_from="2020-01-01", source=None, confidence="recalled")
    decree = {"vi": "Nghị định số 73/2024/NĐ-CP", "en": "Decree 73/2024"}
    read = BaseSalaryUsed(amount=2_340_000, start="2024-07-01", known_from=None, source=decree, confidence="read")
    assert procedure_cost_table(replace(with_costs(), base_salary=recalled), "vi").notes[-1] == (
        "Mức lương cơ sở dùng để tính kinh phí: 1.490.000 đồng/tháng, áp dụng muộn nhất từ ngày 01 tháng 01 năm 2020 (ngày bắt đầu chưa được đối chiếu). "
        "Nguồn: chưa dẫn được văn bản (theo trí nhớ, cần đối chiếu)."
    )
    assert procedure_cost_table(replace(with_costs(), base_salary=read), "vi").notes[-1] == (
        "Mức lương cơ sở dùng để tính kinh phí: 2.340.000 đồng/tháng, áp dụng từ ngày 01 tháng 7 năm 2024. "
        "Nguồn: Nghị định số 73/2024/NĐ-CP (đã đọc văn bản)."
    )


def test_where_no_base_salary_is_known_the_table_says_why_it_tells_no_money():
    unknown = with_costs()
    for option in unknown.options:
        option.indicators["cost_vnd"] = replace(option.indicators["cost_vnd"], value=None)
    table = procedure_cost_table(unknown, "vi")
    assert len(table.groups) == 1
    assert table.notes[-1] == ("Kinh phí: không xác định được vì chưa rõ mức lương cơ sở áp dụng tại ngày đặt câu hỏi (ngày 10 tháng 11 năm 2021).")
