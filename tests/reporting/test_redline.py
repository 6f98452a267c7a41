from __future__ import annotations

import hashlib
from dataclasses import replace

import docx
import openpyxl
import pytest

from simulator.experiments.scenario import load_scenario
from simulator.presentation.clause_effects import clause_effects
from simulator.presentation.comparison_table import comparison_table
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NO_BREAK_SPACE
from simulator.reporting.evidence import read_evidence
from simulator.reporting.redline import redline_files, redlines_of, sheet_of
from simulator.rules.diffing import diff
from simulator.rules.loading import load_criteria
from simulator.workspace import find_workspace
from tests.presentation.specimen import specimen_comparison
from tests.presentation.split import MemberClause, specimen_attribution
from tests.reporting.specimen import evidence_of

LANGS = ("vi", "en")
SIMULATED = ("principles.fewer-leaders", "principles.more-ad-hoc-awards", "principles.stricter-selection")


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("hanoi-2021")


def split_plan():
    """Give the specimen attribution under the names of the clauses of plan 115."""
    attribution = specimen_attribution()
    (option,) = attribution.options
    names = {part.clause: f"hanoi-plan-115#{path}" for part, path in zip(option.parts, SIMULATED, strict=False)}
    parts = [
        replace(part, clause=names.get(part.clause, part.clause), members=[MemberClause(names[part.clause], part.members[0].title, "added")])
        if part.clause in names
        else part
        for part in option.parts
    ]
    indicators = {
        name: replace(item, parts=[replace(effect, clause=names.get(effect.clause, effect.clause)) for effect in item.parts])
        for name, item in option.indicators.items()
    }
    return replace(attribution, options=[replace(option, parts=parts, indicators=indicators)])


def evidence(scenario, lang, *, is_split=True):
    comparison = specimen_comparison()
    chosen = [redline for redline in redlines_of(scenario, lang, find_workspace()) if redline.option == "plan-115"]
    return replace(evidence_of(comparison, lang=lang), redlines=chosen, attribution=split_plan() if is_split else None)


def written(evidence, folder):
    paths = []
    for name, write in redline_files(evidence):
        paths.append(folder / name)
        write(paths[-1])
    return paths


@pytest.mark.parametrize("lang", LANGS)
def test_each_option_that_changes_something_has_its_table_and_the_words_are_those_of_the_comparison(scenario, lang):
    redlines = redlines_of(scenario, lang, find_workspace())
    assert [redline.option for redline in redlines] == ["plan-115", "letter-3959", "plan-115-and-letter-3959"]
    table = comparison_table(diff(load_criteria("decree-91"), load_criteria("decree-91+hanoi-plan-115")), lang)
    assert [row.clause for row in redlines[0].table(lang).rows] == [row.clause for row in table.rows]
    assert redlines[0].caption == table.caption


def test_the_words_travel_with_the_evidence(scenario):
    whole = evidence(scenario, "vi")
    assert read_evidence(whole.to_json()) == whole


@pytest.mark.parametrize("lang", LANGS)
def test_the_document_has_the_numbers_of_the_study(scenario, lang, tmp_path):
    whole = evidence(scenario, lang)
    document, _ = written(whole, tmp_path)
    assert document.name == f"comparison-table.plan-115.{lang}.docx"
    opened = docx.Document(str(document))
    (grid,) = opened.tables
    table = whole.redlines[0].table(lang)
    effects = clause_effects(table, whole.comparison, "plan-115", whole.attribution, lang)
    cells = [[cell.text for cell in row.cells] for row in grid.rows]
    assert cells[0][4:] == list(effects.columns)
    assert cells[1][0] == effects.head_title
    assert cells[1][4:] == [cell.replace(NO_BREAK_SPACE, " ") for cell in effects.head]
    by_number = {row[0]: row for row in cells[2:]}
    for number, row in enumerate(table.rows, 1):
        beside = effects.by_clause[row.clause]
        shown = by_number[str(number)][4:]
        if row.clause in SIMULATED:
            assert shown == [cell.replace(NO_BREAK_SPACE, " ") for cell in beside]
        else:
            assert set(shown) == {translate("redline.recorded", lang)}
    text = "\n".join(paragraph.text for paragraph in opened.paragraphs)
    assert all(note in text for note in effects.notes)
    assert translate("report.stamp", lang) in text


@pytest.mark.parametrize("lang", LANGS)
def test_the_workbook_says_the_same(scenario, lang, tmp_path):
    whole = evidence(scenario, lang, is_split=False)
    _, book = written(whole, tmp_path)
    rows = [[cell or "" for cell in row] for row in openpyxl.load_workbook(book).active.iter_rows(values_only=True)]
    table = whole.redlines[0].table(lang)
    sheet = sheet_of(table, clause_effects(table, whole.comparison, "plan-115", None, lang))
    told = [list(row.cells) for group in sheet.groups for row in group.rows]
    found = [[str(cell) for cell in row[1 : len(sheet.columns)]] for row in rows]
    assert all(row in found for row in told)
    assert any(translate("redline.not-split", lang) in row for row in rows)


def test_the_same_bytes_every_time(scenario, tmp_path):
    whole = evidence(scenario, "vi")
    digests = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        digests.append([hashlib.sha256(path.read_bytes()).hexdigest() for path in written(whole, tmp_path / name)])
    assert digests[0] == digests[1]


def test_a_comparison_without_numbers_is_a_plain_table(scenario, tmp_path):
    whole = evidence(scenario, "vi", is_split=False)
    nothing = [replace(option, indicators={}) for option in whole.comparison.options]
    document, _ = written(replace(whole, comparison=replace(whole.comparison, options=nothing)), tmp_path)
    (grid,) = docx.Document(str(document)).tables
    assert len(grid.columns) == 4
