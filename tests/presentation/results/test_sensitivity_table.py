"""The tables of a study of assumptions say what was done and what its words stand for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.presentation.results.sensitivity_table import draw_sensitivity, saying_of, tornado_table, usual_table
from simulator.presentation.results.tornado import choose
from tests.presentation.influences import NAME, entry, sensitivity_of


@pytest.mark.parametrize(
    ("reach", "changes", "saying"),
    [
        (0.05, {}, "notable"),
        (0.0499, {}, "small"),
        (0.3, {"replications": 2}, "small"),
        (0.3, {"is_above": False}, "noise"),
        (0.0, {"has_effect": False}, "none"),
    ],
)
def test_what_an_assumption_does_is_said_by_noise_and_margin(reach, changes, saying):
    assert saying_of(entry("a", 0.0, reach, **changes)) == saying


def test_rows_are_those_that_matter_and_the_others_are_counted():
    table = draw_sensitivity(
        sensitivity_of(
            entry("a", 0.04, 0.1),
            entry("b", 0.2, 0.1, replications=2),
            entry("c", 0.01, 0.0, replications=2),
            entry("d", 0, 0, has_effect=False),
            entry("e", 0.4, 0.1, is_above=False),
            entry("f", 0.3, 0.1),
            entry("g", 0.04, 0.0),
        ),
        "en",
    )
    assert [row.header for row in table.groups[0].rows] == ["1. F", "2. A", "3. G", "4. E"]
    assert [row.cells[1] for row in table.groups[0].rows] == ["6.0", "2.0", "0.8", "8.0"]
    assert [row.cells[3] for row in table.groups[0].rows] == ["matters", "matters", "small", "within luck"]
    assert {row.cells[-1] for row in table.groups[0].rows} == {"10"}
    notes = " ".join(table.notes)
    assert "Not in the table: 2 other" in notes
    assert "Another 1 assumptions moved none of these indicators in the only replication" in notes
    assert "could not be tried" not in notes
    assert "the 8 changes of each assumption" in notes
    assert table.groups[0].rows[0].cells[:2] == ("0.2 (from 0.1 to 0.3)", "6.0")


def test_the_cell_the_verdict_comes_from_is_printed_though_another_moves_further():
    """The largest change is not told from luck; a smaller one of another indicator is."""
    far, near = entry("a", 0.4, 0.1, is_above=False).responses["plan"][NAME], entry("a", 0.06, 0.0).responses["plan"][NAME]
    moved = entry("a", 0.4, 0.1, is_above=False)
    moved = replace(moved, is_notable=True, responses={"plan": moved.responses["plan"] | {NAME: far, "merit_kappa": near}})
    (row,) = draw_sensitivity(sensitivity_of(moved), "en").groups[0].rows
    assert row.cells[1] == "1.2"
    assert "merit" in row.cells[2].lower()
    assert row.cells[3] == "matters"


def test_what_could_not_be_tried_is_told_from_what_moves_nothing():
    idle = entry("a", 0, 0, has_effect=False)
    untried = {name: replace(response, low=None, high=None) for name, response in idle.responses["plan"].items()}
    notes = " ".join(draw_sensitivity(sensitivity_of(entry("b", 0.3, 0.1), idle, replace(idle, id="c", responses={"plan": untried})), "en").notes)
    assert "Another 1 assumptions moved none" in notes
    assert "Another 1 assumptions could not be tried" in notes


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
