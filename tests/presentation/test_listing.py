from __future__ import annotations

from simulator.presentation.listing import workspace_table
from simulator.rules.catalogue import Catalogue, CatalogueEntry
from simulator.rules.values import Text


def test_a_workspace_is_listed_by_kind():
    entry = CatalogueEntry("decree-91", Text(vi="Nghị định 91", en="Decree 91"), "repealed", None)
    overlay = CatalogueEntry("hanoi-plan-115", Text(vi="Kế hoạch 115", en="Plan 115"), "illustrative", "decree-91")
    table = workspace_table(Catalogue((entry, overlay), (), (), ()), "vi")
    sets, tables, *_ = table.groups
    assert sets.rows[0].cells == ("Nghị định 91", "hết hiệu lực", "")
    assert sets.rows[1].cells == ("Kế hoạch 115", "minh họa", "decree-91")
    assert tables.rows[0].header == "(không có)"
    assert table.to_text().startswith("Mã")
