"""One reason of a trace in one sentence: what the clause asks, what the list says, and the points that came of it.

What is asked is told in the words of the clause itself, so that it reads like the rule; what was observed is told column by column, in the headings of
the list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from simulator.presentation.i18n import catalogue, translate
from simulator.presentation.plain_words import number_words, value_words
from simulator.presentation.registers.anonymity import MEAN, hide_free_text
from simulator.presentation.rules.citing import NO_REGISTER, cite, cite_with_confidence
from simulator.presentation.rules.clause_words import clause_rule
from simulator.presentation.rules.column_words import ColumnWords
from simulator.presentation.rules.condition_words import condition_text, names_of
from simulator.presentation.wording import sentence_case
from simulator.rules.citation import Source
from simulator.rules.clauses import Quota
from simulator.rules.points import Count, Event, iter_parts
from simulator.scoring.condition_parts import hide_share_of_mean
from simulator.scoring.observing import PROPOSED, USED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from simulator.presentation.numbers import Lang
    from simulator.rules.citation import InstrumentRegister
    from simulator.rules.clauses import Clause
    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.trace import Reason, ReasonPart

_BESIDE: Final = (PROPOSED, USED)
_TOLD_FIRST: Final[Mapping[str, tuple[str, ...]]] = {"class": ("total", "class"), "gate": ("sector",)}
"""What a clause of several parts tells before them."""


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
        Column id → heading (:func:`simulator.presentation.rules.column_words.headings_of`).
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
        self._clauses: dict[str, Clause] = dict(criteria.iter_clauses())
        self._names = names_of(criteria, lang) | _instruments_cited(self._clauses.values(), lang, self._instruments)
        self._classes = {name: each.title.in_language(lang) for name, each in criteria.classes.items()}
        self._cells = ColumnWords(criteria, lang)
        self._penalties, self._bonuses = (_inside(criteria, kind) for kind in ("penalty", "bonus"))
        self._amended = criteria.amended
        self._words: dict[str, _ClauseWords] = {}

    def words(self, reason: Reason) -> ReasonWords:
        """Word one reason."""
        lang = self._lang
        clause = self._clause(reason)
        observed = self.observed(reason)
        is_penalty = reason.clause in self._penalties
        given = -reason.points if reason.points and is_penalty else reason.points
        most = None if is_penalty else reason.most or None
        points = "" if given is None else number_words(given, lang)
        if most is not None:
            points = translate("reason.points", lang, points=points, most=number_words(most, lang))
        verdict = self._verdict(reason)
        fields = {"title": clause.title, "required": clause.required.rstrip("."), "observed": observed, "points": points, "verdict": verdict}
        form = "plain" if not points else "points" if most is not None and reason.clause not in self._bonuses else "verdict"
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
        """Say whether the clause is met; of points, a veto and of places in words of their own."""
        if reason.kind == "quota" and "places" in reason.required and "considered" in reason.observed:
            return considered_words(reason.observed["considered"], self._lang)
        if reason.points is not None and reason.most is not None:
            return self._points_verdict(reason.clause, reason.points, reason.most)
        answer = "met" if reason.is_met else "not-met"
        own = f"reason.verdict.{reason.kind}.{answer}"
        return translate(own if own in catalogue(self._lang) else f"reason.verdict.{answer}", self._lang)

    def _points_verdict(self, path: str, points: Fraction, most: Fraction) -> str:
        """Say how many points were lost, taken off, or given on top."""
        if path in self._penalties:
            form, n = ("taken" if points else "not-taken"), points
        elif points < 0 or most == 0:
            form, n = ("taken" if points < 0 else "not-taken"), -points
        elif path in self._bonuses:
            form, n = ("extra" if points else "no-extra"), points
        else:
            form, n = ("lost" if points < most else "full"), most - points
        return translate(f"reason.verdict.points.{form}", self._lang, n=number_words(n, self._lang))

    def observed(self, reason: Reason) -> str:
        """Tell what the list says, column by column; of a clause that asks several things, part by part."""
        told = self._columns(self._told_first(reason), self._clause(reason).title)
        return "; ".join(each for each in (told, *self._parts(reason)) if each) or translate("table.none", self._lang)

    def _told_first(self, reason: Reason) -> Mapping[str, Any]:
        """Leave out what the parts tell."""
        observed = reason.observed
        if reason.kind == "quota":
            places = {"places": reason.required["places"]} if reason.required.get("places") is not None else {}
            return {key: value for key, value in observed.items() if key != "rank" or value is not None} | places
        if any(part.place.isdigit() for part in reason.parts):
            return {key: value for key, value in observed.items() if key in _TOLD_FIRST.get(reason.kind, ())}
        if reason.parts or reason.kind == "class":  # the points of every criterion are told elsewhere, one by one
            return {key: value for key, value in observed.items() if not key.removeprefix(MEAN).startswith("points.")}
        return observed

    def _columns(self, observed: Mapping[str, Any], title: str = "") -> str:
        """Tell what columns hold; of a single one whose heading is the clause's own title, only the value."""
        shown = hide_free_text(observed) if self._anonymous else observed
        told = [(_without(title, self._label(key)), self._value(key, value, shown)) for key, value in shown.items() if not key.startswith(_BESIDE)]
        return "; ".join(translate("reason.item", self._lang, label=label, value=value) if label else value for label, value in told)

    def _parts(self, reason: Reason) -> list[str]:
        """Say which part is met and what was seen of it (once, where all parts look at the same), and which criterion stays below its floor."""
        numbered = [part for part in reason.parts if part.place.isdigit()]
        seen = {part.place: self._columns(part.observed) for part in numbered}
        shared = seen[numbered[0].place] if len(numbered) > 1 and len(set(seen.values())) == 1 else ""
        told = [shared] if shared else []
        for part in reason.parts:
            if not part.place.isdigit():
                told.append(self._floor(part))
                continue
            verdict = translate(f"reason.part{'.veto' if reason.kind == 'veto' else ''}.{'met' if part.is_met else 'not-met'}", self._lang)
            observed = "" if shared else seen[part.place]
            told.append(translate(f"reason.part.{'observed' if observed else 'alone'}", self._lang, n=part.place, verdict=verdict, observed=observed))
        return told

    def _floor(self, part: ReasonPart) -> str:
        required = hide_share_of_mean(part.required) if self._anonymous else part.required
        form = next((word for word in ("at_least", "below") if word in required), "alone")
        fields = {
            "part": self._names.get(part.place, part.place),
            "points": number_words(part.observed[part.place], self._lang),
            "needed": number_words(required[form], self._lang) if form in required else "",
        }
        return translate(f"reason.floor.{form}", self._lang, **fields)

    def _value(self, key: str, value: object, observed: Mapping[str, Any]) -> str:
        """Write what one column holds in the words of that column."""
        lang, words = self._lang, self._cells.of(key)
        if key == "considered" and isinstance(value, str):
            return considered_words(value, lang)
        if key == "class":
            return translate("reason.none", lang) if value is None else value_words(value, lang, self._classes)
        if key.endswith(":reason") and isinstance(value, str):
            return value or translate("reason.nothing", lang)  # somebody's own words
        if isinstance(value, list):
            return self._items(value, observed.get(f"{PROPOSED}{key}", ()), int(observed.get(f"{USED}{key}", 0)), words)
        return value_words(value, lang, {**self._names, **words})

    def _items(self, items: list[Any], proposed: Sequence[int], n_used: int, words: Mapping[str, str]) -> str:
        """Write years, initiatives or achievements; what is only proposed, and what has served, is said."""
        if n_used:
            return self._initiatives(items, n_used, words)
        told = [
            translate("reason.proposed", self._lang, year=str(item))
            if item in proposed
            else translate("reason.achievement", self._lang, name=item["name"], level=words.get(item["level"], item["level"]))
            if isinstance(item, Mapping) and "name" in item
            else value_words([item], self._lang, words)
            for item in items
        ]
        return "; ".join(told) or translate("reason.none", self._lang)

    def _initiatives(self, unused: list[Any], n_used: int, words: Mapping[str, str]) -> str:
        """Say how many initiatives there are, how many have served, and which have not."""
        counts = {"n": number_words(len(unused) + n_used, self._lang), "used": number_words(n_used, self._lang)}
        if not unused:
            return translate("reason.initiatives.used", self._lang, **counts)
        return translate("reason.initiatives.left", self._lang, **counts, unused=value_words(unused, self._lang, words))

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
            required = self._required(reason) if clause is None else self._rule(clause, takes_off=reason.clause in self._penalties)
            found = _ClauseWords(title, required, self._cite(reason))
            self._words[reason.clause] = found
        return found

    def _cite(self, reason: Reason) -> str:
        return cite_with_confidence(reason.source, self._lang, self._instruments, is_amended=reason.clause in self._amended)

    def _rule(self, clause: Clause, *, takes_off: bool) -> str:
        condition = getattr(clause, "requires", None) if clause.kind in {"eligibility", "sector-gate"} else None
        if condition is not None:
            return sentence_case(condition_text(condition, self._lang, self._names))
        if takes_off and isinstance(clause, Count | Event):
            clause = clause.model_copy(update={"each": -abs(clause.each)})  # there a number says what is taken off
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


