"""The pages on the format: where they are, and the table of codes that is generated into them.

``python -m tests.rules.pages`` writes the table anew in both pages, after a code or its sentence has changed.
"""

from __future__ import annotations

import re

from simulator.presentation.i18n import catalogue
from simulator.rules.codes import CODES
from simulator.workspace import find_workspace

PAGES = {"en": "README.md", "vi": "README.vi.md"}
START, END = "<!-- codes -->", "<!-- end of codes -->"
HEADS = {"en": "| Code | | What was found, and how to mend it |", "vi": "| Mã | | Điều phát hiện và cách sửa |"}
SEVERITIES = {"en": {"error": "error", "warning": "warning"}, "vi": {"error": "lỗi", "warning": "cảnh báo"}}


def path_of(lang):
    return find_workspace().criteria / PAGES[lang]


def read_page(lang):
    return path_of(lang).read_text(encoding="utf-8")


def code_table(lang, codes=CODES):
    """Write every code with its severity and its sentence, what is filled in in italics."""
    rows = [f"| `{code}` | {SEVERITIES[lang][entry.severity.value]} | {_sentence(code, lang)} |" for code, entry in codes.items()]
    return "\n".join([START, "", HEADS[lang], "|---|---|---|", *rows, "", END])


def _sentence(code, lang):
    return re.sub(r"(?<!\{)\{(\w+)\}", r"*\1*", catalogue(lang)[f"finding.{code}"]).replace("{{", "{").replace("}}", "}").replace("|", "/")


def with_codes(page, lang, codes=CODES):
    before, _, rest = page.partition(START)
    return before + code_table(lang, codes) + rest.partition(END)[2]


if __name__ == "__main__":
    for each in PAGES:
        path_of(each).write_text(with_codes(read_page(each), each), encoding="utf-8")
