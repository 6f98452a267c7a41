"""The register of what keeps a scoring table from being worked out: code and a plain English line; the sentences are in ``presentation/messages``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.errors import CodeEntry, CodeRegister, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

CODES: Mapping[str, CodeEntry] = {
    "SR471": CodeEntry(Severity.ERROR, "{criteria} gives more points than can be counted exactly; at most {most} in all"),
    "SR472": CodeEntry(Severity.ERROR, "{clause} asks for the points or the class it helps to decide"),
}

make_finding: Final = CodeRegister(CODES).make_finding
