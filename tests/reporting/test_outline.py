from __future__ import annotations

import pytest

from simulator.presentation.table_layout import Group, Row, Table
from simulator.reporting.document import Bullets, FigureBlock, Paragraph, Section, TableBlock
from simulator.reporting.outline import FIGURE_DATA, lay_out
from tests.reporting.specimen import ORDER, outline_of


def table(name):
    return Table(name, "vi", name.capitalize(), ("a", "b"), (Group("", (Row("x", ("1",)),)),))


def figure(name, *data):
    return FigureBlock(name, "<svg></svg>", name.capitalize(), "Thấy gì.", "Mô tả.", list(data))


def section(name, *blocks, **changes):
    return Section(**{"id": name, "lang": "vi", "title": name.capitalize(), "blocks": list(blocks), **changes})


@pytest.fixture
def outline():
    return lay_out(
        [
            section("front", Paragraph("Lời"), is_front=True),
            section("one", TableBlock(table("t")), figure("f", table("of-f"), table("of-f-too"))),
            section("two", figure("g"), figure("h", table("of-h")), TableBlock(table("u"))),
            section("provenance", TableBlock(table("v")), data={"seed": 7}, is_annex=True),
        ],
        has_letterhead=True,
    )


def test_chapters_are_numbered_and_the_front_is_not(outline):
    assert (outline.front.id, outline.front.number, outline.title) == ("front", 0, "Front")
    assert [(chapter.number, chapter.id) for chapter in outline.chapters] == [(1, "one"), (2, "two"), (3, FIGURE_DATA), (4, "provenance")]


def test_tables_and_figures_are_numbered_in_reading_order(outline):
    assert [caption for caption, _ in outline.tables()] == ["Bảng 1. T", "Bảng 2. U", "Bảng 3. Of-f", "Bảng 4. Of-f-too", "Bảng 5. Of-h", "Bảng 6. V"]
    captions = [placed.caption for chapter in outline.chapters for placed in chapter.blocks if placed.block.block == "figure"]
    assert captions == ["Hình 1. F", "Hình 2. G", "Hình 3. H"]
    assert [each.id for each in outline.figures()] == ["f", "g", "h"]


def test_the_words_on_a_figure_name_it(outline):
    assert [each.says for each in outline.figures()] == ["Thấy gì (Hình 1).", "Thấy gì (Hình 2).", "Thấy gì (Hình 3)."]


def test_each_figure_names_the_tables_behind_it(outline):
    behind = {placed.block.id: placed.data for chapter in outline.chapters for placed in chapter.blocks if placed.block.block == "figure"}
    assert behind == {"f": (("table-3", "Bảng 3"), ("table-4", "Bảng 4")), "g": (), "h": (("table-5", "Bảng 5"),)}
    anchors = [placed.anchor for chapter in outline.chapters for placed in chapter.blocks if placed.anchor]
    assert len(anchors) == len(set(anchors)) == 9


def test_a_table_behind_several_figures_stands_in_the_annex_once():
    outline = lay_out([section("front"), section("one", figure("f", table("t")), figure("g", table("t"), table("u")))])
    assert [caption for caption, _ in outline.tables()] == ["Bảng 1. T", "Bảng 2. U"]
    assert [placed.data for placed in outline.chapters[0].blocks] == [
        (("table-1", "Bảng 1"),),
        (("table-1", "Bảng 1"), ("table-2", "Bảng 2")),
    ]


def test_what_machines_read_and_the_letterhead_travel_along(outline):
    assert outline.data == {"provenance": {"seed": 7}}
    assert outline.has_letterhead


def test_without_numbers_behind_figures_there_is_no_annex():
    plain = lay_out([section("front", is_front=True), section("one", figure("f"))])
    assert [chapter.id for chapter in plain.chapters] == ["one"]


def test_the_annex_stands_before_the_provenance_and_last_where_there_is_none():
    assert [chapter.id for chapter in outline_of().chapters] == [*ORDER[1:-1], FIGURE_DATA, ORDER[-1]]
    assert lay_out([section("front"), section("one", figure("f", table("t")))]).chapters[-1].id == FIGURE_DATA


