"""Lay overlays over a base: what each changes, and where every leaf now comes from.

Merging is done on the data as read, before it is validated: so a patch may name one field only, and a mistake in it is reported at its own line. Two
overlays conflict when they give one field of one clause different values; the grounds of a change (why, source, assumption) never conflict.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, Self

from simulator.errors import InputError
from simulator.rules.codes import make_finding
from simulator.rules.conflicts import KEPT, REMOVED, Ledger, Touch
from simulator.rules.criteria import WHOLE, Change
from simulator.rules.grounds import GROUND_FIELDS
from simulator.rules.paths import nearest
from simulator.rules.schema import FLAT_SECTIONS, SECTIONS
from simulator.rules.values import Text
from simulator.rules.writing import plain_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.paths import KeyPath
    from simulator.rules.reading import Document
    from simulator.rules.schema import Header

HOLDING = frozenset({"clauses", "parts"})
"""Keys under which an award or a section holds what is a clause of its own."""


class Stack:
    """The data of a base with overlays laid over it, one after the other.

    Attributes
    ----------
    ids
        Ids of the sets stacked so far.
    data
        The merged sections, not yet validated.
    provenance
        File and line of every path; the headers stand under their position in the stack.
    changes, idle
        What the overlays changed, and what they gave the value it already had.
    ledger
        What each overlay gave, with the conflicts.
    former_sources, former_clauses
        The instrument a clause cited before an overlay changed it, and all it said, by overlay and clause.
    """

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.data: dict[str, Any] = {}
        self.provenance: dict[KeyPath, tuple[str, int]] = {}
        self.changes: list[Change] = []
        self.idle: list[Change] = []
        self.ledger = Ledger()
        self.former_sources: dict[tuple[str, str], str] = {}
        self.former_clauses: dict[tuple[str, str], Mapping[str, Any]] = {}

    @classmethod
    def on(cls, base_id: str, document: Document) -> Self:
        """Begin a stack with the file of a full set."""
        stack = cls()
        stack.data = {section: deepcopy(document.data.get(section, {})) for section in SECTIONS}
        stack.provenance = {path: (document.file, line) for path, line in document.lines.items() if path and path[0] in SECTIONS}
        stack._stack(base_id, document)
        return stack

    @classmethod
    def of(cls, criteria: CriteriaSet) -> Self:
        """Give the stack a set was put together from, so that another overlay can be laid over it."""
        stack = cls()
        stack.ids = list(criteria.stack)
        data = plain_data(criteria.rules)
        stack.data = {section: data.get(section, {}) for section in SECTIONS}
        stack.provenance = dict(criteria.provenance)
        stack.changes, stack.idle = list(criteria.changes), list(criteria.idle)
        stack.former_sources, stack.former_clauses = dict(criteria.former_sources), dict(criteria.former_clauses)
        stack.ledger.remember((*criteria.changes, *criteria.idle))
        return stack

    def supersessions(self, sections: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Give what an overlay has to declare to prevail over what is stacked already: each earlier overlay it contradicts on a clause, with its own reason.

        Parameters
        ----------
        sections
            The sections of the overlay.
        """
        return [
            {"set": earlier, "clause": touch.name, "why": touch.content.get("why")}
            for touch in _iter_touches(sections)
            for earlier in self.ledger.overruled(touch.name, _given_by(touch, _get(self.data, touch.path)))
        ]

    def lay(self, overlay: Header, document: Document) -> None:
        """Lay one overlay over what is there; problems are gathered, so that all of them can be told at once."""
        self.ledger.check_supersedes(overlay, document, self.ids)
        for touch in _iter_touches(document.data):
            holder = touch.path[:-1] if touch.path[0] == "awards" else touch.path[:-2]
            is_of_unknown_holder = touch.is_clause and _get(self.data, holder) is None
            if not is_of_unknown_holder:  # the award or the section itself has been reported
                self._lay_one(overlay, document, touch)
        self._stack(overlay.id, document)

    def raise_problems(self) -> None:
        """Refuse the stack when laying it found anything."""
        if self.ledger.findings:
            raise InputError(sorted(self.ledger.findings, key=lambda finding: (finding.file, finding.line)))

    def locate(self, path: KeyPath) -> tuple[str, int]:
        """Tell file and line of a path in the merged data, or of the nearest thing around it."""
        return nearest(self.provenance, path) or self.provenance[0,]

    def _stack(self, set_id: str, document: Document) -> None:
        """Count a file as stacked, and keep the places of its header."""
        for path, line in document.lines.items():
            if not path or path[0] not in SECTIONS:
                self.provenance[len(self.ids), *path] = (document.file, line)
        self.ids.append(set_id)

    def _lay_one(self, overlay: Header, document: Document, touch: Touch) -> None:
        before = _get(self.data, touch.path)
        code = _problem_of(touch, before)
        if code is not None:
            line = document.line_of(*touch.path)
            self.ledger.findings.append(make_finding(code, document.file, line, clause=touch.name, base="+".join(self.ids)))
            return
        if not touch.content and touch.path[0] == "points":
            return  # a section that only leads to its parts
        why = Text.read(touch.content.get("why"))
        former = _get(before, ("source", "instrument"))
        if isinstance(former, str):
            self.former_sources[overlay.id, touch.name] = former
        if touch.is_clause and before is not None:
            self.former_clauses[overlay.id, touch.name] = {field: value for field, value in before.items() if field not in HOLDING}
        given = _given_by(touch, before)
        self.ledger.record(overlay, document, touch, given)
        if "remove" in touch.content:
            self.changes.append(Change(overlay.id, touch.name, WHOLE, before, None, why))
            del _get(self.data, touch.path[:-1])[touch.path[-1]]
            self.provenance[touch.path] = document.location_of(touch.path)  # what is gone is spoken of where it was taken away
            return
        if before is None:
            self.changes.append(Change(overlay.id, touch.name, WHOLE, None, dict(touch.content), why))
        else:
            for field, value in ((field, value) for field, value in given.items() if field != WHOLE):
                is_same = before.get(field) == value
                (self.idle if is_same else self.changes).append(Change(overlay.id, touch.name, field, before.get(field), value, why))
        is_whole = _is_whole(touch, before)
        self._write(document, touch, {field: value for field, value in (before or {}).items() if not is_whole or field in HOLDING})

    def _write(self, document: Document, touch: Touch, kept: Mapping[str, Any]) -> None:
        """Write what the overlay says over what is kept, with the places of the new leaves."""
        clauses: dict[str, Any] = {} if touch.is_clause or "clauses" in kept else {"clauses": {}}
        _holder(self.data, touch.path)[touch.path[-1]] = {**clauses, **kept, **deepcopy(dict(touch.content))}
        length = len(touch.path)
        staying = HOLDING | (kept.keys() - touch.content)

        def is_replaced(path: KeyPath) -> bool:
            return len(path) > length and path[length] not in staying

        for path in [path for path in self.provenance if path[:length] == touch.path and is_replaced(path)]:
            del self.provenance[path]
        self.provenance[touch.path] = document.location_of(touch.path)
        self.provenance |= {path: (document.file, line) for path, line in document.lines.items() if path[:length] == touch.path and is_replaced(path)}


