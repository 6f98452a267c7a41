"""Which assumptions can act in a scenario at all: those that its runs read.

Where units do not learn, no number of learning is ever looked at; where no rule asks for a deed, none about deeds is. What nobody reads moves nothing, whatever
its range: varied with the others it would only spread futures over more dimensions and lend itself to chance. What is read is watched while one future of
every structure of behaviour is run, since each reads numbers of its own.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.experiments.execution.batch import attempt
from simulator.experiments.runs.results import ReplicationFailure
from simulator.experiments.scenarios.thinning import THINNED_MEMBERS
from simulator.experiments.tipping.future_runs import name_of
from simulator.experiments.tipping.futures import FutureRun, Futures, draw_futures
from simulator.model.behaviour import NAMES_OF_NUMBERS, STRUCTURES, Behaviour

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.experiments.store.store import Store

_NUMBERS: Final = tuple(field.name for field in fields(Behaviour))


_ENTRY: Final = "idle"


def idle_inputs(scenario: Scenario, names: tuple[str, ...], store: Store | None = None) -> frozenset[str]:
    """Name the assumptions that no run of a scenario reads; none where some structure could not be run.

    Parameters
    ----------
    scenario
        The scenario; people are thinned to about two thousand.
    names
        Indicators that are read of a run.
    store
        Where it is kept, so that a study that is recalled runs nothing; by default nowhere.
    """
    drawn = draw_futures(scenario, len(STRUCTURES))
    ranged = frozenset(each.id for each in drawn.inputs if each.kind == "assumption")
    owner = name_of(scenario, FutureRun(drawn, names, THINNED_MEMBERS, 1))
    kept = None if store is None else _read(store.get_study(owner, _ENTRY), ranged)
    if kept is not None:
        return kept
    read = _read_by_runs(scenario, drawn, names)
    if read is None:
        return frozenset()
    if store is not None:
        store.add_study(owner, _ENTRY, json.dumps(sorted(ranged - read)))
    return ranged - read


def _read(text: str | None, ranged: frozenset[str]) -> frozenset[str] | None:
    try:
        names = None if text is None else frozenset(json.loads(text))
    except (TypeError, ValueError):  # changed by hand: as good as none
        return None
    return names if names is not None and names <= ranged else None


def _read_by_runs(scenario: Scenario, drawn: Futures, names: tuple[str, ...]) -> set[str] | None:
    """Name the numbers of behaviour that one future of every structure reads; ``None`` where some could not be run."""
    read: set[str] = set()
    watched = _WatchedFutures(drawn.inputs, drawn.numbers, np.arange(len(drawn)), drawn.seed, _watching(read))
    run = FutureRun(watched, names, THINNED_MEMBERS, 1)
    found = [attempt(run, scenario, future) for future in range(len(drawn))]
    if len(drawn) < len(STRUCTURES) or any(isinstance(each, ReplicationFailure) for each in found):
        return None
    return read


@dataclass(frozen=True)
class _WatchedFutures(Futures):
    """Futures in which it is noted which numbers of behaviour are read."""

    behaviour: type[Behaviour]

    def scenario(self, base: Scenario, future: int) -> Scenario:
        """Give the scenario as it stands in one future, watched."""
        there = super().scenario(base, future)
        return replace(there, behaviour=self.behaviour(**{name: getattr(there.behaviour, name) for name in _NUMBERS}))


def _watching(read: set[str]) -> type[Behaviour]:
    """Make a behaviour that notes each number that is read of it; what copies or compares it reads all, and says nothing of any."""

    class Watched(Behaviour):
        def __getattribute__(self, name: str) -> Any:
            if name in NAMES_OF_NUMBERS:
                read.add(name)
            return super().__getattribute__(name)

        def with_values(self, values: Mapping[str, float]) -> Behaviour:
            before = frozenset(read)
            copied = super().with_values(values)
            read.intersection_update(before)
            return copied

        def __post_init__(self) -> None:
            """Leave its numbers as they were found possible."""

        __eq__ = object.__eq__
        __hash__ = object.__hash__

    return Watched
