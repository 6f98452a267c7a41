"""Headings and words of a register are read in Vietnamese, English and by code, and a name beside a code is left aside."""

from __future__ import annotations

import unicodedata

import pytest

from simulator.indicators.register import COLUMNS, ROLES, TRACKS
from simulator.indicators.register_headcount import COLUMNS as COLUMNS_OF_HEADCOUNT
from simulator.indicators.register_succession import COLUMNS as COLUMNS_OF_SUCCESSION
from simulator.presentation.i18n import catalogue
from simulator.workbook.headings import Table
from simulator.workbook.register_wordings import WORDINGS, PostWordings, rank_of
from simulator.workbook.sheets import Sheet

FILES = (COLUMNS, COLUMNS_OF_HEADCOUNT, COLUMNS_OF_SUCCESSION)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("known", FILES, ids=["register", "headcount", "succession"])
def test_every_heading_of_the_catalogue_names_its_column_and_no_other(known, lang):
    for column in known:
        texts = [catalogue(lang)[f"register.column.{column}"], *catalogue(lang)[f"register.column.{column}.also"].split("|")]
        for text in texts:
            ways = (text.strip(), f" {text.upper()} * ", unicodedata.normalize("NFD", text), text.replace(" ", "  "), f"{text.strip()} [{column}]")
            assert [WORDINGS.columns([way], known) for way in ways] == [(column,)] * 5, text


@pytest.mark.parametrize(
    ("word", "is_so"), [("Tổng cộng", True), ("CỘNG: 12", True), ("Total", True), ("Tổng cục Thuế", False), ("", False), ("A", False)]
)
def test_what_adds_up_says_so(word, is_so):
    assert WORDINGS.is_total(word) is is_so


def test_marks_may_be_missing():
    assert WORDINGS.columns(["nam", "ma don vi", "MA NGUOI", "vai tro", "danh hieu"], COLUMNS) == ("year", "unit_id", "member_id", "role", "award")


def test_a_heading_that_names_a_column_exactly_goes_before_one_that_only_may():
    assert WORDINGS.columns(["Đơn vị", "Mã đơn vị"], COLUMNS) == ("Đơn vị", "unit_id")
    assert WORDINGS.columns(["Mã đơn vị", "unit_id"], COLUMNS) == ("Mã đơn vị", "unit_id")
    assert WORDINGS.columns(["Đơn vị", "Vai trò"], COLUMNS) == ("unit_id", "role")
    assert WORDINGS.columns(["Vai trò", "vai tro"], COLUMNS) == ("role", "role")  # neither is better: told as standing twice


def test_names_of_people_are_no_codes_and_unknown_headings_stay():
    assert WORDINGS.columns(["Họ và tên", "Trần Thị B", ""], COLUMNS) == ("Họ và tên", "Trần Thị B", "")


@pytest.mark.parametrize(("column", "codes"), [("role", ROLES), ("track", TRACKS), ("is_leader", "01"), ("is_awarded", "01")])
def test_every_word_of_the_catalogue_is_its_code(column, codes):
    for code in codes:
        assert WORDINGS.code_of(column, code.upper()) == code
        for lang in ("vi", "en"):
            for text in catalogue(lang)[f"register.word.{code}"].split("|"):
                assert WORDINGS.code_of(column, unicodedata.normalize("NFD", text.upper())) == code


def test_words_of_one_column_mean_nothing_in_another():
    assert WORDINGS.code_of("unit_id", "Có") == "có"
    assert WORDINGS.code_of("role", "Có") == "có"
    assert WORDINGS.code_of("role", "Trưởng Phòng Bí Mật") == "trưởng phòng bí mật"
    assert [WORDINGS.code_of("is_awarded", word) for word in ("x", "Có", "không", "TRUE")] == ["1", "1", "0", "1"]
    assert WORDINGS.code_of("award", "Không") == "none"


def test_a_table_keeps_the_place_that_is_named_more_surely():
    headings = {0: "Đơn vị", 1: "Mã đơn vị", 2: "unit_id"}
    table = Table(Sheet(""), 0, 0, {"unit_id": 0}, headings, (("unit_id", 0, 1), ("unit_id", 0, 2)))
    assert WORDINGS.settle(table) == ({"unit_id": 2}, ())
    twice = Table(Sheet(""), 0, 0, {"unit_id": 0}, {0: "Đơn vị", 1: "Mã đơn vị", 2: "mã đơn vị"}, (("unit_id", 0, 1), ("unit_id", 0, 2)))
    assert WORDINGS.settle(twice) == ({"unit_id": 1}, (("unit_id", 1, 2),))


def test_how_surely_a_heading_names_a_column():
    assert [rank_of(text, "unit_id") for text in ("UNIT_ID", "Mã đơn vị *", "Phòng ban", "Họ tên")] == [0, 1, 3, 3]
    assert rank_of("Phòng, ban", "unit_id") == 2


@pytest.mark.parametrize("role", ["deputy", "head"])
def test_every_post_of_the_catalogue_is_taken_for_its_role_and_noted_once(role):
    for lang in ("vi", "en"):
        for text in catalogue(lang)[f"register.post.{role}"].split("|"):
            wordings = PostWordings()
            assert [wordings.code_of("role", way) for way in (text, unicodedata.normalize("NFD", text.upper()))] == [role, role]
            assert wordings.assumed == {"deputy": [], "head": []} | {role: [text.strip()]}


def test_what_is_a_word_already_is_not_assumed_and_what_may_name_somebody_is_not_taken():
    wordings = PostWordings()
    assert [wordings.code_of("role", word) for word in ("Cấp trưởng", "chuyên viên", "head")] == ["head", "staff", "head"]
    assert wordings.code_of("role", "Trưởng phòng Nguyễn Văn A") == "trưởng phòng nguyễn văn a"
    assert wordings.code_of("role", "Tổ trưởng") == "tổ trưởng", "whether a team's head leads, offices decide"
    assert wordings.code_of("award", "Giám đốc") == "giám đốc"
    assert wordings.assumed == {"deputy": [], "head": []}


def test_no_post_is_a_word_of_a_role_or_taken_for_two():
    posts = [post.strip() for role in ("deputy", "head") for lang in ("vi", "en") for post in catalogue(lang)[f"register.post.{role}"].split("|")]
    words = {word.strip() for role in ROLES for lang in ("vi", "en") for word in catalogue(lang)[f"register.word.{role}"].split("|")}
    assert len(set(posts)) == len(posts)
    assert words.isdisjoint(posts)
