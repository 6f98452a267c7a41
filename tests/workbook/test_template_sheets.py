from __future__ import annotations

from openpyxl import Workbook

from simulator.scoring.columns import Column, Content
from simulator.workbook.template_sheets import HeadedColumn, Lists, put, write_sheet


def written(*columns):
    book = Workbook()
    write_sheet(book.active, "Title", "Note", list(columns), Lists(book, "Lists"), "wrong")
    return book


def test_drop_downs_share_one_range_for_the_same_choices():
    headed = [HeadedColumn(Column(name, Content.WORD), name, "how", ("có, nếu", "không")) for name in "ab"]
    book = written(*headed, HeadedColumn(Column("c", Content.WORD), "c", "how", ("một",)))
    validations = book.active.data_validations.dataValidation
    assert [item.formula1 for item in validations] == ["'Lists'!$A$1:$A$2", "'Lists'!$A$1:$A$2", "'Lists'!$B$1:$B$1"]
    assert book["Lists"]["A1"].value == "có, nếu"
    assert book["Lists"].sheet_state == "hidden"


def test_numbers_days_and_years_are_limited():
    columns = [
        Column("n", Content.NUMBER, low=-1.5, high=10),
        Column("c", Content.COUNT),
        Column("decided_on", Content.DATE),
        Column("award_year", Content.DATE),
        Column("t", Content.TEXT),
    ]
    book = written(*(HeadedColumn(column, column.id, "how") for column in columns))
    found = [(item.type, item.formula1, item.formula2) for item in book.active.data_validations.dataValidation]
    assert found == [
        ("decimal", "-1.5", "10"),
        ("whole", "0", "1000000000"),
        ("date", "DATE(1945,1,1)", "DATE(2100,12,31)"),
        ("whole", "1945", "2100"),
    ]
    assert (book.active["C5"].number_format, book.active["E5"].number_format, book.active["A5"].number_format) == ("dd/mm/yyyy", "@", "General")


def test_prompts_fit_what_excel_allows():
    book = written(HeadedColumn(Column("n", Content.NUMBER), "h" * 99, "w" * 999))
    validation = book.active.data_validations.dataValidation[0]
    assert (len(validation.promptTitle), len(validation.prompt)) == (32, 255)


def test_text_is_never_a_formula():
    cell = Workbook().active["A1"]
    put(cell, "=1+1")
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
