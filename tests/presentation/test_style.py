from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import font_manager
from matplotlib.figure import Figure

from simulator.presentation.style import CAUSE_FILLS, LOOKS, STYLE, WIDTH, Drawing, freeze, house_style, look_of, spread
from tests.presentation.hard_figures import FAMILIES
from tests.presentation.printed import faults

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"


def drawing(alt="Một < hai & “ba”", figure_id="f"):
    with house_style():
        figure = Figure(figsize=(3, 2), layout="constrained")
        panel = figure.subplots()
        panel.plot([0, 1], [0, 1], marker="o")
        panel.bar([0], [1], hatch="//")
        panel.set_title(VIETNAMESE[:20])
        freeze(figure)
    return Drawing(figure_id, "vi", figure, "Tiêu đề", "Một câu.", alt)


@pytest.mark.parametrize("place", [(1.2, 0.9), (0.5, 1.6), (-0.4, 0.1)], ids=["beside", "above", "on the other side"])
def test_room_for_a_note_is_the_same_whether_or_not_its_arrow_is_asked_and_the_arrow_stays(place):
    def settled(settle):
        figure = Figure(figsize=(4, 3), layout="constrained")
        panel = figure.subplots()
        panel.plot([0, 1], [0, 1])
        look = {"arrowstyle": "-", "relpos": (0, 0.5)}
        note = panel.annotate("một tên dài", (1, 0.2), place, annotation_clip=False, arrowprops=look)
        settle(figure)
        return panel.get_position().bounds, note

    with house_style():
        (room, note), (usual, _), (without, _) = (
            settled(settle) for settle in (freeze, lambda figure: figure.get_layout_engine().execute(figure), lambda _figure: None)
        )
    assert room == usual != without
    assert note.arrow_patch is not None
    assert note.arrowprops["relpos"] == (0, 0.5)


def test_the_font_has_every_vietnamese_letter():
    font = font_manager.get_font(font_manager.findfont(STYLE["font.family"][0], fallback_to_default=False))
    glyphs = font.get_charmap()
    assert [letter for letter in VIETNAMESE + VIETNAMESE.upper() + "₫−“”–" if ord(letter) not in glyphs] == []


def test_the_svg_stands_inside_a_page():
    svg = drawing().to_svg()
    assert svg.startswith('<svg class="figure" viewBox=')
    assert "://" not in svg
    assert "xmlns" not in svg
    assert "<metadata" not in svg
    assert "<!DOCTYPE" not in svg
    assert 'role="img" aria-label="Một &lt; hai &amp; “ba”"' in svg


def test_two_figures_on_a_page_share_no_id():
    first, second = drawing(figure_id="a").to_svg(), drawing(figure_id="b").to_svg()
    ids = [set(re.findall(r'\bid="([^"]+)"', svg)) for svg in (first, second)]
    assert ids[0]
    assert not ids[0] & ids[1]
    for svg, known in zip((first, second), ids, strict=True):
        assert set(re.findall(r'(?:href="|url\()#([^")]+)', svg)) <= known


def test_a_backslash_in_a_text_survives():
    assert r"a\1b" in drawing(alt=r"a\1b").to_svg()


def test_saving_twice_gives_the_same_picture():
    once = drawing()
    assert once.to_svg() == once.to_svg()
    assert once.to_png() == once.to_png()


def test_a_figure_is_drawn_when_it_is_saved_and_no_more(monkeypatch):
    draw, drawn = Figure.draw, []
    monkeypatch.setattr(Figure, "draw", lambda figure, renderer: (drawn.append(figure), draw(figure, renderer)))
    once = drawing()
    assert drawn == []
    once.to_svg()
    assert drawn == [once.figure]


def test_a_drawing_shows_itself_with_its_sentence():
    html = drawing()._repr_html_()
    assert "<figcaption><b>Tiêu đề</b> Một câu.</figcaption>" in html


def test_looks_differ_in_marker_and_line_as_well_as_colour():
    assert len({look.colour for look in LOOKS}) == len(LOOKS)
    assert len({look.marker for look in LOOKS}) == len(LOOKS)
    assert look_of(len(LOOKS)) == LOOKS[0]
    assert len({hatch for _, hatch, _ in CAUSE_FILLS.values()}) == len(CAUSE_FILLS)


@given(st.lists(st.floats(0, 10), max_size=8), st.floats(0.1, 3))
def test_labels_keep_apart_keep_order_and_keep_inside(positions, gap):
    placed = spread(positions, gap, 0, 10)
    assert len(placed) == len(positions)
    room = min(gap, 10 / max(1, len(positions) - 1))
    inside = sorted(placed)
    assert all(-1e-6 <= place <= 10 + 1e-6 for place in placed)
    assert all(after - before >= room - 1e-6 for before, after in pairwise(inside))
    for i, first in enumerate(positions):
        for j, second in enumerate(positions):
            if first < second:
                assert placed[i] < placed[j]


@pytest.mark.parametrize(("positions", "placed"), [([5.0, 5.0], [4.5, 5.5]), ([2.0, 8.0], [2.0, 8.0]), ([10.0, 10.0], [9.0, 10.0])])
def test_labels_move_as_little_as_they_can(positions, placed):
    assert spread(positions, 1, 0, 10) == pytest.approx(placed)


@pytest.mark.deep
@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("family", FAMILIES)
def test_every_figure_can_be_read_on_paper(family, lang):
    drawn = dict(FAMILIES[family](lang))
    assert drawn
    assert {name: found for name, drawing in drawn.items() if (found := faults(drawing))} == {}
    assert {round(drawing.figure.get_size_inches()[0], 3) for drawing in drawn.values()} == {round(WIDTH, 3)}


def test_what_cannot_be_read_on_paper_is_found():
    figure = Figure(figsize=(WIDTH, 9))
    for words, place, size in (("nhỏ", (0.5, 0.5), 7.9), ("ngoài", (0.99, 0.2), 9), ("một", (0.3, 0.3), 9), ("hai", (0.3, 0.305), 9)):
        figure.text(*place, words, fontsize=size)
    found = faults(Drawing("figure", "vi", figure, "", "", ""))
    assert [each.split(":")[0] for each in found] == ["9.0 inches high", "7.9 points", "leaves the figure", found[-1].split(":")[0]]
    assert found[-1].startswith("overlap")
    assert "'một' and 'hai'" in found[-1]
