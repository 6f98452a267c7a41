from __future__ import annotations

import re
import shutil
import subprocess
import time
import unicodedata
from dataclasses import replace

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from simulator.presentation.i18n import translate
from simulator.presentation.table_layout import Group, Row, Table
from simulator.reporting.document import Bullets, FigureBlock, Paragraph, Section, TableBlock
from simulator.reporting.forms.table_fitting import BREAK
from simulator.reporting.outline import lay_out, words_before_dots
from simulator.reporting.word.data import read_data
from simulator.reporting.word.report import write_docx
from simulator.reporting.word.styles import clean
from tests.reporting.criteria_specimen import outline_of_shipped
from tests.reporting.fullness import filled
from tests.reporting.specimen import outline_of

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
SMALL = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES] + ["đ"]
LETTERS = "".join([*SMALL, *(letter.upper() for letter in SMALL), "₫"])


@pytest.fixture(scope="module", params=["vi", "en"])
def report(request, tmp_path_factory):
    outline = outline_of(lang=request.param)
    path = tmp_path_factory.mktemp("word") / "a.docx"
    write_docx(outline, path)
    return outline, path, docx.Document(str(path))


def texts(document):
    """Give the text of each paragraph, those in cells too, as a reader sees it."""
    found = []
    for paragraph in document.element.body.iter(qn("w:p")):
        parts = [each.text if each.tag == qn("w:t") else "\n" for each in paragraph.iter(qn("w:t"), qn("w:br"))]
        found.append("".join(part or "" for part in parts).replace(BREAK, ""))
    return found


def blocks(outline):
    return [placed for chapter in (outline.front, *outline.chapters) for placed in chapter.blocks]


def wanted_texts(outline):
    for placed in blocks(outline):
        match placed.block:
            case Paragraph(text=text, role=role):
                to_fill = words_before_dots(text) if role == "body" else None
                yield text if to_fill is None else to_fill  # the dots are drawn by a tab
            case Bullets(items=items):
                yield from items
            case FigureBlock() as figure:
                yield from (placed.caption, figure.says)
            case TableBlock(table=table):
                yield from (placed.caption, *table.columns, *table.notes)
                for group in table.groups:
                    yield from [group.title] if group.title else []
                    for row in group.rows:
                        yield from (f"{row.header}\n{row.small}" if row.small else row.header, *row.cells)


def test_147_letters_are_meant():
    assert len(LETTERS) == len(set(LETTERS)) == 147


def test_every_word_of_the_outline_is_in_the_document(report):
    outline, _, document = report
    there = set(texts(document))
    missing = [text for text in (outline.title, *wanted_texts(outline)) if clean(text) not in there]
    assert missing == []


def test_headings_stand_in_order_with_their_styles(report):
    outline, _, document = report
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    fronts = [placed.block.text for placed in outline.front.blocks if placed.block.block == "paragraph" and placed.block.role == "heading"]
    assert headings == [chapter.heading for chapter in outline.chapters]
    assert [each.text for each in document.paragraphs if each.style.name == "Report Heading"] == fronts
    inner = [p.block.text for c in outline.chapters for p in c.blocks if p.block.block == "paragraph" and p.block.role == "heading"]
    assert [each.text for each in document.paragraphs if each.style.name == "Heading 2"] == inner
    assert [each.text for each in document.paragraphs if each.style.name == "Title"] == [outline.title]
    assert {"List Bullet", "Caption", "toc 1", "Report Stamp", "Report Kind"} <= {each.style.name for each in document.paragraphs}


def test_captions_are_numbered_as_the_outline_says(report):
    outline, _, document = report
    captions = [each for each in document.paragraphs if each.style.name == "Caption"]
    wanted = [placed for placed in blocks(outline) if placed.caption]
    assert [each.text for each in captions] == [placed.caption for placed in wanted]
    names = [each._p.find(qn("w:bookmarkStart")).get(qn("w:name")) for each in captions]
    assert names == [placed.anchor.replace("-", "_") for placed in wanted]


