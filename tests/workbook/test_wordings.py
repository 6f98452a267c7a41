from __future__ import annotations

import pytest

from simulator.rules.loading import criteria_from_text
from simulator.scoring.columns import Column, Content, columns_of
from simulator.workbook.headings import name_index
from simulator.workbook.wordings import award_title, fill_in, heading_of, names_of, names_of_key, shown_word, words_for, written
from tests.workbook.rosters_on_paper import SET_TEXT, make_set

CRITERIA = make_set()
BY_ID = {column.id: column for column in columns_of(CRITERIA, 2025)}


def test_headings_carry_year_award_and_giver():
    assert heading_of(BY_ID["rating:2024"], "vi", CRITERIA) == "Xếp loại năm 2024"
    assert "Lao động giỏi" in heading_of(BY_ID["award:lao-dong-gioi"], "vi", CRITERIA)
    assert heading_of(BY_ID["conduct@self"], "vi", CRITERIA) == "Tác phong (tự chấm)"
    assert heading_of(Column("x", Content.TEXT), "vi") == "x"


@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("rating:2024", "xếp loại 2024"),
        ("rating:2024", "rating:2024"),
        ("id", "mã hồ sơ"),
        ("award:lao-dong-gioi", "lao động giỏi"),
        ("budget", "budget spent"),
    ],
)
def test_names_of_columns(column, name):
    assert name in set(names_of(BY_ID[column], CRITERIA))


def test_the_mark_that_counts_may_be_headed_as_its_criterion():
    def owners(counts):
        criteria = criteria_from_text(SET_TEXT.replace("    by: [self, standing-body]\n", f"    by: [self, standing-body]\n    counts: {counts}\n"))
        index = name_index((column.id, set(names_of(column, criteria))) for column in columns_of(criteria, 2025))
        return {index.get(heading) for heading in ("conduct", "tác phong", "conduct@self")} - {None}

    assert owners("last") == {"conduct@self", "conduct@standing-body"}
    assert owners("mean") == {"conduct@self"}


def test_a_target_is_not_named_by_its_criterion_alone():
    assert "số vụ giải quyết" not in set(names_of(BY_ID["plan:target"], CRITERIA))


def test_other_names_of_a_key():
    assert "mã hồ sơ" in set(names_of_key("id"))
    assert "stt" not in set(names_of_key("id")), "a running number names nobody where there is an id"
    assert list(names_of_key("no-such-key")) == []


def test_fields_a_heading_lacks_are_left_empty():
    assert fill_in("{award}{nothing} {year}", Column("x", Content.TEXT, year=2020), "A") == "A 2020"
    assert award_title(Column("x", Content.TEXT, award="gone"), "vi", CRITERIA) == "gone"
    assert award_title(Column("x", Content.TEXT), "vi", CRITERIA) == ""


def test_words_are_known_in_both_languages_and_by_id():
    words = words_for(BY_ID["rating:2025"], CRITERIA)
    assert {words[text] for text in ("excellent", "hoàn thành xuất sắc nhiệm vụ", "htxsnv", "xuất sắc")} == {"excellent"}
    answers = words_for(BY_ID["website"], CRITERIA)
    assert [answers[text] for text in ("có", "x", "1", "yes", "không", "0")] == ["yes"] * 4 + ["no"] * 2
    woman = words_for(Column("is_woman", Content.YES_NO, key="is_woman"))
    assert (woman["nữ"], woman["nam"]) == ("yes", "no")


def test_levels_of_achievements_are_known_by_title():
    assert words_for(BY_ID["contests"], CRITERIA)["giải nhất"] == "first"
    assert shown_word("first", BY_ID["contests"], "vi", CRITERIA) == "giải nhất"
    assert list(written("first", BY_ID["contests"], CRITERIA))[:1] == ["giải nhất"]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_is_shown_is_read(lang):
    for column in (BY_ID["rating:2025"], Column("role", Content.WORD, key="role", words=("direct", "staff", "deputy", "head"))):
        for word in column.words:
            assert words_for(column)[shown_word(word, column, lang).casefold()] == word


def test_a_word_the_catalogue_lacks_stays():
    assert shown_word("no-such-word", Column("x", Content.WORD), "vi") == "no-such-word"
