from __future__ import annotations

import docx
from docx.oxml.ns import qn

from simulator.reporting.word.fields import Bookmarks, bookmark_name, caption_runs, contents, field, link, reference, text_run


def shown(element):
    return "".join(each.text for each in element.iter(qn("w:t")))


def instructions(element):
    return [each.text.strip() for each in element.iter(qn("w:instrText"))]


def test_a_caption_counts_and_is_found_by_its_name():
    paragraph = docx.Document().add_paragraph()._p
    counted, rest = caption_runs("Bảng 12. Năm 12", "table-12")
    Bookmarks().around(paragraph, "table-12", counted)
    for run in rest:
        paragraph.append(run)
    assert shown(paragraph) == "Bảng 12. Năm 12"
    assert instructions(paragraph) == [r"SEQ Table \* ARABIC"]
    start = paragraph.find(qn("w:bookmarkStart"))
    assert start.get(qn("w:name")) == bookmark_name("table-12") == "table_12"
    assert paragraph.find(qn("w:bookmarkEnd")).get(qn("w:id")) == start.get(qn("w:id"))


def test_bookmarks_have_numbers_of_their_own():
    paragraph, bookmarks = docx.Document().add_paragraph()._p, Bookmarks()
    bookmarks.around(paragraph, "a", [])
    bookmarks.around(paragraph, "b", [])
    assert [each.get(qn("w:id")) for each in paragraph.iter(qn("w:bookmarkStart"))] == ["1", "2"]


def test_a_reference_is_a_link_that_knows_its_target():
    made = reference("table-3", "Bảng 3")
    assert (made.get(qn("w:anchor")), shown(made), instructions(made)) == ("table_3", "Bảng 3", [r"REF table_3 \h"])


def test_a_field_is_whole_and_asks_for_nothing():
    paragraph = docx.Document().add_paragraph()._p
    for run in field("PAGE", [text_run("1")]):
        paragraph.append(run)
    assert [each.get(qn("w:fldCharType")) for each in paragraph.iter(qn("w:fldChar"))] == ["begin", "separate", "end"]
    assert not [each for each in paragraph.iter() if each.get(qn("w:dirty"))]


def test_lines_break_where_the_text_does():
    run = text_run("a\nb\x01")
    assert [each.tag for each in run] == [qn("w:t"), qn("w:br"), qn("w:t")]
    assert shown(run) == "ab\ufffd"


def test_a_table_of_contents_is_one_field_of_links_with_pages():
    paragraphs = contents([("1. Một", "_Toc1", 2), ("2. Hai", "_Toc2", 5)], "toc1")
    assert [shown(each) for each in paragraphs] == ["1. Một2", "2. Hai5"]
    assert [each.find(qn("w:hyperlink")).get(qn("w:anchor")) for each in paragraphs] == ["_Toc1", "_Toc2"]
    marks = [mark.get(qn("w:fldCharType")) for each in paragraphs for mark in each.iter(qn("w:fldChar"))]
    assert marks.count("begin") == marks.count("end") == 3
    assert instructions(paragraphs[0]) == [r'TOC \o "1-1" \h \z \u', r"PAGEREF _Toc1 \h"]
    assert shown(link("a", [text_run("b")])) == "b"
