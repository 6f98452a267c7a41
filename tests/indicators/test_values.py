"""Values without intervals are those of the measurement, whether a history stands alone, beside others, or comes in parts."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from simulator.history import split
from simulator.indicators.measurement import ALL_FAMILIES, INDICATORS, MIX, measure
from simulator.indicators.panel import Panel
from simulator.indicators.values import PartsMeasured, values_of, values_of_each
from simulator.model import recorder
from simulator.model.behaviour import Behaviour
from simulator.model.model import AwardModel
from simulator.population.generator import generate, uniform_population
from simulator.population.spec import KindOfUnit, PopulationSpec
from simulator.rules.values import Text
from tests.indicators.lists import by_one_of, write_list
from tests.side_by_side import differing
from tests.worlds import FOCUS as TITLE_OF_WORLDS
from tests.worlds import award, criteria, quota

WORDS = Text(vi="Thử", en="Trial")
OFFICE = write_list([20] * 25, 6, by_one_of(merit=0.5, turn=0.2, post=0.2, lot=0.1))


def test_replications_read_the_same_values_without_intervals():
    found, course = values_of(OFFICE)
    assert set(found) == set(INDICATORS) | set(MIX)
    measured = measure(OFFICE, n_draws=0)
    for name, one in {**measured.indicators, **measured.allocation_mix}.items():
        assert name not in found or one.value is None or found[name] == pytest.approx(one.value, abs=1e-12)
    assert math.isnan(found["merit_ceiling"])
    assert set(course) == {"turn_taking_index", "equal_opportunity_difference", "excess_inflation"}
    assert {len(of_year) for of_year in course.values()} == {4}


@pytest.fixture(scope="module")
def side_by_side():
    """Five replications of one world: by the rules, by lot in the second, and more than half awarded in the third."""
    population = uniform_population(12, 9, n_leaders=2).side_by_side(5)
    rules = criteria(award(TITLE_OF_WORLDS, quota(0.3)), award("certificate", quota(0.2), level=1))
    with AwardModel(population, rules, seed=[1, 2, 3, 4, 5], focus_award=TITLE_OF_WORLDS, collects=False) as model:
        history = model.run(8).history(n_history_years=2)
    is_awarded = history.is_awarded.reshape(5, -1).copy()
    is_awarded[1] = np.random.default_rng(1).permutation(is_awarded[1])
    is_awarded[2] |= history.merit.reshape(5, -1)[2] > 0
    return with_awards(history, is_awarded)


def with_awards(history, is_awarded):
    return replace(history, awards={**history.awards, TITLE_OF_WORLDS: is_awarded.reshape(-1)})


def test_replications_measured_together_are_measured_as_each_alone(side_by_side):
    """To the last bit."""
    together = values_of_each(side_by_side)
    assert all(kind(Panel(side_by_side, n_memory_years=2)).is_alike() for kind in ALL_FAMILIES)
    assert np.isnan([values["post_worth"] for values, _ in together]).tolist() == [False, True, False, False, False]
    assert len({repr(values) for values, _ in together}) == len(together) == 5
    for history, of_history in zip(split(side_by_side), together, strict=True):
        assert differing(list(of_history), list(values_of(history))) == []
    assert [values.keys() for values, _ in values_of_each(side_by_side, names=("regret",), with_course=False)] == [{"regret"}] * 5


@pytest.mark.parametrize("years", [slice(0, 2), slice(0, 8), slice(7, 8)])
def test_a_replication_of_which_nothing_is_known_changes_nothing_of_the_others(side_by_side, years):
    """Nobody is awarded in year 0, or ever, or in the last year."""
    is_awarded = {award: given.reshape(5, 8, -1).copy() for award, given in side_by_side.awards.items()}
    for given in is_awarded.values():
        given[3, years] = False
    odd = replace(side_by_side, awards={award: given.reshape(-1) for award, given in is_awarded.items()})
    for history, of_history in zip(split(odd), values_of_each(odd), strict=True):
        assert differing(list(of_history), list(values_of(history))) == []


BIASED = Behaviour(turnover=0.15, turn_weight=0.3, rank_weight=0.2, surprise_rate=0.2)


def lived(*, seed=1, quota_share=0.3, units=9, behaviour=None, years=9):
    """Offices of a few, where more than half win, schools of many, and people who come and go; nobody but Mesa's agents is let go of."""
    kinds = {
        "office": KindOfUnit(title=WORDS, basis=WORDS, units=units, mean_size=3.0, leader_share=0.4, direct_share=0.2),
        "school": KindOfUnit(title=WORDS, basis=WORDS, units=units, mean_size=25.0, leader_share=0.1, direct_share=0.7),
    }
    population = generate(PopulationSpec(id="two", title=WORDS, basis=WORDS, kinds=kinds))
    rules = criteria(award(TITLE_OF_WORLDS, quota(quota_share)), award("certificate", quota(0.2), level=1))
    with AwardModel(population, rules, behaviour or BIASED, seed=seed, focus_award=TITLE_OF_WORLDS, collects=False) as model:
        return model.run(years)


