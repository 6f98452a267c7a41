from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from simulator.history import Track
from simulator.model import recorder
from simulator.model.behaviour import Behaviour
from simulator.model.model import AwardModel
from simulator.population.generator import generate, uniform_population
from simulator.population.spec import KindOfUnit, PopulationSpec
from simulator.rules.values import Text
from tests.worlds import FOCUS, award, criteria, one_award, quota

WORDS = Text(vi="Thử", en="Trial")


def kind_of(units, size):
    return KindOfUnit(title=WORDS, units=units, mean_size=size, leader_share=0.2, direct_share=0.5, basis=WORDS)


def test_a_history_has_one_row_for_each_year_and_member():
    population = uniform_population(3, 5)
    with AwardModel(population, one_award(quota(0.4)), collects=False) as model:
        history = model.run(4).history(n_history_years=2)
    assert len(history.year) == 4 * 15
    assert history.years.tolist() == [1, 2, 3, 4]
    assert history.judged_years.tolist() == [3, 4]
    assert history.is_awarded.reshape(4, 3, 5).sum(axis=2).tolist() == [[2, 2, 2]] * 4
    assert history.focus_award == FOCUS


def test_a_history_tells_the_kind_of_every_unit():
    kinds = {"school": kind_of(2, 4.0), "office": kind_of(3, 6.0)}
    population = generate(PopulationSpec(id="two", title=WORDS, basis=WORDS, kinds=kinds))
    with AwardModel(population, one_award(quota(0.4)), collects=False) as model:
        history = model.run(3).history(n_history_years=1)
    assert history.unit_kinds == ("school", "office")
    assert history.unit_kind.tolist() == [*[0] * 8, *[1] * 18] * 3
    assert {(int(unit), int(kind)) for unit, kind in zip(history.unit, history.unit_kind, strict=True)} == {(0, 0), (1, 0), (2, 1), (3, 1), (4, 1)}


def test_a_branch_remembers_two_years_and_leaves_the_trunk_alone():
    population = uniform_population(6, 10)
    rules = one_award(quota(0.2))
    with AwardModel(population, rules, Behaviour(turn_weight=0.5), first_year=-3, collects=False) as warm:
        warm.run(4)
        trunk = warm.history()
        with warm.branch(rules) as branch:
            branched = branch.run(2).history()
        assert (warm.history().is_awarded == trunk.is_awarded).all()
    assert trunk.years.tolist() == [-3, -2, -1, 0]
    assert branched.years.tolist() == [-1, 0, 1, 2]
    assert (branched.is_awarded[:120] == trunk.is_awarded[-120:]).all()


def test_who_has_ever_won_is_known_by_name_though_posts_change_hands():
    """A post whose holder leaves goes to somebody of another name, who has won nothing."""
    with AwardModel(uniform_population(4, 10), one_award(quota(0.3)), Behaviour(turnover=0.3), collects=False) as model:
        assert model.recorder.winners() == {}
        history = model.run(6).history(n_history_years=0)
        found = model.recorder.winners()
    assert found[FOCUS].tolist() == sorted(set(history.member[history.is_awarded].tolist()))
    assert found[FOCUS].max() >= 40


def test_ad_hoc_awards_are_told_from_those_of_the_round():
    """Two ad hoc awards of different levels, the higher for nobody at first: the rows are those of the years in which they came."""
    rules = criteria(award(FOCUS, quota(0.4)), award("deed", level=1, kind="ad-hoc"))
    with AwardModel(uniform_population(3, 20), rules, Behaviour(surprise_rate=0.5, ad_hoc_reach=0.5), collects=False) as model:
        history = model.run(4).history(n_history_years=0)
    times = history.outside["deed"]
    assert set(history.outside) == {"deed"}
    assert sorted(times.row.tolist()) == np.flatnonzero(history.awards["deed"]).tolist()
    assert set(times.track.tolist()) == {Track.AD_HOC}
    assert len(set(history.year[times.row].tolist())) == 4
    assert np.isnan(times.decided_at).all()
    assert not history.in_the_round("deed").any()
    assert history.in_the_round(FOCUS).sum() == history.is_awarded.sum() > 0


