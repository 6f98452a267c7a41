"""Margins in words: the smallest differences worth a word, and other amounts of an indicator, each with the unit the tables have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_shortest
from simulator.presentation.wording import OF_THE_BASELINE, indicator_name, list_words, scale_of, with_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Literal

    from simulator.presentation.numbers import Lang

_DECIMALS = 10
"""What floating-point arithmetic leaves beyond is not written."""


def amount_words(name: str, amount: float, kind: Literal["value", "difference"], lang: Lang) -> str:
    """Write a level or a difference of an indicator as the tables do: 5 points of per cent, and not 0.05."""
    scale = scale_of(name)
    return with_unit(format_shortest(round(amount * scale.factor, _DECIMALS), lang), translate(f"table.unit.{kind}.{scale}", lang))


def margin_words(name: str, margin: float, lang: Lang) -> str:
    """Write the margin of an indicator; of counts and money, it is a share of the baseline."""
    return translate("table.note.margin-of-baseline", lang) if name in OF_THE_BASELINE else amount_words(name, margin, "difference", lang)


def say_margins(margins: Mapping[str, float], lang: Lang, call: Callable[[str, Lang], str] = indicator_name) -> str:
    """Write each margin once; of several margins in one unit, the one that holds for most needs no names, the others say for what they hold.

    Parameters
    ----------
    margins
        Indicator → its margin.
    lang
        The language.
    call
        Gives the name of an indicator.
    """
    by_unit: dict[str, dict[str, list[str]]] = {}
    for name, margin in margins.items():
        unit = "baseline" if name in OF_THE_BASELINE else translate(f"table.unit.difference.{scale_of(name)}", lang)
        by_unit.setdefault(unit, {}).setdefault(margin_words(name, margin, lang), []).append(call(name, lang))
    return "; ".join(_of_a_unit(unit, holders, lang) for unit, holders in by_unit.items())


def _of_a_unit(unit: str, holders: dict[str, list[str]], lang: Lang) -> str:
    usual = max(holders, key=lambda amount: len(holders[amount]))
    # A unit says which indicators are meant; a number without one, and a share of the baseline, do not.
    needs_names = unit in {"", "baseline"}
    parts = [usual] if not needs_names else []
    parts += [
        translate("table.note.margin-for" if needs_names else "table.note.margin-except", lang, amount=amount, indicators=list_words(names, lang))
        for amount, names in holders.items()
        if needs_names or amount != usual
    ]
    return ", ".join(parts)