def _is_whole(touch: Touch, before: Mapping[str, Any] | None) -> bool:
    """Tell whether an overlay writes a clause anew rather than some fields of it."""
    return before is None or (touch.is_clause and "kind" in touch.content)


def _given_by(touch: Touch, before: Mapping[str, Any] | None) -> dict[str, Any]:
    """Give what an overlay rules in one place, field by field; what it leaves out of a clause written anew, it takes away."""
    if "remove" in touch.content:
        return {WHOLE: REMOVED}
    is_whole = _is_whole(touch, before)
    dropped = dict.fromkeys(field for field in before or () if is_whole and field not in touch.content and field not in HOLDING)
    return {WHOLE: KEPT} | {field: value for field, value in {**touch.content, **dropped}.items() if field not in GROUND_FIELDS}


def _iter_touches(data: Mapping[str, Any]) -> Iterator[Touch]:
    """Go through what an overlay touches: clauses of the sections, and each award's head before its clauses."""
    for section in FLAT_SECTIONS:
        for clause_id, clause in data.get(section, {}).items():
            yield Touch(f"{section}.{clause_id}", (section, clause_id), clause, is_clause=True)
    yield from _iter_parts(data.get("points", {}), "points", ("points",))
    for award_id, award in data.get("awards", {}).items():
        is_removed = "remove" in award
        head = {field: value for field, value in award.items() if field != "clauses" or is_removed}
        yield Touch(award_id, ("awards", award_id), head, is_clause=False)
        for clause_id, clause in ({} if is_removed else award.get("clauses", {})).items():
            yield Touch(f"{award_id}.{clause_id}", ("awards", award_id, "clauses", clause_id), clause, is_clause=True)


def _iter_parts(parts: Mapping[str, Any], name: str, path: KeyPath) -> Iterator[Touch]:
    """Go through sections and criteria, each section before what it holds; one that only leads to others is not touched itself."""
    for part_id, part in parts.items():
        inner = (*path, part_id)
        own = {field: value for field, value in part.items() if field != "parts"}
        yield Touch(f"{name}.{part_id}", inner, own, is_clause=bool(own) or "parts" not in part)
        yield from _iter_parts(part.get("parts", {}), f"{name}.{part_id}", (*inner, "parts"))


def _problem_of(touch: Touch, before: Mapping[str, Any] | None) -> str | None:
    if not touch.is_clause and "remove" not in touch.content:
        return "OV201" if before is None and not touch.content else None
    if Text.read(touch.content.get("why")) is None:
        return "OV202"
    if "remove" in touch.content and (touch.content["remove"] is not True or len(touch.content) > len(("remove", "why"))):
        return "OV203"
    return "OV201" if before is None and ("kind" not in touch.content or "remove" in touch.content) else None


def _holder(data: Any, path: KeyPath) -> Any:
    """Give the mapping a new clause is written into; a section that had no parts gets its first here."""
    for step in path[:-1]:
        data = data.setdefault(step, {})
    return data


def _get(data: Any, path: KeyPath) -> Any:
    for step in path:
        data = data.get(step) if isinstance(data, dict) else None
    return data
