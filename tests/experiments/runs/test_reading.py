"""A long history read in parts says what it says as a whole."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.experiments.runs.reading import HistoryReader
from simulator.experiments.runs.run import lived_under, run_replication, warmed_up
from simulator.experiments.runs.wide import values_under
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.experiments.scenarios.thinning import thinned
from simulator.model import recorder


@pytest.fixture(scope="module")
def small():
    """A ladder, exhortations, several kinds of unit and sectors."""
    return thinned(load_scenario("hanoi-2021"), 400).with_(years=5, warm_up_years=4)


@pytest.fixture(scope="module")
def whole(small):
    return run_replication(small, 0)


@pytest.fixture
def in_parts(monkeypatch):
    monkeypatch.setattr(recorder, "ROWS_OF_A_PART", 600)


def assert_alike(found, expected):
    """Compare tables of tables of numbers."""
    if isinstance(expected, dict):
        assert found.keys() == expected.keys()
        for name, value in expected.items():
            assert_alike(found[name], value)
    else:
        assert np.asarray(found, dtype=float) == pytest.approx(np.asarray(expected, dtype=float), rel=1e-10, abs=1e-10, nan_ok=True)


def test_a_replication_in_parts_is_the_replication(small, whole, in_parts):
    with warmed_up(small, 0) as warm:
        lived = lived_under(warm, small.options[-1].phases, small)
        assert lived.is_in_parts
        assert sum(len(history.year) for _, history in lived.parts()) == len(lived.history().year)
    found = run_replication(small, 0)
    assert found.by_rules.keys() == whole.by_rules.keys()
    for key, expected in whole.by_rules.items():
        own = found.by_rules[key]
        for table in ("values", "lawful_best", "course", "by_reference", "reasons"):
            assert getattr(expected, table)
            assert_alike(getattr(own, table), getattr(expected, table))
        assert own.by_group == expected.by_group
        assert own.ladder == expected.ladder
        assert any(sum(step.arrived) for step in expected.ladder.values())
    assert_alike(found.by_compliance, whole.by_compliance)


def test_who_won_before_is_no_newcomer_in_a_part_either(small, in_parts):
    with warmed_up(small, 1) as warm:
        reader, lived = HistoryReader.of(small, warm), lived_under(warm, small.options[0].phases, small)
        (found,) = reader.read(lived)
        of_all = HistoryReader(reader.sectors, reader.steps, [{award: ids[:0] for award, ids in reader.won_before[0].items()}])
        (everybody,) = of_all.read(lived)
    assert found.by_reference == {}
    assert sum(step.followed for step in found.ladder.values()) < sum(step.followed for step in everybody.ladder.values())


def test_only_what_is_asked_for_is_read_of_parts(small, whole, in_parts):
    found = values_under(small, 0, ("turn_taking_index", "post_worth"))
    for key, values in found.items():
        assert values.keys() == {"turn_taking_index", "post_worth"}
        assert_alike(values, {name: whole.by_rules[key].values[name] for name in values})
