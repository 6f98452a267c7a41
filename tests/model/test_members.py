from __future__ import annotations

import numpy as np
import pytest

from simulator.model.behaviour import Behaviour
from simulator.model.members import LONGEST_WAIT, Members
from simulator.model.model import AwardModel
from simulator.population.generator import uniform_population
from simulator.randomness import Streams
from simulator.scoring.facts import Rating
from tests.cycles import begin_cycle
from tests.worlds import FOCUS, award, clause, criteria, live, one_award, quota

HIGHER = "chien-si-thi-dua-cap-tinh"
SUDDEN = "giay-khen-dot-xuat"
BONUS = clause("bonus", "money", "multiple: 3.0")


def settled(n_units=2, size=4, **options):
    return Members.settle(uniform_population(n_units, size), Streams(1), awards=[FOCUS], **options)


def test_merit_of_a_history_is_standard_and_lasts():
    history = live(one_award(quota()), n_units=300, size=50, years=12)
    merit = history.merit.reshape(12, -1)
    assert merit.mean() == pytest.approx(0, abs=0.02)
    assert merit.std() == pytest.approx(1, abs=0.01)
    assert np.corrcoef(merit[5], merit[6])[0, 1] == pytest.approx(0.65 + 0.35 * 0.81 * 0.3, abs=0.01)
    assert np.corrcoef(merit[2], merit[10])[0, 1] == pytest.approx(0.65, abs=0.01)


def test_newcomers_start_anew_and_never_share_an_identifier():
    history = live(one_award(quota()), Behaviour(turnover=0.2, merit_stability=1.0), years=8, n_units=50)
    member = history.member.reshape(8, -1)
    stays = (member[1:] == member[:-1]).mean()
    assert stays == pytest.approx(0.8, abs=0.02)
    post_of = {}
    for year in member:
        for post, person in enumerate(year):
            assert post_of.setdefault(int(person), post) == post
    merit = history.merit.reshape(8, -1)
    same = member[1:] == member[:-1]
    assert (merit[1:] == merit[:-1])[same].all()
    assert not (merit[1:] == merit[:-1])[~same].all()


def test_a_newcomer_waits_from_the_day_of_coming():
    model = AwardModel(uniform_population(30, 10), one_award(quota(0.1)), Behaviour(turn_weight=1.0, turnover=0.3), collects=False)
    with model:
        model.run(6)
        wait = model.members.wait[FOCUS]
        assert (wait <= model.members.tenure_years + 1).all()


def test_identifiers_begin_where_they_are_told_to():
    members = settled(first_id=2**40)
    assert members.id.tolist() == list(range(2**40, 2**40 + 8))
    members.top_level[:] = 4
    members.welcome(np.array([3]), Streams(1), 2)
    assert members.top_level.tolist() == [4, 4, 4, 0, 4, 4, 4, 4]
    members.welcome(np.array([3]), Streams(1), 3)
    assert members.id[3] == 2**40 + 3 + 2 * 8
    copied = members.copy(awards=[])
    copied.welcome(np.array([3]), Streams(1), 4)
    assert copied.id[3] == 2**40 + 3 + 3 * 8


def test_two_who_rise_at_once_leave_nothing_behind():
    members = settled()
    members.prestige[:] = np.arange(8)
    members.n_newcomers[:] = np.arange(8)
    members.move(np.array([1, 2]), np.array([0, 1]))
    assert members.id.tolist() == [1, 2, 2, 3, 4, 5, 6, 7]
    assert members.prestige.tolist() == [1, 2, 2, 3, 4, 5, 6, 7]
    assert members.n_newcomers.tolist() == list(range(8))  # a count of the post


def test_a_copy_shares_nothing_and_new_awards_start_with_nobody():
    members = settled()
    members.award_years[FOCUS] = np.full(len(members.id), 3, dtype=np.uint32)
    copied = members.copy(awards=[FOCUS, HIGHER])
    for name in ("id", "talent", "fortune", "tenure_years", "prestige", "initiatives", "earlier_initiatives", "top_level", "n_newcomers"):
        assert (getattr(copied, name) == getattr(members, name)).all()
        assert not np.shares_memory(getattr(copied, name), getattr(members, name))
    for rating in Rating:
        assert not np.shares_memory(copied.rating_years[rating], members.rating_years[rating])
    assert (copied.award_years[FOCUS] == 3).all()
    assert not copied.award_years[HIGHER].any()
    assert not copied.wait[HIGHER].any()


