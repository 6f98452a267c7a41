from __future__ import annotations

import pytest

from simulator.presentation.rules.column_words import column_heading
from simulator.workbook.optional_columns import OPTIONAL_COLUMNS
from tests.workbook.rosters_on_paper import HEADINGS, ROW, codes_of, write_csv


def test_what_an_office_often_has_is_offered():
    ids = {column.id for column in OPTIONAL_COLUMNS}
    assert {"is_woman", "is_direct_worker", "works_in_hard_job", "works_in_hard_area", "leave_days", "old_unit_agrees"} <= ids


@pytest.mark.parametrize("column", OPTIONAL_COLUMNS, ids=lambda column: column.id)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_has_a_heading_and_is_no_surprise_to_the_reader(tmp_path, column, lang):
    heading = column_heading(column, lang)
    assert heading != column.id
    assert codes_of(write_csv(tmp_path / "a.csv", [[*HEADINGS, heading], [*ROW, "whatever"]])) == []
