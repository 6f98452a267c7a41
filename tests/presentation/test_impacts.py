from __future__ import annotations

from dataclasses import replace

from simulator.experiments.results import HIDDEN_CAVEAT
from simulator.presentation.impacts import heading_of, say_impacts
from tests.presentation.specimen import specimen_comparison
from tests.presentation.test_wording import of_collectives


def impacts(option_id, lang="vi", comparison=None):
    comparison = comparison or specimen_comparison()
    return {item.partition(": ")[0]: item for item in say_impacts(comparison, comparison.option(option_id), lang)}


def test_every_subject_is_told_with_difference_interval_and_verdict():
    told = impacts("both")
    assert list(told) == [
        "Quy định",
        "Lãnh đạo, quản lý",
        "Người lao động trực tiếp",
        "Loại đơn vị",
        "Số lượng và mức khen thưởng",
        "Biểu hiện luân phiên",
        "Mức phù hợp với thành tích",
    ]
    assert told["Quy định"] == (
        "Quy định: thay đổi 3 điều khoản so với bộ tiêu chí gốc, trong đó 2 điều khoản được mô phỏng (xem mục “Các điều khoản thay đổi”)."
    )
    assert told["Lãnh đạo, quản lý"].startswith(
        "Lãnh đạo, quản lý: tỷ lệ lãnh đạo, quản lý trong số được khen 22,6% (khi áp dụng đúng: 15,8%), "
        "giảm 8,6\u00a0điểm % (khoảng 95%: từ −8,9 đến −8,3), rõ (do quy định); "
    )
    assert "nhóm “Cấp trưởng”: tỷ lệ được khen 42,8%, giảm 10,0\u00a0điểm % (khoảng 95%: từ −10,2 đến −9,8)" in told["Lãnh đạo, quản lý"]


def test_of_the_reference_only_levels_are_told():
    told = impacts("keep-as-is", "en")
    assert told["Rules"] == "Rules: no clause differs."
    assert told["Fit with merit"] == "Fit with merit: agreement of awards with merit 0.25 (lawful best: 1.00)."
    assert not any("interval" in item for item in told.values())


def test_what_the_question_asks_about_is_told_besides():
    asked = replace(specimen_comparison(), asked=["last_winner_penalty", "leader_share"])
    told = impacts("both", comparison=asked)
    assert told["Nội dung khác mà câu hỏi quan tâm"].count("khi áp dụng đúng") == 1


def test_a_group_that_could_give_somebody_away_is_not_told():
    comparison = specimen_comparison()
    option = comparison.option("both")
    heads = option.by_group["role"]["head"]
    option.by_group["role"]["head"] = replace(heads, award_rate=replace(heads.award_rate, value=None, caveat=HIDDEN_CAVEAT))
    assert "nhóm “Cấp trưởng”: không nêu" in impacts("both", comparison=comparison)["Lãnh đạo, quản lý"]


def test_collectives_have_no_posts_to_tell_of():
    comparison = of_collectives()
    nothing = {"value": None, "lawful_best": None}
    for option in comparison.options:
        for name in ("leader_share", "direct_worker_share"):
            option.indicators[name] = replace(option.indicators[name], **nothing)
    assert not {"Lãnh đạo, quản lý", "Người lao động trực tiếp"} & impacts("both", comparison=comparison).keys()


def test_the_reference_is_headed_as_such():
    comparison = specimen_comparison()
    assert heading_of(comparison, comparison.options[0], "vi") == "Phương án “Giữ nguyên quy định” (không thay đổi bộ tiêu chí gốc; mốc đối chiếu)"
    assert heading_of(comparison, comparison.options[1], "en") == "Option “Add plan 115”"
