from __future__ import annotations

from datetime import date
from typing import Annotated

import pytest
from pydantic import Field, ValidationError

from simulator.errors import InputError
from simulator.rules.diagnosis import close_to, closest, describe_validation, show_path, show_value
from simulator.rules.values import FrozenModel, Text
from tests.rules.specimen import replace, stack_texts
from tests.rules.table_specimen import TABLE


class Person(FrozenModel):
    name: Text
    born: date
    height: float


def test_each_cause_is_one_finding_with_its_place():
    data = {"name": {"vi": "Tên"}, "borm": "x", "height": "tall"}
    with pytest.raises(ValidationError) as caught:
        Person.model_validate(data)
    findings = describe_validation(caught.value, Person, data, lambda path: ("p.yaml", 10 + len(path)))
    assert [(finding.code, finding.line) for finding in findings] == [("CS108", 11), ("CS103", 11), ("CS101", 11)]
    assert findings[2].fields == {"key": "borm", "known": "born, name, height"}


class Pair(FrozenModel):
    members: Annotated[int, Field(multiple_of=2)]


def test_a_mistake_nobody_foresaw_is_told_in_words_of_the_library():
    with pytest.raises(ValidationError) as caught:
        Pair.model_validate({"members": 3})
    (finding,) = describe_validation(caught.value, Pair, {"members": 3}, lambda _path: ("p.yaml", 1))
    assert finding.code == "CS120"
    assert finding.fields["key"] == "members"
    assert "multiple of 2" in finding.fields["problem"]


class Bounded(FrozenModel):
    count: Annotated[int, Field(ge=0, le=50)] = 1
    part: Annotated[float, Field(gt=0, lt=1)] = 0.5


def found_in(data):
    with pytest.raises(ValidationError) as caught:
        Bounded.model_validate(data)
    (finding,) = describe_validation(caught.value, Bounded, data, lambda _path: ("p.yaml", 1))
    return finding.code, {name: value for name, value in finding.fields.items() if name != "key"}


@pytest.mark.parametrize(
    ("data", "expected", "shown"),
    [({"count": 51}, "≤ 50", "51"), ({"count": -1}, "≥ 0", "-1"), ({"part": 1.0}, "< 1", "1.0"), ({"part": 0.0}, "> 0", "0.0")],
)
def test_a_number_beyond_either_bound_is_told_with_the_bound(data, expected, shown):
    assert found_in(data) == ("CS105", {"expected": expected, "found": shown})


def test_a_whole_number_in_quotes_is_told_to_be_text():
    assert found_in({"count": "7"}) == ("CS125", {"found": "7", "suggested": "7"})
    assert found_in({"count": "7.5"}) == ("CS103", {"expected": "@whole-number", "found": "7.5"})
    assert found_in({"count": 7.0}) == ("CS103", {"expected": "@whole-number", "found": "7.0"})


def test_the_most_similar_comes_first():
    assert close_to("decree91", ("law-2022", "decree-91")) == "decree-91, law-2022"
    assert close_to("zzz", ("a", "b")) == "a, b"


def test_a_path_is_shown_as_people_write_it():
    assert show_path(("awards", "fighter", "clauses", "quota", "share")) == "fighter.quota.share"
    assert show_path(("procedure", "weights")) == "procedure.weights"
    assert show_path(()) == "@file"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({}, "@mapping"),
        ([1], "@list"),
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (1, "1"),
        (date(2021, 11, 10), "2021-11-10"),
        ("a\nb", "a b"),
    ],
)
def test_a_value_is_shown_on_one_line(value, shown):
    assert show_value(value) == shown


def test_a_key_that_is_one_of_a_few_words_lists_them():
    text = replace(TABLE, "sees: {standing-body: [self, cluster]}", "sees: {standing: [self, cluster]}")
    with pytest.raises(InputError) as caught:
        stack_texts(text)
    (finding,) = caught.value.findings
    assert (finding.code, finding.fields["key"], finding.fields["known"]) == ("CS101", "standing", "standing-body, self, cluster")


def test_a_number_or_a_word_is_one_finding():
    text = replace(TABLE, "        loses: {points: 2, per_percent: 1}\n", "        target: riêng\n")
    with pytest.raises(InputError) as caught:
        stack_texts(text)
    (finding,) = caught.value.findings
    assert (finding.code, finding.fields["expected"], finding.fields["allowed"]) == ("CS126", "@number", "own")
    with pytest.raises(InputError) as caught:
        stack_texts(replace(text, "target: riêng", "target: 1,5"))
    assert [finding.code for finding in caught.value.findings] == ["CS125"]


NAMES = ("decree-91", "hanoi-2021", "hanoi-letter-3959", "hanoi-plan-115", "law-2022", "law-2022-decree-152", "law-2026-draft", "nghe-an-2025")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hanoi-2022", "hanoi-2021"),
        ("decree91", "decree-91"),
        ("DECREE-91", "decree-91"),
        ("letter-3959", "hanoi-letter-3959"),
        ("law2026", "law-2026-draft, law-2022"),
        ("hanoi", "hanoi-2021, hanoi-plan-115, hanoi-letter-3959"),
        ("khong-co", "@empty"),
        ("", "@empty"),
        ("a", "@empty"),
    ],
)
def test_only_names_somebody_may_have_meant_are_given_and_three_at_most(typed, meant):
    assert closest(typed, NAMES) == meant
