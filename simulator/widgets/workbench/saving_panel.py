"""Keep a draft: as an overlay in the workspace, or as a file to carry away, always with its reason."""

from __future__ import annotations

import base64
import html
from typing import TYPE_CHECKING

import ipywidgets as widgets

from simulator.errors import InputError
from simulator.presentation.i18n import translate
from simulator.rules.values import Text
from simulator.widgets.codes import make_finding
from simulator.widgets.drafting.draft import FILE_SHOWN
from simulator.widgets.looks import paragraph, words

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang
    from simulator.widgets.drafting.state import State
    from simulator.widgets.looks import Alarm


class SavingPanel:
    """Name, title and reason of an overlay, and two ways to keep it.

    Parameters
    ----------
    state
        Whose draft is kept.
    lang
        Language of the words.
    alarm
        Where a refusal is told.
    can_save
        Whether the workspace is this person's own, so that a file may be written into it; a class only carries files away.
    """

    def __init__(self, state: State, lang: Lang, alarm: Alarm, *, can_save: bool) -> None:
        self.state, self.lang = state, lang
        look = {"style": {"description_width": "22%"}, "layout": widgets.Layout(width="100%")}
        self.overlay_id = widgets.Text(description=translate("workbench.save.id", lang), placeholder="giam-chi-tieu-2026", **look)
        self.title = widgets.Text(description=translate("workbench.save.title", lang), **look)
        self.why = widgets.Textarea(description=translate("workbench.save.why", lang), rows=2, **look)
        self.why_english = widgets.Textarea(description=translate("workbench.save.why-other", lang), rows=2, **look)
        self.save = widgets.Button(description=translate("workbench.save.here", lang), layout=widgets.Layout(width="auto"))
        self.carry = widgets.Button(description=translate("workbench.save.carry", lang), layout=widgets.Layout(width="auto"))
        self.told = widgets.HTML()
        self.save.on_click(alarm.guard(lambda _: self._save()))
        self.carry.on_click(alarm.guard(lambda _: self._carry()))
        notes = [words(translate(f"workbench.save.{name}", lang), css="tieuchi-small") for name in ("both", *(["seen"] if can_save else []))]
        buttons = widgets.HBox([self.save, self.carry] if can_save else [self.carry])
        self.panel = widgets.VBox([self.overlay_id, self.title, self.why, self.why_english, *notes, buttons, self.told])

    def words(self) -> tuple[Text | None, Text | None]:
        """Give the title and the reason typed so far; none of what is still empty."""
        title, why = self.title.value.strip(), self.why.value.strip()
        called = Text(vi=title, en=title) if title else None
        if not why:
            return called, None
        other = self.why_english.value.strip() or why
        return called, Text(vi=why, en=other) if self.lang == "vi" else Text(vi=other, en=why)

    def _asked(self) -> tuple[str, Text | None, Text]:
        title, reason = self.words()
        if reason is None:
            raise InputError([make_finding("WG606", FILE_SHOWN, 1)])
        return self.overlay_id.value.strip(), title, reason

    def _save(self) -> None:
        self.told.value = ""  # what an earlier saving said is not true of this one
        path = self.state.save(*self._asked())
        self.told.value = paragraph(translate("workbench.save.done", self.lang, path=self.state.workspace.show(path)))

    def _carry(self) -> None:
        self.told.value = ""
        overlay_id, title, why = self._asked()
        content = base64.b64encode(self.state.overlay(overlay_id, title, why).encode()).decode("ascii")
        name = html.escape(f"{overlay_id}.yaml", quote=True)
        link = f'<a download="{name}" href="data:application/octet-stream;base64,{content}">{name}</a>'
        self.told.value = f"<p>{html.escape(translate('workbench.save.link', self.lang))} {link}</p>"
