"""The training session: choose an exercise, do it in four steps, keep the work, print the sheet."""

from __future__ import annotations

import importlib.metadata
from typing import TYPE_CHECKING, Final

import ipywidgets as widgets

from simulator.presentation.i18n import translate
from simulator.widgets.looks import STYLE, Alarm, paragraph, words
from simulator.widgets.page import Page
from simulator.widgets.training.exercise import SimulatedSpec, exercises
from simulator.widgets.training.exercise_panel import ExercisePanel
from simulator.widgets.training.keeping_panel import KeepingPanel
from simulator.widgets.training.marking_panel import MarkingPanel
from simulator.widgets.training.progress import Progress, Shelf
from simulator.widgets.training.remembering import Remembered, read_remembered, remember
from simulator.widgets.training.seat import Seat
from simulator.widgets.training.seat_panel import SeatPanel
from simulator.widgets.training.wording import exercise_words
from simulator.widgets.training.work import Work
from simulator.widgets.training.worlds import Trials
from simulator.widgets.work_codes import new_code

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang
    from simulator.workspace import Workspace

_OWN_STYLE: Final = """<style>
.tieuchi a[download] { color: #0b5394; text-decoration: underline; }
.tieuchi h4 { margin: 8px 0 2px 0; font-size: 15px; }
.tieuchi .widget-radio-box label {
  display: flex; flex-direction: row-reverse; justify-content: flex-end; align-items: flex-start; gap: 6px;
  white-space: normal; height: auto; line-height: 1.3; margin-bottom: 4px;
}
.tieuchi .widget-radio-box label input { flex: none; float: none; margin: 1px 0 0 0; }
.tieuchi .widget-radio-box { max-width: 100%; height: auto; }
.tieuchi .widget-radio { height: auto; }
.tieuchi .jupyter-widget-hslider .widget-label, .tieuchi .widget-dropdown .widget-label { max-width: 60%; }
</style>"""


