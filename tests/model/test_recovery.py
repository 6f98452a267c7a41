"""What is planted in the model is found again in its lists of five years and sixty units, and what is not planted is not found.

``tests/indicators/test_recovery.py`` asks the same of lists written by a test; here the model writes them, with people who come, go and rise, and with
units that are merged.
"""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import pairwise

import numpy as np
import pytest

from simulator.history import Achievements, History
from simulator.indicators.measurement import measure
from simulator.indicators.standards import fall_of_standards
from simulator.lookups import ColumnInParts
from simulator.model.behaviour import STRUCTURES, Behaviour
from simulator.model.model import AwardModel
from simulator.population.generator import uniform_population
from tests.indicators.lively_lists import sizes_from_3_to_120
from tests.worlds import one_award, quota

SIZES = [5, 8, 12, 20, 30, 60] * 10
N_YEARS = 7  # two that serve as memory, and five that are judged
LIVELY = {"turnover": 0.08, "appointed_from_within": 0.5}
PARTS = ("merit", "turn", "post", "unexplained")
BIASES = ("turn_taking_index", "last_winner_penalty", "equal_opportunity_difference", "unexplained_gap")
EXACT = {"merit_kappa": 1, "precision_at_k": 1, "regret": 0, "leader_risk_ratio": 1} | dict.fromkeys(BIASES, 0)
RULES = one_award(quota(rounding="systematic"))

small_or_large = pytest.mark.parametrize("n_lists", [pytest.param(8, id="small"), pytest.param(40, id="large", marks=pytest.mark.deep)])


def listed(behaviour, rules=RULES, *, sizes=SIZES, seed=1, n_years=N_YEARS):
    """Let sixty units live, by default, and write their list."""
    with AwardModel(uniform_population(len(sizes), sizes), rules, behaviour, seed=seed, collects=False) as model:
        return model.run(n_years).history()


