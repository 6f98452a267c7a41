"""The typeface of a printed report: one that looks like Times and has every Vietnamese letter, found on this machine without anything being installed.

The system's Times New Roman or Liberation Serif comes first, else DejaVu Serif from matplotlib's wheel. A name proves nothing: Liberation Serif 1 lacks
93 Vietnamese letters and is called like Liberation Serif 2, so the letters of all four styles are looked up.
"""

from __future__ import annotations

import io
import struct
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fontTools.ttLib import TTFont, TTLibError
from matplotlib import get_data_path
from matplotlib.font_manager import findSystemFonts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Style = tuple[bool, bool]

_VOWELS, _TONES = "aăâeêioôơuưy", ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VIETNAMESE_LETTERS: Final = (
    "".join(unicodedata.normalize("NFC", letter + tone) for vowel, tone in product(_VOWELS, _TONES) for letter in (vowel, vowel.upper())) + "đĐ₫"
)
"""Twelve vowels in six tones, small and capital, with đ, Đ and the sign of the đồng: 147."""
SIGNS: Final = "–—‘’“”…−×±≤≥→§°·²³"  # noqa: RUF001  # quotation marks as they are printed
"""Signs beyond ASCII that reports use."""
STYLES: Final = tuple(product((False, True), repeat=2))
"""Bold or not, italic or not."""
_FAMILIES: Final = ("Times New Roman", "Liberation Serif")
_FILE_NAMES: Final = ("times", "liberationserif")
_SPARE: Final = ("DejaVu Serif", "DejaVu Sans")
_BOLD, _ITALIC = 1 << 5, 1 << 0  # of fsSelection
_HALF_EM: Final = 0.5


@dataclass(frozen=True)
class Face:
    """One style of a typeface: its file, and how wide each letter it has is, in ems."""

    path: Path
    widths: Mapping[str, float]


@dataclass(frozen=True)
class Typeface:
    """A family of four styles."""

    family: str
    faces: Mapping[Style, Face]

    def has(self, letters: Iterable[str]) -> bool:
        """Tell whether every style has all these letters."""
        wanted = set(letters)
        return all(wanted <= face.widths.keys() for face in self.faces.values())


@dataclass(frozen=True, eq=False)
class Typefaces:
    """The typeface of the text, and those that stand in where it lacks a letter, in that order; what is known of them is found by this very object."""

    chain: tuple[Typeface, ...]

    def needed_for(self, letters: Iterable[str]) -> tuple[Typeface, ...]:
        """Give the typeface of the text and, of the others, only those that a letter is taken from."""
        main, *others = self.chain
        missing = {letter for letter in letters if not main.has(letter)}
        needed = [main]
        for other in others:
            found = {letter for letter in missing if other.has(letter)}
            if found:
                needed.append(other)
            missing -= found
        return tuple(needed)

    def lacking(self, letters: Iterable[str]) -> list[str]:
        """List the letters that no typeface has; what is never drawn, such as a joiner, lacks nowhere."""
        return sorted({letter for letter in letters if not _is_blank(letter) and not any(each.has(letter) for each in self.chain)})

    def width(self, text: str, *, is_bold: bool = False) -> float:
        """Return how wide a line of text is, in ems."""
        widths = self._widths[is_bold]
        return sum([widths.get(letter, _HALF_EM) for letter in text])

    @cached_property
    def _widths(self) -> tuple[dict[str, float], dict[str, float]]:
        """How wide each letter is, regular and bold, whatever typeface it is taken from."""
        regular: dict[str, float] = {}
        bold: dict[str, float] = {}
        for each in reversed(self.chain):
            regular |= each.faces[False, False].widths
            bold |= each.faces[True, False].widths
        return regular, bold


@cache
def text_typefaces() -> Typefaces:
    """Give the typefaces of this machine's reports: the same ones as long as no typeface is installed or removed."""
    return choose_typefaces(Path(path) for path in findSystemFonts())


def lacking_in(forms: Iterable[str]) -> Callable[[Iterable[str]], list[str]] | None:
    """Give who knows the letters that no typeface has, where a form is asked for that needs them: only a PDF carries its typefaces."""
    return text_typefaces().lacking if "pdf" in forms else None


def choose_typefaces(files: Iterable[Path]) -> Typefaces:
    """Choose among font files; DejaVu of matplotlib's wheel is always there.

    Parameters
    ----------
    files
        Font files of the system in any order. Collections of several fonts in one file are passed over: the two families wanted do not come as such.
    """
    likely = sorted(path for path in files if path.suffix.lower() in {".ttf", ".otf"} and _plain_name(path).startswith(_FILE_NAMES))
    known = [(read, path) for path in likely if (read := _read(path)) is not None]
    spare = [_spare_typeface(family) for family in _SPARE]
    for wanted in _FAMILIES:
        faces: dict[Style, Face] = {}
        for (family, style, widths), path in known:
            if family == wanted and widths.keys() >= {*VIETNAMESE_LETTERS, *SIGNS}:
                faces.setdefault(style, Face(path, widths))
        if len(faces) == len(STYLES):
            return Typefaces((Typeface(wanted, faces), *spare))
    return Typefaces(tuple(spare))


@cache
def _spare_typeface(family: str) -> Typeface:
    slant = "Italic" if family.endswith("Serif") else "Oblique"
    folder = Path(get_data_path()) / "fonts" / "ttf"
    faces = {}
    for is_bold, is_italic in STYLES:
        style = "Bold" * is_bold + slant * is_italic
        path = folder / f"{family.replace(' ', '')}{'-' if style else ''}{style}.ttf"
        with TTFont(path, lazy=True) as font:
            faces[is_bold, is_italic] = Face(path, _letter_widths(font))
    return Typeface(family, faces)


def _plain_name(path: Path) -> str:
    return "".join(letter for letter in path.stem.lower() if letter.isalnum())


def _read(path: Path) -> tuple[str, Style, dict[str, float]] | None:
    """Return family, style and the widths of the letters of a font file; one that cannot be read is as good as none."""
    try:
        with TTFont(io.BytesIO(path.read_bytes()), lazy=True) as font:
            selection = font["OS/2"].fsSelection
            family = font["name"].getDebugName(1) or ""
            return family, (bool(selection & _BOLD), bool(selection & _ITALIC)), _letter_widths(font)
    except (OSError, TTLibError, KeyError, AttributeError, ValueError, IndexError, struct.error, AssertionError):  # what a damaged file makes of it
        return None


def _letter_widths(font: TTFont) -> dict[str, float]:
    em, advances = font["head"].unitsPerEm, font["hmtx"]
    return {chr(code): advances[glyph][0] / em for code, glyph in (font.getBestCmap() or {}).items()}


def _is_blank(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cf", "Zs", "Zl", "Zp"}


def copy_of(typefaces: Sequence[Typeface]) -> Iterator[tuple[str, bytes]]:
    """Give each font file a name of its own, with its content: a folder of exactly these leaves no choice to whoever reads it."""
    for typeface in typefaces:
        for style, face in typeface.faces.items():
            yield f"{typeface.family.replace(' ', '')}-{STYLES.index(style)}{face.path.suffix.lower()}", face.path.read_bytes()
