"""What was run, so that anyone can run it again: rules, seeds, versions, commit. No clock time."""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Final

from simulator.experiments.results.comparison import Comparison, Provenance
from simulator.experiments.scenarios.description import commit_of_source, describe_run, package_versions
from simulator.experiments.scenarios.scenario import Scenario
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count
from simulator.presentation.results.provenance_table import hashed_name, provenance_table
from simulator.presentation.results.sentences import say_null_reform, say_size
from simulator.presentation.table_layout import Group, Row, Table
from simulator.reporting.document import Paragraph, Section, TableBlock
from simulator.reporting.evidence.contents import numbers_of
from simulator.reporting.pages.asked_words import asked_rows, command_of

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang
    from simulator.reporting.evidence.contents import ScenarioEvidence
    from simulator.scoring.scores import Scores

WRITERS: Final = ("jinja2", "python-docx", "typst")
"""Packages that write the forms of a report."""


def provenance(shown: Comparison | Scenario | Scores, lang: Lang = "vi", *, evidence: ScenarioEvidence | None = None) -> Section:
    """Return the section that ends every report and notebook.

    Parameters
    ----------
    shown
        The results that were shown; or the scenario that was run otherwise than by a comparison, or scores of a list.
    lang
        Language of the words.
    evidence
        What the report stands on, where there is a report: what it was asked for and every number it rests on travel with it, for ``tieuchi verify``.
    """
    if isinstance(shown, Comparison):
        return _of_comparison(shown, lang, evidence)
    if isinstance(shown, Scenario):
        return _of_what_was_read(describe_run(shown), lang, Row(translate("table.provenance.scenario", lang), (shown.id,)))
    hashes = {shown.table: shown.criteria.content_hash}
    asked = (
        Row(translate("score.provenance.set", lang), (shown.table,)),
        Row(translate("score.provenance.year", lang), (str(shown.roster.year),)),
        Row(translate("score.provenance.nominees", lang), (format_count(shown.roster.n_nominees, lang),)),
    )
    return _of_what_was_read(Provenance(package_versions(), commit_of_source(), hashes, []), lang, *asked)


def _of_comparison(comparison: Comparison, lang: Lang, evidence: ScenarioEvidence | None) -> Section:
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


def _of_what_was_read(made: Provenance, lang: Lang, *asked: Row) -> Section:
    rows = (
        *asked,
        Row(translate("table.provenance.commit", lang), (made.commit or translate("table.provenance.no-commit", lang),)),
        *(Row(translate("table.provenance.seed", lang), (str(seed),)) for seed in made.seeds),
        *(Row(translate("table.provenance.version", lang, name=name), (number,)) for name, number in sorted(made.versions.items())),
        *(Row(translate("table.provenance.hash", lang, name=hashed_name(name, lang)), (digest,)) for name, digest in sorted(made.hashes.items())),
    )
    columns = (translate("table.provenance.item", lang), translate("table.provenance.value", lang))
    table = Table("provenance", lang, translate("table.provenance.caption", lang), columns, (Group("", rows),))
    return Section("provenance", lang, translate("report.provenance.title", lang), [TableBlock(table)], is_annex=True, data=made.to_dict())


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
