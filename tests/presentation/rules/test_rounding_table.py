"""The rounding lens is a table and plain data of the same rows."""

from __future__ import annotations

import pytest

from simulator.presentation.rules.rounding_table import lens_as_json, rounding_table
from simulator.rules.loading import load_criteria
from simulator.workspace import find_workspace


@pytest.fixture(scope="module")
def criteria(pytestconfig):
    return load_criteria("decree-91", find_workspace(explicit=pytestconfig.rootpath))


def test_fifteen_percent_is_nothing_in_a_unit_of_three(criteria):
    table = rounding_table(criteria, "vi")
    rows = {row.cells[0]: row.cells for row in table.groups[0].rows}
    assert rows["chien-si-thi-dua-co-so.quota"] == ("chien-si-thi-dua-co-so.quota", "15%", "làm tròn đến số gần nhất", "0", "1", "2", "3")
    assert table.columns[-4:] == ("3 đối tượng", "7 đối tượng", "12 đối tượng", "20 đối tượng")


def test_the_data_have_the_same_rows(criteria):
    data = lens_as_json(criteria)
    assert data["set"] == "decree-91"
    assert data["unit_sizes"] == [3, 7, 12, 20]
    assert [row["clause"] for row in data["rows"]] == [row.cells[0] for row in rounding_table(criteria, "en").groups[0].rows]
