"""Columns are headed by the catalogue, by the set's own words, or by both."""

from __future__ import annotations

import pytest

from simulator.presentation.column_words import column_heading, headings_of
from simulator.presentation.i18n import catalogue, placeholders
from simulator.rules.values import Text
from simulator.scoring.columns import Column, Content

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
            assert set(placeholders(message)) <= {"title", "year", "award", "giver", "unit"}, key
