"""Keep a draft: as an overlay in the workspace, or as a file to carry away, always with its reason. What keeps it from being kept is said below its field."""

from __future__ import annotations

import base64
import html
from typing import TYPE_CHECKING, Final

import ipywidgets as widgets

from simulator.errors import InputError
from simulator.presentation.i18n import translate
from simulator.widgets.looks import Remark, paragraph, words
from simulator.widgets.workbench.saved_panel import SavedPanel

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.presentation.numbers import Lang
    from simulator.rules.values import Text
    from simulator.widgets.drafting.state import Made, State
    from simulator.widgets.looks import Alarm

_OF_THE_ID: Final = frozenset({"WG602", "WG603", "WG626", "WG628"})
_OF_THE_REASON: Final = frozenset({"WG606"})


class SavingPanel:
    """Name, title and reason of an overlay, two ways to keep it, and what was kept before.

    Parameters
    ----------
    state
        Whose draft is kept; what is typed stays with it.
    lang
        Language of the words.
    alarm
        Where a failure of the program is told.
    can_save
        Whether the workspace is this person's own, so that a file may be written into it; a class only carries files away.
    on_change
        Called when a file was made or taken away.
    """

    def __init__(self, state: State, lang: Lang, alarm: Alarm, *, can_save: bool, on_change: Callable[[], None] = lambda: None) -> None:
        self.state, self.lang, self._on_change = state, lang, on_change
        # Sent whole when the field is left: of what is sent key by key, the end may come after the press of a button that follows it.
        look = {"style": {"description_width": "22%"}, "layout": widgets.Layout(width="100%"), "continuous_update": False}
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
        self.wrong_id, self.wrong_why, self.refused = Remark(lang, self.overlay_id), Remark(lang, self.why), Remark(lang)
        for field in (self.overlay_id, self.title, self.why, self.why_english):
            field.observe(alarm.guard(lambda _: self.changed()), names="value")
        self.save = widgets.Button(description=translate("workbench.save.here", lang), layout=widgets.Layout(width="auto"))
        self.carry = widgets.Button(description=translate("workbench.save.carry", lang), layout=widgets.Layout(width="auto"))
        self.told, self.stale = widgets.HTML(), widgets.HTML()
        self._made: Made | None = None
        self.saved = SavedPanel(state, lang, alarm, on_change)
        self.save.on_click(alarm.guard(lambda _: self._save()))
        self.carry.on_click(alarm.guard(lambda _: self._carry()))
        notes = [words(translate(f"workbench.save.{name}", lang), css="tieuchi-small") for name in ("both", *(["seen"] if can_save else []))]
        self.buttons = widgets.HBox([self.save, self.carry] if can_save else [self.carry])
        fields = [self.overlay_id, self.wrong_id.label, self.title, self.why, self.wrong_why.label, self.why_english]
        self.keeping = widgets.VBox([*fields, *notes, self.buttons, self.refused.label, self.stale, self.told])
        self.panel = widgets.VBox([self.keeping, *([self.saved.panel] if can_save else [])])

    def words(self) -> tuple[Text | None, Text | None]:
        """Give the title and the reason typed so far; none of what is still empty."""
        return self.state.words.called(), self.state.words.reason()

    def changed(self) -> None:
        """Say of what was kept whether it is still the draft as it stands, and no longer of a field what has been mended in it."""
        is_stale = self._made is not None and self._made != self.state.made()
        self.stale.value = paragraph(translate("workbench.save.stale", self.lang), css="tieuchi-warning") if is_stale else ""
        if self.wrong_id.text:
            try:
                self.state.check_id(self.overlay_id.value.strip())
            except InputError as problem:
                self.wrong_id.tell_of(problem)
            else:
                self.wrong_id.clear()
        if self.state.words.reason() is not None or self.state.draft.is_reasoned:
            self.wrong_why.clear()
        if not self.state.draft.is_unchanged:
            self.refused.clear()

    def _asked(self) -> tuple[str, Text | None, Text | None]:
        return self.overlay_id.value.strip(), *self.words()

    def _keep(self, keep: Callable[[], str]) -> None:
        """Keep the draft and say so; what an earlier keeping said is not true of this one, and a refusal is told where it belongs."""
        self.told.value = self.stale.value = ""
        self._made = None
        for remark in (self.wrong_id, self.wrong_why, self.refused):
            remark.clear()
        try:
            self.told.value = keep()
        except InputError as problem:
            for finding in problem.findings:
                place = self.wrong_id if finding.code in _OF_THE_ID else self.wrong_why if finding.code in _OF_THE_REASON else self.refused
                place.tell_of(InputError([finding]))
            return
        self._made = self.state.made()
        self._on_change()

    def _save(self) -> None:
        self._keep(self._saved)

    def _saved(self) -> str:
        path = self.state.save(*self._asked())
        self.saved.show()
        return paragraph(translate("workbench.save.done", self.lang, path=self.state.workspace.show(path)))

    def _carry(self) -> None:
        self._keep(self._carried)

    def _carried(self) -> str:
        overlay_id, title, why = self._asked()
        content = base64.b64encode(self.state.overlay(overlay_id, title, why).encode()).decode("ascii")
        name = html.escape(f"{overlay_id}.yaml", quote=True)
        link = f'<a download="{name}" href="data:application/octet-stream;base64,{content}">{name}</a>'
        return f"<p>{html.escape(translate('workbench.save.link', self.lang))} {link}</p>"
