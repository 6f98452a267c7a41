"""How headings and words of a register may be written: as their codes, and in whatever ways somebody else says.

The codes are the language of files that programs write. What an office writes instead is known above this room, where the words are; it is handed in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


class RegisterWordings(Protocol):
    """Tells the codes of headings and words."""

    def columns(self, header: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
        """Give the code of each heading; a heading that stands for none of the ``known`` columns stays as it is."""

    def nearest(self, column: str, headings: Sequence[str]) -> tuple[str, ...]:
        """Give those of some unknown headings that may be what a column is headed besides its code, mistyped."""

    def code_of(self, column: str, word: str) -> str:
        """Give the code of a word of a column; any other word in small letters."""

    def is_total(self, word: str) -> bool:
        """Tell whether a word says that its row adds up others."""


class _CodesOnly:
    """Files as programs write them."""

    def columns(self, header: Sequence[str], known: Collection[str]) -> tuple[str, ...]:  # noqa: ARG002  # as the protocol says
        return tuple(header)

    def nearest(self, column: str, headings: Sequence[str]) -> tuple[str, ...]:  # noqa: ARG002  # as above
        return ()

    def code_of(self, column: str, word: str) -> str:  # noqa: ARG002  # as above
        return word.lower()

    def is_total(self, word: str) -> bool:  # noqa: ARG002  # as above
        return False


CODES_ONLY: Final[RegisterWordings] = _CodesOnly()
"""Nothing but the codes is known."""
