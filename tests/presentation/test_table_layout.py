from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.presentation.table_layout import Group, Row, Table, display_width, wrap

WORDS = "Thứ tự luân phiên của người lao động trực tiếp ở các đơn vị"


def table(**changes):
    content = {
        "id": "t",
        "lang": "vi",
        "caption": "Chú thích & <thẻ>",
        "columns": ("Chỉ số", "Phương án một", "Phương án hai"),
        "groups": (Group("Nhóm", (Row("giá trị", ("0,21", "một\nhai")),)), Group("", (Row("khác", ("–", "x < y")),))),
        "notes": ("Ghi chú.",),
    }
    return Table(**{**content, **changes})


def test_columns_line_up_whatever_the_marks():
    composed = table(groups=(Group("", (Row("luân phiên", ("A", "B")), Row("abc", ("A", "B")))),))
    decomposed = table(groups=(Group("", (Row(unicodedata.normalize("NFD", "luân phiên"), ("A", "B")), Row("abc", ("A", "B")))),))
    assert composed.to_text() == decomposed.to_text()
    first, second = [line for line in composed.to_text().splitlines() if "A" in line]
    assert first.index("A") == second.index("A")


def test_wide_letters_count_twice():
    assert display_width("日本") == 4
    assert display_width("đường") == 5
    lines = table(groups=(Group("", (Row("日本", ("A", "B")), Row("abc", ("A", "B")))),)).to_text().splitlines()
    positions = {display_width(line[: line.index("A")]) for line in lines if "A" in line}
    assert len(positions) == 1


@pytest.mark.parametrize("width", [40, 60, 110])
def test_a_table_stays_within_its_width(width):
    long = table(groups=(Group(WORDS, (Row(WORDS, (WORDS, "hanoi-letter-3959#principles.commend-to-the-extent-of-achievement")),)),))
    text = long.to_text(width)
    assert max(display_width(line) for line in text.splitlines()) <= width
    assert text == unicodedata.normalize("NFC", text)
    assert not re.search(r"[ \t]\n", text)


@given(st.text("aăâ éệ đ\u0301-.#/", max_size=60), st.integers(3, 20))
def test_wrapping_loses_nothing_and_keeps_to_the_width(text, width):
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(display_width(line.strip(" ")) <= width + 1 for line in lines)


def test_a_no_break_space_holds():
    assert wrap("xx [−0,09;\u00a0−0,08]", 14) == ["xx", "[−0,09;\u00a0−0,08]"]


def test_a_simulated_table_says_so_in_both_forms():
    simulated = table(is_simulated=True)
    assert "kết quả mô phỏng, không phải số liệu thống kê" in simulated.to_text()
    assert "kết quả mô phỏng, không phải số liệu thống kê" in simulated.to_html()
    assert "mô phỏng" not in table().to_text()
    assert "simulated results, not statistics" in table(is_simulated=True, lang="en").to_html()


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.seen = [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_html_is_well_formed_and_accessible():
    tags = Tags()
    html = table().to_html()
    tags.feed(html)
    assert tags.open == []
    assert [tag for tag, _ in tags.seen].count("caption") == 1
    scopes = [attributes["scope"] for tag, attributes in tags.seen if tag == "th"]
    assert scopes == ["col", "col", "col", "rowgroup", "row", "row"]
    assert "Chú thích &amp; &lt;thẻ&gt;" in html
    assert "x &lt; y" in html
    assert "một<br>hai" in html


def test_a_table_shows_itself_in_a_notebook():
    shown = table()._repr_html_()
    assert shown.replace(' style="text-align: left"', "") == table().to_html()
    assert '<td style="text-align: left">0,21' in shown
    assert "<thead>" in shown


def test_a_notebook_has_no_style_that_sets_the_word_on_simulation_apart():
    simulated = table(is_simulated=True)
    assert '<span class="simulated">kết quả mô phỏng' in simulated.to_html()
    assert '<span class="simulated">(kết quả mô phỏng, không phải số liệu thống kê)</span>' in simulated._repr_html_()


def test_without_a_caption_the_text_starts_with_the_header():
    assert table(caption="").to_text().startswith("Chỉ số")


def test_what_is_small_stands_under_its_header_on_a_page_only():
    marked = table(groups=(Group("", (Row("giá trị", ("1", "2"), small="a<b#c"),)),))
    assert '<th scope="row">giá trị<br><small>a&lt;b#c</small></th>' in marked.to_html()
    assert "#c" not in marked.to_text()
    assert "<small>" not in table().to_html()


def test_a_table_with_a_long_cell_says_that_its_rows_are_high():
    """On paper, a group of high rows held together leaves a page half empty."""

    def html(cell):
        return Table("t", "vi", "Bảng", ("A", "B"), (Group("", (Row("a", (cell,)),)),)).to_html()

    assert '<div class="table tall"' in html("x" * 161)
    assert '<div class="table"' in html("x" * 160)
