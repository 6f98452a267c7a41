"""What each kind of criterion of a scoring table rules, in full sentences: how an observation becomes points."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_exact
from simulator.presentation.rules.condition_words import NO_NAMES, band_words, condition_text
from simulator.presentation.wording import list_words
from simulator.rules.points import Achievements, Band, Count, Deduct, Event, Highest, Mark, Proportional, Steps, Threshold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.presentation.numbers import Lang
    from simulator.rules.points import Criterion, Level

_FULL = 100


def criterion_rule(criterion: Criterion, lang: Lang, names: Mapping[str, str] = NO_NAMES) -> str:
    """Say how a criterion turns what is observed into points.

    Parameters
    ----------
    criterion
        The criterion.
    lang
        The language.
    names
        Titles of awards, parts and classes; ids stand where there is none.
    """
    rule = _rule(criterion, format_exact(criterion.points, lang), lang, names)
    if criterion.unit is not None and not isinstance(criterion, Count):
        rule += translate("clause.unit", lang, unit=criterion.unit.in_language(lang))
    if criterion.round_to is not None:
        rule += translate("clause.round_to", lang, n=format_exact(criterion.round_to, lang))
    return rule


@singledispatch
def _rule(criterion: Criterion, points: str, lang: Lang, names: Mapping[str, str]) -> str:
    """Say what one kind of criterion rules."""
    raise NotImplementedError(type(criterion).__name__)


@_rule.register(Proportional)
def _proportional(criterion: Proportional, points: str, lang: Lang, _names: Mapping[str, str]) -> str:
    return translate("clause.proportional", lang, points=points, target=_target(criterion, lang), below=_below_target(criterion, lang))


@_rule.register(Steps)
def _steps(criterion: Steps, points: str, lang: Lang, _names: Mapping[str, str]) -> str:
    bands = [translate("clause.steps.band", lang, band=band_words(step, lang), points=format_exact(step.points, lang)) for step in criterion.bands]
    return translate("clause.steps", lang, points=points, bands="; ".join(bands))


@_rule.register(Threshold)
def _threshold_rule(criterion: Threshold, points: str, lang: Lang, names: Mapping[str, str]) -> str:
    return translate("clause.threshold", lang, points=points, condition=_threshold(criterion, lang, names))


@_rule.register(Count)
def _count(criterion: Count, points: str, lang: Lang, _names: Mapping[str, str]) -> str:
    unit = translate("clause.count.unit", lang) if criterion.unit is None else criterion.unit.in_language(lang)
    key = "clause.count.minus" if criterion.each < 0 else "clause.count"
    return translate(key, lang, unit=unit, each=format_exact(abs(criterion.each), lang), points=points)


@_rule.register(Deduct)
def _deduct(criterion: Deduct, points: str, lang: Lang, _names: Mapping[str, str]) -> str:
    events = [
        translate(
            "clause.deduct.event",
            lang,
            title=event.title.in_language(lang),
            minus=format_exact(event.minus, lang),
            times=_times(event.at_most_times, lang),
        )
        for event in criterion.events.values()
    ]
    return translate("clause.deduct", lang, points=points, events="; ".join(events))


@_rule.register(Event)
def _event(criterion: Event, points: str, lang: Lang, _names: Mapping[str, str]) -> str:
    sign, each = ("minus" if criterion.each < 0 else "plus"), format_exact(abs(criterion.each), lang)
    return translate(f"clause.event.{sign}", lang, each=each, times=_times(criterion.at_most_times, lang), points=points)


@_rule.register(Highest)
@_rule.register(Achievements)
def _levels(criterion: Highest | Achievements, points: str, lang: Lang, names: Mapping[str, str]) -> str:
    levels = "; ".join(_level(level, lang, names) for level in criterion.levels.values())
    return translate(f"clause.{criterion.kind}", lang, points=points, levels=levels)


@_rule.register(Mark)
def _mark_rule(criterion: Mark, points: str, lang: Lang, _names: Mapping[str, str]) -> str:
    return _mark(criterion, points, lang)


def _target(criterion: Proportional, lang: Lang) -> str:
    if criterion.target == "own":
        return translate("clause.proportional.target.own", lang)
    if criterion.target == _FULL:
        return translate("clause.proportional.target.percent", lang)
    return translate("clause.proportional.target", lang, n=format_exact(criterion.target, lang))


def _below_target(criterion: Proportional, lang: Lang) -> str:
    if criterion.loses is None:
        parts = [translate("clause.proportional.share", lang)]
    else:
        loss = criterion.loses
        counted = translate(f"clause.proportional.counted.{loss.counted}", lang)
        per, points = format_exact(loss.per_percent, lang) + "%", format_exact(loss.points, lang)
        parts = [translate("clause.proportional.loses", lang, percent=per, points=points, counted=counted)]
    if criterion.nothing_below is not None:
        parts.append(translate("clause.proportional.nothing_below", lang, percent=format_exact(criterion.nothing_below, lang) + "%"))
    return "; ".join(parts)


def _threshold(criterion: Threshold, lang: Lang, names: Mapping[str, str]) -> str:
    if criterion.when is not None:
        return condition_text(criterion.when, lang, names)
    band = Band(at_least=criterion.at_least, at_most=criterion.at_most)
    if criterion.at_least is None and criterion.at_most is None:
        return translate("clause.threshold.yes", lang)
    return translate("clause.threshold.number", lang, band=band_words(band, lang))


def _level(level: Level, lang: Lang, names: Mapping[str, str]) -> str:
    fields = {"title": level.title.in_language(lang), "points": format_exact(level.points, lang)}
    if level.when is None:
        return translate("clause.level-points", lang, **fields)
    return translate("clause.level-points.when", lang, condition=condition_text(level.when, lang, names), **fields)


def _mark(criterion: Mark, points: str, lang: Lang) -> str:
    givers = list_words([translate(f"clause.giver.{giver}", lang) for giver in criterion.by], lang)
    details = [translate(f"clause.mark.{criterion.counts}", lang)] if len(criterion.by) > 1 else []
    if criterion.step is not None:
        details.append(translate("clause.mark.step", lang, n=format_exact(criterion.step, lang)))
    return translate("clause.mark", lang, points=points, givers=givers, details="".join(f"; {detail}" for detail in details))


def _times(at_most: int | None, lang: Lang) -> str:
    return "" if at_most is None else translate("clause.at-most-times", lang, n=format_exact(at_most, lang))
