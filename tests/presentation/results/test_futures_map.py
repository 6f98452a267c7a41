"""The map of rules by futures: each cell a number and a look that differ without colour, and a text that tells every cell."""

from __future__ import annotations

import pytest

from simulator.experiments.tipping.results import Held
from simulator.presentation.results.futures_map import LOOKS, draw_map, word_of
from simulator.presentation.results.tipping_words import say_map
from tests.presentation.tipped import tipped


@pytest.mark.parametrize(("met", "word"), [(90, "most"), (89, "half"), (50, "half"), (49, "few"), (0, "few")])
def test_words_at_their_boundaries(met, word):
    assert word_of(Held(met, 100)) == word


def test_a_share_of_nothing_is_unknown():
    assert word_of(Held(0, 0)) == "unknown"


def test_looks_differ_without_colour():
    def grey(look):
        red, green, blue = (255, 255, 255) if look.fill == "white" else (int(look.fill[k : k + 2], 16) for k in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue, look.hatch

    shades = [grey(LOOKS[word]) for word in ("most", "half", "few")]
    assert all(abs(one[0] - other[0]) > 40 or one[1] != other[1] for k, one in enumerate(shades) for other in shades[:k])


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_cell_is_drawn_and_told(lang):
    study = tipped()
    drawing = draw_map(study, lang)
    cells = [text.get_text() for text in drawing.figure.axes[0].texts]
    assert cells == ["70%", "100%", "70%", *["100%"] * 5, *["100%"] * 8]
    assert drawing.alt.count("70%") == 2
    assert "PLAN" in drawing.alt
    assert "KEEP" not in drawing.alt  # it meets its own targets by definition
    assert drawing.says.startswith(say_map(study, lang))
    assert drawing.to_svg() == draw_map(study, lang).to_svg()
