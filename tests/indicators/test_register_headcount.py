"""Lists of winners only, with head-counts."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pytest

from simulator.errors import InputError
from simulator.indicators.family import MERIT_OF_WINNERS
from simulator.indicators.measurement import MEMBERS_UNNAMED, ROLES_JOINED, measure
from simulator.indicators.register import read_register
from simulator.indicators.unnamed_bounds import MEMBERS_UNKNOWN


def files(tmp_path, winners, counts):
    register, heads = tmp_path / "winners.csv", tmp_path / "heads.csv"
    register.write_text("\n".join(["year,unit_id,member_id,role,award", *winners]) + "\n", encoding="utf-8")
    heads.write_text("\n".join(["year,unit_id,role,n_members", *counts]) + "\n", encoding="utf-8")
    return register, heads


def codes(tmp_path, winners, counts):
    register, heads = files(tmp_path, winners, counts)
    with pytest.raises(InputError) as caught:
        read_register(register, headcount=heads)
    return [(finding.code, finding.line) for finding in caught.value.findings]


def test_everybody_counted_has_a_row_and_winners_keep_theirs(tmp_path):
    winners = ["2020,u,a,direct,x", "2022,u,a,direct,x", "2022,u,b,head,x"]
    counts = [f"{year},u,{role},{n}" for year in (2020, 2021, 2022) for role, n in (("direct", 3), ("head", 1))]
    register, heads = files(tmp_path, winners, counts)
    history = read_register(register, headcount=heads)
    assert Counter(zip(history.year.tolist(), history.role.tolist(), strict=True)) == {(year, 0): 3 for year in (2020, 2021, 2022)} | {
        (year, 3): 1 for year in (2020, 2021, 2022)
    }
    assert len(np.unique(history.member)) == 4
    assert sorted(history.year[history.member == 0].tolist()) == [2020, 2021, 2022]
    assert history.is_awarded.sum() == 3


def test_the_years_nearest_to_an_award_are_filled_first(tmp_path):
    """One seat, two winners: in between, it belongs to the one who won less long ago or sooner."""
    winners = ["2020,u,a,head,x", "2025,u,b,head,x"]
    register, heads = files(tmp_path, winners, [f"{year},u,head,1" for year in range(2020, 2026)])
    history = read_register(register, headcount=heads)
    by_year = dict(zip(history.year.tolist(), history.member.tolist(), strict=True))
    assert [by_year[year] for year in range(2020, 2026)] == [0, 0, 0, 1, 1, 1]


def test_a_list_of_winners_says_of_repeats_what_the_whole_list_says(tmp_path):
    luck = np.random.default_rng(1)
    whole, winners = [], []
    for year in range(2015, 2025):
        for unit in range(30):
            won = {unit % 6, (unit + year) % 6} if luck.random() < 0.5 else {luck.integers(6)}
            rows = [f"{year},u{unit},u{unit}-{member},direct,{'x' if member in won else ''}" for member in range(6)]
            whole += rows
            winners += [row for row in rows if row.endswith("x")]
    path = tmp_path / "whole.csv"
    path.write_text("\n".join(["year,unit_id,member_id,role,award", *whole]) + "\n", encoding="utf-8")
    register, heads = files(tmp_path, winners, [f"{year},u{unit},direct,6" for year in range(2015, 2025) for unit in range(30)])
    of_whole, of_winners = measure(read_register(path)).indicators, measure(read_register(register, headcount=heads)).indicators
    for name in ("award_rate", "effective_winners", "direct_worker_share"):
        assert of_winners[name].value == pytest.approx(of_whole[name].value, abs=1e-9), name
    for name in ("repeat_deficit", "five_year_coverage"):
        assert of_winners[name].low - 1e-9 <= of_whole[name].value <= of_winners[name].high + 1e-9, name


def lottery_with_turnover(seed, *, turnover=0.08, n_units=40, size=10, n_places=2):
    """Draw two of ten every year while people come and go: the rows of the whole list, those of the winners, and the head-counts."""
    luck = random.Random(seed)  # noqa: S311 - the luck of a test is no secret
    seats = [[f"m{unit}-{seat}" for seat in range(size)] for unit in range(n_units)]
    whole, counts = [], []
    for year in range(2015, 2023):
        for unit, people in enumerate(seats):
            for seat in range(size):
                if year > 2015 and luck.random() < turnover:
                    people[seat] = f"n{year}-{unit}-{seat}"
            won = set(luck.sample(range(size), n_places))
            whole += [f"{year},u{unit},{who},{'direct' if seat else 'head'},{'x' if seat in won else ''}" for seat, who in enumerate(people)]
            counts += [f"{year},u{unit},head,1", f"{year},u{unit},direct,{size - 1}"]
    return whole, [row for row in whole if row.endswith("x")], counts


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_a_lottery_among_people_who_come_and_go_is_not_made_to_look_like_anything_else(tmp_path, seed):
    """Placebo: the whole list reads 1 (three standard errors are .18); the winners alone read a range that holds the whole list's value, or nothing."""
    whole, winners, counts = lottery_with_turnover(seed)
    path = tmp_path / "whole.csv"
    path.write_text("\n".join(["year,unit_id,member_id,role,award", *whole]) + "\n", encoding="utf-8")
    register, heads = files(tmp_path, winners, counts)
    of_whole, of_winners = measure(read_register(path)).indicators, measure(read_register(register, headcount=heads)).indicators
    assert of_whole["win_dispersion"].value == pytest.approx(1, abs=0.18)
    for name in ("repeat_deficit", "win_dispersion", "five_year_coverage", "gini"):
        found = of_winners[name]
        assert (found.value, found.caveat, found.method, found.beside) == (None, MEMBERS_UNKNOWN, None, {}), name
    for name in ("repeat_deficit", "five_year_coverage"):
        assert of_winners[name].low <= of_whole[name].value <= of_winners[name].high
    assert of_winners["effective_winners"].value == pytest.approx(of_whole["effective_winners"].value)
    assert (of_winners["win_dispersion"].low, of_winners["gini"].low) == (None, None)


