"""Try an award rule before it becomes law.

The question this package answers: what does a change in the rules of emulation and commendation do to rotation, leader bias and award
inflation, once units nominate and councils decide under it? It refuses to know the law itself, which is data in ``criteria/``, and it refuses to
predict any real person's award.

A newcomer starts with ``simulator.rules`` (how a legal text becomes clauses) and ``simulator.scoring`` (the clauses applied to real nominees), then
``simulator.model`` (one year of nominations and decisions), then ``simulator.experiments`` (two sets of rules meeting the same luck).

This module is the small public door, in the order of the story. It opens lazily: checking a criteria set must not load Mesa or a plotting library.
Inside the package, names are imported from the module that owns them, never from here.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.experiments.attribution.attribute import attribute
    from simulator.experiments.comparing.compare import compare
    from simulator.experiments.runs.run import simulate
    from simulator.experiments.scenarios.scenario import load_scenario
    from simulator.indicators.measurement import measure
    from simulator.model.model import AwardModel
    from simulator.model.unit import Unit
    from simulator.population.generator import generate
    from simulator.presentation.registers.measurement_figures import draw_measured
    from simulator.presentation.registers.measurements_beside import draw_measurements
    from simulator.presentation.results.attribution_figures import draw_effect_waterfall
    from simulator.presentation.results.attribution_table import attribution_tables
    from simulator.presentation.results.figures import draw_allocation_mix, draw_by_year, draw_comparison
    from simulator.presentation.results.tables import draw_table
    from simulator.presentation.results.waterfall import draw_waterfall
    from simulator.presentation.rules.rule_tables import compliance_table
    from simulator.presentation.scores.scores import scores_table
    from simulator.reporting.pages.explained import show_explanation
    from simulator.reporting.pages.looking import open_criteria, open_register
    from simulator.reporting.pages.opening import open_report
    from simulator.reporting.pages.provenance import provenance
    from simulator.rules.diffing import diff
    from simulator.rules.linting import lint
    from simulator.rules.loading import load_criteria
    from simulator.scoring.explanation import explain
    from simulator.scoring.scorer import score
    from simulator.widgets.training.page import Training
    from simulator.widgets.workbench.page import Workbench
    from simulator.workbook.registers import read_register
    from simulator.workbook.roster import read_roster

    __version__: str

__all__ = [  # noqa: RUF022 - the order of the story, not of the alphabet
    "load_criteria",
    "open_criteria",
    "lint",
    "diff",
    "read_roster",
    "score",
    "scores_table",
    "explain",
    "show_explanation",
    "draw_waterfall",
    "load_scenario",
    "simulate",
    "compare",
    "attribute",
    "draw_effect_waterfall",
    "attribution_tables",
    "compliance_table",
    "read_register",
    "open_register",
    "measure",
    "draw_measured",
    "generate",
    "AwardModel",
    "Unit",
    "draw_measurements",
    "draw_table",
    "draw_comparison",
    "draw_allocation_mix",
    "draw_by_year",
    "open_report",
    "provenance",
    "Workbench",
    "Training",
]

_OWNERS = {
    "load_criteria": "simulator.rules.loading",
    "open_criteria": "simulator.reporting.pages.looking",
    "lint": "simulator.rules.linting",
    "diff": "simulator.rules.diffing",
    "read_roster": "simulator.workbook.roster",
    "score": "simulator.scoring.scorer",
    "scores_table": "simulator.presentation.scores.scores",
    "explain": "simulator.scoring.explanation",
    "show_explanation": "simulator.reporting.pages.explained",
    "draw_waterfall": "simulator.presentation.results.waterfall",
    "load_scenario": "simulator.experiments.scenarios.scenario",
    "simulate": "simulator.experiments.runs.run",
    "compare": "simulator.experiments.comparing.compare",
    "attribute": "simulator.experiments.attribution.attribute",
    "draw_effect_waterfall": "simulator.presentation.results.attribution_figures",
    "attribution_tables": "simulator.presentation.results.attribution_table",
    "compliance_table": "simulator.presentation.rules.rule_tables",
    "read_register": "simulator.workbook.registers",
    "open_register": "simulator.reporting.pages.looking",
    "measure": "simulator.indicators.measurement",
    "draw_measured": "simulator.presentation.registers.measurement_figures",
    "generate": "simulator.population.generator",
    "AwardModel": "simulator.model.model",
    "Unit": "simulator.model.unit",
    "draw_measurements": "simulator.presentation.registers.measurements_beside",
    "draw_table": "simulator.presentation.results.tables",
    "draw_comparison": "simulator.presentation.results.figures",
    "draw_allocation_mix": "simulator.presentation.results.figures",
    "draw_by_year": "simulator.presentation.results.figures",
    "open_report": "simulator.reporting.pages.opening",
    "provenance": "simulator.reporting.pages.provenance",
    "Workbench": "simulator.widgets.workbench.page",
    "Training": "simulator.widgets.training.page",
}


def __getattr__(name: str) -> object:
    if name == "__version__":
        return importlib.import_module("importlib.metadata").version("tieuchi")
    if name not in _OWNERS:
        message = f"module 'simulator' has no attribute {name!r}; it offers {', '.join(__all__)}"
        raise AttributeError(message)
    value = getattr(importlib.import_module(_OWNERS[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})
