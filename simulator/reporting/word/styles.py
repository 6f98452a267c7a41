"""How a Word document looks: the layout of Decree 30/2020, one font for every script, and named styles that an office can change at one place.

Each style of a report is told once, as a ``Look``; the document gets it as a Word style, and the pages are reckoned from the same numbers.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from simulator.reporting.word.times_metrics import line_height
from simulator.workbook.still_archive import LONG_AGO

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang

FONT: Final = "Times New Roman"
LONG_SIDE, SHORT_SIDE = 297, 210
MARGINS: Final = {"top": 20, "bottom": 20, "left": 30, "right": 20}
PAGE_NUMBER_SIZE, BODY_SIZE, TITLE_SIZE, CELL_SIZE, NOTE_SIZE = 13, 13, 14, 12, 11
TABLE_SIZE: Final = 11.5
INDENT: Final = 12.7
BOX_SPACE: Final = 4
"""Points between the words of a box and its lines."""
DASH: Final = "–"
"""What an item of a list begins with."""
_LANGUAGES: Final = {"vi": "vi-VN", "en": "en-GB"}
_SCRIPTS: Final = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")
_NOT_IN_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ALIGNED: Final = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


@dataclass(frozen=True)
class Look:
    """How a paragraph style looks; sizes and distances before and after in points, indents in mm."""

    size: float = BODY_SIZE
    is_bold: bool = False
    is_italic: bool = False
    is_capital: bool = False
    align: str = "justify"
    before: float = 0
    after: float = 6
    left: float = 0
    first_line: float = 0
    keeps_next: bool = False
    is_boxed: bool = False
    is_filled: bool = False
    """Whether a tab goes to the end of the line with dots, for a hand to write on."""
    level: int = 0
    """Of a heading that Word does not know as one, the level it has for those who go from heading to heading."""

    @property
    def line(self) -> float:
        """Height of a line in points; a box has its room told, for some programs add it to the line and others do not."""
        return line_height(self.size) + (2 * (BOX_SPACE + 1) if self.is_boxed else 0.0)


LOOKS: Final = {
    "Normal": Look(first_line=INDENT),
    "Title": Look(TITLE_SIZE, is_bold=True, is_capital=True, align="center", before=6, keeps_next=True),
    "Heading 1": Look(TITLE_SIZE, is_bold=True, align="left", before=12, keeps_next=True),
    "Heading 2": Look(is_bold=True, is_italic=True, align="left", before=6, keeps_next=True),
    "Heading 3": Look(is_italic=True, align="left", before=6, keeps_next=True),
    "Caption": Look(12, is_bold=True, align="center", before=6, after=3, keeps_next=True),
    "List Bullet": Look(left=11, first_line=-6),
    "TOC Heading": Look(TITLE_SIZE, is_bold=True, align="left", before=6, keeps_next=True),
    "toc 1": Look(12, align="left", after=3),
    "Report Stamp": Look(is_bold=True, is_capital=True, align="right", is_boxed=True),
    "Report Kind": Look(TITLE_SIZE, is_bold=True, align="center", keeps_next=True),
    "Report Subtitle": Look(is_bold=True, align="center", keeps_next=True),
    "Report Abstract": Look(TITLE_SIZE, is_bold=True, align="center", before=6, keeps_next=True),
    "Report Heading": Look(TITLE_SIZE, is_bold=True, align="left", before=12, keeps_next=True, level=2),
    "Report Attached": Look(is_italic=True, align="center", keeps_next=True),
    "Report Date": Look(is_italic=True, align="center", after=12),
    "Report Lead": Look(first_line=INDENT),
    "Report Note": Look(12, is_italic=True, first_line=INDENT),
    "Report Blank": Look(align="left", first_line=INDENT, is_filled=True),
    "Report Figure": Look(align="center", before=6, after=3, keeps_next=True),
    "Report Simulated": Look(NOTE_SIZE, is_italic=True, align="center", after=4, keeps_next=True),
    "Report Figure Data": Look(NOTE_SIZE, align="center", after=8),
    "Report Table": Look(TABLE_SIZE, align="left", before=1, after=1),
    "Report Table Heading": Look(TABLE_SIZE, is_bold=True, align="center", before=1, after=1, keeps_next=True),
    "Report Table Note": Look(NOTE_SIZE, before=3, after=3),
    "Report Letterhead": Look(13, align="center", after=0),
    "Report Recipients": Look(NOTE_SIZE, align="left", after=0),
}
"""Style → its look. Those Word knows keep Word's names, so that its navigation and its tables of contents find them."""


