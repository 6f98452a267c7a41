"""The numbers of a measured list for a spreadsheet."""

from __future__ import annotations

import csv
import io

from simulator.reporting.forms.measurement_csv import measurement_csv
from tests.reporting.registers import evidence_of_register, write_register


def test_every_number_of_the_list_and_of_its_years_has_a_row(tmp_path):
    evidence = evidence_of_register(write_register(tmp_path / "x.csv", columns=("merit",)))
    text = measurement_csv(evidence, "en").decode("utf-8-sig")
    rows = {(row["year"], row["indicator"]): row for row in csv.DictReader(io.StringIO(text))}
    assert len(rows) == len(evidence.measurement.indicators) + 4 + 3 * len(evidence.by_year)
    assert float(rows["", "leader_share"]["value"]) == round(evidence.measurement.indicators["leader_share"].value, 6)
    assert rows["2018", "turn_taking_index"]["value"] == ""
    assert rows["2018", "turn_taking_index"]["caveat"] == "caveat.too-few-years"
    vietnamese = measurement_csv(evidence, "vi").decode("utf-8-sig")
    assert f";{rows['', 'leader_share']['value'].replace('.', ',')};" in vietnamese
