"""The ratchet is 1 when the next award is always higher, −1 when always lower, 0 when a history reads alike backwards; each track has steps of its own."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from simulator.history import History, OutsideTheRound, Track
from simulator.indicators.family import TOO_FEW_YEARS
from simulator.indicators.ratchet import NO_LEVELS, RatchetIndex, steps_of
from tests.indicators.full_lists import LETTER, MEDAL, assert_adds_up, assert_names_do_not_matter, full_list, panel_of, reason, values_of
from tests.indicators.lists import TITLE, take

LEVELS = {"one": 1, "two": 2, "three": 3, "four": 4}


def ratchet(history):
    return values_of(RatchetIndex, history)["ratchet_index"]


def steps_by_row(history):
    """Give the change of level in each row, that of all tracks together."""
    steps = steps_of(history)
    return np.bincount(steps.row, steps.change, len(history.year)).astype(int).tolist()


def careers_of(*careers, years=None, **more):
    """Make a history of careers: for each member the level of each year, 0 for none; two members to a unit."""
    n_years = len(careers[0])
    level = np.array(careers).T.reshape(-1)
    member = np.tile(np.arange(len(careers)), n_years)
    return History(
        year=np.repeat(np.array(years or range(2001, 2001 + n_years)), len(careers)),
        unit=member // 2,
        member=member,
        role=np.zeros(len(member), np.int8),
        focus_award="one",
        awards={award: level == of_award for award, of_award in LEVELS.items()},
        award_levels=LEVELS,
        n_history_years=0,
        **more,
    )


def test_always_one_step_up_is_one_and_always_down_minus_one():
    assert ratchet(careers_of((1, 2, 3, 4), (0, 1, 0, 2), (0, 0, 0, 1))) == 1
    assert ratchet(careers_of((4, 3, 2, 1), (3, 0, 0, 1))) == -1


def test_a_list_that_reads_alike_backwards_is_zero():
    assert ratchet(careers_of((1, 3, 3, 1), (2, 0, 4, 2), (1, 2, 3, 4), (4, 3, 2, 1))) == 0


@pytest.mark.parametrize("seed", range(3))
def test_reading_the_years_backwards_turns_the_sign(seed):
    careers = np.random.default_rng(seed).integers(0, 5, (40, 8))
    forwards, backwards = (ratchet(careers_of(*(tuple(career[::step]) for career in careers))) for step in (1, -1))
    assert forwards == -backwards


def test_merit_as_likely_to_rise_as_to_fall_is_zero_without_a_ladder():
    """An AR(1) course of merit is reversible, and awards at fixed bars follow it; found within four standard errors of 1/√changes."""
    luck = np.random.default_rng(1)
    merit = [luck.normal(size=3000)]
    for _ in range(9):
        merit.append(0.6 * merit[-1] + 0.8 * luck.normal(size=3000))
    levels = np.digitize(np.array(merit).T, [0.5, 1.0, 1.5, 2.0])
    history = careers_of(*map(tuple, levels))
    n_changes = len(steps_of(history).row)
    assert n_changes > 3500
    assert ratchet(history) == pytest.approx(0, abs=4 / math.sqrt(n_changes))


def test_a_ladder_of_consecutive_awards_holds_it_above_zero_under_merit_alone():
    """Two lower awards in a row open the higher one: nobody starts at the top, so the first change is a step up."""
    assert ratchet(careers_of((1, 1, 2, 1, 1, 2), (1, 1, 2, 0, 0, 0))) == pytest.approx((3 - 1) / (3 + 1))


def test_only_changes_count_and_only_the_highest_award_of_a_year():
    assert ratchet(careers_of((1, 1, 1, 2), (0, 2, 2, 2))) == 1
    history = careers_of((1, 2, 3), (0, 0, 0))
    nested = replace(history, awards={**history.awards, "one": history.member == 0})
    assert ratchet(nested) == 1
    assert steps_by_row(nested) == steps_by_row(history) == [0, 0, 1, 0, 1, 0]


def test_a_missing_year_breaks_the_sequence():
    careers = ((1, 1, 3, 2), (1, 2, 1, 1))
    assert steps_by_row(careers_of(*careers, years=[2001, 2002, 2004, 2005])) == [0, 0, 0, 1, 0, 0, -1, 0]
    assert steps_by_row(careers_of(*careers)) == [0, 0, 0, 1, 2, -1, -1, 0]


def test_awards_without_a_level_stand_on_no_ladder():
    history = full_list(1)
    assert LETTER not in history.award_levels
    without = replace(history, awards={TITLE: history.awards[TITLE], MEDAL: history.awards[MEDAL]})
    assert ratchet(history) == ratchet(without)


def outside_the_round(history, *times):
    """Give awards outside the yearly round: (year, member, award, track, day, whether the round gave it too), and mark their rows as awarded."""
    awards = {award: given.copy() for award, given in history.awards.items()}
    listed = {}
    for year, member, award, *time in times:
        (row,) = np.flatnonzero((history.year == year) & (history.member == member))
        awards[award][row] = True
        listed.setdefault(award, []).append((row, *time))
    kinds = (np.int64, np.int64, np.float64, np.bool_)
    outside = {
        award: OutsideTheRound(*(np.array(column, dtype=kind) for column, kind in zip(zip(*rows, strict=True), kinds, strict=True)))
        for award, rows in listed.items()
    }
    return replace(history, awards=awards, outside=outside)


def beside(history):
    return panel_of(RatchetIndex, history).beside().get("ratchet_index")


def test_a_next_award_is_the_next_on_the_same_track():
    """Up in the yearly round and down ad hoc: all together as often up as down, and neither is a step of the other."""
    history = outside_the_round(
        careers_of((1, 0, 2), (0, 0, 0)),
        *[(2001 + year, 0, award, Track.AD_HOC, math.nan, False) for year, award in enumerate(["four", "three"])],
    )
    assert [column.tolist() for column in steps_of(history)] == [[4, 2], [Track.ANNUAL, Track.AD_HOC], [1, -1]]
    assert ratchet(history) == 0
    assert beside(history) == pytest.approx({"annual": 1, "ad_hoc": -1, "thematic": math.nan}, nan_ok=True)
    assert panel_of(RatchetIndex, history).components("unit").tolist() == [[1, 0, 0, 0, 1, 0]]
    together = replace(history, outside={})
    assert [column.tolist() for column in steps_of(together)] == [[2, 4], [Track.ANNUAL] * 2, [-1, -1]]
    assert beside(together) is None


def test_ad_hoc_and_thematic_awards_are_two_tracks():
    times = [(2001, 0, "one", Track.AD_HOC, math.nan, False), (2002, 0, "two", Track.THEMATIC, math.nan, False)]
    assert len(steps_of(outside_the_round(careers_of((0, 0)), *times)).row) == 0
    assert len(steps_of(outside_the_round(careers_of((0, 0)), times[0], (2002, 0, "two", Track.AD_HOC, math.nan, False))).row) == 1


@pytest.mark.parametrize(("is_in_round_too", "steps"), [(False, [1]), (True, [1, 1])])
def test_what_the_round_gave_as_well_counts_on_both_tracks(is_in_round_too, steps):
    history = careers_of((1, 0), (0, 0))
    times = [(2001, 0, "one", Track.THEMATIC, math.nan, False), (2002, 0, "two", Track.THEMATIC, math.nan, is_in_round_too)]
    found = outside_the_round(history, *times)
    found = replace(found, outside={**found.outside, "one": replace(found.outside["one"], is_in_round_too=np.array([True]))})
    assert steps_of(found).change.tolist() == steps


@pytest.mark.parametrize(
    ("days", "changes"),
    [
        ((24012.5, 24013.5), [2, -2, 1]),  # 1 → 3 → 1 → 2, as their days say
        ((24013.5, 24012.5), [2, -1]),  # 1 → 1 → 3 → 2: one and one again is no change
        ((24013.5, 24013.5), [2, -1]),  # one day is one step, the highest
        ((24013.5, math.nan), [2, -1]),  # a day that is not known leaves the year without an order
    ],
)
def test_decisions_of_a_year_follow_one_another_by_their_days(days, changes):
    history = outside_the_round(
        careers_of((0, 0, 0)),
        (2001, 0, "one", Track.AD_HOC, 24002.0, False),
        (2002, 0, "three", Track.AD_HOC, days[0], False),
        (2002, 0, "one", Track.AD_HOC, days[1], False),
        (2003, 0, "two", Track.AD_HOC, math.nan, False),
    )
    assert steps_of(history).change.tolist() == changes


def slow_ratchet(history, first_judged):
    """Walk along each member's awards, track by track and year by year."""
    up = down = 0
    years = sorted(set(history.year.tolist()))
    for member in set(history.member.tolist()):
        for track in Track:
            last, last_year = 0, None
            for year in years:
                if last_year is not None and year - last_year > 1:
                    last = 0
                last_year = year
                for level in slow_levels(history, member, year, track):
                    if last and year in years[first_judged:]:
                        up, down = up + (level > last), down + (level < last)
                    last = level
    return (up - down) / (up + down)


