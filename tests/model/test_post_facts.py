from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.history import Role
from simulator.model.post_facts import LazyColumns, answers_of_posts, words_of_posts
from simulator.population.generator import uniform_population
from simulator.scoring.fact_columns import ROLES


def test_a_column_is_made_once_and_only_when_asked_for():
    made = []

    def make(name):
        return lambda: made.append(name) or name

    columns = LazyColumns({"a": make("a"), "b": make("b")})
    assert "a" in columns
    assert "c" not in columns
    assert list(columns) == ["a", "b"]
    assert len(columns) == 2
    assert made == []
    assert columns["a"] == columns["a"] == "a"
    assert made == ["a"]
    with pytest.raises(KeyError):
        columns["c"]


def test_posts_have_a_role_a_sector_and_direct_work():
    population = replace(uniform_population(2, 4, n_leaders=2, direct_share=0.5), kinds=("school",), sectors=("education",))
    words, answers = words_of_posts(population), answers_of_posts(population)
    assert words["role"].tolist() == ["head", "deputy", "staff", "direct"] * 2
    assert set(words["sector"]) == {"education"}
    assert len(words["sector"]) == 8
    assert answers["is_direct_worker"].tolist() == [False, False, False, True] * 2
    assert tuple(role.name.lower() for role in Role) == ROLES
