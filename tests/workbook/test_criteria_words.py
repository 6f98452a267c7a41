from __future__ import annotations

import pytest

from simulator.rules.facts import FACTS
from simulator.workbook.criteria_fields import Spec, kinds_of, model_of, spec_of
from simulator.workbook.criteria_words import choice_shown, code_of, column_title, field_words, unit_words
from simulator.workbook.criteria_writing import COLUMNS


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_id_of_a_word_is_found_again(lang):
    for field, codes in {"kind": kinds_of(), "fact": tuple(FACTS), "rounding": spec_of(model_of("quota"), "rounding").choices}.items():
        for code in codes:
            assert code_of(choice_shown(field, code, lang)) == code


def test_an_id_alone_is_enough():
    assert code_of(" floor ") == "floor"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_two_columns_of_a_sheet_have_one_heading(lang):
    for sheet, columns in COLUMNS.items():
        titles = [column_title(sheet, column, lang) for column in columns]
        assert len(set(titles)) == len(titles)


def test_units_are_said():
    assert unit_words("share", Spec(is_number=True), "vi") == "%"
    assert unit_words("requires.all.0.within_years", Spec(is_whole=True), "vi") == "năm"
    assert unit_words("consumed", Spec(is_yes_no=True), "en") == "yes, no"
    assert unit_words("one_of", Spec(is_list=True), "en") == "ids, parted by commas"
    assert unit_words("fact", Spec(choices=("a",)), "en") == "choose from the list"
    assert unit_words("each", Spec(is_text=True), "en") == "text"


def test_a_value_is_named_by_the_way_to_it():
    assert field_words("requires.all.0.within_years", "vi") == "điều kiện, all, số năm xét"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_kind_and_fact_has_words_of_its_own(lang):
    for field, codes in {"kind": kinds_of(), "fact": tuple(FACTS)}.items():
        words = [choice_shown(field, code, lang) for code in codes]
        assert all(word != code for word, code in zip(words, codes, strict=True))
        assert len(set(words)) == len(words)