def test_the_noise_choice_fills_the_same_places():
    population = uniform_population(20, 12)
    behaviour = Behaviour(appraisal_reliability=0.45, turn_weight=0.5)
    with AwardModel(population, one_award(quota(0.25)), behaviour, collects=False) as model:
        history = model.run(5).history()
    chosen = history.is_noise_choice.reshape(5, 20, 12).sum(axis=2)
    assert (chosen == history.is_awarded.reshape(5, 20, 12).sum(axis=2)).all()
    assert not (history.is_noise_choice & ~history.is_eligible).any()


@pytest.mark.parametrize("rows", [1, 60, 120])
def test_a_part_is_what_the_whole_tells_of_its_units(rows, monkeypatch):
    """Every column, row by row; labels of units and people are others, and tell the same ones apart."""
    kinds = {"school": kind_of(4, 9.0), "office": kind_of(7, 3.0)}
    population = generate(PopulationSpec(id="two", title=WORDS, basis=WORDS, kinds=kinds))
    behaviour = Behaviour(turnover=0.3, surprise_rate=0.3)
    with AwardModel(population, one_award(quota(0.4)), behaviour, collects=False) as model:
        whole = model.run(5).history(n_history_years=2, base_salary=1.0)
        monkeypatch.setattr(recorder, "ROWS_OF_A_PART", rows)
        cut = model.parts()
        parts = [model.history(n_history_years=2, base_salary=1.0, part=part) for part in cut]
    assert len(cut) > 1
    assert cut[0].units.start == 0
    assert cut[-1].units.stop == population.n_units
    assert all(one.units.stop == other.units.start and one.posts.stop == other.posts.start for one, other in pairwise(cut))
    people = {}
    for part, history in zip(cut, parts, strict=True):
        rows_here = np.flatnonzero((whole.unit >= part.units.start) & (whole.unit < part.units.stop))
        assert (history.unit + part.units.start == whole.unit[rows_here]).all()
        for name in (
            "year",
            "role",
            "merit",
            "is_eligible",
            "is_nominated",
            "place_share",
            "is_noise_choice",
            "n_dossiers",
            "tie",
            "unit_kind",
            "is_choice_without_claims",
        ):
            assert (np.asarray(getattr(history, name)) == np.asarray(getattr(whole, name))[rows_here]).all(), name
        assert (history.is_awarded == whole.is_awarded[rows_here]).all()
        labels = dict(zip(whole.member[rows_here].tolist(), history.member.tolist(), strict=True))
        assert len(set(labels.values())) == len(labels)
        assert (np.array([labels[member] for member in whole.member[rows_here].tolist()]) == history.member).all()
        assert not people.keys() & labels.keys()
        people |= labels
        deeds, is_here = whole.achievements, np.isin(whole.achievements.unit, np.arange(part.units.start, part.units.stop))
        assert (history.achievements.unit + part.units.start == deeds.unit[is_here]).all()
        assert history.achievements.member.tolist() == [labels[member] for member in deeds.member[is_here].tolist()]
        assert np.array_equal(history.achievements.awarded_at, deeds.awarded_at[is_here], equal_nan=True)
    assert sum(len(history.year) for history in parts) == len(whole.year)


def test_what_is_short_and_what_lies_side_by_side_is_not_cut(monkeypatch):
    with AwardModel(uniform_population(4, 10), one_award(quota(0.3)), collects=False) as model:
        assert model.run(2).parts() == [None]
    monkeypatch.setattr(recorder, "ROWS_OF_A_PART", 10)
    with AwardModel(uniform_population(4, 10).side_by_side(2), one_award(quota(0.3)), seed=[1, 2], collects=False) as model:
        assert model.run(2).parts() == [None]
