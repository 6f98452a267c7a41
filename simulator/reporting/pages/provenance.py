"""What was run, so that anyone can run it again: rules, seeds, versions, commit. No clock time."""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Final

from simulator.presentation.i18n import translate
from simulator.presentation.results.provenance_table import provenance_table
from simulator.presentation.results.sentences import say_null_reform, say_size
from simulator.reporting.document import Paragraph, Section, TableBlock
from simulator.reporting.evidence.contents import numbers_of
from simulator.reporting.pages.asked_words import asked_rows, command_of

if TYPE_CHECKING:
    from simulator.experiments.results import Comparison
    from simulator.presentation.numbers import Lang
    from simulator.reporting.evidence.contents import ScenarioEvidence

WRITERS: Final = ("jinja2", "python-docx", "typst")
"""Packages that write the forms of a report."""


def provenance(comparison: Comparison, lang: Lang = "vi", *, evidence: ScenarioEvidence | None = None) -> Section:
    """Return the section that ends every report and notebook.

    Parameters
    ----------
    comparison
        The results that were shown.
    lang
        Language of the words.
    evidence
        What the report stands on, where there is a report: what it was asked for and every number it rests on travel with it, for ``tieuchi verify``.
    """
    made = comparison.provenance
    comparison_hash = None if evidence is None else hashlib.sha256(comparison.to_json().encode("utf-8")).hexdigest()
    writing = {} if evidence is None else writing_versions()
    asked = () if evidence is None else tuple(asked_rows(evidence, lang))
    table = provenance_table(comparison, lang, asked=asked, writing=writing, comparison_hash=comparison_hash)
    return Section(
        id="provenance",
        lang=lang,
        title=translate("report.provenance.title", lang),
        blocks=[Paragraph(translate("report.provenance.intro", lang)), Paragraph(say_size(comparison, lang)), TableBlock(table)],
        is_annex=True,
        data={
            "scenario": comparison.scenario,
            "as_of": comparison.as_of,
            "comparison_sha256": comparison_hash,
            "null_reform": comparison.null_reform.to_dict(),
            "seal": say_null_reform(comparison, lang),
            **made.to_dict(),
            **({} if evidence is None else _of_report(evidence, writing)),
        },
    )


def writing_versions() -> dict[str, str]:
    """Give the versions of the packages that write a report; their numbers change no result, but may change how a page looks."""
    versions = {}
    for package in WRITERS:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            versions[package] = "unknown"
    return versions


def _of_report(evidence: ScenarioEvidence, writing: dict[str, str]) -> dict[str, Any]:
    return {
        "kind": evidence.kind,
        "asked": evidence.asked.to_dict(),
        "command": command_of(evidence),
        "numbers": numbers_of(evidence),
        "writing_versions": writing,
    }
