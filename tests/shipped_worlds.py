"""Worlds under the shipped law and the shipped assumptions: small populations in which people behave as ``scenarios/assumptions.yaml`` says."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.experiments.scenarios.assumptions import load_assumptions
from simulator.indicators.values import values_of
from simulator.model.model import AwardModel
from simulator.population.generator import uniform_population
from simulator.workspace import Workspace
from tests.rules.specimen import stack_texts
from tests.worlds import FOCUS, GROUND

if TYPE_CHECKING:
    from simulator.history import History
    from simulator.model.behaviour import Behaviour
    from simulator.model.shock import Shock
    from simulator.population.generator import Population
    from simulator.rules.criteria import CriteriaSet

ROOT = Path(__file__).resolve().parents[1]
WHY = "why: {vi: Thử, en: Trial}"

_OVERLAY = """
id: trial-overlay
extends: decree-91
title: {vi: Thử, en: Trial}
status: illustrative
drafting_state: drafting
valid: {from: 2021-01-01}
checked_on: 2026-11-22
"""


@lru_cache(maxsize=1)
def _assumptions():
    return load_assumptions(Workspace(ROOT))


def assumed(*, learns: bool = False, **overrides: float) -> Behaviour:
    """Give the behaviour of the shipped assumptions, with some of its numbers replaced."""
    return replace(_assumptions().behaviour(overrides), learns=learns)


@lru_cache(maxsize=64)
def decree_91(*, principles: str = "", procedure: str = "", awards: str = "") -> CriteriaSet:
    """Read the shipped set ``decree-91``, and lay an overlay of these words over it, where there are any."""
    text = (ROOT / "criteria" / "decree-91.yaml").read_text(encoding="utf-8")
    parts = {"principles": principles, "procedure": procedure, "awards": awards}
    words = "".join(f"{name}:\n{part}\n" for name, part in parts.items() if part)
    return stack_texts(text, _OVERLAY + words) if words else stack_texts(text)


def added(clause_id: str, kind: str, words: str) -> str:
    """Write a clause that an overlay adds under ``principles`` or ``procedure``."""
    return f"  {clause_id}: {{kind: {kind}, {GROUND}, {WHY}, {words}}}\n"


def added_to(award: str, clause_id: str, kind: str, words: str) -> str:
    """Write a clause that an overlay adds to an award."""
    return f"  {award}:\n    clauses:\n      {clause_id}: {{kind: {kind}, {GROUND}, {WHY}, {words}}}\n"


def urged(number: str, toward: float, compliance: float) -> str:
    """Write an exhortation that moves a behavioural number, followed to a degree."""
    words = f"compliance: {{value: {compliance}, low: 0, high: 1}}, moves: [{{assumption: {number}, toward: {toward}}}]"
    return added(f"urged-{number.replace('_', '-')}", "exhortation", words)


def lived(
    rules: CriteriaSet,
    behaviour: Behaviour | None = None,
    *,
    population: Population | None = None,
    n_units: int = 120,
    size: int = 20,
    years: int = 12,
    warm_up: int = 8,
    seed: int = 1,
    focus: str = FOCUS,
    shock: Shock | None = None,
) -> AwardModel:
    """Let a world of equal units, 70 % of whose staff work directly, live on to a year; by default under the shipped assumptions."""
    population = population or uniform_population(n_units, size, direct_share=0.7)
    model = AwardModel(population, rules, behaviour or assumed(), seed=seed, focus_award=focus, first_year=1 - warm_up, collects=False, shock=shock)
    return model.run(warm_up + years)


def indicator(history: History, name: str) -> float:
    """Measure one number of a whole history."""
    return values_of(history, names=(name,), with_course=False)[0][name]
