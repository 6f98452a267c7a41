from __future__ import annotations

from simulator.rules.codes import make_finding
from simulator.widgets.drafting.faults import Fault
from simulator.widgets.workbench.fault_words import say_fault

NAMES = {"fighter.initiative": "Có ít nhất một sáng kiến", "fighter.quota": "Không quá 15%"}
BAD = make_finding("CS105", "draft.yaml", 13, key="at_least", expected="@whole-number-from-1", found="0")


def test_a_finding_that_names_no_clause_is_told_with_it():
    assert say_fault(Fault(BAD, "fighter.initiative"), "vi", NAMES).startswith("“Có ít nhất một sáng kiến”: ")


def test_one_that_names_it_or_lies_in_none_is_told_as_it_is():
    named = make_finding("RL317", "draft.yaml", 1, clause="fighter.quota", share="15%", rounding="@clause.rounding.floor", sizes="3")
    assert say_fault(Fault(named, "fighter.quota"), "vi", NAMES).count("Không quá 15%") == 1
    assert say_fault(Fault(BAD), "vi", NAMES).startswith("“at_least”")
