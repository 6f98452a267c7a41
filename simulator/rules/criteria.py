"""A criteria set as the rest of the house uses it: one set, or a stack of overlays laid over one, with the place of every leaf."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.rules.paths import nearest
from simulator.rules.points import Section, iter_parts
from simulator.rules.schema import FLAT_SECTIONS, Award
from simulator.rules.values import Text

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Mapping

    from simulator.rules.clauses import Clause
    from simulator.rules.paths import KeyPath
    from simulator.rules.points import Class, Part, Veto
    from simulator.rules.schema import DraftingState, Header, Rules, Status, Validity
    from simulator.rules.values import Language


_WEAKER: tuple[Status, ...] = ("repealed", "illustrative", "draft")
WHOLE = "*"
"""Stands for a whole clause, where otherwise one of its fields is named."""


class Change(NamedTuple):
    """What one overlay did to one field of one clause.

    Attributes
    ----------
    set
        Id of the overlay.
    clause
        Path of the clause, without the set.
    field
        The field, or ``*`` for a whole clause added or removed.
    before, after
        What stood there and what stands there now; None for nothing.
    why
        The overlay's reason; the head of an award may have none.
    """

    set: str
    clause: str
    field: str
    before: Any
    after: Any
    why: Text | None


class Resolution(NamedTuple):
    """A conflict between two overlays, and the overlay that says it prevails."""

    clause: str
    field: str
    superseded_set: str
    superseded_value: Any
    prevailing_set: str
    prevailing_value: Any
    why: Text | None


@dataclass(frozen=True)
class CriteriaSet:
    """The rules that apply, and where every word of them stands.

    Attributes
    ----------
    id
        The id of the set, or the expression of the stack.
    headers
        One header for each file, the base first.
    rules
        Principles, procedure and awards after every overlay.
    files
        The files read, in the order of the stack.
    provenance
        File and line of every key of the merged rules, and of each header under its position in the stack.
    changes
        What each overlay changed, in order.
    idle
        What an overlay gave the value it already had.
    resolutions
        Conflicts between overlays that one of them settled.
    former_sources, former_clauses
        The instrument a clause cited before an overlay changed it, and all it said, by overlay and clause.
    """

    id: str
    headers: tuple[Header, ...]
    rules: Rules
    files: tuple[str, ...]
    provenance: Mapping[KeyPath, tuple[str, int]] = field(repr=False)
    changes: tuple[Change, ...] = ()
    idle: tuple[Change, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    former_sources: Mapping[tuple[str, str], str] = field(default_factory=dict, repr=False)
    former_clauses: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict, repr=False)

    def __hash__(self) -> int:
        return hash((self.id, self.content_hash))

    @property
    def stack(self) -> tuple[str, ...]:
        """Ids of the sets stacked, the base first."""
        return tuple(header.id for header in self.headers)

    @property
    def title(self) -> Text:
        """The title; for a stack, the titles joined."""
        titles = [header.title for header in self.headers]
        return Text(vi=" + ".join(title.vi for title in titles), en=" + ".join(title.en for title in titles))

    @property
    def note(self) -> Text | None:
        """The notes of every file, one after the other."""
        notes = [header.note for header in self.headers if header.note is not None]
        return Text(vi="\n".join(note.vi for note in notes), en="\n".join(note.en for note in notes)) if notes else None

    @property
    def status(self) -> Status:
        """The status of the last file of the stack; one in force cannot make rules below it be in force that are not."""
        found = {header.status for header in self.headers}
        above = self.headers[-1].status
        return next((status for status in _WEAKER if status in found), above) if above == "in-force" else above

    @property
    def drafting_state(self) -> DraftingState:
        """How far the last file of the stack has come on its way to being issued."""
        return self.headers[-1].drafting_state

    @property
    def extends(self) -> str | None:
        """What the last file of the stack is laid over."""
        return self.headers[-1].extends

    @property
    def valid_from(self) -> datetime.date | None:
        """First day on which every file of the stack applies; None where one is a draft that does not say from when it would."""
        periods = self._periods
        return None if periods is None else max(period.start for period in periods)

    @property
    def valid_until(self) -> datetime.date | None:
        """Last day on which every file of the stack applies; None while none has ended, and where one is a draft that does not say when it would apply."""
        return min((period.end for period in self._periods or () if period.end is not None), default=None)

    @property
    def _periods(self) -> tuple[Validity, ...] | None:
        """When each file applies; None where one does not say, for then nobody knows when all of them do."""
        known = tuple(header.valid for header in self.headers if header.valid is not None)
        return known if len(known) == len(self.headers) else None

    @property
    def checked_on(self) -> datetime.date:
        """The day the file looked at longest ago was last checked."""
        return min(header.checked_on for header in self.headers)

    @property
    def instruments(self) -> tuple[str, ...]:
        """Ids of every instrument cited, in order of first mention."""
        return tuple(dict.fromkeys(instrument for header in self.headers for instrument in header.instruments))

    @property
    def principles(self) -> Mapping[str, Clause]:
        """Rules of conduct, by clause id."""
        return self.rules.principles

    @property
    def procedure(self) -> Mapping[str, Clause]:
        """Weights, appraisal and rating caps, by clause id."""
        return self.rules.procedure

    @property
    def points(self) -> Mapping[str, Part]:
        """Sections and criteria of the scoring table, by id; empty for a set without one."""
        return self.rules.points

    @property
    def classes(self) -> Mapping[str, Class]:
        """Classes of the scoring table, best first."""
        return self.rules.classes

    @property
    def vetoes(self) -> Mapping[str, Veto]:
        """Vetoes, by clause id."""
        return self.rules.vetoes

    @property
    def awards(self) -> Mapping[str, Award]:
        """Awards, by id."""
        return self.rules.awards

    @cached_property
    def content_hash(self) -> str:
        """Fingerprint of every word and number of the merged content; any rewording or reordering changes it."""
        content = {
            "headers": [header.model_dump(mode="json") for header in self.headers],
            "rules": self.rules.model_dump(mode="json"),
        }
        canonical = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    @cached_property
    def amended(self) -> frozenset[str]:
        """Paths of the clauses an overlay has changed and left under the citation of the rule it changed: what is cited there does not say what they say."""
        latest = {change.clause: self.stack.index(change.set) for change in self.changes if (change.field, change.before) != (WHOLE, None)}
        clauses = dict(self.iter_clauses())
        return frozenset(
            path
            for path, position in latest.items()
            if (clause := clauses.get(path)) is not None
            and clause.source is not None
            and self.location(f"{path}.source")[0] not in self.files[position:]
        )

    def iter_clauses(self) -> Iterator[tuple[str, Clause]]:
        """Go through every clause with its path, such as ``chien-si-thi-dua-co-so.initiative``, ``procedure.rating-cap`` or ``points.results.budget``."""
        for section in FLAT_SECTIONS:
            clauses: Mapping[str, Clause] = getattr(self.rules, section)
            for clause_id, clause in clauses.items():
                yield f"{section}.{clause_id}", clause
        for path, part in iter_parts(self.points):
            yield f"points.{path}", part
        for award_id, award in self.awards.items():
            for clause_id, clause in award.clauses.items():
                yield f"{award_id}.{clause_id}", clause

    def titles_in(self, lang: Language) -> dict[str, str]:
        """Give what every award and clause is called, by id and by path."""
        return {path: each.title.in_language(lang) for path, each in (*self.awards.items(), *self.iter_clauses())}

    def clause(self, path: str) -> Clause:
        """Give one clause by its path, with or without ``<set>#`` before it."""
        inner = path.rpartition("#")[2]
        for clause_path, clause in self.iter_clauses():
            if clause_path == inner:
                return clause
        raise KeyError(path)

    def location(self, path: str) -> tuple[str, int]:
        """Tell file and line of an award, a clause or a field of it (``procedure.rating-cap.share``), or of the nearest thing around it."""
        first, *others = path.rpartition("#")[2].split(".")
        steps = [int(step) if step.isdigit() else step for step in others]
        award = self.awards.get(first)
        if first == "points":
            return self.locate(("points", *self._steps_of_part(steps)))
        if award is None:
            return self.locate((first, *steps))
        is_clause = bool(others) and (others[0] in award.clauses or others[0] not in Award.model_fields)
        return self.locate(("awards", first, "clauses", *steps) if is_clause else ("awards", first, *steps))

    def _steps_of_part(self, steps: list[str | int]) -> Iterator[str | int]:
        """Give the way in the data to a section, a criterion or a field of it: ``results.budget.bands`` passes through ``parts``."""
        here: Mapping[str, Part] = self.points
        for position, step in enumerate(steps):
            part = here.get(str(step))
            if part is None:
                yield from steps[position:]
                return
            if position:
                yield "parts"
            yield step
            here = part.parts if isinstance(part, Section) else {}

    def header_location(self, position: int, *path: str | int) -> tuple[str, int]:
        """Tell file and line of a key in the header of one file of the stack."""
        return self.locate((position, *path))

    def locate(self, path: KeyPath) -> tuple[str, int]:
        """Tell file and line of a path in the merged data, or of the nearest thing around it."""
        return nearest(self.provenance, path) or (self.files[0], 1)
