"""What the two sets of a comparison are called: rules in force or the rules a draft begins from, and a draft by what it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_date
from simulator.presentation.wording import list_words

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from simulator.presentation.numbers import Lang
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.schema import Header


def side_of(before: CriteriaSet) -> Literal["current", "base"]:
    """Tell what the first set is called: rules in force, or, where they are in force no longer or never were, the base rules."""
    return "current" if before.status == "in-force" else "base"


def describe_sets(before: CriteriaSet, after: CriteriaSet, lang: Lang) -> list[str]:
    """Say of each set what it is, whether it is in force, and when it applies."""
    return [_describe_set(before, side_of(before), lang), _describe_draft(before, after, lang)]


def caption(before: CriteriaSet, after: CriteriaSet, lang: Lang) -> str:
    """Name both sets; of a draft laid upon other rules, only what it adds."""
    if added := _added(before, after):
        key = "comparison.caption.stacked" if side_of(before) == "current" else "comparison.caption.stacked.base"
        return translate(key, lang, before=before.title.in_language(lang), added=_titles(added, lang))
    return translate("comparison.caption", lang, before=before.title.in_language(lang), after=after.title.in_language(lang))


def title_of(criteria: CriteriaSet, lang: Lang) -> str:
    """Give the title of a set; of a stack, its base and what is applied with it."""
    base, *others = [header.title.in_language(lang) for header in criteria.headers]
    return translate("set.title.stack", lang, base=base, others=list_words(others, lang)) if others else base


def _added(before: CriteriaSet, after: CriteriaSet) -> tuple[Header, ...]:
    """Give what the second set stacks on the first; nothing where it does not stand on it."""
    n_same = len(before.headers)
    return after.headers[n_same:] if after.headers[:n_same] == before.headers else ()


def _titles(headers: Sequence[Header], lang: Lang) -> str:
    return list_words([translate("table.quoted", lang, text=header.title.in_language(lang)) for header in headers], lang)


def _describe_set(criteria: CriteriaSet, side: str, lang: Lang) -> str:
    words = {
        "side": translate(f"comparison.note.{side}", lang),
        "title": criteria.title.in_language(lang),
        "id": criteria.id,
        "status": translate(f"command.list.status.{criteria.status}", lang),
    }
    return translate("comparison.note.header", lang, **words, period=_period(criteria.valid_from, criteria.valid_until, lang))


def _describe_draft(before: CriteriaSet, after: CriteriaSet, lang: Lang) -> str:
    """Describe the second set; of one that stands on the first, what it adds, and that it changes the first."""
    added = _added(before, after)
    if not added:
        return _describe_set(after, "draft", lang)
    words = {
        "title": _titles(added, lang),
        "id": "+".join(header.id for header in added),
        "base": before.title.in_language(lang),
        "status": translate(f"command.list.status.{after.status}", lang),
    }
    own = [header.valid for header in added if header.valid is not None]
    start = max(period.start for period in own) if len(own) == len(added) else None
    end = min((period.end for period in own if period.end is not None), default=None)
    return translate("comparison.note.amending", lang, **words, period=_period(start, end, lang))


def _period(start: datetime.date | None, end: datetime.date | None, lang: Lang) -> str:
    if start is None:
        return translate("comparison.note.open", lang)
    until = "" if end is None else translate("comparison.note.until", lang, end=format_date(end.isoformat(), lang))
    return translate("comparison.note.from", lang, start=format_date(start.isoformat(), lang), until=until)
