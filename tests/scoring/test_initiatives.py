from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.rules.facts import SCOPES
from simulator.scoring.initiatives import InitiativeList
from simulator.scoring.roster import Initiative
from tests.scoring.rosters import make_roster

OWNED = st.lists(
    st.lists(st.builds(Initiative, st.sampled_from(SCOPES), st.none() | st.integers(2020, 2026), st.booleans()), max_size=4), min_size=1, max_size=5
)


def listed(owned):
    return InitiativeList.of_roster(make_roster(len(owned), year=2025, initiatives=owned))


def test_an_initiative_counts_when_it_reaches_as_far_and_is_recent_enough():
    found = listed(
        [[Initiative("grass-roots", 2025), Initiative("province", 2022), Initiative("nation"), Initiative("nation", 2025, is_used=True)], []]
    )
    assert found.count_unused().tolist() == [3, 0]
    assert found.count_unused("province").tolist() == [2, 0]
    assert found.count_unused("nation").tolist() == [1, 0]
    assert found.count_unused(None, 3).tolist() == [1, 0]
    assert found.count_unused(None, 4).tolist() == [2, 0]
    assert found.without_any().count_unused().tolist() == [0, 0]


@given(OWNED, st.integers(0, 5), st.none() | st.sampled_from(SCOPES), st.none() | st.integers(1, 5), st.data())
def test_as_many_are_used_as_asked_for_or_as_there_are_and_only_of_the_marked(owned, n_used, scope, within, data):
    who = np.array(data.draw(st.lists(st.booleans(), min_size=len(owned), max_size=len(owned))))
    before = listed(owned)
    after = before.use(n_used, who, scope, within)
    able = before.count_unused(scope, within)
    assert (before.count_unused() - after.count_unused()).tolist() == np.where(who, np.minimum(able, n_used), 0).tolist()
    assert (able - after.count_unused(scope, within)).tolist() == np.where(who, np.minimum(able, n_used), 0).tolist()


def test_what_is_left_is_told_with_scope_and_year():
    found = listed([[Initiative("province", 2024), Initiative("grass-roots")]])
    assert found.unused_of(0) == [{"scope": "grass-roots", "year": None}, {"scope": "province", "year": 2024}]
