from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.experiments.results.comparison import GroundedText, Recommendation
from simulator.presentation.results.paperwork_table import say_paperwork
from simulator.presentation.rules.citing import source_words
from simulator.reporting.evidence.group_rules import GroupRule
from simulator.reporting.pages.impacts import aim_blocks, impact_blocks, problem_blocks, recommendation_blocks
from tests.presentation.results.paperwork_specimen import paperwork
from tests.presentation.results.test_procedure_cost import with_costs
from tests.presentation.specimen import LETTER_3959, specimen_comparison

TURNS = {"vi": "Còn tính luân phiên.", "en": "Still by turn."}


def texts(blocks):
    return [line for block in blocks for line in (block.items if block.block == "bullets" else [block.text] if block.block == "paragraph" else [])]


def test_problem_and_aim_are_told_with_source_and_confidence_or_as_assumed():
    read = GroundedText(TURNS, source=LETTER_3959, confidence="recalled")
    assumed = GroundedText(TURNS, assumption={"vi": "Không có số liệu.", "en": "No figures."})
    comparison = replace(specimen_comparison(), problem=[read, assumed], aim=[assumed])
    intro, first, second = texts(problem_blocks(comparison, "vi"))
    assert "chương trình không tự nhận định" in intro
    assert first == f"Còn tính luân phiên. (Nguồn: {source_words(LETTER_3959, 'vi')}; theo trí nhớ, cần đối chiếu.)"
    assert second == "Còn tính luân phiên. (Giả định: Không có số liệu.)"
    assert texts(aim_blocks(comparison, "en")) == ["Still by turn. (Assumption: No figures.)"]


@pytest.mark.parametrize("blocks", [problem_blocks, aim_blocks, recommendation_blocks])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_nobody_has_entered_is_a_line_to_fill_in(blocks, lang):
    assert set(texts(blocks(specimen_comparison(), lang))[-1]) == {"…"}


def test_the_program_recommends_nothing_and_repeats_what_the_drafting_body_does():
    nobody = " ".join(texts(recommendation_blocks(specimen_comparison(), "vi")))
    assert "Chương trình không kiến nghị lựa chọn phương án nào" in nobody
    assert not any(option.title["vi"] in nobody for option in specimen_comparison().options)
    chosen = Recommendation("both", {"vi": "Phù hợp với địa phương.", "en": "It fits the place."})
    words = texts(recommendation_blocks(replace(specimen_comparison(), recommendation=chosen), "vi"))
    assert words[1] == "Cơ quan soạn thảo kiến nghị lựa chọn phương án “Thêm cả hai văn bản”. Lý do: Phù hợp với địa phương."
    assert "không phải kết quả mô phỏng" in words[2]


def test_every_option_has_its_impacts_under_a_heading_and_gender_is_told_once():
    blocks = impact_blocks(with_costs(), "vi")
    headings = [block.text for block in blocks if block.block == "paragraph" and block.role == "heading"]
    assert [heading.partition("“")[2].partition("”")[0] for heading in headings[:-3]] == [option.title["vi"] for option in with_costs().options]
    assert headings[-3:] == [
        "Thủ tục và kinh phí: các phương án đặt cạnh nhau",
        "Quy định về giới và về người lao động trực tiếp",
        "Tác động đối với hệ thống pháp luật",
    ]
    assert sum("không có dữ liệu về giới" in line for line in texts(blocks)) == 1
    of_options = [f"impacts-{option.id}" for option in with_costs().options]
    assert [block.table.id for block in blocks if block.block == "table"] == [*of_options, "procedure-cost"]
    assert [block.table.id for block in impact_blocks(specimen_comparison(), "vi") if block.block == "table"] == of_options


def test_clauses_that_speak_of_gender_or_of_direct_workers_are_named_with_their_provision_and_what_the_model_does():
    women = GroupRule("gender", "Ưu tiên nữ", "", "khoản 3 Điều 2 Nghị định (đã đọc văn bản)", is_simulated=True, is_of_baseline=True, options=[])
    floor = GroupRule("direct", "Từ 70%", "Cờ thi đua", "Mục 1 Công văn", is_simulated=True, is_of_baseline=False, options=["both"])
    dropped = GroupRule("direct", "Chú trọng", "", "Nghị định", is_simulated=False, is_of_baseline=True, options=["both"])
    told = texts(impact_blocks(specimen_comparison(), "vi", [women, floor, dropped]))
    assert (
        "Giới: Ưu tiên nữ. Nguồn: khoản 3 Điều 2 Nghị định (đã đọc văn bản). Thuộc bộ tiêu chí gốc; không mô phỏng vì không có dữ liệu về giới."
        in told
    )
    assert (
        "Người lao động trực tiếp: Từ 70% (xét “Cờ thi đua”). Nguồn: Mục 1 Công văn. Do phương án “Thêm cả hai văn bản” bổ sung hoặc sửa đổi; có mô phỏng."
        in told
    )
    assert any(line.endswith("không còn ở phương án “Thêm cả hai văn bản”; chỉ ghi nhận, không mô phỏng.") for line in told)
    assert any(line.startswith("Không điều khoản nào") for line in texts(impact_blocks(specimen_comparison(), "vi", [])))
    assert not any(line.startswith("Không điều khoản nào") for line in texts(impact_blocks(specimen_comparison(), "vi")))


def test_the_impact_on_the_law_counts_what_changes_and_leaves_authority_to_the_drafter():
    comparison = specimen_comparison()
    first, second, *_ = [clause for clause in comparison.clauses if clause.option == "both"]
    repealed = replace(first, change="removed", source={"vi": "Luật A, Điều 1", "en": "Law A, Điều 1"}, amended_source=None)
    amended = replace(second, change="changed", amended_source={"vi": "Luật A, Điều 2", "en": "Law A, Điều 2"})
    told = texts(impact_blocks(replace(comparison, clauses=[first, repealed, amended]), "en"))
    (both,) = [line for line in told if line.startswith("“Add both”:")]
    assert both == "“Add both”: provisions added: 1; provisions amended: 1 (Law A, Article 2); provisions repealed: 1 (Law A, Article 1)."
    assert "“Add plan 115”: no provision changes." in told
    assert [line.partition(":")[0] for line in told if line.endswith("…")] == [
        "Authority that may enact it, and form of the instrument",
        "Constitutionality, lawfulness, consistency with the legal system",
    ]


def test_a_recommendation_has_room_for_option_and_reasons():
    told = texts(recommendation_blocks(specimen_comparison(), "vi"))
    assert [line.partition(":")[0] for line in told if "…" in line][:2] == ["Phương án được kiến nghị", "Lý do lựa chọn"]
    assert sum(set(line) == {"…"} for line in told) == 3


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_paper_and_money_stand_after_procedure_and_cost_where_they_were_reckoned(lang):
    comparison, study = specimen_comparison(), paperwork(dossiers=(-300.0, 20.0, "clear"))
    without, blocks = impact_blocks(comparison, lang), impact_blocks(comparison, lang, None, study)
    added = [block for block in blocks if block not in without]
    assert [getattr(block, "role", None) or (block.table.id if block.block == "table" else block.id) for block in added] == [
        "heading",
        "body",
        "paperwork-brief",
        "paperwork-figure",
        "paperwork-law",
        "paperwork-costs",
    ]
    assert added[3].says == say_paperwork(study, lang)
    assert not any(row.small for block in added[4:6] for group in block.table.groups for row in group.rows), "no ids of awards"
    assert [table.id for table in added[3].data] == ["paperwork"], "every quantity stands behind the figure"
    assert [block for block in blocks if block not in added] == without
