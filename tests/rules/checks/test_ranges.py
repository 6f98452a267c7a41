from __future__ import annotations

import pytest

from simulator.presentation.i18n import describe
from simulator.rules.checks.ranges import check
from simulator.rules.checks.subject import Subject
from tests.rules.specimen import SET, line_of, replace, stack_texts
from tests.rules.table_specimen import TABLE, planted


def findings_of(text):
    return list(check(Subject(stack_texts(text))))


def test_the_specimen_lies_within():
    assert findings_of(SET) == []


@pytest.mark.parametrize(
    ("old", "new", "fields"),
    [
        ("share: 0.5", "share: 1.5", {"clause": "fighter.quota", "key": "share", "found": "1.5", "low": "0", "high": "1"}),
        ("share: 0.5", "places: -1", {"clause": "fighter.quota", "key": "places", "found": "-1", "low": "0", "high": "∞"}),
        ("share: 0.2", "share: -0.2", {"clause": "fighter.floor", "key": "share", "found": "-0.2", "low": "0", "high": "1"}),
        ("multiple: 1.0", "multiple: -1.0", {"clause": "fighter.money", "key": "multiple", "found": "-1", "low": "0", "high": "∞"}),
        ("    scope: 0.2", "    scope: -0.2", {"clause": "procedure.weights", "key": "scope", "found": "-0.2", "low": "0", "high": "∞"}),
        (
            "audit_share: 0.1",
            "audit_share: 10",
            {"clause": "procedure.appraisal-at-unit", "key": "audit_share", "found": "10", "low": "0", "high": "1"},
        ),
        (
            "value: 0.3, low: 0, high: 1",
            "value: 0.3, low: 0, high: 2",
            {"clause": "principles.fewer-leaders", "key": "compliance.high", "found": "2", "low": "0", "high": "1"},
        ),
    ],
)
def test_a_number_out_of_range(old, new, fields):
    text = replace(SET, old, new)
    (finding,) = findings_of(text)
    told = dict(finding.fields)
    how = told.pop("how")
    assert (finding.code, finding.line, told) == ("RL307", line_of(text, new), fields)
    assert how == ("@mend-the-share" if fields["high"] == "1" else "@mend-the-number")


@pytest.mark.parametrize("key", ["at_least_share", "more_than_share"])
@pytest.mark.parametrize("fact", ["women-share", "members-rated, rating: completed", "members-awarded, award: worker"])
def test_a_share_of_members_out_of_range(fact, key):
    def found(share):
        return [
            (finding.code, finding.fields["key"], finding.fields["found"])
            for finding in findings_of(replace(SET, "{fact: awarded-this-year, award: worker}", f"{{fact: {fact}, {key}: {share}}}"))
        ]

    assert (found(0), found(0.5), found(1)) == ([], [], [])
    assert (found(50), found(-0.5)) == ([("RL307", key, "50")], [("RL307", key, "-0.5")])


@pytest.mark.parametrize(
    "test",
    [
        "award-run, award: worker, at_least: 32",
        "award-count, award: worker, within_years: 40, at_least: 2",
        "years-since-award, award: worker, at_least: 99",
        "rating-run, rating: excellent, at_least: 50",
    ],
)
def test_longer_than_anybody_remembers(test):
    text = replace(SET, "{fact: awarded-this-year, award: worker}", f"{{fact: {test}}}")
    (finding,) = findings_of(text)
    assert (finding.code, finding.line, finding.fields["high"]) == ("RL307", line_of(text, test), "31")
    assert ["0.15" in describe(finding, lang) for lang in ("vi", "en")] == [False, False], "years are no share"


def test_weights_that_weigh_nothing():
    text = SET
    for old in ("results: 0.5", "initiative: 0.2", "    scope: 0.2", "conduct: 0.1"):
        text = replace(text, old, old.replace("0.5", "0").replace("0.2", "0").replace("0.1", "0"))
    assert [(finding.code, finding.line) for finding in findings_of(text)] == [("RL321", line_of(text, "  weights:"))]


@pytest.mark.parametrize(
    ("old", "new", "code", "part"),
    [
        ("loses: {points: 2, per_percent: 1}", "nothing_below: 0.6", "RL373", None),
        ("loses: {points: 2, per_percent: 1}", "loses: {points: 2, per_percent: 0.01}", "RL374", None),
        ("{points: conduct.order, below: 5}", "{points: conduct.order, at_least: 21}", "RL369", "    when: {any"),
        ("requires: {points: every-criterion, at_least_share: 0.85}", "requires: {points: every-criterion, at_least: 15.5}", "RL369", None),
    ],
)
def test_numbers_nobody_can_have_meant(old, new, code, part):
    found = [finding for finding in planted(old, new) if finding[0] in {"RL369", "RL373", "RL374"}]
    text = replace(TABLE, old, new)
    assert found == [(code, line_of(text, part or new))]
