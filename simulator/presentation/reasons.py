"""One reason of a trace in one sentence: what the clause asks, what the list says, and the points that came of it.

What is asked is told in the words of the clause itself, so that it reads like the rule; what was observed is told column by column, in the headings of
the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.presentation.anonymity import MEAN, hide_free_text
from simulator.presentation.citing import NO_REGISTER, cite_with_confidence
from simulator.presentation.clause_words import clause_rule
from simulator.presentation.condition_words import condition_text, names_of
from simulator.presentation.i18n import catalogue, translate
from simulator.presentation.plain_words import number_words, value_words
from simulator.presentation.wording import sentence_case
from simulator.rules.points import Achievements, Highest, Section, iter_parts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

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
        Points given of the most that could be had, or taken off; empty for a clause without points.
    source
        Instrument, provision and how surely it was read.
    sentence
        All of it in one sentence.
    given, most
        The points as numbers: below 0 where they are taken off, which has no most.
    """

    title: str
    kind: str
    verdict: str
    observed: str
    required: str
    points: str
    source: str
    sentence: str
    given: Fraction | None = None
    most: Fraction | None = None


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
    anonymous
        Leave out what somebody wrote freely.
    """

    def __init__(
        self,
        criteria: CriteriaSet,
        lang: Lang,
        headings: Mapping[str, str] | None = None,
        instruments: InstrumentRegister | None = None,
        *,
        anonymous: bool = False,
    ) -> None:
        self._lang: Lang = lang
        self._headings = dict(headings or {})
        self._instruments = instruments or NO_REGISTER
        self._anonymous = anonymous
        self._names = names_of(criteria, lang) | _own_words(criteria, lang)
        self._clauses: dict[str, Clause] = dict(criteria.iter_clauses())
        self._penalties = frozenset(
            f"points.{path}"
            for name, part in iter_parts(criteria.points)
            if isinstance(part, Section) and part.kind == "penalty"
            for path in (name, *(f"{name}.{inner}" for inner, _ in iter_parts(part.parts)))
        )
        self._words: dict[str, _ClauseWords] = {}

    def words(self, reason: Reason) -> ReasonWords:
        """Word one reason."""
        lang = self._lang
        clause = self._clause(reason)
        observed = self.observed(reason)
        is_penalty = reason.clause in self._penalties
        given = -reason.points if reason.points and is_penalty else reason.points
        most = None if is_penalty else reason.most
        points = "" if given is None else number_words(given, lang)
        if most is not None:
            points = translate("reason.points", lang, points=points, most=number_words(most, lang))
        verdict = self._verdict(reason)
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
            given=given,
            most=most,
        )

    def _verdict(self, reason: Reason) -> str:
        """Say whether the clause is met; of a veto and of places in words of their own."""
        if reason.kind == "quota" and "places" in reason.required and "considered" in reason.observed:
            return considered_words(reason.observed["considered"], self._lang)
        answer = "met" if reason.is_met else "not-met"
        own = f"reason.verdict.{reason.kind}.{answer}"
        return translate(own if own in catalogue(self._lang) else f"reason.verdict.{answer}", self._lang)

    def observed(self, reason: Reason) -> str:
        """Tell what the list says, column by column; of a single column whose heading is the clause's own title, only the value."""
        if not reason.observed:
            return translate("table.none", self._lang)
        observed = hide_free_text(reason.observed) if self._anonymous else reason.observed
        if reason.kind == "quota":
            places = {"places": reason.required["places"]} if reason.required.get("places") is not None else {}
            observed = {key: value for key, value in observed.items() if key != "rank" or value is not None} | places
        told = [(self._label(key), self._value(key, value)) for key, value in observed.items()]
        if len(told) == 1 and told[0][0] in {"", self._clause(reason).title}:
            return told[0][1]
        return "; ".join(translate("reason.item", self._lang, label=label, value=value) if label else value for label, value in told)

    def _value(self, key: str, value: object) -> str:
        if key == "considered" and isinstance(value, str):
            return considered_words(value, self._lang)
        return value_words(value, self._lang, self._names)

    def _label(self, key: str) -> str:
        if key.startswith(MEAN):
            return translate("reason.field.mean-of", self._lang, part=self._label(key.removeprefix(MEAN)))
        words = catalogue(self._lang)
        known = self._headings.get(key) or words.get(f"reason.field.{key.removeprefix('points.')}") or self._names.get(key)
        return known or self._names.get(key.rpartition(":")[2], key)

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


def considered_words(considered: str, lang: Lang) -> str:
    """Say whether a nominee is put forward."""
    return translate(f"score.considered.{str(considered).replace(' ', '-')}", lang)


def _own_words(criteria: CriteriaSet, lang: Lang) -> dict[str, str]:
    """Give the titles of classes and of levels by their bare ids, as a list writes them."""
    levels = {
        name: level.title.in_language(lang)
        for _, part in iter_parts(criteria.points)
        if isinstance(part, Achievements | Highest)
        for name, level in part.levels.items()
    }
    return levels | {name: each.title.in_language(lang) for name, each in criteria.classes.items()}