def merged_list(behaviour, sizes, *, seed, years_before=4, years_after=4):
    """Write the list of units that live by themselves for some years, and then each two that follow one another as one, with all their people.

    The people, their past and their posts go over to the merged unit; it has two heads from then on, and habits of its own.
    """
    population = uniform_population(len(sizes), sizes)
    pairs = [int(one + other) for one, other in zip(sizes[::2], sizes[1::2], strict=True)]
    larger = replace(uniform_population(len(pairs), pairs), role=population.role)
    with AwardModel(population, RULES, behaviour, seed=seed, collects=False) as before:
        early = before.run(years_before).history()
        with AwardModel(larger, RULES, behaviour, seed=seed, first_year=years_before + 1, collects=False) as after:
            after.members = before.members
            after.norms.perceived_share[:] = before.norms.perceived_share[::2]
            late = after.run(years_after).history()
    late = replace(late, unit=late.unit + len(sizes))
    cluster = np.concatenate([early.unit // 2, late.unit - len(sizes)])
    return replace(_one_after_the_other(early, late), cluster=cluster)


def _one_after_the_other(early, late):
    columns = {}
    for field in fields(History):
        one, other = getattr(early, field.name), getattr(late, field.name)
        if isinstance(one, np.ndarray | ColumnInParts):
            columns[field.name] = np.concatenate([one, other])
        elif field.name in {"awards", "references"}:
            columns[field.name] = {name: np.concatenate([one[name], other[name]]) for name in one}
        elif isinstance(one, Achievements):
            columns[field.name] = Achievements(
                **{each.name: np.concatenate([getattr(one, each.name), getattr(other, each.name)]) for each in fields(one)}
            )
    return replace(early, **columns)


# --- nothing planted ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("learns", [False, True])
@pytest.mark.parametrize("structure", STRUCTURES)
def test_merit_alone_reads_nothing_whatever_the_sizes_the_turnover_and_the_mergers(structure, learns):
    """Units of 3 to 120, 8 % turnover, posts filled from within, and a merger of each two units in the fifth year: exactly nothing."""
    behaviour = Behaviour(**LIVELY, structure=structure, learns=learns)
    for seed in (1, 2):
        history = merged_list(behaviour, sizes_from_3_to_120(60, seed), seed=seed)
        assert len(np.unique(history.member)) > 1.3 * np.count_nonzero(history.year == 1)  # many have come
        found = measure(history, n_draws=0)
        assert found.n_units == 30
        for name, value in EXACT.items():
            assert found.indicators[name].value == pytest.approx(value, abs=1e-9), name
        assert [found.allocation_mix[part].value for part in PARTS] == pytest.approx([1, 0, 0, 0], abs=1e-9)


@small_or_large
def test_errors_of_appraisal_are_not_taken_for_turns_or_posts(n_lists):
    """The same with files of which less than half is merit: on average over the lists nothing, within three standard errors and .05.

    Not .00, because a stratum is some ranks wide, and inside it the better are awarded again (model.md A.1: −.02 to −.07 with strata of one kind of size).
    """
    behaviour = Behaviour(**LIVELY, appraisal_reliability=0.45)
    found = [measure(merged_list(behaviour, sizes_from_3_to_120(60, seed), seed=seed), n_draws=99) for seed in range(n_lists)]
    for name in BIASES:
        measured = [each.indicators[name] for each in found]
        values = np.array([each.value for each in measured])
        error = values.std(ddof=1) / np.sqrt(n_lists)
        assert abs(values.mean()) < max(3 * error, 0.05), (name, values.mean(), error)
        assert sum(each.low <= 0 <= each.high for each in measured) >= 0.7 * n_lists, name


@small_or_large
def test_a_lottery_seldom_raises_an_alarm(n_lists):
    n_lists *= 2
    behaviour = Behaviour(**LIVELY, lottery_weight=1.0)
    found = [measure(listed(behaviour, seed=1000 + seed), n_draws=199) for seed in range(n_lists)]
    for name in BIASES:
        n_alarms = sum(not each.indicators[name].low <= 0 <= each.indicators[name].high for each in found)
        assert n_alarms <= 0.05 * n_lists + 3.5 * np.sqrt(0.05 * 0.95 * n_lists), name


# --- something planted ----------------------------------------------------------------------------------------------------------------


@small_or_large
@pytest.mark.parametrize("planted", [(0.5, 0.25, 0.15, 0.1), (0.2, 0.6, 0.1, 0.1), (0.3, 0.1, 0.5, 0.1)])
def test_a_planted_mix_comes_back(planted, n_lists):
    """One reason a year in each unit; places for two in five, so that waits stay within the two years the list looks back."""
    _, turn, post, lot = planted
    behaviour = Behaviour(structure="mixture", turn_weight=turn, rank_weight=post, lottery_weight=lot)
    found = [measure(listed(behaviour, one_award(quota(0.4)), seed=seed), n_draws=0) for seed in range(n_lists)]
    for part, truth in zip(PARTS, planted, strict=True):
        values = np.array([each.allocation_mix[part].value for each in found])
        assert values.std(ddof=1) < 0.2, part
        assert values.mean() == pytest.approx(truth, abs=max(3.5 * values.std(ddof=1) / np.sqrt(n_lists), 0.03)), part


@small_or_large
def test_where_people_come_and_go_part_of_the_turns_stays_unexplained(n_lists):
    """Newcomers stand last in the model's line and first in the list's: of 60 % by turn a good third is not recognised, and no other reason gets it."""
    behaviour = Behaviour(turnover=0.08, structure="mixture", turn_weight=0.6, rank_weight=0.1, lottery_weight=0.1)
    found = [measure(listed(behaviour, one_award(quota(0.4)), seed=seed), n_draws=0).allocation_mix for seed in range(n_lists)]
    merit, turn, post, unexplained = (np.mean([each[part].value for each in found]) for part in PARTS)
    assert 0.3 < turn < 0.42
    assert merit == pytest.approx(0.2, abs=0.05)
    assert post == pytest.approx(0.1, abs=0.05)
    assert unexplained > 0.3


@small_or_large
@pytest.mark.parametrize("post", [0.0, 0.5, 1.0])
def test_the_planted_worth_of_a_post_comes_back(post, n_lists):
    """A council that adds so much for a post and passes files by chance: a post is worth as many standard deviations of merit."""
    behaviour = Behaviour(**LIVELY, council_bar_unit=1.0, council_spread=0.5, council_deference=post)
    found = [measure(listed(behaviour, one_award(), seed=seed), n_draws=99).indicators["post_worth"] for seed in range(n_lists)]
    assert np.mean([each.value for each in found]) == pytest.approx(post, abs=0.1)
    assert sum(each.low <= post <= each.high for each in found) >= 0.8 * n_lists


@small_or_large
@pytest.mark.parametrize("fall", [0.0, 0.03, 0.07])
def test_a_planted_fall_of_standards_comes_back(fall, n_lists):
    """A bar that falls so many standard deviations of what decides a year, from year 1 on; one list errs by about .015 a year."""
    falls = []
    for seed in range(n_lists):
        behaviour = Behaviour(**LIVELY, council_bar_unit=1.0, bar_drift=-fall)
        with AwardModel(uniform_population(60, SIZES), one_award(), behaviour, seed=seed, first_year=-1, collects=False) as model:
            falls.append(fall_of_standards(model.run(N_YEARS).history()))
    error = np.std(falls, ddof=1) / np.sqrt(n_lists)
    assert np.std(falls, ddof=1) < 0.02
    assert np.mean(falls) == pytest.approx(fall, abs=3 * error)


@small_or_large
@pytest.mark.parametrize(("number", "name"), [("turn_weight", "turn_taking_index"), ("rank_weight", "equal_opportunity_difference")])
def test_more_of_a_reason_reads_higher_and_the_other_question_stays_where_it_was(number, name, n_lists):
    other = {"turn_taking_index": "equal_opportunity_difference", "equal_opportunity_difference": "turn_taking_index"}[name]
    means, others = [], []
    for dose in (0.0, 0.15, 0.3, 0.6):
        behaviour = Behaviour(turnover=0.08, structure="mixture", **{number: dose})
        found = [measure(listed(behaviour, seed=seed), n_draws=0).indicators for seed in range(n_lists // 2)]
        means.append(np.mean([each[name].value for each in found]))
        others.append(np.mean([each[other].value for each in found]))
    assert means[0] == pytest.approx(0, abs=1e-9)
    assert all(more > less + 0.03 for less, more in pairwise(means))
    assert np.abs(others).max() < 0.05
