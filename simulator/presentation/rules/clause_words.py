"""A clause of a rule in full sentences, in Vietnamese and in English: its title, then what it rules, with every number and every condition."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, get_args

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_exact
from simulator.presentation.rules.citing import provision_words
from simulator.presentation.rules.condition_words import NO_NAMES, band_words, condition_text
from simulator.presentation.rules.point_words import criterion_rule
from simulator.presentation.rules.printed_text import printed
from simulator.presentation.rules.procedure_words import ProcedureRule, joined, procedure_rule
from simulator.presentation.wording import list_words
from simulator.rules.clauses import (
    Appraisal,
    CoolingOff,
    DirectWorkerFloor,
    Eligibility,
    Exhortation,
    HoldersOf,
    LeaderCap,
    Limit,
    Money,
    PayStep,
    Quota,
    RatingCap,
    ScoreThreshold,
    Statement,
    Weights,
)
from simulator.rules.points import Class, Criterion, Section, Veto
from simulator.rules.schema import Award
from simulator.rules.stages import SectorGate, Stage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.presentation.numbers import Lang
    from simulator.rules.clauses import Clause

WEIGHTED = ("results", "initiative", "scope", "conduct")


def clause_text(clause: Clause | Award, lang: Lang, names: Mapping[str, str] = NO_NAMES) -> str:
    """Say a clause, or the head of an award, in full: its title and what it rules.

    Parameters
    ----------
    clause
        The clause.
    lang
        The language.
    names
        Titles of awards, parts and classes (:func:`simulator.presentation.rules.condition_words.names_of`); ids stand where there is none.
    """
    title, rule = clause.title.in_language(lang), clause_rule(clause, lang, names)
    return translate("clause.sentence", lang, title=title.rstrip("."), rule=rule) if rule else title


def law_text(clause: Clause | Award, lang: Lang, names: Mapping[str, str] = NO_NAMES) -> str:
    """Say a clause as its readers would find it in a text: without the figures that are put to it only to simulate it.

    Of a clause that was read somewhere and carries assumed figures, an exhortation or a step of procedure, that is the title.
    """
    is_read_words = clause_is_in_words(clause)
    return clause.title.in_language(lang) if is_read_words else clause_text(clause, lang, names)


def clause_is_in_words(clause: Clause | Award) -> bool:
    """Tell whether all that the rule gives is its title, the rest being set for a simulation."""
    if isinstance(clause, Exhortation | Stage):
        return True
    return isinstance(clause, SectorGate) and clause.source is not None and clause.assumption is not None


def say_assumption(text: str, lang: Lang, titles: Mapping[str, str] | None = None) -> str:
    """Mark words as an assumption, unless they say so themselves; ``titles`` are those of clauses that the words name by their ids."""
    text = printed(text, lang, titles)
    named = translate("table.clauses.assumption", lang, text="").strip(" :")
    if named.lower() in text.lower():
        return text
    return translate("table.clauses.assumption", lang, text=text)


def clause_rule(clause: Clause | Award, lang: Lang, names: Mapping[str, str] = NO_NAMES) -> str:
    """Say what a clause rules, without its title; nothing for a statement, whose title is all it says."""
    return _rule(clause, lang, names)


@singledispatch
def _rule(clause: Clause | Award, lang: Lang, _names: Mapping[str, str]) -> str:
    """Say what one kind of clause rules."""
    raise NotImplementedError(type(clause).__name__)


@_rule.register(Statement)
def _statement(_clause: Statement, _lang: Lang, _names: Mapping[str, str]) -> str:
    return ""


@_rule.register(Award)
def _award(award: Award, lang: Lang, _names: Mapping[str, str]) -> str:
    words = {name: translate(f"clause.{name}.{getattr(award, name)}", lang) for name in ("kind", "target", "authority")}
    return translate("clause.award", lang, level=str(award.level), **words)


@_rule.register(Section)
def _section(section: Section, lang: Lang, _names: Mapping[str, str]) -> str:
    return translate(f"clause.{section.kind}", lang, points=format_exact(section.points, lang))


@_rule.register(Class)
def _class(clause: Class, lang: Lang, names: Mapping[str, str]) -> str:
    details = "" if clause.requires is None else translate("clause.class.requires", lang, condition=condition_text(clause.requires, lang, names))
    return translate("clause.class", lang, band=band_words(clause, lang), details=joined(details))


@_rule.register(Veto)
def _veto(veto: Veto, lang: Lang, names: Mapping[str, str]) -> str:
    return translate(f"clause.veto.{veto.effect}", lang, condition=condition_text(veto.when, lang, names))


@_rule.register(Eligibility)
def _eligibility(clause: Eligibility, lang: Lang, names: Mapping[str, str]) -> str:
    return translate("clause.eligibility", lang, condition=condition_text(clause.requires, lang, names))


@_rule.register(DirectWorkerFloor)
def _floor(clause: DirectWorkerFloor, lang: Lang, _names: Mapping[str, str]) -> str:
    roles = list_words([translate(f"report.role.{role}", lang) for role in clause.counts_as_direct], lang)
    pooling = translate(f"clause.counted.{clause.pooling}", lang)
    return translate("clause.direct-worker-floor", lang, share=_percent(clause.share, lang), roles=roles, pooling=pooling)


@_rule.register(LeaderCap)
def _cap(clause: LeaderCap, lang: Lang, _names: Mapping[str, str]) -> str:
    return translate("clause.leader-cap", lang, share=_percent(clause.share, lang), pooling=translate(f"clause.counted.{clause.pooling}", lang))


@_rule.register(CoolingOff)
def _cooling_off(clause: CoolingOff, lang: Lang, _names: Mapping[str, str]) -> str:
    return translate("clause.cooling-off", lang, years=format_exact(clause.years, lang))


@_rule.register(ScoreThreshold)
def _score_threshold(clause: ScoreThreshold, lang: Lang, _names: Mapping[str, str]) -> str:
    return translate("clause.score-threshold", lang, n=format_exact(clause.at_least, lang))


@_rule.register(Money)
def _money(clause: Money, lang: Lang, _names: Mapping[str, str]) -> str:
    return translate("clause.money", lang, n=format_exact(clause.multiple, lang))


@_rule.register(PayStep)
def _pay_step(clause: PayStep, lang: Lang, _names: Mapping[str, str]) -> str:
    return translate("clause.pay-step", lang, share=_percent(clause.share, lang), months=format_exact(clause.months, lang))


@_rule.register(Weights)
def _weights(clause: Weights, lang: Lang, _names: Mapping[str, str]) -> str:
    return translate("clause.weights", lang, **{name: format_exact(getattr(clause, name), lang) for name in WEIGHTED})


@_rule.register(RatingCap)
def _rating_cap(clause: RatingCap, lang: Lang, _names: Mapping[str, str]) -> str:
    return translate("clause.rating-cap", lang, rating=translate(f"field.value.{clause.rating}", lang), share=_percent(clause.share, lang))


@_rule.register(Appraisal)
def _appraisal(clause: Appraisal, lang: Lang, _names: Mapping[str, str]) -> str:
    authority, n = translate(f"clause.authority.{clause.authority}", lang), format_exact(clause.appraisers, lang)
    return translate("clause.appraisal", lang, authority=authority, n=n, share=_percent(clause.audit_share, lang))


@_rule.register(Exhortation)
def _exhortation(clause: Exhortation, lang: Lang, names: Mapping[str, str]) -> str:
    compliance = {name: format_exact(getattr(clause.compliance, name), lang) for name in ("value", "low", "high")}
    unnamed = translate("clause.exhortation.unnamed", lang)
    moves = [
        translate(
            "clause.exhortation.move", lang, assumption=names.get(f"assumptions.{move.assumption}", unnamed), toward=format_exact(move.toward, lang)
        )
        for move in clause.moves
    ]
    return translate("clause.exhortation", lang, details=joined(*moves), **compliance)


@_rule.register(Quota)
def _quota(clause: Quota, lang: Lang, names: Mapping[str, str]) -> str:
    return translate("clause.quota", lang, **_quota_fields(clause, lang, names))


for _kind in get_args(ProcedureRule):
    _rule.register(_kind, procedure_rule)
for _kind in get_args(Criterion):
    _rule.register(_kind, criterion_rule)


def _quota_fields(quota: Quota, lang: Lang, names: Mapping[str, str]) -> dict[str, str]:
    if isinstance(quota.of, HoldersOf):
        base = translate("clause.of.holders", lang, award=names.get(quota.of.holders_of, quota.of.holders_of))
    else:
        base = translate(f"clause.of.{quota.of}", lang)
    limit = ""
    if quota.limit is not None:
        cited = quota.limit.source
        source = names.get(f"instruments.{cited.instrument}", cited.instrument)
        if cited.provision is not None:
            source = translate("citation.provision", lang, provision=provision_words(cited.provision, lang), instrument=source)
        limit = translate("clause.quota.limit", lang, source=source, amount=_amount(quota.limit, "", lang))
    return {
        "amount": _amount(quota, base, lang),
        "pooling": translate(f"clause.counted.{quota.pooling}", lang),
        "rounding": translate(f"clause.rounding.{quota.rounding}", lang),
        "limit": limit,
    }


def _amount(quota: Quota | Limit, base: str, lang: Lang) -> str:
    if quota.places is not None:
        return translate("clause.amount.places", lang, n=format_exact(quota.places, lang))
    share = _percent(quota.share or 0, lang)
    return translate("clause.amount.share", lang, share=share, of=base) if base else translate("clause.amount.share-alone", lang, share=share)


def _percent(share: float, lang: Lang) -> str:
    return format_exact(share, lang, is_percent=True)
