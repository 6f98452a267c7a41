from __future__ import annotations

import gc
from dataclasses import replace

import pytest

from simulator.errors import InputError
from simulator.rules.loading import load_criteria
from simulator.scoring import kept as module
from simulator.scoring.columns import columns_of
from simulator.scoring.kept import kept_with_its_set

AWARD = "chien-si-thi-dua-co-so"


@pytest.fixture
def criteria():
    return load_criteria("decree-91")


@pytest.fixture
def asked():
    """Return a question and how often it was worked out."""
    worked_out = []

    @kept_with_its_set
    def ask(criteria, year, award=None):
        worked_out.append((criteria.id, year, award))
        if award == "none":
            raise InputError([])
        return criteria.id, year, award

    return ask, worked_out


def test_a_question_is_worked_out_once_for_each_set_and_each_way_of_asking(criteria, asked):
    ask, worked_out = asked
    another = replace(criteria)
    assert [ask(each, year, AWARD) for each in (criteria, another) for year in (2021, 2022, 2021)] == [
        ("decree-91", year, AWARD) for _ in range(2) for year in (2021, 2022, 2021)
    ]
    assert len(worked_out) == 4
    assert ask(criteria, 2021) == ("decree-91", 2021, None)
    assert ask(criteria, year=2021) == ("decree-91", 2021, None)
    assert len(worked_out) == 6


def test_what_cannot_be_answered_is_refused_each_time(criteria, asked):
    ask, worked_out = asked
    for _ in range(2):
        with pytest.raises(InputError):
            ask(criteria, 2021, "none")
    assert len(worked_out) == 2


def test_nothing_is_kept_of_a_set_that_is_gone(criteria, asked):
    ask, _ = asked
    passing = replace(criteria)
    ask(passing, 2021)
    number = id(passing)
    assert number in module._KEPT
    del passing
    gc.collect()
    assert number not in module._KEPT


def test_a_changed_set_is_asked_anew(criteria):
    before = columns_of(criteria, 2021, AWARD)
    clauses = {name: clause for name, clause in criteria.awards[AWARD].clauses.items() if name == "quota"}
    awards = {**criteria.awards, AWARD: criteria.awards[AWARD].model_copy(update={"clauses": clauses})}
    after = columns_of(replace(criteria, rules=criteria.rules.model_copy(update={"awards": awards})), 2021, AWARD)
    assert columns_of(criteria, 2021, AWARD) is before
    assert {column.id for column in after} < {column.id for column in before}
