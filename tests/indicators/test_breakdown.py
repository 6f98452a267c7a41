"""Groups add up to the whole, and each is what counting on one's fingers gives."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.history import History, Role
from simulator.indicators.breakdown import DIVISIONS, GroupOutcome, break_down
from tests.indicators.lists import shuffled, untidy_list

SECTORS = {"school": "public", "factory": "enterprise", "office": "public"}
AWARDED, NOT = True, False
# One year of memory, then two that are judged: (year, unit, member, kind of unit, role, whether awarded).
ROWS = [
    (2019, 1, 1, 0, Role.HEAD, AWARDED),
    (2019, 1, 2, 0, Role.DIRECT, AWARDED),
    (2020, 1, 1, 0, Role.HEAD, AWARDED),
    (2020, 1, 2, 0, Role.DIRECT, NOT),
    (2020, 1, 3, 0, Role.DIRECT, NOT),
    (2020, 2, 4, 1, Role.DIRECT, AWARDED),
    (2020, 3, 5, 2, Role.STAFF, NOT),
    (2021, 1, 1, 0, Role.HEAD, NOT),
    (2021, 1, 2, 0, Role.DEPUTY, AWARDED),
    (2021, 2, 4, 1, Role.DIRECT, AWARDED),
]


def history_of(rows=ROWS, **more):
    year, unit, member, kind, role, is_awarded = (np.array(column) for column in zip(*rows, strict=True))
    columns = {"year": year, "unit": unit, "member": member, "role": role, "unit_kind": kind, "awards": {"title": is_awarded.astype(np.bool_)}}
    return History(**columns | {"focus_award": "title", "unit_kinds": ("school", "factory", "office", "empty"), "n_history_years": 1} | more)


def test_groups_are_what_counting_gives():
    """Of the eight member-years judged five are of schools, and of the four awards two."""
    found = break_down(history_of(), SECTORS | {"empty": "public"})
    assert found["unit_kind"] == {
        "school": GroupOutcome(2.5, 5, 2, 2 / 5, 2 / 4, 5 / 8),
        "factory": GroupOutcome(1.0, 2, 2, 1.0, 2 / 4, 2 / 8),
        "office": GroupOutcome(0.5, 1, 0, 0.0, 0.0, 1 / 8),
    }
    assert found["sector"] == {"public": GroupOutcome(3.0, 6, 2, 2 / 6, 2 / 4, 6 / 8), "enterprise": found["unit_kind"]["factory"]}
    assert found["role"] == {
        "direct": GroupOutcome(2.0, 4, 2, 2 / 4, 2 / 4, 4 / 8),
        "staff": GroupOutcome(0.5, 1, 0, 0.0, 0.0, 1 / 8),
        "deputy": GroupOutcome(0.5, 1, 1, 1.0, 1 / 4, 1 / 8),
        "head": GroupOutcome(1.0, 2, 1, 1 / 2, 1 / 4, 2 / 8),
    }
    assert tuple(found) == DIVISIONS


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, ["unit_kind", "role"]),
        ({"unit_kind": None, "unit_kinds": ()}, ["role"]),
        ({"knows_direct": False}, ["unit_kind"]),
        ({"n_history_years": 3}, []),
    ],
)
def test_what_is_not_known_is_not_told(more, told):
    assert list(break_down(history_of(**more))) == told


def test_a_division_into_one_group_says_nothing():
    """Collectives are all members alike, and the kinds of one sector are all of it."""
    alike = replace(history_of(), role=np.full(len(ROWS), Role.STAFF))
    assert list(break_down(alike, dict.fromkeys([*SECTORS, "empty"], "public"))) == ["unit_kind"]


def test_shares_of_nothing_are_undefined():
    nobody = history_of([(*row[:5], NOT) for row in ROWS])
    for groups in break_down(nobody).values():
        assert all(group.award_rate == 0 and math.isnan(group.awards_share) for group in groups.values())


@given(seed=st.integers(0, 10_000), n_kinds=st.integers(1, 5), n_memory=st.integers(0, 3))
def test_groups_of_every_division_add_up_to_the_whole(seed, n_kinds, n_memory):
    listed = untidy_list(seed)
    names = tuple(f"kind-{position}" for position in range(n_kinds))
    history = replace(listed, unit_kind=listed.unit % n_kinds, unit_kinds=names, n_history_years=n_memory)
    sectors = {name: f"sector-{position % 3}" for position, name in enumerate(names)}
    judged = np.isin(history.year, history.judged_years)
    n_rows, n_awards = int(judged.sum()), int(history.is_awarded[judged].sum())
    found = break_down(history, sectors)
    assert "role" in found
    assert ("unit_kind" in found) == (len(set(history.unit_kind[judged].tolist())) > 1)
    for groups in found.values():
        assert sum(group.member_years for group in groups.values()) == n_rows
        assert sum(group.awards for group in groups.values()) == n_awards
        assert sum(group.members for group in groups.values()) == pytest.approx(n_rows / len(history.judged_years))
        assert sum(group.members_share for group in groups.values()) == pytest.approx(1)
        assert sum(group.awards_share for group in groups.values()) == pytest.approx(1)
        assert sum(group.award_rate * group.members_share for group in groups.values()) == pytest.approx(n_awards / n_rows)
    assert break_down(shuffled(history, seed), sectors) == found
