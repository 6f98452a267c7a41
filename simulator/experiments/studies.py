"""What was found out about a scenario besides its comparison: effects by clause, what the result depends on, other structures of behaviour.

A study is kept in the results store under everything that determines its runs, so that a report shows it where it was run, and never one of other rules
or numbers. Each kind is one frozen record.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter, ValidationError

from simulator.experiments.attribution import Attribution
from simulator.experiments.ensemble import Ensemble
from simulator.experiments.influences import Sensitivity
from simulator.experiments.plan import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.experiments.results import Record
    from simulator.experiments.scenario import Scenario
    from simulator.experiments.store import Store

KINDS: Final[Mapping[str, type[Record]]] = {"attribution": Attribution, "structures": Ensemble, "sensitivity": Sensitivity}
"""Name of a kind of study → its record."""


def keep_study(store: Store | None, name: str, scenario: Scenario, study: Record) -> None:
    """Keep a study; without a store, nothing is kept."""
    if store is not None:
        store.add_study(fingerprint(scenario), name, json.dumps(study.to_dict(), ensure_ascii=True, allow_nan=False))


def find_study(store: Store | None, name: str, scenario: Scenario) -> Record | None:
    """Give the study of that kind that was kept for exactly this scenario and this program, or ``None``."""
    content = None if store is None else store.get_study(fingerprint(scenario), name)
    if content is None:
        return None
    try:
        return _reader(name).validate_json(content)
    except ValidationError:  # of another version, or changed by hand: as good as none
        return None


@cache
def _reader(name: str) -> TypeAdapter[Record]:
    return TypeAdapter(KINDS[name])
