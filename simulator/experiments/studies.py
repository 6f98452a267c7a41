"""What was found out about a scenario besides its comparison: because of which clause, depending on what, where it tips over, what paper it takes, what lists show.

A study is kept in the results store under everything that determines it, so that a report shows it where it was run, and never one of other rules, ranges
or margins. Each kind is one frozen record, which says itself what else it was asked for: of two that were run, the later is kept.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from pydantic import TypeAdapter, ValidationError

from simulator.experiments.attribution.attribute import Attribution
from simulator.experiments.comparing.ensemble import Ensemble
from simulator.experiments.paperwork.results import Paperwork
from simulator.experiments.power.results import Power
from simulator.experiments.runs.plan import fingerprint_of_study
from simulator.experiments.sensitivity.global_influences import GlobalSensitivity
from simulator.experiments.sensitivity.influences import Sensitivity
from simulator.experiments.tipping.results import Tipping

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.experiments.results.records import Record
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.experiments.store.store import Store


class StudyKind(NamedTuple):
    """A kind of study.

    Attributes
    ----------
    record
        What it is kept as.
    word
        What a command line calls it.
    has_replications_of_scenario
        Whether it is run as often as its scenario; else it has a number of its own.
    """

    record: type[Record]
    word: str
    has_replications_of_scenario: bool = False


KINDS: Final[Mapping[str, StudyKind]] = {
    "structures": StudyKind(Ensemble, "structures", has_replications_of_scenario=True),
    "global_sensitivity": StudyKind(GlobalSensitivity, "sensitivity"),
    "sensitivity": StudyKind(Sensitivity, "one-at-a-time"),
    "tipping": StudyKind(Tipping, "tipping"),
    "attribution": StudyKind(Attribution, "attribute"),
    "paperwork": StudyKind(Paperwork, "paperwork"),
    "power": StudyKind(Power, "power"),
}
"""Every kind of study by its name, which is that of its field in the evidence of a report, in the order in which reports list them. Words are those of the
command that keeps it: ``sensitivity`` varies everything at once, and ``one-at-a-time`` is its quick method, kept apart so that neither is told as the other."""


def keep_study(store: Store | None, name: str, scenario: Scenario, study: Record) -> None:
    """Keep a study; without a store, nothing is kept."""
    if store is not None:
        store.add_study(_key(name, scenario), name, json.dumps(study.to_dict(), ensure_ascii=True, allow_nan=False))


def find_study(store: Store | None, name: str, scenario: Scenario) -> Record | None:
    """Give the study of that kind that was kept for exactly this scenario and this program, or ``None``."""
    content = None if store is None else store.get_study(_key(name, scenario), name)
    if content is None:
        return None
    try:
        return _reader(name).validate_json(content)
    except ValidationError:  # of another version, or changed by hand: as good as none
        return None


def _key(name: str, scenario: Scenario) -> str:
    return fingerprint_of_study(scenario, with_replications=KINDS[name].has_replications_of_scenario)


@cache
def _reader(name: str) -> TypeAdapter[Record]:
    return TypeAdapter(KINDS[name].record)