@pytest.mark.parametrize("counts", [False, True])
def test_a_year_closes_with_waits_prestige_and_levels(counts):
    track = clause("track", "ad-hoc-track", f"counts_for_ladder: {'true' if counts else 'false'}")
    rules = criteria(
        award(FOCUS, quota(), BONUS, level=2), award(HIGHER, quota(), level=4), award(SUDDEN, level=5, kind="ad-hoc"), procedure=(track,)
    )
    cycle = begin_cycle(Behaviour(prestige_decay=0.5), rules, n_units=1, size=5)
    members = cycle.members
    members.prestige[:] = 2
    members.wait[FOCUS][:] = [0, 5, LONGEST_WAIT, 7, 9]
    members.award_years[FOCUS] = np.array([1, 2, 0, 1, 0], dtype=np.uint32)
    members.award_years[HIGHER] = np.array([1, 0, 0, 0, 0], dtype=np.uint32)
    members.award_years[SUDDEN] = np.array([0, 0, 1, 0, 0], dtype=np.uint32)
    members.top_level[:] = [1, 3, 0, 3, 0]
    members.close_year(cycle)
    assert members.wait[FOCUS].tolist() == [0, 6, LONGEST_WAIT, 0, 10]
    assert members.prestige.tolist() == [1 + 3 + 1, 1, 1 + 1, 1 + 3, 1]
    assert members.top_level.tolist() == [4, 3, 5 if counts else 0, 3, 0]
    assert {award: winners.tolist() for award, winners in members.winners_of_year.items()} == {FOCUS: [0, 3], HIGHER: [0], SUDDEN: [2]}


def test_an_award_gets_a_column_when_it_is_first_won_and_a_copy_gets_its_own():
    members = settled()
    members.mark_won(FOCUS, np.zeros(0, dtype=np.int64))
    assert members.award_years[FOCUS].strides == (0,)
    members.grow_older()
    assert members.winners_of(FOCUS).tolist() == []
    before = members.copy(awards=[FOCUS])
    members.mark_won(FOCUS, np.array([2, 5]))
    assert members.winners_of(FOCUS).tolist() == [2, 5]
    assert before.award_years[FOCUS].tolist() == [0] * 8
    after = members.copy(awards=[FOCUS])
    members.grow_older()
    members.mark_won(FOCUS, np.array([5, 7]))
    assert members.award_years[FOCUS].tolist() == [0, 0, 2, 0, 0, 3, 0, 1]
    assert after.award_years[FOCUS].tolist() == [0, 0, 1, 0, 0, 1, 0, 0]
    members.welcome(np.array([5]), Streams(1), 1)
    assert members.award_years[FOCUS].tolist() == [0, 0, 2, 0, 0, 0, 0, 1]


def test_awards_of_others_say_nothing_of_these_members():
    cycle = begin_cycle(n_units=1, size=5)
    del cycle.members.award_years[FOCUS]
    cycle.members.close_year(cycle)
    assert not cycle.members.wait[FOCUS].any()


def test_initiatives_live_two_years_and_the_older_are_used_first():
    members = settled()
    members.initiatives[:] = [2, 0, 1, 3, 0, 0, 0, 0]
    members.earlier_initiatives[:] = [1, 0, 0, 2, 0, 0, 0, 0]
    members.use_initiatives(np.array([0, 3]), np.array([2, 1], dtype=np.int8))
    assert members.initiatives[[0, 3]].tolist() == [1, 3]
    assert members.earlier_initiatives[[0, 3]].tolist() == [0, 1]
    assert members.unused_initiatives[2] == 1
    members.grow_older()
    assert members.unused_initiatives.tolist() == [1, 0, 1, 3, 0, 0, 0, 0]
