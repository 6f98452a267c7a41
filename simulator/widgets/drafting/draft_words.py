"""What somebody typed about a draft: its name, its title and its reason. It belongs to the draft and not to a panel, which is laid out anew in another language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulator.rules.values import LANGUAGES, Text

if TYPE_CHECKING:
    from simulator.rules.values import Language


@dataclass
class DraftWords:
    """Words as they were typed, spaces and all.

    Attributes
    ----------
    overlay_id
        Id of the overlay.
    title
        What it is called; one title for both languages, for that is what people type.
    why
        The reason, by language.
    """

    overlay_id: str = ""
    title: str = ""
    why: dict[Language, str] = field(default_factory=lambda: dict.fromkeys(LANGUAGES, ""))

    def called(self) -> Text | None:
        """Give the title; none while it is empty."""
        title = self.title.strip()
        return Text(vi=title, en=title) if title else None

    def reason(self) -> Text | None:
        """Give the reason, in the words of the other language where one has none; none while both are empty."""
        vi, en = (self.why[lang].strip() for lang in LANGUAGES)
        return Text(vi=vi or en, en=en or vi) if vi or en else None
