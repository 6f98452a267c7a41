from __future__ import annotations

import pytest
from docx.oxml.ns import qn

from simulator.presentation.table_layout import Group, Row, Table
from simulator.reporting.forms.table_fitting import BREAK, PADDING, fit_table
from simulator.reporting.word.tables import FEW_HIGH, LaidTable
from simulator.reporting.word.times_metrics import MM_PER_POINT, ems, text_width

LONG = "Công tác thi đua, khen thưởng " * 12


def table(*groups, columns=("Chỉ số", "Giá trị"), caption="Bảng"):
    return Table("t", "vi", caption, columns, groups)


def rows(count, text="1"):
    return tuple(Row(f"Hàng {number}", (text,)) for number in range(count))


def kept(laid):
    return [row.find(f".//{qn('w:keepNext')}") is not None for row in laid.xml().findall(qn("w:tr"))]


def test_columns_fill_the_room_and_break_no_word():
    laid = LaidTable(table(Group("", (Row("Phương án", (LONG,)),)), columns=("A", "Nghiêngnghiêng")), 160)
    assert sum(laid.widths) == pytest.approx(160)
    assert laid.widths[0] >= text_width("Phương", 11.5) + 2 * PADDING * MM_PER_POINT
    assert laid.widths[1] > laid.widths[0]


def test_a_table_whose_words_do_not_fit_still_fills_the_room():
    laid = LaidTable(table(Group("", (Row("a" * 30, ("b" * 30,)),))), 40)
    assert sum(laid.widths) == pytest.approx(40)


def test_high_rows_make_a_table_wide():
    assert not LaidTable(table(Group("", rows(3))), 160).is_wide
    assert LaidTable(table(Group("", (Row("a", (LONG * 2,) * 6),)), columns=tuple("ABCDEFG")), 160).is_wide


def test_the_header_is_repeated_and_no_row_is_cut():
    xml = LaidTable(table(Group("Nhóm", rows(30))), 160).xml()
    found = xml.findall(qn("w:tr"))
    assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in found] == [True, *[False] * 31]
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in found)


def test_small_tables_stay_whole_and_the_ends_of_large_ones_are_not_parted():
    assert kept(LaidTable(table(Group("", rows(3))), 160)) == [False, True, True, False]
    assert kept(LaidTable(table(Group("", rows(40))), 160)) == [False, True, True, *[False] * 35, True, True, False]
    assert kept(LaidTable(table(Group("Nhóm", rows(40))), 160)) == [False, True, *[False] * 38, True, False]
    assert kept(LaidTable(table(Group("", rows(3))), 160, leads_on=True))[-1]


def test_the_blocks_are_what_is_kept_and_sum_up_to_the_height():
    laid = LaidTable(table(Group("Nhóm", rows(20)), Group("Nhóm hai", rows(20))), 160)
    assert len(laid.blocks()) == 38
    assert laid.height == pytest.approx(laid.header_height + sum(laid.blocks()))
    assert len(LaidTable(table(Group("", rows(3))), 160).blocks()) == 1


def test_the_upper_edge_of_a_table_takes_room_on_every_page():
    laid = LaidTable(table(Group("", rows(3))), 160)
    assert laid.header_height > laid._line_height(1)


def test_text_cannot_break_the_xml():
    text = 'a & b < c > "d" ]]> \x01 =1+1'
    laid = LaidTable(table(Group(text, (Row(text, (text,), small=text),)), caption=text), 160)
    texts = [each.text for each in laid.xml().iter(qn("w:t"))]
    assert texts.count(text.replace("\x01", "\ufffd")) == 4
    assert laid.xml().find(f".//{qn('w:tblCaption')}").get(qn("w:val")) == text.replace("\x01", "\ufffd")


