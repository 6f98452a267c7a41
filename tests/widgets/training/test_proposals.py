from __future__ import annotations

import pytest

from simulator.errors import InputError
from simulator.experiments.scenarios.assumptions import Assumption, load_assumptions
from simulator.rules.assembly import read_criteria
from simulator.rules.reading import read_yaml_bytes
from simulator.widgets.training.answer_file import Pool
from simulator.widgets.training.marking import weights_of
from simulator.widgets.training.proposals import FEWEST_PEOPLE, readings_of, write_proposals
from simulator.workspace import find_workspace
from tests.widgets.training.answering import person


@pytest.fixture(scope="module")
def place():
    return find_workspace()


@pytest.fixture(scope="module")
def weights(place):
    return weights_of(read_criteria("law-2022", place))


def pool_of(n, **habits):
    return Pool(tuple(person(seed, shift=seed % 2, **habits) for seed in range(n)))


def test_proposals_are_entries_of_the_assumptions_with_their_source(place, weights):
    text = write_proposals(pool_of(8, merit=4, leader=2, aside=1), weights, load_assumptions(place))
    entries = read_yaml_bytes(text.encode(), "proposals.yaml").data["numbers"]
    assert set(entries) == {"appraisal_reliability", "turn_weight", "rank_weight"}
    for entry in entries.values():
        number = Assumption.model_validate({**entry, "value": float(entry["value"]), "low": float(entry["low"]), "high": float(entry["high"])})
        assert number.low <= number.value <= number.high
        assert "n = 8" in number.source.vi
        assert "n = 8" in number.source.en
    assert entries["rank_weight"]["unit"] == "weight"


def test_what_a_class_tells_nothing_about_is_not_proposed_and_that_is_said(place, weights):
    """What moves one to put somebody forward moves the other to leave them out: the weights could be anything."""
    torn = Pool(tuple(person(seed, merit=0, leader=(-1) ** seed, aside=(-1) ** (seed // 2)) for seed in range(6)))
    text = write_proposals(torn, weights, load_assumptions(place))
    entries = read_yaml_bytes(text.encode(), "proposals.yaml").data["numbers"]
    assert set(entries) == {"appraisal_reliability"}
    assert text.count("không đề xuất, vì") == text.count("not proposed, because") == 2
    assert all(line.startswith("#") for line in text.splitlines() if "not proposed" in line)


def test_of_a_few_nothing_leaves_the_room(place, weights):
    with pytest.raises(InputError) as problem:
        write_proposals(pool_of(FEWEST_PEOPLE - 1), weights, load_assumptions(place))
    assert problem.value.findings[0].code == "WG618"


def test_no_seed_of_anybody_is_in_them(place, weights):
    people = tuple(person(900_000 + seed) for seed in range(6))
    assert "90000" not in write_proposals(Pool(people), weights, load_assumptions(place))


def test_who_marks_alike_is_reliable(weights):
    alike = Pool(tuple(person(seed) for seed in range(5)))
    assert readings_of(alike, weights)["appraisal_reliability"].value == pytest.approx(1)