def heads(sections, **changes):
    return [chapter.heading for chapter in lay_out(sections, **changes).chapters]


def test_annexes_stand_last_under_roman_numbers_of_their_own():
    annexes = [section(f"annex-{number}", is_annex=True) for number in range(1, 5)]
    mixed = [section("front"), annexes[0], section("one"), *annexes[1:], section("two")]
    assert heads(mixed) == ["1. One", "2. Two", *(f"Phụ lục {roman}. Annex-{n}" for n, roman in enumerate(["I", "II", "III", "IV"], 1))]
    assert heads(mixed[:3]) == ["1. One", "Phụ lục. Annex-1"]
    assert [chapter.is_annex for chapter in lay_out(mixed).chapters] == [False, False, True, True, True, True]
    assert lay_out(mixed).closing.id == "two"
    assert lay_out(mixed[:2]).closing.id == "front"


def test_the_numbers_of_annexes_reach_beyond_ten():
    many = [section("front"), *(section(f"a-{number}", is_annex=True) for number in range(14))]
    assert [heading.split()[2] for heading in heads(many)[8:]] == ["IX.", "X.", "XI.", "XII.", "XIII.", "XIV."]


def roles(outline):
    return [(placed.block.role, placed.block.text) for placed in outline.front.blocks]


def test_a_document_of_its_own_is_a_report_with_the_date_of_its_letterhead():
    front = section("front", Paragraph("Phụ lục", "kind"), Paragraph("DỰ THẢO", "stamp"), Paragraph("Ngày 1", "date"), Paragraph("x"))
    assert roles(lay_out([front], has_letterhead=True)) == [("kind", "BÁO CÁO"), ("stamp", "DỰ THẢO"), ("body", "x./.")]
    annexed = roles(lay_out([front]))
    assert [role for role, _ in annexed] == ["kind", "stamp", "attached", "date", "body"]
    assert annexed[0][1] == "Phụ lục"
    assert annexed[2][1].startswith("(Kèm theo …")


@pytest.mark.parametrize(
    ("block", "end"),
    [
        (Paragraph("Hết."), "Hết./."),
        (Paragraph("Chưa hết"), "Chưa hết./."),
        (Bullets(["một.", "hai."]), "hai./."),
        (Bullets([]), "./."),
        (TableBlock(table("t")), "./."),
    ],
)
def test_only_the_text_of_a_document_of_its_own_is_closed_before_its_annexes(block, end):
    sections = [section("front"), section("one", Paragraph("Đầu."), block), section("a", Paragraph("Sau."), is_annex=True)]
    text, annex = lay_out(sections, has_letterhead=True).chapters
    last = text.blocks[-1].block
    assert (last.text if last.block == "paragraph" else last.items[-1]) == end
    assert annex.blocks[-1].block.text == "Sau."
    assert lay_out(sections).chapters[0].blocks[-1].block == block


def leading(*blocks):
    """Say of each block of a chapter whether it stays with the next."""
    chapter = lay_out([section("front"), section("one", *blocks)]).chapters[0]
    return [chapter.leads_on(at) for at in range(len(chapter.blocks))]


def test_words_alone_between_a_heading_and_a_table_stay_with_both():
    heading, words, rows = Paragraph("Mục", "heading"), Paragraph("Bảng dưới đây."), TableBlock(table("t"))
    assert leading(words, rows) == [True, False]
    assert leading(words, words, rows) == [False, False, False]
    assert leading(words, heading, words, rows, words) == [False, False, True, False, False]
    assert leading(Bullets(["a"]), rows) == [False, False]


def test_words_that_lead_to_lines_to_fill_in_stay_with_all_of_them():
    heading, line = Paragraph("Kiến nghị", "heading"), Paragraph("Lý do: …………………………")
    assert leading(heading, Paragraph("Cơ quan ghi:"), line, line, TableBlock(table("t"))) == [False, True, True, False, False]
