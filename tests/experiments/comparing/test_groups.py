"""Groups of members under an option: means, paired differences without verdicts, and silence about the few."""

from __future__ import annotations

import pickle
from dataclasses import fields, replace
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.experiments.comparing.compare import compare
from simulator.experiments.comparing.groups import FEWEST_TOLD, compare_groups, hidden_groups
from simulator.experiments.results.comparison import GroupComparison, GroupNumber
from simulator.experiments.runs.run import run_replication
from simulator.indicators.breakdown import GroupOutcome
from simulator.presentation.registers.anonymity import LEAST_SHOWN

T_OF_TWO = 4.302652729911275
"""Student's t at 97.5 % with two degrees of freedom."""


def outcome(awards, of_all, members=10, everybody=40):
    """Give one year of a group."""
    return GroupOutcome(float(members), members, awards, awards / members, awards / of_all if of_all else float("nan"), members / everybody)


def runs_of(*awards_of_schools, of_all=4):
    return [{"unit_kind": {"school": outcome(n, of_all), "office": outcome(of_all - n, of_all, 30)}} for n in awards_of_schools]


def test_means_and_paired_differences_are_those_of_a_pocket_calculator():
    found = compare_groups(runs_of(2, 3, 4), runs_of(1, 3, 2))["unit_kind"]["school"]
    assert (found.members, found.members_share) == (10, 0.25)
    rate, share = found.award_rate, found.awards_share
    assert (rate.value, rate.baseline, rate.difference, rate.n) == (pytest.approx(0.3), pytest.approx(0.2), pytest.approx(0.1), 3)
    half = T_OF_TWO * stdev([0.1, 0.0, 0.2]) / 3**0.5
    assert (rate.difference_low, rate.difference_high) == (pytest.approx(0.1 - half), pytest.approx(0.1 + half))
    half = T_OF_TWO * stdev([0.2, 0.3, 0.4]) / 3**0.5
    assert (rate.low, rate.high) == (pytest.approx(0.3 - half), pytest.approx(0.3 + half))
    assert (share.value, share.baseline, share.difference) == (pytest.approx(0.75), pytest.approx(0.5), pytest.approx(0.25))


def test_a_group_number_has_no_verdict():
    assert not {"verdict", "p_adjusted", "margin", "nature"} & {item.name for record in (GroupNumber, GroupComparison) for item in fields(record)}


def test_replications_without_any_award_are_left_out_of_shares_alone():
    nobody = {"unit_kind": {"school": outcome(0, 0), "office": outcome(0, 0, 30)}}
    found = compare_groups([*runs_of(2, 3), nobody], [*runs_of(1, 3), nobody])["unit_kind"]["school"]
    assert (found.awards_share.n, found.award_rate.n) == (2, 3)
    assert found.awards_share.value == pytest.approx(fmean([0.5, 0.75]))
    (silent,) = {compare_groups([nobody] * 3, [nobody] * 3)["unit_kind"]["school"].awards_share}
    assert (silent.value, silent.difference, silent.n, silent.caveat) == (None, None, 0, "caveat.undefined")


def test_of_few_members_nothing_is_told_nor_of_those_that_give_them_away():
    roles = {"direct": outcome(3, 9, 90, 106), "staff": outcome(2, 9, 12, 106), "head": outcome(4, 9, 4, 106)}
    found = compare_groups([{"role": roles}] * 3, [{"role": roles}] * 3)["role"]
    assert found["direct"].members == 90
    for name in ("head", "staff"):
        assert (found[name].members, found[name].members_share) == (None, None)
        assert {number.caveat for number in (found[name].award_rate, found[name].awards_share)} == {"caveat.hidden"}
        assert {number.value for number in (found[name].award_rate, found[name].awards_share)} == {None}


