"""Columns are headed by the catalogue, by the set's own words, or by both."""

from __future__ import annotations

import pytest

from simulator.presentation.i18n import catalogue, placeholders
from simulator.presentation.rules.column_words import ColumnWords, column_heading, headings_of, words_of_key
from simulator.rules.facts import SCOPES, Test
from simulator.rules.values import Text
from simulator.scoring.columns import COLUMN_KEYS, Column, Content
from simulator.scoring.fact_columns import PLAIN_COLUMNS, columns_of_test
from tests.presentation.scored import criteria

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


def word_columns():
    """Every column of words that a fact can ask for."""
    tests = [Test(fact="rating", at_least="excellent"), Test(fact="sector", one_of=("enterprise", "other"))]
    tests.append(Test(fact="members-rated", rating="excellent", at_least_share=0.5))
    made = [column for test in tests for column in columns_of_test(test, criteria(), 2025)]
    found = [*(column for columns in PLAIN_COLUMNS.values() for column in columns), *made]
    return {column.id: column for column in found if column.words}.values()


@pytest.mark.parametrize("column", word_columns(), ids=lambda column: column.id)
def test_every_word_of_every_column_is_worded_in_both_languages(column):
    words = {lang: ColumnWords(criteria(), lang).of(column.id) for lang in ("vi", "en")}
    assert [word for word in column.words if word not in words["vi"] or word not in words["en"]] == []
    assert [word for word in column.words if words["vi"][word] in {word, words["en"][word]}] == []
    assert not any("|" in text for lang in words for text in words[lang].values())


@pytest.mark.parametrize("scope", SCOPES)
def test_how_far_an_initiative_reaches_is_worded(scope):
    words = {lang: words_of_key("recognised_initiatives", lang)[scope] for lang in ("vi", "en")}
    assert words["vi"] != words["en"]


def test_no_two_columns_share_the_words_of_another():
    assert words_of_key("role", "vi")["staff"] == "nhân viên, chuyên viên"
    assert words_of_key("quality", "vi") == {}
