"""Plain shares are counted over the judged years, whoever deserves what."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from simulator.history import Role
from simulator.indicators.panel import Panel
from simulator.indicators.shares import Shares
from tests.indicators.lists import by_lot, by_post, shuffled, untidy_list, write_list


def shares(history):
    return Shares(Panel(history)).values()


@pytest.mark.parametrize("seed", range(4))
def test_shares_agree_with_counting_on_fingers(seed):
    history = untidy_list(seed)
    judged = sorted(set(history.year.tolist()))[2:]
    rows = [row for row, year in enumerate(history.year.tolist()) if year in judged]
    awarded = [row for row in rows if history.is_awarded[row]]
    assert shares(history) == {
        "award_rate": len(awarded) / len(rows),
        "leader_share": sum(history.role[row] in {Role.DEPUTY, Role.HEAD} for row in awarded) / len(awarded),
        "direct_worker_share": sum(history.role[row] == Role.DIRECT for row in awarded) / len(awarded),
    }
    assert shares(shuffled(history)) == shares(history)


def test_nothing_but_a_list_is_needed():
    history = replace(untidy_list(1), merit=None, is_eligible=None, n_history_years=0)
    assert Shares(Panel(history)).missing() is None
    assert shares(history)["award_rate"] == history.is_awarded.mean()


def test_posts_first_gives_leaders_everything():
    found = shares(write_list([20] * 3, 4, by_post))
    assert found == {"award_rate": 0.15, "leader_share": 1, "direct_worker_share": 0}


def test_years_of_memory_are_not_counted():
    def nobody_later(line, n_places, luck):
        return line if line[0].year < 2003 else []

    found = shares(write_list([20] * 3, 4, nobody_later))
    assert found["award_rate"] == 0
    assert math.isnan(found["leader_share"])
    assert math.isnan(found["direct_worker_share"])


def test_each_year_has_its_own_shares():
    history = write_list([20] * 3, 5, by_lot)
    course = Shares(Panel(history)).course()
    for position, year in enumerate(history.judged_years):
        of_year = history.year == year
        assert course["award_rate"][position] == history.is_awarded[of_year].mean()
        assert course["leader_share"][position] == history.is_leader[of_year & history.is_awarded].mean()
