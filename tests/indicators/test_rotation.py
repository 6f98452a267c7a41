"""Turn-taking reads 0 under merit, 1 under strict turns, and near 0 under a lottery; and agrees with a slow reading."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations, product
from statistics import fmean

import numpy as np
import pytest

from simulator.indicators.panel import Panel
from simulator.indicators.rotation import LastWinnerPenalty, TurnTaking
from simulator.model.behaviour import Behaviour
from tests.indicators.lists import (
    MIXED_SIZES,
    TITLE,
    by_lot,
    by_merit,
    by_one_of,
    by_turn,
    in_strata,
    read_slowly,
    shuffled,
    untidy_list,
    write_list,
)
from tests.worlds import live, one_award, quota


def turn_taking(history):
    return TurnTaking(Panel(history)).values()["turn_taking_index"]


def penalty(history):
    return LastWinnerPenalty(Panel(history)).values()["last_winner_penalty"]


def stratum(candidate):
    return candidate.margin, candidate.is_leader, candidate.size_band


def slow_turn_taking(history):
    """TTI = (R̄_A − m̄_A) / (R̄_W − m̄_A), pair by pair of different people; of the left out where more than half are awarded."""
    candidates = read_slowly(history)

    def wait(candidate):
        return candidate.served_share if candidate.is_crowded else candidate.wait_share

    def turn(candidate):
        return candidate.left_out_by_turn if candidate.is_crowded else candidate.turn

    def question(candidate):
        return stratum(candidate), candidate.is_crowded

    awarded = [c for c in candidates if c.won != c.is_crowded]
    observed = fmean(wait(c) for c in awarded)
    longer = []
    for equals in in_strata(candidates, question).values():
        pairs = [(a, b) for a, b in combinations(equals, 2) if a.member != b.member]
        n_others = 2 * len(pairs) / len(equals)
        longer += [(int(a.won != a.is_crowded) - int(b.won != b.is_crowded)) * (wait(a) - wait(b)) / n_others for a, b in pairs]
    expected = observed - math.fsum(longer) / len(awarded)
    by_turns = math.fsum(turn(c) * wait(c) for c in candidates) / math.fsum(turn(c) for c in candidates)
    return (observed - expected) / (by_turns - expected)


def slow_penalty(history):
    """One minus the risk ratio of Mantel and Haenszel, stratum by stratum."""
    above, below = [], []
    for equals in in_strata(read_slowly(history), stratum).values():
        pairs = [(a, b) for a, b in product(equals, repeat=2) if a.waited == 0 and b.waited > 0 and a.member != b.member]
        above.append(sum(a.won for a, _ in pairs) / len(equals))
        below.append(sum(b.won for _, b in pairs) / len(equals))
    return 1 - math.fsum(above) / math.fsum(below)


LISTS = [
    *(untidy_list(seed) for seed in range(6)),
    untidy_list(7, with_ties=True),
    write_list([4, 9, 30, 55], 6, by_one_of(merit=0.5, turn=0.5)),
    write_list([20] * 5, 5, by_lot),
]


@pytest.mark.parametrize("history", LISTS)
def test_both_agree_with_the_slow_reading(history):
    assert turn_taking(history) == pytest.approx(slow_turn_taking(history), abs=1e-10)
    assert penalty(history) == pytest.approx(slow_penalty(history), abs=1e-10)


def year_alone(history, year):
    """Give the list up to a year, of which only that year is contested: the years before are memory."""
    kept = history.year <= year
    columns = {name: getattr(history, name) for name in ("year", "unit", "member", "role", "merit", "is_eligible", "tie", "post_rank")}
    of_rows = {name: None if column is None else column[kept] for name, column in columns.items()}
    return replace(history, **of_rows, awards={TITLE: history.is_awarded[kept]}, n_history_years=int((history.years < year).sum()))


@pytest.mark.parametrize("history", LISTS)
def test_the_course_agrees_with_the_slow_reading_of_each_year_alone(history):
    turns, penalties = (family(Panel(history)).course()[family.names[0]] for family in (TurnTaking, LastWinnerPenalty))
    alone = [year_alone(history, year) for year in history.judged_years]
    assert turns == pytest.approx([turn_taking(each) for each in alone], abs=1e-12, nan_ok=True)
    is_told = [math.isfinite(value) and value != 0 for value in turns]  # not where the rules leave nobody to ask of
    assert any(is_told)
    slow = [slow_turn_taking(each) for each, is_asked in zip(alone, is_told, strict=True) if is_asked]
    assert turns[is_told] == pytest.approx(slow, abs=1e-10)
    assert penalties == pytest.approx([penalty(each) for each in alone], abs=1e-12, nan_ok=True)


@pytest.mark.parametrize("history", LISTS[:3])
def test_the_order_of_rows_changes_nothing(history):
    assert turn_taking(shuffled(history)) == pytest.approx(turn_taking(history), abs=1e-12)
    assert penalty(shuffled(history)) == pytest.approx(penalty(history), abs=1e-12)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("sizes", [[20] * 10, MIXED_SIZES], ids=["units of 20", "units of 3 to 120"])
def test_perfect_merit_is_exactly_no_rotation(sizes, seed):
    history = write_list(sizes, 7, by_merit, seed=seed)
    assert turn_taking(history) == 0
    assert penalty(history) == 0
    assert TurnTaking(Panel(history)).course()["turn_taking_index"].tolist() == [0] * 5


@pytest.mark.parametrize(("sizes", "n_lists"), [([5, 8, 12, 20] * 4, 40), pytest.param([5, 8, 12, 20, 30] * 4, 300, marks=pytest.mark.deep)])
def test_a_lottery_among_few_people_who_stay_as_they_are_is_no_rotation(sizes, n_lists):
    """Strata then hold the same few people year after year; whoever wins waits shortest afterwards, and must not be compared with that."""
    lists = [write_list(sizes, 5, by_lot, seed=seed, merit=lambda member, _year: math.sin(member * member)) for seed in range(n_lists)]
    for indicator in (turn_taking, penalty):
        values = np.array([indicator(history) for history in lists])
        assert abs(values.mean()) < 3 * values.std(ddof=1) / np.sqrt(n_lists), indicator


@pytest.mark.parametrize(("size", "k"), [(4, 2), (6, 2), (9, 3), (20, 4), (20, 2), (12, 1)])
def test_strict_turns_are_exactly_one(size, k):
    history = write_list([size] * 6, 3 + 2 * size // k, by_turn, n_places=lambda _size: k)
    assert turn_taking(history) == pytest.approx(1, abs=1e-12)
    assert penalty(history) == 1


def test_strict_turns_are_one_from_the_first_year_judged():
    history = write_list([20] * 6, 3, by_turn, n_places=lambda _size: 4)
    assert turn_taking(history) == pytest.approx(1, abs=1e-12)
    assert penalty(history) == 1


@pytest.mark.parametrize(("size", "k"), [(4, 3), (6, 4), (9, 6), (20, 15), (20, 16)])
def test_where_most_are_awarded_strict_turns_of_being_left_out_are_exactly_one(size, k):
    """Model.md 00.7: with places for more than half, turns show in who is left out."""

    def all_but_whose_turn_it_is(line, n_places, luck):
        n_left_out, first = size - n_places, (line[0].year * (size - n_places)) % size
        out = {line[(first + i) % size].member for i in range(n_left_out)}
        return [person for person in line if person.member not in out]

    history = write_list([size] * 6, 12, all_but_whose_turn_it_is, n_places=lambda _size: k)
    assert turn_taking(history) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("k", [11, 15, 18])
def test_where_most_are_awarded_merit_and_a_lottery_are_no_turns(k):
    assert turn_taking(write_list([20] * 10, 7, by_merit, n_places=lambda _size: k)) == 0
    assert turn_taking(write_list([20] * 60, 12, by_lot, n_places=lambda _size: k)) == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize("k", [1, 3, 7])
def test_turns_of_being_left_out_read_as_turns_of_being_awarded_do(k):
    """The same list read in a mirror, the worst first: whoever was awarded is left out, so as much goes by turn."""
    history = write_list([20] * 10, 9, by_one_of(merit=0.6, turn=0.4), n_places=lambda _size: k)
    mirrored = replace(history, awards={TITLE: ~history.is_awarded}, merit=-history.merit)
    assert turn_taking(history) > 0.1
    assert turn_taking(mirrored) == pytest.approx(turn_taking(history), abs=1e-12)


def test_units_of_several_sizes_that_all_take_turns_are_still_one():
    history = write_list([4, 6, 10, 20, 40], 9, by_turn, n_places=lambda size: size // 2)
    assert turn_taking(history) == pytest.approx(1, abs=1e-12)
    assert penalty(history) == 1


@pytest.mark.parametrize("turnover", [0.08, 0.2])
def test_people_who_come_and_go_move_nothing(turnover):
    """Perfect merit stays exactly 0, strict turns stay 1, and a quarter of turns reads as it does among people who stay."""

    def found(turnover, **reasons):
        return turn_taking(live(one_award(quota(0.2)), Behaviour(turnover=turnover, **reasons), n_units=60, years=12))

    assert found(turnover) == 0
    assert found(turnover, turn_weight=1.0) == pytest.approx(1, abs=0.01)
    some = {"structure": "mixture", "turn_weight": 0.25, "rank_weight": 0.15, "lottery_weight": 0.1}
    assert found(turnover, **some) == pytest.approx(found(0.0, **some), abs=0.06)


def test_a_merger_of_units_moves_nothing():
    """From the fourth year on each two units are one; members keep their waits."""

    def merged(choose, **more):
        before, after = (write_list([size] * n, 6, choose, **more) for size, n in ((10, 12), (20, 6)))
        # The same 120 people, twelve units for three years, then six: each list is cut where the other takes over.
        is_before = before.year <= 2003
        assert (before.member == after.member).all()
        won = np.where(is_before, before.is_awarded, after.is_awarded)
        merit = np.where(is_before, before.merit, after.merit)
        return replace(before, unit=np.where(is_before, before.unit, 100 + after.unit), awards={TITLE: won}, merit=merit)

    assert turn_taking(merged(by_merit)) == 0
    assert penalty(merged(by_merit)) == 0


def test_a_lottery_reads_near_zero():
    """The standard deviation of TTI is about 0.7/√awards (model.md A.1); three of them, here .045."""
    history = write_list([20] * 70, 12, by_lot)
    n_awards = int(history.is_awarded[history.year > 2002].sum())
    assert n_awards == 2100
    assert turn_taking(history) == pytest.approx(0, abs=3 * 0.7 / math.sqrt(n_awards))
    assert penalty(history) == pytest.approx(0, abs=0.2)


def test_more_rotation_reads_higher():
    found = [turn_taking(write_list([20] * 40, 10, by_one_of(merit=1 - share, turn=share))) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    assert found == sorted(found)
    assert found[0] == 0
    assert found[-1] == pytest.approx(1, abs=1e-12)


def test_leaders_who_always_win_are_not_taken_for_the_opposite_of_rotation():
    """Conditioned on the role; without it, posts alone read about −.27."""

    def leaders_first(line, n_places, luck):
        return sorted(line, key=lambda person: (person.role < 2, -person.merit))[:n_places]

    history = write_list([20] * 20, 8, leaders_first)
    assert turn_taking(history) == pytest.approx(0, abs=1e-9)


def test_a_list_in_which_last_years_winners_always_win_again_is_the_same_people():
    """Lasting merit that nobody sees: the same people win whatever they deserve, which is the opposite of turns."""
    history = write_list([20] * 10, 6, lambda line, k, luck: line[-k:])
    assert turn_taking(history) < -0.5
    assert math.isnan(penalty(history))  # their risk is infinitely many times that of the others, who never win


def test_last_years_winners_who_win_more_often_are_penalised_less_than_not_at_all():
    def mostly_the_same(line, n_places, luck):
        return by_lot(line, n_places, luck) if luck.random() < 0.2 else line[-n_places:]

    assert penalty(write_list([20] * 40, 8, mostly_the_same)) < -2


def test_it_is_undefined_when_everybody_waited_alike():
    """A first award after two years without any: all have waited as long, so no order can show."""

    def nobody_then_somebody(line, n_places, luck):
        return line[:1] if line[0].year == 2003 else []

    history = write_list([5] * 4, 3, nobody_then_somebody)
    assert math.isnan(turn_taking(history))
    assert math.isnan(penalty(history))


def test_shifting_all_years_changes_nothing():
    history = untidy_list(2)
    assert turn_taking(replace(history, year=history.year + 100)) == turn_taking(history)


def test_another_scale_of_merit_changes_nothing():
    history = untidy_list(2)
    rescaled = replace(history, merit=np.exp(history.merit / 3) * 1000)
    assert turn_taking(rescaled) == turn_taking(history)
    assert penalty(rescaled) == penalty(history)


def test_an_interval_of_the_penalty_rests_on_the_units_with_recent_winners_among_the_candidates():
    """In all units but three nobody who won last year is a candidate any more."""
    history = write_list([10] * 25, 6, by_lot)
    won_last_year = {(int(m), int(y) + 1) for m, y in zip(history.member[history.is_awarded], history.year[history.is_awarded], strict=True)}
    has_won = np.array([(int(m), int(y)) in won_last_year for m, y in zip(history.member, history.year, strict=True)])
    family = LastWinnerPenalty(Panel(replace(history, is_eligible=~has_won | (history.unit < 3))))
    assert np.flatnonzero(family.takes_part(family.components("unit"))["last_winner_penalty"]).tolist() == [0, 1, 2]
    everybody = LastWinnerPenalty(Panel(history))
    assert everybody.takes_part(everybody.components("unit"))["last_winner_penalty"].sum() == 25
