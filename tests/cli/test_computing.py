from __future__ import annotations

import pytest

from simulator.cli.computing import computing_of, load_asked, say_part
from simulator.cli.options import UsageError
from simulator.experiments.processes import processors
from simulator.experiments.studies import KINDS
from simulator.model.behaviour import STRUCTURES
from simulator.workspace import find_workspace


def test_a_scenario_has_its_own_numbers_unless_others_are_asked_for():
    place = find_workspace()
    own = load_asked("hanoi-2021", place, "vi", replications=None, years=None, seed=None)
    asked = load_asked("hanoi-2021", place, "vi", replications="3", years="4", seed="0")
    assert (own.replications, own.years, own.seed) == (20, 10, 3959)
    assert (asked.replications, asked.years, asked.seed) == (3, 4, 0)
    with pytest.raises(UsageError):
        load_asked("hanoi-2021", place, "vi", replications="3.0")


def test_every_processor_computes_unless_a_number_is_given(tmp_path):
    assert computing_of("vi", None, None, None).workers == processors()
    assert computing_of("vi", "3", "tcp://x", None).workers == 3
    assert computing_of("vi", "3", "tcp://x", None).scheduler == "tcp://x"
    assert computing_of("vi", None, None, None).store is None
    assert computing_of("vi", None, None, tmp_path).store.folder == tmp_path


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_part_of_a_long_computation_is_named(capsys, lang):
    parts = [*(name for name in KINDS if name != "structures"), *STRUCTURES]
    for part in parts:
        say_part(part, lang)
    said = capsys.readouterr().err.splitlines()
    assert len(set(said)) == len(parts) == 7
