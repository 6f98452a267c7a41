"""The numbers behind the figures of a measured list."""

from __future__ import annotations

from simulator.indicators.measurement import Measured
from simulator.indicators.yearly import FOLLOWED, MeasuredYear
from simulator.presentation.registers.measurement_tables import counts_table, mix_of_list_table, years_table
from simulator.presentation.registers.yearly_anonymity import ToldCounts
from tests.presentation.measured import measurement, year_of


def cells(table):
    return [(row.header, *(cell.replace("\u00a0", " ") for cell in row.cells)) for group in table.groups for row in group.rows]


def test_the_parts_of_the_mix_have_the_same_decimals():
    table = mix_of_list_table(measurement(mix=(0.62, 0.114, 0.07, 0.196)), "en")
    assert not table.is_simulated
    assert [row[1:3] for row in cells(table)] == [("62", "[52; 72]"), ("11", "[1; 21]"), ("7", "[−3; 17]"), ("20", "[10; 30]")]


def test_years_stand_in_rows_and_what_is_not_told_is_open():
    hidden = MeasuredYear(2021, None, None, dict.fromkeys(FOLLOWED, Measured(None, None, None, None, "caveat.hidden")))
    table = years_table([year_of(2020, award_rate=Measured(0.2, 0.15, 0.25, None)), hidden], "vi")
    assert cells(table) == [("2020", "100", "20", "20 [15; 25]", "không xác định", "không xác định"), ("2021", "…", "…", "…", "…", "…")]
    assert len(table.notes) == 2
    assert len(years_table([year_of(2020)], "vi").notes) == 1


def test_counts_stand_by_year():
    table = counts_table(ToldCounts("level", ("1", "unknown"), (2020, 2021), ((1200, 9), None)), "vi")
    assert table.columns == ("Năm", "Mức 1", "Không rõ mức")
    assert cells(table) == [("2020", "1.200", "9"), ("2021", "…", "…")]
    assert len(table.notes) == 1