def test_short_cells_stand_in_the_middle_and_words_do_not():
    cells = [row.findall(qn("w:tc")) for row in LaidTable(table(Group("", (Row("a", ("1",)),))), 160).xml().findall(qn("w:tr"))][1]
    assert [cell.find(f".//{qn('w:jc')}") is not None for cell in cells] == [False, True]
    cells = [row.findall(qn("w:tc")) for row in LaidTable(table(Group("", (Row("a", (LONG,)),))), 160).xml().findall(qn("w:tr"))][1]
    assert [cell.find(f".//{qn('w:jc')}") is not None for cell in cells] == [False, False]


@pytest.mark.parametrize(("width", "must_lie"), [(160, False), (247, True)])
def test_a_table_is_fitted_as_on_the_pages_of_a_pdf(width, must_lie):
    one = table(Group("", (Row("Phương án", ("0,5 [0,4; 0,6]", LONG)),)), columns=("A", "B", "C"))
    laid, fitted = LaidTable(one, width), fit_table(one, ems, must_lie=must_lie)
    assert laid.fit == fitted
    assert [wide / MM_PER_POINT for wide in laid.widths] == pytest.approx(fitted.widths)


def test_a_long_id_breaks_at_its_marks_and_type_smaller_than_the_style_s_is_told():
    laid = LaidTable(table(Group("", (Row("chien-si-thi-dua-co-so.quota", ("x",) * 11),)), columns=tuple("ABCDEFGHIJKL")), 247)
    texts = [each.text for each in laid.xml().iter(qn("w:t"))]
    assert any(text.replace(BREAK, "") == "chien-si-thi-dua-co-so.quota" for text in texts)
    crowded = tuple(Row("xx " * 11 + "xx", ("[−0,0001;\u00a0−0,0002]",) * 3) for _ in range(60))
    small = LaidTable(table(Group("", crowded), columns=("A", "B", "C", "D")), 160)
    assert small.fit.size < 11.5
    assert {each.get(qn("w:val")) for each in small.xml().iter(qn("w:sz"))} == {str(round(2 * small.fit.size))}


def test_the_title_of_a_group_stands_in_the_middle_on_a_shade():
    title = LaidTable(table(Group("Nhóm", rows(2))), 160).xml().findall(qn("w:tr"))[1]
    assert title.find(f".//{qn('w:shd')}") is not None
    assert title.find(f".//{qn('w:pStyle')}").get(qn("w:val")) == "ReportTableHeading"


def test_high_rows_are_not_held_together_and_a_row_of_half_a_page_may_go_over():
    """Two rows of a third of a page each, held to the header, left the page before them half empty."""
    high = tuple(Row(f"Hàng {number}", (LONG * 2, LONG * 2)) for number in range(6))
    laid = LaidTable(table(Group("", high), columns=("A", "B", "C")), 160)
    assert laid._row_height(high[0]) * 2 > FEW_HIGH
    assert kept(laid) == [False] * 7
    highest = LaidTable(
        table(Group("", (*(Row(f"Hàng {number}", ("1", "2")) for number in range(9)), Row("a", (LONG * 12, LONG * 12)))), columns=("A", "B", "C")),
        160,
    )
    whole = [row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in highest.xml().findall(qn("w:tr"))]
    assert whole == [True] * 10 + [False]
    assert max(highest.blocks()) <= highest.tallest_row


@pytest.mark.parametrize(("width", "height"), [(160, 257), (247, 170)])
def test_a_row_of_a_quarter_of_a_page_is_kept_whole(width, height):
    """Programs for words leave a single line of a row at the foot of a page: only a row that would leave a third of the page blank goes over."""
    texts = ("câu " * number for number in range(200, 3000, 20))
    laid = (LaidTable(table(Group("", (Row("a", ("1", text)),) * 9), columns=("A", "B", "C")), width) for text in texts)
    found = {each._row_height(each.table.groups[0].rows[0]): each for each in laid}
    for high, is_whole in ((height / 4, True), (height / 3, False)):
        one = found[min(found, key=lambda each: abs(each - high))]
        rows = one.xml().findall(qn("w:tr"))[1:]
        assert {row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows} == {is_whole}
