"""What a drafter reads in a finding instead of ids: clauses and awards by their titles, instruments by their numbers, keys by their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.presentation.i18n import KEY, catalogue, translate
from simulator.presentation.rules.citing import NO_REGISTER, instrument_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.presentation.numbers import Lang
    from simulator.rules.citation import InstrumentRegister
    from simulator.rules.criteria import CriteriaSet

_KEYS: Final = ("criteria.field.", "field.")
_INFINITE: Final = "∞"
_POINTS: Final = "points."
"""Before the parts of a scoring table in the path of a clause; conditions name them without."""


def finding_names(criteria: CriteriaSet, lang: Lang, register: InstrumentRegister = NO_REGISTER) -> Mapping[str, str]:
    """Give what is said instead of each id that a finding about a set may hold.

    Parameters
    ----------
    criteria
        The set; for a draft, what it began as, so that what it takes away has a name too.
    lang
        The language.
    register
        The instruments known.
    """
    words = catalogue(lang)
    names = {
        f"{KEY}{key.removeprefix(prefix)}": word for prefix in _KEYS for key, word in words.items() if key.startswith(prefix) and "{" not in word
    }
    names |= {key.removeprefix("instruments."): word for key, word in instrument_words(register, lang).items()}
    names |= {header.id: header.title.in_language(lang) for header in criteria.headers}
    names |= criteria.titles_in(lang)
    parts = {path.removeprefix(_POINTS): names[path] for path in names if path.startswith(_POINTS)}
    names = {**parts, **{name: translate(f"condition.points.{name}", lang).rstrip(",") for name in ("total", "every-criterion")}, **names}
    return names | {_INFINITE: translate("finding.word.no-limit", lang)}
