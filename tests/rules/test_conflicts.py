from __future__ import annotations

import pytest

from simulator.errors import InputError
from simulator.presentation.i18n import describe
from tests.rules.specimen import OVERLAY, SET, line_of, replace, stack_texts

WHY = 'why: {vi: "Lý do", en: "Reason"}'
OTHER = replace(replace(OVERLAY, "id: stricter", "id: looser"), "share: 0.3", "share: 0.6")
SUPERSEDES = 'supersedes: [{set: stricter, clause: fighter.quota, why: {vi: "Ban hành sau", en: "Issued later"}}]\n'


def findings_of(*texts: str):
    with pytest.raises(InputError) as caught:
        stack_texts(*texts)
    return caught.value.findings


def test_two_values_for_one_field_are_a_conflict():
    (finding,) = findings_of(SET, OVERLAY, OTHER)
    assert (finding.code, finding.file, finding.line) == ("OV204", "layer-2.yaml", line_of(OTHER, "share: 0.6"))
    assert describe(finding, "vi").startswith("stricter và looser quy định khác nhau về “share” của “fighter.quota”: 0.3 và 0.6.")


def test_the_same_value_twice_is_none():
    same = replace(OVERLAY, "id: stricter", "id: same")
    assert stack_texts(SET, OVERLAY, same).clause("fighter.quota").share == 0.3


def test_two_fields_of_one_clause_are_none():
    other = replace(OTHER, "share: 0.6", "rounding: floor")
    quota = stack_texts(SET, OVERLAY, other).clause("fighter.quota")
    assert (quota.share, quota.rounding) == (0.3, "floor")


def test_the_later_may_say_that_it_prevails():
    text = replace(OTHER, "awards:\n", SUPERSEDES + "awards:\n")
    stack = stack_texts(SET, OVERLAY, text)
    assert stack.clause("fighter.quota").share == 0.6
    (resolution,) = stack.resolutions
    assert (resolution.superseded_set, resolution.superseded_value) == ("stricter", 0.3)
    assert (resolution.prevailing_set, resolution.prevailing_value, resolution.why.en) == ("looser", 0.6, "Issued later")


def test_prevailing_over_an_overlay_that_is_not_there_does_no_harm():
    text = replace(OTHER, "awards:\n", SUPERSEDES + "awards:\n")
    assert stack_texts(SET, text).resolutions == ()


def test_prevailing_over_what_the_other_does_not_touch_is_an_error():
    text = replace(OTHER, "awards:\n", SUPERSEDES.replace("fighter.quota", "fighter.floor") + "awards:\n")
    assert [(finding.code, finding.line) for finding in findings_of(SET, OVERLAY, text)] == [
        ("OV209", line_of(text, "supersedes")),
        ("OV204", line_of(text, "share: 0.6")),
    ]


def test_one_removes_what_the_other_changes():
    removal = replace(OTHER, "share: 0.6", "remove: true")
    (finding,) = findings_of(SET, OVERLAY, removal)
    assert (finding.code, finding.fields["field"]) == ("OV204", "@whole-clause")
    (finding,) = findings_of(
        SET, removal, replace(OVERLAY, "share: 0.3", "kind: quota\n        title: {vi: a, en: b}\n        places: 3\n        pooling: unit")
    )
    assert finding.code == "OV204"


def test_removing_twice_is_a_change_of_nothing():
    removal = replace(OTHER, "share: 0.6", "remove: true")
    again = replace(removal, "id: looser", "id: again")
    assert [finding.code for finding in findings_of(SET, removal, again)] == ["OV201"]


def test_three_overlays_are_told_of_each_conflict():
    third = replace(replace(OTHER, "id: looser", "id: third"), "share: 0.6", "share: 0.9")
    found = [(finding.fields["first"], finding.fields["second"]) for finding in findings_of(SET, OVERLAY, OTHER, third)]
    assert found == [("stricter", "looser"), ("stricter", "third"), ("looser", "third")]


def test_grounds_do_not_conflict():
    sources = [
        replace(OTHER.replace("looser", name), "share: 0.6", f'share: 0.6\n        assumption: {{vi: "{name}", en: "by {name}"}}')
        for name in ("one", "two")
    ]
    assert stack_texts(SET, *sources).clause("fighter.quota").assumption.vi == "two"
