"""Tidy data of every study: one observation a row, under the names of the records."""

from __future__ import annotations

from simulator.experiments.mathematics.statistics import COMPARED
from simulator.presentation.results.study_data import global_data, one_at_a_time_data, paperwork_data, power_data, tipping_data
from tests.presentation.influences import entry as entry_of
from tests.presentation.influences import sensitivity_of
from tests.presentation.results.paperwork_specimen import VALUES, paperwork, paperwork_of_a_set
from tests.presentation.results.power_specimen import power, rate
from tests.presentation.tipped import ANSWERS, N, tipped
from tests.presentation.uncertain import NAME, entry, global_study


def rows_of(tables):
    assert all(len(row) == len(table.columns) for table in tables for row in table.rows)
    return {table.name: [dict(zip(table.columns, row, strict=True)) for row in table.rows] for table in tables}


def test_every_effect_difference_and_compliance_has_a_row():
    rows = rows_of(global_data(global_study(entry("a", 0.5), entry("b", 0.0))))
    assert len(rows["effects"]) == 3 * len(COMPARED)
    (row,) = (row for row in rows["effects"] if (row["input"], row["indicator"]) == ("a", NAME))
    assert (row["option"], row["total"], row["first"], row["is_told"], row["kind"]) == ("plan", 0.5, 0.25, "true", "assumption")
    assert [row["indicator"] for row in rows["differences"]] == list(COMPARED)
    told = next(row for row in rows["differences"] if row["indicator"] == NAME)
    assert (told["difference"], told["verdict"], told["varies"], told["explained"]) == (-0.2, "clear", "true", 0.9)
    assert [row["compliance"] for row in rows["compliance"]] == [0.0, 1.0] * len(COMPARED)


def test_both_ends_of_an_assumption_have_a_row_each():
    study = sensitivity_of(entry_of("a", -0.1, 0.2))
    rows = rows_of(one_at_a_time_data(study))["one-at-a-time"]
    assert {row["end"] for row in rows} == {"low", "high"}
    at = study.assumptions[0].responses["plan"][COMPARED[0]].high
    (row,) = (row for row in rows if (row["assumption"], row["indicator"], row["end"]) == ("a", COMPARED[0], "high"))
    assert (row["setting"], row["difference"], row["change"], row["verdict"]) == (at.setting, at.difference, at.change, at.verdict)


def test_every_future_every_end_of_a_box_and_every_share_has_a_row():
    study = tipped()
    rows = rows_of(tipping_data(study))
    events = [event for option in study.options for event in option.events.values()]
    assert len(rows["futures"]) == N * len(events)
    assert sum(row["missed"] for row in rows["futures"] if (row["option"], row["target"]) == (study.options[0].id, "any")) == sum(ANSWERS)
    assert len(rows["boxes"]) == sum(len(event.box.restrictions) for event in events if event.box is not None)
    assert {row["coverage"] for row in rows["boxes"]} == {event.box.coverage for event in events if event.box is not None}
    shares = {(row["option"], row["what"]): (row["met"], row["futures"]) for row in rows["futures-map"]}
    assert all(shares[each.id, "all"] == (each.together.met, each.together.futures) for each in study.robustness)


def test_every_rate_of_alarms_has_a_row():
    study = power({("repeat_deficit", "strict", 50, 7): rate(0.9)})
    rows = rows_of(power_data(study))
    assert (len(rows["turns"]), len(rows["bias"])) == (len(study.turns), len(study.bias))
    (row,) = (row for row in rows["turns"] if (row["test"], row["way"], row["units"], row["years"]) == ("repeat_deficit", "strict", 50, 7))
    assert (row["alarms"], row["lists"], row["rate"], row["reaches"]) == (90, 100, 0.9, "yes")


def test_every_quantity_every_award_and_every_cost_has_a_row_and_a_set_has_no_quantities():
    rows = rows_of(paperwork_data(paperwork(dossiers=(-300.0, 20.0, "clear")), "vi"))
    assert len(rows["paperwork"]) == 2 * len(VALUES)
    (row,) = (row for row in rows["paperwork"] if (row["option"], row["quantity"]) == ("plan", "dossiers"))
    assert (row["difference"], row["difference_low"], row["verdict"]) == (-300.0, -320.0, "clear")
    assert [row["award"] for row in rows["awards"]] == ["fighter", "order"] * 2
    assert [row["source"] for row in rows["assumed"]] == ["assumed", "Nghị định 65"]
    assert [table.name for table in paperwork_data(paperwork_of_a_set(), "en")] == ["awards", "assumed"]
