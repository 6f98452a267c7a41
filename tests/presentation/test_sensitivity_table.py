"""The tables of a study of assumptions say what was done and what its words stand for."""

from __future__ import annotations

import pytest

from simulator.presentation.sensitivity_table import draw_sensitivity, saying_of, tornado_table, usual_table
from simulator.presentation.tornado import choose
from tests.presentation.influences import NAME, entry, sensitivity_of


@pytest.mark.parametrize(
    ("reach", "changes", "saying"),
    [(0.05, {}, "notable"), (0.0499, {}, "small"), (0.3, {"is_above": False}, "noise"), (0.0, {"has_effect": False}, "none")],
)
def test_what_an_assumption_does_is_said_by_noise_and_margin(reach, changes, saying):
    assert saying_of(entry("a", 0.0, reach, **changes)) == saying


def test_rows_are_those_that_matter_and_the_others_are_counted():
    table = draw_sensitivity(
        sensitivity_of(
            entry("a", 0.3, 0.1), entry("b", 0.2, 0.1, replications=2), entry("c", 0.01, 0.0, replications=2), entry("d", 0, 0, has_effect=False)
        ),
        "en",
    )
    assert [row.header for row in table.groups[0].rows] == ["1. A", "2. B"]
    assert [row.cells[-1] for row in table.groups[0].rows] == ["10", "2"]
    notes = " ".join(table.notes)
    assert "Not in the table: 1 other" in notes
    assert "The other 1 assumptions move none" in notes
    assert table.groups[0].rows[0].cells[:2] == ("0.2 (from 0.1 to 0.3)", "6.0")


@pytest.mark.parametrize(("members", "is_said"), [(2000, True), (20_000, False)])
def test_a_thinned_population_is_said(members, is_said):
    notes = draw_sensitivity(sensitivity_of(entry("a", 0.3, 0.1), members=members), "vi").notes
    assert any("2.000 người thay cho 20.000 người" in note for note in notes) is is_said


def test_the_numbers_behind_a_tornado_are_those_drawn():
    sensitivity = sensitivity_of(entry("a", -0.3, 0.1))
    table = tornado_table(sensitivity, choose(sensitivity, NAME), "vi")
    assert table.groups[0].rows[0].cells == (
        "0,2 (từ 0,1 đến 0,3)",
        "−0,50",
        "−0,30 [−0,31;\N{NO-BREAK SPACE}−0,29]",
        "−0,10",
        "+0,10 [+0,09;\N{NO-BREAK SPACE}+0,11]",
    )
    assert "−0,20" in table.notes[0]


def test_usual_differences_stand_beside_noise_and_margin():
    table = usual_table(sensitivity_of(entry("a", 0.3, 0.1)), "en")
    assert table.groups[0].rows[0].cells == ("−0.20", "[−0.25;\N{NO-BREAK SPACE}−0.15]", "0.02", "0.05")
