from __future__ import annotations

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from simulator.reporting.word.styles import BOX_SPACE, LOOKS, MARGINS, add_report_styles, clean, element, new_document, room, set_paper, style_id
from simulator.reporting.word.times_metrics import LINE


def styled():
    document = new_document("vi", "Báo cáo", size=14, is_landscape=False)
    add_report_styles(document, "vi")
    return document


@pytest.fixture(scope="module")
def document():
    """An empty document, which all of these tests leave as it is but that on paper, which has one of its own."""
    return styled()


def test_every_style_names_one_font_for_every_script(document):
    fonts = list(document.styles.element.iter(qn("w:rFonts")))
    assert len(fonts) > 20
    assert {value for each in fonts for value in each.attrib.values()} == {"Times New Roman"}
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"vi-VN"}
    assert not list(document.styles.element.iter(qn("w:color")))


@pytest.mark.parametrize("name", LOOKS)
def test_every_look_is_a_style_of_its_size(document, name):
    style = document.styles[name]
    assert style.style_id == style_id(name)
    assert style.font.size.pt == LOOKS[name].size
    assert bool(style.font.all_caps) is LOOKS[name].is_capital
    assert bool(style.paragraph_format.keep_with_next) is LOOKS[name].keeps_next


def test_a_box_tells_the_height_of_its_line_which_programs_reckon_differently(document):
    boxed = document.styles["Report Stamp"].paragraph_format
    assert boxed.line_spacing_rule.name == "EXACTLY"
    assert boxed.line_spacing.pt == pytest.approx(LOOKS["Report Stamp"].line, abs=0.05)
    assert boxed.line_spacing.pt > 13 * LINE + 2 * BOX_SPACE
    assert LOOKS["Normal"].line == 13 * LINE


def test_body_text_is_as_the_decree_asks(document):
    body = document.styles["Normal"].paragraph_format
    assert 13 <= document.styles["Normal"].font.size.pt <= 14
    assert 10 <= body.first_line_indent.mm <= 12.71
    assert body.space_after.pt >= 6
    assert body.alignment is not None
    assert body.alignment.name == "JUSTIFY"


@pytest.mark.parametrize("is_landscape", [False, True])
def test_paper_is_a4_with_the_margins_of_the_decree(is_landscape):
    section = styled().sections[0]
    set_paper(section, is_landscape=is_landscape)
    assert section.orientation == (WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT)
    assert [round(getattr(section, f"{side}_margin").mm) for side in MARGINS] == list(MARGINS.values())
    width, height = room(is_landscape=is_landscape)
    assert (round(section.page_width.mm) - 50, round(section.page_height.mm) - 40) == (width, height)


def test_pages_are_numbered_in_the_top_margin_from_the_second(document):
    section = document.sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert section.header.paragraphs[0].alignment.name == "CENTER"
    assert "PAGE" not in section.first_page_header._element.xml


def test_nothing_of_the_template_stays(document, tmp_path):
    document.save(str(tmp_path / "a.docx"))
    names = [str(part.partname) for part in docx.Document(str(tmp_path / "a.docx")).part.package.iter_parts()]
    assert not [name for name in names if "customXml" in name or "thumbnail" in name]
    assert 'w:val="15"' in document.settings.element.xml


def test_letters_that_xml_cannot_hold_are_replaced_and_text_is_composed():
    assert clean("a\x00\x0b]]>\ud800") == "a\ufffd\ufffd]]>\ufffd"
    assert clean("e\u0302\u0323") == "\u1ec7"
    assert element("w:t", " a ").get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
