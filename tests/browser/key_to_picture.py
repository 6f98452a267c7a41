"""How long a hand at a slider waits for the picture, from the key to the paint, in a real browser.

``.venv/bin/python -m tests.browser.key_to_picture`` serves the workbench, moves the slider of a quota one step at a time, each after the picture of the one before
has been painted and looked at for a moment (``--look``; 0 for a hand in a hurry), and prints one JSON object. With ``--keys`` a move is several keys, a tenth of a
second apart. The clock is the page's own: it starts when the last key of a move arrives and stops in the frame after the picture of that key, and of none before,
was put in: words come before their picture, so it is the first once the words of the clause say where the slider was left.
How busy the machine was meanwhile, and how much of a processor the page's kernel took for a move, stand beside it: waiting on a busy machine says little.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.browser.conftest import copy_of_workspace, serving, window
from tests.browser.page import RIGHT, focus, handle, open_page, quota, wait

_CLOCK = """
window.moves = [];
window.pressed = null;
const frame = document.querySelector('.tieuchi svg.figure').closest('.widget-html');
addEventListener('keydown', () => { window.pressed = performance.now(); }, true);
new MutationObserver(() => {
    if (window.pressed === null || !frame.querySelector('svg.figure')) return;
    if (![...document.querySelectorAll('.tieuchi-clause')].some((each) => each.innerText.includes(window.expected))) return;
    const began = window.pressed;
    window.pressed = null;
    requestAnimationFrame(() => setTimeout(() => window.moves.push(performance.now() - began)));
}).observe(frame, {childList: true, subtree: true});
"""
"""Keeps, of the last key of each move, how long it took until the frame with its picture was painted."""
SECONDS_BETWEEN_KEYS = 0.1
UNSEEN = 3
"""Moves before those that are counted."""
BEFORE = 15
"""Per cent before the first move; each key makes a draft that was not seen before."""


def measure(n_moves: int, look: float, n_keys: int = 1) -> tuple[list[float], list[float]]:
    """Give, of so many moves one after the other, each picture looked at for some seconds, the milliseconds from the last key to its picture, and those of a processor the kernel worked."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with serving(folder, copy_of_workspace(folder / "workspace")) as served, window() as browser:
            page = open_page(browser, served.address)
            page.execute_script(_CLOCK)
            (kernel,) = served.kernels()
            worked = []
            focus(page, handle(page))
            for number in range(UNSEEN + n_moves):
                time.sleep(look)
                before = sum(kernel.cpu_times()[:2])
                expected = f"{BEFORE + (number + 1) * n_keys}%"
                page.execute_script("window.expected = arguments[0]", expected)
                for key in range(n_keys):
                    time.sleep(SECONDS_BETWEEN_KEYS if key else 0)
                    handle(page).send_keys(RIGHT)
                wait(page, lambda number=number: len(page.execute_script("return window.moves")) > number)
                assert expected in quota(page).text
                worked.append(1000 * (sum(kernel.cpu_times()[:2]) - before))
            return page.execute_script("return window.moves")[UNSEEN:], worked[UNSEEN:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moves", type=int, default=30)
    parser.add_argument("--look", type=float, default=1.0, help="seconds")
    parser.add_argument("--keys", type=int, default=1, help="of a move, a tenth of a second apart")
    asked = parser.parse_args()
    before = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    taken, worked = measure(asked.moves, asked.look, asked.keys)
    after = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    told = {
        "moves": len(taken),
        "keys": asked.keys,
        "look_s": asked.look,
        "median_ms": round(statistics.median(taken)),
        "least_ms": round(min(taken)),
        "most_ms": round(max(taken)),
        "kernel_cpu_median_ms": round(statistics.median(worked)),
        "processors": os.cpu_count(),
        "load_before": before,
        "load_after": after,
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
