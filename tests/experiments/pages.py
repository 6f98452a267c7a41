"""The pages on scenarios: where they are, and the table of codes that is generated into them.

``python -m tests.experiments.pages`` writes the table anew in both pages, after a code or its sentence has changed.
"""

from __future__ import annotations

from simulator.experiments.scenarios.findings import CODES
from simulator.workspace import find_workspace
from tests.rules import pages

PAGES = pages.PAGES


def path_of(lang):
    return find_workspace().scenarios / PAGES[lang]


def read_page(lang):
    return path_of(lang).read_text(encoding="utf-8")


def with_codes(page, lang):
    return pages.with_codes(page, lang, CODES)


if __name__ == "__main__":
    for each in PAGES:
        path_of(each).write_text(with_codes(read_page(each), each), encoding="utf-8")
