from __future__ import annotations

import io
import json
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from itertools import chain

import pypdf
import pytest

from simulator.errors import RunError
from simulator.presentation.i18n import translate
from simulator.presentation.table_layout import Group, Row, Table
from simulator.reporting.document import Bullets, FigureBlock, Paragraph, Section, TableBlock
from simulator.reporting.forms import pdf
from simulator.reporting.forms.pdf import DATA_NAME, export_pdf, read_data, write_pdf
from simulator.reporting.forms.typefaces import VIETNAMESE_LETTERS, choose_typefaces
from simulator.reporting.outline import lay_out, words_before_dots
from tests.reporting.criteria_specimen import outline_of_shipped
from tests.reporting.fullness import filled
from tests.reporting.specimen import outline_of

MILLIMETRE = 72 / 25.4
A4 = (210, 297)


@lru_cache(maxsize=4)
def open_pdf(content):
    return pypdf.PdfReader(io.BytesIO(content))


@lru_cache(maxsize=4)
def texts_of(content):
    """Give the text of each page."""
    return [page.extract_text() for page in open_pdf(content).pages]


def compact(text):
    return "".join(unicodedata.normalize("NFC", text).split())


def pages_of(content):
    """Give the text of each page without its number."""
    texts = texts_of(content)
    return [texts[0], *(re.sub(rf"^\s*{number}\b", "", text, count=1) for number, text in enumerate(texts[1:], 2))]


def text_of(content):
    return compact("".join(pages_of(content)))


def said(outline):
    """Give every text of an outline that a reader must find."""
    for chapter in (outline.front, *outline.chapters):
        yield chapter.heading or chapter.title.upper()
        for placed in chapter.blocks:
            block = placed.block
            yield placed.caption
            match block.block:
                case "paragraph":
                    to_fill = words_before_dots(block.text) if block.role == "body" else None
                    yield block.text if to_fill is None else to_fill  # the dots go to the end of the line
                case "bullets":
                    yield from block.items
                case "figure":
                    yield block.says
                    yield from (name for _, name in placed.data)
                case "table":
                    yield from (*block.table.columns, *block.table.notes)
                    for group in block.table.groups:
                        yield group.title
                        yield from chain.from_iterable((row.header, row.small, *row.cells) for row in group.rows)


def small_outline(*blocks, lang="vi", has_letterhead=False, title="Tên báo cáo", data=None):
    front = Section("front", lang, title, [Paragraph("DỰ THẢO", "stamp")], is_front=True)
    return lay_out([front, Section("s", lang, "Mục", list(blocks), data=data)], has_letterhead=has_letterhead)


def table(columns, rows, **changes):
    return TableBlock(Table(**{"id": "t", "lang": "vi", "caption": "Tên bảng", "columns": columns, "groups": (Group("", rows),), **changes}))


@pytest.fixture(scope="module", params=["vi", "en"])
def outline(request):
    return outline_of(lang=request.param)


@pytest.fixture(scope="module")
def content(outline):
    return export_pdf(outline)


@pytest.fixture(scope="module")
def text(content):
    return text_of(content)


def test_every_page_is_a4_one_way_round_or_the_other(content):
    sizes = {tuple(sorted(round(float(side) / MILLIMETRE) for side in page.mediabox[2:])) for page in open_pdf(content).pages}
    assert sizes == {A4}
    assert len(open_pdf(content).pages) > 5


def test_every_text_of_the_outline_is_on_the_pages(outline, text):
    missing = [each for each in said(outline) if compact(each) not in text]
    assert missing == []


def test_every_simulated_table_and_every_figure_says_so(outline, text):
    simulated = sum(table.is_simulated for _, table in outline.tables()) + len([*outline.figures()])
    assert text.count(compact(translate("table.simulated", outline.lang))) == simulated


