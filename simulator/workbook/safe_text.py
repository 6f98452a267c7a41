"""Text on its way into a spreadsheet: never a formula, never a letter a sheet cannot hold.

A cell whose text begins with ``=``, ``+``, ``-`` or ``@`` would be computed by whoever opens it; such text is marked as text. In CSV, which has no
marks, an apostrophe goes before it, as one would type it.
"""

from __future__ import annotations

import re

MOST_LETTERS = 32_767
"""What one cell of a sheet holds."""

_COMPUTED = re.compile(r"^\s*[=+\-@\t\r\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}]")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CUT = "…"


def looks_computed(text: str) -> bool:
    """Say whether a spreadsheet might take a text for a formula.

    Examples
    --------
    >>> looks_computed("=1+1"), looks_computed("@SUM"), looks_computed("Nguyễn Thị Mẫu")
    (True, True, False)
    """
    return _COMPUTED.match(text) is not None


def sheet_text(text: str) -> str:
    """Return the text without letters that a sheet cannot hold, cut where it is too long for a cell."""
    clean = _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
    return clean if len(clean) <= MOST_LETTERS else clean[: MOST_LETTERS - len(_CUT)] + _CUT


def csv_text(text: str) -> str:
    """Return the text as a cell of a CSV file that no spreadsheet computes.

    Examples
    --------
    >>> csv_text("-5 điểm"), csv_text("Tổ 1")
    ("'-5 điểm", 'Tổ 1')
    """
    clean = _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
    return f"'{clean}" if looks_computed(clean) else clean
