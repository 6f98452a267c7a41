from __future__ import annotations

import pytest

from simulator.reporting.word.times_metrics import MM_PER_POINT, n_lines, text_width, widest_word


@pytest.mark.parametrize(
    ("text", "is_bold", "thousandths"),
    [("Hạ", False, 722 + 444), ("Đường", True, 722 + 556 + 500 + 556 + 500), ("−1,5", False, 564 + 500 + 250 + 500)],
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


def test_what_may_be_broken_asks_for_no_room():
    assert widest_word("ab abc", 12) == text_width("abc", 12)
    assert widest_word("a" * 64, 12) == pytest.approx(text_width("a" * 32, 12))
    assert widest_word("", 12) == 0
