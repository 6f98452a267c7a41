from __future__ import annotations

import datetime
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from simulator.errors import InputError
from simulator.scoring.cases import CaseFile, Person, read_cases
from tests.examples import sampled

CASE = """\
set: decree-91
everybody: {service_months: 24, ratings: {excellent: [2019, 2020]}, awards: {medal: [2018]}}
cases:
  - says: {vi: "Câu", en: "A sentence"}
    date: 2021-12-15
    person: {rating: excellent, ratings: {completed: [2020]}, leave_days: 3.5, awards: {prize: [2020, {year: 2021, decided_on: 2022-01-05}]}}
    expect: {eligible: true, considered: council-decides, class: none}
"""


def read(tmp_path, text):
    path = tmp_path / "cases.yaml"
    path.write_text(text, encoding="utf-8")
    return read_cases(path, "cases.yaml")


def codes(tmp_path, text):
    with pytest.raises(InputError) as problem:
        read(tmp_path, text)
    return [(finding.code, finding.line) for finding in problem.value.findings]


def test_a_case_reads_as_it_is_written(tmp_path):
    case = read(tmp_path, CASE).content.cases[0]
    assert case.person.columns == {"leave_days": 3.5}
    assert case.person.awards["prize"][1].decided_on.isoformat() == "2022-01-05"
    assert (case.expect.considered, case.expect.class_) == ("council decides", "none")


def test_true_and_false_stand_for_yes_and_no(tmp_path):
    assert read(tmp_path, CASE.replace("council-decides", "true")).content.cases[0].expect.considered == "yes"
    assert read(tmp_path, CASE.replace("council-decides", "false")).content.cases[0].expect.considered == "no"


def test_a_person_is_laid_over_everybody(tmp_path):
    content = read(tmp_path, CASE).content
    person = content.cases[0].person.over(content.everybody)
    assert person.columns == {"service_months": 24, "leave_days": 3.5}
    assert person.ratings == {"excellent": (2019,), "completed": (2020,)}
    assert set(person.awards) == {"medal", "prize"}
    assert person.rating == "excellent"


def test_nobody_in_general_leaves_a_person_as_it_is():
    person = Person(rating="excellent")
    assert person.over(None) is person


def test_every_mistake_has_its_line(tmp_path):
    assert ("CS101", 7) in codes(tmp_path, CASE.replace("expect: {eligible", "expects: {eligible"))
    assert codes(tmp_path, CASE.replace("considered: council-decides", "considered: perhaps")) == [("CS104", 7)]
    assert codes(tmp_path, CASE.replace("rating: excellent", "rating: splendid")) == [("CS104", 6)]
    assert codes(tmp_path, CASE.replace("    date: 2021-12-15\n", "")) == [("CS102", 4)]
    assert codes(tmp_path, CASE.replace("leave_days: 3.5", "leave_days: yes")) == [("RD016", 6)]
    assert codes(tmp_path, "- a list\n") == [("SR454", 1)]


def test_a_case_says_of_whom_it_expects_something(tmp_path):
    assert codes(tmp_path, CASE.replace("    expect: {eligible: true, considered: council-decides, class: none}\n", "")) == [("CS121", 4)]
    both = CASE.replace("    expect:", "    people: [{rating: excellent, expect: {eligible: true}}]\n    expect:")
    assert codes(tmp_path, both) == [("CS121", 4)]


def test_several_people_each_have_their_way_in_the_file():
    content = CaseFile.model_validate(
        {
            "set": "x",
            "cases": [{"says": {"vi": "a", "en": "b"}, "date": datetime.date(2021, 1, 1), "people": [{"expect": {"tie": True}}, {}]}],
        }
    )
    assert [way for _person, way in content.cases[0].everyone()] == [("people", 0), ("people", 1)]


_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates()
_VALUES = st.recursive(_SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=8)


@sampled(40, 500)
@given(
    st.sampled_from(range(len(CASE))),
    st.sampled_from(["", "{", "}", "[", "]", ":", ",", '"', "\n", "  ", "-", "#", "&a", "*a", "!!x", "\t", "0x1", "1e9"]),
)
def test_a_file_broken_anywhere_is_read_or_refused_with_findings(tmp_path_factory, at, given_instead):
    with suppress(InputError):
        assert read(tmp_path_factory.getbasetemp(), CASE[:at] + given_instead + CASE[at + 1 :]).content.cases


@sampled(40, 500)
@given(st.dictionaries(st.sampled_from(["rating", "ratings", "awards", "recognised_initiatives", "disciplined_on", "times", "id", "x"]), _VALUES))
def test_a_person_is_read_or_refused_whatever_stands_there(person):
    try:
        read_person = Person.model_validate(person)
    except ValidationError:
        return
    assert read_person.over(read_person).columns.keys() <= person.keys()
