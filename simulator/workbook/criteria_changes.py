"""From an edited workbook to an overlay: what was changed against the base, and nothing else."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from simulator.presentation.i18n import describe
from simulator.rules.diagnosis import describe_validation
from simulator.rules.schema import SECTIONS, Rules
from simulator.workbook.criteria_layout import REASONS, data_of, holder_of, is_award, values_of_set
from simulator.workbook.criteria_reading import Cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.presentation.numbers import Lang
    from simulator.rules.criteria import CriteriaSet
    from simulator.workbook.criteria_reading import Edited

_HOLDERS = frozenset({"parts", "clauses"})
_SECTION_KINDS = frozenset({"section", "bonus", "penalty"})


class Changes:
    """What an edited workbook changes in its base.

    Attributes
    ----------
    base, edited
        The set the workbook was made from, and what it says now.
    before, after
        The values of every clause on both sides.
    """

    def __init__(self, base: CriteriaSet, edited: Edited) -> None:
        self.base, self.edited = base, edited
        self.before = values_of_set(base)
        self.after: dict[str, dict[str, Any]] = {}
        for clause, values in edited.clauses.items():
            if clause not in edited.removed and not any(clause.startswith(f"{above}.") for above in edited.removed):
                former = self.before.get(clause, {})
                self.after[clause] = {field: _alike_or_new(read.value, former.get(field)) for field, read in values.items()}
        for clause, field in edited.unread:
            self._take_former(clause, field)

    @property
    def changed(self) -> list[str]:
        """The clauses that are not the same, those of the base first."""
        paths = dict.fromkeys((*self.before, *self.after))
        return [path for path in paths if self.before.get(path) != self.after.get(path)]

    def _take_former(self, clause: str, field: str) -> None:
        """Put what stood there before where a cell cannot be read, so that what else is wrong can be told as well."""
        former = self.before.get(clause, {})
        if field == "kind":
            self.after.pop(clause, None)
            if former:
                self.after[clause] = dict(former)
        elif field in former and clause in self.after:
            self.after[clause][field] = former[field]

    def overlay(self) -> dict[str, Any]:
        """Give the sections of an overlay that makes the base read as the workbook does, and report what keeps it from being one."""
        sections: dict[str, Any] = {}
        gone: list[str] = []
        for path in self.changed:
            content = self._change(path, gone)
            if content is not None:
                holder_of(sections, path).update(content)
        for path in dict.fromkeys(clause for clause, _field in self.edited.unread if clause in self.after and clause not in self.changed):
            self._why(path)
        return {section: sections[section] for section in SECTIONS if section in sections}

    def check(self, lang: Lang) -> None:
        """Validate the whole as it reads now, and name the cell of whatever cannot stand.

        Parameters
        ----------
        lang
            Language of the sentences inside the findings.
        """
        data: dict[str, Any] = {}
        cannot_be_judged = {clause for clause, field in self.edited.unread if field not in self.before.get(clause, {})}
        for path, values in self.after.items():
            if path in cannot_be_judged:
                continue
            holder = holder_of(data, path)
            holder.update({**data_of(values), **{key: held for key, held in holder.items() if key in _HOLDERS}})
            if is_award(path):
                holder.setdefault("clauses", {})
        try:
            Rules.model_validate(data)
        except ValidationError as problem:
            cells: dict[int, Cell] = {}

            def locate(path: tuple[str | int, ...]) -> tuple[str, int]:
                cell = self._cell_at(path)
                cells[len(cells) + 1] = cell
                return self.edited.file, len(cells)

            for finding in describe_validation(problem, Rules, data, locate):
                self.edited.report("WB565", cells[finding.line], problem=describe(finding, lang))

    def _change(self, path: str, gone: list[str]) -> dict[str, Any] | None:
        before, after = self.before.get(path), self.after.get(path)
        if after is None:
            return self._removal(path, gone)
        if before is not None and self._loses_its_parts(path, after):
            self.edited.report("WB568", self.edited.clauses[path]["kind"].cell, clause=path)
            return None
        content, old = data_of(after), {} if before is None else data_of(before)
        named = {key: value for key, value in content.items() if old.get(key) != value}
        if is_award(path):
            return {"why": self._why(path), **named}
        is_whole = before is None or old.get("kind") != content.get("kind") or old.keys() - content.keys()
        return {"why": self._why(path), **(content if is_whole else named)}

    def _removal(self, path: str, gone: list[str]) -> dict[str, Any] | None:
        """Take a clause or an award away, unless what held it is gone already."""
        if any(path.startswith(f"{above}.") for above in gone):
            return None
        gone.append(path)
        return {"why": self._why(path), "remove": True}

    def _loses_its_parts(self, path: str, after: Mapping[str, Any]) -> bool:
        """Tell whether a section that holds parts in the base has become something that holds none."""
        return path.startswith("points.") and after["kind"] not in _SECTION_KINDS and any(each.startswith(f"{path}.") for each in self.before)

    def _why(self, path: str) -> dict[str, str]:
        """Give the reason of a clause, or the general one."""
        own = self.edited.reasons.get(path, {})
        for kind, prefix, given in (("own", "", own), ("general", "overlay.", self.edited.info)):
            found = {name: read for name in REASONS if (read := given.get(prefix + name)) is not None and read.value is not None}
            if len(found) == len(REASONS):
                return {name.partition(".")[2]: str(read.value) for name, read in found.items()}
            if kind == "own" and found:
                break
        self.edited.report("WB560", self._reason_cell(path), clause=path)
        return {}

    def _reason_cell(self, path: str) -> Cell:
        for given in (self.edited.reasons.get(path, {}), self.edited.clauses.get(path, {})):
            if given:
                return next(iter(given.values())).cell
        general = self.edited.info.get("overlay.why.vi")
        return general.cell if general else Cell("", 1)

    def _cell_at(self, path: tuple[str | int, ...]) -> Cell:
        """Find the cell of a place in the data, or of the nearest thing around it."""
        steps = [str(step) for step in path]
        if steps[:1] == ["awards"]:
            steps = steps[1:]
        steps = [step for step in steps if step not in _HOLDERS]
        best = Cell("A1", 1)
        length = 0
        for clause, values in self.edited.clauses.items():
            own = clause.split(".")
            if steps[: len(own)] != own or len(own) < length:
                continue
            rest = steps[len(own) :]
            for field, read in values.items():
                depth = len(own) + _alike(field.split("."), rest)
                if depth > length or (depth == length and field == "kind"):
                    best, length = read.cell, depth
        return best


def _alike_or_new(value: Any, former: Any) -> Any:
    """Keep what stood there where a text only spells its marks in another way; a new text is composed (NFC)."""
    if not isinstance(value, str):
        return value
    composed = unicodedata.normalize("NFC", value)
    return former if isinstance(former, str) and unicodedata.normalize("NFC", former) == composed else composed


def _alike(field: list[str], steps: list[str]) -> int:
    """Count the first steps two ways have in common."""
    return next((count for count, (one, other) in enumerate(zip(field, steps, strict=False)) if one != other), min(len(field), len(steps)))


def cited_instruments(sections: Mapping[str, Any]) -> list[str]:
    """List the instruments that sources inside the sections cite, in order."""
    found: list[str] = []

    def visit(value: Any) -> None:
        if isinstance(value, dict):
            source = value.get("source")
            if isinstance(source, dict) and isinstance(source.get("instrument"), str):
                found.append(source["instrument"])
            for held in value.values():
                visit(held)

    visit(sections)
    return list(dict.fromkeys(found))
