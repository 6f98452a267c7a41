"""Whose thing is whose, where replications lie side by side."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.replications import REPLICATION_STEP, SideBySide


@given(st.lists(st.integers(0, 5), min_size=1, max_size=6))
def test_every_thing_belongs_to_one_replication(counts):
    things, n = SideBySide(tuple(counts)), sum(counts)
    owner = [number for number, count in enumerate(counts) for _ in range(count)]
    place = [position for count in counts for position in range(count)]
    everything = np.arange(n)
    assert len(things) == len(counts)
    assert things.replication_of(everything).tolist() == owner
    assert things.place.tolist() == place
    assert things.ids.tolist() == things.ids_of(everything).tolist() == [REPLICATION_STEP * who + at for who, at in zip(owner, place, strict=True)]
    assert [list(range(n))[own] for own in things.slices] == [[at for at in range(n) if owner[at] == number] for number in range(len(counts))]
    assert (things.start.tolist(), things.count.tolist()) == ([own.start for own in things.slices], counts)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=6), st.data())
def test_what_holds_in_a_replication_holds_for_its_things(counts, data):
    things, n = SideBySide(tuple(counts)), sum(counts)
    some = np.array(data.draw(st.lists(st.integers(0, n - 1), max_size=8) if n else st.just([])), dtype=np.int64)
    of_each = np.arange(len(counts)) * 10.0
    owner = things.replication_of(some)
    assert things.spread(of_each).tolist() == (things.replication_of(np.arange(n)) * 10.0).tolist()
    assert np.broadcast_to(things.per_thing(of_each, some), len(some)).tolist() == (owner * 10.0).tolist()
    assert things.count_of(some).tolist() == np.bincount(owner, minlength=len(counts)).tolist()


def test_replications_that_follow_one_another_are_taken_together():
    things = SideBySide((2, 0, 3, 1))
    assert things.joined((1, 2, 1)).counts == (2, 3, 1)
    assert things.joined(()) is things
