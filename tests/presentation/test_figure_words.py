from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.presentation.figure_words import NAMES, WIDE_NAMES, height_of, name_lines, panel_width, row_height, share_out, width_of, wrap
from simulator.presentation.style import HIGHEST, WIDTH

WORDS = st.lists(st.text("abcđiươ", min_size=1, max_size=30), min_size=1, max_size=12).map(" ".join)


@given(WORDS, st.floats(0.4, 3))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text, inches):
    lines = wrap(text, inches).split("\n")
    assert all(width_of(line) <= inches + 1e-9 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(WORDS, st.integers(1, 3))
def test_what_does_not_find_room_ends_in_an_ellipsis(text, most):
    whole, cut = wrap(text, 1.0).split("\n"), wrap(text, 1.0, most_lines=most).split("\n")
    assert len(cut) == min(len(whole), most)
    assert cut[-1].endswith("…") == (len(whole) > most)
    assert all(width_of(line) <= 1.0 + 1e-9 for line in cut)


def test_bold_and_larger_letters_are_wider():
    assert width_of("Hà Nội") < width_of("Hà Nội", is_bold=True) < width_of("Hà Nội", 12, is_bold=True)


def test_long_names_get_a_wide_column_and_short_ones_a_narrow_one():
    short, long = "Giữ nguyên quy định", "Tỷ lệ người lao động trực tiếp " * 3
    assert name_lines([short, "Thêm"]) == [wrap(short, NAMES), "Thêm"]
    assert name_lines([short, long]) == [wrap(short, WIDE_NAMES), wrap(long, WIDE_NAMES, most_lines=4)]


def test_rows_are_as_high_as_the_name_of_most_lines():
    assert row_height(["một"], 1.0) == 1.0
    assert row_height(["một", "một\nhai\nba"], 0.1) >= height_of(3) == pytest.approx(3 * height_of(1))


@given(st.integers(0, 9), st.floats(0.3, 9), st.integers(1, 3))
def test_panels_are_shared_out_over_as_few_figures_as_hold_them(n, row, in_row):
    names = [str(number) for number in range(n)]
    figures = share_out(names, in_row, row, 0.3)
    assert [name for figure in figures for name in figure] == names
    rows = [-(-len(figure) // in_row) for figure in figures]
    assert all(count == 1 or 0.3 + count * row <= HIGHEST for count in rows if count)
    most = max(1, int((HIGHEST - 0.3) / row))
    assert len(figures) == max(1, math.ceil(math.ceil(n / in_row) / most))


def test_panels_stand_side_by_side_between_the_margins():
    assert 2 * panel_width(2) + WIDE_NAMES < WIDTH
