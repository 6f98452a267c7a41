from __future__ import annotations

import pytest

from simulator.presentation.results.provenance_table import provenance_table
from simulator.presentation.table_layout import Row
from tests.reporting.specimen import evidence_of


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_everything_that_was_run_is_told(lang):
    comparison = evidence_of().comparison
    said = provenance_table(comparison, lang).to_html()
    made = comparison.provenance
    for word in (comparison.scenario, *made.hashes.values(), *made.versions.values(), *map(str, made.seeds)):
        assert word in said


def test_a_report_adds_what_it_was_asked_for_and_what_wrote_it():
    comparison = evidence_of().comparison
    table = provenance_table(comparison, asked=(Row("a", ("b",)),), writing={"typst": "9.9"}, comparison_hash="f00")
    assert table.groups[0].rows == (Row("a", ("b",)),)
    said = table.to_html()
    assert "9.9" in said
    assert "f00" in said
    assert len(provenance_table(comparison).groups) == len(table.groups) - 1
