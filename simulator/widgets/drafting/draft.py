"""A criteria set while it is being changed: the set it began as, and every value that now reads otherwise.

A draft is a value. Turning a control gives another draft, so that undoing is going back to the one before, and two windows never share one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from simulator.errors import InputError
from simulator.presentation.wording import in_both
from simulator.rules.assembly import stack_over
from simulator.rules.overlays import Stack
from simulator.rules.schema import SECTIONS
from simulator.rules.values import LANGUAGES, Text
from simulator.rules.writing import write_data
from simulator.widgets.drafting.faults import faults_of
from simulator.widgets.drafting.titles import retitled
from simulator.workbook.criteria_changes import cited_instruments
from simulator.workbook.criteria_layout import GROUNDS, data_of, holder_of, is_award, values_of_set

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.values import Language
    from simulator.widgets.drafting.faults import Fault

DRAFT_ID: Final = "draft"
"""Id of the overlay a draft is while it has no name of its own."""
FILE_SHOWN: Final = "draft.yaml"
"""How findings name a draft that is no file yet."""


@dataclass(frozen=True)
class Draft:
    """A set, and what is changed in it.

    Attributes
    ----------
    base
        The set or stack it began as.
    values
        (path of a clause, path of a value in it) → what stands there now; only what differs from the base.
    removed
        Paths of the clauses that are struck out.
    reasons
        Path of a clause → why it in particular is changed, by language, as it was typed; those without one share the reason of the draft.
    former
        What stands in the base: path of a clause → path of a value → value; read off it once, and handed on from draft to draft.
    """

    base: CriteriaSet
    values: Mapping[tuple[str, str], Any] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    reasons: Mapping[str, Mapping[Language, str]] = field(default_factory=dict)
    former: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.former:
            object.__setattr__(self, "former", values_of_set(self.base))

    def turned(self, clause: str, value_path: str, value: Any) -> Draft:
        """Give the draft in which one value reads otherwise.

        Parameters
        ----------
        clause, value_path
            Path of the clause, and of the value in it, as :func:`~simulator.workbook.criteria_layout.values_of_set` has them.
        value
            What stands there now; the value of the base undoes the change.

        Raises
        ------
        KeyError
            If the base has no such value.
        """
        former = self.former[clause][value_path]
        values = {key: held for key, held in self.values.items() if key != (clause, value_path)}
        return replace(self, values=values if value == former else {**values, (clause, value_path): value})

    def without(self, clause: str) -> Draft:
        """Give the draft in which a clause is struck out.

        Raises
        ------
        KeyError
            If the base has no such clause.
        """
        if clause not in self.former:
            raise KeyError(clause)
        return replace(self, removed=self.removed | {clause})

    def with_again(self, clause: str) -> Draft:
        """Give the draft in which a clause that was struck out stands again, as it stood before."""
        return replace(self, removed=self.removed - {clause})

    def because(self, clause: str, lang: Language, text: str) -> Draft:
        """Give the draft in which a clause has a reason of its own.

        Parameters
        ----------
        clause
            Path of the clause.
        lang
            The language the reason is given in; until somebody gives it in the other too, that has the same words.
        text
            The reason; without words in either language, the clause shares that of the draft again.

        Raises
        ------
        KeyError
            If the base has no such clause.
        """
        if clause not in self.former:
            raise KeyError(clause)
        said = {**self.reasons.get(clause, {}), lang: " ".join(text.split())}
        given = {each: words for each, words in said.items() if words}
        others = {path: reason for path, reason in self.reasons.items() if path != clause}
        return replace(self, reasons={**others, clause: given} if given else others)

    def reason_of(self, clause: str) -> Text | None:
        """Give the reason of its own a clause has, in the words of the other language where one has none."""
        said = self.reasons.get(clause)
        if not said:
            return None
        first = next(iter(said.values()))
        return Text(**{each: said.get(each, first) for each in LANGUAGES})

    def value(self, clause: str, value_path: str) -> Any:
        """Tell what stands in a place now."""
        return self.values.get((clause, value_path), self.former[clause][value_path])

    @property
    def is_unchanged(self) -> bool:
        """Whether it still is the set it began as."""
        return not self.values and not self.removed

    @cached_property
    def changed(self) -> tuple[str, ...]:
        """Paths of the clauses that are changed or struck out, in the order of the base."""
        touched = {clause for clause, _ in self.values} | self.removed
        return tuple(clause for clause in self.former if clause in touched)

    @cached_property
    def criteria(self) -> CriteriaSet:
        """The rules as the draft has them: those of the base as long as nothing is changed.

        Raises
        ------
        InputError
            With everything that keeps the draft from being a set of rules.
        """
        if self.is_unchanged:
            return self.base
        return stack_over(self.base, self.overlay(), DRAFT_ID, FILE_SHOWN)

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """What keeps the draft from being a set of rules, each with the clause and the value it lies in; nothing where it is one."""
        try:
            _ = self.criteria
        except InputError as problem:
            return faults_of(self, problem.findings)
        return ()

    @cached_property
    def sound(self) -> Draft:
        """The draft without the clauses that keep it from being a set of rules; itself where it is one."""
        if not self.faults:
            return self
        at_fault = {fault.clause for fault in self.faults} & set(self.changed)
        if not at_fault:
            return Draft(self.base, former=self.former)
        values = {key: value for key, value in self.values.items() if key[0] not in at_fault}
        return replace(self, values=values, removed=self.removed - at_fault).sound

    def forget(self) -> None:
        """Let go of the rules that were put together; they are a hundred times as large as the draft, and come again when asked for."""
        for held in ("criteria", "faults", "sound"):
            vars(self).pop(held, None)

    def overlay(self, overlay_id: str = DRAFT_ID, *, title: Text | None = None, why: Text | None = None, on: datetime.date | None = None) -> str:
        """Write the draft as an overlay: only what it changes, each with its reason, in YAML; from when it would apply, nobody has said yet.

        Where the base has overlays of its own and the draft changes what one of them says, it declares that it prevails, as any later overlay must.

        Parameters
        ----------
        overlay_id
            Its id, which is the name of its file.
        title
            What it is called; by default, that it has no title yet.
        why
            The reason, given for each change that has none of its own, and the assumption each new value rests on; by default, that it is being tried.
        on
            The day it was checked; by default, the day the base was.
        """
        reason = why or in_both("draft.why")
        called = title or in_both("draft.untitled")
        sections = self._sections(reason)
        instruments = cited_instruments(sections)
        header = {
            "id": overlay_id,
            "extends": self.base.stack[-1],
            "title": called.model_dump(),
            "status": "draft",
            "drafting_state": "drafting",
            "checked_on": on or self.base.checked_on,
            **({"instruments": instruments} if instruments else {}),
            **({"supersedes": prevails} if (prevails := Stack.of(self.base).supersessions(sections)) else {}),
        }
        return write_data({**header, **sections})

    @property
    def told(self) -> tuple[str, ...]:
        """Paths of the clauses an overlay speaks of: of those that are changed, not what goes with what held it."""
        return tuple(clause for clause in self.changed if not any(clause.startswith(f"{above}.") for above in self.removed))

    @property
    def is_reasoned(self) -> bool:
        """Whether each change has a reason of its own."""
        return self.reasons.keys() >= set(self.told)

    def _sections(self, why: Text) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for clause in self.told:
            reason = self.reason_of(clause) or why
            content = {"remove": True} if clause in self.removed else self._new_values(clause, reason)
            holder_of(found, clause).update({"why": reason.model_dump(), **content})
        return {section: found[section] for section in SECTIONS if section in found}

    def _new_values(self, clause: str, why: Text) -> dict[str, Any]:
        """Give what of a clause is new, whole from its first key on; a new number rests on the reason given for it, and the title says it."""
        former = self.former[clause]
        own = {path: value for (of, path), value in self.values.items() if of == clause}
        titles = {name: retitled(former[name], lang, former, own) for lang in LANGUAGES if (name := f"title.{lang}") in former}
        now = data_of({**former, **titles, **own})
        before = data_of(former)
        content = {key: value for key, value in now.items() if before.get(key) != value}
        if content.keys() - {"title"} and not is_award(clause) and not own.keys() & set(GROUNDS[2:]):
            content["assumption"] = why.model_dump()
        return content
