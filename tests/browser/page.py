"""What a user does with the pages, in words a test can use."""

from __future__ import annotations

import time

from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException

from tests.browser.conftest import TOKEN

SECONDS = 90
"""A page answers within one; where other tests have every processor, a kernel alone takes half a minute to begin."""
SECONDS_OF_A_LOOK = 0.5
MOST_SHOWN = 1000
LEFT, UP, RIGHT, DOWN = "\ue012", "\ue013", "\ue014", "\ue015"
TAB, ENTER, SPACE, HOME, END = "\ue004", "\ue007", "\ue00d", "\ue011", "\ue010"
ALL = "\ue009a\ue000"
"""Control and A: what is typed next takes the place of everything."""
_SEEN = """
return [...document.querySelectorAll(arguments[0])].filter(each => each.offsetParent !== null && each.innerText.includes(arguments[1]));
"""
_WITHOUT_DIALOGUE = """
HTMLInputElement.prototype.click = function () { window.chosen = this; this.style.display = "none"; document.body.appendChild(this); };
"""


def open_page(browser, address, notebook="workbench"):
    """Open a page as in a tab nobody has used, and wait until its first picture has been worked out, or its first question stands there."""
    forgetting = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": "sessionStorage.clear()"})
    browser.get(f"{address}/voila/render/{notebook}.ipynb?token={TOKEN}")
    browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", forgetting)
    if notebook != "training":
        wait(browser, lambda: shown(browser, ".tieuchi svg.figure"))
        wait(browser, lambda: "giây" in text(browser, ".tieuchi"))
    else:
        wait(browser, lambda: shown(browser, ".tieuchi input[type=radio]"))
        wait(browser, lambda: "Phiên bản chương trình" in text(browser, "body"))
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
    told = browser.execute_script("return [...document.querySelectorAll(arguments[0])].map(each => each.innerText).join(' ')", selector)
    return told.replace("\N{NO-BREAK SPACE}", " ")


def picture(browser):
    """Give the first picture as it is drawn now."""
    return browser.execute_script("return document.querySelector('.tieuchi svg.figure').outerHTML")


def rest(browser):
    """Wait until the page has worked off all it was told, and give the picture: what is asked last is answered last, and no table stands beside a picture that is older."""

    def is_asked():
        press(browser, "Xem bảng số liệu chính")
        time.sleep(SECONDS_OF_A_LOOK)
        return visible(browser, ".tieuchi-pane table")

    wait(browser, is_asked)
    return picture(browser)


def quota(browser):
    """Give the block of the clause on places."""
    return browser.execute_script(
        "return [...document.querySelectorAll('.tieuchi-clause')].find(each => each.innerText.includes('số cá nhân đạt danh hiệu'))"
    )


def field(browser):
    return _in_quota(browser, "input[type=text]")


def handle(browser):
    return _in_quota(browser, ".noUi-handle")


def _in_quota(browser, selector):
    block = quota(browser)
    if block is None:  # as where only the element is missing: the page may be put anew just now
        raise NoSuchElementException("the clause on places does not stand on the page")
    return block.find_element("css selector", selector)


def button(browser, words):
    """Wait until a button that says exactly this is there."""
    return wait(browser, lambda: next(iter(seen(browser, ".tieuchi button", words)), None))


def seen(browser, selector, words):
    """Give the elements that say exactly this, in one look."""
    return browser.execute_script(
        "return [...document.querySelectorAll(arguments[0])].filter(each => each.innerText.trim() === arguments[1])", selector, words
    )


def visible(browser, selector, words=""):
    """Give the elements that are seen and say some words, in one look."""
    return browser.execute_script(_SEEN, selector, words)


def press(browser, words):
    """Press the button that says some words, with the keyboard."""
    element = wait(browser, lambda: next((each for each in visible(browser, ".tieuchi button", words) if each.is_enabled()), None))
    focus(browser, element)
    element.send_keys(SPACE)
    return element


def focus(browser, element):
    browser.execute_script("arguments[0].focus()", element)


def tab(browser, words):
    """Go to a tab with the keyboard: along the tabs of its row, and in."""
    wanted = wait(browser, lambda: next((each for each in visible(browser, ".tieuchi [role=tab]", words)), None))
    row = "return [...arguments[0].closest('.lm-TabBar').querySelectorAll('[role=tab]')]"
    for _ in range(len(browser.execute_script(row, wanted))):
        if wanted.get_attribute("aria-selected") == "true":
            return
        chosen = next(each for each in browser.execute_script(row, wanted) if each.get_attribute("aria-selected") == "true")
        focus(browser, chosen)
        browser.switch_to.active_element.send_keys(RIGHT + ENTER)
        wait(browser, lambda chosen=chosen: chosen.get_attribute("aria-selected") != "true")
    assert wanted.get_attribute("aria-selected") == "true", f"no key leads to {words}"


def hand_over(browser, words, *paths):
    """Choose files as a hand would; the window of the system, which nobody can operate here, is passed over."""
    browser.execute_script(_WITHOUT_DIALOGUE)
    press(browser, words)
    chosen = browser.execute_script("window.chosen.value = ''; return window.chosen")  # else what is chosen is added to the files before
    chosen.send_keys("\n".join(map(str, paths)))


def alerts(browser):
    """Give what is said to be wrong, where it is seen."""
    return " ".join(each.text for each in visible(browser, "[role=alert]"))
