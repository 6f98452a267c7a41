from __future__ import annotations

import pytest

from simulator.reporting.forms.table_fitting import BREAK
from simulator.reporting.word.times_metrics import MM_PER_POINT, ems, line_height, n_lines, text_width


@pytest.mark.parametrize(
    ("text", "is_bold", "thousandths"),
    [("Hạ", False, 722 + 444), ("Đạng", True, 722 + 500 + 556 + 500), ("−1,5", False, 564 + 500 + 250 + 500)],
)
def test_a_letter_with_marks_is_as_wide_as_the_letter(text, is_bold, thousandths):
    assert text_width(text, 10, is_bold=is_bold) == pytest.approx(thousandths / 1000 * 10 * MM_PER_POINT)


def test_decomposed_letters_are_no_wider():
    assert text_width("e\u0302\u0323", 12) == text_width("\u1ec7", 12)


def test_lines_break_between_words_and_inside_a_word_only_where_it_is_wider_than_the_column():
    word = text_width("chữ", 12)
    assert n_lines("chữ chữ chữ", word * 2.5, 12) == 2
    assert n_lines("chữ chữ chữ", word * 1.1, 12) == 3
    assert n_lines("a" * 100, text_width("a" * 30, 12), 12) == 4


def test_a_word_breaks_where_it_is_marked_and_the_mark_has_no_width():
    word = f"luanphien.{BREAK}giatri.{BREAK}nhom"
    assert text_width(word, 12) == text_width(word.replace(BREAK, ""), 12)
    assert n_lines(word, text_width("luanphien.giatri.", 12) * 1.01, 12) == 2
    assert n_lines(word, text_width("luanphien.", 12) * 1.01, 12) == 3


def test_a_line_may_break_after_a_hyphen():
    assert n_lines("chien-si-thi-dua", text_width("chien-si-", 12) * 1.01, 12) == 2


@pytest.mark.parametrize(("is_bold", "thousandths"), [(False, 542 + 529), (True, 600 + 554)])
def test_a_horn_makes_a_letter_wider(is_bold, thousandths):
    """As Liberation Serif has it; reckoned without, the heading ``người`` would be parted in a column made for it."""
    assert text_width("ườ", 10, is_bold=is_bold) == pytest.approx(thousandths / 1000 * 10 * MM_PER_POINT)


def test_ems_are_the_width_beside_the_size():
    assert ems("Đường", True) == pytest.approx(text_width("Đường", 12, is_bold=True) / 12 / MM_PER_POINT)


def test_a_line_may_end_after_a_dash_between_numbers():
    """LibreOffice and Word part 0.67–0.85 there; a line reckoned too many moved the pages that follow."""
    assert n_lines("Measured abroad: one-year stability of 0.67–0.85 (Sturman et al.)", 39.28, 11.5) == 3
    assert n_lines("0,67–0,85", text_width("0,67", 11.5), 11.5) > 2


def test_lines_are_whole_twentieths_of_a_point_high():
    assert [line_height(size) for size in (13, 12, 11.5, 10.5)] == [14.95, 13.8, 13.25, 12.1]
