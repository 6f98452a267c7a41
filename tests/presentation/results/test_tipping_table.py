"""Tables of a study of tipping: a row for each target, figures that are those of the box, and shares by structure."""

from __future__ import annotations

import pytest

from simulator.experiments.tipping.results import Held, Restriction
from simulator.experiments.tipping.targets import Target
from simulator.presentation.i18n import translate
from simulator.presentation.results.tipping_table import map_table, quasi_p_words, share_words, tipping_table
from tests.presentation.tipped import LIMITS, N, box_of, event_of, option_of, tipped


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_row_for_each_target_of_each_option(lang):
    table = tipping_table(tipped(), lang)
    assert [group.title for group in table.groups] == ["PLAN", "LETTER"]
    assert [len(group.rows) for group in table.groups] == [3, 3]
    assert all(len(row.cells) == len(table.columns) - 1 for group in table.groups for row in group.rows)
    assert table.is_simulated


def test_figures_are_those_of_the_box():
    row = tipping_table(tipped(), "en").groups[0].rows[0]
    assert row.cells[0] == "12/40"
    assert row.cells[2:] == ("83% (75%)", "83% (71%)", "<\N{NO-BREAK SPACE}0.0001; 0.0123", "told")
    assert row.cells[1].startswith("missed if weight a unit gives to turns")


def test_a_target_without_a_box_has_dashes():
    row = tipping_table(tipped(), "en").groups[1].rows[0]
    assert row.cells[1:] == ("–", "–", "–", "–", "always met")


@pytest.mark.parametrize(("p", "written"), [(0.00009, "<\N{NO-BREAK SPACE}0.0001"), (0.0001, "0.0001"), (0.05, "0.0500")])
def test_quasi_p_values_at_their_boundary(p, written):
    assert quasi_p_words(Restriction("x", "low", 0.1, [], p), "en") == written


def test_a_target_that_alone_decides_is_not_told_twice():
    option = option_of("plan", event_of("box", box_of(*LIMITS)), turn_taking_index=event_of("box", box_of(*LIMITS), target="turn_taking_index"))
    assert [row.cells[1] for row in tipping_table(tipped(option), "en").groups[0].rows][1:] == ["as in the first row", "–"]


def test_the_map_has_a_column_for_each_option_the_baseline_among_them():
    table = map_table(tipped(), "en")
    assert table.columns[1:] == ("KEEP", "PLAN", "LETTER")
    assert [len(group.rows) for group in table.groups] == [3, 5, 2]
    assert [row.cells for row in table.groups[0].rows] == [("100%", "70%", "100%"), ("100%",) * 3, ("100%", "70%", "100%")]
    assert [row.cells for row in table.groups[2].rows] == [("3.0", "2.0", "2.0"), ("0.5",) * 3]
    assert share_words(Held(N, N), "en") == "100%"
    assert share_words(Held(0, 0), "en") == translate("table.undefined", "en")


def test_that_the_baseline_meets_its_own_targets_is_said_where_it_is_so():
    assert "always meets its targets" in " ".join(map_table(tipped(), "en").notes)
    stated = tipped(targets=[Target(name, "at-most", 0.05, 0.2) for name in ("turn_taking_index", "excess_inflation")])
    assert "always meets its targets" not in " ".join(map_table(stated, "en").notes)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_column_begins_with_a_capital_as_in_all_tables(lang):
    assert [column for table in (tipping_table(tipped(), lang), map_table(tipped(), lang)) for column in table.columns if column[:1].islower()] == []
