"""Which initiatives an award uses up, against a slow reading of one nominee at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.rules.clauses import Eligibility
from simulator.rules.facts import SCOPES
from simulator.scoring.consumption import use_initiatives
from simulator.scoring.eligibility import meets_all
from simulator.scoring.roster import Initiative
from simulator.scoring.roster_facts import facts_of
from tests.examples import sampled
from tests.scoring.rosters import make_roster
from tests.scoring.sets import eligible, with_ground
from tests.scoring.slow_scorer import Nominee, fit, give, holds

YEAR = 2025
EXCELLENT = {"fact": "rating", "at_least": "excellent"}
WOMAN = {"fact": "is-woman"}


def asks(n=1, scope="grass-roots", *, consumed=True):
    return {"fact": "unused-initiatives", "at_least": n, "consumed": consumed, "scope": scope}


def one_list(initiatives, *, rating="completed", is_woman=False):
    n = len(initiatives)
    return make_roster(n, year=YEAR, words={f"rating:{YEAR}": [rating] * n}, answers={"is_woman": [is_woman] * n}, initiatives=initiatives)


def left_over(conditions, roster, who=None):
    """Give what each nominee has left after an award that rests on the conditions."""
    typed = [Eligibility.model_validate(with_ground(eligible(condition))).requires for condition in conditions]
    facts = facts_of(roster)
    left = use_initiatives(typed, facts, meets_all(typed, facts) if who is None else np.array(who))
    return [[(one["scope"], one["year"]) for one in left.unused_of(position)] for position in range(roster.n_nominees)]


A, B, C = Initiative("grass-roots", 2024), Initiative("province", 2023), Initiative("nation", 2025)


@pytest.mark.parametrize(
    ("conditions", "left"),
    [
        ([asks()], [B, C]),
        ([asks(2)], [C]),
        ([asks(1, "province")], [A, C]),
        ([asks(1, "nation"), asks()], [B]),
        ([asks(consumed=False)], [A, B, C]),
        ([{"any": [EXCELLENT, asks()]}], [B, C]),
        ([{"any": [asks(1, "nation"), asks()]}], [A, B]),
        ([{"any": [asks(4), asks(2)]}], [C]),
        ([{"any": [asks(), {"fact": "rating", "at_least": "completed"}]}], [A, B, C]),
        ([{"any": [asks(), {"fact": "rating", "at_least": "completed"}]}, asks()], [B, C]),
        ([{"not": {"not": EXCELLENT}}], [A, B, C]),
    ],
)
def test_only_what_is_needed_is_used_the_narrowest_first(conditions, left):
    """The nominee is graded completed and has three initiatives."""
    roster = one_list([[C, A, B]])
    found = left_over(conditions, roster, who=[True])
    assert found == [[(one.scope, one.year) for one in left]]


def test_of_the_same_reach_the_oldest_goes_first():
    old, new, unknown = Initiative("province", 2021), Initiative("province", 2025), Initiative("province")
    assert left_over([asks()], one_list([[new, old]])) == [[("province", 2025)]]
    assert left_over([asks()], one_list([[new, unknown]])) == [[("province", 2025)]]


def test_who_does_not_get_the_award_uses_nothing():
    assert left_over([asks()], one_list([[A], [A]]), who=[False, True]) == [[("grass-roots", 2024)], []]


CONDITIONS = st.recursive(
    st.one_of(st.builds(asks, st.integers(1, 2), st.sampled_from(SCOPES), consumed=st.booleans()), st.just(EXCELLENT), st.just(WOMAN)),
    lambda part: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(part, min_size=1, max_size=2)),
        st.builds(lambda parts: {"any": parts}, st.lists(part, min_size=1, max_size=3)),
        st.builds(lambda inner: {"not": inner}, part),
    ),
    max_leaves=5,
)
INITIATIVES = st.lists(st.builds(Initiative, st.sampled_from(SCOPES), st.none() | st.integers(2020, 2025), st.booleans()), min_size=1, max_size=5)


@sampled(50, 750)
@given(
    st.lists(CONDITIONS, min_size=1, max_size=2),
    st.lists(INITIATIVES, min_size=1, max_size=4),
    st.sampled_from(["excellent", "completed"]),
    st.booleans(),
)
def test_reading_files_one_by_one_uses_the_same(conditions, initiatives, rating, is_woman):
    roster = one_list(initiatives, rating=rating, is_woman=is_woman)
    expected = []
    for position in range(roster.n_nominees):
        one = Nominee(roster, position)
        if all(holds(condition, one) for condition in conditions):
            give("title", conditions, one, YEAR)
        expected.append([(initiative.scope, initiative.year) for initiative in fit({}, one)])
    assert left_over(conditions, roster) == expected
