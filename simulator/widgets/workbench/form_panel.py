"""The clauses of a draft as a form: one award or section at a time, each value with its control, each clause with its source beside it."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from simulator.errors import Severity
from simulator.presentation.i18n import describe, translate
from simulator.presentation.rules.condition_words import NO_NAMES
from simulator.widgets.drafting.controls import forms_of, holders_of
from simulator.widgets.last_word import LastWord
from simulator.widgets.looks import paragraph
from simulator.widgets.workbench.knobs import knob_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from simulator.presentation.numbers import Lang
    from simulator.rules.citation import InstrumentRegister
    from simulator.rules.values import Text
    from simulator.widgets.drafting.controls import ClauseForm
    from simulator.widgets.drafting.draft import Draft
    from simulator.widgets.drafting.faults import Fault

_WIDE = "100%"


class FormPanel:
    """Controls for one award or section of a draft.

    The panel never changes a draft: it tells what was turned, and shows whatever draft it is given. Controls are kept while the same clauses stand there,
    so that a slider in somebody's hand stays where it is. What is wrong with a value is said below its control.

    Parameters
    ----------
    lang
        Language of the words.
    register
        The instruments known.
    on_turn
        Called with (path of the clause, path of the value, new value).
    on_strike
        Called with (path of the clause, whether it is struck out).
    on_reason
        Called with (path of the clause, the reason typed for it in particular).
    """

    def __init__(
        self,
        lang: Lang,
        register: InstrumentRegister,
        on_turn: Callable[[str, str, Any], None],
        on_strike: Callable[[str, bool], None],
        on_reason: Callable[[str, str], None],
    ) -> None:
        self.lang, self.register = lang, register
        self.on_turn, self.on_strike, self.on_reason = on_turn, on_strike, on_reason
        self.holder = widgets.Dropdown(description=translate("workbench.holder", lang), layout=widgets.Layout(width=_WIDE))
        self.only_played = widgets.Checkbox(value=True, description=translate("workbench.only-played", lang), indent=False)
        self.chosen = (self.holder, self.only_played)
        self.clauses = widgets.VBox(layout=widgets.Layout(width=_WIDE))
        self.panel = widgets.VBox([self.holder, self.only_played, self.clauses])
        self._draft: Draft | None = None
        self._why: Text | None = None
        self._faults: Sequence[Fault] = ()
        self._names: Mapping[str, str] = NO_NAMES
        self._blocks: dict[str, _Block] = {}
        self.holder.observe(lambda _: self._lay_out(), names="value")
        self.only_played.observe(lambda _: self._lay_out(), names="value")

    def show(self, draft: Draft, faults: Sequence[Fault] = (), names: Mapping[str, str] = NO_NAMES) -> None:
        """Show a draft: the same controls with its values where the base is the same, others where it is not.

        Parameters
        ----------
        draft
            The draft.
        faults
            What is wrong in it; an error that lies in one value is said below the control of that.
        names
            What is said in them instead of ids.
        """
        is_other = self._draft is None or self._draft.base is not draft.base
        if is_other:
            holders = holders_of(draft, self.lang)
            self._draft, self._blocks = None, {}  # until its holder is chosen nothing is laid out, so that it is laid out once
            self.holder.options = [(title, holder) for holder, title in holders.items()]
            self.holder.value = next((holder for holder in holders if f"{holder}.quota" in draft.former), next(iter(holders), None))
        self._draft, self._faults, self._names = draft, faults, names
        self._lay_out()

    def reason(self, why: Text | None) -> None:
        """Show what the new values rest on, as far as it is typed."""
        self._why = why
        self._lay_out()

    def let_go(self) -> None:
        """Take back what was typed and refused: the values of the draft are shown instead."""
        for block in self._blocks.values():
            for knob in block.knobs:
                knob.let_go()

    def _lay_out(self) -> None:
        if self._draft is None:
            return
        forms = [
            form
            for form in forms_of(self._draft, self.lang, self.register, holder=self.holder.value, why=self._why)
            if form.plays or not self.only_played.value or form.is_changed
        ]
        for form in forms:
            if form.clause not in self._blocks:
                self._blocks[form.clause] = _Block(form, self)
            self._blocks[form.clause].show(form, self._draft, self._wrong_in(form.clause))
        shown = tuple(self._blocks[form.clause].box for form in forms)
        if shown != self.clauses.children:
            self.clauses.children = shown or (widgets.HTML(paragraph(translate("workbench.no-played-clause", self.lang))),)

    def _wrong_in(self, clause: str) -> dict[str, str]:
        """Give what is said of each value of a clause that is in error."""
        told: dict[str, list[str]] = {}
        for fault in self._faults:
            if fault.clause == clause and fault.value_path is not None and fault.finding.severity is Severity.ERROR:
                told.setdefault(fault.value_path, []).append(describe(fault.finding, self.lang, self._names))
        return {value_path: "\n".join(lines) for value_path, lines in told.items()}


class _Block:
    """One clause: words, source, controls, a button that strikes it out, and while it is changed a field for its own reason."""

    def __init__(self, form: ClauseForm, panel: FormPanel) -> None:
        self.clause, self.panel = form.clause, panel
        self.words = widgets.HTML(layout=widgets.Layout(width=_WIDE))
        self.strike = _switch(translate("workbench.strike", panel.lang))
        self.strike.observe(self._struck, names="value")
        self.knobs = [knob_for(control, panel.lang, panel.on_turn) for control in form.controls]
        can_go = "." in form.clause and form.controls
        turned = [knob.box for knob in self.knobs if knob.control.shape != "text"]
        # A button, and not an accordion, whose head no key can reach.
        self.wording = _switch(translate("workbench.wording", panel.lang))
        self.titles = widgets.VBox(
            [knob.box for knob in self.knobs if knob.control.shape == "text"], layout=widgets.Layout(width=_WIDE, display="none")
        )
        self.wording.observe(lambda change: setattr(self.titles.layout, "display", "flex" if change["new"] else "none"), names="value")
        self.reason = widgets.Textarea(
            continuous_update=False,
            rows=1,
            description=translate("workbench.own-reason", panel.lang),
            placeholder=translate("workbench.own-reason.without", panel.lang),
            style={"description_width": "32%"},
            layout=widgets.Layout(width=_WIDE, display="none"),
        )
        self._in_reason = LastWord(self.reason)
        self.reason.observe(self._reasoned, names="value")
        self.box = widgets.VBox([self.words, *turned, widgets.HBox([*([self.strike] if can_go else []), self.wording]), self.titles, self.reason])
        self._is_showing = False

    def show(self, form: ClauseForm, draft: Draft, wrong: Mapping[str, str]) -> None:
        mark = " tieuchi-removed" if form.is_removed else " tieuchi-changed" if form.is_changed else ""
        played = "" if form.plays or "." not in form.clause else paragraph(translate("workbench.not-played", self.panel.lang), css="tieuchi-small")
        self.words.value = (
            f'<div class="tieuchi-title"><b>{html.escape(form.title)}</b></div>'
            + (paragraph(form.rule) if form.rule != form.title else "")
            + paragraph(form.grounds, css="tieuchi-small")
            + played
        )
        self.box._dom_classes = ("tieuchi-clause", *mark.split())  # noqa: SLF001 - how ipywidgets takes several at once
        self.reason.layout.display = "flex" if form.is_changed else "none"
        own = draft.reasons.get(self.clause, {})
        names = {control.path: control.name for control in form.controls}
        self._is_showing = True
        try:
            self.strike.value = form.is_removed
            self._in_reason.put(own.get(self.panel.lang, ""))
            for knob in self.knobs:
                path = knob.control.path
                knob.call(names.get(path, knob.control.name))
                knob.show(draft.value(self.clause, path), is_off=form.is_removed, wrong=wrong.get(path, ""))
        finally:
            self._is_showing = False

    def _struck(self, change: dict[str, Any]) -> None:
        if not self._is_showing:
            self.panel.on_strike(self.clause, change["new"])

    def _reasoned(self, change: dict[str, Any]) -> None:
        if not self._is_showing:
            self.panel.on_reason(self.clause, change["new"])


def _switch(words: str) -> widgets.ToggleButton:
    return widgets.ToggleButton(description=words, tooltip=words, layout=widgets.Layout(width="auto"))  # without one, a page shows the word "null"