def slow_levels(history, member, year, track):
    """List the levels of one member, year and track in the order in which they came."""
    rows = np.flatnonzero((history.member == member) & (history.year == year)).tolist()
    by_day = {}
    for award, level in history.award_levels.items():
        times = history.outside.get(award)
        mine = [i for i, row in enumerate(times.row.tolist()) if row in rows] if times else []
        if track == Track.ANNUAL and rows and history.awards[award][rows[0]] and (not mine or any(times.is_in_round_too[i] for i in mine)):
            by_day[0.0] = max(by_day.get(0.0, 0), level)
        for i in mine:
            if times.track[i] == track:
                day = float(times.decided_at[i])
                key = math.inf if math.isnan(day) else day
                by_day[key] = max(by_day.get(key, 0), level)
    return [max(by_day.values())] if math.inf in by_day else [by_day[day] for day in sorted(by_day)]


def on_tracks(history, seed):
    """Let some awards come outside the round, some of them twice a year, on days of which some are not known."""
    luck = np.random.default_rng(seed)
    outside = {}
    for award in (TITLE, MEDAL):
        given = np.flatnonzero(history.awards[award])
        rows = np.repeat(given, luck.choice([0, 1, 2], len(given), p=[0.4, 0.4, 0.2]))
        too = luck.random(len(history.year)) < 0.3  # the same for all times of a row
        days = np.where(luck.random(len(rows)) < 0.2, np.nan, luck.integers(0, 4, len(rows)).astype(float))
        outside[award] = OutsideTheRound(rows, luck.integers(1, 3, len(rows)), days, too[rows])
    return replace(history, outside=outside)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("n_history_years", [0, 3])
