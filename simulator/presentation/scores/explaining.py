"""One nominee explained in words: the decision, every clause with what was observed and required, and the smallest change that would flip it.

Text and table are two readers of the same trace (:class:`simulator.scoring.explanation.Explanation`); the picture is in ``waterfall``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.plain_words import number_words, value_words
from simulator.presentation.registers.anonymity import row_words
from simulator.presentation.rules.column_words import ColumnWords, column_heading, headings_of
from simulator.presentation.rules.condition_words import names_of
from simulator.presentation.scores.reasons import ReasonWriter, considered_words
from simulator.presentation.table_layout import Group, Row, Table, wrap
from simulator.presentation.wording import sentence_case
from simulator.scoring.columns import columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.presentation.numbers import Lang
    from simulator.rules.citation import InstrumentRegister
    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.decision import Decision
    from simulator.scoring.explanation import ColumnChange, Explanation

WIDTH = 110
UNMET = "* "
"""Stands before a clause that is not met, so that it is found at a glance."""


class Explainer:
    """Words explanations under one criteria set.

    Parameters
    ----------
    criteria
        The set the explanations were made under.
    year
        The year being decided.
    lang
        The language.
    instruments
        Titles of the instruments cited.
    anonymous
        Name the nominee by its row alone.
    codes
        Row → stable code, told beside the row to anonymous readers.
    """

    def __init__(
        self,
        criteria: CriteriaSet,
        year: int,
        lang: Lang = "vi",
        *,
        instruments: InstrumentRegister | None = None,
        anonymous: bool = False,
        codes: Mapping[str, str] | None = None,
    ) -> None:
        self._criteria = criteria
        self._year = year
        self._lang: Lang = lang
        self._instruments = instruments
        self._anonymous = anonymous
        self._codes = dict(codes or {})
        self._names = names_of(criteria, lang)
        self._cells = ColumnWords(criteria, lang)

    def text(self, explanation: Explanation) -> str:
        """Tell everything: who, the decision, every clause, the smallest change, and that it replaces no official decision."""
        lang, failed = self._lang, self.first_failed(explanation)
        head = [
            self.heading(explanation),
            self.set_line(),
            translate("explain.decision", lang, decision=self.decision(explanation.decision, explanation.award)),
        ]
        foot = [
            translate("explain.first-failed", lang, sentence=failed) if failed else "",
            *self.change(explanation),
            translate("explain.disclaimer", self._lang),
        ]
        lines = [line for sentence in head for line in wrap(sentence, WIDTH)]
        lines += ["", self.table(explanation).to_text(WIDTH)]
        return "\n".join([*lines, *(line for sentence in foot if sentence for line in wrap(sentence, WIDTH))]) + "\n"

    def table(self, explanation: Explanation) -> Table:
        """Lay every clause out: what it is called, what was observed, what is required, what came of it, where it was read."""
        lang = self._lang
        groups = tuple(Group(title, tuple(rows)) for title, rows in self._in_groups(explanation))
        notes = (translate("explain.table.unmet", lang),) if any(not reason.is_met for reason in explanation.clauses) else ()
        columns = tuple(translate(f"explain.table.{name}", lang) for name in ("clause", "observed", "required", "outcome", "source"))
        return Table("explanation", lang, translate("explain.table.caption", lang), columns, groups, notes)

    def heading(self, explanation: Explanation) -> str:
        """Say who is explained, and for which award."""
        row = str(explanation.row)
        code = self._codes.get(row, "")
        who = row_words(row, code, self._lang) if self._anonymous else translate("explain.who", self._lang, row=row, id=explanation.nominee)
        if explanation.award is None:
            return translate("explain.heading", self._lang, who=who)
        return translate("explain.heading.award", self._lang, who=who, award=self._names.get(explanation.award, explanation.award))

    def set_line(self) -> str:
        """Name the criteria set."""
        return translate("explain.set", self._lang, title=self._criteria.title.in_language(self._lang), id=self._criteria.id)

    def decision(self, decision: Decision, award: str | None) -> str:
        """Tell the decision in one line: eligible, put forward, points and class; nobody is put forward where there is no award."""
        lang, told_alone = self._lang, award is None and decision.is_eligible and bool(decision.class_ or decision.points is not None)
        parts = [] if told_alone else [translate(f"score.eligible.{'yes' if decision.is_eligible else 'no'}", lang)]
        if award is not None:
            parts.append(considered_words(decision.considered, lang))
        if decision.points is not None:
            parts.append(translate("explain.points", lang, points=number_words(decision.points, lang)))
        if decision.class_:
            parts.append(translate("explain.class", lang, name=self._names.get(f"classes.{decision.class_}", decision.class_)))
        return "; ".join(parts)

    def first_failed(self, explanation: Explanation) -> str:
        """Tell the first clause that failed in its sentence; nothing where none did."""
        failed = next((reason for reason in explanation.clauses if reason.clause == explanation.first_failed), None)
        if failed is None:
            return ""
        return self._writer(explanation).words(failed).sentence

    def change(self, explanation: Explanation) -> list[str]:
        """Tell the smallest change that would flip the decision, or why there is none."""
        if explanation.smallest_change is None:
            return [translate(f"explain.change.{explanation.outcome}", self._lang)]
        lines = [translate("explain.change.found", self._lang, changes=self.changes(explanation))]
        if explanation.reached is not None:
            lines.append(translate("explain.change.reached", self._lang, decision=self.decision(explanation.reached, explanation.award)))
        if not explanation.is_exact:
            lines.append(translate("explain.change.inexact", self._lang))
        return lines

    def changes(self, explanation: Explanation) -> str:
        """Tell the columns of the smallest change; nothing where there is none."""
        return "; ".join(self._changed(change) for change in explanation.smallest_change or ())

    def _changed(self, change: ColumnChange) -> str:
        lang, words = self._lang, self._names | dict(self._cells.of(change.column.id))
        fields = {
            "column": column_heading(change.column, lang),
            "before": value_words(change.before, lang, words),
            "after": value_words(change.after, lang, words),
        }
        sentence = translate("explain.change.column", lang, **fields)
        return translate("explain.change.level", lang, sentence=sentence, level=value_words(change.level, lang, words)) if change.level else sentence

    def _in_groups(self, explanation: Explanation) -> list[tuple[str, list[Row]]]:
        """Group clauses in their order: criteria under their section with its points, other clauses by their kind."""
        writer, groups, sections = self._writer(explanation), list[tuple[str, list[Row]]](), dict[str, str]()
        for reason in explanation.clauses:
            words = writer.words(reason)
            if reason.kind == "section":
                sections[reason.clause] = translate("explain.table.section", self._lang, title=words.title, points=words.points)
                groups.append((sections[reason.clause], []))
                continue
            title = sections.get(reason.clause.rpartition(".")[0]) or sentence_case(words.kind)
            if not groups or groups[-1][0] != title:
                groups.append((title, []))
            name = words.title if reason.is_met else f"{UNMET}{words.title}"
            outcome = words.points if words.most is not None else words.verdict
            groups[-1][1].append(Row(name, (words.observed, words.required, outcome, words.source)))
        return groups

    def _writer(self, explanation: Explanation) -> ReasonWriter:
        headings = headings_of(columns_of(self._criteria, self._year, explanation.award), self._lang)
        return ReasonWriter(self._criteria, self._lang, headings, self._instruments, anonymous=self._anonymous)


def side_by_side(explained: Sequence[tuple[Explainer, Explanation]], titles: Sequence[str], lang: Lang) -> Table:
    """Lay the decisions on one nominee under several sets side by side.

    Parameters
    ----------
    explained
        Each explanation with its explainer.
    titles
        Title of each set.
    lang
        The language.
    """
    rows = [
        ("decision", [sentence_case(explainer.decision(explanation.decision, explanation.award)) for explainer, explanation in explained]),
        ("failed", [explainer.first_failed(explanation) or translate("reason.none", lang) for explainer, explanation in explained]),
        ("change", ["\n".join(explainer.change(explanation)) for explainer, explanation in explained]),
    ]
    table_rows = tuple(Row(translate(f"explain.beside.{name}", lang), tuple(cells)) for name, cells in rows)
    return Table(
        "beside", lang, translate("explain.beside.caption", lang), (translate("explain.beside.item", lang), *titles), (Group("", table_rows),)
    )
