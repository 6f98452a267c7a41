"""What the pages look like, compared with how they looked when somebody last looked at them: small, grey, and with a tolerance; and whether all of it can be read.

A page that was changed on purpose: ``TIEUCHI_RENEW_PICTURES=1 ./run test -m browser tests/browser/test_pictures.py`` puts each picture in the place of the stored
one; look at every picture that differs (``git diff --stat tests/browser/pictures``) before it is kept.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.browser.page import open_page, press, shown, tab, visible, wait

pytestmark = pytest.mark.browser
PICTURES = Path(__file__).parent / "pictures"
RENEWS = bool(os.environ.get("TIEUCHI_RENEW_PICTURES"))
WIDTH, HEIGHT = 1366, 640
"""Of the page, whatever a version of the browser leaves of the screen."""
SIZE = (136, 64)
PLACE = 8
MOST_MEAN, MOST_OF_A_PLACE = 2.5, 15.0
"""Shades of 255 by which a small picture may differ on the whole, and in any place of 8 by 8 dots: what a browser draws at the edges of letters is far less, a line that is gone or has moved is more."""
LEAST_CONTRAST = 4.5
"""Of WCAG 2, level AA, for letters of any size."""
VIEWS = {
    "workbench": ["vi:Sửa tiêu chí", "vi:Chấm thử danh sách", "vi:Đọc danh sách khen thưởng", "vi:Báo cáo", "en:Edit"],
    "training": ["vi:Tám bài thực hành", "vi:Chấm chung", "vi:Đóng vai", "vi:Phiếu", "en:Eight exercises"],
}
"""Notebook → language and tab."""
_MASK = """
const told = /giây|second|khởi tạo|seed|Mã bài làm|code of this work|Trường hợp|Case \\d|Phiên bản|Version/;
for (const each of document.querySelectorAll('.tieuchi p, .tieuchi input, .jp-OutputArea p'))
    each.style.visibility = told.test(each.textContent) || each.value === String(new Date().getFullYear()) ? 'hidden' : '';
document.activeElement.blur();
scrollTo(0, 0);
"""
"""Hides what differs from day to day: times, seeds, codes, cases drawn by luck, the year."""
_FAINT = """
const colour = words => { const found = words.match(/[\\d.]+/g).map(Number); return found.length > 3 ? found : [...found, 1]; };
const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
const light = rgb => { const [r, g, b] = rgb.map(each => (each /= 255) <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
                       return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const behind = element => { const layers = [];
    for (let each = element; each; each = each.parentElement) { const found = colour(getComputedStyle(each).backgroundColor);
        if (found[3] > 0) layers.push(found); if (found[3] === 1) break; }
    return layers.reduceRight((below, top) => over(top, below), [255, 255, 255, 1]); };
const ratio = (element, ink) => { const ground = behind(element), a = light(over(colour(ink), ground)), b = light(ground);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); };
const seen = element => element.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !element.closest('svg, :disabled, [disabled], script, style');
const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
let n = 0;
while (walker.nextNode()) { const element = walker.currentNode.parentElement, words = walker.currentNode.textContent.trim();
    if (words && seen(element)) { n += 1; found.push([ratio(element, getComputedStyle(element).color), words]); } }
for (const element of document.querySelectorAll('input, textarea, select')) if (seen(element)) { n += 1;
    found.push([ratio(element, getComputedStyle(element).color), element.value]);
    if (element.placeholder) found.push([ratio(element, getComputedStyle(element, '::placeholder').color), element.placeholder]); }
return {n, faint: found.filter(([each]) => each < arguments[0]).map(([each, words]) => [each.toFixed(2), words.slice(0, 60)])};
"""
"""All that is written in what is seen, with how it stands out from what lies behind it. Letters in figures stand on grounds of the figure's own, and are looked at where it
is drawn; what cannot be used now is faint on purpose, as WCAG allows."""


@pytest.fixture(scope="module")
def page(browser, served):
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False})
    return browser


def small(content):
    return np.asarray(Image.open(io.BytesIO(content)).convert("L").resize(SIZE, Image.Resampling.BOX), dtype=float)


def stored(name):
    return np.asarray(Image.open(PICTURES / f"{name}.png"), dtype=float)


def differing(one, other):
    """Give how much two small pictures differ on the whole, and in the place where they differ most."""
    apart = one - other
    places = apart.reshape(SIZE[1] // PLACE, PLACE, SIZE[0] // PLACE, PLACE).mean(axis=(1, 3))
    return float(np.abs(apart).mean()), float(np.abs(places).max())


def at_rest(page):
    """Give what is seen once it is the same twice: a page that is being put anew comes to rest."""
    seen = [page.get_screenshot_as_png()]

    def is_same():
        seen.append(page.get_screenshot_as_png())
        return seen[-1] == seen[-2]

    wait(page, is_same)
    return seen[-1]


def look(page, name, folder):
    """Compare what is seen with the stored picture, and read all of it."""
    page.execute_script(_MASK)
    now = small(at_rest(page))
    read = page.execute_script(_FAINT, LEAST_CONTRAST)
    assert read["n"] > 10
    assert read["faint"] == []
    seen = (PICTURES if RENEWS else folder) / f"{name}.png"
    Image.fromarray(now.astype(np.uint8)).save(seen, optimize=True)
    mean, most = differing(now, stored(name))
    assert (mean < MOST_MEAN, most < MOST_OF_A_PLACE) == (True, True), f"{seen} differs by {mean:.1f} on the whole and by {most:.1f} in one place"


@pytest.mark.parametrize(("notebook", "view"), [(notebook, view) for notebook, views in VIEWS.items() for view in views])
def test_the_page_looks_as_it_did_and_can_be_read(page, served, tmp_path, notebook, view):
    lang, _, words = view.partition(":")
    place = VIEWS[notebook].index(view)
    if place == 0:
        open_page(page, served, notebook)
    if lang == "en":
        press(page, "English")
        wait(page, lambda: visible(page, ".tieuchi [role=tab]", words))
    tab(page, words)
    if notebook == "workbench" and words in {"Sửa tiêu chí", "Edit"}:
        wait(page, lambda: any(each.is_displayed() for each in shown(page, ".tieuchi svg.figure")))
    look(page, f"{notebook}-{lang}-{place + 1}", tmp_path)


def test_an_exercise_that_was_foreseen_looks_as_it_did_and_can_be_read(page, served, tmp_path):
    open_page(page, served, "training")
    answer = page.find_element("css selector", ".tieuchi .widget-radio-box input")
    answer.click()
    press(page, "Ghi dự đoán")
    wait(page, lambda: visible(page, ".tieuchi table"))
    look(page, "exercise", tmp_path)


@pytest.mark.parametrize("name", sorted(path.stem for path in PICTURES.glob("*.png")))
def test_a_part_that_is_gone_is_seen(name):
    """The part on which the most is written, left white."""
    whole = stored(name)
    row = int(np.argmin(whole.reshape(-1, PLACE, SIZE[0]).mean(axis=(1, 2)))) * PLACE
    without = whole.copy()
    without[row : row + PLACE] = 255
    mean, most = differing(whole, without)
    assert mean > MOST_MEAN or most > MOST_OF_A_PLACE
