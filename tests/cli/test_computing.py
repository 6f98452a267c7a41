from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.cli.computing import computing_of, forget_what_is_kept, load_asked, say_at_most, say_how_often, say_how_to_go_on, say_part
from simulator.cli.options import UsageError
from simulator.experiments.execution.processes import processors
from simulator.experiments.results.stopping import Stopping, WideDifference
from simulator.experiments.studies import KINDS
from simulator.model.behaviour import STRUCTURES
from simulator.workspace import find_workspace
from tests.presentation.specimen import specimen_comparison


def test_a_scenario_has_its_own_numbers_unless_others_are_asked_for():
    place = find_workspace()
    own = load_asked("hanoi-2021", place, "vi", replications=None, years=None, seed=None)
    asked = load_asked("hanoi-2021", place, "vi", replications="3", years="4", seed="0")
    assert (own.replications, own.years, own.seed) == (20, 10, 3959)
    assert (asked.replications, asked.years, asked.seed) == (3, 4, 0)
    assert (own.stops_by_itself, asked.stops_by_itself) == (True, False)
    free = load_asked("hanoi-2021", place, "vi", at_most="200")
    assert (free.replications, free.stops_by_itself) == (200, True)
    for wrong in ({"replications": "3.0"}, {"at_most": "1001"}):
        with pytest.raises(UsageError, match=r"(replications|at-most)"):
            load_asked("hanoi-2021", place, "vi", **wrong)


def test_it_is_said_that_replications_stop_by_themselves_where_they_may(capsys):
    scenario = load_asked("hanoi-2021", find_workspace(), "en")
    say_how_often(scenario, "en")
    assert "after 20 at the latest" in capsys.readouterr().err
    for fixed in (scenario.with_(replications=20), scenario.with_(at_most=15)):
        say_how_often(fixed, "en")
    assert capsys.readouterr().err == ""


def test_how_to_go_on_is_said_where_the_most_were_run_and_differences_are_wide(capsys):
    wide = [WideDifference("plan", "turn_taking_index", 0.02, 0.01)]
    say_at_most(replace(specimen_comparison(), stopping=Stopping("cap", 20, wide=wide)), "en")
    assert "--at-most" in capsys.readouterr().err
    others = (None, Stopping("cap", 20, wide=[]), Stopping("precise", 20, wide=[]), Stopping("asked", 20, wide=wide), Stopping("cap", 14, wide=wide))
    for stopping in others:
        say_at_most(replace(specimen_comparison(), stopping=stopping), "en")
    assert capsys.readouterr().err == ""


def test_every_processor_computes_unless_a_number_is_given(tmp_path):
    assert computing_of("vi", None, None, None).workers == processors()
    assert computing_of("vi", "3", "tcp://x", None).workers == 3
    assert computing_of("vi", "3", "tcp://x", None).scheduler == "tcp://x"
    assert computing_of("vi", None, None, None).store is None
    assert computing_of("vi", None, None, tmp_path).store.folder == tmp_path


def test_whoever_is_stopped_hears_how_to_go_on_where_something_is_kept(tmp_path, capsys):
    forget_what_is_kept()
    say_how_to_go_on("en")
    computing = computing_of("en", "1", None, tmp_path)
    say_how_to_go_on("en")
    assert capsys.readouterr().err == "", "nothing is kept yet"
    computing.store.add_study("ab" * 32, "s", "{}")
    say_how_to_go_on("en")
    assert "The same command goes on from there." in capsys.readouterr().err
    computing_of("en", "1", None, None)
    say_how_to_go_on("en")
    assert capsys.readouterr().err == "", "--no-store"
    computing_of("en", "1", None, tmp_path)
    forget_what_is_kept()
    say_how_to_go_on("en")
    assert capsys.readouterr().err == "", "of another command"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_part_of_a_long_computation_is_named(capsys, lang):
    parts = [*(name for name in KINDS if name != "structures"), *STRUCTURES]
    for part in parts:
        say_part(part, lang)
    said = capsys.readouterr().err.splitlines()
    assert len(set(said)) == len(parts) == 11