def test_what_was_measured_is_not_called_simulated():
    svg = '<svg class="figure" viewBox="0 0 10 10" role="img" aria-label="Chấm."></svg>'
    for is_simulated in (True, False):
        figure = FigureBlock("dots", svg, "Chấm", "Hãy xem các chấm.", "Các chấm.", is_simulated=is_simulated)
        content = export_pdf(small_outline(figure))
        words = translate("table.simulated", "vi")
        assert (compact(words) in text_of(content)) == is_simulated
        assert (words in str(open_pdf(content).metadata)) == is_simulated


def test_pages_are_numbered_from_the_second_on_and_listed_where_chapters_begin(outline, content):
    texts = texts_of(content)
    assert not re.match(r"\s*1\b", texts[0])
    assert all(re.match(rf"\s*{number}\b", text) for number, text in enumerate(texts[1:], 2))
    for chapter in outline.chapters:
        heading = re.escape(chapter.heading)
        listed = [int(number) for text in texts for number in re.findall(rf"^{heading}[ .]{{9,}}(\d+)\s*$", text, re.MULTILINE)]
        begins = [number for number, text in enumerate(texts, 1) if re.search(rf"^{heading}\s*$", text, re.MULTILINE)]
        assert listed == begins != []


def test_the_file_is_tagged_and_says_its_title_and_language(outline, content):
    reader = open_pdf(content)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == {"vi": "vi-VN", "en": "en-GB"}[outline.lang]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == outline.title
    packet = root["/Metadata"].get_data().decode()
    assert "pdfuaid" in packet
    assert re.search(r"<pdfaid:part>3</pdfaid:part>\s*<pdfaid:conformance>A", packet)
    assert [entry.title for entry in reader.outline if not isinstance(entry, list)] == [each.heading for each in outline.chapters]


def tags(reader):
    """Give each element of the structure, from the top."""
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, list):
            waiting += reversed(element)
        elif isinstance(element, dict):
            yield element
            waiting += [element["/K"]] if "/K" in element else []


def test_a_reader_who_cannot_see_it_finds_headings_tables_and_words_for_figures(outline, content):
    elements = [*tags(open_pdf(content))]
    kinds = Counter(element.get("/S") for element in elements)
    assert kinds["/H1"] == len(outline.chapters) + 1 + sum(
        placed.block.block == "paragraph" and placed.block.role == "heading" for placed in outline.front.blocks
    )
    tables = [table for _, table in outline.tables()]
    assert kinds["/Table"] == len(tables)
    assert kinds["/TH"] == sum(len(table.columns) + sum(bool(group.title) for group in table.groups) for table in tables)
    alts = [element["/Alt"] for element in elements if element.get("/S") == "/Figure" and "/Alt" in element]
    assert alts == [figure.alt for figure in outline.figures()]


def test_a_table_over_several_pages_repeats_its_header(tmp_path):
    rows = tuple(Row(f"dòng {number}", ("a",)) for number in range(120))
    content = export_pdf(small_outline(table(("Cột đầu của bảng", "Cột hai"), rows, notes=("Lời ghi chú",))))
    pages = [compact(page) for page in pages_of(content)]
    assert len(pages) > 3
    assert all("Cộtđầucủabảng" in page for page in pages if "dòng" in page)


@pytest.mark.parametrize(("n_rows", "fewest_together"), [(3, 3), (5, 2), (8, 2)])
def test_a_low_group_is_kept_on_one_page_under_its_title_and_no_row_of_a_higher_one_stands_alone(n_rows, fewest_together):
    groups = tuple(
        Group(f"Nhóm {number}.", tuple(Row(f"dòng {number}.{at}.", (f"giá trị {number}.{at}.",)) for at in range(n_rows))) for number in range(40)
    )
    content = export_pdf(small_outline(table(("Cột đầu", "Cột hai"), (), groups=groups)))
    pages = [compact(page) for page in pages_of(content)]
    assert len(pages) > 4
    for number in range(40):
        together = [n_there for page in pages if (n_there := sum(f"giátrị{number}.{at}." in page for at in range(n_rows)))]
        assert sum(together) == n_rows
        assert min(together) >= fewest_together
        assert all(f"Nhóm{number}." in page for page in pages if f"giátrị{number}." in page)


