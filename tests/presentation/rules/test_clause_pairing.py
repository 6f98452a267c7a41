from __future__ import annotations

from simulator.presentation.rules.clause_pairing import legal_rows
from simulator.rules.diffing import diff
from simulator.rules.loading import load_criteria
from tests.rules.specimen import SET, stack_texts

WORSE = "        requires: {fact: rating, at_least: completed-well}\n"


def renamed(text, *, more=""):
    """Give a condition of the specimen another id, another bound, and perhaps a second condition beside it."""
    at = text.index("      rating:\n")
    clause = text[at : text.index(WORSE, at) + len(WORSE)]
    return text.replace(clause, clause.replace("rating:", "bar:").replace("at_least: completed-well", "at_least: excellent") + more)


def test_a_rule_under_another_id_is_one_changed_row():
    (row, joined) = legal_rows(diff(stack_texts(SET), stack_texts(renamed(SET))).rows)[0]
    assert (row.clause, row.change, joined) == ("worker.bar", "changed", ("worker.rating",))
    assert (row.before.requires.at_least, row.after.requires.at_least) == ("completed-well", "excellent")


def test_conditions_that_must_all_be_met_are_told_as_one():
    more = (
        "      second:\n        kind: eligibility\n        title: {vi: Và có thâm niên, en: And has served}\n"
        "        requires: {fact: service-months, at_least: 6}\n        assumption: {vi: a, en: b}\n"
    )
    (row, joined) = legal_rows(diff(stack_texts(SET), stack_texts(renamed(SET, more=more))).rows)[0]
    assert set(joined) == {"worker.second", "worker.rating"}
    assert len(row.after.requires.all) == 2
    assert row.after.title.en.endswith(" and has served")


def test_the_name_of_a_file_changes_no_rule():
    rows = diff(load_criteria("law-2022-decree-152"), load_criteria("law-2026-draft")).rows
    assert any(row.fields[0].field == "of_set" for row in rows)
    assert {row.clause for row, _joined in legal_rows(rows)} == {"chien-si-thi-dua-co-so.excellent"}