def test_sectors_do_not_give_away_a_kind_that_is_not_told():
    """Of 13 members of the one sector 10 are told of, so the sector would tell of the other three."""
    kinds = {name: outcome(1, 4, n, 39) for name, n in {"a": 3, "b": 10, "c": 6, "d": 20}.items()}
    sectors = {"one": outcome(2, 4, 13, 39), "two": outcome(2, 4, 26, 39)}
    found = compare_groups([{"unit_kind": kinds, "sector": sectors}] * 2, [{"unit_kind": kinds, "sector": sectors}] * 2)
    assert {name for name, group in found["unit_kind"].items() if group.members is None} == {"a", "c"}
    assert {group.members for group in found["sector"].values()} == {None}


@given(st.dictionaries(st.text(min_size=1), st.integers(1, 40), min_size=2))
def test_what_is_hidden_is_not_few_nor_alone_and_no_larger_than_what_is_told(members):
    hidden = hidden_groups(members)
    told = members.keys() - hidden
    assert all(members[name] >= FEWEST_TOLD for name in told)
    if any(size < FEWEST_TOLD for size in members.values()):
        assert len(hidden) >= 2
        assert sum(members[name] for name in hidden) >= FEWEST_TOLD or not told
    else:
        assert not hidden
    assert all(members[one] <= members[other] for one in hidden for other in told)


def test_few_are_as_many_as_elsewhere():
    assert FEWEST_TOLD == LEAST_SHOWN


# --- a scenario -------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def mixed(tiny):
    """Make the schools of the tiny office private ones."""
    kinds = tiny.population.kinds
    enterprise = kinds["school"].model_copy(update={"sector": "enterprise"})
    return replace(tiny, population=tiny.population.model_copy(update={"kinds": kinds | {"school": enterprise}}))


@pytest.fixture(scope="module")
def compared(mixed, office):
    return compare(mixed, workspace=office)


def test_the_groups_of_a_scenario_add_up_and_their_titles_come_with_them(compared):
    assert compared.unit_kind_titles == {"office": {"vi": "Cơ quan", "en": "Office"}, "school": {"vi": "Trường", "en": "School"}}
    for option in compared.options:
        assert list(option.by_group) == ["unit_kind", "sector", "role"]
        assert list(option.by_group["role"]) == ["direct", "staff", "deputy", "head"]
        for groups in option.by_group.values():
            assert sum(group.members for group in groups.values()) == compared.n_members
            assert sum(group.members_share for group in groups.values()) == pytest.approx(1)
            assert sum(group.awards_share.value for group in groups.values()) == pytest.approx(1)
            rate = sum(group.award_rate.value * group.members_share for group in groups.values())
            assert rate == pytest.approx(option.indicators["award_rate"].value)
        assert option.by_group["role"]["direct"].awards_share.value == pytest.approx(option.indicators["direct_worker_share"].value)
        assert option.by_group["sector"]["enterprise"] == option.by_group["unit_kind"]["school"]


def test_every_number_can_be_had_again_from_the_runs(compared, mixed):
    runs = [run_replication(mixed, replication) for replication in range(mixed.replications)]
    for option, of_comparison in zip(mixed.options, compared.options, strict=True):
        for division, groups in of_comparison.by_group.items():
            for name, group in groups.items():
                rates = [run.by_rules[option.key].by_group[division][name].award_rate for run in runs]
                before = [run.by_rules[mixed.baseline.content_hash].by_group[division][name].award_rate for run in runs]
                assert group.award_rate.value == pytest.approx(fmean(rates))
                assert group.award_rate.difference == pytest.approx(fmean(rates) - fmean(before))
    of_options = [run.by_rules[mixed.options[1].key] for run in runs]
    assert max(len(pickle.dumps(of_option.by_group)) for of_option in of_options) < 2000


def test_keep_as_is_differs_from_itself_by_exactly_nothing(compared):
    keep, plan = compared.options
    for groups in keep.by_group.values():
        for number in (number for group in groups.values() for number in (group.award_rate, group.awards_share)):
            assert number.difference == number.difference_low == number.difference_high == 0
    assert any(group.awards_share.difference for group in plan.by_group["role"].values())
