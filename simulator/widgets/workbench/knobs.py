"""The controls of a form: each turns one value, shows it as it is called now, and says below itself why it cannot take what it holds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Final

import ipywidgets as widgets

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_shortest
from simulator.widgets.drafting.typed_numbers import read_typed
from simulator.widgets.last_word import LastWord
from simulator.widgets.looks import Remark

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.presentation.numbers import Lang
    from simulator.widgets.drafting.controls import Control

_WIDE: Final = "100%"
_PERCENT: Final = 100


def knob_for(control: Control, lang: Lang, on_turn: Callable[[str, str, Any], None]) -> Knob:
    """Make the control of a value.

    Parameters
    ----------
    control
        The value.
    lang
        Language of the words.
    on_turn
        Called with (path of the clause, path of the value, new value).
    """
    kind = _NumberKnob if control.shape in {"share", "number", "whole"} else _WordKnob
    return kind(control, lang, on_turn)


class Knob(ABC):
    """What turns one value; shown values are not told as turned.

    Parameters
    ----------
    control, lang, on_turn
        As of :func:`knob_for`.

    Attributes
    ----------
    box
        What stands on the page.
    remark
        What is said below the control.
    """

    box: widgets.Box
    remark: Remark

    def __init__(self, control: Control, lang: Lang, on_turn: Callable[[str, str, Any], None]) -> None:
        self.control, self.lang, self._on_turn = control, lang, on_turn
        self._is_showing = False
        # The value the draft had when what was typed was refused: as long as it has this value, what was typed stays to be mended.
        self._refused: Any = None
        self._wrong = ""

    def show(self, value: Any, *, is_off: bool, wrong: str = "") -> None:
        """Show a value without telling anybody.

        Parameters
        ----------
        value
            The value.
        is_off
            Whether its clause is struck out, so that nothing can be turned.
        wrong
            What is wrong with it.
        """
        self._wrong = wrong
        if self._refused is not None and (self._refused != value or is_off):
            self._refused = None
        self._is_showing = True
        try:
            self._put(value, is_off=is_off)
        finally:
            self._is_showing = False
        if self._refused is None:
            self.remark.tell(wrong)

    def let_go(self) -> None:
        """Take back what was refused."""
        self._refused = None

    @abstractmethod
    def call(self, name: str) -> None:
        """Call the value what it is called now: a name may say a number that was turned."""

    @abstractmethod
    def _put(self, value: Any, *, is_off: bool) -> None:
        """Show a value; what was refused stays as it was typed."""

    @abstractmethod
    def _held(self) -> Any:
        """Give the value shown last."""

    def _turned(self, value: Any) -> None:
        if not self._is_showing:
            self._refused = None
            self.remark.clear()
            self._on_turn(self.control.clause, self.control.path, value)

    def _refuse(self, text: str) -> None:
        self._refused = self._held()
        self.remark.tell(text)

    def _mended(self) -> None:
        """Take note that what stands in the draft was typed again."""
        self._refused = None
        self.remark.tell(self._wrong)


class _NumberKnob(Knob):
    """A slider, and beside it a field that takes the number as it is written in Vietnamese or English."""

    def __init__(self, control: Control, lang: Lang, on_turn: Callable[[str, str, Any], None]) -> None:
        super().__init__(control, lang, on_turn)
        self._scale = _PERCENT if control.shape == "share" else 1
        self._value_shown: float = control.low
        self.slider = widgets.FloatSlider(
            min=control.low * self._scale,
            max=control.high * self._scale,
            step=control.step * self._scale,
            description=control.name,
            readout=False,
            style={"description_width": "55%"},
            layout=widgets.Layout(width="75%"),
        )
        self.field = widgets.Text(continuous_update=False, layout=widgets.Layout(width="80px"), tooltip=control.name)
        self.unit = widgets.Label(
            "%" if control.shape == "share" else "" if control.unit == translate("criteria.unit.number", lang) else control.unit
        )
        self._in_field = LastWord(self.field)
        self.remark = Remark(lang, self.field, self.slider)
        row = widgets.HBox([self.slider, self.field, self.unit], layout=widgets.Layout(align_items="center"))
        self.box = widgets.VBox([row, self.remark.label])
        self.slider.observe(lambda change: self._slid(self._value(change["new"])), names="value")
        self.field.observe(self._typed, names="value")

    def call(self, name: str) -> None:
        self.slider.description = name
        self.remark.call(name)

    def _held(self) -> float:
        return self._value_shown

    def _value(self, shown: float) -> float | int:
        """Give the value as a file has it: without the dust of binary arithmetic."""
        value = round(shown / self._scale, 9)
        return round(value) if self.control.shape == "whole" else value

    def _slid(self, value: float) -> None:
        if not self._is_showing:
            self._turned(value)
            self._follow(value)

    def _typed(self, change: dict[str, Any]) -> None:
        if self._is_showing:
            return
        number = read_typed(change["new"])
        if number is None or not self.control.low <= number / self._scale <= self.control.high or (self.control.shape == "whole" and number % 1):
            self._refuse(self._say_what_would_do(change["new"]))
            self._in_field.keep()
        elif (value := self._value(float(number))) == self._value_shown:
            self._mended()
            self._in_field.keep()
        else:
            self._turned(value)
            self._follow(value)

    def _follow(self, value: float) -> None:
        """Let slider and field go together at once: what comes of the value takes its time, in which somebody may type on."""
        self._is_showing = True
        try:
            self._put(value, is_off=self.field.disabled)
        finally:
            self._is_showing = False

    def _say_what_would_do(self, typed: str) -> str:
        """Name what was typed, what would do, and what the draft goes on with; never by an example that would be refused as well."""
        low, high, kept = (self._shown(value) for value in (self.control.low, self.control.high, self._value_shown))
        key = "workbench.not-a-whole-number" if self.control.shape == "whole" else "workbench.not-a-number"
        return translate(key, self.lang, name=self.slider.description, found=typed, low=low, high=high, kept=kept)

    def _nearest_stop(self, value: float) -> float:
        """Give where the slider stands for a value. Told any other place, the page would round it by itself and tell that as if a hand had moved it."""
        low, step = self.control.low * self._scale, self.control.step * self._scale
        stop = round(low + round((value * self._scale - low) / step) * step, 9)  # no dust: a slider told anew jumps back under the hand
        return float(min(max(stop, self.slider.min), self.slider.max))

    def _put(self, value: Any, *, is_off: bool) -> None:
        self._value_shown = value
        self.slider.value = self._nearest_stop(value)
        if self._refused is None:
            self._in_field.put(self._shown(value))
        self.slider.disabled = self.field.disabled = is_off

    def _shown(self, value: float) -> str:
        return format_shortest(value * self._scale, self.lang)


class _WordKnob(Knob):
    """A list of words, a box to tick, or a text."""

    def __init__(self, control: Control, lang: Lang, on_turn: Callable[[str, str, Any], None]) -> None:
        super().__init__(control, lang, on_turn)
        look = {"description": control.name, "style": {"description_width": "55%"}, "layout": widgets.Layout(width=_WIDE)}
        self.word: widgets.DOMWidget
        if control.shape == "choice":
            self.word = widgets.Dropdown(options=control.choices, **{**look, "style": {"description_width": "41%"}})  # as beside sliders
        elif control.shape == "switch":
            self.word = widgets.Checkbox(**{**look, "indent": False})
        else:
            self.word = widgets.Textarea(continuous_update=False, rows=2, **{**look, "style": {"description_width": "20%"}})
        self._value_shown: Any = None
        self._in_word = LastWord(self.word)
        self.remark = Remark(lang, self.word)
        self.box = widgets.VBox([self.word, self.remark.label], layout=widgets.Layout(width=_WIDE))
        self.word.observe(self._chosen, names="value")

    def call(self, name: str) -> None:
        self.word.description = name

    def _held(self) -> Any:
        return self._value_shown

    def _chosen(self, change: dict[str, Any]) -> None:
        if self._is_showing:
            return
        value = change["new"]
        if self.control.shape == "text" and not value.strip():
            self._refuse(translate("workbench.no-title", self.lang))
            self._in_word.keep()
        elif value == self._value_shown:
            self._mended()
        else:
            self._turned(value)

    def _put(self, value: Any, *, is_off: bool) -> None:
        self._value_shown = value
        if self._refused is None:
            self._in_word.put(value)
        self.word.disabled = is_off
