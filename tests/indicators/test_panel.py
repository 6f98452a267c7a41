"""The panel sees in every candidate what a slow reader sees."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.indicators.panel import AT_THE_CUT, N_MARGIN_BINS, Panel
from tests.indicators.lists import by_lot, list_of, read_slowly, take, untidy_list, write_list

LISTS = [
    *(pytest.param(untidy_list(seed), id=f"untidy {seed}") for seed in range(4)),
    *(pytest.param(untidy_list(seed, with_ties=True), id=f"ties broken {seed}") for seed in range(2)),
    pytest.param(untidy_list(9, with_eligibility=False, with_gaps=False), id="no gaps"),
    pytest.param(write_list([1, 2, 3, 40, 90], 4, by_lot), id="tidy"),
]


@pytest.fixture(params=LISTS)
def history(request):
    return request.param


def test_the_panel_holds_the_candidates_of_contested_unit_years_and_nobody_else(history):
    panel, slow = Panel(history), read_slowly(history)
    assert sorted(panel.rows.tolist()) == [candidate.row for candidate in slow]
    assert panel.n_rows == len(slow) > 0


def test_members_listed_are_counted_for_each_unit_and_year(history):
    found = Panel(history).n_listed.reshape(len(history.years), history.n_units)
    listed = list(zip(history.year.tolist(), history.unit.tolist(), strict=True))
    expected = [[listed.count((year, unit)) for unit in np.unique(history.unit).tolist()] for year in history.years.tolist()]
    assert found.tolist() == expected


def test_every_column_agrees_with_the_slow_reading(history):
    panel = Panel(history)
    slow = {candidate.row: candidate for candidate in read_slowly(history)}
    read = [slow[row] for row in panel.rows.tolist()]
    assert panel.n_candidates.tolist() == [candidate.n for candidate in read]
    assert panel.n_awards.tolist() == [candidate.k for candidate in read]
    assert panel.share_awarded.tolist() == [candidate.p for candidate in read]
    assert panel.is_awarded.tolist() == [candidate.won for candidate in read]
    assert panel.is_leader.tolist() == [candidate.is_leader for candidate in read]
    assert panel.waiting.tolist() == [candidate.waited for candidate in read]
    assert panel.size_band.tolist() == [candidate.size_band for candidate in read]
    for name, of_slow in (("waiting_share", "wait_share"), ("deserving", "deserving"), ("turn", "turn"), ("post", "post")):
        assert getattr(panel, name) == pytest.approx(np.array([getattr(candidate, of_slow) for candidate in read]), abs=1e-12)


def test_margin_bins_are_those_of_the_slow_reading(history):
    """Bins run from far inside to far outside; whoever shares the last place stands in a bin of its own."""
    panel = Panel(history)
    slow = {candidate.row: candidate.margin for candidate in read_slowly(history)}
    middle = (N_MARGIN_BINS - 1) // 2
    expected = {"in": lambda step: middle - 1 - step, "out": lambda step: middle + step, "cut": lambda _step: AT_THE_CUT}
    found = dict(zip(panel.rows.tolist(), panel.margin_bin.tolist(), strict=True))
    assert found == {row: expected[side](step) for row, (side, step) in slow.items()}


def test_no_stratum_mixes_the_deserving_with_others(history):
    panel = Panel(history)
    for margin_bin in range(N_MARGIN_BINS):
        inside = panel.deserving[panel.margin_bin == margin_bin]
        assert len(set(inside.tolist())) <= 1 or margin_bin == AT_THE_CUT


def test_as_many_deserve_and_wait_and_lead_the_line_as_were_awarded(history):
    panel = Panel(history)
    cell = np.unique(np.stack([history.year[panel.rows], history.unit[panel.rows]]), axis=1, return_inverse=True)[1].reshape(-1)
    n_awarded = np.bincount(cell, weights=panel.is_awarded)
    for share in (panel.deserving, panel.turn, panel.post):
        assert np.bincount(cell, weights=share) == pytest.approx(n_awarded)


def in_line(n, k):
    """Give the panel of a unit in which the first k of n are awarded, and deserve it in that order."""
    return Panel(list_of([(year, 0, member, 0, -float(member), member < k) for year in range(2000, 2003) for member in range(n)]))


@pytest.mark.parametrize(
    ("n", "band"),
    [
        (n, band)
        for band, ends in enumerate([(2, 5), (6, 7), (8, 10), (11, 14), (15, 20), (21, 30), (31, 40), (41, 60), (61, 80), (81, 120), (121, 500)])
        for n in ends
    ],
)
def test_bands_of_size_are_those_of_the_definition(n, band):
    assert set(in_line(n, 1).size_band.tolist()) == {band}


def test_steps_from_the_cut_are_those_of_the_definition():
    """1 to 4 alone, then 5 and 6, 7 to 9, 10 to 13, 14 to 19, 20 to 27, 28 to 39, 40 to 59, and further, on either side."""
    lengths = [1, 1, 1, 1, 2, 3, 4, 6, 8, 12, 20, 11]
    steps = [step for step, length in enumerate(lengths) for _ in range(length)]
    assert in_line(140, 70).margin_bin.tolist() == [11 - step for step in reversed(steps)] + [12 + step for step in steps]


def test_strata_are_the_pairs_of_margin_and_size_that_occur(history):
    panel = Panel(history)
    pairs = list(zip(panel.margin_bin.tolist(), panel.size_band.tolist(), strict=True))
    assert len(set(pairs)) == panel.n_strata == len(set(panel.stratum.tolist()))
    assert len(set(zip(pairs, panel.stratum.tolist(), strict=True))) == panel.n_strata
    assert panel.stratum.max(initial=-1) == panel.n_strata - 1


# --- the wait ------------------------------------------------------------------------------------------------------------------


def waits_of(years_won, years):
    """Give the wait of member 0 in each judged year, in a unit where member 1 always wins."""
    rows = [(year, 0, member, 0, float(member), member == 1 or (member == 0 and year in years_won)) for year in years for member in range(3)]
    history = list_of(rows)
    panel = Panel(history)
    return {int(history.year[row]): int(wait) for row, wait in zip(panel.rows, panel.waiting, strict=True) if history.member[row] == 0}


def test_the_wait_is_counted_over_two_years_and_capped():
    assert waits_of({2001}, range(2000, 2006)) == {2002: 0, 2003: 1, 2004: 2, 2005: 2}


def test_a_year_of_winning_starts_the_wait_anew():
    assert waits_of({2000, 2001, 2003}, range(2000, 2006)) == {2002: 0, 2003: 1, 2004: 0, 2005: 1}


def test_a_missing_year_breaks_the_wait():
    """Nobody knows who won in 2003; the last list is not last year's."""
    assert waits_of({2002}, [2000, 2001, 2002, 2004, 2005]) == {2002: 2, 2004: 1, 2005: 2}
    assert waits_of({2002}, [2000, 2001, 2002, 2005]) == {2002: 2, 2005: 2}


