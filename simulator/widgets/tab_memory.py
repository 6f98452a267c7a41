"""What a tab of a browser keeps of its page, and hands back when the page is loaded anew: nothing of it lies on the server, and no other tab has it.

The page of the browser does the keeping (``index.html.j2``): what stands in one hidden place of the page it lays into the memory of its tab, and what it finds there
when it opens it types into another. In a notebook nobody does so; there a kernel outlives its page.
"""

from __future__ import annotations

import hashlib
import html
from typing import TYPE_CHECKING, Any, Final

import ipywidgets as widgets

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEPT, BACK = "tieuchi-kept", "tieuchi-back"
"""Classes of the two places: what is to be kept, and the field for what was kept."""
UNKEPT: Final = "tieuchi-unkept"
"""Class of a field for people's names: what is typed in it the tab does not keep."""
MOST: Final = 500_000
"""Letters that are kept, or taken back."""
_HIDDEN: Final = {"display": "none"}
_DIGITS: Final = 16


class TabMemory:
    """The two places, for one page.

    Parameters
    ----------
    page
        What the page is called: another page in the same tab has a memory of its own.
    place
        The folder of its workspace: what was kept of a page on another one is not handed back, even under the same address.
    on_back
        Called once with what was kept, when a page is loaded anew.
    """

    def __init__(self, page: str, place: Path, on_back: Callable[[str], None]) -> None:
        self._key = f"{page}-{hashlib.sha256(str(place).encode()).hexdigest()[:_DIGITS]}"
        self._on_back = on_back
        self._text = ""
        self.kept = widgets.HTML(layout=_HIDDEN)
        self.back = widgets.Textarea(continuous_update=False, layout=_HIDDEN)
        self.back.add_class(BACK)
        self.back.observe(self._hear, names="value")
        self._tell()

    @property
    def widgets(self) -> list[widgets.Widget]:
        """What has to stand on the page, though nobody sees it."""
        return [self.kept, self.back]

    def keep(self, text: str) -> None:
        """Let the tab keep a text in place of the one before; one that is too long is not kept, and the one before stays."""
        if text != self._text and len(text) <= MOST:
            self._text = text
            self._tell()

    def _tell(self) -> None:
        data = {"key": self._key, "kept": self._text}
        named = " ".join(f'data-{name}="{html.escape(text, quote=True)}"' for name, text in data.items())
        self.kept.value = f'<span class="{KEPT}" hidden {named}></span>'

    def _hear(self, change: dict[str, Any]) -> None:
        text = change["new"]
        if text:
            self.back.value = ""
            self._on_back(text[: MOST + 1])