class Training(Page):
    """One person's session.

    Parameters
    ----------
    lang, workspace, can_save
        As of every page; where the workspace may be written into, work is kept there under a code, else it is only carried away.
    """

    notebook, name = "training.ipynb", "training"

    def __init__(self, lang: Lang = "vi", workspace: Workspace | None = None, *, can_save: bool = True) -> None:
        super().__init__(lang, workspace, can_save=can_save)
        self.exercises = exercises()
        self.works: dict[str, Work] = {exercise.id: Work() for exercise in self.exercises}
        self.trials: dict[str, Trials] = {}
        self.code = new_code()
        self.shelf = Shelf(self.workspace)
        if not can_save:
            self.shelf.folder = None
        self.chosen = self.exercises[0].id
        self.marking: MarkingPanel | None = None
        self.seat: SeatPanel | None = None
        self._is_listing = False
        self.tabs = widgets.Tab()
        self.opening = words("", css="tieuchi-small")
        self.made = widgets.HTML()  # shown elsewhere on the page too, so that it stays the same in every language
        self._head = (
            widgets.HTML(STYLE + _OWN_STYLE),
            widgets.HBox([self.opening, self.language], layout=widgets.Layout(justify_content="space-between", align_items="center")),
        )
        self._speak(lang)

    def _speak(self, lang: Lang) -> None:
        """Lay the page out in one language; the work stays, and so does the page that is seen where that fails."""
        former = dict(vars(self))
        try:
            self._lay_out(lang)
        except Exception:
            vars(self).update(former)
            raise

    def _lay_out(self, lang: Lang) -> None:
        self.lang = lang
        self.alarm = Alarm(lang, "training.failed")
        guard = self.alarm.guard
        self.chooser = widgets.Dropdown(
            options=self._listed(), value=self.chosen, description=translate("training.choose", lang), layout=widgets.Layout(width="60%")
        )
        self.chooser.observe(guard(lambda change: self._choose(change["new"])), names="value")
        self.next = widgets.Button(description=translate("training.next", lang), layout=widgets.Layout(width="auto"))
        self.next.on_click(guard(lambda _: self._go_on()))
        self.place = widgets.VBox(layout=widgets.Layout(width="100%"))
        self.keeping = KeepingPanel(
            self.exercises, self.code, self.shelf, lang, self.alarm, lambda: (self._progress(), self.trials), self._open_again
        )
        former = self.marking
        sat = self.seat
        self.marking = MarkingPanel(self.workspace, lang, self.alarm, None if former is None else former.answers, lambda _: self._keep())
        self.seat = SeatPanel(self.workspace, lang, self.alarm, None if sat is None else sat.seat, self._remember)
        choosing = widgets.HBox([self.chooser, self.next], layout=widgets.Layout(align_items="center", flex_flow="row wrap"))
        tabs = {
            "exercises": widgets.VBox([choosing, self.place]),
            "marking": self.marking.panel,
            "seat": self.seat.panel,
            "keeping": self.keeping.panel,
        }
        titles = [translate(f"training.tab.{name}", lang) for name in tabs]
        self.tabs = widgets.Tab(list(tabs.values()), titles=titles, selected_index=self.tabs.selected_index or 0)
        self.tabs.observe(guard(lambda _: self._remember()), names="selected_index")
        self._choose(self.chosen)
        # Last, what is seen: it stays as it was where the rest cannot be laid out, and says so.
        self.opening.value = paragraph(translate("training.opening", lang), css="tieuchi-small")
        self.made.value = paragraph(self._say_made(), css="tieuchi-small")
        self.root.children = [*self._head, *self._notices(), self.alarm.label, self.tabs]
        self._remember()

    def _listed(self) -> list[tuple[str, str]]:
        """Give the exercises with how far each has been brought."""
        return [
            (
                translate(
                    "training.numbered",
                    self.lang,
                    n=str(number),
                    title=exercise_words(exercise, "title", self.lang),
                    status=translate(f"training.status.{self.works[exercise.id].status(exercise)}", self.lang),
                ),
                exercise.id,
            )
            for number, exercise in enumerate(self.exercises, start=1)
        ]

    def _choose(self, name: str) -> None:
        if self._is_listing:
            return
        exercise = next(each for each in self.exercises if each.id == name)
        try:
            if name not in self.trials:
                self.trials[name] = Trials(exercise, self.workspace)
            panel = ExercisePanel(
                exercise, self.works[name], self.trials[name], self.workspace, self.lang, self.alarm, lambda work: self._worked(name, work)
            )
        except Exception:
            self._list(self._listed())  # what is chosen is what is seen
            raise
        self.chosen, self.exercise = name, panel
        self.place.children = (panel.panel,)
        self._remember()

    def _go_on(self) -> None:
        names = [exercise.id for exercise in self.exercises]
        self.chooser.value = names[(names.index(self.chosen) + 1) % len(names)]

    def _worked(self, name: str, work: Work) -> None:
        """Remember a step in an exercise, show it in the list, and keep it."""
        self.works[name] = work
        self._list_again()
        self._keep()

    def _list_again(self) -> None:
        listed = self._listed()
        if list(self.chooser.options) != listed:
            self._list(listed)

    def _list(self, listed: list[tuple[str, str]]) -> None:
        self._is_listing = True
        try:
            self.chooser.options = listed
            self.chooser.value = self.chosen
        finally:
            self._is_listing = False

    def _open_again(self, progress: Progress) -> None:
        """Take up work that was kept."""
        self.works |= progress.works
        if progress.answers is not None and self.marking is not None:
            self.marking.answers = progress.answers
            self.marking.show()
        for exercise in self.exercises:
            if self.works[exercise.id].setting and exercise.id not in self.trials:
                self.trials[exercise.id] = Trials(exercise, self.workspace)
        self._list_again()
        self._choose(self.chosen)
        self._keep()

    def _what_is_lost(self) -> str:
        if self.shelf.folder is None:
            return translate("page.training.lost-all", self.lang)
        return translate("page.training.lost", self.lang, code=self.code)

    def _progress(self) -> Progress:
        has_marked = self.marking is not None and (self.marking.answers.marks or self.marking.answers.ratings)
        return Progress(self.works, self.marking.answers if self.marking is not None and has_marked else None)

    def _keep(self) -> None:
        self._remember()
        self.shelf.keep(self.code, self._progress())

    def _remember(self) -> None:
        """Let the tab of the browser keep the work as it is now, for the day its page is loaded anew."""
        sat = None if self.seat is None else self.seat.seat
        seat = None if sat is None else (sat.seed, sat.choices)
        self.memory.keep(remember(Remembered(self._progress(), self.code, self.lang, self.chosen, self.tabs.selected_index or 0, seat)))

    def _take_up(self, kept: str) -> None:
        left = read_remembered(kept)
        if left is None:
            self._tell_of_tab("page.kept-lost", "tieuchi-warning")
            return
        self.code, self.chosen = left.code, left.exercise
        self._open_again(left.progress)
        if left.seat is not None and self.seat is not None:
            self.seat.seat = Seat(self.workspace, left.seat[0])
            for year in left.seat[1]:
                self.seat.seat.choose(year)
        self.tabs.selected_index = min(left.leaf, len(self.tabs.children) - 1)
        if left.lang != self.lang:
            self.language.value = left.lang
        else:
            self._speak(self.lang)

    def provenance(self) -> widgets.HTML:
        """Give what the numbers were computed with: the program's version, and the seeds of all that is simulated."""
        return self.made

    def _say_made(self) -> str:
        seeds = sorted({exercise.world.seed for exercise in self.exercises if isinstance(exercise.world, SimulatedSpec)})
        version = importlib.metadata.version("tieuchi")
        return translate("training.provenance", self.lang, version=version, seeds=", ".join(str(seed) for seed in seeds))
