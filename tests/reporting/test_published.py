from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from simulator.reporting.forms.index_page import write_index
from simulator.reporting.outline import Chapter
from simulator.reporting.published import Outcome, Published, published
from tests.reporting.forms.test_html import Page
from tests.reporting.specimen import outline_of


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_is_listed_is_what_the_report_says(tmp_path, lang):
    outline = outline_of(lang=lang)
    told = published(outline, (tmp_path / "a" / f"report.{lang}.html",))
    blocks = [placed.block for placed in outline.front.blocks]
    assert told.title == outline.title
    assert [told.question, told.date] == [block.text for role in ("lead", "date") for block in blocks if getattr(block, "role", "") == role]
    assert list(told.notes) == [block.text for block in blocks if getattr(block, "role", "") == "note"]
    assert list(told.findings) == next(block.items for block in blocks if block.block == "bullets")
    assert len(told.findings) >= 3
    write_index([Outcome("a", told)], tmp_path / "index.html", tmp_path, lang)
    text = " ".join(Page((tmp_path / "index.html").read_text(encoding="utf-8")).text)
    assert all(words in text for words in (told.title, told.question, told.date, *told.notes, *told.findings))


def test_a_front_that_says_less_is_told_as_it_is():
    outline = replace(outline_of(), front=Chapter(0, "front", "x", ()), title="Danh sách")
    assert published(outline, (Path("a"),)) == Published((Path("a"),), "Danh sách")
