"""What a user does with the workbench, in words a test can use."""

from __future__ import annotations

import time

from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException

from tests.browser.conftest import TOKEN

SECONDS = 60
MOST_SHOWN = 1000
LEFT, RIGHT, TAB, SHIFT, ENTER = "\ue012", "\ue014", "\ue004", "\ue008", "\ue007"


def open_page(browser, address, notebook="workbench"):
    """Open a page and wait until its first picture has been worked out."""
    browser.get(f"{address}/voila/render/{notebook}.ipynb?token={TOKEN}")
    wait(browser, lambda: shown(browser, ".tieuchi svg.figure"))
    wait(browser, lambda: "giây" in text(browser, ".tieuchi"))
    return browser


def wait(browser, condition, seconds=SECONDS):
    """Wait until something holds, and say what the page shows where it does not."""
    deadline = time.monotonic() + seconds
    while not (found := _now(condition)):
        assert time.monotonic() < deadline, f"not within {seconds} s on {browser.current_url.partition('?')[0]}, which shows:\n{whole(browser)}"
        time.sleep(0.1)
    return found


def _now(condition):
    """Tell whether something holds; not while the page is being put anew between two looks."""
    try:
        return condition()
    except (StaleElementReferenceException, NoSuchElementException, StopIteration):
        return None


def whole(browser):
    """Give what the page says: what it complains about first, then how it begins and ends."""
    said, alarms = text(browser, "body"), text(browser, "[role=alert]")
    return "\n".join(part for part in (alarms, said if len(said) < 2 * MOST_SHOWN else f"{said[:MOST_SHOWN]}\n…\n{said[-MOST_SHOWN:]}") if part)


def shown(browser, selector):
    return browser.find_elements("css selector", selector)


def text(browser, selector):
    """Give what elements say, in one look: the page may change between two."""
    return browser.execute_script("return [...document.querySelectorAll(arguments[0])].map(each => each.innerText).join(' ')", selector)


def picture(browser):
    """Give the first picture as it is drawn now."""
    return browser.execute_script("return document.querySelector('.tieuchi svg.figure').outerHTML")


def quota(browser):
    """Give the block of the clause on places."""
    return browser.execute_script(
        "return [...document.querySelectorAll('.tieuchi-clause')].find(each => each.innerText.includes('số cá nhân đạt danh hiệu'))"
    )


def field(browser):
    return quota(browser).find_element("css selector", "input[type=text]")


def handle(browser):
    return quota(browser).find_element("css selector", ".noUi-handle")


def button(browser, words):
    """Wait until a button that says exactly this is there."""
    return wait(browser, lambda: next(iter(seen(browser, ".tieuchi button", words)), None))


def seen(browser, selector, words):
    """Give the elements that say exactly this, in one look."""
    return browser.execute_script(
        "return [...document.querySelectorAll(arguments[0])].filter(each => each.innerText.trim() === arguments[1])", selector, words
    )
