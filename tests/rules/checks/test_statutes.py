from __future__ import annotations

import pytest

from simulator.presentation.i18n import describe
from simulator.rules.linting import lint
from tests.rules.checks.test_limits import REGISTER
from tests.rules.specimen import OVERLAY, SET, line_of, replace, stack_texts

DECREE = "source: {instrument: decree-example, provision: Điều 5, confidence: read}"
LETTER = "source: {instrument: letter-example, confidence: read}"
LAW = "source: {instrument: law-example, confidence: read}"
ASSUMED = 'assumption: {vi: "Thử", en: "Trial"}'
CLAUSES = f"""\
      years:
        kind: eligibility
        title: {{vi: "Hai năm", en: "Two years"}}
        {DECREE}
        requires: {{fact: award-count, award: worker, at_least: 2, within_years: 31}}
      cap:
        kind: leader-cap
        title: {{vi: "Trần", en: "Cap"}}
        {DECREE}
        share: 0.3
        pooling: unit
      rest:
        kind: cooling-off
        title: {{vi: "Nghỉ", en: "Rest"}}
        {DECREE}
        years: 2
"""
BASE = SET + CLAUSES


def overlay(clause, *lines):
    body = "".join(f"        {line}\n" for line in lines)
    return OVERLAY.partition("awards:")[0] + f"awards:\n  fighter:\n    clauses:\n      {clause}:\n        why: {{vi: A, en: B}}\n{body}"


def found(text, base=BASE, register=REGISTER):
    findings = lint(stack_texts(base, text), register=register)
    return [finding for finding in findings if finding.code in {"RL381", "RL382", "RL383"}]


def codes(*arguments, **options):
    return [finding.code for finding in found(*arguments, **options)]


@pytest.mark.parametrize("clause", ["years", "cap", "rest", "quota"])
def test_what_a_decree_asks_for_and_an_overlay_drops_is_told_where_it_is_dropped(clause):
    text = overlay(clause, "remove: true")
    (finding,) = found(text)
    assert (finding.code, finding.file, finding.line) == ("RL381", "layer-1.yaml", line_of(text, f"      {clause}:"))
    assert "decree-example" in finding.fields["source"]


@pytest.mark.parametrize(
    ("clause", "line", "code"),
    [
        ("cap", "share: 0.4", "RL382"),
        ("cap", "share: 0.2", None),
        ("rest", "years: 1", "RL382"),
        ("rest", "years: 3", None),
        ("years", "requires: {fact: award-count, award: worker, at_least: 1, within_years: 31}", "RL383"),
        ("years", "requires: {fact: award-count, award: worker, at_least: 3, within_years: 31}", None),
        ("years", "requires: {fact: award-count, award: worker, at_least: 2, within_years: 20}", None),
        ("years", "requires: {fact: award-count, award: worker, at_least: 2, within_years: 40}", "RL383"),
    ],
)
def test_a_number_that_asks_for_less_is_told_and_one_that_asks_for_more_is_not(clause, line, code):
    assert codes(overlay(clause, line, ASSUMED)) == ([code] if code else [])


def test_the_source_is_named_by_its_provision_and_the_former_number_with_it():
    (finding,) = found(overlay("cap", "share: 0.4", ASSUMED))
    said = describe(finding, "vi")
    assert all(part in said for part in ("Điều 5 Văn bản", "30%", "40%"))


def test_only_an_instrument_of_that_rank_may_ask_for_less():
    header = lambda text: text.replace("awards:", "instruments: [letter-example, law-example]\nawards:", 1)  # noqa: E731
    assert codes(header(overlay("cap", "share: 0.4", LETTER))) == ["RL382"]
    assert codes(header(overlay("cap", "share: 0.4", LAW))) == []
    assert codes(header(overlay("cap", "remove: true"))) == [], "an overlay of a law takes away what a decree said"
    assert codes(overlay("cap", "share: 0.4", ASSUMED), register=None) == [], "without a register nobody knows what is a decree"


def test_what_no_statute_asks_for_may_go():
    assert codes(overlay("cap", "remove: true"), base=SET + CLAUSES.replace(DECREE, LETTER)) == []
    assert codes(overlay("floor", "remove: true")) == []
    assert codes(overlay("money", "remove: true"), base=replace(BASE, "        multiple: 1.0", f"        {DECREE}\n        multiple: 1.0")) == []


def test_a_number_that_was_assumed_already_is_nobodys_law():
    base = SET + CLAUSES.replace("share: 0.3", f"{ASSUMED}\n        share: 0.3")
    assert codes(overlay("cap", "share: 0.4"), base=base) == []


def test_a_condition_that_another_clause_still_asks_for_is_not_dropped():
    more = "".join(CLAUSES.partition("      cap:")[0]).replace("      years:", "      more:").replace("at_least: 2", "at_least: 3")
    assert codes(overlay("years", "remove: true"), base=SET + more + CLAUSES) == []
    again = overlay("cap", "remove: true") + CLAUSES.partition("      cap:")[2].partition("      rest:")[0].join(["      same:", ""])
    again = again.replace('title: {vi: "Trần"', 'why: {vi: A, en: B}\n        title: {vi: "Trần"')
    assert codes(again) == []


def test_an_award_taken_away_leaves_no_condition_to_miss():
    text = OVERLAY.partition("awards:")[0] + "awards:\n  fighter:\n    remove: true\n    why: {vi: A, en: B}\n"
    assert codes(text) == []