def test_every_link_leads_somewhere(report):
    _, _, document = report
    body = document.element.body
    names = [each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names))
    assert {each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink"))} <= set(names)
    marks = [each.get(qn("w:fldCharType")) for each in body.iter(qn("w:fldChar"))]
    assert marks.count("begin") == marks.count("separate") == marks.count("end")


def test_every_figure_has_an_alternative_text(report):
    outline, _, document = report
    alts = [each.get("descr") for each in document.element.body.iter(qn("wp:docPr"))]
    assert alts == [figure.alt for figure in outline.figures()]
    assert all(alts)


def test_every_table_repeats_its_header_and_says_whether_it_is_simulated(report):
    outline, _, document = report
    tables = [table for _, table in outline.tables()]
    assert len(document.tables) == len(tables)
    assert all(table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for table in document.tables)
    simulated = translate("table.simulated", outline.lang)
    assert texts(document).count(simulated) == sum(table.is_simulated for table in tables) + len(list(outline.figures()))


def test_the_table_of_contents_lists_every_heading_with_a_page_that_only_grows(report):
    _, _, document = report
    entries = [each.text.rsplit("\t", 1) for each in document.paragraphs if each.style.name == "toc 1"]
    assert [title for title, _ in entries] == [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    pages = [int(page) for _, page in entries]
    assert pages == sorted(pages)
    assert pages[-1] > 5
    assert "updateFields" not in document.settings.element.xml


@pytest.mark.parametrize(("n_words", "breaks"), [(10, None), (560, True)])
def test_the_table_of_contents_is_not_cut_and_a_line_to_write_on_is_one_line(n_words, breaks, tmp_path):
    front = Section("front", "vi", "Báo cáo", [Paragraph("thử " * n_words)], is_front=True)
    sections = [front, *(Section(f"s{number}", "vi", "Mục", [Paragraph("…" * 32)]) for number in range(20))]
    write_docx(lay_out(sections), tmp_path / "a.docx")
    paragraphs = docx.Document(str(tmp_path / "a.docx")).paragraphs
    (heading,) = (each for each in paragraphs if each.style.name == "TOC Heading")
    assert heading.paragraph_format.page_break_before is breaks
    assert {each.style.name for each in paragraphs if each.text == "\t"} == {"Report Blank"}


@pytest.mark.parametrize("last", [Bullets(["một", "hai"]), Paragraph("hai")], ids=["list", "paragraph"])
def test_a_signature_has_words_over_it_and_the_annexes_begin_after_its_page(last, tmp_path):
    front = Section("front", "vi", "Báo cáo", [Paragraph("x")], is_front=True)
    sections = [front, Section("s", "vi", "Mục", [last]), Section("a", "vi", "Một", [], is_annex=True), Section("b", "vi", "Hai", [], is_annex=True)]
    for has_letterhead in (True, False):
        write_docx(lay_out(sections, has_letterhead=has_letterhead), tmp_path / "a.docx")
        paragraphs = docx.Document(str(tmp_path / "a.docx")).paragraphs
        (words,) = (each for each in paragraphs if each.text.startswith("hai"))
        assert bool(words.paragraph_format.keep_with_next) is has_letterhead
        annexes = [each for each in paragraphs if each.style.name == "Heading 1" and each.text.startswith("Phụ lục")]
        assert [bool(each.paragraph_format.page_break_before) for each in annexes] == [has_letterhead, False]


def test_no_picture_comes_between_lines_to_fill_in(tmp_path):
    """Two lines of a recommendation stood under a figure that belongs above its heading."""
    line, drawn = Paragraph("……………………………………"), next(outline_of().figures())
    words = [Paragraph("Lời. " * n_words) for n_words in (40, 1)]
    for n_before in range(1, 12):
        blocks = [words[0]] * n_before + [drawn, Paragraph("Kiến nghị", "heading"), words[1], *[line] * 4]
        write_docx(lay_out([Section("front", "vi", "A", []), Section("a", "vi", "B", blocks)]), tmp_path / "a.docx")
        paragraphs = docx.Document(tmp_path / "a.docx").paragraphs
        blanks = [at for at, each in enumerate(paragraphs) if each.style.name == "Report Blank"]
        assert blanks == [*range(blanks[0], blanks[0] + 4)]
        assert all(paragraphs[at].paragraph_format.keep_with_next for at in range(blanks[0] - 1, blanks[-1]))
        assert any(each._p.findall(f".//{qn('w:drawing')}") for each in paragraphs[: blanks[0]])


def test_wide_tables_stand_across_and_pages_are_numbered_on(tmp_path):
    wide = Table("t", "vi", "Rộng", tuple("ABCDEF"), (Group("", (Row("a", ("Công tác thi đua, khen thưởng " * 12,) * 5),)),))
    narrow = Table("t", "vi", "Hẹp", ("A", "B"), (Group("", (Row("a", ("1",)),)),))
    sections = [Section("front", "vi", "Báo cáo", [Paragraph("Lời " * 400)], is_front=True)]
    sections += [Section(f"s{n}", "vi", "Mục", [TableBlock(table)]) for n, table in enumerate((narrow, wide, narrow))]
    write_docx(lay_out(sections), tmp_path / "a.docx")
    document = docx.Document(str(tmp_path / "a.docx"))
    assert [section.page_width > section.page_height for section in document.sections] == [False, True, False]
    assert [section.different_first_page_header_footer for section in document.sections] == [True, False, False]
    assert all(section.header.is_linked_to_previous for section in list(document.sections)[1:])
    assert not document.element.body.findall(f".//{qn('w:pgNumType')}")


def test_what_machines_read_comes_back(report):
    outline, path, _ = report
    assert read_data(path) == outline.data


def test_nothing_says_who_made_it_or_when(report):
    outline, _, document = report
    properties = document.core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert (properties.title, properties.created.year) == (outline.title, 2000)
    assert properties.language == {"vi": "vi-VN", "en": "en-GB"}[outline.lang]


def test_the_same_report_gives_the_same_bytes(report, tmp_path):
    """Drawn anew, too: see ``test_writers.py``."""
    outline, path, _ = report
    write_docx(outline, tmp_path / "b.docx")
    assert (tmp_path / "b.docx").read_bytes() == path.read_bytes()


def test_state_heading_and_signature_stand_only_where_they_were_asked_for(report, tmp_path):
    outline, _, document = report
    write_docx(replace(outline, has_letterhead=True), tmp_path / "b.docx")
    asked = texts(docx.Document(str(tmp_path / "b.docx")))
    for name in ("state", "motto", "number", "recipients", "signature"):
        words = translate(f"letterhead.{name}", outline.lang)
        assert words in asked
        assert words not in texts(document)


def test_all_letters_of_vietnamese_stand_in_bold_capitals(tmp_path):
    outline = lay_out([Section("front", "vi", LETTERS, [Paragraph(LETTERS, "stamp"), Paragraph(LETTERS, "kind")], is_front=True)])
    write_docx(outline, tmp_path / "a.docx")
    document = docx.Document(str(tmp_path / "a.docx"))
    found = [each for each in document.paragraphs if each.text == LETTERS]
    assert [each.style.name for each in found] == ["Report Stamp", "Report Kind", "Title"]
    assert all(each.style.font.bold for each in found)
    assert [each.style.font.all_caps for each in found] == [True, False, True]  # an annex is called "Phụ lục", as in the other forms


def test_no_text_breaks_the_file_and_a_huge_table_is_fast(tmp_path):
    bad = "a\x00 & <b> ]]> \ud800 \u202e"
    rows = tuple(Row(f"{bad}{number}", (bad, "1,5")) for number in range(3000))
    table = Table("t", "vi", bad, (bad, bad, bad), (Group(bad, rows),), (bad,))
    sections = [Section("front", "vi", bad, [Paragraph(bad)], is_front=True), Section("a", "vi", bad, [Bullets([bad]), TableBlock(table)])]
    begun = time.perf_counter()
    write_docx(lay_out(sections), tmp_path / "a.docx")
    assert time.perf_counter() - begun < 20
    document = docx.Document(str(tmp_path / "a.docx"))
    assert len(document.tables[0]._tbl.findall(qn("w:tr"))) == 3002
    assert document.paragraphs[0].text == clean(bad)


@pytest.mark.deep
@pytest.mark.parametrize(("lang", "has_letterhead"), [("vi", True), ("en", True), ("vi", False)])
def test_libreoffice_opens_it_keeps_every_word_and_sets_the_pages_as_reckoned(lang, has_letterhead, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    outline = outline_of(lang=lang, has_letterhead=has_letterhead)
    write_docx(outline, tmp_path / "a.docx")
    start = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to"]
    subprocess.run([*start, "pdf", "--outdir", str(tmp_path), str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=180)
    subprocess.run([*start, "docx", "--outdir", str(tmp_path / "again"), str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=180)
    assert read_data(tmp_path / "again" / "a.docx") == outline.data
    pages = [re.sub(r"\s+", "", page.extract_text()).casefold() for page in pypdf.PdfReader(tmp_path / "a.pdf").pages]
    whole = re.sub(r"\d+", "", "".join(pages))
    missing = [text for text in wanted_texts(outline) if re.sub(r"[\s\d]+", "", clean(text)).casefold() not in whole]
    assert not missing
    document = docx.Document(str(tmp_path / "a.docx"))
    reckoned = [each.text.rsplit("\t", 1) for each in document.paragraphs if each.style.name == "toc 1"]
    for title, page in reckoned:
        found = [at for at, text in enumerate(pages, 1) if re.sub(r"\s+", "", title).casefold() in text]
        assert int(page) in found, title


@pytest.mark.deep
def test_no_page_of_a_report_of_tables_is_left_half_empty(tmp_path):
    """Of decree 91, where three high rows held together and a row of forty lines left six pages more than half empty."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    write_docx(outline_of_shipped("decree-91"), tmp_path / "a.docx")
    start = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to"]
    subprocess.run([*start, "pdf", "--outdir", str(tmp_path), str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=180)
    *pages, _last = pypdf.PdfReader(tmp_path / "a.pdf").pages
    assert [(number, round(filled(page), 2)) for number, page in enumerate(pages, 1) if filled(page) < 0.6] == []
    assert len(pages) < 42
