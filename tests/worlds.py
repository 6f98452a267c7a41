"""Small worlds for tests: a criteria set of a few lines, a handful of equal units, and the history they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.model.model import AwardModel
from simulator.population.generator import uniform_population
from simulator.rules.loading import criteria_from_text

if TYPE_CHECKING:
    from simulator.history import History
    from simulator.model.behaviour import Behaviour
    from simulator.rules.criteria import CriteriaSet

GROUND = "title: {vi: Thử, en: Trial}, assumption: {vi: Thử, en: Trial}"
FOCUS = "chien-si-thi-dua-co-so"

_HEADER = """
id: trial
title: {vi: Thử, en: Trial}
status: illustrative
drafting_state: drafting
valid: {from: 2021-01-01}
checked_on: 2026-11-22
"""


def clause(clause_id: str, kind: str, words: str) -> str:
    """Write one clause."""
    return f"{clause_id}: {{kind: {kind}, {GROUND}, {words}}}"


def quota(share: float = 0.15, *, of: str = "staff", pooling: str = "unit", rounding: str = "nearest") -> str:
    """Write a quota clause."""
    return clause("places", "quota", f"share: {share}, of: {of}, pooling: {pooling}, rounding: {rounding}")


def award(award_id: str, *clauses: str, level: int = 2, authority: str = "unit", kind: str = "merit") -> str:
    """Write one award."""
    head = f"  {award_id}:\n    title: {{vi: Thử, en: Trial}}\n    target: individual\n    kind: {kind}\n"
    head += f"    level: {level}\n    authority: {authority}\n"
    if not clauses:
        return head + "    clauses: {}\n"
    return head + "    clauses:\n" + "".join(f"      {text}\n" for text in clauses)


def criteria(*awards: str, procedure: tuple[str, ...] = (), principles: tuple[str, ...] = ()) -> CriteriaSet:
    """Read a criteria set made of these awards."""
    text = _HEADER
    for name, clauses in (("principles", principles), ("procedure", procedure)):
        if clauses:
            text += f"{name}:\n" + "".join(f"  {words}\n" for words in clauses)
    return criteria_from_text(text + "awards:\n" + "".join(awards))


def one_award(*clauses: str, procedure: tuple[str, ...] = ()) -> CriteriaSet:
    """Read a criteria set of one annual award."""
    return criteria(award(FOCUS, *clauses), procedure=procedure)


def live(
    rules: CriteriaSet,
    behaviour: Behaviour | None = None,
    *,
    n_units: int = 20,
    size: int | list[int] = 20,
    n_leaders: int | None = 3,
    years: int = 10,
    seed: int = 1,
    n_history_years: int = 2,
    is_perfect: bool = False,
) -> History:
    """Let a small world live for some years; the first two are memory."""
    population = uniform_population(n_units, size, n_leaders=n_leaders)
    model = AwardModel(population, rules, behaviour, seed=seed, is_perfect=is_perfect, collects=False)
    with model:
        return model.run(years).history(n_history_years=n_history_years)
