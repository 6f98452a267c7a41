from __future__ import annotations

import pytest

from simulator.widgets.training.exercise import exercises
from simulator.widgets.training.world import World
from simulator.widgets.training.worlds import found_world
from simulator.workspace import find_workspace


@pytest.mark.parametrize("exercise", exercises(), ids=lambda exercise: exercise.id)
def test_the_rules_at_the_start_are_those_of_the_file_or_those_a_control_starts_with(exercise):
    found = found_world(exercise, find_workspace())
    wanted = exercise.world.criteria
    assert "+".join(found.criteria.stack) == str(exercise.fields(exercise.start)[wanted[1:]] if wanted.startswith("$") else wanted)


def test_a_world_says_what_it_reads_and_what_matters():
    with pytest.raises(TypeError, match=r"margin.*read"):
        World(exercises()[0], exercises()[0].world, find_workspace())
