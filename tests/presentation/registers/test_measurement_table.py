"""What a register shows, as a table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.indicators.measurement import INDICATORS, Measured, Measurement
from simulator.presentation.i18n import translate
from simulator.presentation.registers.measurement_table import QUESTIONS, measurement_table


def measurement(*, caveats=(), **indicators):
    mix = dict.fromkeys(("merit", "turn", "post", "unexplained"), Measured(0.25, 0.2, 0.3, 60))
    return Measurement("chien-si-thi-dua-co-so", 1200, 60, 5, 900, indicators, mix, caveats)


def test_a_measurement_gives_values_intervals_counts_and_caveats():
    shown = measurement(leader_share=Measured(0.3125, 0.29, 0.33, 900), turn_taking_index=Measured(None, None, None, 0, "caveat.too-few-units"))
    table = measurement_table(shown, "vi")
    assert not any(head[:1].islower() for head in table.columns)
    rotation, leaders, mix = table.groups
    assert (rotation.title, leaders.title) == ("Biểu hiện luân phiên", "Lãnh đạo, quản lý và người lao động trực tiếp")
    assert leaders.rows[0].header == "Tỷ lệ lãnh đạo, quản lý trong số được khen (%)"
    assert leaders.rows[0].cells == ("31", "[29;\u00a033]", "900", "")
    assert rotation.rows[0].cells == ("không xác định", "", "0", "(1)")
    assert mix.rows[0].header == "Theo thành tích (%)"
    assert "1.200 người, 60 đơn vị, 5 năm, 900 lượt khen" in table.caption
    assert not table.is_simulated


def test_a_number_without_a_reason_to_be_missing_still_has_a_caveat():
    table = measurement_table(measurement(merit_kappa=Measured(None, None, None, 0)), "en")
    assert table.groups[0].rows[0].cells[-1] == "(1)"
    assert table.notes[0] == "(1) Cannot be determined from these data."


def test_each_caveat_is_said_once_below_in_words():
    unknown = Measured(None, None, None, 9, "caveat.no-merit")
    shown = measurement(turn_taking_index=unknown, leader_share=Measured(0.5, 0.4, 0.6, 9, "caveat.few-units"), merit_kappa=unknown)
    table = measurement_table(shown, "en")
    assert [row.cells[-1] for group in table.groups[:3] for row in group.rows] == ["(1)", "(2)", "(1)"]
    assert table.notes[0] == "(1) The list says nothing of merit, so this cannot be known."
    assert table.notes[1].startswith("(2) Under 20 units")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_remainder_of_the_regression_is_said_to_be_unexplained_and_no_more(lang):
    table = measurement_table(measurement(), lang)
    assert table.notes == (translate("report.mix.intro", lang), translate("table.measure.observations", lang))
    assert table.groups[-1].rows[-1].header.startswith({"vi": "Chưa giải thích được", "en": "Unexplained"}[lang])
    nothing = Measurement("x", 3, 1, 1, 1, {}, {"merit": Measured(None, None, None, 1, "caveat.no-merit")})
    assert translate("report.mix.intro", lang) not in measurement_table(nothing, lang).notes


@pytest.mark.parametrize(("share", "low", "high", "is_said"), [(-0.004, -0.2, 0.2, False), (-0.004, -0.0041, -0.0039, True), (1.006, 0.8, 1.2, True)])
def test_a_share_that_reads_below_zero_or_above_a_hundred_is_explained_once(share, low, high, is_said):
    """What counts is what is written: −0.4 % is 0 without decimals, and −0.4 with one."""
    found = replace(measurement(), allocation_mix=dict.fromkeys(("merit", "turn", "post", "unexplained"), Measured(share, low, high, 60)))
    for lang, words in (("vi", "Tỷ lệ dưới 0 hoặc trên 100 không phải là lỗi"), ("en", "A share below 0 or above 100 is no mistake")):
        assert sum(note.startswith(words) for note in measurement_table(found, lang).notes) == is_said


def test_what_holds_for_the_whole_list_is_said_below():
    assert measurement_table(measurement(caveats=("caveat.members-unnamed",)), "en").notes[0].startswith("Only winners are named")


def test_a_p_value_stands_with_its_row():
    row = Measured(0.2, 0.1, 0.3, 50, beside={"p_value": 0.0123})
    assert measurement_table(measurement(repeat_deficit=row), "vi").groups[0].rows[0].cells[-1] == "p = 0,012"


@pytest.mark.parametrize(
    ("p_value", "vi", "en"), [(0.0, "p < 0,001", "p < 0.001"), (0.00099, "p < 0,001", "p < 0.001"), (0.001, "p = 0,001", "p = 0.001")]
)
def test_no_chance_is_printed_as_nought(p_value, vi, en):
    row = Measured(0.2, 0.1, 0.3, 50, beside={"p_value": p_value})
    assert [measurement_table(measurement(repeat_deficit=row), lang).groups[0].rows[0].cells[-1] for lang in ("vi", "en")] == [vi, en]


def test_each_track_stands_with_its_row():
    row = Measured(0.25, 0.24, 0.26, 50, beside={"annual": 0.5, "ad_hoc": -0.25, "thematic": None})
    for lang, words in (
        ("vi", "riêng từng loại: hằng năm 0,50; đột xuất −0,25; theo chuyên đề không xác định"),
        ("en", "by track: yearly round 0.50; ad hoc −0.25; thematic undefined"),
    ):
        assert measurement_table(measurement(ratchet_index=row), lang).groups[0].rows[0].cells[-1] == words


def test_counts_that_are_not_told_stay_open():
    shown = Measurement("x", None, 6, 2, None, {"award_rate": Measured(None, None, None, None, "caveat.hidden")}, {})
    table = measurement_table(shown, "en")
    assert table.caption.endswith("… people, 6 units, 2 years, … awards")
    assert table.groups[0].rows[0].cells[2] == "…"


def test_one_of_anything_is_counted_in_the_singular():
    table = measurement_table(Measurement("x", 1, 1, 1, 1, {}, {}), "en")
    assert table.caption.endswith("1 person, 1 unit, 1 year, 1 award")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_indicator_of_a_list_answers_one_question(lang):
    asked = [name for names in QUESTIONS.values() for name in names]
    assert len(asked) == len(set(asked))
    assert set(INDICATORS) <= set(asked)
    for question in (*QUESTIONS, "other"):
        assert translate(f"table.measure.group.{question}", lang)


def test_an_indicator_without_a_question_is_not_lost(monkeypatch):
    monkeypatch.setattr("simulator.presentation.registers.measurement_table.QUESTIONS", {})
    table = measurement_table(measurement(leader_share=Measured(0.5, 0.4, 0.6, 9)), "en")
    assert table.groups[0].title == "Other indicators"


def test_the_caption_names_the_award_by_its_title_and_kind():
    shown = measurement(leader_share=Measured(0.3, 0.2, 0.4, 9))
    fighter = {"vi": "Chiến sĩ thi đua cơ sở", "en": "Grassroots Emulation Fighter"}
    certificate = {"vi": "Bằng khen của Chủ tịch Ủy ban nhân dân cấp tỉnh", "en": "Certificate of Merit"}
    assert "danh hiệu “Chiến sĩ thi đua cơ sở”:" in measurement_table(shown, "vi", fighter).caption
    assert "hình thức khen thưởng “Bằng khen của" in measurement_table(shown, "vi", certificate).caption
    assert "award “Certificate of Merit”:" in measurement_table(shown, "en", certificate).caption
    assert "loại khen thưởng “chien-si-thi-dua-co-so”:" in measurement_table(shown, "vi").caption
