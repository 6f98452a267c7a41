"""Lists in which every column is known, made by hand; and other names and another order for the same lists."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np

from simulator.history import Achievements
from simulator.indicators.panel import Panel
from tests.indicators.lists import TITLE, shuffled, untidy_list

MEDAL = "medal"
LETTER = "letter"


def full_list(seed, **more):
    """Fill every column of an untidy list, by lot."""
    history = untidy_list(seed, **more)
    luck = np.random.default_rng(seed)
    n = len(history.year)
    given = {TITLE: history.is_awarded, MEDAL: luck.random(n) < 0.1, LETTER: luck.random(n) < 0.3}
    return replace(
        history,
        n_history_years=0,
        awards=given,
        award_values={TITLE: 1.0, MEDAL: 3.5, LETTER: 0.3},
        award_levels={TITLE: 2, MEDAL: 3},
        is_nominated=history.is_awarded | (luck.random(n) < 0.2),
        place_share=np.where(luck.random(n) < 0.1, np.nan, 0.3),
        n_dossiers=luck.integers(0, 4, n),
        is_choice_without_claims=history.is_awarded & (luck.random(n) < 0.8),
        achievements=some_achievements(history, seed),
        base_salary=2_000_000.0,
    )


def some_achievements(history, seed):
    """Let every fourth row have achieved something, answered within two years or never."""
    luck = random.Random(seed)  # noqa: S311 - the luck of a test is no secret
    rows = [row for row in range(len(history.year)) if luck.random() < 0.25]
    achieved = np.array([12 * int(history.year[row]) + luck.uniform(0, 12) for row in rows])
    lag = np.array([luck.choice([np.nan, luck.uniform(0, 24)]) for _ in rows])
    return Achievements(
        member=history.member[rows],
        unit=history.unit[rows],
        year=history.year[rows],
        achieved_at=achieved,
        awarded_at=achieved + lag,
        is_ad_hoc=np.array([luck.random() < 0.5 for _ in rows]),
    )


def renamed(history, seed=1):
    """Give members and units other numbers, and put everything in another order."""
    luck = np.random.default_rng(seed)
    member, unit = luck.permutation(10**6)[: history.member.max() + 1], luck.permutation(10**6)[: history.unit.max() + 1] - 500_000
    deeds = history.achievements
    if deeds is not None:
        order = luck.permutation(len(deeds.year))
        names = {"member": member[deeds.member][order], "unit": unit[deeds.unit][order]}
        others = {name: getattr(deeds, name)[order] for name in ("year", "achieved_at", "awarded_at", "is_ad_hoc")}
        deeds = Achievements(**names, **others)
    mixed = shuffled(history, seed)
    return replace(mixed, member=member[mixed.member], unit=unit[mixed.unit], achievements=deeds)


def panel_of(family, history):
    """Let a family look at a history as a measurement does."""
    return family(Panel(history, n_memory_years=family.n_memory_years))


def values_of(family, history):
    return panel_of(family, history).values()


def reason(family, history):
    return panel_of(family, history).missing()


def assert_adds_up(family, history):
    """The parts of the units, and of the years, add up to the whole."""
    seen = panel_of(family, history)
    whole = seen.components("all")
    np.testing.assert_allclose(seen.components("unit").sum(axis=0), whole[0], rtol=1e-9, atol=1e-9)
    assert len(seen.components("unit")) == seen.panel.n_units


def assert_names_do_not_matter(family, history):
    expected = values_of(family, history)
    found = values_of(family, renamed(history))
    assert found.keys() == expected.keys()
    np.testing.assert_allclose(list(found.values()), list(expected.values()), rtol=1e-9, atol=1e-12)
