"""The sheet to print, and the work to open again."""

from __future__ import annotations

import datetime
import html
from typing import TYPE_CHECKING

import ipywidgets as widgets

from simulator.presentation.i18n import translate
from simulator.widgets.looks import paragraph, words
from simulator.widgets.training.downloading import download_link
from simulator.widgets.training.progress import read_progress, write_progress
from simulator.widgets.training.sheet import write_sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from simulator.presentation.numbers import Lang
    from simulator.widgets.looks import Alarm
    from simulator.widgets.training.exercise import Exercise
    from simulator.widgets.training.progress import Progress, Shelf
    from simulator.widgets.training.worlds import Trials


class KeepingPanel:
    """Download links, a field for a code, and a place to put a file.

    Parameters
    ----------
    exercises
        All exercises.
    code, shelf
        The code of this work, and where it is kept.
    lang
        Language of the words.
    alarm
        Where a refusal is told.
    work_now
        Gives the work as it is now, and what was read.
    on_open
        Called with the work that was opened again.
    """

    def __init__(
        self,
        exercises: Sequence[Exercise],
        code: str,
        shelf: Shelf,
        lang: Lang,
        alarm: Alarm,
        work_now: Callable[[], tuple[Progress, Mapping[str, Trials]]],
        on_open: Callable[[Progress], None],
    ) -> None:
        self.exercises, self.shelf, self.lang = exercises, shelf, lang
        self._work_now, self._on_open = work_now, on_open
        kept = (
            translate("training.keeping.not-kept", lang)
            if shelf.folder is None
            else translate("training.keeping.code", lang, code=code, place=shelf.shown)
        )
        look = {"style": {"description_width": "initial"}, "layout": widgets.Layout(width="280px")}
        self.code = widgets.Text(description=translate("training.keeping.open-code", lang), continuous_update=False, **look)
        self.open = widgets.Button(description=translate("training.keeping.open", lang), layout=widgets.Layout(width="auto"))
        self.upload = widgets.FileUpload(
            accept=".json", multiple=False, description=translate("training.keeping.upload", lang), layout=widgets.Layout(width="auto")
        )
        self.make = widgets.Button(description=translate("training.keeping.make", lang), layout=widgets.Layout(width="auto"))
        self.links = widgets.HTML()
        self.told = widgets.HTML()
        self.make.on_click(alarm.guard(lambda _: self._make()))
        self.open.on_click(alarm.guard(lambda _: self._opened(shelf.open(self.code.value.strip().lower()))))
        self.upload.observe(alarm.guard(lambda change: self._uploaded(change["new"])), names="value")
        again = widgets.HBox([self.code, self.open] if shelf.folder is not None else [], layout=widgets.Layout(flex_flow="row wrap"))
        self.panel = widgets.VBox(
            [
                words(translate("training.keeping.words", lang)),
                words(kept),
                widgets.HBox([self.make]),
                self.links,
                again,
                widgets.HBox([self.upload]),
                self.told,
            ]
        )

    def _make(self) -> None:
        progress, trials = self._work_now()
        today = datetime.datetime.now(tz=datetime.UTC).astimezone().date()
        sheet = download_link(
            translate("training.keeping.sheet-file", self.lang), write_sheet(self.exercises, progress.works, trials, today, self.lang).encode()
        )
        file = download_link(translate("training.keeping.progress-file", self.lang), write_progress(progress))
        told = html.escape(translate("training.keeping.links", self.lang, sheet="\0", progress="\1"))
        self.links.value = f"<p>{told.replace(chr(0), sheet).replace(chr(1), file)}</p>"

    def _uploaded(self, files: Sequence[Mapping[str, object]]) -> None:
        for file in files:
            self._opened(read_progress(bytes(file["content"])))  # type: ignore[call-overload]  # what a browser sends is bytes

    def _opened(self, progress: Progress) -> None:
        works = progress.works
        solved = sum(works[exercise.id].status(exercise) == "solved" for exercise in self.exercises if exercise.id in works)
        self._on_open(progress)
        self.told.value = paragraph(translate("training.keeping.opened", self.lang, n=str(solved)))
