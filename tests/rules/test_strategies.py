"""The random sets themselves: each can be read, says what its data says, and has points or awards as it was asked."""

from __future__ import annotations

from hypothesis import given

from simulator.rules.points import Section, iter_parts
from tests.examples import sampled
from tests.rules.strategies import criteria_sets, read, set_data

FEW = sampled(10, 100)  # a whole set takes a tenth of a second


@FEW
@given(set_data())
def test_every_random_set_can_be_read_and_says_what_its_data_says(data):
    criteria = read(data)
    assert criteria.id == data["id"]
    assert list(criteria.awards) == list(data["awards"])
    assert list(criteria.points) == list(data.get("points", {}))
    assert criteria.title.vi == data["title"]["vi"]


@FEW
@given(criteria_sets(has_points=True, is_sound=True))
def test_sound_sets_add_up(criteria):
    for _path, part in iter_parts(criteria.points):
        if isinstance(part, Section):
            assert part.points == sum(inner.points for inner in part.parts.values())
