from __future__ import annotations

from dataclasses import replace

from simulator.experiments.results.comparison import HIDDEN_CAVEAT
from simulator.presentation.results.impacts import heading_of, impact_table, is_recorded_only, say_rules
from tests.presentation.specimen import specimen_comparison
from tests.presentation.test_wording import of_collectives


def impacts(option_id, lang="vi", comparison=None):
    comparison = comparison or specimen_comparison()
    return {
        group.title: {row.header: row.cells for row in group.rows} for group in impact_table(comparison, comparison.option(option_id), lang).groups
    }


def test_every_subject_is_told_with_difference_interval_and_verdict():
    told = impacts("both")
    assert list(told) == [
        "Lãnh đạo, quản lý",
        "Người lao động trực tiếp",
        "Loại đơn vị",
        "Số lượng và mức khen thưởng",
        "Biểu hiện luân phiên",
        "Mức phù hợp với thành tích",
    ]
    leaders = told["Lãnh đạo, quản lý"]
    assert leaders["Tỷ lệ lãnh đạo, quản lý trong số được khen"] == ("22,6%", "15,8%", "−8,6\xa0điểm %\n[−8,9;\xa0−8,3]", "rõ (do quy định)")
    assert leaders["Tỷ lệ được khen của nhóm “Cấp trưởng”"] == ("42,8%", "–", "−10,0\xa0điểm %\n[−10,2;\xa0−9,8]", "chỉ mô tả")
    assert say_rules(specimen_comparison(), specimen_comparison().option("both"), "vi") == (
        "Thay đổi 3 điều khoản so với bộ tiêu chí gốc, trong đó 2 điều khoản được mô phỏng (xem phụ lục “Các điều khoản thay đổi”)."
    )


def test_of_the_reference_only_levels_are_told():
    comparison = specimen_comparison()
    told = impacts("keep-as-is", "en")
    assert told["Fit with merit"] == {"Agreement of awards with merit": ("0.25", "1.00")}
    assert impact_table(comparison, comparison.options[0], "en").columns == ("What", "Value", "Lawful best")
    assert say_rules(comparison, comparison.options[0], "en") == "No clause differs."


def test_groups_with_the_same_change_share_a_line():
    comparison = specimen_comparison()
    groups = comparison.option("both").by_group["unit_kind"]
    first, *others = groups
    same = groups[first].award_rate
    for name in others:
        changes = {field: getattr(same, field) for field in ("difference", "difference_low", "difference_high")}
        groups[name] = replace(groups[name], award_rate=replace(groups[name].award_rate, **changes))
    ((header, cells),) = impacts("both", comparison=comparison)["Loại đơn vị"].items()
    assert header.startswith("Tỷ lệ được khen của các nhóm “")
    assert header.count("“") == len(groups) == cells[0].count("%")
    assert len(impacts("keep-as-is", comparison=comparison)["Loại đơn vị"]) == 1  # where things stand, one line for all kinds of units


def test_the_interval_of_a_shared_line_holds_those_of_all_its_groups():
    comparison = specimen_comparison()
    groups = comparison.option("both").by_group["unit_kind"]
    for name, (difference, low, high) in zip(groups, ((-0.0021, -0.0022, -0.0020), (-0.0019, -0.0020, -0.0018)), strict=True):
        rate = replace(groups[name].award_rate, difference=difference, difference_low=low, difference_high=high)
        groups[name] = replace(groups[name], award_rate=rate)
    for name, group in comparison.option("keep-as-is").by_group["unit_kind"].items():
        comparison.option("keep-as-is").by_group["unit_kind"][name] = replace(group, award_rate=replace(group.award_rate, low=0.149, high=0.151))
    ((_, cells),) = impacts("both", comparison=comparison)["Loại đơn vị"].items()
    assert cells[2] == "từ −0,21 đến −0,19\xa0điểm %\n[−0,22;\xa0−0,18]"


def test_of_an_option_that_only_changes_words_nothing_is_said_to_have_been_found():
    comparison = specimen_comparison()
    words_only = replace(comparison, clauses=[replace(clause, simulated=False) for clause in comparison.clauses])
    both = words_only.option("both")
    both.indicators["leader_share"] = replace(both.indicators["leader_share"], difference=0.0, difference_low=0.0, difference_high=0.0)
    cells = impacts("both", comparison=words_only)["Lãnh đạo, quản lý"]["Tỷ lệ lãnh đạo, quản lý trong số được khen"]
    assert cells[2:] == ("0", "không đổi")
    assert say_rules(words_only, both, "vi").startswith("Thay đổi 3 điều khoản so với bộ tiêu chí gốc, tất cả chỉ được ghi nhận, không được mô phỏng")
    assert is_recorded_only(words_only, both)
    assert not is_recorded_only(words_only, words_only.options[0])
    assert not is_recorded_only(comparison, comparison.option("both"))


def test_what_the_question_asks_about_is_told_besides():
    asked = replace(specimen_comparison(), asked=["last_winner_penalty", "leader_share", "dossiers"])
    assert len(impacts("both", comparison=asked)["Nội dung khác mà câu hỏi quan tâm"]) == 1


def test_what_is_undefined_or_nothing_at_all_is_said():
    comparison = specimen_comparison()
    items = comparison.option("both").indicators
    items["merit_kappa"] = replace(items["merit_kappa"], value=None)
    items["award_rate"] = replace(items["award_rate"], difference=0.0, difference_low=0.0, difference_high=0.0)
    items["excess_inflation"] = replace(items["excess_inflation"], difference=None)
    told = impacts("both", comparison=comparison)
    assert told["Mức phù hợp với thành tích"].popitem()[1] == ("không xác định", "–", "–", "–")
    volume = told["Số lượng và mức khen thưởng"]
    assert [cells[2] for cells in volume.values()] == ["không xác định", "0"]


def test_a_group_that_could_give_somebody_away_is_not_told():
    comparison = specimen_comparison()
    option = comparison.option("both")
    heads = option.by_group["role"]["head"]
    option.by_group["role"]["head"] = replace(heads, award_rate=replace(heads.award_rate, value=None, caveat=HIDDEN_CAVEAT))
    told = impacts("both", comparison=comparison)["Lãnh đạo, quản lý"]["Tỷ lệ được khen của nhóm “Cấp trưởng”"]
    assert told == ("không nêu", "–", "không nêu", "chỉ mô tả")


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