def _without(title: str, label: str) -> str:
    """Leave the title of the clause out of a heading that says it again: all of it, after *target:*, or before who gave the mark in brackets.

    Examples
    --------
    >>> _without("Thu ngân sách", "Thu ngân sách (tự chấm)"), _without("Thu ngân sách", "Chỉ tiêu được giao: Thu ngân sách")
    ('tự chấm', 'Chỉ tiêu được giao')
    """
    if not title or title not in label:
        return label
    if label.startswith(f"{title} (") and label.endswith(")"):
        return label[len(title) + 2 : -1]
    return "" if label == title else label.removesuffix(f": {title}")


def _inside(criteria: CriteriaSet, kind: str) -> frozenset[str]:
    """Name the sections of one kind, and all that stands in them."""
    sections = [f"points.{path}" for path, part in iter_parts(criteria.points) if part.kind == kind]
    every = (f"points.{path}" for path, _ in iter_parts(criteria.points))
    return frozenset(path for path in every if any(f"{path}.".startswith(f"{section}.") for section in sections))


def _instruments_cited(clauses: Iterable[Clause], lang: Lang, register: InstrumentRegister) -> dict[str, str]:
    """Cite the instruments that limit quotas, as a rule names them."""
    cited = {clause.limit.source.instrument for clause in clauses if isinstance(clause, Quota) and clause.limit is not None}
    return {f"instruments.{each}": cite(Source(instrument=each, confidence="read"), lang, register) for each in sorted(cited)}
