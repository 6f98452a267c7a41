from __future__ import annotations

from fractions import Fraction

import numpy as np

from simulator.rules.loading import criteria_from_text
from simulator.scoring.alteration import alter, details_of, take, value_after, value_now
from simulator.scoring.columns import columns_of
from simulator.scoring.levers import choices_of
from simulator.scoring.roster import Initiative
from tests.scoring.rosters import make_roster
from tests.scoring.test_explanation import AWARD


def nominees():
    return make_roster(
        3,
        names=["An", "Bình", "Cúc"],
        units=["A", "A", "B"],
        numbers={"output": ["10.5", "20", "30"], "service_months": ["24"] * 3, "leave_days": ["0"] * 3},
        words={"rating:2025": ["failed", "failed", "failed"]},
        initiatives=[[Initiative("grass-roots", 2024, is_used=True)], [], []],
        headcounts={"A": {"staff": 9}},
    )


def choices():
    criteria = criteria_from_text(AWARD)
    return choices_of(criteria, columns_of(criteria, 2025, "prize"), nominees(), 0)


def test_copies_of_rows_live_in_worlds_of_their_own_without_names():
    copies = take(nominees(), np.array([0, 2, 0, 2]), worlds=np.array([0, 0, 1, 1]))
    assert copies.units == ("#0", "#0", "#1", "#1")
    assert copies.clusters == copies.units
    assert copies.headcounts == {}
    assert set(copies.people.names) == {""}
    assert copies.numbers["output"].tolist() == [105, 300, 105, 300]


def test_rows_taken_without_worlds_keep_their_units_and_head_counts():
    part = take(nominees(), np.array([1, 2]))
    assert (part.units, part.headcounts) == (("A", "B"), {"A": {"staff": 9}})


def test_each_copy_is_changed_for_itself_and_the_original_not_at_all():
    roster, found = nominees(), choices()
    names = [choice.column.id for choice in found]
    moves = np.zeros((2, len(found)), dtype=np.int64)
    moves[0, names.index("output")] = 5
    moves[1, names.index("rating:2025")] = list(found[names.index("rating:2025")].values).index("completed-well") + 1
    moves[1, names.index("recognised_initiatives")] = 2
    changed = alter(roster, np.array([0, 2]), found, moves)
    assert changed.numbers["output"].tolist() == [110, 200, 300]
    assert changed.words["rating:2025"].tolist() == ["failed", "failed", "completed-well"]  # a longer word than any before
    assert [len(listed) for listed in changed.initiatives] == [1, 0, 2]
    assert changed.initiatives[2][0] == Initiative("grass-roots", 2025)
    assert roster.numbers["output"].tolist() == [105, 200, 300]
    assert [len(listed) for listed in roster.initiatives] == [1, 0, 0]


def test_values_are_told_as_the_list_would():
    found = {choice.column.id: choice for choice in choices()}
    assert value_now(nominees(), found["output"], 0) == 10.5
    assert value_after(nominees(), found["output"], 0, 1) == Fraction("10.6")
    assert value_now(nominees(), found["recognised_initiatives"], 0) == 0  # the only one is used
    assert value_after(nominees(), found["recognised_initiatives"], 0, 2) == 2
    assert details_of(found["recognised_initiatives"], 1) == {}  # any initiative will do
    assert details_of(found["output"], 1) == {}
