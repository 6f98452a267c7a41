from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulator.widgets.drafting.undoing import MOST_STEPS, Undoing


def test_back_and_forth_again():
    steps = Undoing(1).then(2).then(3)
    assert (steps.now, steps.back().now, steps.back().back().now, steps.back().forth().now) == (3, 2, 1, 3)


def test_a_new_step_forgets_what_was_undone():
    steps = Undoing(1).then(2).back().then(4)
    assert (steps.now, steps.forth().now, steps.back().now) == (4, 4, 1)


def test_the_same_again_is_no_step():
    assert Undoing(1).then(1).past == ()


def test_a_slider_on_its_way_is_one_step():
    steps = Undoing(0).then(1).instead(2).instead(3)
    assert (steps.now, steps.back().now) == (3, 0)


def test_the_oldest_are_forgotten():
    steps = Undoing(0)
    for state in range(1, 3 * MOST_STEPS):
        steps = steps.then(state)
    assert len(steps.past) == MOST_STEPS
    assert steps.past[0] == 2 * MOST_STEPS - 1


@given(st.lists(st.integers(0, 3)))
def test_back_to_the_beginning_and_forth_again_is_where_one_was(states):
    steps = Undoing(-1)
    for state in states:
        steps = steps.then(state)
    there = steps
    while steps.past:
        steps = steps.back()
    assert steps.now == -1
    while steps.future:
        steps = steps.forth()
    assert steps == there
