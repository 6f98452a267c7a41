from __future__ import annotations

from simulator.indicators.measurement import Measured, Measurement
from simulator.presentation.i18n import translate
from simulator.presentation.listing import measurement_table, workspace_table
from simulator.rules.catalogue import Catalogue, CatalogueEntry
from simulator.rules.values import Text


def measurement(**indicators):
    mix = dict.fromkeys(("merit", "turn", "post", "unexplained"), Measured(0.25, 0.2, 0.3, 60))
    return Measurement("chien-si-thi-dua-co-so", 1200, 60, 5, 900, indicators, mix)


def test_a_workspace_is_listed_by_kind():
    entry = CatalogueEntry("decree-91", Text(vi="Nghị định 91", en="Decree 91"), "repealed", None)
    overlay = CatalogueEntry("hanoi-plan-115", Text(vi="Kế hoạch 115", en="Plan 115"), "illustrative", "decree-91")
    table = workspace_table(Catalogue((entry, overlay), (), (), ()), "vi")
    sets, tables, *_ = table.groups
    assert sets.rows[0].cells == ("Nghị định 91", "hết hiệu lực", "")
    assert sets.rows[1].cells == ("Kế hoạch 115", "minh họa", "decree-91")
    assert tables.rows[0].header == "(không có)"
    assert table.to_text().startswith("Mã")


def test_a_measurement_gives_values_intervals_counts_and_caveats():
    shown = measurement(leader_share=Measured(0.3125, 0.29, 0.33, 900), turn_taking_index=Measured(None, None, None, 0, "caveat.too-few-units"))
    table = measurement_table(shown, "vi")
    assert table.groups[0].rows[0].header == "Tỷ lệ lãnh đạo, quản lý trong số được khen (%)"
    assert table.groups[0].rows[0].cells == ("31", "[29;\u00a033]", "900", "")
    assert table.groups[0].rows[1].cells == ("không xác định", "", "0", translate("caveat.too-few-units", "vi"))
    assert table.groups[1].rows[0].header == "Theo thành tích (%)"
    assert "1.200 người, 60 đơn vị, 5 năm, 900 lượt khen" in table.caption
    assert not table.is_simulated


def test_a_number_without_a_reason_to_be_missing_still_has_a_caveat():
    cells = measurement_table(measurement(merit_kappa=Measured(None, None, None, 0)), "en").groups[0].rows[0].cells
    assert cells[-1] == "cannot be determined from these data"


def test_a_caveat_of_several_rows_is_said_once_below():
    unknown = Measured(None, None, None, 9, "caveat.no-merit")
    shown = measurement(turn_taking_index=unknown, leader_share=Measured(0.5, 0.4, 0.6, 9), merit_kappa=unknown)
    table = measurement_table(shown, "en")
    assert [row.cells[-1] for row in table.groups[0].rows] == ["see (1)", "", "see (1)"]
    assert table.notes == ("(1) The list says nothing of merit, so this cannot be known.",)


def test_one_of_anything_is_counted_in_the_singular():
    table = measurement_table(Measurement("x", 1, 1, 1, 1, {}, {}), "en")
    assert table.caption.endswith("1 person, 1 unit, 1 year, 1 award")
