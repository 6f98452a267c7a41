"""What somebody at the workbench has open: a set, the draft made of it, every step back, and what can be said of it. No widget here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from simulator.errors import InputError, Severity, reason_of
from simulator.presentation.rules.citing import NO_REGISTER
from simulator.presentation.wording import in_both
from simulator.rules.assembly import iter_set_files, read_criteria, stack_over
from simulator.rules.catalogue import list_workspace
from simulator.rules.linting import find_assumption_ids, find_register, lint
from simulator.rules.values import ID_PATTERN
from simulator.whole_files import is_refused_name, whole_file
from simulator.widgets.codes import make_finding
from simulator.widgets.drafting.draft import DRAFT_ID, FILE_SHOWN, Draft
from simulator.widgets.drafting.draft_words import DraftWords
from simulator.widgets.drafting.faults import faults_of
from simulator.widgets.drafting.saved import SavedDrafts, marked
from simulator.widgets.drafting.undoing import Undoing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from simulator.errors import Finding
    from simulator.presentation.numbers import Lang
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.values import Language, Text
    from simulator.widgets.drafting.faults import Fault
    from simulator.workspace import Workspace

_OWN_FILES = (FILE_SHOWN,)
_ID = re.compile(ID_PATTERN)


class Made(NamedTuple):
    """What a file or a report is made of.

    Attributes
    ----------
    draft
        The draft.
    title, why
        What it is called and why it is made, as far as that is typed.
    name
        Its id in what is made of it.
    """

    draft: Draft
    title: Text | None
    why: Text | None
    name: str


class State:
    """One person's work on one set; nothing of it is shared with another.

    Parameters
    ----------
    workspace
        Where sets are found, and where an overlay is saved.
    expression
        The set or stack to begin with.

    Raises
    ------
    InputError
        When the set cannot be read.
    """

    def __init__(self, workspace: Workspace, expression: str) -> None:
        self.workspace = workspace
        self.register = find_register(workspace) or NO_REGISTER
        self._assumption_ids = find_assumption_ids(workspace)
        self._set_ids = [path.stem for path in iter_set_files(workspace)]
        self.words = DraftWords()
        self.saved = SavedDrafts(workspace)
        self.expression = ""
        self.steps: Undoing[Draft]
        self._kept: Draft | None = None
        self._turned_last: tuple[str, str] | None = None
        self._aside: dict[str, tuple[Undoing[Draft], Draft | None]] = {}  # set → its steps, and the draft of them that was kept
        self.open(expression)

    @property
    def draft(self) -> Draft:
        """The draft as it is now."""
        return self.steps.now

    def open(self, expression: str) -> None:
        """Go on with another set, as it was left; when it cannot be read, what was open stays open. Of one that reads otherwise by now, nothing is gone on with."""
        base = read_criteria(expression, self.workspace)
        if self.expression:
            self._aside[self.expression] = self.steps, self._kept
        self.expression = expression
        self.steps, self._kept = self._aside.pop(expression, (Undoing(Draft(base)), None))
        if self.draft.base.content_hash != base.content_hash:
            self.steps, self._kept = Undoing(Draft(base)), None
        self._turned_last = None

    def left(self) -> dict[str, tuple[Undoing[Draft], Draft | None]]:
        """Give the steps of each set that was opened, and the draft of them that was kept in a file, those opened last at the end."""
        return {**self._aside, self.expression: (self.steps, self._kept)}

    def take_up(self, expression: str, left: Mapping[str, tuple[Undoing[Draft], Draft | None]]) -> None:
        """Go on with what was left on a page before this one.

        Parameters
        ----------
        expression
            The set that was open.
        left
            As :meth:`left` gives it.

        Raises
        ------
        InputError
            If that set cannot be read; what was left in others waits all the same.
        """
        self._aside = {name: each for name, each in left.items() if name != self.expression}
        if self.expression in left:
            self.steps, self._kept = left[self.expression]
        if expression != self.expression:
            self.open(expression)

    def made(self) -> Made:
        """Give what something is made of now: the same as before means that it still is of the draft as it stands."""
        return Made(self.draft, self.words.called(), self.words.reason(), self.file_id)

    @property
    def is_unsaved(self) -> bool:
        """Whether the draft holds changes that are in no file yet."""
        return _is_unsaved(self.draft, self._kept)

    @property
    def has_unsaved_aside(self) -> bool:
        """Whether another set was left with changes that are in no file yet."""
        return any(_is_unsaved(steps.now, kept) for steps, kept in self._aside.values())

    @property
    def file_id(self) -> str:
        """Id of the draft in what is made of it: the one typed, where it can be one."""
        typed = self.words.overlay_id.strip()
        can_be_one = _ID.fullmatch(typed) and not is_refused_name(typed) and typed not in self.draft.base.stack
        return typed if can_be_one else DRAFT_ID

    @property
    def shown_id(self) -> str:
        """What files about the rules as they are now are called after: the set, while nothing of it is changed, else the draft."""
        return self.expression if self.draft.is_unchanged else self.file_id

    def offered(self, lang: Lang) -> list[tuple[str, str]]:
        """Give (title, id) of each set that can be opened; of an overlay, the stack it makes."""
        listed = list_workspace(self.workspace)
        return [(entry.title.in_language(lang), entry.id) for entry in (*listed.criteria_sets, *listed.scoring_tables)]

    def turn(self, clause: str, value_path: str, value: Any) -> None:
        """Turn one value. Turning the same one again and again is one step back."""
        draft = self.draft.turned(clause, value_path, value)
        is_same_knob = self._turned_last == (clause, value_path)
        self._go(self.steps.instead(draft) if is_same_knob else self.steps.then(draft))
        self._turned_last = (clause, value_path)

    def strike(self, clause: str, *, is_removed: bool) -> None:
        """Strike a clause out, or put it back."""
        self._step(self.draft.without(clause) if is_removed else self.draft.with_again(clause))

    def because(self, clause: str, lang: Language, text: str) -> None:
        """Give a clause a reason of its own, or take it back."""
        self._step(self.draft.because(clause, lang, text))

    def undo(self) -> None:
        """Go a step back."""
        self._go(self.steps.back())

    def redo(self) -> None:
        """Go forth again."""
        self._go(self.steps.forth())

    def start_over(self) -> None:
        """Go back to the set it began as; this too can be undone."""
        self._step(Draft(self.draft.base, former=self.draft.former))

    def _step(self, draft: Draft) -> None:
        self._go(self.steps.then(draft))

    def _go(self, steps: Undoing[Draft]) -> None:
        """Go to another step; of those left behind only what they change is kept, so that two hundred of them are small."""
        if steps.now is not self.draft:
            self.draft.forget()
        self.steps, self._turned_last = steps, None

    def faults(self) -> list[Fault]:
        """Say what is wrong or doubtful in the draft, and where: of an unchanged set, all of it; of a draft, what its changes bring, errors first.

        What keeps a draft from being a set of rules hides nothing of the rest: that is examined without the clauses at fault.
        """
        sound = self.draft.sound
        found = lint(sound.criteria, register=self.register, assumption_ids=self._assumption_ids, set_ids=[*self._set_ids, DRAFT_ID])
        own = found if sound.is_unchanged else [finding for finding in found if finding.file in _OWN_FILES]
        rest = [] if sound.is_unchanged and not self.draft.is_unchanged else faults_of(sound, own)
        return [*self.draft.faults, *sorted(rest, key=lambda fault: fault.finding.severity is not Severity.ERROR)]

    def findings(self) -> list[Finding]:
        """Say what is wrong or doubtful in the draft, without where."""
        return [fault.finding for fault in self.faults()]

    def rules(self) -> CriteriaSet:
        """Give the rules as the draft has them, under the name, the title and the reason that were typed: what is made of a draft bears them.

        Raises
        ------
        InputError
            With everything that keeps the draft from being a set of rules.
        """
        draft = self.draft
        if draft.is_unchanged:
            return draft.base
        name = self.file_id
        return stack_over(draft.base, draft.overlay(name, title=self.words.called(), why=self.words.reason()), name, f"{name}.yaml")

    def check_id(self, overlay_id: str) -> None:
        """Refuse what cannot be the id of a draft.

        Raises
        ------
        InputError
            If it is none, or is taken.
        """
        if not overlay_id:
            raise InputError([make_finding("WG628", FILE_SHOWN, 1)])
        if not _ID.fullmatch(overlay_id):
            raise InputError([make_finding("WG602", FILE_SHOWN, 1, found=overlay_id)])
        if is_refused_name(overlay_id):
            raise InputError([make_finding("WG626", FILE_SHOWN, 1, found=overlay_id)])
        if overlay_id in self._set_ids or overlay_id in {header.id for header in self.draft.base.headers}:
            raise InputError([make_finding("WG603", FILE_SHOWN, 1, found=overlay_id)])

    def overlay(self, overlay_id: str, title: Text | None, why: Text | None) -> str:
        """Write the draft as an overlay with its reasons, to be carried away; it is saved then.

        Raises
        ------
        InputError
            If nothing is changed; else with all that is missing: the id cannot be one or is taken, something is changed without a reason.
        """
        if self.draft.is_unchanged:
            raise InputError([make_finding("WG601", FILE_SHOWN, 1)])
        problems = [] if why is not None or self.draft.is_reasoned else [make_finding("WG606", FILE_SHOWN, 1)]
        try:
            self.check_id(overlay_id)
        except InputError as problem:
            problems = [*problem.findings, *problems]
        if problems:
            raise InputError(problems)
        text = self.draft.overlay(overlay_id, title=title or in_both("criteria.overlay.title", self.draft.base.title), why=why)
        self._kept, self._turned_last = self.draft, None  # what is turned next is a step of its own, so that undoing leads back to what was kept
        return text

    def save(self, overlay_id: str, title: Text | None, why: Text | None) -> Path:
        """Save the draft as an overlay among the sets of the workspace, whole or not at all.

        Returns
        -------
            The file.

        Raises
        ------
        InputError
            As :meth:`overlay` says, or if the workspace may only be read.
        """
        if self.workspace.is_shipped:
            raise InputError([make_finding("WG604", FILE_SHOWN, 1)])
        kept = self._kept
        text = marked(self.overlay(overlay_id, title, why), self.saved.code)
        self._kept = kept
        path = self.workspace.criteria / f"{overlay_id}.yaml"
        try:
            with whole_file(path, ending=".unfinished") as unfinished:  # no set while it is being written
                unfinished.write_text(text, encoding="utf-8", newline="\n")
        except OSError as problem:
            raise InputError([make_finding("WG605", FILE_SHOWN, 1, reason=reason_of(problem))]) from problem
        self._set_ids.append(overlay_id)
        self._kept = self.draft
        return path

    def delete(self, overlay_id: str) -> None:
        """Take away an overlay that was saved under the code of this page; what is open is not taken away.

        Raises
        ------
        InputError
            As :meth:`~simulator.widgets.drafting.saved.SavedDrafts.delete` says, or if it is open.
        """
        if overlay_id in self.draft.base.stack:
            raise InputError([make_finding("WG625", FILE_SHOWN, 1, found=overlay_id)])
        self.saved.delete(overlay_id)
        self._set_ids.remove(overlay_id)
        self._kept = None
        self._aside = {expression: (steps, None) for expression, (steps, _) in self._aside.items()}


def _is_unsaved(draft: Draft, kept: Draft | None) -> bool:
    return not draft.is_unchanged and draft != kept
