"""What panels that take files share: which file is held, what comes of it, and nothing of it left once it is refused or let go."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import ipywidgets as widgets

from simulator.errors import InputError
from simulator.presentation.i18n import translate
from simulator.widgets.looks import paragraph
from simulator.widgets.panel import Panel
from simulator.widgets.workbench.uploads import Upload, Uploaded, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.presentation.numbers import Lang
    from simulator.widgets.looks import Alarm
    from simulator.workspace import Workspace

Handed: TypeAlias = dict[str, Uploaded]
"""Button → the file in use; it stays when the page is laid out in another language, and goes with the session."""


class HandingPanel(Panel, ABC):
    """Buttons that take a file each, what is held, and the place where is said what is wrong with it.

    Parameters
    ----------
    workspace, lang, alarm
        As of every panel.
    room
        Where the words stand in the catalogue: under ``workbench.<room>``.
    names
        The buttons; nothing is worked out before the first of them has its file.
    handed
        The files, if there are some already.
    """

    def __init__(self, workspace: Workspace, lang: Lang, alarm: Alarm, room: str, names: Sequence[str], handed: Handed | None = None) -> None:
        super().__init__(workspace, lang, alarm)
        self.handed: Handed = {} if handed is None else handed
        self.names = tuple(names)
        self.uploads = {
            name: Upload(translate(f"workbench.{room}.{name}", lang), lang, alarm, partial(self._take, name), partial(self._refuse, name))
            for name in names
        }
        self.again = self.button(f"workbench.{room}.again", self.work)
        self.forget = self.button("workbench.upload.forget", self._forget)
        self.held, self.status = widgets.HTML(), widgets.HTML()
        self._show_held()

    def work(self) -> None:
        """Work out what comes of the files, if there are any; what is wrong with them is said in the place of results."""
        file = self.handed.get(self.names[0])
        if file is None:
            return
        self._clear()
        self._say(translate("workbench.upload.reading", self.lang))
        try:
            self.status.value = self._results(file)
        except InputError as problem:
            self._clear()
            self.status.value = told(problem.findings, self.lang)

    @abstractmethod
    def _results(self, file: Uploaded) -> str:
        """Show what comes of the first file, and give what is to be said of it besides.

        Raises
        ------
        InputError
            With all that is wrong with the files; then nothing is shown.
        """

    @abstractmethod
    def _clear(self) -> None:
        """Leave nothing of what was worked out."""

    @abstractmethod
    def _held_words(self) -> str:
        """Say which files are held; only called where there are some."""

    def _say(self, text: str, css: str = "") -> None:
        self.status.value = paragraph(text, css=css)

    def _show_held(self) -> None:
        for name, upload in self.uploads.items():
            upload.count(int(name in self.handed))
        self.held.value = self._held_words() if self.handed else ""
        self.again.disabled = self.names[0] not in self.handed
        self.forget.disabled = not self.handed

    def _take(self, name: str, file: Uploaded) -> None:
        self.handed[name] = file
        self._show_held()
        self.work()

    def _refuse(self, name: str) -> None:
        """Leave nothing of the file before: it would be taken for the result of the one that was refused."""
        self.handed.pop(name, None)
        self._let_go("")

    def _forget(self) -> None:
        self.handed.clear()
        self._let_go(translate("workbench.upload.forgotten", self.lang))

    def _let_go(self, text: str) -> None:
        self._clear()
        self._say(text)
        self._show_held()
