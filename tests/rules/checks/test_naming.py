from __future__ import annotations

import pytest

from simulator.rules.linting import lint
from tests.rules.specimen import SET, line_of, replace, stack_texts
from tests.rules.table_specimen import TABLE, at, planted


@pytest.mark.parametrize(
    ("old", "new", "code", "part"),
    [
        ("{points: results.budget}", "{points: results.budge}", "RL349", None),
        ("{points: results.budget}", "{points: points.results.budget}", "RL349", None),
        ("{points: conduct.order, below: 5}", "{points: order, below: 5}", "RL349", None),
        ("{class: [excellent, good]}", "{class: [excellent, god]}", "RL350", None),
        ("of_set: specimen", "of_set: specimens", "RL351", None),
        ("    order: 2\n", "    order: 1\n", "RL352", "    order: 1\n    vote"),
        ("    counts_as: best\n", "    counts_as: beast\n", "RL306", None),
        ("    order: 1\n    vote: {threshold: 0.9, counts: all-members}\n    awards: [best]", "    order: 1\n    awards: [beast]", "RL306", "beast"),
        ("at_least: 5}\n    awards: [best]", "at_least: 5}\n    awards: [beast]", "RL306", "    awards: [beast]"),
        ("{fact: is-woman}", "{fact: awarded-this-year, award: beast}", "RL306", None),
        ("{fact: disciplined-this-year}", "{fact: award-count, award: beast, within_years: 2, at_least: 1}", "RL306", None),
    ],
)
def test_a_name_that_does_not_exist_is_one_finding_at_its_line(old, new, code, part):
    if code == "RL352":
        text = TABLE.replace(old, new)
        second = text.index("  second-stage:")
        assert planted(old, new) == [(code, text.count("\n", 0, text.index("    order: 1", second)) + 1)]
    else:
        at(old, new, code, part)


def test_what_is_known_is_listed_the_most_similar_first():
    (finding,) = lint(stack_texts(replace(TABLE, "{points: results.budget}", "{points: results.budge}")), set_ids=["specimen"])
    assert finding.fields["known"].startswith("results.budget")


def test_every_criterion_is_for_tests_not_for_tie_breaks():
    at("{points: results.budget}", "{points: every-criterion}", "RL349")


@pytest.mark.parametrize("test", ["{points: total, at_least: 50}", "{class: [good]}"])
def test_points_and_classes_in_a_set_without_a_table_are_one_finding(test):
    text = replace(SET, "requires: {fact: rating, at_least: completed-well}", f"requires: {test}")
    assert [(finding.code, finding.line) for finding in lint(stack_texts(text))] == [("RL348", line_of(text, test))]


def test_sets_are_not_compared_where_none_are_listed():
    assert lint(stack_texts(replace(TABLE, "of_set: specimen", "of_set: unknown"))) == []


def test_stages_of_different_awards_may_share_a_number():
    extra = TABLE.replace("    order: 2\n", "    order: 1\n    awards: [other]\n")
    codes = [finding.code for finding in lint(stack_texts(extra), set_ids=["specimen"])]
    assert codes == ["RL306"]
