from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from simulator.errors import RunError
from simulator.presentation.i18n import translate
from simulator.presentation.table_layout import Group, Row, Table
from simulator.reporting.document import FigureBlock, Paragraph, Section, TableBlock
from simulator.reporting.forms.html import export_html, mark_long, read_data, refuse_outside_addresses, render_page, style_folder, write_html
from simulator.reporting.outline import lay_out
from tests.presentation.test_wording import BANNED
from tests.reporting.registers import evidence_of_register, outline_of_register, write_register
from tests.reporting.specimen import outline_of


@cache
def outline(lang="vi"):
    return outline_of(lang=lang)


def page(lang="vi"):
    return export_html(outline(lang))


class Page(HTMLParser):
    VOID = frozenset({"meta", "br", "link", "path", "use", "rect"})

    def __init__(self, html):
        super().__init__()
        self.open, self.tags, self.text, self.ids = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in {"meta", "br"}:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in {"style", "script"}:
            self.text.append(data)


@pytest.fixture(scope="module", params=["vi", "en"])
def html(request):
    return page(request.param)


def test_the_page_is_well_formed_and_no_id_stands_twice(html):
    parsed = Page(html)
    assert parsed.open == []
    assert len(parsed.ids) == len(set(parsed.ids))
    assert {attributes["href"][1:] for tag, attributes in parsed.tags if tag == "a"} <= set(parsed.ids)


def test_the_page_points_nowhere_outside(html):
    assert "://" not in html
    tags = {tag for tag, _ in Page(html).tags}
    assert not tags & {"link", "iframe", "object", "embed", "img"}
    scripts = [attributes for tag, attributes in Page(html).tags if tag == "script"]
    assert [script["type"] for script in scripts] == ["application/json"]


def test_the_page_shows_no_code(html):
    text = "".join(Page(html).text)
    assert "pages." not in text
    assert "import " not in text
    assert "In [" not in text


def test_headings_go_down_one_level_at_a_time(html):
    levels = [int(tag[1]) for tag, _ in Page(html).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_reader_without_eyes_or_mouse_finds_the_way(html):
    parsed = Page(html)
    assert parsed.tags[0][0] == "html"
    assert parsed.tags[0][1]["lang"] in {"vi", "en"}
    first_link = next(attributes for tag, attributes in parsed.tags if tag == "a")
    assert first_link == {"class": "skip", "href": "#main"}
    assert all(attributes.get("aria-label") and attributes["role"] == "img" for tag, attributes in parsed.tags if tag == "svg")
    assert [tag for tag, _ in parsed.tags if tag in {"header", "main", "nav", "footer"}] == ["header", "main", "nav"]
    assert next(attributes for tag, attributes in parsed.tags if tag == "main")["tabindex"] == "-1"  # the link to it moves the keyboard there too
    sideways = [attributes for tag, attributes in parsed.tags if "scroll" in attributes.get("class", "").split()]
    assert len(sideways) >= 8 + 4
    assert all(attributes["tabindex"] == "0" and attributes["role"] == "region" for attributes in sideways)
    assert len({attributes["aria-label"] for attributes in sideways}) == len(sideways)
    assert all(attributes.get("scope") for tag, attributes in parsed.tags if tag == "th")
    assert [tag for tag, _ in parsed.tags].count("table") == [tag for tag, _ in parsed.tags].count("caption")


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_text_stands_out_from_the_page():
    css = (style_folder() / "report.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", css))
    for name in ("ink", "quiet", "accent", "stamp"):
        for ground in ("#ffffff", colours["pale"]):
            assert (luminance(ground) + 0.05) / (luminance(colours[name]) + 0.05) >= 7, name
    assert 1.05 / (luminance(colours["line"]) + 0.05) >= 3  # of what is no text


def test_nothing_on_the_page_moves_and_the_focus_is_seen():
    css = (style_folder() / "report.css").read_text(encoding="utf-8")
    assert not re.search(r"animation|transition|@keyframes|smooth", css)
    assert re.search(r"a:focus-visible, \.scroll:focus-visible \{ outline: 3px", css)
    assert re.findall(r"outline: none", css) == ["outline: none"]  # main itself, which only takes the keyboard where a link leads


def test_paper_has_the_margins_of_the_decree_and_no_number_on_its_first_page():
    printed = (style_folder() / "report.css").read_text(encoding="utf-8").partition("@media print")[2]
    assert "@page { size: A4; margin: 20mm 15mm 20mm 30mm; @top-center { content: counter(page);" in printed
    assert "@page :first { @top-center { content: none; } }" in printed
    assert "thead { display: table-header-group;" in printed


