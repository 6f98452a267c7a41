"""Evidence with redlines, for their tests."""

from __future__ import annotations

from dataclasses import replace

from simulator.reporting.evidence.redline import redlines_of
from simulator.workspace import find_workspace
from tests.presentation.specimen import specimen_comparison
from tests.presentation.split import MemberClause, specimen_attribution
from tests.reporting.specimen import evidence_of

LANGS = ("vi", "en")
SIMULATED = ("principles.fewer-leaders", "principles.more-ad-hoc-awards", "principles.stricter-selection")


def split_plan():
    """Give the specimen attribution under the names of the clauses of plan 115."""
    attribution = specimen_attribution()
    (option,) = attribution.options
    names = {part.clause: f"hanoi-plan-115#{path}" for part, path in zip(option.parts, SIMULATED, strict=False)}
    parts = [
        replace(part, clause=names.get(part.clause, part.clause), members=[MemberClause(names[part.clause], part.members[0].title, "added")])
        if part.clause in names
        else part
        for part in option.parts
    ]
    indicators = {
        name: replace(item, parts=[replace(effect, clause=names.get(effect.clause, effect.clause)) for effect in item.parts])
        for name, item in option.indicators.items()
    }
    return replace(attribution, options=[replace(option, parts=parts, indicators=indicators)])


def evidence(scenario, lang, *, is_split=True):
    comparison = specimen_comparison()
    chosen = [redline for redline in redlines_of(scenario, lang, find_workspace()) if redline.option == "plan-115"]
    return replace(evidence_of(comparison, lang=lang), redlines=chosen, attribution=split_plan() if is_split else None)
