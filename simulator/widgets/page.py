"""What every page stands on: its workspace, one language at a time, the switch to the other, and what a browser is to say when nobody answers it any more."""

from __future__ import annotations

import html
import importlib.metadata
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Final

import ipywidgets as widgets

from simulator.presentation.i18n import translate
from simulator.presentation.program_name import program_name
from simulator.widgets.looks import paragraph, words
from simulator.widgets.served import is_old, served_workspace
from simulator.widgets.tab_memory import TabMemory

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.presentation.numbers import Lang
    from simulator.widgets.looks import Alarm
    from simulator.workspace import Workspace

_LANGUAGES: Final = (("Tiếng Việt", "vi"), ("English", "en"))
"""Each by its own name: whoever needs the other cannot read this one."""


class Page(ABC):
    """One person's page.

    Parameters
    ----------
    lang
        Language to begin with.
    workspace
        Where sets are; when absent, that of the served page, or the one found from the current folder.
    can_save
        Whether the workspace may be written into.
    """

    notebook: ClassVar[str]
    """The notebook that shows it."""
    name: ClassVar[str]
    """How the catalogue calls it."""
    alarm: Alarm
    """Where a failure is told, in the language of the page."""
    language: widgets.ToggleButtons
    """The one switch of language. It is the same in both, and so is all that stands before it on a page: the browser leaves the hand where it is."""

    def __init__(self, lang: Lang, workspace: Workspace | None, *, can_save: bool) -> None:
        self.workspace, self.can_save = workspace or served_workspace(), can_save
        self.lang: Lang = lang
        self.root = widgets.VBox(layout=widgets.Layout(width="100%"))
        self.root.add_class("tieuchi")
        self.language = widgets.ToggleButtons(options=list(_LANGUAGES), value=lang, style={"button_width": "90px"}, layout={"min_width": "200px"})
        self.language.observe(self._guarded(lambda change: self._speak(change["new"])), names="value")
        self.memory = TabMemory(self.name, self.workspace.root, self._guarded(self._take_up))
        self.taken_up = widgets.HTML(layout={"display": "none"})

    def _notices(self) -> list[widgets.Widget]:
        """Give what comes before all else: what the browser is to say, and, where it is so, that the notebook around the page may be an old copy.

        Whoever opened the page may never see what the server says of copies.
        """
        first, rest = self._for_the_browser(), [*self.memory.widgets, self.taken_up]
        if not is_old(self.notebook):
            return [first, *rest]
        version = importlib.metadata.version("tieuchi")
        told = translate("serving.copies.old-page", self.lang, file=self.notebook, version=version)
        return [first, words(told, css="tieuchi-warning"), *rest]

    def _for_the_browser(self) -> widgets.HTML:
        """Leave words on the page that are not shown: its title, and what is to be said once the program answers no more and cannot say it itself."""
        left = {
            "title": translate(f"page.{self.name}.title", self.lang),
            "cut": translate("page.cut", self.lang, lost=self._what_is_lost(), program=program_name()),
            "ended": translate("page.ended", self.lang, lost=self._what_is_lost()),
            "again": translate("page.again", self.lang),
        }
        data = " ".join(f'data-{key}="{html.escape(text, quote=True)}"' for key, text in left.items())
        return widgets.HTML(f'<span class="tieuchi-left" hidden {data}></span>', layout=widgets.Layout(display="none"))

    def _what_is_lost(self) -> str:
        """Say what becomes of the work when the program has ended."""
        return translate(f"page.{self.name}.lost", self.lang)

    def _tell_of_tab(self, key: str, css: str = "tieuchi-small") -> None:
        """Say what became of the work this tab had before its page was loaded anew; without a key, no longer."""
        self.taken_up.value = f'<div role="status">{paragraph(translate(key, self.lang), css=css)}</div>' if key else ""
        self.taken_up.layout.display = "" if key else "none"  # what says nothing takes no room

    @abstractmethod
    def _take_up(self, kept: str) -> None:
        """Go on with what this tab had when its page was loaded anew; what cannot be used is told."""

    @abstractmethod
    def _speak(self, lang: Lang) -> None:
        """Lay the page out in one language; what was done on it stays."""

    def _guarded(self, callback: Callable[[Any], None]) -> Callable[[Any], None]:
        """Give a callback of what stays in every language: what it raises is told where the page tells it at that moment."""

        def guarded(change: Any) -> None:
            self.alarm.guard(callback)(change)

        return guarded