def test_what_a_headcount_cannot_be_is_named(tmp_path):
    winners = ["2020,u,a,direct,x", "2021,u,a,direct,x"]
    assert codes(tmp_path, winners, ["2020,u,direct,3"]) == [("RG422", 1)]
    assert codes(tmp_path, winners, ["2020,u,direct,3", "2021,u,direct,0"]) == [("RG411", 3)]
    assert codes(tmp_path, winners, ["2020,u,direct,3", "2021,u,direct,2", "2021,u,direct,2"]) == [("RG407", 4)]
    assert codes(tmp_path, winners, ["2020,u,boss,3", "2021,u,direct,x"]) == [("RG405", 2), ("RG405", 3)]


COUNTS = [
    f"{year},u{unit},{role},{n}"
    for year in range(2015, 2021)
    for unit in range(8)
    for role, n in zip(("direct", "staff", "deputy", "head"), (4, 3, 2, 1), strict=True)
]
WINNERS = [f"{year},u{unit},u{unit}-{year % 3},{('head', 'direct', 'staff')[year % 3]},x" for year in range(2015, 2021) for unit in range(8)]


def of_leaders(rows):
    """Tell only who leads, instead of roles."""
    return [
        ",".join(("1" if word in {"deputy", "head"} else "0") if word in {"direct", "staff", "deputy", "head"} else word for word in row.split(","))
        for row in rows
    ]


def both(tmp_path, winners, counts, *, winners_lead=False, counts_lead=False):
    register, heads = files(tmp_path, of_leaders(winners) if winners_lead else winners, counts)
    for path, leads in ((register, winners_lead), (heads, counts_lead)):
        if leads:
            path.write_text(path.read_text(encoding="utf-8").replace("role", "is_leader", 1), encoding="utf-8")
    return read_register(register, headcount=heads)


def test_only_who_leads_is_told_where_one_of_the_files_tells_no_more(tmp_path):
    joined_counts = [f"{year},u{unit},{leads},{n}" for year in range(2015, 2021) for unit in range(8) for leads, n in ((0, 7), (1, 3))]
    lists = [
        both(tmp_path, WINNERS, COUNTS, winners_lead=True),
        both(tmp_path, WINNERS, joined_counts, counts_lead=True),
        both(tmp_path, WINNERS, joined_counts, winners_lead=True, counts_lead=True),
    ]
    of_roles = measure(both(tmp_path, WINNERS, COUNTS))
    assert of_roles.caveats == (MEMBERS_UNNAMED,)
    for history in lists:
        found = measure(history)
        assert Counter(history.role.tolist()) == {1: 7 * 48, 2: 3 * 48}
        assert found.caveats == (ROLES_JOINED, MEMBERS_UNNAMED)
        assert found.indicators["leader_share"].value == of_roles.indicators["leader_share"].value == pytest.approx(1 / 3)
        assert (found.n_awards, found.indicators["award_rate"].value) == (48, pytest.approx(0.1))
        assert found.indicators["direct_worker_share"].value is None


