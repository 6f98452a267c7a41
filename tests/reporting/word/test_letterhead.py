from __future__ import annotations

import pytest
from docx.oxml.ns import qn

from simulator.presentation.i18n import translate
from simulator.reporting.word.letterhead import LEFT, STATE_SIZE, letterhead, signature
from simulator.reporting.word.styles import LOOKS, add_report_styles, new_document
from simulator.reporting.word.times_metrics import LINE, MM_PER_POINT, text_width


@pytest.fixture(params=["vi", "en"])
def written(request):
    document = new_document(request.param, "Báo cáo", size=14, is_landscape=False)
    add_report_styles(document, request.param)
    for piece in (letterhead(request.param), signature(request.param)):
        piece.write(document, 160.0)
    return request.param, document


def cells(document):
    return [[[paragraph for paragraph in cell.paragraphs if paragraph.text] for cell in table.rows[0].cells] for table in document.tables]


def test_the_state_stands_on_the_right_and_the_issuer_is_blank(written):
    lang, document = written
    left, right = cells(document)[0]
    assert [each.text for each in right] == [translate(f"letterhead.{name}", lang) for name in ("state", "motto", "place-date")]
    assert [each.text for each in left] == [translate(f"letterhead.{name}", lang) for name in ("blank", "blank", "number")]
    assert [each.runs[0].bold for each in right] == [True, True, None]
    assert right[2].runs[0].italic


def test_recipients_and_signature_are_blank_and_stay_on_one_page(written):
    lang, document = written
    left, right = cells(document)[1]
    assert left[0].text == translate("letterhead.recipients", lang)
    assert (left[0].runs[0].bold, left[0].runs[0].italic, left[0].runs[0].font.size.pt) == (True, True, 12)
    assert left[-1].text == translate("letterhead.filed", lang)
    assert [each.text for each in right] == [translate(f"letterhead.{name}", lang) for name in ("blank", "signature", "blank")]
    assert len(left) == 4  # as many as on the pages of the PDF
    for table in document.tables:
        assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
        assert not list(table._tbl.iter(qn("w:tblBorders")))


def test_the_state_heading_fits_into_one_line():
    for lang in ("vi", "en"):
        assert text_width(translate("letterhead.state", lang), STATE_SIZE, is_bold=True) < 160 - LEFT


def test_the_signature_is_as_high_as_what_it_holds(written):
    """It was reckoned 6 mm too high: the annexes were listed a page late."""
    lang, document = written
    gap, end = document.paragraphs[-2:]
    right = document.tables[1].rows[0].cells[1].paragraphs
    lines = sum(paragraph.runs[0].font.size.pt for paragraph in right) + LOOKS["Report Letterhead"].size
    rooms = (
        sum(paragraph.paragraph_format.space_after.pt for paragraph in right if paragraph.paragraph_format.space_after)
        + end.paragraph_format.line_spacing.pt
    )
    assert not gap.text
    assert signature(lang).shape(160.0).height == pytest.approx((lines * LINE + rooms) * MM_PER_POINT, abs=0.1)
