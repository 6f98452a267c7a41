"""The clauses of a draft as a form: one award or section at a time, each value with its control, each clause with its source beside it."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_shortest
from simulator.widgets.drafting.controls import forms_of, holders_of
from simulator.widgets.drafting.typed_numbers import read_typed
from simulator.widgets.looks import paragraph

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.presentation.numbers import Lang
    from simulator.rules.citation import InstrumentRegister
    from simulator.rules.values import Text
    from simulator.widgets.drafting.controls import ClauseForm, Control
    from simulator.widgets.drafting.draft import Draft

_WIDE = "100%"
_PERCENT = 100


class FormPanel:
    """Controls for one award or section of a draft.

    The panel never changes a draft: it tells what was turned, and shows whatever draft it is given. Controls are kept while the same clauses stand there,
    so that a slider in somebody's hand stays where it is.

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
    on_error
        Called with words when something typed cannot be read, and with none when it can.
    """

    def __init__(
        self,
        lang: Lang,
        register: InstrumentRegister,
        on_turn: Callable[[str, str, Any], None],
        on_strike: Callable[[str, bool], None],
        on_error: Callable[[str], None],
    ) -> None:
        self.lang, self.register = lang, register
        self._on_turn, self._on_strike, self._on_error = on_turn, on_strike, on_error
        self.holder = widgets.Dropdown(description=translate("workbench.holder", lang), layout=widgets.Layout(width=_WIDE))
        self.only_played = widgets.Checkbox(value=True, description=translate("workbench.only-played", lang), indent=False)
        self.clauses = widgets.VBox(layout=widgets.Layout(width=_WIDE))
        self.panel = widgets.VBox([self.holder, self.only_played, self.clauses])
        self._draft: Draft | None = None
        self._why: Text | None = None
        self._blocks: dict[str, _Block] = {}
        self.holder.observe(lambda _: self._lay_out(), names="value")
        self.only_played.observe(lambda _: self._lay_out(), names="value")

    def show(self, draft: Draft) -> None:
        """Show a draft: the same controls with its values where the base is the same, others where it is not."""
        is_other = self._draft is None or self._draft.base is not draft.base
        if is_other:
            holders = holders_of(draft, self.lang)
            self._draft, self._blocks = None, {}  # until its holder is chosen nothing is laid out, so that it is laid out once
            self.holder.options = [(title, holder) for holder, title in holders.items()]
            self.holder.value = next((holder for holder in holders if f"{holder}.quota" in draft.former), next(iter(holders), None))
        self._draft = draft
        self._lay_out()

    def reason(self, why: Text | None) -> None:
        """Show what the new values rest on, as far as it is typed."""
        self._why = why
        self._lay_out()

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
            self._blocks[form.clause].show(form, self._draft)
        shown = tuple(self._blocks[form.clause].box for form in forms)
        if shown != self.clauses.children:
            self.clauses.children = shown or (widgets.HTML(paragraph(translate("workbench.no-played-clause", self.lang))),)

    def turn(self, control: Control, value: Any) -> None:
        """Tell that a value was turned."""
        self._on_error("")
        self._on_turn(control.clause, control.path, value)

    def strike(self, clause: str, is_removed: bool) -> None:  # noqa: FBT001 - what a switch says
        """Tell that a clause was struck out or put back."""
        self._on_strike(clause, is_removed)

    def refuse(self, control: Control, typed: str) -> None:
        """Say that what was typed is not a number the control can take."""
        low, high = (_shown(control, end, self.lang) for end in (control.low, control.high))
        self._on_error(translate("workbench.not-a-number", self.lang, name=control.name, found=typed, low=low, high=high))


class _Block:
    """One clause: words, source, controls, and a button that strikes it out."""

    def __init__(self, form: ClauseForm, panel: FormPanel) -> None:
        self.clause, self.panel = form.clause, panel
        self.words = widgets.HTML(layout=widgets.Layout(width=_WIDE))
        self.strike = _switch(translate("workbench.strike", panel.lang))
        self.strike.observe(self._struck, names="value")
        self.knobs = [_knob(control, panel) for control in form.controls]
        can_go = "." in form.clause and form.controls
        turned = [knob.box for knob in self.knobs if knob.control.shape != "text"]
        # A button, and not an accordion, whose head no key can reach.
        self.wording = _switch(translate("workbench.wording", panel.lang))
        self.titles = widgets.VBox(
            [knob.box for knob in self.knobs if knob.control.shape == "text"], layout=widgets.Layout(width=_WIDE, display="none")
        )
        self.wording.observe(lambda change: setattr(self.titles.layout, "display", "flex" if change["new"] else "none"), names="value")
        self.box = widgets.VBox([self.words, *turned, widgets.HBox([*([self.strike] if can_go else []), self.wording]), self.titles])
        self._is_showing = False

    def show(self, form: ClauseForm, draft: Draft) -> None:
        mark = " tieuchi-removed" if form.is_removed else " tieuchi-changed" if form.is_changed else ""
        played = "" if form.plays or "." not in form.clause else paragraph(translate("workbench.not-played", self.panel.lang), css="tieuchi-small")
        self.words.value = (
            f'<div class="tieuchi-title"><b>{html.escape(form.title)}</b></div>'
            + (paragraph(form.rule) if form.rule != form.title else "")
            + paragraph(form.grounds, css="tieuchi-small")
            + played
        )
        self.box._dom_classes = ("tieuchi-clause", *mark.split())  # noqa: SLF001 - how ipywidgets takes several at once
        self._is_showing = True
        try:
            self.strike.value = form.is_removed
            for knob in self.knobs:
                knob.show(draft.value(knob.control.clause, knob.control.path), is_off=form.is_removed)
        finally:
            self._is_showing = False

    def _struck(self, change: dict[str, Any]) -> None:
        if not self._is_showing:
            self.panel.strike(self.clause, change["new"])


def _switch(words: str) -> widgets.ToggleButton:
    return widgets.ToggleButton(description=words, tooltip=words, layout=widgets.Layout(width="auto"))  # without one, a page shows the word "null"


def _knob(control: Control, panel: FormPanel) -> _Knob:
    if control.shape in {"share", "number", "whole"}:
        return _NumberKnob(control, panel)
    return _WordKnob(control, panel)


class _Knob:
    """What turns one value; shown values are not told as turned."""

    box: widgets.Widget

    def __init__(self, control: Control, panel: FormPanel) -> None:
        self.control, self.panel = control, panel
        self._is_showing = False

    def show(self, value: Any, *, is_off: bool) -> None:
        """Show a value without telling anybody."""
        self._is_showing = True
        try:
            self._put(value, is_off=is_off)
        finally:
            self._is_showing = False

    def _put(self, value: Any, *, is_off: bool) -> None:
        raise NotImplementedError

    def _turned(self, value: Any) -> None:
        if not self._is_showing:
            self.panel.turn(self.control, value)


class _NumberKnob(_Knob):
    """A slider, and beside it a field that takes the number as it is written in Vietnamese or English."""

    def __init__(self, control: Control, panel: FormPanel) -> None:
        super().__init__(control, panel)
        scale = _PERCENT if control.shape == "share" else 1
        self._scale = scale
        self.slider = widgets.FloatSlider(
            min=control.low * scale,
            max=control.high * scale,
            step=control.step * scale,
            description=control.name,
            readout=False,
            style={"description_width": "55%"},
            layout=widgets.Layout(width="75%"),
        )
        self.field = widgets.Text(continuous_update=False, layout=widgets.Layout(width="80px"), tooltip=control.name)
        self.unit = widgets.Label(
            "%" if control.shape == "share" else "" if control.unit == translate("criteria.unit.number", panel.lang) else control.unit
        )
        self.box = widgets.HBox([self.slider, self.field, self.unit], layout=widgets.Layout(align_items="center"))
        self.slider.observe(lambda change: self._turned(self._value(change["new"])), names="value")
        self.field.observe(self._typed, names="value")

    def _value(self, shown: float) -> float | int:
        """Give the value as a file has it: without the dust of binary arithmetic."""
        value = round(shown / self._scale, 9)
        return round(value) if self.control.shape == "whole" else value

    def _typed(self, change: dict[str, Any]) -> None:
        if self._is_showing:
            return
        number = read_typed(change["new"])
        if number is None or not self.control.low <= number / self._scale <= self.control.high or (self.control.shape == "whole" and number % 1):
            self.panel.refuse(self.control, change["new"])
        else:
            self._turned(self._value(float(number)))

    def _nearest_stop(self, value: float) -> float:
        """Give where the slider stands for a value. Told any other place, the page would round it by itself and tell that as if a hand had moved it."""
        low, step = self.control.low * self._scale, self.control.step * self._scale
        stop = round(low + round((value * self._scale - low) / step) * step, 9)  # no dust: a slider told anew jumps back under the hand
        return float(min(max(stop, self.slider.min), self.slider.max))

    def _put(self, value: Any, *, is_off: bool) -> None:
        self.slider.value = self._nearest_stop(value)
        self.field.value = _shown(self.control, value, self.panel.lang)
        self.slider.disabled = self.field.disabled = is_off


class _WordKnob(_Knob):
    """A list of words, a box to tick, or a text."""

    def __init__(self, control: Control, panel: FormPanel) -> None:
        super().__init__(control, panel)
        look = {"description": control.name, "style": {"description_width": "55%"}, "layout": widgets.Layout(width=_WIDE)}
        if control.shape == "choice":
            self.box = widgets.Dropdown(options=control.choices, **look)
        elif control.shape == "switch":
            self.box = widgets.Checkbox(**{**look, "indent": False})
        else:
            self.box = widgets.Textarea(continuous_update=False, rows=2, **{**look, "style": {"description_width": "20%"}})
        self.box.observe(lambda change: self._turned(change["new"]), names="value")

    def _put(self, value: Any, *, is_off: bool) -> None:
        self.box.value = value
        self.box.disabled = is_off


def _shown(control: Control, value: float, lang: Lang) -> str:
    return format_shortest(value * (_PERCENT if control.shape == "share" else 1), lang)
