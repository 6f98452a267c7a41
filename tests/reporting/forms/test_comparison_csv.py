from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from simulator.reporting.forms.comparison_csv import comparison_csv
from tests.presentation.specimen import specimen_comparison


@pytest.mark.parametrize(("lang", "delimiter", "decimal"), [("vi", ";", ","), ("en", ",", ".")])
def test_a_spreadsheet_reads_the_csv_as_its_user_does(lang, delimiter, decimal):
    content = comparison_csv(specimen_comparison(), lang)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter))
    assert len(rows) == 4 * 9
    row = next(row for row in rows if row["option"] == "letter-3959" and row["indicator"] == "turn_taking_index")
    assert row["difference"] == f"-0{decimal}083"
    assert row["verdict"] == "clear"
    baseline = next(row for row in rows if row["option"] == "keep-as-is")
    assert baseline["difference"] == "0"


def test_an_undefined_number_is_an_empty_cell():
    comparison = specimen_comparison()
    item = replace(comparison.options[0].indicators["award_rate"], value=None, low=float("nan"), caveat="caveat.undefined")
    blank = replace(comparison, options=[replace(comparison.options[0], indicators={"award_rate": item})])
    rows = list(csv.DictReader(io.StringIO(comparison_csv(blank, "vi").decode("utf-8-sig")), delimiter=";"))
    assert (rows[0]["value"], rows[0]["low"], rows[0]["caveat"]) == ("", "", "caveat.undefined")
