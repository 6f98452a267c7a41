from __future__ import annotations

import pytest

from simulator.rules.checks.subject import Subject
from simulator.rules.checks.titles import check
from tests.rules.specimen import OVERLAY, SET, line_of, replace, stack_texts


def found(title, share="0.3", more=""):
    base = replace(SET, 'title: {vi: "Chỉ tiêu", en: "Quota"}', title)
    text = replace(OVERLAY, "share: 0.3", f"share: {share}{more}")
    return [
        (finding.fields["found"], finding.fields["now"], finding.line == line_of(text, "share:"))
        for finding in check(Subject(stack_texts(base, text)))
    ]


@pytest.mark.parametrize("said", ["50%", "50 %", "50,0%", "50 phần trăm"])
def test_a_title_that_says_the_former_number_is_told_where_the_number_was_changed(said):
    assert found(f'title: {{vi: "Không quá {said} số người", en: "At most half"}}') == [("50%", "30%", True)]


@pytest.mark.parametrize("said", ["150%", "50", "30% chứ không phải 50%", "Điều 50", "5%", "50,5%"])
def test_other_numbers_and_the_new_one_are_no_reason(said):
    assert found(f'title: {{vi: "Không quá {said}", en: "At most so many"}}') == []


def test_a_title_that_was_changed_too_is_fine():
    more = '\n        title: {vi: "Không quá 30%", en: "At most 30%"}'
    assert found('title: {vi: "Không quá 50%", en: "At most 50%"}', more=more) == []


def test_a_number_inside_a_condition_is_looked_at():
    old = "{fact: unused-initiatives, at_least: 1, consumed: true}"
    base = replace(SET, 'title: {vi: "Tiêu chuẩn", en: "Standard"}', 'title: {vi: "Có 01 sáng kiến", en: "1 initiative"}')
    requires = f"{{all: [{{fact: awarded-this-year, award: worker}}, {{any: [{{fact: rating, at_least: excellent}}, {old.replace('1', '2')}]}}]}}"
    text = replace(replace(OVERLAY, "quota:", "standard:"), "share: 0.3", f"requires: {requires}")
    assert [finding.fields["now"] for finding in check(Subject(stack_texts(base, text)))] == ["2"]
