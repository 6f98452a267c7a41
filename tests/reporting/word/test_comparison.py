from __future__ import annotations

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from simulator.presentation.rules.comparison_table import comparison_table
from simulator.presentation.rules.marked_text import Segment
from simulator.presentation.table_layout import Group, Row, Table
from simulator.reporting.word.comparison import COMPARISON_WIDTHS, MARGINS, PAPER, _n_lines, write_comparison, write_table_document
from simulator.rules.diffing import diff
from tests.rules.specimen import OVERLAY, SET, replace, stack_texts


@pytest.fixture
def document(tmp_path):
    write_comparison(comparison_table(diff(stack_texts(SET), stack_texts(SET, OVERLAY)), "vi"), tmp_path / "a.docx")
    return docx.Document(str(tmp_path / "a.docx"))


def test_paper_and_margins_are_those_of_the_decree(document):
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == PAPER
    assert [round(getattr(section, f"{side}_margin").mm) for side in MARGINS] == list(MARGINS.values())


def test_every_style_names_one_font_for_every_script(document):
    elements = [document.styles.element]
    fonts = [fonts for element in elements for fonts in element.iter(qn("w:rFonts"))]
    assert len(fonts) > 20
    for each in fonts:
        assert set(each.attrib.values()) == {"Times New Roman"}
        assert {qn(f"w:{script}") for script in ("ascii", "hAnsi", "cs", "eastAsia")} == set(each.attrib)
    assert {lang.get(qn("w:val")) for element in elements for lang in element.iter(qn("w:lang"))} == {"vi-VN"}


def test_pages_are_numbered_from_the_second(document):
    section = document.sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml


def test_the_draft_says_it_is_one(document):
    assert document.paragraphs[0].text == "DỰ THẢO"
    assert document.paragraphs[1].style.name == "Heading 1"
    assert document.paragraphs[1].text.startswith("Bảng so sánh")


def test_the_header_row_is_repeated_and_widths_are_set(document):
    (grid,) = document.tables
    assert grid.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [cell.text for cell in grid.rows[0].cells][0::3] == ["STT", "Thuyết minh, lý do"]
    assert [round(cell.width.mm) for cell in grid.rows[0].cells] == list(COMPARISON_WIDTHS)
    assert sum(COMPARISON_WIDTHS) == PAPER[0] - MARGINS["left"] - MARGINS["right"]
    assert grid.autofit is False
    assert Mm(1)


def test_the_sources_of_both_sides_do_not_make_a_row_longer_than_its_clauses():
    both = "Hiện hành: Điều 54 Nghị định số 98/2023/NĐ-CP (đã đọc văn bản)\nDự thảo: Nghị định số 152/2025/NĐ-CP (đã đọc văn bản)"
    clause = "Tiền thưởng 0,3 lần mức lương cơ sở. Mức tiền thưởng: 0,3 lần mức lương cơ sở.\n(Điều 54 Nghị định số 98/2023/NĐ-CP)"
    source, side = ([(Segment(text),)] for text in (both, clause))
    assert _n_lines(COMPARISON_WIDTHS[4:], source) <= _n_lines(COMPARISON_WIDTHS[1:2], side)
    assert _n_lines((37,), source) > _n_lines((73,), side)  # as it was


def test_what_goes_is_struck_and_what_comes_is_underlined(document):
    (grid,) = document.tables
    current, draft = grid.rows[2].cells[1:3]
    assert [run.text for run in current.paragraphs[0].runs if run.font.strike] == ["50%"]
    assert [run.text for run in draft.paragraphs[0].runs if run.font.underline and run.font.bold] == ["30%"]
    assert "gạch ngang" in document.paragraphs[-1].text


def test_a_removed_clause_is_plain_and_said_to_be_removed(tmp_path):
    overlay = replace(OVERLAY, "share: 0.3", "remove: true")
    write_comparison(comparison_table(diff(stack_texts(SET), stack_texts(SET, overlay)), "vi"), tmp_path / "a.docx")
    row = docx.Document(str(tmp_path / "a.docx")).tables[0].rows[2]
    assert not any(run.font.strike or run.font.bold for run in row.cells[1].paragraphs[0].runs)
    assert row.cells[2].text == "Bãi bỏ"
    assert row.cells[3].text.startswith("Bãi bỏ.")


def test_long_rows_may_go_over_pages_and_short_ones_stay_whole(tmp_path):
    rows = (
        Row("short", ("a",)),
        Row("a third of a page", ("line\n" * 9 + "line",)),
        Row("more", ("line\n" * 10 + "line",)),
        Row("long", ("word " * 300,)),
    )
    write_table_document(Table("t", "en", "Caption", ("A", "B"), (Group("", rows),)), tmp_path / "t.docx")
    kept = [
        row._tr.trPr is not None and row._tr.trPr.find(qn("w:cantSplit")) is not None
        for row in docx.Document(str(tmp_path / "t.docx")).tables[0].rows
    ]
    assert kept == [True, True, True, False, False]


def test_nothing_in_the_file_says_who_made_it_or_when(document):
    properties = document.core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.created.year == 2000


def test_any_table_becomes_a_document(tmp_path):
    table = Table("t", "en", "Caption\x01", ("A", "B"), (Group("Group", (Row("x", ("y",)),)),), ("note",))
    write_table_document(table, tmp_path / "t.docx", widths=(1, 3))
    read = docx.Document(str(tmp_path / "t.docx"))
    assert [[cell.text for cell in row.cells] for row in read.tables[0].rows] == [["A", "B"], ["Group", "Group"], ["x", "y"]]
    assert read.paragraphs[-1].text == "note"
    widths = [cell.width.mm for cell in read.tables[0].rows[0].cells]
    assert round(widths[1] / widths[0]) == 3
