from __future__ import annotations

import hashlib
from dataclasses import replace

import docx
import openpyxl
import pytest

from simulator.experiments.scenarios.scenario import load_scenario
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NO_BREAK_SPACE
from simulator.presentation.results.clause_effects import clause_effects
from simulator.reporting.forms.redline_files import redline_files
from simulator.reporting.word.comparison import COMPARISON_WIDTHS, REDLINE_SIZE
from simulator.reporting.word.times_metrics import text_width
from tests.reporting.redlines import LANGS, SIMULATED, evidence


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("hanoi-2021")


def written(evidence, folder):
    paths = []
    for name, write in redline_files(evidence):
        paths.append(folder / name)
        write(paths[-1])
    return paths


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
    assert cells[0][4:] == [*effects.columns, translate("comparison.column.notes", lang)]
    assert cells[1][0] == effects.head_title
    assert cells[1][4:-1] == [cell.replace(NO_BREAK_SPACE, " ") for cell in effects.head]
    by_number = {row[0]: row for row in cells[2:]}
    for number, row in enumerate(table.rows, 1):
        beside = effects.by_clause[row.clause]
        shown = by_number[str(number)][4:-1]
        assert by_number[str(number)][-1] == ""
        if row.clause in SIMULATED:
            assert shown == [cell.replace(NO_BREAK_SPACE, " ") for cell in beside]
        else:
            assert set(shown) == {translate("redline.recorded", lang)}
    text = "\n".join(paragraph.text for paragraph in opened.paragraphs)
    assert all(note in text for note in effects.notes)
    assert translate("report.stamp", lang) in text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("is_split", [True, False])
def test_the_workbook_says_the_same_as_the_document(scenario, lang, is_split, tmp_path):
    document, book = written(evidence(scenario, lang, is_split=is_split), tmp_path)
    sheet = openpyxl.load_workbook(book).active
    cells = {row[0]: [" ".join((cell or "").split()) for cell in row] for row in sheet.iter_rows(min_row=3, values_only=True)}
    (grid,) = docx.Document(str(document)).tables
    laid = [[" ".join(cell.text.split()) for cell in row.cells] for row in grid.rows]
    assert [cells[laid[0][0]], *(cells[row[0]] for row in laid if row[0].isdigit())] == [
        _merged_once(row) for row in [laid[0], *(row for row in laid if row[0].isdigit())]
    ]


def _merged_once(row):
    """Give a cell that is merged over several columns once; a sheet leaves the others blank."""
    first = 4
    return [cell if at <= first or cell != row[at - 1] or len(cell) < first else "" for at, cell in enumerate(row)]


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
    assert len(grid.columns) == 5


def test_effects_that_are_not_known_by_clause_take_one_narrow_column(scenario, tmp_path):
    whole = evidence(scenario, "vi", is_split=False)
    document, _ = written(whole, tmp_path)
    (grid,) = docx.Document(str(document)).tables
    assert [cell.text for cell in grid.rows[0].cells][4:] == ["Tác động mô phỏng", "Ghi chú, cơ quan góp ý"]
    effects = clause_effects(whole.redlines[0].table("vi"), whole.comparison, "plan-115", None, "vi")
    assert all(cell.split("\n")[0] in grid.rows[1].cells[0].text for cell in effects.head)
    whole_row = grid.rows[1].cells[0].text
    assert whole_row.startswith("Cả dự thảo (phương án). Tác động mô phỏng – luân phiên: ")
    assert whole_row.count("Tác động mô phỏng") == 1  # it stood before each indicator


@pytest.mark.parametrize("lang", LANGS)
def test_no_word_of_a_header_is_cut_beside_effects(scenario, lang, tmp_path):
    document, _ = written(evidence(scenario, lang), tmp_path)
    (grid,) = docx.Document(str(document)).tables
    header = grid.rows[0].cells
    assert sum(cell.width.mm for cell in header) == pytest.approx(sum(COMPARISON_WIDTHS), abs=0.1)
    for cell in header:
        widest = max(text_width(word, REDLINE_SIZE, is_bold=True) for word in cell.text.split())
        assert widest + 3.8 <= cell.width.mm, cell.text  # Word leaves 1.9 mm at either edge of a cell
