"""Worked examples in words: what the made-up nominee has, what was decided, by which clause and source, and the smallest change that would flip it."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.plain_words import number_words, value_words
from simulator.presentation.rules.citing import NO_REGISTER
from simulator.presentation.rules.column_words import ColumnWords, column_heading, headings_of
from simulator.presentation.rules.condition_words import names_of
from simulator.presentation.scores.explaining import Explainer
from simulator.presentation.scores.reasons import ReasonWriter
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import sentence_case
from simulator.rules.clauses import Eligibility
from simulator.rules.conditions import ClassTest, PointsTest, iter_single_tests
from simulator.scoring.award_order import chain_of
from simulator.scoring.columns import Content, columns_of
from simulator.scoring.worked_examples import table_alone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.presentation.numbers import Lang
    from simulator.rules.citation import InstrumentRegister
    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.columns import Column
    from simulator.scoring.decision import Decision
    from simulator.scoring.roster import Roster
    from simulator.scoring.worked_examples import WorkedExample

_NAMED_BY_CLAUSE = frozenset({"fails", "misses", "beside", "once", "veto"})


class ExampleTables:
    """Words the worked examples of one set.

    Parameters
    ----------
    criteria
        The set.
    lang
        The language.
    register
        The instruments, so that sources are cited by kind and number.
    """

    def __init__(self, criteria: CriteriaSet, lang: Lang, register: InstrumentRegister = NO_REGISTER) -> None:
        self._criteria = criteria
        self._lang: Lang = lang
        self._register = register
        self._names = names_of(criteria, lang)
        self._cells = ColumnWords(criteria, lang)
        self._titles = criteria.titles_in(lang)

    def of_awards(self, target: str, examples: Sequence[Sequence[WorkedExample]]) -> Table:
        """Lay out the examples of the awards of individuals, or of collectives, award by award.

        Parameters
        ----------
        target
            ``individual`` or ``collective``.
        examples
            For each award, what :func:`simulator.scoring.worked_examples.examples_of_award` gave; one at least.
        """
        groups = tuple(Group(self._names[str(each[0].award)], tuple(self._rows(each))) for each in examples)
        return self._table(f"examples-{target}", groups)

    def of_table(self, examples: Sequence[WorkedExample]) -> Table:
        """Lay out the examples of a scoring table."""
        table = self._table("examples-table", (Group("", tuple(self._rows(examples))),))
        if any(example.explanation.outcome != "nothing-to-decide" for example in examples):
            return table
        # Where points lead to no class, there is nothing to change: that is said once, and not in every row.
        rows = tuple(replace(row, cells=row.cells[:-1]) for row in table.groups[0].rows)
        note = translate("set.examples.note.points-alone", self._lang)
        return replace(table, columns=table.columns[:-1], groups=(Group("", rows),), notes=(note,))

    def in_full(self, example: WorkedExample) -> Table:
        """Lay out one example of a scoring table criterion by criterion, as an explained nominee is."""
        explainer = Explainer(self._criteria, example.roster.year, self._lang, instruments=self._register)
        table = explainer.table(example.explanation)
        title = translate("set.examples.caption.full", self._lang, example=self.name(example), decision=self._decision(example))
        return Table("examples-full", self._lang, title, table.columns, table.groups, table.notes)

    def name(self, example: WorkedExample) -> str:
        """Name an example by what it is made to show."""
        fields = {"title": self._titles[example.clause]} if example.shows in _NAMED_BY_CLAUSE else {}
        return translate(f"set.examples.shows.{example.shows}", self._lang, **fields)

    def facts(self, example: WorkedExample) -> dict[str, str]:
        """Tell what the nominee has, column by column; gradings of several years in one."""
        roster, columns = example.roster, self._columns(example)
        told = {"rating": self._ratings(roster, columns)} if any(column.key == "rating" for column in columns) else {}
        asking = self._asking(example)
        for column in columns:
            is_asked = asking is None or any(path.partition(".")[0] in asking for path in column.clauses)
            value = self._value(column, roster) if is_asked and column.key != "rating" else None
            if value is not None:
                told[column.id] = translate("reason.item", self._lang, label=column_heading(column, self._lang), value=value)
        return told

    def _asking(self, example: WorkedExample) -> frozenset[str] | None:
        """Name what asks for facts that are worth telling: the award and those it stands on; no gates, tie-breaks, or a whole table."""
        if example.award is None:
            return None
        return frozenset(name for wave in chain_of(self._criteria, example.award) for name in wave)

    def _columns(self, example: WorkedExample) -> Sequence[Column]:
        """Give the columns a list of such nominees has."""
        return columns_of(self._criteria if example.award else table_alone(self._criteria), example.roster.year, example.award)

    def _table(self, name: str, groups: tuple[Group, ...]) -> Table:
        columns = tuple(translate(f"set.examples.{column}", self._lang) for column in ("example", "facts", "decision", "change"))
        return Table(f"set-{name}", self._lang, translate(f"set.examples.caption.{name.partition('-')[2]}", self._lang), columns, groups)

    def _rows(self, examples: Sequence[WorkedExample]) -> Iterator[Row]:
        """Tell the first example in full, and of the others what differs from it."""
        usual = self.facts(examples[0])
        for number, example in enumerate(examples):
            facts = self.facts(example)
            differing = [text for key, text in facts.items() if usual.get(key) != text]
            if not number and example.award is not None and facts:
                told = sentence_case("; ".join(map(_within, facts.values())))
            elif example.award is not None and not differing:
                told = translate("set.examples.facts.points", self._lang)
            elif not number:
                told = translate("set.examples.facts.full", self._lang)
            elif not differing:
                told = translate("set.examples.facts.same", self._lang)
            elif example.shows == "nothing":
                told = translate("set.examples.facts.nothing", self._lang)
            else:
                told = translate("set.examples.facts.differing", self._lang, facts="; ".join(map(_within, differing)))
            reached = "\n".join(text for text in (f"{self._decision(example)}.", self._clause(example)) if text)
            yield Row(self.name(example), (told, reached, self._change(example)))

    def _change(self, example: WorkedExample) -> str:
        """Tell the smallest change and what it leads to, or that there is none."""
        explanation, explainer = example.explanation, Explainer(self._criteria, example.roster.year, self._lang)
        if explanation.smallest_change is None:
            return translate(f"set.examples.change.{explanation.outcome}", self._lang)
        reached = "" if explanation.reached is None else explainer.decision(self._decided(explanation.reached, example.award), example.award)
        lines = [translate("set.examples.change.found", self._lang, changes=sentence_case(explainer.changes(explanation)), decision=reached)]
        return "\n".join([*lines, *([] if explanation.is_exact else [translate("explain.change.inexact", self._lang)])])

    def _decision(self, example: WorkedExample) -> str:
        explainer = Explainer(self._criteria, example.roster.year, self._lang)
        return sentence_case(explainer.decision(self._decided(example.explanation.decision, example.award), example.award))

    def _decided(self, decision: Decision, award: str | None) -> Decision:
        """Leave points and class out where an award asks for neither: they are those of criteria nobody was marked by, of which some begin full."""
        if award is None:
            return decision
        asked = [clause.requires for clause in self._criteria.awards[award].clauses.values() if isinstance(clause, Eligibility)]
        is_asked = any(isinstance(test, PointsTest | ClassTest) for condition in asked for _, test in iter_single_tests(condition))
        return decision if is_asked else replace(decision, points=None, class_=None)

    def _clause(self, example: WorkedExample) -> str:
        """Tell what the clause that decided asks and where it was read, its title too where the name of the example does not say it."""
        explanation = example.explanation
        wanted = example.clause if example.shows in {"misses", "beside", "once", "veto"} else explanation.first_failed
        reason = next((each for each in explanation.clauses if each.clause == wanted), None)
        if reason is None:
            return ""
        words = ReasonWriter(self._criteria, self._lang, headings_of(self._columns(example), self._lang), self._register).words(reason)
        key = "points" if reason.points is not None else "named" if wanted == example.clause else "clause"
        fields = {"title": words.title, "required": words.required.rstrip("."), "points": words.points, "source": words.source}
        return translate(f"set.examples.clause.{key}", self._lang, **fields)

    def _ratings(self, roster: Roster, columns: Sequence[Column]) -> str:
        """Tell the gradings, years of the same one after the other together."""
        years = sorted(((column.year or 0, str(roster.words[column.id][0])) for column in columns if column.key == "rating"), reverse=True)
        told = []
        for grade, found in groupby(years, key=lambda each: each[1]):
            run = [year for year, _ in found]
            key = "year" if len(run) == 1 else "years"
            word = translate(f"field.value.{grade}", self._lang)
            told.append(translate(f"set.examples.rating.{key}", self._lang, first=str(run[-1]), last=str(run[0]), grade=word))
        return sentence_case("; ".join(told))

    def _value(self, column: Column, roster: Roster) -> str | None:  # noqa: PLR0911 - one for each content of a column
        """Tell what one column holds; nothing of what the list does not have, and of who the nominee is."""
        lang, words = self._lang, {**self._names, **self._cells.of(column.id)}
        match column.content:
            case Content.YES_NO if column.id in roster.answers:
                return translate("table.yes" if roster.answers[column.id][0] else "table.no", lang)
            case Content.WORD if column.id in roster.words:
                return value_words(str(roster.words[column.id][0]), lang, words)
            case Content.NUMBER | Content.PERCENT | Content.COUNT if column.id in roster.numbers:
                return number_words(roster.number(column.id, 0), lang)
            case Content.EVENTS if column.award is not None:
                return value_words([event.year for event in roster.awards[0] if event.award == column.award], lang)
            case Content.EVENTS:
                return value_words(list(roster.disciplined_on[0]), lang)
            case Content.INITIATIVES:
                return self._counted([translate(f"condition.scope.{each.scope}", lang) for each in roster.initiatives[0]])
            case Content.ACHIEVEMENTS:
                return self._counted([words.get(each.level, each.level) for each in roster.achievements[0] if each.criterion == column.id])
            case _:
                return None

    def _counted(self, names: Sequence[str]) -> str:
        told = [
            translate("set.examples.counted", self._lang, n=number_words(len(list(same)), self._lang), name=name)
            for name, same in groupby(sorted(names))
        ]
        return "; ".join(told) or translate("reason.none", self._lang)


def _within(text: str) -> str:
    """Return the text as it stands within a sentence: its first letter small, unless it is an abbreviation's."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
