"""One reason of a trace in one sentence: what the clause asks, what the list says, and the points that came of it.

What is asked is told in the words of the clause itself, so that it reads like the rule; what was observed is told column by column, in the headings of
the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.presentation.citing import NO_REGISTER, cite_with_confidence
from simulator.presentation.clause_words import clause_rule
from simulator.presentation.condition_words import condition_text, names_of
from simulator.presentation.i18n import catalogue, translate
from simulator.presentation.plain_words import number_words, value_words
from simulator.presentation.wording import sentence_case

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.presentation.numbers import Lang
    from simulator.rules.citation import InstrumentRegister
    from simulator.rules.clauses import Clause
    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.trace import Reason


@dataclass(frozen=True)
class ReasonWords:
    """A reason as a reader meets it.

    Attributes
    ----------
    title, kind
        What the clause is called, and what kind of clause it is.
    verdict
        Met, not met, or how many points of how many.
    observed, required
        What the list says and what the clause asks.
    points
        Points given of the most that could be had; empty for a clause without points.
    source
        Instrument, provision and how surely it was read.
    sentence
        All of it in one sentence.
    """

    title: str
    kind: str
    verdict: str
    observed: str
    required: str
    points: str
    source: str
    sentence: str


@dataclass(frozen=True)
class _ClauseWords:
    title: str
    required: str
    source: str


class ReasonWriter:
    """Words the reasons of one criteria set; what a clause itself says is worded once, however many nominees it meets.

    Parameters
    ----------
    criteria
        The set the reasons come from.
    lang
        The language.
    headings
        Column id → heading (:func:`simulator.presentation.column_words.headings_of`).
    instruments
        Titles of the instruments cited; their ids stand where it is left out.
    """

    def __init__(
        self, criteria: CriteriaSet, lang: Lang, headings: Mapping[str, str] | None = None, instruments: InstrumentRegister | None = None
    ) -> None:
        self._lang: Lang = lang
        self._headings = dict(headings or {})
        self._instruments = instruments or NO_REGISTER
        self._names = names_of(criteria, lang)
        self._clauses: dict[str, Clause] = dict(criteria.iter_clauses())
        self._words: dict[str, _ClauseWords] = {}

    def words(self, reason: Reason) -> ReasonWords:
        """Word one reason."""
        lang = self._lang
        clause = self._clause(reason)
        observed = self.observed(reason)
        points = ""
        if reason.points is not None:
            most = "" if reason.most is None else number_words(reason.most, lang)
            points = translate("reason.points" if most else "reason.points.alone", lang, points=number_words(reason.points, lang), most=most)
        verdict = translate(f"reason.verdict.{'met' if reason.is_met else 'not-met'}", lang)
        fields = {"title": clause.title, "required": clause.required.rstrip("."), "observed": observed, "points": points, "verdict": verdict}
        form = "points" if points else "plain"
        return ReasonWords(
            title=clause.title,
            kind=translate(f"reason.kind.{reason.kind}", lang) if f"reason.kind.{reason.kind}" in catalogue(lang) else reason.kind,
            verdict=verdict,
            observed=observed,
            required=clause.required,
            points=points,
            source=clause.source,
            sentence=translate(f"reason.sentence.{form}", lang, **fields),
        )

    def observed(self, reason: Reason) -> str:
        """Tell what the list says, column by column; of a single column whose heading is the clause's own title, only the value."""
        if not reason.observed:
            return translate("reason.nothing", self._lang)
        told = [(self._label(key), value_words(value, self._lang, self._names)) for key, value in reason.observed.items()]
        if len(told) == 1 and told[0][0] in {"", self._clause(reason).title}:
            return told[0][1]
        return "; ".join(translate("reason.item", self._lang, label=label, value=value) if label else value for label, value in told)

    def _label(self, key: str) -> str:
        if key in self._headings:
            return self._headings[key]
        words = catalogue(self._lang)
        field = f"reason.field.{key}"
        return words[field] if field in words else self._names.get(key.rpartition(":")[2], key)

    def _clause(self, reason: Reason) -> _ClauseWords:
        found = self._words.get(reason.clause)
        if found is None:
            clause = self._clauses.get(reason.clause)
            title = reason.clause if clause is None else clause.title.in_language(self._lang)
            required = self._required(reason) if clause is None else self._rule(clause)
            found = _ClauseWords(title, required, cite_with_confidence(reason.source, self._lang, self._instruments))
            self._words[reason.clause] = found
        return found

    def _rule(self, clause: Clause) -> str:
        condition = getattr(clause, "requires", None) if clause.kind in {"eligibility", "sector-gate"} else None
        if condition is not None:
            return sentence_case(condition_text(condition, self._lang, self._names))
        return clause_rule(clause, self._lang, self._names) or translate("reason.none", self._lang)

    def _required(self, reason: Reason) -> str:
        """Tell what is asked where there is no clause to read it from."""
        return "; ".join(
            translate("reason.item", self._lang, label=self._label(key), value=value_words(value, self._lang, self._names))
            for key, value in reason.required.items()
        ) or translate("reason.none", self._lang)
