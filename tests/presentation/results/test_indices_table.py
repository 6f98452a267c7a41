"""The tables of a study that varies everything at once: ranks, verdicts that hold or do not, compliance, and notes that say how it was made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.presentation.footnotes import thinned_notes
from simulator.presentation.i18n import translate
from simulator.presentation.results.indices_table import compliance_table, global_tables, inputs_table, saying_of, verdicts_table
from tests.presentation.uncertain import NAME, entry, global_study


def test_inputs_have_a_row_each_the_dummy_the_last_and_what_does_nothing_none():
    table = inputs_table(global_study(entry("a", 0.5), entry("b", 0.3), entry("idle", 0.0)), "en")
    rows = table.groups[0].rows
    assert [row.header for row in rows] == ["1. A", "2. B", translate("input.dummy", "en")]
    assert rows[0].cells[1] == "2.0"
    assert rows[0].cells[3:] == ("50% [40%; 60%]", "25% [0%; 50%]", "matters")
    assert rows[-1].cells[-1] == ""
    assert any("Another 1 inputs moved none" in note for note in table.notes)


@pytest.mark.parametrize(
    ("each", "saying"),
    [
        (entry("a", 0.5), "notable"),
        (entry("a", 0.24), "small"),
        (entry("a", 0.5, is_told=False), "noise"),
        (entry("a", 0.5, method="morris"), "screened"),
    ],
)
def test_an_input_is_called_by_its_share_and_its_spread(each, saying):
    assert saying_of(each) == saying


def test_notes_say_which_method_it_was_how_well_the_emulator_predicts_and_who_stands_for_whom():
    notes = " ".join(inputs_table(global_study(entry("a", 0.5)), "en").notes)
    for words in ("Morris", "Sobol", "5,120", "predicts 90% to 90%", "2,000 members stand for 20,000", "4 independent blocks"):
        assert words in notes
    screening = " ".join(inputs_table(global_study(entry("a", 0.5, method="morris"), method="morris"), "en").notes)
    assert "Gaussian" not in screening
    assert "--method sobol" in screening


@pytest.mark.parametrize(("noise", "is_loud"), [(0.0499, False), (0.05, True)])
def test_luck_that_makes_too_much_is_said(noise, is_loud):
    notes = " ".join(inputs_table(global_study(entry("a", 0.5), noise=0.01), "en").notes)
    assert "more replications" not in notes
    loud = global_study(entry("a", 0.5))
    option = replace(loud.options[0], differences=loud.options[0].differences | {NAME: replace(loud.options[0].differences[NAME], noise=noise)})
    assert ("more replications" in " ".join(inputs_table(replace(loud, options=[option]), "en").notes)) is is_loud


def test_verdicts_stand_beside_what_becomes_of_them():
    study = global_study(entry("a", 0.5), agreement_of_draws=0.55, agreement_of_structures=0.8, verdict_over_all="not clear")
    row = next(row for row in verdicts_table(study, "en").groups[0].rows if row.header == "Turn-taking index")
    assert row.cells[1] == "clear"
    assert row.cells[3:] == ("55%", "80%", "not clear")


def test_compliance_is_joined_with_the_value_at_which_a_margin_is_passed():
    study = global_study(entry("a", 0.5))
    rows = {row.header: row.cells for row in compliance_table(study, "en").groups[0].rows}
    assert rows["Turn-taking index"] == ("from about 50%",)
    assert set(rows.values()) == {("from about 50%",), (translate("table.compliance.never", "en"),)}
    assert [table.id for table in global_tables(study)] == ["global-sensitivity", "held-verdicts", "swept-compliance"]
    unknown = [replace(sweep, differences=[*sweep.differences[:-1], None], threshold=None) for sweep in study.options[0].compliance]
    told = compliance_table(replace(study, options=[replace(study.options[0], compliance=unknown)]), "en")
    assert {row.cells[0] for row in told.groups[0].rows} == {translate("table.undefined", "en")}
    silent = replace(study, options=[replace(study.options[0], compliance=[])])
    assert [table.id for table in global_tables(silent)] == ["global-sensitivity", "held-verdicts"]


@pytest.mark.parametrize("method", ["morris", "sobol"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_table_can_be_printed(method, lang):
    study = global_study(entry("a", 0.5, method=method), method=method)
    assert all(max(map(len, table.to_text().splitlines())) <= 110 for table in global_tables(study, lang))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_column_begins_with_a_capital_as_in_all_tables(lang):
    tables = global_tables(global_study(entry("a", 0.5)), lang)
    assert [column for table in tables for column in table.columns if column[:1].islower()] == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_verdicts_say_on_how_many_people_they_stand(lang):
    study = global_study(entry("a", 0.5))
    (said,) = thinned_notes(study.members, study.members_in_scenario, lang)
    assert said in verdicts_table(study, lang).notes
    assert said not in verdicts_table(replace(study, members=study.members_in_scenario), lang).notes
