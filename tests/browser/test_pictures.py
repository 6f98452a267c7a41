"""What the page looks like, compared with how it looked when somebody last looked at it: small, grey, and with a tolerance.

A page that was changed on purpose: look at the picture named in the message, and if it is as it should be, put it in the place of the stored one.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.browser.page import open_page

pytestmark = pytest.mark.browser
PICTURES = Path(__file__).parent / "pictures"
SIZE = (96, 64)
MOST_MEAN, MOST_OF_A_PLACE = 5.0, 70.0
"""Shades of 255 by which a small picture may differ on the whole, and in any place of 8 by 8 dots: letters of another font are less, a missing bar is more."""
PLACE = 8


@pytest.fixture(scope="module")
def page(browser, served):
    return open_page(browser, served)


def small(content):
    return np.asarray(Image.open(io.BytesIO(content)).convert("L").resize(SIZE, Image.Resampling.BOX), dtype=float)


def differing(one, other):
    """Give how much two small pictures differ on the whole, and in the place where they differ most."""
    apart = one - other
    places = apart.reshape(SIZE[1] // PLACE, PLACE, SIZE[0] // PLACE, PLACE).mean(axis=(1, 3))
    return float(np.abs(apart).mean()), float(np.abs(places).max())


@pytest.mark.parametrize(("name", "selector"), [("form", ".tieuchi-pane"), ("figure", ".tieuchi svg.figure")])
def test_the_page_looks_as_it_did(page, name, selector, tmp_path):
    now = small(page.find_element("css selector", selector).screenshot_as_png)
    seen = tmp_path / f"{name}.png"
    Image.fromarray(now.astype(np.uint8)).save(seen, optimize=True)
    mean, most = differing(now, np.asarray(Image.open(PICTURES / f"{name}.png"), dtype=float))
    assert (mean < MOST_MEAN, most < MOST_OF_A_PLACE) == (True, True), f"{seen} differs by {mean:.1f} on the whole and by {most:.1f} in one place"


def test_a_bar_that_is_gone_is_seen():
    stored = np.asarray(Image.open(PICTURES / "figure.png"), dtype=float)
    without = stored.copy()
    without[: SIZE[1] // 3] = 255
    assert differing(stored, without)[0] > MOST_MEAN
