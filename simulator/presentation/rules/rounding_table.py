"""The rounding lens as a table a drafter can paste: what each share becomes in units of 3, 7, 12 and 20 people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_exact
from simulator.presentation.rules.compared_sets import title_of
from simulator.presentation.table_layout import Group, Row, Table
from simulator.rules.rounding import UNIT_SIZES, rounding_lens

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang
    from simulator.rules.criteria import CriteriaSet


def rounding_table(criteria: CriteriaSet, lang: Lang = "vi") -> Table:
    """Lay out what every share of a set becomes in small units."""
    clauses = dict(criteria.iter_clauses())
    rows = tuple(
        Row(
            clauses[row.clause].title.in_language(lang),
            (
                row.clause,
                format_exact(float(row.share), lang, is_percent=True),
                translate(f"clause.rounding.{row.rounding}", lang),
                *(str(n) for n in row.places),
            ),
        )
        for row in rounding_lens(criteria)
    )
    sizes = tuple(translate("lens.size", lang, n=str(size)) for size in UNIT_SIZES)
    columns = (*(translate(f"lens.{name}", lang) for name in ("clause", "path", "share", "rounding")), *sizes)
    caption = translate("lens.caption", lang, title=title_of(criteria, lang))
    return Table("rounding-lens", lang, caption, columns, (Group("", rows),), (translate("lens.note", lang),))


def lens_as_json(criteria: CriteriaSet) -> dict[str, Any]:
    """Give the same as plain data."""
    return {
        "set": criteria.id,
        "unit_sizes": list(UNIT_SIZES),
        "rows": [
            {
                "clause": row.clause,
                "kind": row.kind,
                "share": float(row.share),
                "pooling": row.pooling,
                "rounding": row.rounding,
                "places": list(row.places),
            }
            for row in rounding_lens(criteria)
        ],
    }
