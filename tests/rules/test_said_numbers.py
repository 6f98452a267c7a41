from __future__ import annotations

import pytest

from simulator.rules.said_numbers import pattern_of, words_of


def said(title, number, lang="vi", *, as_percent=False):
    return [match[0] for match in pattern_of(number, lang, as_percent=as_percent).finditer(title)]


@pytest.mark.parametrize(
    ("number", "vi", "en"),
    [(1, "một", "one"), (5, "năm", "five"), (11, "mười một", "eleven"), (12, "mười hai", "twelve"), (15, "mười lăm", "fifteen"), (20, "hai mươi", "twenty"),
     (21, "hai mươi mốt", "twenty-one"), (100, None, None), (0, None, None), (2.5, None, None)],
)  # fmt: skip
def test_a_whole_number_has_a_word(number, vi, en):
    assert (words_of(number, "vi"), words_of(number, "en")) == (vi, en)


@pytest.mark.parametrize(
    ("title", "number", "times"),
    [
        ("Năm năm liên tục", 5, 1),
        ("trong năm năm gần nhất", 5, 1),
        ("hai năm gần nhất", 5, 0),
        ("Từ 10 năm trở lên", 5, 0),
        ("mười hai tháng", 12, 1),
        ("mười hai tháng", 10, 0),
        ("mười hai tháng", 2, 0),
        ("hai mươi tháng", 2, 0),
        ("thứ hai", 2, 0),
        ("một trong các tiêu chuẩn", 1, 0),
        ("một phần ba", 1, 0),
        ("hoàn thành năm nay", 5, 0),
        ("1.000 điểm", 1000, 1),
        ("hai Cờ thi đua, hoặc một Cờ và hai Bằng khen", 2, 2),
    ],
)
def test_a_numeral_is_told_from_the_other_words_it_is(title, number, times):
    assert len(said(title, number)) == times


@pytest.mark.parametrize(
    ("title", "share", "lang", "found"),
    [
        ("hai phần ba số người", 0.67, "vi", ["hai phần ba"]),
        ("2/3 số người", 2 / 3, "vi", ["2/3"]),
        ("12/3/2026", 2 / 3, "vi", []),
        ("một nửa số người", 0.5, "vi", ["một nửa"]),
        ("quá nửa", 0.5, "vi", ["nửa"]),
        ("một phần tư", 0.25, "vi", ["một phần tư"]),
        ("two-thirds of them", 0.67, "en", ["two-thirds"]),
        ("a quarter of them", 0.25, "en", ["a quarter"]),
        ("Tất cả cá nhân", 1, "vi", ["Tất cả"]),
        ("15% số người", 0.15, "vi", ["15%"]),
        ("một phần bảy", 0.15, "vi", []),
    ],
)
def test_a_share_is_said_in_percent_or_as_a_fraction(title, share, lang, found):
    assert said(title, share, lang, as_percent=True) == found


@pytest.mark.parametrize(
    ("title", "number", "times"), [("twice in a row", 2, 1), ("one of them", 1, 0), ("two thirds", 2, 0), ("twenty-two", 2, 0), ("three times", 3, 1)]
)
def test_english_numerals(title, number, times):
    assert len(said(title, number, "en")) == times
