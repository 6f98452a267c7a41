"""What somebody has saved before: a list, and a way to take one away that asks twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as widgets

from simulator.errors import InputError
from simulator.presentation.i18n import translate
from simulator.widgets.looks import Remark, paragraph, title, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.presentation.numbers import Lang
    from simulator.widgets.drafting.saved import SavedDraft
    from simulator.widgets.drafting.state import State
    from simulator.widgets.looks import Alarm


class SavedPanel:
    """The drafts saved under one code.

    Parameters
    ----------
    state
        Whose drafts they are.
    lang
        Language of the words.
    alarm
        Where a failure of the program is told; a refusal is told below what it concerns.
    on_change
        Called when one was taken away.
    """

    def __init__(self, state: State, lang: Lang, alarm: Alarm, on_change: Callable[[], None] = lambda: None) -> None:
        self.state, self.lang, self._on_change = state, lang, on_change
        look = {"style": {"description_width": "22%"}, "layout": widgets.Layout(width="100%")}
        auto = widgets.Layout(width="auto")
        self.code = widgets.Text(state.saved.code, description=translate("workbench.save.code", lang), continuous_update=False, **look)
        self.chosen = widgets.Dropdown(description=translate("workbench.save.mine", lang), **look)
        self.delete, self.sure, self.keep = (
            widgets.Button(description=translate(f"workbench.save.delete{part}", lang), layout=auto) for part in ("", ".yes", ".no")
        )
        self.asked, self.told = widgets.HTML(), widgets.HTML()
        self.question = widgets.VBox([self.asked, widgets.HBox([self.sure, self.keep])])
        note = words(translate("workbench.save.code.note", lang), css="tieuchi-small")
        self.wrong_code, self.not_deleted = Remark(lang, self.code), Remark(lang, self.chosen)
        self.panel = widgets.VBox(
            [
                title(translate("workbench.save.mine", lang)),
                self.code,
                self.wrong_code.label,
                note,
                self.chosen,
                self.not_deleted.label,
                self.delete,
                self.question,
                self.told,
            ]
        )
        self._drafts: dict[str, SavedDraft] = {}
        self.code.observe(alarm.guard(lambda change: self._use(change["new"])), names="value")
        self.chosen.observe(lambda _: self._choose(), names="value")
        self.delete.on_click(alarm.guard(lambda _: self._ask(is_asked=True)))
        self.keep.on_click(lambda _: self._ask(is_asked=False))
        self.sure.on_click(alarm.guard(lambda _: self._delete()))
        self.show()

    def show(self) -> None:
        """List what there is now."""
        self._drafts = {draft.id: draft for draft in self.state.saved.mine()}
        listed = [(f"{draft.title.in_language(self.lang)} ({draft.id})", draft.id) for draft in self._drafts.values()]
        self.chosen.options = listed or [(translate("workbench.save.none", self.lang), "")]
        self.chosen.value = next(iter(self._drafts), "")
        self._ask(is_asked=False)

    def _use(self, code: str) -> None:
        self.told.value = ""
        self.wrong_code.clear()
        try:
            self.state.saved.use(code.strip())
        except InputError as problem:
            self.wrong_code.tell_of(problem)
            return
        self.show()

    def _choose(self) -> None:
        self.not_deleted.clear()
        self._ask(is_asked=False)

    def _ask(self, *, is_asked: bool) -> None:
        """Ask whether the chosen one is to go; anything else that is done takes the question back."""
        draft = self._drafts.get(self.chosen.value or "")
        self.delete.disabled = draft is None
        self.question.layout.display = "flex" if is_asked and draft is not None else "none"
        if draft is not None:
            fields = {"title": draft.title.in_language(self.lang), "path": self.state.workspace.show(draft.path)}
            self.asked.value = paragraph(translate("workbench.save.delete.sure", self.lang, **fields), css="tieuchi-error")

    def _delete(self) -> None:
        draft = self._drafts.get(self.chosen.value or "")
        self.told.value = ""
        self._ask(is_asked=False)
        if draft is None:
            return
        self.not_deleted.clear()
        try:
            self.state.delete(draft.id)
        except InputError as problem:
            self.not_deleted.tell_of(problem)
            return
        self.told.value = paragraph(translate("workbench.save.deleted", self.lang, path=self.state.workspace.show(draft.path)))
        self.show()
        self._on_change()
