from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.experiments.results.stopping import Stopping
from simulator.reporting.evidence.contents import Asked
from simulator.reporting.pages.asked_words import asked_rows, command_of, command_of_list, command_of_set
from tests.presentation.specimen import specimen_comparison
from tests.reporting.criteria_specimen import evidence_of as evidence_of_set
from tests.reporting.criteria_specimen import workspace_in
from tests.reporting.registers import AWARD, evidence_of_register, write_register
from tests.reporting.specimen import evidence_of


def told(evidence, lang="vi"):
    return {row.header: row.cells[0] for row in asked_rows(evidence, lang)}


def test_a_plain_report_is_told_as_the_scenarios_own():
    rows = told(evidence_of())
    assert rows["Lệnh để lập lại báo cáo"] == "tieuchi report hanoi-2021 --lang vi"
    assert rows["Ngày ghi trên báo cáo"] == "theo kịch bản (ngày 10 tháng 11 năm 2021)"
    numbers = [rows[name] for name in ("Số lượt mô phỏng", "Số năm mô phỏng", "Số khởi tạo được yêu cầu")]
    assert numbers == ["theo kịch bản: 20", "theo kịch bản: 10", "theo kịch bản: 20211110"]
    assert rows["Phân tích kèm theo"] == "không có"


@pytest.mark.parametrize(
    ("reason", "told_as"),
    [("precise", "20; tự dừng khi đã đủ chính xác (nhiều nhất 200)"), ("cap", "20; số lượt nhiều nhất được phép"), ("asked", "theo kịch bản: 20")],
)
def test_replications_that_stopped_by_themselves_are_told_as_such(reason, told_as):
    evidence = evidence_of(at_most=200)
    stopped = replace(evidence, comparison=replace(evidence.comparison, stopping=Stopping(reason, 200, wide=[])))
    rows = told(stopped)
    assert rows["Số lượt mô phỏng"] == told_as
    assert rows["Lệnh để lập lại báo cáo"] == "tieuchi report hanoi-2021 --lang vi --at-most 200"


def test_a_report_on_a_list_is_asked_for_again_without_the_names_of_its_files(tmp_path):
    path = write_register(tmp_path / "Nguyễn Văn Mẫu.csv", units=2, years=[2020])
    plain = evidence_of_register(path)
    assert command_of_list(plain) == f"tieuchi report REGISTER --lang vi --award {AWARD}"
    (tmp_path / "s.csv").write_text("unit_id;successor_id;from\nPhòng 0;Phòng 1;2021\n", encoding="utf-8")
    winners = write_register(tmp_path / "w.csv", units=2, years=[2020], n_awards=14)
    (tmp_path / "h.csv").write_text(
        "\n".join(["year;unit_id;role;n_members", *(f"2020;Phòng {u};{r};15" for u in (0, 1) for r in ("head", "deputy", "staff", "direct"))])
    )
    full = evidence_of_register(
        winners,
        lang="en",
        date="2026-01-05",
        is_anonymous=True,
        is_complete=True,
        seed=3,
        succession=tmp_path / "s.csv",
        headcount=tmp_path / "h.csv",
    )
    assert command_of_list(full) == (
        f"tieuchi report REGISTER --lang en --headcount HEADCOUNT --succession SUCCESSION --award {AWARD} --date 2026-01-05 --seed 3 --complete --anonymous"
    )


def test_a_report_on_a_set_is_asked_for_again_by_its_stack(tmp_path):
    assert command_of_set(evidence_of_set("base", workspace_in(tmp_path))) == "tieuchi report base --lang vi"
    full = replace(evidence_of_set("base", workspace_in(tmp_path)), asked=Asked("a+b", lang="en", date="2026-01-05", has_letterhead=True))
    assert command_of_set(full) == "tieuchi report a+b --lang en --date 2026-01-05 --letterhead"


def test_everything_that_was_asked_apart_is_told_and_asked_again():
    asked = {"lang": "en", "date": "2026-01-05", "has_letterhead": True, "replications": 8, "years": 5, "seed": 0}
    evidence = evidence_of(**asked)
    assert command_of(evidence) == ("tieuchi report hanoi-2021 --lang en --date 2026-01-05 --replications 8 --years 5 --seed 0 --letterhead")
    rows = told(evidence, "en")
    assert rows["Date on the report"] == "5 January 2026"
    assert rows["Replications"].startswith("8 (asked for")
    assert rows["Seed asked for"].startswith("0 (asked for")
    assert rows["State heading, recipients and signature block"] == "yes"


def test_studies_in_the_report_are_named_and_asked_for_again():
    evidence = replace(evidence_of(), sensitivity=object(), attribution=object())
    assert command_of(evidence).endswith("--with one-at-a-time,attribute")
    assert told(evidence)["Phân tích kèm theo"] == "kết quả phụ thuộc vào giả định nào, khi đổi từng giả định và tác động theo điều khoản"
    together = replace(evidence_of(), global_sensitivity=object())
    assert command_of(together).endswith("--with sensitivity")
    assert told(together)["Phân tích kèm theo"] == "kết quả phụ thuộc vào yếu tố nào, khi mọi yếu tố cùng thay đổi"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_scenario_without_a_date_leaves_it_blank(lang):
    blank = {"vi": "để trống", "en": "left blank"}
    assert blank[lang] in told(evidence_of(replace(specimen_comparison(), as_of="")), lang).values()
