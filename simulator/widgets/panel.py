"""What panels that look things up in a workspace are made of: where they look, in which language they speak, and who is told of a failure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as widgets

from simulator.presentation.i18n import translate

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.presentation.numbers import Lang
    from simulator.widgets.looks import Alarm
    from simulator.workspace import Workspace


class Panel:
    """One part of a page.

    Parameters
    ----------
    workspace
        Where sets, assumptions and instruments are looked up.
    lang
        Language of the words.
    alarm
        Where a failure is told.
    """

    def __init__(self, workspace: Workspace, lang: Lang, alarm: Alarm) -> None:
        self.workspace, self.lang, self.alarm = workspace, lang, alarm

    def button(self, key: str, press: Callable[[], None]) -> widgets.Button:
        """Make a button as wide as its words.

        Parameters
        ----------
        key
            What it says, in the catalogue.
        press
            Called when it is pressed; what it raises is told.
        """
        button = widgets.Button(description=translate(key, self.lang), layout=widgets.Layout(width="auto"))
        button.on_click(self.alarm.guard(lambda _: press()))
        return button
