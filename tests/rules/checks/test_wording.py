from __future__ import annotations

import pytest

from simulator.rules.checks.subject import Subject
from simulator.rules.checks.wording import check
from tests.rules.specimen import SET, line_of, replace, stack_texts

SAME = '{vi: "This has not been translated", en: "This has not been translated"}'


@pytest.mark.parametrize(
    ("old", "place"),
    [
        ('title: {vi: "Bộ tiêu chí mẫu", en: "Specimen"}', "title"),
        ('note: {vi: "Ghi chú", en: "Note"}', "note"),
        ('title: {vi: "Chiến sĩ thi đua", en: "Fighter"}', "fighter.title"),
        ('title: {vi: "Chỉ tiêu", en: "Quota"}', "fighter.quota.title"),
    ],
)
def test_a_text_nobody_translated(old, place):
    text = replace(SET, old, f"{old.split(':')[0]}: {SAME}")
    assert [(finding.code, finding.line, finding.fields["place"]) for finding in check(Subject(stack_texts(text)))] == [
        ("RL319", line_of(text, SAME), place)
    ]


def test_a_short_name_may_be_the_same():
    assert list(check(Subject(stack_texts(replace(SET, 'vi: "Chỉ tiêu", en: "Quota"', 'vi: "KPI", en: "KPI"'))))) == []
