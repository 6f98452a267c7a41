from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.model import attribution
from simulator.presentation.results.mechanisms import (
    MECHANISMS,
    describe_mechanisms,
    mechanism_name,
    mechanisms_at_work,
    mechanisms_table,
    say_mechanisms,
    shares_of,
)
from tests.presentation.specimen import specimen_comparison


def with_reasons(*reasons):
    comparison = specimen_comparison()
    options = [replace(option, reasons=of) for option, of in zip(comparison.options, reasons, strict=False)]
    return replace(comparison, options=options)


def shares(*numbers):
    return dict(zip(MECHANISMS, numbers, strict=True))


UNKNOWN = dict.fromkeys(MECHANISMS)


def test_the_mechanisms_are_those_of_the_model():
    assert MECHANISMS == attribution.PARTS


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_mechanism_has_a_name_of_its_own(lang):
    assert len({mechanism_name(specimen_comparison(), name, lang) for name in MECHANISMS}) == len(MECHANISMS)


def test_the_table_gives_every_part_of_every_option_and_says_what_below_zero_means():
    table = mechanisms_table(specimen_comparison(), "vi")
    rows = {row.header: row.cells for row in table.groups[0].rows}
    assert rows["Thành tích"] == ("25", "25", "35", "38")
    assert rows["Các lần khen trước và bậc khen thưởng tiếp theo"] == ("3", "3", "2", "−6")
    assert "năm thứ 10" in table.caption
    assert table.notes[0].startswith("Số âm: lý do này hướng tới những người khác")
    assert "một lượt mô phỏng" in table.notes[1]
    assert table.is_simulated


def test_the_sentence_names_the_largest_parts_and_the_widest_range():
    assert say_mechanisms(specimen_comparison(), "en") == (
        "Of 100 awards under “Keep as is”, the largest part goes to errors of appraisal and chance (about 37), the next to merit (about 25). "
        "Between options, the part of merit differs most: from about 25 (“Keep as is”) to about 38 (“Add both”)."
    )


def test_options_alike_and_an_option_alone_are_told_as_such():
    same = shares(0.5, 0.2, 0.1, 0.0, 0.2, 0.0, 0.0, 0.0)
    close = shares(0.52, 0.2, 0.08, 0.0, 0.2, 0.0, 0.0, 0.0)
    assert say_mechanisms(with_reasons(same, close), "en") == say_mechanisms(with_reasons(same, same), "en")
    assert say_mechanisms(with_reasons(same, same), "en").endswith("The options are nearly alike in every reason.")
    assert say_mechanisms(with_reasons(same), "en").endswith("the next to the turn (about 20).")


def test_what_cannot_be_told_apart_is_said():
    known = shares(0.5, 0.2, 0.1, 0.0, 0.2, 0.0, 0.0, 0.0)
    assert say_mechanisms(with_reasons(UNKNOWN, UNKNOWN), "vi").startswith("Chưa xác định được từng lý do")
    partly = with_reasons(UNKNOWN, known)
    assert say_mechanisms(partly, "vi").startswith("Trong 100 lượt khen ở phương án “Thêm Kế hoạch 115”")
    assert say_mechanisms(partly, "vi").endswith("không có ai khác có thể được chọn thay những người được khen.")
    assert describe_mechanisms(partly, "vi").count("không xác định") == 1
    assert [row.cells[0] for row in mechanisms_table(partly, "vi").groups[0].rows] == ["không xác định"] * len(MECHANISMS)


def test_half_known_parts_are_not_known():
    option = replace(specimen_comparison().options[0], reasons={"merit": 1.0})
    assert shares_of(option) == {}


def test_only_what_works_somewhere_is_drawn():
    comparison = with_reasons(shares(0.8, 0.2, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0), shares(1.1, 0.0, 0.0, 0.0, 0.0, -0.1, 0.0, 0.0))
    assert mechanisms_at_work(comparison) == ["merit", "turn", "claims"]
    assert "chức vụ" not in describe_mechanisms(comparison, "vi")
    assert "kê khai chưa được xác minh −10" in describe_mechanisms(comparison, "vi")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_descriptions_are_whole_sentences(lang):
    text = describe_mechanisms(specimen_comparison(), lang)
    assert text.endswith(".")
    assert "{" not in text