def test_what_a_report_knows_for_machines_is_read_back(outline, content, tmp_path):
    (tmp_path / "r.pdf").write_bytes(content)
    assert read_data(tmp_path / "r.pdf") == json.loads(json.dumps(outline.data))
    assert read_data(tmp_path / "r.pdf")["provenance"]["scenario"] == "hanoi-2021"


def with_attachment(path, content):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    if content is not None:
        writer.add_attachment(DATA_NAME, content)
    writer.write(path)


@pytest.mark.parametrize("attached", [None, b"[1]", b"{", b"\xff\xff"])
def test_a_pdf_of_somebody_else_is_told_apart(tmp_path, attached):
    with_attachment(tmp_path / "other.pdf", attached)
    with pytest.raises(ValueError, match="report"):
        read_data(tmp_path / "other.pdf")


@pytest.mark.parametrize(
    "content", [b"", b"no pdf", b"%PDF-1.7\n%%EOF", b"PK\x03\x04", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF"]
)
def test_what_is_no_pdf_is_told_apart(tmp_path, content):
    (tmp_path / "x.pdf").write_bytes(content)
    with pytest.raises(ValueError, match="report"):
        read_data(tmp_path / "x.pdf")


def test_a_pdf_cut_short_is_told_apart(tmp_path, content):
    (tmp_path / "x.pdf").write_bytes(content[: len(content) // 2])
    with pytest.raises(ValueError, match="report"):
        read_data(tmp_path / "x.pdf")


@pytest.mark.parametrize("outline", ["vi"], indirect=True)
def test_the_same_outline_gives_the_same_bytes_and_they_are_written(outline, content, tmp_path):
    write_pdf(outline, tmp_path / "r.pdf")
    assert (tmp_path / "r.pdf").read_bytes() == content


MARKUP = [
    "#let x = 1",
    "*đậm* _nghiêng_",
    "$x^2$",
    "<script>alert(1)</script>",
    "\\ @nhan <nhan> `mã` // lời",
    "= Mục",
    "- mục",
    "\"ngoặc\" 'đơn'",
    "#pagebreak()",
]


@pytest.mark.parametrize("words", MARKUP)
def test_text_that_looks_like_markup_comes_through_as_it_is(words):
    section = [
        Paragraph(words),
        Paragraph(words, "heading"),
        Bullets([words]),
        table((words, words), (Row(words, (words,), small=words),), caption=words, notes=(words,)),
    ]
    content = export_pdf(small_outline(*section, title=words))
    assert text_of(content).casefold().count(compact(words).casefold()) == 11
    assert open_pdf(content).metadata.title == words


def test_every_vietnamese_letter_comes_through_upright_bold_and_slanted():
    letters = " ".join(VIETNAMESE_LETTERS)
    content = export_pdf(small_outline(Paragraph(letters), Paragraph(letters, "heading"), Paragraph(letters, "note"), title=letters.upper()))
    assert text_of(content).count(compact(letters)) == 3
    assert compact(letters.upper()) in text_of(content)


def test_marked_letters_in_pieces_are_composed():
    content = export_pdf(small_outline(Paragraph(unicodedata.normalize("NFD", "Nghị quyết ẤỆỮ"))))
    assert "NghịquyếtẤỆỮ" in text_of(content)


def fonts_of(content):
    names = set()
    for page in open_pdf(content).pages:
        names |= {str(font["/BaseFont"]).partition("+")[2] for font in (entry.get_object() for entry in page["/Resources"].get("/Font", {}).values())}
    return names


def test_without_fonts_of_the_system_the_report_is_whole_all_the_same():
    outline = small_outline(Paragraph("Mức tiền thưởng là 1 ₫ " + VIETNAMESE_LETTERS))
    content = export_pdf(outline, choose_typefaces([]))
    assert "1₫" in text_of(content)
    assert VIETNAMESE_LETTERS in text_of(content)
    assert {name.partition("-")[0] for name in fonts_of(content)} == {"DejaVuSerif", "DejaVuSans"}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_letter_of_a_report_is_in_the_typefaces_that_come_along(lang):
    assert choose_typefaces([]).lacking({*chain.from_iterable(said(outline_of(lang=lang)))}) == []


@pytest.mark.deep
def test_a_whole_report_can_be_set_without_fonts_of_the_system():
    outline = outline_of()
    text = text_of(export_pdf(outline, choose_typefaces([])))
    assert [each for each in said(outline) if compact(each) not in text] == []


def test_a_letter_nobody_has_is_an_error_that_names_it(tmp_path):
    with pytest.raises(RunError, match=r"“語” \(U\+8A9E") as caught:
        write_pdf(small_outline(Paragraph("đây là 語")), tmp_path / "r.pdf")
    assert (caught.value.fields["code"], caught.value.fields["file"]) == ("RP207", "tieuchi")
    assert [*tmp_path.iterdir()] == []


def test_a_letter_of_the_data_that_is_printed_nowhere_does_no_harm_and_an_error_names_the_subject():
    data = {"evidence": {"asked": {"subject": "hanoi-2021"}, "title": "語"}}
    assert export_pdf(replace(small_outline(Paragraph("lời")), data=data)).startswith(b"%PDF")
    with pytest.raises(RunError) as caught:
        export_pdf(replace(small_outline(Paragraph("語")), data=data))
    assert caught.value.fields["file"] == "hanoi-2021"


def test_what_no_page_can_hold_is_shown_as_such():
    assert "a\N{REPLACEMENT CHARACTER}b" in text_of(export_pdf(small_outline(Paragraph("a\x08b"))))


def test_a_warning_is_an_error(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "copy_of", lambda typefaces: [])
    with pytest.raises(RunError, match=r"unknown font family") as caught:
        write_pdf(small_outline(Paragraph("lời")), tmp_path / "r.pdf")
    assert caught.value.fields["code"] == "RP207"
    assert [*tmp_path.iterdir()] == []


def test_an_error_leaves_what_was_there(monkeypatch, tmp_path):
    style = tmp_path / "style"
    style.mkdir()
    (style / "report.typ").write_text('#panic("no more room")', encoding="utf-8")
    (tmp_path / "r.pdf").write_bytes(b"before")
    monkeypatch.setattr(pdf, "style_folder", lambda: style)
    with pytest.raises(RunError, match="no more room"):
        write_pdf(small_outline(Paragraph("lời")), tmp_path / "r.pdf")
    assert (tmp_path / "r.pdf").read_bytes() == b"before"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_letterhead_stands_only_where_it_is_asked_for(lang):
    words = [translate(f"letterhead.{name}", lang) for name in ("state", "motto", "number", "place-date", "recipients", "signature")]
    without, having = (export_pdf(small_outline(Paragraph("x"), lang=lang, has_letterhead=wanted)) for wanted in (False, True))
    assert [word for word in words if compact(word) in text_of(without)] == []
    assert [word for word in words if compact(word) not in text_of(having)] == []
    first = pages_of(having)[0]
    assert compact(first).index(compact(words[0])) < compact(first).index("Tênbáocáo")


def fill(table_content):
    return text_of(export_pdf(small_outline(table_content)))


def test_a_table_of_twelve_columns_turns_the_page_and_loses_nothing():
    columns = tuple(f"Chỉ tiêu khen thưởng {number}" for number in range(12))
    rows = tuple(Row(f"Đơn vị số {number}", tuple(f"{number},{at} [{at};{number}]" for at in range(11))) for number in range(40))
    outline = small_outline(Paragraph("trước"), table(columns, rows), Paragraph("sau"))
    content = export_pdf(outline)
    text = text_of(content)
    assert [each for each in said(outline) if compact(each) not in text] == []
    ways = [float(page.mediabox.width) > float(page.mediabox.height) for page in open_pdf(content).pages]
    assert any(ways)
    assert not ways[0]


def test_only_the_words_that_lead_to_a_wide_table_turn_with_it():
    wide = table(tuple(f"Chỉ tiêu khen thưởng {number}" for number in range(12)), (Row("Đơn vị", ("x",) * 11),))
    long = [Paragraph(f"Đoạn thứ {number}.") for number in range(9)]
    small = table(("a", "b"), (Row("x", ("y",)),))
    blocks = [
        *long,
        small,
        Paragraph("Tiểu mục", "heading"),
        Paragraph("Dẫn vào bảng."),
        wide,
        Paragraph("Theo sau bảng."),
        Paragraph("Mục khác", "heading"),
        small,
    ]
    content = export_pdf(small_outline(*blocks))
    lying = [
        compact(text) for text, page in zip(pages_of(content), open_pdf(content).pages, strict=True) if page.mediabox.width > page.mediabox.height
    ]
    assert len(lying) == 1
    assert all(compact(words) in lying[0] for words in ("Tiểu mục", "Dẫn vào bảng.", "Theo sau bảng."))
    assert not any(compact(words) in lying[0] for words in ("Đoạn thứ 8.", "Mục khác"))


def right_edges(content):
    """Give, for each page, how far to the right its text reaches, and where the margin is."""
    for page in open_pdf(content).pages:
        ends = [0.0]

        def visit(text, cm, tm, font, size, ends=ends):
            if text.strip():
                ends.append(tm[4] * cm[0] + cm[4])

        page.extract_text(visitor_text=visit)
        yield max(ends), float(page.mediabox.width) - 20 * MILLIMETRE


@pytest.mark.parametrize("n_columns", [2, 6, 12, 30])
def test_very_long_words_break_and_stay_on_the_page(n_columns):
    word = "hanoi-plan-115#principles." + "f0e1d2c3b4a59687" * 6
    outline = small_outline(
        table(tuple(f"cột {at}" for at in range(n_columns)), (Row("đầu", (word,) * (n_columns - 1), small=word),)), Paragraph(word * 3)
    )
    content = export_pdf(outline)
    assert text_of(content).count(word) >= n_columns + 3 if n_columns < 12 else compact(word) in text_of(content)
    assert all(end < margin for end, margin in right_edges(content))


@pytest.mark.parametrize(
    "block",
    [
        table(("một", "hai"), ()),
        TableBlock(Table("t", "vi", "Tên bảng", ("một",), ())),
        table(("một", "hai"), (Row("", ("",)), Row("", ("\n",)))),
        table(("", ""), (Row("x", ("y",)),), caption=""),
        Bullets([]),
        Bullets([""]),
        Paragraph(""),
        Paragraph("", "heading"),
        FigureBlock(
            "f", '<svg class="figure" viewBox="0 0 10 200" role="img" aria-label="x"><path d="M0 0h10v200z"/></svg>', "Hình cao", "Lời", "Mô tả"
        ),
    ],
    ids=["no rows", "no groups", "empty cells", "no header", "no bullets", "empty bullet", "no words", "no heading", "high figure"],
)
def test_odd_blocks_are_set(block):
    assert "Mục" in text_of(export_pdf(small_outline(block)))


def test_a_report_without_chapters_is_set():
    assert "TÊNBÁOCÁO" in text_of(export_pdf(lay_out([Section("front", "vi", "Tên báo cáo", [], is_front=True)])))


def test_a_table_too_wide_for_any_page_goes_on_below_itself_with_its_first_column():
    columns = ("Đơn vị", *(f"Nghiêng{number}nghiêng" for number in range(20)))
    content = export_pdf(small_outline(table(columns, (Row("Phường Một", tuple(f"ô{at}." for at in range(20))),), notes=("Lời ghi chú",))))
    text = text_of(content)
    assert all(compact(column) in text for column in columns)
    assert text.count("PhườngMột") == text.count("Đơnvị") > 1
    assert text.count("Bảng1.") == text.count("Lờighichú") == 1


def test_no_row_stands_alone_on_the_last_page_of_a_table_nor_on_its_first():
    above = [Paragraph("Lời") for _ in range(6)]
    for n_rows in range(18, 30):  # one of them is one more than the page holds
        rows = tuple(Row(f"hàng {number}", ("1",)) for number in range(n_rows))
        pages = pages_of(export_pdf(small_outline(*above, table(("Cột", "Giá trị"), rows))))
        counts = [found for page in pages if (found := len(re.findall(r"hàng \d+", page)))]
        assert sum(counts) == len(rows)
        assert min(counts) >= 2


@pytest.mark.parametrize(
    ("heights", "runs"),
    [
        ([], []),
        ([20.0] * 3, [(3, True)]),
        ([20.0] * 9, [(2, True), (5, False), (2, True)]),
        ([200.0], [(1, False)]),
        ([90.0] * 3, [(1, False)] * 3),
        ([60.0] * 5, [(1, False), (2, False), (2, True)]),
    ],
)
def test_low_groups_stay_whole_and_the_ends_of_high_ones_are_not_parted(heights, runs):
    assert [(run["rows"], run["whole"]) for run in pdf._runs(heights)] == runs


def test_a_signature_has_words_over_it_and_the_annexes_begin_after_its_page():
    front = Section("front", "vi", "Tên", [Paragraph("DỰ THẢO", "stamp")], is_front=True)
    annex = Section("a", "vi", "Phần kèm theo", [Paragraph("x")], is_annex=True)
    for n_lines in range(18, 32):  # wherever the page happens to end
        text = Section("s", "vi", "Mục", [*(Paragraph("Lời") for _ in range(n_lines)), Bullets(["đầu", "cuối"])])
        pages = pages_of(export_pdf(lay_out([front, text, annex], has_letterhead=True)))
        signed = next(page for page in pages if translate("letterhead.recipients", "vi") in page)
        assert "cuối./." in signed
        assert "kèm theo" not in signed


def test_a_line_to_write_on_is_one_line_with_dots_to_its_end():
    """Dots of one width stretched the words before them over the line, and went over to the next."""
    before = export_pdf(small_outline(Paragraph("Phương án được kiến nghị: " + "…" * 60), Paragraph("Câu sau.")))
    lines = [line.strip() for line in open_pdf(before).pages[0].extract_text().splitlines()]
    at = next(index for index, line in enumerate(lines) if line.startswith("Phương án được kiến nghị:"))
    assert lines[at].count(".") > 40
    assert lines[at + 1] == "Câu sau."


def test_what_stands_in_the_tables_after_the_last_figure_moves_no_figure(monkeypatch, outline, content):
    seen, whole = [], pdf._blank

    def blank(block, *, is_after):
        seen.append((block["block"], is_after))
        return whole(block, is_after=False)

    monkeypatch.setattr(pdf, "_blank", blank)
    assert export_pdf(outline) == content
    assert ("table", True) in seen
    assert ("figure", True) not in seen


@pytest.mark.parametrize("n_columns", [3, 40])
def test_a_table_fitted_ahead_is_found_fitted(monkeypatch, n_columns):
    block = table(tuple(f"Cột {number}" for number in range(n_columns)), (Row("Hàng fitted ahead", ("12,5",) * (n_columns - 1)),))
    pdf.fit_ahead(block.table)

    def refuse(*_asked, **_more):
        raise AssertionError

    for name in ("fit_table", "in_parts"):
        monkeypatch.setattr(pdf, name, refuse)
    assert pages_of(export_pdf(small_outline(block)))
    with pytest.raises(AssertionError):
        export_pdf(small_outline(table(("Cột", "Cột khác"), (Row("Hàng not fitted", ("1",)),))))


@pytest.mark.deep
def test_no_page_of_a_report_of_tables_is_left_half_empty():
    """Of decree 91: forty rows of clauses and two of forty lines; held together or given the wrong widths, they left pages two thirds empty."""
    *pages, _last = open_pdf(export_pdf(outline_of_shipped("decree-91"))).pages
    assert [(number, round(filled(page), 2)) for number, page in enumerate(pages, 1) if filled(page) < 0.65] == []
    assert len(pages) < 42
