"""What was run, so that anyone can run it again: rules, seeds, versions, commit. No clock time."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.sentences import say_null_reform, say_size
from simulator.presentation.table_layout import Group, Row, Table
from simulator.reporting.document import Paragraph, Section, TableBlock
from simulator.reporting.evidence import numbers_of

if TYPE_CHECKING:
    from simulator.experiments.results import Comparison
    from simulator.presentation.numbers import Lang
    from simulator.reporting.evidence import ScenarioEvidence


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
    rows = [
        Row(translate("table.provenance.scenario", lang), (comparison.scenario,)),
        Row(translate("table.provenance.commit", lang), (made.commit or translate("table.provenance.no-commit", lang),)),
        Row(translate("table.provenance.seed", lang), (", ".join(str(seed) for seed in made.seeds),)),
        *(Row(translate("table.provenance.version", lang, name=name), (version,)) for name, version in sorted(made.versions.items())),
        *(Row(translate("table.provenance.hash", lang, name=name), (digest,)) for name, digest in sorted(made.hashes.items())),
    ]
    if comparison_hash is not None:
        rows.append(Row(translate("table.provenance.comparison-hash", lang), (comparison_hash,)))
    columns = (translate("table.provenance.item", lang), translate("table.provenance.value", lang))
    table = Table("provenance", lang, translate("table.provenance.caption", lang), columns, (Group("", tuple(rows)),))
    return Section(
        id="provenance",
        lang=lang,
        title=translate("report.provenance.title", lang),
        blocks=[Paragraph(translate("report.provenance.intro", lang)), Paragraph(say_size(comparison, lang)), TableBlock(table)],
        data={
            "scenario": comparison.scenario,
            "as_of": comparison.as_of,
            "comparison_sha256": comparison_hash,
            "null_reform": comparison.null_reform.to_dict(),
            "seal": say_null_reform(comparison, lang),
            **made.to_dict(),
            **({} if evidence is None else {"kind": evidence.kind, "asked": evidence.asked.to_dict(), "numbers": numbers_of(evidence)}),
        },
    )