def test_tables_and_figures_are_numbered_in_order():
    text = " ".join(Page(page("vi")).text)
    tables = [int(number) for number in re.findall(r"Bảng (\d+)\.", text)]
    assert tables == list(range(1, len(tables) + 1))
    assert len(tables) >= 8
    assert [int(number) for number in re.findall(r"Hình (\d+)\.", text)] == [1, 2, 3, 4, 5, 6]


def test_no_banned_word_is_on_the_vietnamese_page():
    text = " ".join(Page(page("vi")).text).lower()
    assert [word for word in BANNED if word in text] == []


def test_every_simulated_table_and_figure_says_so():
    html = page("vi")
    assert html.count('class="simulated">kết quả mô phỏng, không phải số liệu thống kê') == 15 + 6


def test_the_provenance_can_be_read_by_a_machine():
    data = json.loads(re.search(r'<script type="application/json" id="provenance-data">(.*?)</script>', page(), re.DOTALL).group(1))
    assert data["scenario"] == "hanoi-2021"


def test_the_same_content_gives_the_same_bytes():
    """Drawn anew, too: see ``test_writers.py``."""
    assert export_html(outline()) == page()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_state_heading_and_a_place_to_sign_stand_there_when_asked_for_and_else_not(lang):
    told = outline(lang)
    names = ("state", "motto", "number", "place-date", "recipients", "recipient", "filed", "signature")
    words = [translate(f"letterhead.{name}", lang) for name in names]
    bare, full = export_html(told), export_html(replace(told, has_letterhead=True))
    assert [word for word in words if word in bare] == []
    parsed = Page(full)
    text = "".join(parsed.text)
    places = [text.index(word) for word in words]
    assert places == sorted(places)
    assert places[3] < text.index(told.title, text.index(words[0])) < places[4]
    assert parsed.open == []
    assert [tag for tag, _ in parsed.tags if tag in {"header", "main", "nav", "footer"}] == ["header", "main", "nav", "footer"]


def test_each_figure_leads_to_its_numbers_in_the_annex():
    table = Table("numbers", "vi", "Số liệu", ("Năm", "Số"), (Group("", (Row("1", ("2",)),)),))
    figure = FigureBlock("f", '<svg role="img" aria-label="Hình"></svg>', "Một hình", "Cho thấy điều này.", "Hình", [table])
    html = export_html(lay_out([section(is_front=True, id="front"), section(blocks=[TableBlock(table), figure])]))
    assert 'Số liệu của hình: <a href="#table-2">Bảng 2</a>.' in html
    annex = html.index('<section id="figure-data">')
    assert html.index('<div id="table-2">') > annex > html.index('<div id="table-1">')
    assert "Bảng 2. Số liệu" in html[annex:]
    assert 'role="region" aria-label="Hình 1. Một hình"' in html


def test_what_is_too_long_for_a_line_may_break_and_stays_one_word():
    digest, clause = "0123456789abcdef" * 4, "hanoi-letter-3959#outstanding-worker.share-of-direct-workers"
    table = Table("t", "vi", "Bảng", ("Mã", digest), (Group("", (Row("r", (f"a\n{digest}",), small=clause),)),))
    html = export_html(
        lay_out([section(is_front=True, id="front"), section(f"Xem {digest}.", blocks=[Paragraph(f"Xem {digest}."), TableBlock(table)])])
    )
    assert html.count(f'<span class="long">{digest}') == 3
    assert f'<small><span class="long">{clause}</span></small>' in html
    assert mark_long("<p class='a-very-long-name-of-a-class-here'>ngắn thôi</p>") == "<p class='a-very-long-name-of-a-class-here'>ngắn thôi</p>"
    assert Page(html).open == []


def test_the_number_of_a_document_is_not_cut_at_its_hyphen():
    told = mark_long("<p>Nghị định số 91/2017/NĐ-CP, Kế hoạch 115/KH-UBND (thay – Thi đua - khen thưởng A-b).</p>")
    assert re.findall(r'<span class="whole">(.*?)</span>', told) == ["91/2017/NĐ-CP", "115/KH-UBND"]
    assert ".whole { white-space: nowrap; }" in page()


def test_a_line_to_fill_in_is_drawn_to_its_end_and_not_spread_out():
    """Set as words and dots it was justified in print, with gaps between the words as wide as half a line."""
    blocks = [Paragraph("Lý do: …………"), Paragraph("…………"), Paragraph("và các mục khác…")]
    html = export_html(lay_out([Section("front", "vi", "Báo cáo", [], is_front=True), Section("a", "vi", "Mục", blocks)]))
    assert re.findall(r'<p class="filled">(.*?)<span class="dots">', html) == ["Lý do:", ""]
    assert '<p class="body">và các mục khác…</p>' in html


