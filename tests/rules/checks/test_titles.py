from __future__ import annotations

import pytest

from simulator.rules.checks.subject import Subject
from simulator.rules.checks.titles import check
from tests.rules.specimen import OVERLAY, SET, line_of, replace, stack_texts


def findings(title, share="0.3", more=""):
    base = replace(SET, 'title: {vi: "Chỉ tiêu", en: "Quota"}', title)
    text = replace(OVERLAY, "share: 0.3", f"share: {share}{more}")
    return text, list(check(Subject(stack_texts(base, text))))


def found(title, share="0.3", more=""):
    text, told = findings(title, share, more)
    return [(finding.fields["found"], finding.fields["now"], finding.line == line_of(text, "share:")) for finding in told]


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


@pytest.mark.parametrize(
    ("vi", "en", "said"),
    [
        ("Không quá một nửa số người", "Quota", "một nửa"),
        ("Không quá năm mươi phần trăm", "Quota", "năm mươi phần trăm"),
        ("Không quá 1/2 số người", "Quota", "1/2"),
        ("Chỉ tiêu", "At most half of them", "half"),
        ("Chỉ tiêu", "At most fifty per cent", "fifty per cent"),
    ],
)
def test_a_number_in_words_or_as_a_fraction_is_a_number(vi, en, said):
    assert found(f'title: {{vi: "{vi}", en: "{en}"}}') == [(said, "30%", True)]


@pytest.mark.parametrize(
    ("title", "is_told"),
    [("Chỉ tiêu của đơn vị", True), ("Chỉ tiêu trong từng đơn vị", True), ("Chỉ tiêu", False), ("Chỉ tiêu của đơn vị, toàn tỉnh", False)],
)
def test_a_scope_that_is_another_now_is_told(title, is_told):
    _, told = findings(f'title: {{vi: "{title}", en: "Quota"}}', share="0.5", more="\n        pooling: all")
    assert [(finding.code, finding.fields["key"]) for finding in told] == ([("RL384", "pooling")] if is_told else [])


OLD = """requires:
          all:
            - {fact: awarded-this-year, award: worker}
            - any:
                - {fact: rating, at_least: excellent}
                - {fact: unused-initiatives, at_least: 1, consumed: true}
            - not: {fact: disciplined-this-year}"""


def standard(title, before, after):
    base = replace(replace(SET, 'title: {vi: "Tiêu chuẩn", en: "Standard"}', f'title: {{vi: "{title}", en: "Standard"}}'), OLD, f"requires: {before}")
    text = replace(replace(OVERLAY, "quota:", "standard:"), "share: 0.3", f"requires: {after}")
    return [(finding.code, finding.fields["found"]) for finding in check(Subject(stack_texts(base, text)))]


RUN, COUNT = "{fact: award-run, award: worker, at_least: 3}", "{fact: award-count, award: worker, at_least: 3, within_years: 5}"


@pytest.mark.parametrize(
    ("title", "before", "after", "told"),
    [
        ("Ba lần liên tục", RUN, RUN.replace("3", "1"), [("RL380", "Ba")]),
        ("Liên tục nhiều lần", RUN, RUN.replace("3", "1"), [("RL384", "Liên tục")]),
        ("Ba lần liên tục", RUN, COUNT, [("RL384", "liên tục")]),
        ("Ba lần trong 5 năm", COUNT, "{fact: award-count, award: worker, at_least: 3, within_years: 4}", [("RL380", "5")]),
        ("Ba lần trong 5 năm", COUNT, "{fact: award-count, award: worker, at_least: 5, within_years: 5}", [("RL380", "Ba")]),
        ("Ba lần trong 5 năm", COUNT, RUN, [("RL385", "5")]),
        ("Có sáng kiến chưa sử dụng", "{fact: unused-initiatives, at_least: 1, consumed: true}", "{fact: unused-initiatives, at_least: 1, consumed: false}",
         [("RL384", "chưa sử dụng")]),
        ("Hoàn thành xuất sắc", "{fact: rating, at_least: excellent}", "{fact: rating, at_least: completed-well}", [("RL384", "xuất sắc")]),
        ("Ba lần liên tục", RUN, f"{{all: [{{fact: rating, at_least: excellent}}, {RUN}]}}", []),
        ("Hai sáng kiến", "{fact: unused-initiatives, at_least: 2, consumed: true}", "{all: [{fact: awarded-this-year, award: worker}, {fact: unused-initiatives, at_least: 2, consumed: true}]}",
         []),
    ],
)  # fmt: skip
def test_what_a_title_says_of_a_condition_is_compared_with_what_the_condition_says_now(title, before, after, told):
    assert standard(title, before, after) == told
