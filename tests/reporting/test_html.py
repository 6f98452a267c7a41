from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from simulator.errors import RunError
from simulator.reporting.document import Paragraph, Section
from simulator.reporting.html import export_html, refuse_outside_addresses, style_folder
from simulator.reporting.outline import lay_out
from tests.presentation.test_wording import BANNED
from tests.reporting.specimen import outline_of


def page(lang="vi", comparison=None):
    return export_html(outline_of(comparison, lang=lang))


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
    assert all(attributes.get("aria-label") for tag, attributes in parsed.tags if tag == "svg")
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


def test_tables_and_figures_are_numbered_in_order():
    text = " ".join(Page(page("vi")).text)
    tables = [int(number) for number in re.findall(r"Bảng (\d+)\.", text)]
    assert tables == list(range(1, len(tables) + 1))
    assert len(tables) >= 8
    assert [int(number) for number in re.findall(r"Hình (\d+)\.", text)] == [1, 2, 3, 4]


def test_no_banned_word_is_on_the_vietnamese_page():
    text = " ".join(Page(page("vi")).text).lower()
    assert [word for word in BANNED if word in text] == []


def test_every_simulated_table_and_figure_says_so():
    html = page("vi")
    assert html.count('class="simulated">kết quả mô phỏng, không phải số liệu thống kê') == 13 + 4


def test_the_provenance_can_be_read_by_a_machine():
    data = json.loads(re.search(r'<script type="application/json" id="provenance-data">(.*?)</script>', page(), re.DOTALL).group(1))
    assert data["scenario"] == "hanoi-2021"


def test_the_same_content_gives_the_same_bytes():
    assert page() == page()


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
