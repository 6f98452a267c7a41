"""A control in which the hand has the last word.

A page and its program speak at the same time: a number that the program puts may cross one that was typed meanwhile. The program then hears the typed one last,
but the page shows the other, and ipywidgets says nothing more, because nobody changes anything any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ipywidgets as widgets


class LastWord:
    """Puts values into a control, and says again what a hand told there, so that page and program end with the same.

    Said again, a value that stands there already changes nothing on the page. A slider is not told so: it would be pulled back while it is being moved.

    Parameters
    ----------
    control
        A field, a list of words, or a box to tick: what holds its content as ``value``, which a list tells the page by its place.
    """

    def __init__(self, control: widgets.ValueWidget) -> None:
        self.control = control
        self._is_putting = self._was_told = False
        control.observe(self._hear, names="value")

    def put(self, value: Any) -> None:
        """Show a value, if need be once more."""
        was_told, self._was_told = self._was_told, False
        if value != self.control.value:
            self._is_putting = True
            try:
                self.control.value = value
            finally:
                self._is_putting = False
        elif was_told:
            self.control.send_state("index" if "index" in self.control.keys else "value")

    def keep(self) -> None:
        """Leave what a hand told as it is."""
        self.put(self.control.value)

    def _hear(self, _change: Any) -> None:
        self._was_told = self._was_told or not self._is_putting