def in_parts(model, monkeypatch, rows, **wanted):
    monkeypatch.setattr(recorder, "ROWS_OF_A_PART", rows)
    measured, parts = PartsMeasured(**wanted), model.parts()
    for part in parts:
        measured.add(model.history(base_salary=2_000_000.0, part=part))
    return measured.values(), parts


def assert_same(found, expected):
    assert found[0].keys() == expected[0].keys()
    for name, value in expected[0].items():
        assert found[0][name] == pytest.approx(value, rel=1e-11, abs=1e-11, nan_ok=True), name
    assert found[1].keys() == expected[1].keys()
    for name, course in expected[1].items():
        assert found[1][name] == pytest.approx(course, rel=1e-11, abs=1e-11, nan_ok=True), name


@pytest.mark.parametrize("rows", [1, 150, 600])
@pytest.mark.parametrize("seed", [1, 2])
def test_parts_of_whole_units_say_what_the_whole_says(rows, seed, monkeypatch):
    """Whether a part is one unit or many, and though some of them hold no crowded unit, or nothing contested."""
    model = lived(seed=seed)
    found, parts = in_parts(model, monkeypatch, rows)
    assert len(parts) == {1: 18, 150: 11, 600: 5}[rows]
    whole = model.history(base_salary=2_000_000.0)
    assert_same(found, values_of(whole))
    assert np.isfinite(list(found[0].values())).all()
    assert abs(found[0]["turn_taking_index"]) > 0.05


def test_only_what_is_wanted_is_measured_of_parts(monkeypatch):
    model = lived()
    (values, course), _ = in_parts(model, monkeypatch, 150, names=("regret",), with_course=False)
    assert (values.keys(), course) == ({"regret"}, {})
    assert values["regret"] == pytest.approx(values_of(model.history())[0]["regret"])


@pytest.mark.parametrize("years", [2, 3])
def test_what_no_part_can_tell_is_undefined(years, monkeypatch):
    model = lived(years=years, quota_share=0.01)
    found, parts = in_parts(model, monkeypatch, 30)
    assert len(parts) > 2
    assert_same(found, values_of(model.history(base_salary=2_000_000.0)))
    assert math.isnan(found[0]["repeat_deficit"])


def test_a_post_is_not_expressed_in_merit_that_weighs_nothing_in_all_parts_together(monkeypatch):
    """By turns alone: each part is asked as little as the whole."""
    model = lived(behaviour=Behaviour(turn_weight=1.0))
    found, _ = in_parts(model, monkeypatch, 150)
    assert_same(found, values_of(model.history(base_salary=2_000_000.0)))


@pytest.mark.parametrize("years", [slice(1, 2), slice(8, 9), slice(0, 9)], ids=["year 0", "the last year", "ever"])
def test_a_part_without_awards_is_still_among_those_who_could_have_had_some(years, monkeypatch):
    """Nobody of the first part is awarded in some years; everybody there counts all the same."""
    model = lived()
    monkeypatch.setattr(recorder, "ROWS_OF_A_PART", 600)
    first = model.parts()[0].units

    def without(history, is_here):
        is_barred = is_here & (history.year_index >= years.start) & (history.year_index < years.stop)
        return replace(history, awards={name: given & ~is_barred for name, given in history.awards.items()})

    whole = model.history(base_salary=2_000_000.0)
    whole = without(whole, whole.unit < first.stop)
    measured = PartsMeasured()
    for part in model.parts():
        history = model.history(base_salary=2_000_000.0, part=part)
        measured.add(without(history, np.full(len(history.unit), part.units == first)))
    assert_same(measured.values(), values_of(whole))
    assert np.isfinite(values_of(whole)[0]["excess_inflation"])


def test_where_no_part_has_awards_in_the_first_year_growth_is_undefined(monkeypatch):
    model = lived()
    monkeypatch.setattr(recorder, "ROWS_OF_A_PART", 600)
    measured = PartsMeasured()
    for part in model.parts():
        history = model.history(part=part)
        measured.add(replace(history, awards={name: given & (history.year_index != 1) for name, given in history.awards.items()}))
    values, course = measured.values()
    assert np.isnan([values[name] for name in ("excess_inflation", "award_volume_growth", "award_level_growth")]).all()
    assert np.isnan(course["excess_inflation"]).all()
    assert math.isfinite(values["merit_kappa"])
