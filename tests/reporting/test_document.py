from __future__ import annotations

import json

import pytest

from simulator.presentation.table_layout import Group, Row, Table
from simulator.reporting.document import SECTION_MIME, Bullets, FigureBlock, Paragraph, Section, TableBlock

TABLE = Table("t", "vi", "Chú thích", ("a", "b"), (Group("", (Row("x", ("1 < 2",)),)),))
SECTION = Section(
    "s",
    "vi",
    "Mục & một",
    [Paragraph("Lời", "lead"), Bullets(["một", "hai"]), TableBlock(TABLE), FigureBlock("f", "<svg/>", "Hình", "Thấy.", "Mô tả", [TABLE])],
    data={"n": 1},
)


def test_a_section_survives_the_journey_through_a_notebook():
    assert Section.from_dict(json.loads(json.dumps(SECTION.to_dict()))) == SECTION


def test_a_cell_shows_words_html_and_data():
    bundle = SECTION._repr_mimebundle_(include=None)
    assert bundle["text/plain"] == "Mục & một"
    assert bundle[SECTION_MIME] == SECTION.to_dict()
    for part in ("<h2>Mục &amp; một</h2>", "<p>Lời</p>", "<li>hai</li>", "1 &lt; 2", "<svg/>", "Thấy."):
        assert part in bundle["text/html"]


@pytest.mark.parametrize("change", [{"blocks": [{"block": "magic"}]}, {"extra": 1}, {"lang": "fr"}])
def test_what_is_no_section_is_refused(change):
    with pytest.raises(ValueError, match="validation error"):
        Section.from_dict({**SECTION.to_dict(), **change})