def test_a_win_in_another_unit_counts():
    rows = [(2000, 0, 1, 0, 1.0, True), (2000, 0, 2, 0, 0.0, False), (2001, 0, 1, 0, 1.0, False), (2001, 0, 2, 0, 0.0, False)]
    rows += [(2002, 1, 1, 0, 1.0, False), (2002, 1, 3, 0, 0.0, True)]
    assert Panel(list_of(rows)).waiting.tolist() == [1, 2]


def test_newcomers_and_people_on_leave_have_waited_as_long_as_anybody_who_won_nothing_lately():
    rows = [(year, 0, member, 0, float(member), member == 1) for year in range(2000, 2007) for member in (1, 2)]
    rows += [(year, 0, 3, 0, 3.0, False) for year in (2003, 2004, 2006)]
    history = list_of(rows)
    panel = Panel(history)
    waits = {int(history.year[row]): int(wait) for row, wait in zip(panel.rows, panel.waiting, strict=True) if history.member[row] == 3}
    assert waits == {2003: 2, 2004: 2, 2006: 2}
    assert (panel.won_last_year == (panel.waiting == 0)).all()


def test_who_was_no_candidate_was_not_left_out():
    """Where most are awarded: 0 left out last year, 1 two years ago, 2 neither; the ineligible were not in the line."""
    won = {2000: (0, 1), 2001: (1, 2), 2002: (0, 2), 2003: (0, 1)}
    rows = [(year, 0, member, 0, float(member), member in winners) for year, winners in won.items() for member in range(3)]
    history = replace(list_of(rows), is_eligible=np.array([(row[0], row[2]) != (2001, 0) for row in rows]))
    panel = Panel(history)
    assert panel.is_crowded.all()
    assert panel.served.tolist() == [2, 2, 1, 2, 0, 2]
    assert Panel(history, is_of_everybody=True).served.tolist() == [0, 2, 1, 1, 0, 2]


