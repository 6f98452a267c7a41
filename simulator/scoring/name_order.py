"""The order of Vietnamese names: letters as the alphabet has them, marks of tone after that, capitals never."""

from __future__ import annotations

import unicodedata
from typing import Final, NamedTuple

_ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTERS: Final = {letter: place for place, letter in enumerate(_ALPHABET)}
_TONES: Final = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
"""Huyền, hỏi, ngã, sắc, nặng, as dictionaries have them; no mark comes first."""


class NameKey(NamedTuple):
    """What names are ordered by: their letters, then their tones, then the way they are written."""

    letters: tuple[tuple[int, int], ...]
    tones: tuple[int, ...]
    written: str


def name_key(name: str) -> NameKey:
    """Give the key of a name, the same for composed and decomposed letters.

    Signs, spaces and digits come before letters, and letters of other alphabets after them. Without it *Trường Đ* would stand behind *Trường Y*, and
    *Trường Ă* behind everybody.

    Parameters
    ----------
    name
        Any text.

    Returns
    -------
        A key that can be compared; two names have the same one only if they are written alike.
    """
    letters: list[tuple[int, int]] = []
    tones: list[int] = []
    for cluster in _clusters(unicodedata.normalize("NFD", name.casefold())):
        first, marks = cluster[0], cluster[1:]
        letters.append(_place(unicodedata.normalize("NFC", first + "".join(mark for mark in marks if mark not in _TONES))))
        tones.append(max((_TONES.get(mark, 0) for mark in marks), default=0))
    return NameKey(tuple(letters), tuple(tones), unicodedata.normalize("NFC", name))


def _clusters(decomposed: str) -> list[str]:
    """Part a decomposed text into letters with their marks."""
    found: list[str] = []
    for sign in decomposed:
        if found and unicodedata.combining(sign):
            found[-1] += sign
        else:
            found.append(sign)
    return found


def _place(letter: str) -> tuple[int, int]:
    """Give the place of a letter: signs first, then the alphabet, then what is foreign to it."""
    if letter in _LETTERS:
        return 1, _LETTERS[letter]
    return (2 if letter[0].isalpha() else 0), ord(letter[0])
