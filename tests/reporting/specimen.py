"""Small evidence for the tests of reporting."""

from __future__ import annotations

from functools import cache

from simulator.reporting.evidence.contents import Asked, ScenarioEvidence
from simulator.reporting.outline import lay_out
from simulator.reporting.pages.scenario import ScenarioPages
from tests.presentation.specimen import specimen_comparison

ORDER = [
    "front",
    "problem",
    "aim",
    "options",
    "impacts",
    "results",
    "seal",
    "mix",
    "years",
    "merit",
    "ladder",
    "effects",
    "assumptions",
    "dependence",
    "limits",
    "clauses",
    "annex",
    "provenance",
]
"""The sections of a scenario report."""


def evidence_of(comparison=None, **asked):
    """Give the evidence of a scenario report that was asked for like this."""
    comparison = comparison or specimen_comparison()
    return ScenarioEvidence(Asked(comparison.scenario, **asked), comparison)


def outline_of(comparison=None, *, lang="vi", date="", has_letterhead=False):
    """Lay a scenario report out without a kernel; the specimen itself is laid out once for all tests, which leave it as it is."""
    lay = outline_anew if comparison else _outline_of_specimen
    return lay(comparison, lang, date, has_letterhead)


def outline_anew(comparison=None, lang="vi", date="", has_letterhead=False):  # noqa: FBT002  # as outline_of, kept by its arguments
    """Lay a scenario report out whatever was laid out before."""
    pages = ScenarioPages(evidence_of(comparison, lang=lang, date=date, has_letterhead=has_letterhead), lang, date)
    return lay_out([getattr(pages, name)() for name in ORDER], has_letterhead=has_letterhead)


_outline_of_specimen = cache(outline_anew)
