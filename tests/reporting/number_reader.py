"""Read numbers back out of a report, in either language, and hold them against the data they came from.

The words below are typed by hand and not taken from the catalogue: a reader of the report does not know it either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

NUMBER = r"[−+]?\d+(?:[.,]\d+)*"
UNITS = {
    "vi": {"điểm %/năm": 100, "điểm %": 100, "%/năm": 100, "%": 100, "tỷ đồng": 1e-9, "triệu đồng": 1e-6, "đồng": 1, "tháng": 1},
    "en": {"pp a year": 100, "pp": 100, "% a year": 100, "%": 100, "billion VND": 1e-9, "million VND": 1e-6, "VND": 1, "months": 1},
}
INTERVAL = {"vi": "khoảng tin cậy 95%", "en": "95% interval"}
SAME = {"vi": "[mọi lần tính như nhau]", "en": "[the same every time]"}
NARROW = {"vi": "[rất hẹp]", "en": "[very narrow]"}
JUST_BESIDE_ZERO = {"vi": ("[ngay trên 0]", "[ngay dưới 0]"), "en": ("[just above 0]", "[just below 0]")}


@dataclass(frozen=True)
class Written:
    """A number as it stands in a text: its value there, its decimals, its unit's factor, and the words before it."""

    value: Decimal
    places: int
    factor: float | None
    before: str

    def says(self, number, factor=None):
        """Whether this is the number, rounded to the decimals written."""
        factor = factor if self.factor is None else self.factor
        shown = Decimal(repr(float(number * (1 if factor is None else factor))))
        return abs(self.value - shown) <= Decimal(5).scaleb(-self.places - 1) * (1 + Decimal("1e-9"))


def read(text, lang):
    """Read every number of a text, names in quotation marks and the level of intervals left out."""
    plain = re.sub(r"“[^”]*”", "“”", text).replace(INTERVAL[lang], INTERVAL[lang].replace("95%", "")).replace("95%", "")
    units = "|".join(re.escape(unit) for unit in sorted(UNITS[lang], key=len, reverse=True))
    found, end = [], 0
    for match in re.finditer(rf"({NUMBER})(?:\u00a0?({units}))?", plain):
        digits = match[1].replace("−", "-").replace("+", "")
        digits = digits.replace(".", "").replace(",", ".") if lang == "vi" else digits.replace(",", "")
        value = Decimal(digits)
        exponent = value.as_tuple().exponent
        found.append(Written(value, max(0, -exponent), UNITS[lang].get(match[2]), plain[end : match.start()]))
        end = match.end()
    return found


def ends_told(cell, low, high, factor, lang):
    """Return which ends of an interval a cell has to write: none where it has no width, and the cell says exactly that, or that it is very narrow."""
    width = abs(high - low) * factor
    assert (SAME[lang] in cell) == (width <= 1e-6), (cell, low, high)
    if SAME[lang] in cell:
        return []
    if NARROW[lang] in cell:
        assert width < 0.01, (cell, low, high)
        return []
    return [low] if any(words in cell for words in JUST_BESIDE_ZERO[lang]) else [low, high]
