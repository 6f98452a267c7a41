"""Lists of winners only, with head-counts."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from simulator.errors import InputError
from simulator.indicators.measurement import measure
from simulator.indicators.register import read_register


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
    for name in ("award_rate", "repeat_deficit", "win_dispersion"):
        assert of_winners[name].value == pytest.approx(of_whole[name].value, abs=1e-9), name


def test_what_a_headcount_cannot_be_is_named(tmp_path):
    winners = ["2020,u,a,direct,x", "2021,u,a,direct,x"]
    assert codes(tmp_path, winners, ["2020,u,direct,3"]) == [("RG422", 1)]
    assert codes(tmp_path, winners, ["2020,u,direct,3", "2021,u,direct,0"]) == [("RG411", 3)]
    assert codes(tmp_path, winners, ["2020,u,direct,3", "2021,u,direct,2", "2021,u,direct,2"]) == [("RG407", 4)]
    assert codes(tmp_path, winners, ["2020,u,boss,3", "2021,u,direct,x"]) == [("RG405", 2), ("RG405", 3)]


def test_a_headcount_follows_mergers(tmp_path):
    winners = ["2024,a,p,direct,x", "2025,c,p,direct,x"]
    register, heads = files(tmp_path, winners, ["2024,a,direct,2", "2024,b,direct,2", "2025,a,direct,2", "2025,c,direct,2"])
    succession = tmp_path / "succession.csv"
    succession.write_text("unit_id,successor_id,from\na,c,2025\nb,c,2025\n", encoding="utf-8")
    history = read_register(register, headcount=heads, succession=succession)
    assert Counter(zip(history.year.tolist(), history.unit.tolist(), strict=True)) == {(2024, 0): 2, (2024, 2): 2, (2025, 1): 4}
    assert len(np.unique(history.cluster)) == 1
