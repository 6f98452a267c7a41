"""A finding about a file that somebody handed to a page, as they read it: whether it must be mended, where it is, and the sentence; a terminal tells the same as one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.presentation.i18n import describe, translate

if TYPE_CHECKING:
    from simulator.errors import Finding
    from simulator.presentation.numbers import Lang

_OF_REGISTERS: Final = "RG4"
_OF_WHOLE_REGISTERS: Final = frozenset(
    {
        f"RG{number}"
        for number in (401, 403, 409, 410, 414, 416, 418, 421, 422, 426, 427, 428, 429, 437, 439, 440, 441, 442, 448, 450, 451, 452, 453, 454)
    }
)
"""Findings of registers that are about the file and no line of it, or name their lines themselves."""
_BY_LINE: Final = frozenset({"WB512"})
"""Findings about tables of nominees that have a line; the others name the cell in their sentence, or are about the whole file."""


class SaidFinding(NamedTuple):
    """A finding in words.

    Attributes
    ----------
    weight
        Whether it must be mended or looked at again.
    place
        The line, where the sentence does not tell the place itself; else empty.
    sentence
        What was found, what is expected, how to mend it.
    code
        The finding's code, for whoever is asked for help.
    """

    weight: str
    place: str
    sentence: str
    code: str


def say_finding(finding: Finding, lang: Lang) -> SaidFinding:
    """Word a finding for the reader of a page, who knows no command.

    Parameters
    ----------
    finding
        What was found.
    lang
        The language.
    """
    weight = translate(f"finding.weight.{finding.severity.value}", lang)
    place = translate("finding.place.line", lang, line=str(finding.line)) if _has_line(finding) else ""
    return SaidFinding(weight, place, describe(finding, lang, on_page=True), finding.code)


def _has_line(finding: Finding) -> bool:
    code = finding.code
    if code.startswith(_OF_REGISTERS):
        return code not in _OF_WHOLE_REGISTERS
    return code in _BY_LINE
