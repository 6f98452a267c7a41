from __future__ import annotations

from simulator.rules.checks.exhortations import check
from simulator.rules.checks.subject import Subject
from tests.rules.specimen import SET, line_of, stack_texts


def found(ids):
    known = None if ids is None else frozenset(ids)
    return [(finding.code, finding.line) for finding in check(Subject(stack_texts(SET), assumption_ids=known))]


def test_figures_that_exist_can_be_moved():
    assert found({"rank_weight", "turn_weight"}) == []
    assert found(None) == []


def test_a_figure_nobody_assumed():
    assert found({"turn_weight"}) == [("RL312", line_of(SET, "moves:"))]