def test_more_winners_than_seats_of_two_joined_roles_is_one_finding(tmp_path):
    winners = [f"2020,u,{who},direct,x" for who in "abc"]
    with pytest.raises(InputError) as caught:
        both(tmp_path, winners, ["2020,u,head,9", "2020,u,direct,1", "2020,u,staff,1"], winners_lead=True)
    assert [(finding.code, finding.line) for finding in caught.value.findings] == [("RG411", 3)]
    assert len(both(tmp_path, winners, ["2020,u,direct,1", "2020,u,staff,2"], winners_lead=True).year) == 3


def test_merit_of_winners_compares_nobody_and_hides_nothing_else(tmp_path):
    register, heads = files(tmp_path, [f"{row},1.5" for row in WINNERS], COUNTS)
    register.write_text(register.read_text(encoding="utf-8").replace("award", "award,merit", 1), encoding="utf-8")
    found, without = measure(read_register(register, headcount=heads)), measure(both(tmp_path, WINNERS, COUNTS))
    assert found.indicators["merit_kappa"].caveat == found.allocation_mix["merit"].caveat == MERIT_OF_WINNERS
    assert {name: item.value for name, item in found.indicators.items()} == {name: item.value for name, item in without.indicators.items()}
    assert found.caveats == without.caveats


def test_a_slip_that_makes_more_people_than_there_are_is_named(tmp_path):
    winners = ["2020,u,a,direct,x"]
    assert codes(tmp_path, winners, ["2020,u,head,2", "2020,u,direct,999999999999999"]) == [("RG434", 3)]
    assert codes(tmp_path, winners, ["20200,u,direct,2", "2020,u,direct,-1"]) == [("RG405", 2), ("RG405", 3)]


def test_a_headcount_follows_mergers(tmp_path):
    winners = ["2024,a,p,direct,x", "2025,c,p,direct,x"]
    register, heads = files(tmp_path, winners, ["2024,a,direct,2", "2024,b,direct,2", "2025,a,direct,2", "2025,c,direct,2"])
    succession = tmp_path / "succession.csv"
    succession.write_text("unit_id,successor_id,from\na,c,2025\nb,c,2025\n", encoding="utf-8")
    history = read_register(register, headcount=heads, succession=succession)
    assert Counter(zip(history.year.tolist(), history.unit.tolist(), strict=True)) == {(2024, 0): 2, (2024, 2): 2, (2025, 1): 4}
    assert len(np.unique(history.cluster)) == 1


def test_groups_that_a_headcount_lacks_are_named_up_to_three_and_no_person_among_them(tmp_path):
    def groups(winners, counts, **options):
        register, heads = files(tmp_path, winners, counts)
        if options.get("leaders"):
            heads.write_text("year,unit_id,is_leader,n_members\n2020,u,0,3\n", encoding="utf-8")
        with pytest.raises(InputError) as caught:
            read_register(register, headcount=heads)
        (finding,) = caught.value.findings
        assert finding.code == "RG422"
        return finding.fields["groups"]

    winners = ["2020,Nguyễn Văn Mẫu,a,direct,x", *(f"2021,xã Tân,b{number},staff,x" for number in range(3)), "2021,u,c,head,x"]
    assert groups(winners, ["2020,u,direct,3"]) == "2021 / xã Tân / staff; 2021 / u / head; 2020 / … / direct"
    assert groups(winners, ["2020,u,direct,3"], leaders=True) == "2021 / xã Tân / is_leader 0; 2021 / u / is_leader 1; 2020 / … / is_leader 0"
    assert groups([*winners, "2022,u,c,head,x"], ["2020,u,direct,3"]) == "2021 / xã Tân / staff; 2021 / u / head; 2022 / u / head; …"
