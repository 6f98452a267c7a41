"""The opponent of the engine awards the same people by the same rules; otherwise the ratio of their speeds would mean nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.object_model import Society
from benchmarks.object_rules import KeyedLuck, OrdinaryLuck
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.indicators.values import values_of
from simulator.model.model import AwardModel
from simulator.population.generator import generate
from simulator.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
YEARS, SEED = 5, 11
ALIKE = ("year", "unit", "member", "role", "tie", "is_eligible", "is_nominated", "is_noise_choice", "is_choice_without_claims", "place_share")


def small(spec, share):
    kinds = {name: kind.model_copy(update={"units": max(1, round(kind.units * share))}) for name, kind in spec.kinds.items()}
    return generate(spec.model_copy(update={"kinds": kinds}))


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("hanoi-2021", Workspace(ROOT))


@pytest.fixture(scope="module")
def both(scenario):
    """The same small world lived through by both."""
    population = small(scenario.population, 0.05)
    society = Society(population, scenario.baseline, scenario.behaviour, KeyedLuck(SEED), focus=scenario.focus_award)
    for _ in range(YEARS):
        society.step()
    model = AwardModel(population, scenario.baseline, scenario.behaviour, seed=SEED, focus_award=scenario.focus_award, collects=False)
    return model.run(YEARS), society


def test_both_award_the_same_members(both, scenario):
    model, society = both
    history = model.history(base_salary=scenario.base_salary, with_references=False)
    other = society.history(n_history_years=2, base_salary=scenario.base_salary)
    assert {award: (won != other.awards[award]).sum() for award, won in history.awards.items()} == dict.fromkeys(other.awards, 0)
    assert sum(won.any() for won in history.awards.values()) >= 4  # something of every authority but the State's was given
    for column in (*ALIKE, "n_dossiers"):
        assert np.array_equal(getattr(history, column), getattr(other, column)), column
    assert np.allclose(history.merit, other.merit, rtol=0, atol=1e-5)  # a step of the grid, where 32 and 64 bits round to different sides
    for column in ("member", "unit", "year", "is_ad_hoc"):
        assert np.array_equal(getattr(history.achievements, column), getattr(other.achievements, column)), column
    for column in ("achieved_at", "awarded_at"):
        assert np.allclose(getattr(history.achievements, column), getattr(other.achievements, column), equal_nan=True), column
    expected = values_of(history)[0]
    assert values_of(other)[0] == pytest.approx(expected, rel=1e-6, nan_ok=True)


def test_both_award_the_same_collectives(both):
    model, society = both
    for award, years in model.collectives.members.award_years.items():
        for year, record in enumerate(society.records):
            won = np.flatnonzero(years >> np.uint32(YEARS - 1 - year) & np.uint32(1))
            assert set(won.tolist()) == record["collectives"][award], (award, year)
    assert any(record["collectives"]["co-thi-dua-tinh"] for record in society.records)


def test_ordinary_luck_plays_the_same_rules(both, scenario):
    """What is timed differs from what was just compared by nothing but whose luck is drawn."""
    society = Society(small(scenario.population, 0.15), scenario.baseline, scenario.behaviour, OrdinaryLuck(SEED), focus=scenario.focus_award)
    for _ in range(YEARS):
        society.step()
    found = values_of(society.history(n_history_years=2))[0]
    expected = values_of(both[0].history(with_references=False))[0]
    for name, far in (("award_rate", 0.01), ("leader_share", 0.1), ("approval_rate", 0.05), ("merit_kappa", 0.12)):
        assert found[name] == pytest.approx(expected[name], abs=far), name


def test_what_it_does_not_know_is_refused(scenario):
    """A rule that was silently left out would make the opponent look faster than it is."""
    population = small(scenario.population, 0.005)
    with pytest.raises(NotImplementedError):
        Society(population, scenario.baseline, replace(scenario.behaviour, learns=True), OrdinaryLuck(1), focus=scenario.focus_award)
    floors = load_scenario("direct-worker-floor", Workspace(ROOT))
    with pytest.raises(NotImplementedError):
        Society(population, floors.options[-1].criteria, scenario.behaviour, OrdinaryLuck(1), focus=scenario.focus_award)
