"""What a workspace holds, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.table_layout import Group, Row, Table

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang
    from simulator.rules.catalogue import Catalogue, CatalogueEntry


def workspace_table(catalogue: Catalogue, lang: Lang) -> Table:
    """Return criteria sets, scoring tables, scenarios and instruments by id."""
    kinds = {
        "criteria_sets": catalogue.criteria_sets,
        "scoring_tables": catalogue.scoring_tables,
        "scenarios": catalogue.scenarios,
        "instruments": catalogue.instruments,
    }
    groups = tuple(Group(translate(f"command.list.{kind}", lang), _entries(entries, lang)) for kind, entries in kinds.items())
    columns = tuple(translate(f"command.list.{name}", lang) for name in ("id", "title", "status", "extends"))
    return Table("workspace", lang, "", columns, groups)


def _entries(entries: tuple[CatalogueEntry, ...], lang: Lang) -> tuple[Row, ...]:
    if not entries:
        return (Row(translate("command.list.none", lang), ("", "", "")),)
    return tuple(
        Row(
            entry.id,
            (entry.title.in_language(lang), translate(f"command.list.status.{entry.status}", lang) if entry.status else "", entry.extends or ""),
        )
        for entry in entries
    )