# --- the post -------------------------------------------------------------------------------------------------------------------


def test_ranks_of_posts_stand_for_roles_where_they_are_known():
    rows = [(year, 0, member, member % 4, float(member), member < 2) for year in range(2000, 2003) for member in range(6)]
    history = replace(list_of(rows), post_rank=np.array([3, 1, 2, 2, 900, 0] * 3))
    assert Panel(history).post.tolist() == [0, 1, 0.5, 0.5, 0, 0]
    assert Panel(replace(history, post_rank=np.array([0, 0, 0, 7, 0, 0] * 3))).post.tolist() == [0.2, 0.2, 0.2, 1, 0.2, 0.2]


def test_ranks_of_posts_that_say_what_roles_say_change_nothing(history):
    ranked = replace(history, post_rank=5 - history.role.astype(np.int64))
    assert (Panel(ranked).post == Panel(history).post).all()


# --- who is left out ---------------------------------------------------------------------------------------------------------------


def test_units_in_which_nobody_or_everybody_was_awarded_are_left_out():
    rows = [
        (year, unit, 3 * unit + i, 0, float(i), unit == 1 or (unit == 2 and i == 0))
        for year in range(2000, 2004)
        for unit in range(3)
        for i in range(3)
    ]
    history = list_of(rows)
    panel = Panel(history)
    assert set(history.unit[panel.rows].tolist()) == {2}
    assert set(history.year[panel.rows].tolist()) == {2002, 2003}


def test_the_ineligible_neither_compete_nor_take_places():
    rows = [(year, 0, member, 0, float(member), member == 0) for year in range(2000, 2003) for member in range(4)]
    history = replace(list_of(rows), is_eligible=np.array([member != 3 for _ in range(3) for member in range(4)]))
    panel = Panel(history)
    assert panel.n_candidates.tolist() == [3, 3, 3]
    assert panel.deserving.tolist() == [0, 0, 1]


def test_a_list_without_anybody_has_no_rows():
    history = take(write_list([5], 3, by_lot), np.zeros(0, dtype=np.int64))
    panel = Panel(history)
    assert (panel.n_rows, panel.n_units) == (0, 0)


# --- adding up ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["all", "unit", "year"])
def test_groups_add_up_to_the_same_total(history, by):
    panel = Panel(history)
    group = panel.grouping(by)
    total = group.add_up(panel.waiting_share, cell=panel.margin_bin, n_cells=N_MARGIN_BINS)
    assert total.shape == (group.n_groups, N_MARGIN_BINS)
    expected = [panel.waiting_share[panel.margin_bin == cell].sum() for cell in range(N_MARGIN_BINS)]
    assert total.sum(axis=0) == pytest.approx(np.array(expected))


def test_years_are_grouped_in_their_order(history):
    panel = Panel(history)
    judged = history.judged_years.tolist()
    assert panel.grouping("year").label.tolist() == [judged.index(year) for year in history.year[panel.rows].tolist()]
    everybody = panel.grouping_of_history("year")
    expected = [judged.index(year) if year in judged else 0 for year in history.year.tolist()]
    assert everybody.label.tolist() == expected
    assert everybody.n_groups == len(judged)
