from __future__ import annotations

import pytest

from simulator.rules.loading import load_criteria
from simulator.rules.value_paths import enclosing_test, is_share, subject_of
from simulator.workbook.criteria_layout import values_of_set
from simulator.workspace import find_workspace
from tests.rules.specimen import SET, stack_texts


@pytest.fixture(scope="module")
def standard():
    return dict(stack_texts(SET).iter_clauses())["fighter.standard"]


@pytest.mark.parametrize(
    ("field", "subject"),
    [
        ("requires.all.0.award", "awarded-this-year"),
        ("requires.all.1.any.1.at_least", "unused-initiatives"),
        ("requires.all.2.not.fact", "disciplined-this-year"),
    ],
)
def test_a_value_belongs_to_the_test_it_stands_in(standard, field, subject):
    assert subject_of(enclosing_test(standard, field)) == subject


@pytest.mark.parametrize("field", ["title.vi", "requires.all.9.at_least", "kind", "requires.none.at_least"])
def test_a_value_of_no_test_belongs_to_none(standard, field):
    assert enclosing_test(standard, field) is None
    assert subject_of(None) is None


@pytest.mark.parametrize("name", ["decree-91", "hanoi-plan-115", "law-2022-decree-152", "nghe-an-2025"])
def test_what_every_test_of_a_shipped_set_looks_at_is_found(name):
    criteria = load_criteria(name, find_workspace())
    clauses = {**dict(criteria.iter_clauses()), **criteria.awards}
    tests = {
        (clause, f"{above}.{beside}"): str(value) if last == "fact" else "points"
        for clause, values in values_of_set(criteria).items()
        for field, value in values.items()
        for above, _, last in [field.rpartition(".")]
        if last == "fact" or (last == "points" and isinstance(value, str))
        for beside in ("at_least", last)
    }
    assert tests
    assert {(clause, field): subject_of(enclosing_test(clauses[clause], field)) for clause, field in tests} == tests


@pytest.mark.parametrize(
    ("field", "answer"),
    [
        ("share", True),
        ("requires.all.0.at_least_share_of_mean", True),
        ("strictness", True),
        ("vote.threshold", True),
        ("levels.shared.points", False),
        ("years", False),
    ],
)
def test_a_share_is_told_by_the_name_of_its_value(field, answer):
    assert is_share(field) is answer
