"""Columns are headed by the catalogue, by the set's own words, or by both."""

from __future__ import annotations

import pytest

from simulator.presentation.column_words import column_heading, headings_of
from simulator.presentation.i18n import catalogue, placeholders
from simulator.rules.values import Text
from simulator.scoring.columns import COLUMN_KEYS, Column, Content

BUDGET = Text(vi="Thu ngân sách", en="Revenue")


def test_a_criterion_is_headed_by_its_own_words():
    assert column_heading(Column("budget", Content.PERCENT, BUDGET), "vi") == "Thu ngân sách"
    assert column_heading(Column("budget", Content.PERCENT, BUDGET), "en") == "Revenue"


def test_what_has_no_words_keeps_its_id():
    assert column_heading(Column("quality", Content.NUMBER, key="no-such-key"), "vi") == "quality"


def test_a_column_of_a_year_says_which():
    column = Column("rating:2025", Content.WORD, key="rating", year=2025)
    assert "2025" in column_heading(column, "vi")
    assert headings_of([column], "en") == {"rating:2025": column_heading(column, "en")}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_heading_uses_only_what_a_column_knows(lang):
    for key, message in catalogue(lang).items():
        if key.startswith("column.") and key.count(".") == 1:
            assert set(placeholders(message)) <= {"title", "year", "award", "giver", "rating"}, key


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_key_of_a_column_has_its_words(lang):
    assert [key for key in COLUMN_KEYS if f"column.{key}" not in catalogue(lang)] == []


def test_marks_of_different_givers_are_told_apart():
    marks = [Column(f"work@{giver}", Content.NUMBER, BUDGET, "mark", giver=giver) for giver in ("self", "cluster", "standing-body")]
    assert [column_heading(mark, "vi") for mark in marks] == [
        "Thu ngân sách (tự chấm)",
        "Thu ngân sách (cụm, khối chấm)",
        "Thu ngân sách (cơ quan thường trực chấm)",
    ]


def test_members_rated_say_how_they_are_rated():
    column = Column("members_rated:excellent", Content.COUNT, None, "members_rated", words=("excellent",))
    assert column_heading(column, "vi") == "Số thành viên xếp loại hoàn thành xuất sắc nhiệm vụ trong năm"