def test_what_a_page_holds_for_machines_comes_back(tmp_path):
    told = replace(outline(), data={"provenance": {"seed": 0, "name": "Kỳ </script> <b>"}, "evidence": {"a": [1.5, None, "ế"]}})
    write_html(told, tmp_path / "report.vi.html")
    assert read_data(tmp_path / "report.vi.html") == told.data


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7 ...",
        "một trang".encode("utf-16"),
        b"<!DOCTYPE html><html><body><p>Another page</p></body></html>",
        b'<script type="application/json">{}</script>',
        b'<script type="application/json" id="a-data">{"x": </script>',
        b'<script type="application/json" id="a-data">{"x": NaN}</script>',
        b'<script type="application/json" id="a-data">{}</script><script type="application/json" id="a-data">{}</script>',
        b'<script type="application/json" id="a-data">{"x": 1}',
    ],
)
def test_another_file_or_a_broken_page_is_refused_by_its_name(tmp_path, content):
    (tmp_path / "other.html").write_bytes(content)
    with pytest.raises(ValueError, match=r"^other\.html is no HTML report"):
        read_data(tmp_path / "other.html")


def test_another_page_of_the_house_leads_nowhere_either(tmp_path):
    for name in ("page.html.j2", "report.css"):
        (tmp_path / name).write_text('<a href="https://example.org">{{ word }}</a>', encoding="utf-8")
    with pytest.raises(RunError):
        render_page("page.html.j2", tmp_path, word="x")


def section(text="Lời", **changes):
    return Section(**{"id": "s", "lang": "vi", "title": "Mục", "blocks": [Paragraph(text)], **changes})


def test_text_from_files_cannot_become_markup():
    html = export_html(lay_out([section(is_front=True, id="front"), section("<script>alert(1)</script>", data={"x": "</script><b>"})]))
    assert "<script>alert" not in html
    assert "</script><b>" not in html


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://example.org/a.png">',
        "<a href='http://example.org'>x</a>",
        '<script src="//cdn.example.org/x.js">',
        "<style>@import url(https://example.org/x.css)</style>",
        "<p style=\"background: url('//example.org/x.png')\">",
        '<a HREF = "ftp://example.org">',
        '<meta http-equiv="refresh" content="https://example.org">',
    ],
)
def test_an_outside_address_is_refused(html):
    with pytest.raises(RunError) as caught:
        refuse_outside_addresses(html, "t.ipynb")
    assert caught.value.fields["code"] == "RP205"


@pytest.mark.parametrize("html", ['<a href="#main">', "<p>see https://example.org as text</p>", "<svg><use href='#a'/></svg>"])
def test_an_address_as_text_and_a_place_in_the_page_are_fine(html):
    refuse_outside_addresses(html, "t.ipynb")


PLAIN = re.compile(
    r"""(?:(?:src|href|action|data|poster|srcset|content)\s*=\s*["']?|url\(\s*["']?|@import\s+["']?)\s*((?:[a-z][a-z0-9+.-]*:)?//[^\s"')>]+)""",
    re.IGNORECASE,
)
"""An address that is followed, in one expression, which tries every letter of a page."""


def test_what_is_found_between_the_slashes_of_a_page_is_what_trying_every_letter_finds():
    luck = random.Random(1)  # noqa: S311 - the luck of a test is no secret
    tokens = [
        *"/ =\"'(<>;,:\n",
        "//",
        "//",
        "src",
        "HREF",
        "url(",
        "@import ",
        "https:",
        "a+b.c:",
        "data",
        "href=",
        "content = '",
        "x.org",
        "&amp;",
        "đ",
    ]
    n_found = 0
    for _ in range(10_000):
        html = "".join(luck.choices(tokens, k=luck.randint(1, 12)))
        plain = PLAIN.search(html)
        n_found += plain is not None
        try:
            refuse_outside_addresses(html, "t.ipynb")
            found = None
        except RunError as error:
            found = error.fields["found"]
        assert found == (plain and plain[1]), html
    assert n_found > 100


def test_a_figure_of_measured_numbers_is_not_called_simulated():
    words = translate("table.simulated", "en")
    for is_simulated in (True, False):
        figure = FigureBlock("dots", "<svg></svg>", "Dots", "See the dots.", "Dots.", is_simulated=is_simulated)
        page = export_html(lay_out([Section("front", "en", "Title", [], is_front=True), Section("one", "en", "One", [figure])]))
        assert (words in page) == is_simulated


def test_every_place_of_a_page_has_a_name_of_its_own(tmp_path):
    """The list of contents of a register report was named as its first section is, and the link to that led to the list."""
    outline = outline_of_register(evidence_of_register(write_register(tmp_path / "l.csv", units=6, size=6)))
    html = re.sub(r"<script.*?</script>", "", export_html(outline), flags=re.DOTALL)
    names = re.findall(r'\bid="([^"]+)"', html)
    assert len(names) == len(set(names))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(names)
