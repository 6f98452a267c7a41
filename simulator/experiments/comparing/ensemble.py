"""Run a comparison under every structure of behaviour, and say in how many of them a difference holds.

Nobody knows which of the five ways of combining reasons units follow (``docs/odd.md`` 7.13), and for real questions the sign can differ between them. An
interval from one structure alone says nothing of that, so the structures are laid side by side, never averaged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from simulator.experiments.mathematics.statistics import Verdict  # noqa: TC001  # pydantic needs the type at run time
from simulator.experiments.results.comparison import STRUCTURES_CAVEAT
from simulator.experiments.results.records import Record
from simulator.model.behaviour import STRUCTURES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulator.experiments.execution.computing import Computing
    from simulator.experiments.results.comparison import Comparison, IndicatorComparison
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.workspace import Workspace

AGREEMENT: Final = 0.8
"""Share of the structures that must say the same before the ensemble does."""


@dataclass(frozen=True)
class UnderStructure(Record):
    """One indicator of one option under one structure, paired with the baseline under the same structure."""

    value: float | None
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    verdict: Verdict


@dataclass(frozen=True)
class IndicatorEnsemble(Record):
    """One indicator of one option under all structures.

    ``agreement`` is the share of structures that say the most frequent thing (clearly up, clearly down, small, or not clear);
    ``verdict`` is theirs where at least four in five agree, else *not clear*.
    """

    by_structure: dict[str, UnderStructure]
    agreement: float
    verdict: Verdict
    lowest: float | None
    highest: float | None


@dataclass(frozen=True)
class OptionEnsemble(Record):
    """One option: its indicators under all structures."""

    id: str
    title: dict[str, str]
    indicators: dict[str, IndicatorEnsemble]


@dataclass(frozen=True)
class Ensemble(Record):
    """A scenario under every structure of behaviour."""

    scenario: str
    title: dict[str, str]
    baseline: str
    replications: int
    structures: list[str]
    options: list[OptionEnsemble]


def compare_structures(
    scenario: Scenario, computing: Computing, *, begin: Callable[[str], None] | None = None, workspace: Workspace | None = None
) -> Ensemble:
    """Compare a scenario's options under every structure of behaviour.

    Parameters
    ----------
    scenario
        The scenario; its own structure is one of those run.
    computing
        Who computes.
    begin
        Told the name of each structure before it is run.
    workspace
        Where instruments are looked up; found from the current folder when absent.
    """
    from simulator.experiments.comparing.compare import compare  # noqa: PLC0415  # who only reads an ensemble, as a report does, needs no simulation

    told, by = begin or (lambda _structure: None), computing
    comparisons: dict[str, Comparison] = {}
    for structure in STRUCTURES:
        told(structure)
        under = replace(scenario, behaviour=replace(scenario.behaviour, structure=structure))
        comparisons[structure] = compare(under, workers=by.workers, scheduler=by.scheduler, store=by.store, progress=by.progress, workspace=workspace)
    return lay_side_by_side(comparisons)


def lay_side_by_side(comparisons: Mapping[str, Comparison]) -> Ensemble:
    """Join comparisons of one scenario, one for each structure."""
    first = next(iter(comparisons.values()))
    return Ensemble(
        scenario=first.scenario,
        title=first.title,
        baseline=first.baseline,
        replications=min(comparison.replications for comparison in comparisons.values()),
        structures=list(comparisons),
        options=[
            OptionEnsemble(
                id=option.id,
                title=option.title,
                indicators={
                    name: _join({structure: comparison.option(option.id).indicators[name] for structure, comparison in comparisons.items()})
                    for name in option.indicators
                },
            )
            for option in first.options
        ],
    )


def judge_jointly(comparison: Comparison, ensemble: Ensemble | None) -> Comparison:
    """Give a comparison the verdicts that hold under the structures of behaviour: one that too few of them share becomes *not clear*, with its reason as caveat.

    Parameters
    ----------
    comparison
        The comparison, under the structure of the scenario.
    ensemble
        The same scenario under every structure; ``None`` where that was not run, and the verdicts stay.
    """
    if ensemble is None:
        return comparison
    joined = {option.id: option.indicators for option in ensemble.options}
    options = [
        replace(option, indicators={name: _judged(item, joined.get(option.id, {}).get(name)) for name, item in option.indicators.items()})
        for option in comparison.options
    ]
    return replace(comparison, options=options)


def _judged(item: IndicatorComparison, joined: IndicatorEnsemble | None) -> IndicatorComparison:
    if joined is None or item.verdict == "not clear":
        return item
    sayings = [_saying(one) for one in joined.by_structure.values()]
    if sayings.count(_saying(item)) >= AGREEMENT * len(sayings):
        return item
    return replace(item, verdict="not clear", caveat=item.caveat or STRUCTURES_CAVEAT)


def _join(compared: Mapping[str, IndicatorComparison]) -> IndicatorEnsemble:
    sayings = [_saying(one) for one in compared.values()]
    most_frequent = max(dict.fromkeys(sayings), key=sayings.count)
    agreement = sayings.count(most_frequent) / len(sayings)
    differences = [one.difference for one in compared.values() if one.difference is not None]
    return IndicatorEnsemble(
        by_structure={
            structure: UnderStructure(one.value, one.difference, one.difference_low, one.difference_high, one.verdict)
            for structure, one in compared.items()
        },
        agreement=agreement,
        verdict=_verdict(most_frequent, agreement),
        lowest=min(differences, default=None),
        highest=max(differences, default=None),
    )


def _saying(one: IndicatorComparison | UnderStructure) -> tuple[Verdict, bool]:
    """Say what one structure says: its verdict, and, where that is clear, whether upwards."""
    return one.verdict, one.verdict == "clear" and (one.difference or 0.0) > 0


def _verdict(saying: tuple[Verdict, bool], agreement: float) -> Verdict:
    return saying[0] if agreement >= AGREEMENT else "not clear"