def clean(text: str) -> str:
    """Return a text composed (NFC), without letters an XML file cannot hold."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", unicodedata.normalize("NFC", text))


def style_id(name: str) -> str:
    """Return the id a style has inside the file."""
    return name.replace(" ", "")


def new_document(lang: Lang, title: str, *, size: float = CELL_SIZE, is_landscape: bool = True) -> Any:
    """Begin a document laid out as the decree asks: paper, margins, font, language, page number in the top margin from the second page on.

    Parameters
    ----------
    lang
        Language of the text, for hyphens and spelling.
    title
        Title among the properties of the file.
    size
        Size of ordinary text.
    is_landscape
        Whether the first section is across.
    """
    document = docx.Document()
    _drop_the_template_s_own(document)
    for style in document.styles:
        if hasattr(style, "font"):
            _set_fonts(style.element.get_or_add_rPr(), lang)
    for properties in document.styles.element.iter(qn("w:rPr")):  # the defaults, and the parts of table styles
        _set_fonts(properties, lang)
    document.styles["Normal"].font.size = Pt(size)
    section = document.sections[0]
    set_paper(section, is_landscape=is_landscape)
    section.different_first_page_header_footer = True
    _number_pages(section)
    properties = document.core_properties
    properties.author, properties.comments, properties.last_modified_by = "", "", ""
    properties.created = properties.modified = LONG_AGO
    properties.title, properties.language = clean(title)[:255], _LANGUAGES[lang]
    return document


def add_report_styles(document: Any, lang: Lang) -> None:
    """Give a document the styles of a report."""
    known = {style.name: style for style in document.styles}
    for name, look in LOOKS.items():
        style = known.get(name) or document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if name not in known:
            style.base_style, style.quick_style, style.hidden = document.styles["Normal"], True, False
        _dress(style, look)
        _set_fonts(style.element.get_or_add_rPr(), lang)
        if look.is_boxed:
            style.element.rPr.append(element("w:bdr", val="single", sz=8, space=BOX_SPACE, color="000000"))
            style.paragraph_format.line_spacing_rule, style.paragraph_format.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
        if look.is_filled:
            style.paragraph_format.tab_stops.add_tab_stop(Mm(room(is_landscape=False)[0]), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        if look.level:
            style.element.pPr.append(element("w:outlineLvl", val=look.level - 1))
    _dash_lists(document)


def set_paper(section: Any, *, is_landscape: bool) -> None:
    """Give a section A4 paper, upright or across, with the margins of the decree."""
    section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    width, height = (LONG_SIDE, SHORT_SIDE) if is_landscape else (SHORT_SIDE, LONG_SIDE)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(MARGINS["top"]), Mm(MARGINS["bottom"])
    section.left_margin, section.right_margin = Mm(MARGINS["left"]), Mm(MARGINS["right"])
    section.header_distance = Mm(10)


def room(*, is_landscape: bool) -> tuple[float, float]:
    """Return width and height between the margins, in mm."""
    width, height = (LONG_SIDE, SHORT_SIDE) if is_landscape else (SHORT_SIDE, LONG_SIDE)
    return width - MARGINS["left"] - MARGINS["right"], height - MARGINS["top"] - MARGINS["bottom"]


def element(tag: str, text: str | None = None, **attributes: object) -> Any:
    """Make an element of a Word document; its attributes are Word's too."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    if text is not None:
        made.text = text
        made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def _dress(style: Any, look: Look) -> None:
    font, shape = style.font, style.paragraph_format
    font.size, font.bold, font.italic, font.all_caps = Pt(look.size), look.is_bold, look.is_italic, look.is_capital
    shape.alignment = _ALIGNED[look.align]
    shape.space_before, shape.space_after, shape.line_spacing = Pt(look.before), Pt(look.after), 1.0
    shape.left_indent, shape.first_line_indent = Mm(look.left), Mm(look.first_line)
    shape.keep_with_next, shape.keep_together, shape.widow_control = look.keeps_next, look.keeps_next, True
    properties = style.element.get_or_add_pPr()
    for name in ("w:pBdr", "w:contextualSpacing"):  # the template's title has a line under it
        for found in properties.findall(qn(name)):
            properties.remove(found)
    for found in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(found)


def _dash_lists(document: Any) -> None:
    """Begin the items of a list with a dash, as offices do, and not with a letter of a symbol font."""
    for level in document.part.numbering_part.element.iter(qn("w:lvl")):
        styled = level.find(qn("w:pStyle"))
        if styled is not None and styled.get(qn("w:val")) == style_id("List Bullet"):
            level.find(qn("w:lvlText")).set(qn("w:val"), DASH)
            fonts = level.find(qn("w:rPr")).find(qn("w:rFonts"))
            fonts.attrib.clear()
            for script in _SCRIPTS:
                fonts.set(qn(script), FONT)


def _drop_the_template_s_own(document: Any) -> None:
    """Take out what python-docx's template brings and no report needs: a picture of a page, an empty bibliography, the manners of Word 2007."""
    for holder in (document.part, document.part.package):
        for name, relation in list(holder.rels.items()):
            if relation.reltype.endswith(("/customXml", "/thumbnail")):
                del holder.rels[name]
    settings = document.settings.element
    for language in settings.iter(qn("w:themeFontLang")):
        language.attrib.clear()
    compatible = settings.find(qn("w:compat"))
    if compatible is not None:
        for found in compatible.findall(qn("w:compatSetting")):
            compatible.remove(found)
        compatible.append(element("w:compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val="15"))


def _set_fonts(properties: Any, lang: Lang) -> None:
    """Name the font for every script, take the theme's away, and say the language."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    fonts.attrib.clear()
    for script in _SCRIPTS:
        fonts.set(qn(script), FONT)
    for colour in properties.findall(qn("w:color")):
        properties.remove(colour)
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    for script in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(script), _LANGUAGES[lang])


def _number_pages(section: Any) -> None:
    """Put the page number into the middle of the top margin; the first page has a header of its own, which stays empty."""
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(PAGE_NUMBER_SIZE)
    for kind, words in (("begin", None), (None, "PAGE"), ("end", None)):
        run._r.append(element("w:fldChar", fldCharType=kind) if kind else element("w:instrText", words))  # noqa: SLF001  # fields have no other door
