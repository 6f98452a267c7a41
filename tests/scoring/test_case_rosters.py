from __future__ import annotations

import datetime

import pytest

from simulator.errors import InputError
from simulator.rules.loading import criteria_from_text
from simulator.scoring.case_rosters import make_case_roster
from simulator.scoring.cases import read_cases
from tests.scoring.test_explanation import AWARD, HEAD

CASES = """\
set: mine
everybody: {service_months: 24, leave_days: 0, rating: excellent}
cases:
  - says: {vi: "Câu", en: "A sentence"}
    date: 2025-12-15
    units: {A: {staff: 7}}
    people:
      - {id: an, output: 90.5, unit: A, recognised_initiatives: 2, expect: {eligible: true}}
      - {output: 80, times: 2, recognised_initiatives: [{scope: province, year: 2024, used: true}], disciplined_on: [2025-01-02]}
"""


def make(tmp_path, text=CASES, rules=AWARD):
    path = tmp_path / "cases.yaml"
    path.write_text(text, encoding="utf-8")
    return make_case_roster(read_cases(path, "cases.yaml"), 0, criteria_from_text(rules), "prize" if "prize" in rules else None)


def problems(tmp_path, text, rules=AWARD):
    with pytest.raises(InputError) as problem:
        make(tmp_path, text, rules)
    return [(finding.code, finding.line, finding.fields.get("column") or finding.fields.get("found")) for finding in problem.value.findings]


def test_a_case_becomes_a_list_like_any_other(tmp_path):
    made = make(tmp_path)
    roster = made.roster
    assert roster.people.ids == ("an", "#2.1", "#2.2")
    assert [roster.number("output", at) for at in range(3)] == [90.5, 80, 80]
    assert (roster.year, roster.on) == (2025, datetime.date(2025, 12, 15))
    assert roster.words["rating:2025"].tolist() == ["excellent"] * 3
    assert [len(listed) for listed in roster.initiatives] == [2, 1, 1]
    assert roster.initiatives[1][0].is_used
    assert roster.disciplined_on[2] == (datetime.date(2025, 1, 2),)
    assert roster.headcounts == {"A": {"staff": 7}}
    assert [(position, name) for position, name, _way in made.named] == [(0, "an"), (1, "#2")]


def test_nothing_that_is_needed_is_guessed(tmp_path):
    assert problems(tmp_path, CASES.replace("service_months: 24, ", "")) == [("SR453", 8, "service_months"), ("SR453", 9, "service_months")]


def test_a_column_nobody_asks_about_is_named(tmp_path):
    assert problems(tmp_path, CASES.replace("{id: an,", "{id: an, outputt: 3,")) == [("SR452", 8, "outputt")]
    assert problems(tmp_path, CASES.replace("{id: an,", "{id: an, awards: {medal: [2020]},")) == [("SR458", 8, "medal")]


def test_everybody_may_have_columns_of_other_cases(tmp_path):
    assert make(tmp_path, CASES.replace("everybody: {", "everybody: {members: 3, ")).roster.n_nominees == 3


@pytest.mark.parametrize("value", ["much", "true", "1.5", "-1"])
def test_a_count_must_be_a_whole_number(tmp_path, value):
    assert problems(tmp_path, CASES.replace("{id: an,", f"{{id: an, service_months: {value},")) == [("SR454", 8, "service_months")]


def test_a_question_must_be_answered_with_true_or_false(tmp_path):
    rules = HEAD + 'points:\n  done: {kind: threshold, points: 5, title: {vi: "Xong", en: "Done"}, assumption: {vi: "a", en: "b"}}\n'
    text = 'set: mine\ncases:\n  - says: {vi: "Câu", en: "A"}\n    date: 2025-12-15\n    person: {done: 1}\n    expect: {score: 5}\n'
    assert problems(tmp_path, text, rules) == [("SR454", 5, "done")]
    assert make(tmp_path, text.replace("done: 1", "done: true"), rules).roster.answers["done"].tolist() == [True]
