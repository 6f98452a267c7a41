"""What the clauses of procedure rule, in full sentences: stages, tracks, transitions, gates, scales, marks and tie-breaks."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, TypeAlias

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_exact
from simulator.presentation.rules.condition_words import condition_text, list_quoted, part_words, sector_words
from simulator.presentation.wording import list_words, sentence_case
from simulator.rules.stages import AdHocTrack, Marking, Scale, SectorGate, Stage, TieBreak, Transition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.presentation.numbers import Lang

ProcedureRule: TypeAlias = Stage | AdHocTrack | Transition | SectorGate | Scale | Marking | TieBreak


def procedure_rule(clause: ProcedureRule, lang: Lang, names: Mapping[str, str]) -> str:
    """Say what a clause of procedure rules, without its title.

    Parameters
    ----------
    clause
        The clause.
    lang
        The language.
    names
        Titles of awards, parts and classes.
    """
    return _rule(clause, lang, names)


def joined(*details: str) -> str:
    """Let details follow a sentence, each after a semicolon."""
    return "".join(f"; {detail}" for detail in details if detail)


@singledispatch
def _rule(clause: ProcedureRule, lang: Lang, names: Mapping[str, str]) -> str:
    """Say what one kind of clause rules."""
    raise NotImplementedError(type(clause).__name__)


@_rule.register(Stage)
def _stage(clause: Stage, lang: Lang, names: Mapping[str, str]) -> str:
    level = translate(f"clause.level.{clause.level}", lang)
    return translate("clause.stage", lang, order=str(clause.order), level=level, details=joined(*_stage_details(clause, lang, names)))


@_rule.register(AdHocTrack)
def _track(clause: AdHocTrack, lang: Lang, _names: Mapping[str, str]) -> str:
    days = clause.decided_within_days
    details = "" if days is None else translate("clause.ad-hoc-track.within", lang, n=format_exact(days, lang))
    return translate(f"clause.ad-hoc-track.{'counts' if clause.counts_for_ladder else 'apart'}", lang, details=joined(details))


@_rule.register(Transition)
def _transition(clause: Transition, lang: Lang, names: Mapping[str, str]) -> str:
    fields = {"award": names.get(clause.award, clause.award), "of_set": names.get(clause.of_set, translate("clause.transition.former", lang))}
    if clause.counts_as is None:
        return translate("clause.transition.nothing", lang, **fields)
    return translate("clause.transition.counts", lang, counts_as=names.get(clause.counts_as, clause.counts_as), **fields)


@_rule.register(SectorGate)
def _gate(clause: SectorGate, lang: Lang, names: Mapping[str, str]) -> str:
    details = translate("clause.sector-gate.awards", lang, awards=list_quoted(clause.awards, lang, names)) if clause.awards else ""
    return translate(
        "clause.sector-gate", lang, sector=sector_words(clause.sector, lang), details=details, condition=condition_text(clause.requires, lang, names)
    )


@_rule.register(Scale)
def _scale(clause: Scale, lang: Lang, _names: Mapping[str, str]) -> str:
    fields = {"target": translate(f"clause.target.{clause.target}", lang), "total": format_exact(clause.total, lang)}
    return translate("clause.scale", lang, details=joined(*_scale_details(clause, lang)), **fields)


@_rule.register(Marking)
def _marking(clause: Marking, lang: Lang, _names: Mapping[str, str]) -> str:
    reason = translate(f"clause.marking.{'reason' if clause.reason_when_changed else 'no-reason'}", lang)
    return translate("clause.marking", lang, rules=sentence_case("; ".join([*_who_sees(clause, lang), reason])))


@_rule.register(TieBreak)
def _tie_break(clause: TieBreak, lang: Lang, names: Mapping[str, str]) -> str:
    steps = []
    for number, step in enumerate(clause.prefer, 1):
        if step.who is not None:
            words = translate("clause.tie-break.who", lang, condition=condition_text(step.who, lang, names))
        else:
            words = translate("clause.tie-break.points", lang, part=part_words(step.points or "", lang, names))
        steps.append(translate("condition.numbered", lang, n=str(number), part=words))
    return translate("clause.tie-break", lang, steps="; ".join(steps))


def _stage_details(stage: Stage, lang: Lang, names: Mapping[str, str]) -> list[str]:
    details = [
        translate(f"clause.stage.{name}", lang, n=format_exact(n, lang)) for name in ("appraisers",) if (n := getattr(stage, name)) is not None
    ]
    shares = {name: getattr(stage, name) for name in ("audit_share", "strictness")}
    details += [translate(f"clause.stage.{name}", lang, share=_percent(share, lang)) for name, share in shares.items() if share is not None]
    if stage.vote is not None:
        counts = translate(f"clause.vote.{stage.vote.counts}", lang)
        vote = translate("clause.stage.vote", lang, share=_percent(stage.vote.threshold, lang), counts=counts)
        if stage.vote.ballot is not None:
            vote = translate("clause.stage.vote.ballot", lang, vote=vote, ballot=translate(f"clause.ballot.{stage.vote.ballot}", lang))
        details.append(vote)
    if stage.posting_days is not None:
        details.append(translate("clause.stage.posting_days", lang, n=format_exact(stage.posting_days, lang)))
    if stage.consults:
        bodies = list_words([body.in_language(lang) for body in stage.consults], lang)
        details.append(translate("clause.stage.consults", lang, bodies=bodies))
    if stage.delay_days is not None:
        details.append(translate("clause.stage.delay_days", lang, n=format_exact(stage.delay_days, lang)))
    if stage.awards:
        details.append(translate("clause.stage.awards", lang, awards=list_quoted(stage.awards, lang, names)))
    return details


def _scale_details(scale: Scale, lang: Lang) -> list[str]:
    given = {"bonus": scale.bonus, "lowest": scale.lowest or None, "round_to": scale.round_to}
    return [translate(f"clause.scale.{name}", lang, n=format_exact(value, lang)) for name, value in given.items() if value is not None]


def _who_sees(marking: Marking, lang: Lang) -> list[str]:
    sentences = []
    for giver, others in marking.sees.items():
        words = list_words([translate(f"clause.giver.{other}", lang) for other in others], lang)
        key = "clause.marking.sees" if others else "clause.marking.sees-none"
        sentences.append(translate(key, lang, giver=translate(f"clause.giver.{giver}", lang), others=words))
    return sentences


def _percent(share: float, lang: Lang) -> str:
    return format_exact(share, lang, is_percent=True)
