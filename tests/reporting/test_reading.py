"""Every word a reader may see is read, with its place; of the rest it is told which part is another."""

from __future__ import annotations

import subprocess
import sys
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText

from simulator.reporting.reading import BODY, REST, read_contents

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
PAGE = "<!DOCTYPE html><html><head><title>Tên</title><style>h1{color:red}</style></head><body><h1>Báo cáo</h1><svg><path d='M1'/></svg></body></html>"


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "plain.docx"
    plain = docx.Document()
    plain.add_paragraph("Lời trong bài")
    plain.save(str(path))
    return path


def with_part(document, name, content):
    """Give a copy of a document with one part more, or one part of a name that is there already."""
    path = document.with_name("changed.docx")
    with ZipFile(document) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(entry.filename, source.read(entry))
        target.writestr(name, content)
    return path


def page(tmp_path, text, name="page.html"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_contents(path, "html")


@pytest.mark.parametrize("part", ["header1", "footer2", "footnotes", "endnotes", "comments", "anything"])
def test_the_words_of_each_part_of_a_document_are_read(document, part):
    content = f"<w:any {_NAMES}><w:p><w:r><w:t>CHÍNH</w:t></w:r><w:r><w:t> THỨC</w:t></w:r></w:p></w:any>".encode()
    found = read_contents(with_part(document, f"word/{part}.xml", content), "docx")
    assert found.words == {BODY: ["Lời trong bài"], f"word/{part}.xml": ["CHÍNH THỨC"]}


@pytest.mark.parametrize(
    "inner",
    [
        "<w:p><w:r><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>GIẢ</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r></w:p>",
        "<w:p><w:del><w:r><w:delText>GIẢ</w:delText></w:r></w:del></w:p>",
        "<a:p><a:r><a:t>GIẢ</a:t></a:r></a:p>",
    ],
    ids=["text-box", "struck-out", "drawing"],
)
def test_words_in_boxes_drawings_and_tracked_changes_are_read(document, inner):
    found = read_contents(with_part(document, "word/header1.xml", f"<w:hdr {_NAMES}>{inner}</w:hdr>".encode()), "docx")
    assert "GIẢ" in found.words["word/header1.xml"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_parts_of_one_name_none_hides_behind_the_other(document):
    with ZipFile(document) as archive:
        content = archive.read("word/document.xml")
    path = with_part(document, "word/document.xml", content.replace("Lời".encode(), "GIẢ".encode()))
    said = [line for lines in read_contents(path, "docx").words.values() for line in lines]
    assert sorted(said) == ["GIẢ trong bài", "Lời trong bài"]


@pytest.mark.parametrize(("name", "kind"), [("word/media/image1.png", "pictures"), ("word/styles2.xml", "style-sheet"), ("word/other.bin", "hidden")])
def test_a_part_without_words_is_told_by_its_kind_and_name(document, name, kind):
    found = read_contents(with_part(document, name, b"\x89"), "docx").other_rest(read_contents(document, "docx"))
    assert [(each[0], each[1]) for each in found][-1] == (kind, name)
    assert kind in REST


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("</style>", "h1::after{content:' GIẢ'}</style>", ("style-sheet", "", "h1::after{content:' GIẢ'}", None)),
        ("color:red", "color:blue", ("style-sheet", "", "h1{color:blue}", "h1{color:red}")),
        ("</body>", "<script>go()</script></body>", ("scripts", "", "<script>", None)),
        ("M1", "M2", ("pictures", "", None, None)),
        ("<h1>", "<h1 style='display:none'>", ("layout", "", "<h1 style='display:none'>", "<h1>")),
        ("<h1>", "<!-- x --><h1>", ("layout", "", "<!-- x -->", None)),
        ("<body>", "<body>\n", ("bytes", "", None, None)),
    ],
)
def test_what_differs_in_a_page_other_than_words_is_told_with_the_piece_that_does(tmp_path, before, after, told):
    found, whole = page(tmp_path, PAGE.replace(before, after), "changed.html"), page(tmp_path, PAGE)
    assert found.words == whole.words == {BODY: ["Tên", "Báo cáo"]}
    assert told in list(found.other_rest(whole))
    assert {each[0] for each in found.other_rest(whole)} <= {told[0], "layout"}


def test_words_in_attributes_and_after_stray_tags_are_read(tmp_path):
    found = page(tmp_path, PAGE.replace("</body>", "<img alt='Hình giả'></style></script><p>GIẢ</p></body>"))
    assert found.words[BODY] == ["Tên", "Báo cáo", "Hình giả", "GIẢ"]


def test_what_was_written_over_a_page_of_a_pdf_is_read(tmp_path):
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_annotation(0, FreeText(text="BAN HANH", rect=(10, 10, 150, 40)))
    writer.write(tmp_path / "a.pdf")
    assert len(PdfReader(tmp_path / "a.pdf").pages) == 1
    assert read_contents(tmp_path / "a.pdf", "pdf").words == {BODY: ["BAN HANH"]}


def test_what_a_library_thinks_of_a_damaged_pdf_is_not_printed():
    code = "import logging, simulator.reporting.reading; logging.getLogger('pypdf._reader').warning('damaged')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not done.stderr
