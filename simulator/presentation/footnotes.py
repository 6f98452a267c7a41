"""Footnotes of the tables of a comparison that only some comparisons need: what their numbers stand on where that is not the usual."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count, format_exact
from simulator.presentation.wording import list_words, name_in, pick, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.experiments.results.comparison import Comparison, IndicatorComparison
    from simulator.presentation.numbers import Lang

FEWEST_FOR_A_CONCLUSION: Final = 8
"""Replications below which a table says that it is for a first look only."""
_ASIDE = re.compile(r"\s*\([^()]*\)$")


def few_replications_notes(replications: int, lang: Lang) -> list[str]:
    """Warn of numbers that rest on few replications; nothing where they are enough."""
    if replications >= FEWEST_FOR_A_CONCLUSION:
        return []
    return [translate("table.note.few-replications", lang, replications=format_count(replications, lang))]


def thinned_notes(members: int | None, members_in_scenario: int | None, lang: Lang, *, is_explained: bool = False) -> list[str]:
    """Say that numbers rest on fewer members than the scenario has, briefly where it was explained before; nothing where they do not, or nobody knows."""
    if members is None or members_in_scenario is None or members >= members_in_scenario:
        return []
    key = "table.note.thinned-as-before" if is_explained else "table.note.thinned"
    return [translate(key, lang, members=format_count(members, lang), all=format_count(members_in_scenario, lang))]


def stopping_notes(comparison: Comparison, lang: Lang) -> list[str]:
    """Say where replications stopped by themselves, and why; nothing where their number was fixed, or is too small for that."""
    stopping = comparison.stopping
    if stopping is None or stopping.reason == "asked" or stopping.cap < stopping.start + stopping.look_ahead:
        return []
    fields = {"replications": format_count(comparison.replications, lang), "most": format_count(stopping.cap, lang)}
    if stopping.reason == "precise":
        return [translate("table.note.stopped-precise", lang, more=format_count(stopping.look_ahead, lang), **fields)]
    if not stopping.wide:
        return [translate("table.note.stopped-cap", lang, more=format_count(stopping.look_ahead, lang), **fields)]
    names = dict.fromkeys(name_in(comparison, each.indicator, lang) for each in stopping.wide)
    return [translate("table.note.stopped-cap-wide", lang, indicators=list_words(list(names), lang), **fields)]


def override_notes(comparison: Comparison, lang: Lang) -> list[str]:
    """Name the assumptions for which the scenario has a value of its own, with that value and the usual one; nothing where it has none."""
    changes = [
        translate(
            "table.note.override",
            lang,
            assumption=translate("table.quoted", lang, text=_ASIDE.sub("", pick(assumption.title, lang))),
            value=format_exact(assumption.value, lang),
            default=format_exact(assumption.default, lang),
        )
        for assumption in comparison.assumptions
        if assumption.default is not None
    ]
    return [translate("table.note.overrides", lang, assumptions="; ".join(changes))] if changes else []


def replication_notes(comparison: Comparison, names: Iterable[str], lang: Lang) -> list[str]:
    """Say of each number that rests on some replications only on how many; nothing where all rest on all.

    Parameters
    ----------
    comparison
        The comparison.
    names
        Indicators the table shows.
    lang
        The language.
    """
    told = []
    for name in names:
        of_options: dict[str, list[str]] = {}
        for option in comparison.options:
            item = option.indicators.get(name)
            if item is not None and (counts := _counts(item, comparison.replications, lang, is_reference=option.id == comparison.baseline_option)):
                of_options.setdefault(counts, []).append(pick(option.title, lang))
        told += [
            translate("table.note.fewer", lang, indicator=name_in(comparison, name, lang), options=quoted(titles, lang), counts=counts)
            for counts, titles in of_options.items()
        ]
    if not told:
        return []
    return [translate("table.note.fewer-replications", lang, replications=format_count(comparison.replications, lang), numbers="; ".join(told))]


def _counts(item: IndicatorComparison, replications: int, lang: Lang, *, is_reference: bool) -> str:
    """List the numbers of one option that rest on fewer replications; one that rests on none is undefined, and said to be so elsewhere.

    The reference has no difference, though it has been compared with itself.
    """
    counts = (("table.value", item.value_n), ("table.lawful-best", item.lawful_best_n), ("table.difference", None if is_reference else item.n))
    return ", ".join(
        translate("table.note.fewer-count", lang, number=translate(key, lang), n=format_count(n, lang))
        for key, n in counts
        if n is not None and 0 < n < replications
    )
