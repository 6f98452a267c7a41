from __future__ import annotations

from dataclasses import replace

import pytest
from docx.oxml.ns import qn

from simulator.presentation.i18n import translate
from simulator.reporting.word.fields import Bookmarks
from simulator.reporting.word.pieces import contents_piece, figure_pieces, paragraph_piece, paragraph_shape, table_pieces
from simulator.reporting.word.styles import LOOKS, add_report_styles, new_document
from simulator.reporting.word.times_metrics import LINE, MM_PER_POINT
from tests.reporting.specimen import outline_of

LINE_OF_TEXT = 13 * LINE * MM_PER_POINT


@pytest.fixture
def document():
    document = new_document("vi", "Báo cáo", size=14, is_landscape=False)
    add_report_styles(document, "vi")
    return document


@pytest.fixture(scope="module")
def placed():
    return [placed for chapter in outline_of().chapters for placed in chapter.blocks]


def figure_of(placed):
    return next(each for each in placed if each.block.block == "figure" and each.data)


def table_of(placed, *, is_simulated):
    return next(each for each in placed if each.block.block == "table" and each.block.table.is_simulated is is_simulated)


def write(pieces, document):
    for piece in pieces:
        piece.write(document, 160.0)
    return document


def test_a_paragraph_has_its_style_and_room_after_a_table(document):
    write([paragraph_piece("Report Note", "Lời", is_after_table=True)], document)
    (paragraph,) = document.paragraphs
    assert (paragraph.text, paragraph.style.name, paragraph.paragraph_format.space_before.pt) == ("Lời", "Report Note", 9)


def test_a_paragraph_is_as_high_as_its_lines():
    short = paragraph_shape("Normal", "Một dòng", None, 160)
    assert short.parts == (pytest.approx(LINE_OF_TEXT),)
    long = paragraph_shape("Normal", "Công tác thi đua " * 60, None, 160)
    assert sum(long.parts) == pytest.approx(LINE_OF_TEXT * round(sum(long.parts) / LINE_OF_TEXT))
    assert long.parts[0] == long.parts[-1] == pytest.approx(2 * LINE_OF_TEXT)


def test_capitals_are_wider():
    text = "Công văn số 3959 và kế hoạch số 115 của thành phố Hà Nội so với nghị định"
    assert sum(paragraph_shape("Title", text, None, 160).parts) > sum(paragraph_shape("Heading 1", text, None, 160).parts)


def test_a_table_has_its_caption_its_warning_and_its_notes(document, placed):
    found = table_of(placed, is_simulated=True)
    found = replace(found, block=replace(found.block, table=replace(found.block.table, notes=("Ghi chú thử",))))
    write(table_pieces(found, "vi", Bookmarks()), document)
    styles = [(each.style.name, each.text) for each in document.paragraphs]
    assert styles[0] == ("Caption", found.caption)
    assert styles[1] == ("Report Simulated", translate("table.simulated", "vi"))
    assert styles[-1] == ("Report Table Note", "Ghi chú thử")
    assert len(document.tables) == 1


def test_a_table_of_facts_carries_no_warning(document, placed):
    write(table_pieces(table_of(placed, is_simulated=False), "vi", Bookmarks()), document)
    assert "Report Simulated" not in [each.style.name for each in document.paragraphs]


def test_a_figure_has_its_text_for_those_who_cannot_see_it_and_links_to_its_numbers(document, placed):
    found = figure_of(placed)
    write(figure_pieces(found, "vi", Bookmarks()), document)
    (picture,) = document.element.body.iter(qn("wp:docPr"))
    assert (picture.get("descr"), picture.get("name")) == (found.block.alt, found.anchor)
    assert [each.style.name for each in document.paragraphs] == ["Normal", "Report Figure", "Caption", "Report Simulated", "Report Figure Data"]
    assert document.paragraphs[0].text == found.block.says
    links = [each.get(qn("w:anchor")) for each in document.element.body.iter(qn("w:hyperlink"))]
    assert links == [anchor.replace("-", "_") for anchor, _ in found.data]
    assert round(document.inline_shapes[0].width.mm) == 160


def test_a_figure_too_tall_for_a_page_becomes_narrower(document, placed):
    found = figure_of(placed)
    tall = '<svg class="figure" viewBox="0 0 100 300" role="img"><rect width="100" height="300"/></svg>'
    write(figure_pieces(replace(found, block=replace(found.block, svg=tall)), "vi", Bookmarks()), document)
    (shape,) = document.inline_shapes
    assert shape.height.mm == pytest.approx(3 * shape.width.mm, rel=0.01)
    assert 150 < shape.height.mm <= 257 - 45


def test_a_figure_of_measured_numbers_is_not_called_simulated(document, placed):
    found = figure_of(placed)
    write(figure_pieces(replace(found, block=replace(found.block, is_simulated=False)), "vi", Bookmarks()), document)
    assert "Report Simulated" not in [each.style.name for each in document.paragraphs]


def test_the_table_of_contents_looks_its_pages_up_when_it_is_written(document):
    found = {}
    piece = contents_piece([("1. Một", "_Toc1")], found)
    found["_Toc1"] = 7
    write([piece], document)
    assert [each.text for each in document.paragraphs] == ["1. Một\t7"]
    assert [each.style.name for each in document.paragraphs] == ["toc 1"]


def test_the_room_after_the_last_line_of_the_contents_is_shared_with_what_follows():
    one, two = (contents_piece([("1. Một", "a")] * n, {}).shape(160.0) for n in (1, 2))
    line, after = (height * MM_PER_POINT for height in (LOOKS["toc 1"].line, LOOKS["toc 1"].after))
    assert one.after == after
    assert (one.height, two.height) == (pytest.approx(line), pytest.approx(2 * line + after))
