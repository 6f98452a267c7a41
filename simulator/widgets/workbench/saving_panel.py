"""Keep a draft: as an overlay in the workspace, or as a file to carry away, always with its reason."""

from __future__ import annotations

import base64
import html
from typing import TYPE_CHECKING

import ipywidgets as widgets

from simulator.errors import InputError
from simulator.presentation.i18n import translate
from simulator.widgets.codes import make_finding
from simulator.widgets.drafting.draft import FILE_SHOWN
from simulator.widgets.looks import paragraph, words
from simulator.widgets.workbench.saved_panel import SavedPanel

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.presentation.numbers import Lang
    from simulator.rules.values import Text
    from simulator.widgets.drafting.state import State
    from simulator.widgets.looks import Alarm


class SavingPanel:
    """Name, title and reason of an overlay, two ways to keep it, and what was kept before.

    Parameters
    ----------
    state
        Whose draft is kept; what is typed stays with it.
    lang
        Language of the words.
    alarm
        Where a refusal is told.
    can_save
        Whether the workspace is this person's own, so that a file may be written into it; a class only carries files away.
    on_change
        Called when a file was made or taken away.
    """

    def __init__(self, state: State, lang: Lang, alarm: Alarm, *, can_save: bool, on_change: Callable[[], None] = lambda: None) -> None:
        self.state, self.lang, self._on_change = state, lang, on_change
        look = {"style": {"description_width": "22%"}, "layout": widgets.Layout(width="100%")}
        typed = state.words
        other: Lang = "en" if lang == "vi" else "vi"
        self.overlay_id = widgets.Text(typed.overlay_id, description=translate("workbench.save.id", lang), placeholder="giam-chi-tieu-2026", **look)
        self.title = widgets.Text(typed.title, description=translate("workbench.save.title", lang), **look)
        self.why = widgets.Textarea(typed.why[lang], description=translate("workbench.save.why", lang), rows=2, **look)
        self.why_english = widgets.Textarea(typed.why[other], description=translate("workbench.save.why-other", lang), rows=2, **look)
        self.overlay_id.observe(lambda change: setattr(typed, "overlay_id", change["new"]), names="value")
        self.title.observe(lambda change: setattr(typed, "title", change["new"]), names="value")
        self.why.observe(lambda change: typed.why.update({lang: change["new"]}), names="value")
        self.why_english.observe(lambda change: typed.why.update({other: change["new"]}), names="value")
        self.save = widgets.Button(description=translate("workbench.save.here", lang), layout=widgets.Layout(width="auto"))
        self.carry = widgets.Button(description=translate("workbench.save.carry", lang), layout=widgets.Layout(width="auto"))
        self.told = widgets.HTML()
        self.saved = SavedPanel(state, lang, alarm, on_change)
        self.save.on_click(alarm.guard(lambda _: self._save()))
        self.carry.on_click(alarm.guard(lambda _: self._carry()))
        notes = [words(translate(f"workbench.save.{name}", lang), css="tieuchi-small") for name in ("both", *(["seen"] if can_save else []))]
        buttons = widgets.HBox([self.save, self.carry] if can_save else [self.carry])
        self.keeping = widgets.VBox([self.overlay_id, self.title, self.why, self.why_english, *notes, buttons, self.told])
        self.panel = widgets.VBox([self.keeping, *([self.saved.panel] if can_save else [])])

    def words(self) -> tuple[Text | None, Text | None]:
        """Give the title and the reason typed so far; none of what is still empty."""
        return self.state.words.called(), self.state.words.reason()

    def _asked(self) -> tuple[str, Text | None, Text]:
        title, reason = self.words()
        if reason is None:
            raise InputError([make_finding("WG606", FILE_SHOWN, 1)])
        return self.overlay_id.value.strip(), title, reason

    def _save(self) -> None:
        self.told.value = ""  # what an earlier saving said is not true of this one
        path = self.state.save(*self._asked())
        self.told.value = paragraph(translate("workbench.save.done", self.lang, path=self.state.workspace.show(path)))
        self.saved.show()
        self._on_change()

    def _carry(self) -> None:
        self.told.value = ""
        overlay_id, title, why = self._asked()
        content = base64.b64encode(self.state.overlay(overlay_id, title, why).encode()).decode("ascii")
        name = html.escape(f"{overlay_id}.yaml", quote=True)
        link = f'<a download="{name}" href="data:application/octet-stream;base64,{content}">{name}</a>'
        self.told.value = f"<p>{html.escape(translate('workbench.save.link', self.lang))} {link}</p>"
        self._on_change()
