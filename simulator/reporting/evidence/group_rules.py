"""Clauses that speak of gender or of direct workers, in the baseline and in every option.

An assessment of impacts has to say which there are even where no model can play them. They are found by what a clause tests, and where it tests nothing, by its
words. They travel with the evidence in words, so that the report tells of the rules that were simulated and of no later ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from simulator.experiments.results.records import Record
from simulator.presentation.rules.citing import NO_REGISTER, cite_with_confidence
from simulator.presentation.rules.criteria_tables import plays
from simulator.rules.clauses import DirectWorkerFloor, Statement
from simulator.rules.linting import find_register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.presentation.numbers import Lang
    from simulator.rules.citation import InstrumentRegister
    from simulator.rules.clauses import Clause
    from simulator.rules.criteria import CriteriaSet
    from simulator.workspace import Workspace

Topic = Literal["gender", "direct"]
_FACTS: Final[dict[Topic, tuple[str, ...]]] = {"gender": ("is-woman", "women-share"), "direct": ("is-direct-worker",)}
_WORDS: Final[dict[Topic, re.Pattern[str]]] = {
    "gender": re.compile(r"\b(?:nữ|bình đẳng giới|giới tính)\b", re.IGNORECASE),
    "direct": re.compile(r"\b(?:lao động trực tiếp|trực tiếp lao động|trực tiếp sản xuất)\b", re.IGNORECASE),
}


@dataclass(frozen=True)
class GroupRule(Record):
    """One clause that speaks of a group.

    Attributes
    ----------
    topic
        The group.
    clause, award
        Its title, and the award it belongs to where there is one.
    source
        What it cites, with how surely that was read.
    is_simulated
        Whether the model plays it.
    is_of_baseline
        Whether the baseline has it.
    options
        The options that bring it; of a clause of the baseline, those that have it no longer.
    """

    topic: Topic
    clause: str
    award: str
    source: str
    is_simulated: bool
    is_of_baseline: bool
    options: list[str]


def group_rules_of(scenario: Scenario, lang: Lang, workspace: Workspace) -> list[GroupRule]:
    """Find the clauses that speak of a group, those of the baseline first; each once, with the options that bring it or have it no longer."""
    register = find_register(workspace) or NO_REGISTER
    held = _rules_of(scenario.baseline, lang, register)
    told = {rule: list[str]() for rule in held}
    for option in scenario.options:
        found = _rules_of(option.criteria, lang, register)
        for rule in {**told, **dict.fromkeys(found)}:
            if (rule in found) is not (rule in held):
                told.setdefault(rule, []).append(option.id)
    return [GroupRule(*rule, rule in held, options) for rule, options in told.items()]


class _Rule(NamedTuple):
    topic: Topic
    clause: str
    award: str
    source: str
    is_simulated: bool


def _rules_of(criteria: CriteriaSet, lang: Lang, register: InstrumentRegister) -> list[_Rule]:
    """Give what a set says of the groups; a principle in words alone is left out where a clause that does it cites the same provision."""
    found = list(_speaking(criteria))
    amended = criteria.amended
    done = {(topic, clause.source) for topic, _, clause in found if not isinstance(clause, Statement) and clause.source is not None}
    return [
        _Rule(
            topic,
            clause.title.in_language(lang).rstrip("."),
            criteria.awards[award].title.in_language(lang) if (award := path.partition(".")[0]) in criteria.awards else "",
            cite_with_confidence(clause.source, lang, register, is_amended=path in amended),
            plays(clause, criteria.awards.get(award)),
        )
        for topic, path, clause in found
        if not (isinstance(clause, Statement) and (topic, clause.source) in done)
    ]


def _speaking(criteria: CriteriaSet) -> Iterator[tuple[Topic, str, Clause]]:
    for path, clause in criteria.iter_clauses():
        tested = clause.model_dump_json(exclude={"title", "assumption", "why", "source"})
        for topic, facts in _FACTS.items():
            is_tested = any(f'"{fact}"' in tested for fact in facts) or (topic == "direct" and isinstance(clause, DirectWorkerFloor))
            if is_tested or _WORDS[topic].search(clause.title.in_language("vi")):
                yield topic, path, clause
