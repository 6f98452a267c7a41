"""A plan: which replications of which variants of a scenario are to be run, and the name of each result for ever.

A run is named by the content of everything that determines it, never by a title, a file or a place. Two scenarios that ask different questions of the same
rules, people, behaviour and luck share their runs; a rule changed by one word, or another version of the program, shares none.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from simulator.experiments.runs.code_version import CODE_VERSION
from simulator.experiments.scenarios.option import Option
from simulator.experiments.scenarios.scenario import Scenario
from simulator.rules.criteria import CriteriaSet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WORDS_OF_SCENARIO: Final = frozenset(
    {
        "id",
        "title",
        "question",
        "as_of",
        "assumptions",
        "overrides",
        "replications",
        "stops_by_itself",
        "shock_meaning",
        "asked",
        "targets",
        "framing",
    }
)
"""Fields of a scenario that no run depends on: its words, how often it is run, and what its behaviour and base salary have already been made from."""
WORDS_OUTSIDE_STUDIES: Final = frozenset({"question", "overrides", "shock_meaning", "framing", "replications", "stops_by_itself"})
"""Those of them that no study reads either. The others some study does: titles, indicators asked about, the day whose base salary counts, and the ranges and margins of the assumptions."""


@dataclass(frozen=True, slots=True)
class RunId:
    """The name of one result.

    Attributes
    ----------
    scenario
        64 hexadecimal digits: :func:`fingerprint` of the scenario.
    replication
        Which luck.
    """

    scenario: str
    replication: int


@dataclass(frozen=True, slots=True, eq=False)
class PlannedRun:
    """One replication of one variant of a scenario."""

    scenario: Scenario
    replication: int


def plan_replications(*variants: Scenario) -> list[PlannedRun]:
    """Plan every replication of some variants of a scenario, one variant after the other."""
    return [PlannedRun(scenario, replication) for scenario in variants for replication in range(scenario.replications)]


def identify(plan: Sequence[PlannedRun]) -> list[RunId]:
    """Name every run of a plan; a variant is hashed once, however many replications it has."""
    hashes: dict[int, str] = {}
    for planned in plan:
        if id(planned.scenario) not in hashes:
            hashes[id(planned.scenario)] = fingerprint(planned.scenario)
    return [RunId(hashes[id(planned.scenario)], planned.replication) for planned in plan]


def fingerprint(scenario: Scenario) -> str:
    """Hash everything that determines the runs of a scenario, the program included.

    A field that a scenario is given one day counts unless it is listed among its words: forgetting it costs a run too many, never a wrong result.
    """
    content = {field.name: _plain(getattr(scenario, field.name)) for field in fields(Scenario) if field.name not in WORDS_OF_SCENARIO}
    canonical = json.dumps([CODE_VERSION, content], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def fingerprint_of_study(scenario: Scenario, *, with_replications: bool = False) -> str:
    """Hash everything that determines a study of a scenario: what determines its runs, and what is read beside them.

    Parameters
    ----------
    scenario
        The scenario.
    with_replications
        Whether the study has the replications of the scenario; one that has a number of its own says it itself.
    """
    read = sorted(WORDS_OF_SCENARIO - WORDS_OUTSIDE_STUDIES)
    beside = {name: _plain(getattr(scenario, name)) for name in read}
    titles = [[option.id, _plain(option.title)] for option in scenario.options]
    often = [scenario.replications, scenario.stops_by_itself] if with_replications else None
    content = [fingerprint(scenario), beside, titles, often]
    return hashlib.sha256(json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def _plain(value: object) -> Any:  # noqa: C901, PLR0911 - one line for each kind of value reads best
    """Give a value as JSON that differs where the value differs in anything a run can see."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value.hex()
        case datetime.date():
            return value.isoformat()
        case CriteriaSet():
            return value.content_hash
        case Option():
            return [[phase.from_year, phase.criteria.content_hash] for phase in value.phases]
        case BaseModel():
            return value.model_dump(mode="json")
        case Mapping():
            return [[_plain(key), _plain(entry)] for key, entry in value.items()]
        case tuple() | list():
            return _plain_all(value)
        case set() | frozenset():
            return sorted(_plain_all(value))
        case _ if is_dataclass(value) and not isinstance(value, type):
            return [type(value).__name__, *([field.name, _plain(getattr(value, field.name))] for field in fields(value))]
        case _:
            message = f"a scenario holds a {type(value).__name__}, which has no fingerprint"
            raise TypeError(message)


def _plain_all(values: Iterable[object]) -> list[Any]:
    return [_plain(value) for value in values]