@pytest.mark.parametrize("has_tracks", [False, True])
def test_it_agrees_with_the_slow_reading(seed, n_history_years, has_tracks):
    history = replace(full_list(seed), n_history_years=n_history_years)
    history = on_tracks(history, seed) if has_tracks else history
    assert ratchet(history) == pytest.approx(slow_ratchet(history, max(n_history_years, 1)))


@pytest.mark.parametrize("seed", range(3))
def test_levels_of_one_award_are_followed_as_levels_of_several_are(seed):
    """The same careers, told as one award at two levels instead of as two awards."""
    apart = on_tracks(full_list(seed), seed)
    levels = {award: apart.award_levels[award] for award in (TITLE, MEDAL)}
    in_round = np.max([level * apart.in_the_round(award) for award, level in levels.items()], axis=0)
    times = [(apart.outside[award], level) for award, level in levels.items()]
    outside = OutsideTheRound(
        *(np.concatenate([getattr(of, name) for of, _ in times]) for name in ("row", "track", "decided_at")),
        is_in_round_too=np.concatenate([in_round[of.row] > 0 for of, _ in times]),
        level=np.concatenate([np.full(len(of.row), level) for of, level in times]),
    )
    awards = {TITLE: apart.awards[TITLE] | apart.awards[MEDAL]}
    together = replace(apart, awards=awards, award_levels={}, row_levels={TITLE: in_round}, outside={TITLE: outside})
    assert [column.tolist() for column in steps_of(together)] == [column.tolist() for column in steps_of(apart)]
    assert ratchet(together) == ratchet(apart)
    unknown = replace(together, outside={TITLE: replace(outside, level=np.zeros_like(outside.level))})
    assert {*steps_of(unknown).track.tolist()} == {Track.ANNUAL}


def test_the_step_counts_in_the_unit_where_the_next_award_comes():
    history = careers_of((1, 2), (0, 0), (0, 0))
    moved = replace(history, unit=np.where((history.member == 0) & (history.year == 2002), 1, history.unit))
    assert panel_of(RatchetIndex, moved).components("unit").tolist() == [[0] * 6, [1, 0, 0, 0, 0, 0]]


@pytest.mark.parametrize("seed", range(3))
def test_units_add_up_and_names_do_not_matter(seed):
    assert_adds_up(RatchetIndex, full_list(seed))
    assert_adds_up(RatchetIndex, on_tracks(full_list(seed), seed))
    assert_names_do_not_matter(RatchetIndex, full_list(seed))
    assert_names_do_not_matter(RatchetIndex, on_tracks(full_list(seed), seed))


def test_what_is_not_known_is_said():
    history = careers_of((1, 2), (1, 2))
    assert reason(RatchetIndex, history) is None
    assert reason(RatchetIndex, replace(history, award_levels={})) == NO_LEVELS
    assert reason(RatchetIndex, replace(history, award_levels={"medal": 3})) == NO_LEVELS
    assert reason(RatchetIndex, take(history, history.year == 2001)) == TOO_FEW_YEARS
    assert math.isnan(ratchet(careers_of((1, 1), (2, 2))))
