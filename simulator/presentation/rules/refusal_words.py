"""Why the model cannot play a set, in words a drafter can act on: which clause, and what the model does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.model.playable import iter_unplayable
from simulator.presentation.i18n import translate
from simulator.presentation.wording import quoted

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang
    from simulator.rules.criteria import CriteriaSet

_MOST_TOLD: Final = 3


def refusal_words(word: str, found: str, lang: Lang) -> str:
    """Say a reason of :class:`~simulator.model.playable.Refusal`."""
    return translate(f"finding.refused.{word}", lang, found=found)


def titles_of_parts(criteria: CriteriaSet, lang: Lang) -> dict[str, str]:
    """Give what everything is called that a refusal may name: awards, clauses, and the parts of a scoring table."""
    return criteria.titles_in(lang) | {name: translate(f"comparison.group.{name}", lang) for name in ("points", "classes", "vetoes")}


def say_refusals(criteria: CriteriaSet, lang: Lang) -> str:
    """Say what keeps the model from playing a set, the parts that one reason stands against by their titles; empty where it can be played.

    Returns
    -------
        The first three reasons, and how many more there are.
    """
    refusals = tuple(iter_unplayable(criteria))
    if not refusals:  # asked of every draft, at each step of a slider
        return ""
    titles = titles_of_parts(criteria, lang)
    against: dict[tuple[str, str], list[str]] = {}
    for refusal in refusals:
        against.setdefault((refusal.word, refusal.found), []).append(titles[refusal.path])
    told = [
        translate("refusal.of-parts", lang, parts=quoted(list(dict.fromkeys(parts)), lang), reason=refusal_words(word, found, lang))
        for (word, found), parts in list(against.items())[:_MOST_TOLD]
    ]
    if len(against) > _MOST_TOLD:
        told.append(translate("refusal.more", lang, n=str(len(against) - _MOST_TOLD)))
    return "; ".join(told)
