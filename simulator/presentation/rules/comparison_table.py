"""The comparison table (bảng so sánh) of two sets: current rule, draft, explanation and source of every clause that is not the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.presentation.i18n import catalogue, translate
from simulator.presentation.numbers import Lang, format_exact
from simulator.presentation.rules.citing import NO_REGISTER, cite, cite_with_confidence, instrument_words
from simulator.presentation.rules.clause_pairing import LegalRow, legal_rows
from simulator.presentation.rules.clause_words import clause_text, law_text, say_assumption
from simulator.presentation.rules.compared_sets import caption, describe_sets, side_of
from simulator.presentation.rules.condition_words import NO_NAMES, condition_text, names_of
from simulator.presentation.rules.marked_text import Segment, mark_changes, plain_text, show_marked
from simulator.presentation.rules.printed_text import printed
from simulator.presentation.table_layout import Group, Row, Table
from simulator.rules.conditions import read_condition
from simulator.rules.criteria import WHOLE
from simulator.rules.schema import FLAT_SECTIONS
from simulator.rules.values import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulator.presentation.rules.marked_text import MarkedText
    from simulator.rules.citation import InstrumentRegister, Source
    from simulator.rules.clauses import Clause
    from simulator.rules.criteria import Resolution
    from simulator.rules.diffing import Difference, DifferenceRow, Holder

COLUMNS = ("number", "current", "draft", "explanation", "source")
_SECTIONS = frozenset({*FLAT_SECTIONS, "points"})


@dataclass(frozen=True)
class ComparisonRow:
    """One clause of the table, in words.

    Attributes
    ----------
    clause, change
        Path of the clause, and what happens to it.
    group
        What it belongs to: a part of the set, or an award.
    current, draft
        The clause on either side, with what differs marked; nothing where a side has none.
    explanation, source
        The reasons, and what each side rests on.
    fields
        Each value that differs, as data.
    joined
        Paths of the further clauses that stand on this row, because together they are one rule written anew.
    """

    clause: str
    change: str
    group: str
    current: MarkedText
    draft: MarkedText
    explanation: str
    source: str
    fields: tuple[tuple[str, Any, Any], ...]
    joined: tuple[str, ...] = ()


@dataclass(frozen=True)
class ComparisonTable:
    """The whole table; text, Markdown, JSON and Word are readers of it."""

    lang: Lang
    a: str
    b: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[ComparisonRow, ...]
    notes: tuple[str, ...]

    def to_table(self, show: Callable[[MarkedText], str] = show_marked) -> Table:
        """Return the table with its marks in square brackets, or as ``show`` writes them."""
        groups: dict[str, list[Row]] = {}
        for number, row in enumerate(self.rows, 1):
            cells = (self.side(row, row.current, show), self.side(row, row.draft, show), row.explanation, row.source)
            groups.setdefault(row.group, []).append(Row(str(number), cells))
        kept = tuple(Group(title, tuple(rows)) for title, rows in groups.items())
        marks = (translate("comparison.note.marks", self.lang),) if self.rows else ()
        return Table("comparison-of-rules", self.lang, self.caption, self.columns, kept, (*self.notes, *marks))

    def side(self, row: ComparisonRow, text: MarkedText, show: Callable[[MarkedText], str] = show_marked) -> str:
        """Write one side of a row; a side without the clause says so, and what is wholly new needs no marks."""
        if not text:
            return translate("comparison.absent" if row.change == "added" else "comparison.removed", self.lang)
        return show(text) if row.change == "changed" else plain_text(text)

    def to_text(self, width: int = 110) -> str:
        """Return the table as aligned text for a terminal."""
        return self.to_table().to_text(width)

    def to_markdown(self) -> str:
        """Return the table as a Markdown table, what differs in bold."""
        table = self.to_table(lambda text: show_marked(tuple(Segment(_escape(each.text), each.is_changed) for each in text), "**", "**"))
        lines = [f"## {_escape(self.caption)}", "", _line(self.columns), _line(["---"] * len(self.columns))]
        for group in table.groups:
            lines.append(_line([f"**{_escape(group.title)}**", *[""] * (len(self.columns) - 1)]))
            lines += [_line([row.header, *row.cells[:2], *map(_escape, row.cells[2:])]) for row in group.rows]
        return "\n".join([*lines, "", *(f"- {_escape(note)}" for note in self.notes)]) + "\n"

    def to_json(self) -> dict[str, Any]:
        """Return the table as plain data; a side without the clause is null."""
        rows = [
            {
                "clause": row.clause,
                "change": row.change,
                "current": plain_text(row.current) or None,
                "draft": plain_text(row.draft) or None,
                "explanation": row.explanation,
                "source": row.source,
                "fields": [{"field": field, "before": _plain(before), "after": _plain(after)} for field, before, after in row.fields],
            }
            for row in self.rows
        ]
        return {"a": self.a, "b": self.b, "rows": rows, "notes": list(self.notes)}


def comparison_table(
    difference: Difference, lang: Lang = "vi", register: InstrumentRegister = NO_REGISTER, assumptions: Mapping[str, str] = NO_NAMES
) -> ComparisonTable:
    """Put a difference into words.

    Parameters
    ----------
    difference
        What :func:`simulator.rules.diffing.diff` found.
    lang
        The language.
    register
        The instruments, so that sources are cited by kind and number.
    assumptions
        What the assumed numbers are called (:func:`simulator.presentation.rules.assumption_words.assumption_names`).
    """
    before, after = difference.before, difference.after
    writer = _Writer(difference, lang, register, assumptions)
    notes = describe_sets(before, after, lang)
    rows = tuple(writer.row(row) for row in legal_rows(difference.rows))
    if not rows:
        notes.append(translate("comparison.note.same", lang))
    notes += [writer.resolution(settled) for settled in difference.resolutions]
    return ComparisonTable(
        lang=lang,
        a=before.id,
        b=after.id,
        caption=caption(before, after, lang),
        columns=tuple(translate(f"comparison.column.{side_of(before) if column == 'current' else column}", lang) for column in COLUMNS),
        rows=rows,
        notes=tuple(notes),
    )


class _Writer:
    """Writes rows, knowing the names of both sides."""

    def __init__(self, difference: Difference, lang: Lang, register: InstrumentRegister, assumptions: Mapping[str, str]) -> None:
        self.difference = difference
        self.lang = lang
        self.register = register
        before, after = names_of(difference.before, lang), names_of(difference.after, lang)
        titles = {header.id: header.title.in_language(lang) for header in (*difference.after.headers, *difference.before.headers)}
        known = {**titles, **assumptions, **instrument_words(register, lang)}
        self.names_before = {**known, **after, **before}
        self.names_after = {**known, **before, **after}

    def row(self, legal: LegalRow) -> ComparisonRow:
        row = legal.row
        current, draft = self._sides(row)
        is_same = row.change == "changed" and self._says(row.before, self.names_before) == self._says(row.after, self.names_after)
        return ComparisonRow(
            clause=row.clause,
            change=row.change,
            group=self._group(row.clause),
            current=current,
            draft=draft,
            explanation=self._explain(row, is_same=is_same),
            source=self._sources(row),
            fields=tuple((change.field, change.before, change.after) for change in row.fields),
            joined=legal.joined,
        )

    def resolution(self, settled: Resolution) -> str:
        """Say which of two overlays prevails on a clause, and why."""
        titles = {header.id: header.title.in_language(self.lang) for header in self.difference.after.headers}
        absent = translate("comparison.explanation.no-reason", self.lang)
        return translate(
            "comparison.explanation.resolution",
            self.lang,
            prevailing=titles.get(settled.prevailing_set, settled.prevailing_set),
            superseded=titles.get(settled.superseded_set, settled.superseded_set),
            field=self._settled_field(settled),
            superseded_value=self._value(settled.superseded_value, settled.field),
            prevailing_value=self._value(settled.prevailing_value, settled.field),
            why=settled.why.in_language(self.lang) if settled.why else absent,
        )

    def _settled_field(self, settled: Resolution) -> str:
        """Name what was settled: the clause by its title, and the value by its words."""
        holders = {path: clause for criteria in (self.difference.before, self.difference.after) for path, clause in criteria.iter_clauses()}
        holder = holders.get(settled.clause)
        title = holder.title.in_language(self.lang) if holder else self.names_after.get(settled.clause, settled.clause)
        words = catalogue(self.lang)
        field = words.get(f"field.{settled.field}", words.get(f"criteria.field.{settled.field}", settled.field))
        return title if settled.field == WHOLE else translate("comparison.explanation.field", self.lang, title=title, field=field)

    def _sides(self, row: DifferenceRow) -> tuple[MarkedText, MarkedText]:
        write = self._says if self._differs_only_in_figures(row) else self._law
        before, after = write(row.before, self.names_before), write(row.after, self.names_after)
        was_amended, is_amended = self._amended(row)
        cited = self._citation(row.source_before, is_amended=was_amended), self._citation(row.source_after, is_amended=is_amended)
        if before and after:
            # What changes is the rule; that another text gives it is marked only where nothing else changes.
            if before == after:
                return mark_changes(before + cited[0], after + cited[1])
            marked = mark_changes(before, after)
            first, second = ((*side, Segment(citation)) if citation else side for side, citation in zip(marked, cited, strict=True))
            return first, second
        # What is wholly new or wholly gone needs no marks: the other column and the explanation say so.
        current = before + cited[0] if before else "\n".join(map(self._say_restated, self._restated(row)))
        return (Segment(current),) if current else (), (Segment(after + cited[1]),) if after else ()

    def _say_restated(self, clause: Clause) -> str:
        return self._law(clause, self.names_before) + self._citation(clause.source, is_always=True)

    def _amended(self, row: DifferenceRow) -> tuple[bool, bool]:
        """Tell of each side whether the clause reads otherwise than what it cites."""
        return row.clause in self.difference.before.amended, row.clause in self.difference.after.amended

    def _restated(self, row: DifferenceRow) -> list[Clause]:
        """Give the clauses in force that a new clause only stresses again."""
        held = {} if row.before is not None else dict(self.difference.before.iter_clauses())
        return [held[path] for path in getattr(row.after, "restates", ()) if path in held]

    def _differs_only_in_figures(self, row: DifferenceRow) -> bool:
        """Tell whether the words of the law are the same on both sides, so that what is assumed has to be shown."""
        return row.change == "changed" and self._law(row.before, self.names_before) == self._law(row.after, self.names_after)

    def _law(self, holder: Holder | None, names: Mapping[str, str]) -> str:
        return "" if holder is None else law_text(holder, self.lang, names)

    def _says(self, holder: Holder | None, names: Mapping[str, str]) -> str:
        return "" if holder is None else clause_text(holder, self.lang, names)

    def _citation(self, source: Source | None, *, is_always: bool = False, is_amended: bool = False) -> str:
        """Give what stands in brackets below a clause; a text without a provision is named only where the reader has to be told which one it is."""
        if source is None or (source.provision is None and not is_always):
            return ""
        return translate("comparison.cited", self.lang, text="", citation=cite(source, self.lang, self.register, is_amended=is_amended))

    def _group(self, path: str) -> str:
        first = path.partition(".")[0]
        if first in _SECTIONS:
            return translate(f"comparison.group.{first}", self.lang)
        return self.names_after.get(first) or self.names_before[first]

    def _explain(self, row: DifferenceRow, *, is_same: bool) -> str:
        parts = [translate("comparison.explanation.grounds-only", self.lang)] if is_same else []
        parts += [printed(why.in_language(self.lang), self.lang) for why in row.why]
        parts += [self.resolution(settled) for settled in self.difference.resolutions if settled.clause == row.clause]
        assumption = getattr(row.after, "assumption", None)
        if assumption is not None and assumption != getattr(row.before, "assumption", None) and assumption not in row.why:  # said once
            parts.append(say_assumption(assumption.in_language(self.lang), self.lang))
        if is_same:
            return "\n".join(parts)
        change = translate(f"comparison.change.{'restated' if self._restated(row) else row.change}", self.lang)
        if not parts:
            return translate("comparison.explanation.change-alone", self.lang, change=change)
        return translate("comparison.explanation.change", self.lang, change=change, text="\n".join(parts))

    def _sources(self, row: DifferenceRow) -> str:
        first = side_of(self.difference.before)
        was_amended, is_amended = self._amended(row)
        sides = {
            side: cite_with_confidence(source, self.lang, self.register, is_amended=is_other)
            for side, holder, source, is_other in (
                (first, row.before, row.source_before, was_amended),
                ("after", row.after, row.source_after, is_amended),
            )
            if holder is not None and hasattr(holder, "source")
        }
        if len(set(sides.values())) == 1 and len(sides) > 1:
            return sides["after"]
        return "\n".join(translate(f"comparison.source.{side}", self.lang, source=source) for side, source in sides.items())

    def _value(self, value: Any, field: str) -> str:
        """Say one side of a settled conflict in the reader's words."""
        words = catalogue(self.lang)
        if isinstance(value, dict) and (condition := read_condition(value)) is not None:
            return condition_text(condition, self.lang, self.names_after)
        if (text := Text.read(value)) is not None:
            return text.in_language(self.lang)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return format_exact(value, self.lang, is_percent="share" in field)
        if isinstance(value, str):
            known = (f"finding.word.{value[1:]}", f"field.value.{value}", f"criteria.choice.{value}")
            return next((words[key] for key in known if key in words), self.names_after.get(value, value))
        return translate("comparison.nothing", self.lang) if value is None else _flat(value)


def _flat(value: object) -> str:
    """Write a value of several parts on one line."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_flat(held)}" for key, held in value.items())
    return ", ".join(map(_flat, value)) if isinstance(value, list | tuple) else str(value)


def _plain(value: object) -> Any:
    """Give a leaf as strict JSON can hold it; an empty list or mapping stays empty."""
    return list(value) if isinstance(value, tuple) else value


def _escape(text: str) -> str:
    """Keep words from being read as Markdown."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>|#" else letter for letter in text)


def _line(cells: tuple[str, ...] | list[str]) -> str:
    return "| " + " | ".join(cell.replace("\n", "<br>") for cell in cells) + " |"
