from __future__ import annotations

from typing import get_args

import pytest
from pydantic import BaseModel

from simulator.rules.conditions import AllOf, AnyOf, ClassTest, Not, PointsTest
from simulator.rules.facts import FACTS, Test
from simulator.rules.schema import Award
from simulator.workbook.criteria_fields import Spec, kinds_of, model_of, spec_of
from simulator.workbook.criteria_words import choice_shown, code_of, code_of_words, column_title, field_words, step_words, unit_words
from simulator.workbook.criteria_writing import COLUMNS


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_id_of_a_word_is_found_again(lang):
    for field, codes in {"kind": kinds_of(), "fact": tuple(FACTS), "rounding": spec_of(model_of("quota"), "rounding").choices}.items():
        for code in codes:
            assert code_of(choice_shown(field, code, lang)) == code


def test_an_id_alone_is_enough():
    assert code_of(" floor ") == "floor"


def test_words_alone_are_enough_where_one_id_has_them():
    assert code_of_words("rounding", "Làm tròn xuống", ("floor", "nearest")) == "floor"
    assert code_of_words("rounding", "rounded anyhow", ("floor", "nearest")) is None


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


def test_a_number_beside_a_fact_is_counted_as_the_fact_is():
    either = Spec(is_whole=True, choices=("failed",))
    assert unit_words("requires.at_least", either, "vi", "service-months", is_number=True) == "tháng"
    assert unit_words("requires.at_least", either, "vi", "unused-initiatives", is_number=True) == "số"
    assert unit_words("requires.at_least", either, "vi", "rating") == "chọn trong danh sách"


def every_field():
    """Every field of every model of the format: its kind where it is a clause, and its name."""
    found: dict[type[BaseModel], str] = {}
    waiting = [(model, "award" if model is Award else get_args(model.model_fields["kind"].annotation)[0]) for model in (*models_of_clauses(), Award)]
    waiting += [(Test, "requires"), (PointsTest, "requires"), (ClassTest, "requires"), (AllOf, "requires"), (AnyOf, "requires"), (Not, "requires")]
    while waiting:
        model, above = waiting.pop()
        if model not in found:
            found[model] = above
            for name, field in model.model_fields.items():
                waiting += [(inner, field.alias or name) for inner in models_in(field.annotation)]
    return [(model, above, field.alias or name) for model, above in found.items() for name, field in model.model_fields.items()]


def models_of_clauses():
    return dict.fromkeys(model_of(kind) for kind in kinds_of())


def models_in(annotation):
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [inner for each in get_args(annotation) for inner in models_in(each)]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_field_of_every_model_has_words(lang):
    fields = every_field()
    assert len(fields) > 150
    assert [(above, name) for _model, above, name in fields if step_words(above, name, lang) is None] == []
    if lang == "vi":
        assert [name for _model, above, name in fields if step_words(above, name, lang) == name] == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_word_of_every_list_is_worded(lang):
    choices = {(name, code) for model, _above, name in every_field() for code in spec_of(model, name).choices}
    assert len(choices) > 60
    assert [each for each in choices if not choice_shown(*each, lang).endswith(f" [{each[1]}]")] == []


def test_a_value_is_named_by_the_way_to_it():
    assert field_words("requires.all.0.within_years", "vi") == "điều kiện, đồng thời (1), số năm xét"
    assert field_words("target", "vi", "proportional") == "mức phải đạt"
    assert field_words("target", "vi", "award") == "đối tượng"
    assert field_words("requires.points", "vi") == "điều kiện, phần chấm điểm được xét"
    assert field_words("limit.source.instrument", "vi") == "mức tối đa theo văn bản cấp trên, nguồn, văn bản"
    assert field_words("levels.gold.points", "vi") == "mức, “gold”, điểm"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_kind_and_fact_has_words_of_its_own(lang):
    for field, codes in {"kind": kinds_of(), "fact": tuple(FACTS)}.items():
        words = [choice_shown(field, code, lang) for code in codes]
        assert all(word != code for word, code in zip(words, codes, strict=True))
        assert len(set(words)) == len(words)
