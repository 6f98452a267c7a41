from __future__ import annotations

from datetime import date
from typing import Annotated

import pytest
from pydantic import Field, ValidationError

from simulator.rules.diagnosis import close_to, describe_validation, show_path, show_value
from simulator.rules.values import FrozenModel, Text


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
