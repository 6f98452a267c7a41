from __future__ import annotations

import pytest

from simulator.reporting.forms.csv_tables import csv_table

CELLS = ["Hà Nội; a,b", 1.5, -0.0, 0.1234567, 2000, None, float("nan"), -1e-9, ""]


@pytest.mark.parametrize(
    ("lang", "row"),
    [("vi", '"Hà Nội; a,b";1,5;0;0,123457;2000;;;0;'), ("en", '"Hà Nội; a,b",1.5,0,0.123457,2000,,,0,')],
)
def test_cells_are_written_as_the_spreadsheet_of_the_reader_reads_them(lang, row):
    heading = (";" if lang == "vi" else ",").join(["a"] * len(CELLS))
    assert csv_table(["a"] * len(CELLS), [CELLS], lang).decode("utf-8") == f"\ufeff{heading}\r\n{row}\r\n"
