"""What was run, as a table: scenario, commit, seed, versions, and fingerprints of everything that was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.presentation.i18n import catalogue, translate
from simulator.presentation.table_layout import Group, Row, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.experiments.results.comparison import Comparison
    from simulator.presentation.numbers import Lang


def provenance_table(
    comparison: Comparison,
    lang: Lang = "vi",
    *,
    asked: tuple[Row, ...] = (),
    writing: Mapping[str, str] | None = None,
    comparison_hash: str | None = None,
) -> Table:
    """Lay out what was run; nothing of it is a clock time.

    Parameters
    ----------
    comparison
        The results that were shown.
    lang
        The language.
    asked
        Rows that say what a report was asked for.
    writing
        Versions of the packages that wrote a report.
    comparison_hash
        Fingerprint of the results, where they travel with a report.
    """
    made = comparison.provenance
    rows = {
        "asked": asked,
        "run": (
            Row(translate("table.provenance.scenario", lang), (comparison.scenario,)),
            Row(translate("table.provenance.commit", lang), (made.commit or translate("table.provenance.no-commit", lang),)),
            Row(translate("table.provenance.seed", lang), (", ".join(str(seed) for seed in made.seeds),)),
        ),
        "versions": tuple(
            Row(translate("table.provenance.version", lang, name=name), (number,))
            for name, number in sorted({**(writing or {}), **made.versions}.items())
        ),
        "hashes": (
            *(Row(translate("table.provenance.hash", lang, name=hashed_name(name, lang)), (digest,)) for name, digest in sorted(made.hashes.items())),
            *([] if comparison_hash is None else [Row(translate("table.provenance.comparison-hash", lang), (comparison_hash,))]),
        ),
    }
    groups = tuple(Group(translate(f"table.provenance.group.{name}", lang), of_group) for name, of_group in rows.items() if of_group)
    columns = (translate("table.provenance.item", lang), translate("table.provenance.value", lang))
    return Table("provenance", lang, translate("table.provenance.caption", lang), columns, groups)


def hashed_name(name: str, lang: Lang) -> str:
    """Name what a hash was taken of: a criteria set by its id, anything else by its words."""
    return catalogue(lang).get(f"table.provenance.hashed.{name}", name)
