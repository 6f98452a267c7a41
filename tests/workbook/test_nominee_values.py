from __future__ import annotations

import numpy as np
import pytest

from simulator.scoring.columns import Column, Content
from simulator.workbook.codes import Problems
from simulator.workbook.headings import Table
from simulator.workbook.nominee_values import check_reasons, read_answers, read_numbers, read_words, unit_counts
from simulator.workbook.sheets import Sheet
from simulator.workbook.table_cells import TableCells
from tests.workbook.rosters_on_paper import make_set

CRITERIA = make_set()
COLUMNS = (
    Column("points", Content.NUMBER),
    Column("absent", Content.COUNT, is_required=False),
    Column("is_woman", Content.YES_NO, key="is_woman"),
    Column("absent_answer", Content.YES_NO),
    Column("rating:2025", Content.WORD, key="rating", words=("excellent", "failed"), is_required=False),
    Column("absent_word", Content.WORD, words=("a",)),
)


def cells_of(*rows):
    names = ["points", "is_woman", "rating:2025", "c@self", "c@cluster", "c:reason", "staff"]
    sheet = Sheet("", list(range(1, len(rows) + 2)), [names, *map(list, rows)])
    places = {name: place for place, name in enumerate(names)}
    return TableCells(Table(sheet, 0, 0, places, dict(enumerate(names))), list(range(1, len(rows) + 1)), Problems("a"))


def found_in(cells):
    return [(finding.code, finding.fields["cell"]) for finding in cells.problems.findings]


def test_whole_columns_and_what_the_file_leaves_out():
    cells = cells_of([1.5, "Nữ", "xuất sắc"], [2.0, "nam", None])
    numbers, scales = read_numbers(cells, COLUMNS)
    assert (list(numbers["points"]), scales["points"], list(numbers["absent"])) == ([15, 20], 1, [0, 0])
    answers = read_answers(cells, COLUMNS, CRITERIA)
    assert (list(answers["is_woman"]), list(answers["absent_answer"])) == ([True, False], [False, False])
    words = read_words(cells, COLUMNS, CRITERIA)
    assert (list(words["rating:2025"]), list(words["absent_word"])) == (["excellent", ""], ["", ""])
    assert found_in(cells) == []


@pytest.mark.parametrize(("reason", "found"), [(None, [("WB518", "F2")]), ("vì …", [])])
def test_a_mark_that_departs_from_an_earlier_one_needs_its_reason(reason, found):
    cells = cells_of([1.0, "x", None, 9.0, 8.5, reason], [1.0, "x", None, 9.0, 9.0, None])
    marks = [Column("c@self", Content.NUMBER), Column("c@cluster", Content.NUMBER)]
    numbers, scales = read_numbers(cells, marks)
    check_reasons(cells, [*marks, Column("c:reason", Content.TEXT)], numbers, scales)
    assert found_in(cells) == found


@pytest.mark.parametrize("earlier", [None, 9.0, " "])
def test_a_mark_that_was_not_given_needs_no_reason(earlier):
    cells = cells_of([1.0, "x", None, earlier, 9.0, None], [1.0, "x", None, 9.0, 9.0, None])
    marks = [Column("c@self", Content.NUMBER, is_required=False), Column("c@cluster", Content.NUMBER)]
    numbers, scales = read_numbers(cells, marks)
    check_reasons(cells, [*marks, Column("c:reason", Content.TEXT)], numbers, scales)
    assert found_in(cells) == []


def test_one_mark_needs_no_reason():
    cells = cells_of([1.0, "x", None, 9.0])
    check_reasons(cells, [Column("c@self", Content.NUMBER), Column("c:reason", Content.TEXT)], {"c@self": np.array([9])}, {"c@self": 0})
    assert found_in(cells) == []


def test_head_counts_of_one_unit_agree():
    def count(*counts):
        cells = cells_of(*([None] * 6 + [number] for number in counts))
        return unit_counts(cells, [Column("staff", Content.COUNT), Column("other", Content.COUNT)], ["P"] * len(counts), {}), found_in(cells)

    assert count(20.0, None, "20") == ({"P": {"staff": 20}}, [])
    assert count(20.0, 21.0)[1] == [("WB529", "G3")]
