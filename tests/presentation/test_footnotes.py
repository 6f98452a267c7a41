"""Footnotes say what numbers stand on where that is not the usual, and keep silent elsewhere."""

from __future__ import annotations

from dataclasses import replace

from simulator.presentation.footnotes import override_notes
from simulator.presentation.tables import draw_table
from tests.presentation.specimen import specimen_comparison


def overridden():
    comparison = specimen_comparison()
    turns, reliability = comparison.assumptions
    title = {"vi": "Mức đơn vị xét theo thứ tự luân phiên (s)", "en": "How much units award by turn (s)"}
    return replace(comparison, assumptions=[replace(turns, title=title, value=0.4, default=0.25), replace(reliability, default=0.52)])


def test_an_assumption_the_scenario_changes_is_named_with_its_value_and_the_usual_one():
    (note,) = override_notes(overridden(), "vi")
    assert note == (
        "Kịch bản này đặt giá trị khác mặc định cho các giả định: “Mức đơn vị xét theo thứ tự luân phiên” là 0,4 (mặc định 0,25); "
        "“Độ tin cậy của một lần thẩm định” là 0,45 (mặc định 0,52)."
    )
    assert "“Reliability of one appraisal” is 0.45 (default 0.52)" in override_notes(overridden(), "en")[0]
    assert note in draw_table(overridden(), "vi").notes


def test_a_scenario_that_changes_none_says_nothing_of_it():
    assert override_notes(specimen_comparison(), "vi") == []
