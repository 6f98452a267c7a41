from __future__ import annotations

import numpy as np
import pytest

from simulator.rules.assembly import read_criteria
from simulator.scoring.facts import Facts, Rating
from simulator.widgets.training.refusing import limiting_clause, shut_out
from simulator.workspace import find_workspace

TITLE, LOWER = "chien-si-thi-dua-co-so", "lao-dong-tien-tien"


@pytest.fixture(scope="module")
def law():
    return read_criteria("law-2022", find_workspace())


def facts(*people):
    """Give facts of people: rating, initiatives that are left, and whether they were disciplined."""
    ratings, initiatives, disciplined = zip(*people, strict=True)
    n = len(people)
    return Facts(
        rating=np.array(ratings, dtype=np.int8),
        rating_years={rating: np.zeros(n, dtype=np.uint32) for rating in Rating},
        award_years={},
        unused_initiatives=np.array(initiatives, dtype=np.int8),
        is_disciplined=np.array(disciplined),
        service_months=np.full(n, 60),
        leave_days=np.zeros(n, dtype=np.int16),
    )


def test_each_clause_that_is_not_met_is_named_those_of_the_lower_title_in_its_place(law):
    people = facts((Rating.EXCELLENT, 0, False), (Rating.COMPLETED_WELL, 0, False), (Rating.COMPLETED, 1, True), (Rating.COMPLETED_WELL, 1, False))
    found = shut_out(law, TITLE, people, np.arange(4))
    has_lower = {LOWER: np.array([True, True, False, False])}
    assert [found.reasons(place, has_lower) for place in range(4)] == [
        (),
        (f"{TITLE}.excellent-or-initiative",),
        (f"{LOWER}.rating", f"{LOWER}.discipline"),
        (f"{TITLE}.advanced-worker",),
    ]


def test_only_those_are_looked_at_who_are_asked_about(law):
    people = facts((Rating.EXCELLENT, 0, False), (Rating.COMPLETED_WELL, 0, False))
    found = shut_out(law, TITLE, people, np.array([1]))
    assert found.reasons(0, {LOWER: np.array([True])}) == (f"{TITLE}.excellent-or-initiative",)


def test_a_leader_without_a_place_was_kept_out_by_the_floor_where_there_is_one(law):
    floor = read_criteria("law-2022+direct-floor-seventy", find_workspace())
    assert limiting_clause(law, TITLE, leads=True) == limiting_clause(floor, TITLE, leads=False) == f"{TITLE}.quota"
    assert limiting_clause(floor, TITLE, leads=True) == f"{TITLE}.direct-worker-floor"
    with pytest.raises(LookupError):
        limiting_clause(law, LOWER, leads=False)
