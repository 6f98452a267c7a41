"""The workbench: choose a set, turn its clauses, see what comes of it, try lists of real people on it, and take the draft to the office."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import ipywidgets as widgets

from simulator.presentation.i18n import translate
from simulator.presentation.results.provenance_table import provenance_table
from simulator.presentation.rules.finding_names import finding_names
from simulator.presentation.rules.rounded_shares import rounded_shares
from simulator.presentation.rules.rounding_figure import draw_rounding
from simulator.widgets.drafting.remembering import read_remembered, remember, take_up
from simulator.widgets.drafting.state import State
from simulator.widgets.looks import BEFORE, STYLE, Alarm, Picture, title, words
from simulator.widgets.page import Page
from simulator.widgets.served import is_alone
from simulator.widgets.waiting import Waiting
from simulator.widgets.workbench.attribution_panel import AttributionPanel
from simulator.widgets.workbench.fault_words import say_fault
from simulator.widgets.workbench.findings_panel import FindingsPanel
from simulator.widgets.workbench.foresight import Foresight, next_value
from simulator.widgets.workbench.form_panel import FormPanel
from simulator.widgets.workbench.measuring_panel import MeasuringPanel
from simulator.widgets.workbench.report_panel import ReportPanel, Work
from simulator.widgets.workbench.saving_panel import SavingPanel
from simulator.widgets.workbench.scoring_panel import ScoringPanel
from simulator.widgets.workbench.splitting import Splitting
from simulator.widgets.workbench.trial_panel import REPLICATIONS, YEARS, TrialPanel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from simulator.experiments.comparing.trial import Trial
    from simulator.presentation.numbers import Lang
    from simulator.rules.criteria import CriteriaSet
    from simulator.widgets.drafting.faults import Fault
    from simulator.widgets.workbench.handing import Handed, HandingPanel
    from simulator.workspace import Workspace

FIRST_SET: Final = "decree-91"
_SECONDS_OF_REST: Final = 0.03
"""How long a slider must rest before its effect is worked out."""
_SECONDS_OF_LOOKING: Final = 0.1
"""How long a picture must have been there before the next step of the same hand is worked out."""
_SCORING, _MEASURING = 1, 2
"""Which tabs take lists of real people."""
_ROUNDING: Final = 1
"""Which leaf below the picture shows what shares leave of small units."""
_PICTURE_WIDTH: Final = 640
UNSAVED: Final = "tieuchi-unsaved"
"""Class of what marks a draft that is in no file yet. No question is asked before the page is left: Voilà lets go of the kernel as soon as one is."""
_WIDE: Final = {"width": "100%"}
_STYLE: Final = """<style>
.tieuchi .tieuchi-pane { max-height: calc(100vh - 140px); }
.tieuchi .lm-TabBar .lm-TabBar-tab { flex: 0 0 auto !important; max-width: none !important; min-width: 120px !important; }
.tieuchi .scroll { overflow-x: auto; }
.tieuchi caption { text-align: left; font-weight: 600; padding: 6px 0; }
.tieuchi .tieuchi-lists svg.figure { max-width: 760px; height: auto; }
.tieuchi-made table { border-collapse: collapse; font-size: 13px; }
.tieuchi-made caption, .tieuchi-made th, .tieuchi-made td { text-align: left; padding: 1px 16px 1px 0; }
.tieuchi .tieuchi-lists td, .tieuchi .tieuchi-lists th { text-align: left; }
</style>"""
"""What the tabs need besides: room above the panes for their row, and words that read from the left."""


class Workbench(Page):
    """One person's workbench.

    Parameters
    ----------
    lang, workspace, can_save
        As of every page; where the workspace may be written into, overlays are.
    expression
        The set to begin with.
    replications, years
        How many times, and how long a draft is simulated.
    """

    notebook, name = "workbench.ipynb", "workbench"

    def __init__(
        self,
        lang: Lang = "vi",
        workspace: Workspace | None = None,
        expression: str = FIRST_SET,
        *,
        can_save: bool = True,
        replications: int = REPLICATIONS,
        years: int = YEARS,
    ) -> None:
        super().__init__(lang, workspace, can_save=can_save)
        self.state = State(self.workspace, expression)
        self.replications, self.years = replications, years
        self.waiting, self.foresight = Waiting(_SECONDS_OF_REST), Foresight(_SECONDS_OF_LOOKING)
        self.room = self.leaf = 0
        self.trials: dict[str, Trial | None] = {}  # the years before are not lived again in another language
        self.nominees: Handed = {}
        self.register: Handed = {}
        self.work, self.splitting = Work(), Splitting()
        self.made = widgets.HTML().add_class("tieuchi-made")  # shown elsewhere on the page too, so that it stays the same in every language
        self.mark = widgets.HTML()
        self._is_offering = self._is_going_on = False
        self._head = self._headed()
        self._speak(lang)

    def _headed(self) -> tuple[widgets.Widget, ...]:
        """Make what stands above the tabs and stays in every language; its words are put when the page speaks one."""
        wide = {"width": "auto"}
        self.chooser = widgets.Dropdown(options=self.state.offered(self.lang), value=self.state.expression, layout=widgets.Layout(width="100%"))
        self.chooser.observe(self._guarded(lambda change: self._open(change["new"])), names="value")
        self.undo, self.redo, self.again = (widgets.Button(layout=widgets.Layout(**wide)) for _ in range(3))
        steps = ((self.undo, self.state.undo, self.redo), (self.redo, self.state.redo, self.undo), (self.again, self.state.start_over, self.undo))
        for button, step, otherwise in steps:
            button.on_click(self._guarded(partial(self._step, step, button, otherwise)))
        row = widgets.HBox(
            [widgets.HBox([self.undo, self.redo, self.again]), self.mark, self.language],
            layout=widgets.Layout(justify_content="space-between", align_items="center", flex_flow="row wrap"),
        )
        return widgets.HTML(STYLE + _STYLE), self.chooser, row

    def _speak(self, lang: Lang) -> None:
        """Lay the page out in one language; the draft stays, and what was chosen; results that are being looked at are told anew."""
        was_used = bool(self.root.children) and not self._is_going_on
        chosen = [control.value for control in self._choices()] if was_used else []
        had_results = {room for room, panel in self._lists().items() if panel.has_results} if was_used else set()
        self.lang = lang
        self._named: tuple[CriteriaSet, Mapping[str, str]] | None = None
        self.alarm = Alarm(lang)
        guard = self.alarm.guard
        self._offer()
        for button, name in ((self.undo, "undo"), (self.redo, "redo"), (self.again, "again")):
            button.description = translate(f"workbench.{name}", lang)
        self.form = FormPanel(lang, self.state.register, guard(self._turn), guard(self._strike), guard(self._because))
        self.findings = FindingsPanel(lang)
        self.trial = TrialPanel(self.state.workspace, lang, self.alarm, replications=self.replications, years=self.years, trials=self.trials)
        self.attribution = AttributionPanel(self.state.workspace, lang, self.alarm, self.splitting)
        self.rounding = Picture(_PICTURE_WIDTH)
        self.saving = SavingPanel(self.state, lang, self.alarm, can_save=self.can_save, on_change=self._kept)
        for field in (self.saving.why, self.saving.why_english):
            field.observe(guard(lambda _: self.form.reason(self.saving.words()[1])), names="value")
        self.scoring = ScoringPanel(self.state, lang, self.alarm, self.nominees)
        self.measuring = MeasuringPanel(self.state, lang, self.alarm, self.register)
        self.reporting = ReportPanel(
            self.state, lang, self.alarm, self.work, self.saving.words, can_save=self.can_save and not self.state.workspace.is_shipped
        )
        for field in (self.saving.overlay_id, self.saving.title, self.saving.why, self.saving.why_english):
            field.observe(guard(lambda _: self._worded()), names="value")
        self.saving.saved.code.observe(guard(lambda _: self._remember()), names="value")
        self.form.reason(self.saving.words()[1])
        left = widgets.VBox([title(translate("workbench.clauses", lang)), self.form.panel], layout=widgets.Layout(width="46%", min_width="420px"))
        more = {"attribution": self.attribution.panel, "rounding": self.rounding.image, "saving": self.saving.panel}
        self.tabs = widgets.Tab(list(more.values()), titles=[translate(f"workbench.{name}", lang) for name in more], selected_index=self.leaf)
        self.tabs.observe(guard(lambda change: self._look_at(change["new"])), names="selected_index")
        right = widgets.VBox(
            [
                title(translate("workbench.trial", lang)),
                self.trial.panel,
                title(translate("workbench.findings", lang)),
                self.findings.panel,
                self.tabs,
            ],
            layout=widgets.Layout(width="54%", min_width="420px"),
        )
        for pane in (left, right):
            pane.add_class("tieuchi-pane")
        drafting = widgets.VBox(
            [
                words(translate("workbench.opening", lang), css="tieuchi-small"),
                widgets.HBox([left, right], layout=widgets.Layout(flex_flow="row wrap")),
            ]
        )
        for panel in (self.scoring.panel, self.measuring.panel):
            panel.add_class("tieuchi-lists")
        rooms = {"draft": drafting, "score": self.scoring.panel, "measure": self.measuring.panel, "report": self.reporting.panel}
        self.rooms = widgets.Tab(
            list(rooms.values()), titles=[translate(f"workbench.tab.{name}", lang) for name in rooms], selected_index=self.room, layout=_WIDE
        )
        self.rooms.observe(guard(lambda change: self._go_to(change["new"])), names="selected_index")
        self.root.children = [
            *self._head,
            *self._notices(),
            self.alarm.label,
            self.rooms,
        ]
        self.trial.begin(self.state.draft.base)
        self._show(is_at_once=False)
        for control, value in zip(self._choices(), chosen, strict=False):
            control.value = value
        if self.room in had_results:
            self._lists()[self.room].work()

    def _go_to(self, room: int) -> None:
        """Go to another tab."""
        self.room = room
        self._remember()

    def _worded(self) -> None:
        """Take note of what was typed about the draft."""
        self.reporting.changed()
        self._remember()

    def _remember(self) -> None:
        """Let the tab of the browser keep the work as it is now, for the day its page is loaded anew."""
        self.memory.keep(remember(self.state, self.lang, self.room, self.leaf))

    def _take_up(self, kept: str) -> None:
        left = read_remembered(kept)
        if left is None:
            self._tell_of_tab("page.kept-lost", "tieuchi-warning")
            return
        taken = take_up(self.state, left)
        self.room, self.leaf = (min(place, len(tabs.children) - 1) for place, tabs in ((left.room, self.rooms), (left.leaf, self.tabs)))
        self._is_going_on = True  # what is chosen on the page is not what was chosen on the one before
        try:
            if left.lang == self.lang:
                self._speak(self.lang)
            self.language.value = left.lang
        finally:
            self._is_going_on = False
        if not taken.is_whole:
            self._tell_of_tab("page.kept-lost", "tieuchi-warning")
        elif taken.n_drafts:
            self._tell_of_tab("workbench.kept-open")

    def _choices(self) -> tuple[widgets.ValueWidget, ...]:
        """Give the controls with which somebody chooses what a panel shows or makes: they stay as they are in the other language."""
        return (*self.form.chosen, *self.scoring.chosen, *self.measuring.chosen, *self.reporting.chosen)

    def _lists(self) -> Mapping[int, HandingPanel]:
        """Give the panels of lists, by room."""
        return {_SCORING: self.scoring, _MEASURING: self.measuring}

    def _kept(self) -> None:
        """Offer what was saved, no longer what was deleted, and take the mark of an unsaved draft away."""
        self._offer()
        self._buttons()

    def _offer(self) -> None:
        """Offer the sets there are, by their titles in the language of the page."""
        self.chooser.description = translate("workbench.set", self.lang)
        self._is_offering = True  # whose options are set anew, chooses the first of them for a moment
        try:
            self.chooser.options = self.state.offered(self.lang)
            self.chooser.value = self.state.expression
        finally:
            self._is_offering = False

    def _open(self, expression: str) -> None:
        if self._is_offering:
            return
        self._tell_of_tab("")
        self.state.open(expression)
        self.trial.begin(self.state.draft.base)
        self._show(is_at_once=False)

    def _turn(self, clause: str, value_path: str, value: Any) -> None:
        self.foresight.forget()
        self._tell_of_tab("")
        following = next_value(self.state.draft.value(clause, value_path), value)
        self.state.turn(clause, value_path, value)
        self._buttons()
        self.waiting.call(self.alarm.guard(partial(self._show, ahead=None if following is None else (clause, value_path, following))))

    def _strike(self, clause: str, is_removed: bool) -> None:  # noqa: FBT001 - what a switch says
        self._tell_of_tab("")
        self.state.strike(clause, is_removed=is_removed)
        self._show()

    def _step(self, step: Callable[[], None], pressed: widgets.Button, otherwise: widgets.Button, _: object = None) -> None:
        """Go a step; who pressed a button that leads no further goes on from the one beside, and not from the top of the page."""
        self._tell_of_tab("")
        step()
        self._buttons()
        if pressed.disabled and not otherwise.disabled:
            otherwise.focus()
        self.form.let_go()
        self._show()

    def _because(self, clause: str, text: str) -> None:
        """Give a clause its own reason: nothing of what comes of the draft is another for it."""
        self.state.because(clause, self.lang, text)
        self._buttons()
        self._show_form(self.state.faults())

    def _buttons(self) -> None:
        self.undo.disabled = not self.state.steps.past
        self.redo.disabled = not self.state.steps.future
        self.again.disabled = self.state.draft.is_unchanged
        key = "unsaved" if self.state.is_unsaved else "unsaved-aside" if self.state.has_unsaved_aside else ""
        unsaved = key and translate(f"workbench.save.{key}", self.lang)
        self.mark.value = f'<span class="{UNSAVED} tieuchi-warning" role="status">{unsaved}</span>' if unsaved else ""
        self.saving.changed()
        self.reporting.changed()
        self._remember()

    def _try(self) -> None:
        """Simulate the draft as it is now, and say what was run."""
        draft = self.state.draft
        self.trial.show(draft, say_fault(draft.faults[0], self.lang, self._names()) if draft.faults else "")
        comparison = self.trial.comparison
        self.made.value = "" if comparison is None else provenance_table(comparison, self.lang).to_html()
        self.reporting.show(comparison)
        self.attribution.show(self.trial.scenario())

    def provenance(self) -> widgets.HTML:
        """Give what says what was run for the last picture: commit, seed, versions, fingerprints."""
        return self.made

    def _show(self, *, is_at_once: bool = True, ahead: tuple[str, str, Any] | None = None) -> None:
        """Show the draft as it is now, everywhere: words first, for they take no time; and work out beforehand what probably comes next."""
        self.waiting.cancel()
        self.foresight.forget()
        self._buttons()
        faults = self.state.faults()
        self.findings.show(faults, self._names())
        self.scoring.show(self.state.draft)
        self._show_form(faults)
        if is_at_once:
            self._try()
        else:
            self.waiting.call(self.alarm.guard(self._try))
        self._show_rounding()
        if ahead is not None and is_alone():
            trial, draft = self.trial, self.state.draft
            self.foresight.expect(lambda: trial.prepare(draft.turned(*ahead)))

    def _show_form(self, faults: Sequence[Fault]) -> None:
        self.form.show(self.state.draft, faults, self._names())

    def _names(self) -> Mapping[str, str]:
        """Give what findings call clauses, awards and instruments: as the base does, so that what is struck out has a name, but what is changed as it reads now."""
        draft = self.state.draft
        base = draft.base
        if self._named is None or self._named[0] is not base:
            self._named = base, finding_names(base, self.lang, self.state.register)
        now: dict[str, Any] = {**draft.sound.criteria.awards, **dict(draft.sound.criteria.iter_clauses())}
        return {**self._named[1], **{path: now[path].title.in_language(self.lang) for path in draft.changed if path in now}}

    def _look_at(self, leaf: int) -> None:
        """Turn to another of the leaves below the picture; it is drawn when it is looked at."""
        self.leaf = leaf
        self._show_rounding()
        self._remember()

    def _show_rounding(self) -> None:
        """Draw what shares leave of small units; unseen it is not drawn, for it takes a third of the time of a turn."""
        if self.leaf != _ROUNDING:
            return
        if self.state.draft.faults:  # told among the findings
            self.rounding.image.add_class(BEFORE)
            return
        self.rounding.image.remove_class(BEFORE)
        shares = rounded_shares(self.state.draft.criteria, self.lang)
        if shares:
            self.rounding.show(draw_rounding(shares, self.lang))
        else:
            self.rounding.image.value = ""
