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
    from collections.abc import Mapping, Sequence

    from simulator.errors import Finding
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
        self.names, self._room = tuple(names), room
        self.uploads = {
            name: Upload(translate(f"workbench.{room}.{name}", lang), lang, alarm, partial(self._take, name), partial(self._refuse, name))
            for name in names
        }
        self.again = self.button(f"workbench.{room}.again", self.work)
        self.forget = self.button("workbench.upload.forget", self._forget)
        self.held, self.status = widgets.HTML(), widgets.HTML()
        self._n_rows: dict[str, int] = {}
        self._is_read: bool | None = None  # not looked at yet, since the page was laid out
        self._was_asked = False
        self._show_held()

    @property
    def has_results(self) -> bool:
        """Whether something was worked out of the files, and is shown."""
        return self._is_read is True

    def work(self) -> None:
        """Work out what comes of the files, if there are any; what is wrong with them is said in the place of results."""
        file = self.handed.get(self.names[0])
        if file is None:
            return
        self._clear()
        self.held.value = ""
        self._say(translate("workbench.upload.reading", self.lang))
        try:
            self.status.value = self._results(file)
            self._is_read = True
        except InputError as problem:
            self._clear()
            self.status.value = self._told(problem.findings)
            self._is_read = False
        self._show_held()

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

    def _held_words(self) -> str:
        """Say which files are in use; of files that were read in vain, and those not read since the page speaks another language, that they are not."""
        called = {name: file.called(self.lang, self._n_rows.get(name) if self._is_read else None) for name, file in self.handed.items()}
        if len(self.names) > 1:
            called = {name: f"{self._name_of(name)} – {words}" for name, words in called.items()}
        names, again = "; ".join(called.values()), translate(f"workbench.{self._room}.again", self.lang)
        if self.names[0] not in self.handed:
            return paragraph(translate("workbench.upload.held", self.lang, name=names)) + self._none_words()
        if self._is_read:
            return paragraph(translate("workbench.upload.held", self.lang, name=names))
        key = "unread" if self._is_read is None else "refused"
        return paragraph(translate(f"workbench.upload.held-{key}", self.lang, names=names, again=again), css="tieuchi-warning")

    def _none_words(self) -> str:
        return paragraph(translate("workbench.upload.none", self.lang, name=self._name_of(self.names[0])))

    def _name_of(self, button: str) -> str:
        return translate(f"workbench.{self._room}.{button}.name", self.lang)

    def _told(self, findings: Sequence[Finding], *, is_alert: bool = True) -> str:
        """Tell findings, each with the file it is about where there are several."""
        names = {name: self._name_of(name) for name in self.handed} if len(self.handed) > 1 else {}
        return told(findings, self.lang, is_alert=is_alert, names=names, titles=self._titles())

    def _titles(self) -> Mapping[str, str]:
        """Give what clauses and awards are called in findings, by path; nothing where files are read without any rules."""
        return {}

    def _say(self, text: str, css: str = "") -> None:
        self.status.value = paragraph(text, css=css)

    def _show_held(self) -> None:
        for name, upload in self.uploads.items():
            upload.count(int(name in self.handed and self._is_read is not False))
        self.held.value = self._held_words() if self.handed else self._none_words() if self._was_asked else ""
        self.again.disabled = self.names[0] not in self.handed
        self.forget.disabled = not self.handed

    def _take(self, name: str, file: Uploaded) -> None:
        self.handed[name] = file
        self._is_read, self._was_asked = None, True
        if self.names[0] in self.handed:
            self.work()
        else:
            self._show_held()

    def _refuse(self, name: str) -> None:
        """Leave nothing of the file before: it would be taken for the result of the one that was refused."""
        self.handed.pop(name, None)
        self._let_go("")

    def _forget(self) -> None:
        self.handed.clear()
        self._let_go(translate("workbench.upload.forgotten", self.lang))

    def _let_go(self, text: str) -> None:
        self._is_read, self._was_asked = None, True
        self._clear()
        self._say(text)
        self._show_held()
