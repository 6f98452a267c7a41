from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.presentation.results.paperwork_table import award_table, cost_table, law_table, paperwork_tables, quantity_table, say_paperwork
from tests.presentation.results.paperwork_specimen import paperwork, paperwork_of_a_set

STEPS = {
    "dossiers": (130.0, 20.0),
    "council_hours": (-420.0, 10.0, "clear"),
    "bonus_vnd": (0.36e9, 0.03e9, "not clear"),
    "work_vnd": (0.1e9, 0.01e9),
    "total_vnd": (0.46e9, 0.03e9),
}


def rows_of(table):
    return {(group.title, row.header): row.cells for group in table.groups for row in group.rows}


def test_every_quantity_says_what_it_rests_on_and_stands_beside_the_baseline():
    rows = rows_of(quantity_table(paperwork(**STEPS), "vi"))
    assert rows["Số hồ sơ – kết quả mô phỏng", "Giữ nguyên"] == ("14.300", "–", "–", "phương án đối chiếu")
    assert rows["Số hồ sơ – kết quả mô phỏng", "Kế hoạch"] == ("14.430", "–", "+130\n[+110;\u00a0+150]", "nhỏ")
    assert rows["Tiền thưởng – theo quy định", "Kế hoạch"][2:] == ("+360\u00a0triệu đồng\n[+330;\u00a0+390]", "tăng, chưa chắc đạt ngưỡng")
    assert rows["Giờ họp hội đồng – theo quy định và giả định", "Kế hoạch"][1] == "3.990 đến 15.960"
    assert rows["Ngày đăng tải dài nhất – theo quy định", "Kế hoạch"] == ("10", "–", "0", "không đổi")


def test_the_notes_tell_scale_and_base_salary():
    notes = " ".join(quantity_table(paperwork(), "vi").notes)
    assert "Mô phỏng 2.000 người trong 10 năm, 8 lượt; số liệu quy đổi cho 20.000 người" in notes
    assert "2.340.000 đồng/tháng" in notes


def test_without_a_base_salary_the_table_says_why_there_is_no_money():
    told = paperwork()
    table = quantity_table(replace(told, law=replace(told.law, base_salary=None)), "en")
    assert any("cannot be told" in note or "1 January 2025" in note for note in table.notes)


def test_law_and_assumptions_have_tables_of_their_own():
    told = paperwork()
    assert rows_of(law_table(told, "en")) == {
        ("", "Fighter"): ("1 × the base salary", "Decree 152", "text was read"),
        ("", "Order"): ("not stated; reckoned with 1 times", "no instrument cited", "no source; assumed"),
    }
    assert law_table(told, "en").notes == ("1 of 2 bonuses have no instrument cited for them and are assumed.",)
    assert rows_of(cost_table(told, "en")) == {
        ("", "One hour"): ("60,000", "40,000 to 150,000", "assumed"),
        ("", "Council"): ("14", "13 to 15", "Decree 65"),
    }


def test_a_set_is_told_award_by_award():
    told = paperwork_of_a_set()
    assert [table.id for table in paperwork_tables(told)] == ["paperwork-awards", "paperwork-law", "paperwork-costs"]
    rows = rows_of(award_table(told, "vi"))
    assert rows["", "Chiến sĩ thi đua"] == ("1", "4", "9", "0,6", "0; 0", "2.340.000", "tối đa 10% số người, 12 tháng")
    assert rows["", "Huân chương"] == ("4", "7", "9", "2,9", "10; 10", "2.340.000", "–")
    assert say_paperwork(told, "en") == (
        "The file that takes most work is that of Order: about 11.9 hours (the hours of every council member counted), 7 signatures, "
        "10 working days of posting and about 10 working days of waiting at stages."
    )


def test_the_sentence_says_ways_shares_verdicts_and_the_largest_part():
    assert say_paperwork(paperwork(**STEPS), "en") == (
        "Option “Plan” against keeping the rules, a year: files up by 130 (0.9%, small); hours of councils down by 420 (5.0%, clear); "
        "total cost up by 460\u00a0million VND (2.6%, small), mostly in bonuses."
    )


@pytest.mark.parametrize(("name", "words"), [("work_vnd", "cost of the paperwork"), ("pay_step_vnd", "early pay steps")])
def test_the_largest_part_is_named_whichever_it_is(name, words):
    assert f"mostly in {words}." in say_paperwork(paperwork(**{name: (-0.5e9, 0.0), "total_vnd": (-0.5e9, 0.0)}), "en")


def test_what_does_not_change_is_said_to_be_unchanged():
    assert say_paperwork(paperwork(), "vi") == "Phương án “Kế hoạch” không làm thay đổi thủ tục, kinh phí."
    assert "giờ họp hội đồng không đổi" in say_paperwork(paperwork(dossiers=(1.0, 0.5)), "vi")


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (0.0, "số hồ sơ không đổi"),
        (0.4, "số hồ sơ tăng dưới 1 (dưới 0,1%, nhỏ)"),
        (-0.9, "số hồ sơ giảm dưới 1 (dưới 0,1%, nhỏ)"),
        (1.0, "số hồ sơ tăng 1 (dưới 0,1%, nhỏ)"),
        (14.2, "số hồ sơ tăng 14 (dưới 0,1%, nhỏ)"),
        (14.3, "số hồ sơ tăng 14 (0,1%, nhỏ)"),
    ],
)
def test_what_would_read_as_nothing_is_told_by_what_it_stays_below(step, words):
    assert words in say_paperwork(paperwork(dossiers=(step, 0.0), work_vnd=(1e6, 0.0)), "vi")


def test_bonuses_that_only_some_options_give_say_which():
    told = paperwork()
    first, second = told.law.bonuses
    own = replace(first, multiple=2.0, used=2.0, options=["plan"])
    table = law_table(replace(told, law=replace(told.law, bonuses=[first, own, second])), "vi")
    assert [(group.title, len(group.rows)) for group in table.groups] == [("", 2), ("Áp dụng trong phương án: Kế hoạch", 1)]


def test_one_option_alone_is_compared_with_nothing():
    told = paperwork()
    assert say_paperwork(replace(told, options=told.options[:1]), "en") == "The scenario has no other option to compare with."


def test_without_money_the_sentence_tells_the_rest():
    told = paperwork(dossiers=(130.0, 20.0))
    for option in told.options:
        option.quantities["total_vnd"] = replace(option.quantities["total_vnd"], value=None, difference=None)
    assert say_paperwork(told, "en").endswith("hours of councils unchanged; the cost cannot be told.")
