"""What all indicators about leaders say together: they ask different questions, so they may point in different directions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import is_undefined
from simulator.presentation.registers.measurement_sentences import MAIN, NO_EFFECT_AT, format_of, side_of, with_interval
from simulator.presentation.wording import indicator_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.indicators.measurement import Measured, Measurement
    from simulator.presentation.numbers import Lang

_POST: Final = "post"
NEUTRAL_OF_LEADERS: Final = {
    **{name: NO_EFFECT_AT[name] for name in ("equal_opportunity_difference", "leader_risk_ratio", "unexplained_gap", "post_worth")},
    _POST: 0.0,
}
"""Number about leaders → the value at which they are treated as others are; more than that favours them."""
_FEWEST: Final = 2


def say_leaders(measurement: Measurement, lang: Lang) -> list[str]:
    """Tell of each number about leaders to which side it leans, and what they say together; nothing where fewer than two have an interval.

    A number that the front page tells in a sentence of its own is named here without its value.
    """
    found = {**measurement.indicators, **measurement.allocation_mix}
    known = {name: found[name] for name in NEUTRAL_OF_LEADERS if name in found and not is_undefined(found[name].value) and side_of(found[name], 0.0)}
    if len(known) < _FEWEST:
        return []
    leaning = {name: _leaning(name, measured, lang) for name, measured in known.items()}
    told = []
    for side in ("above", "below", "neither"):
        of_side = [_item(name, known[name], lang) for name in known if leaning[name] == side]
        if of_side:
            told.append(translate(f"figure.measured.leaders.{side}", lang, indicators="; ".join(of_side)))
    return [
        translate(
            "figure.measured.leaders",
            lang,
            told=" ".join(told),
            verdict=_verdict(measurement, [*known], lang),
        )
    ]


def _verdict(measurement: Measurement, names: Sequence[str], lang: Lang) -> str:
    """Say what the numbers come to, and that the others leave it open where there are others."""
    reading = reading_of_leaders(measurement)
    if reading not in {"favoured", "disfavoured"}:
        return translate(f"figure.measured.leaders.{reading}", lang)
    found = {**measurement.indicators, **measurement.allocation_mix}
    is_open = any(side_of(found[name], NEUTRAL_OF_LEADERS[name]) == "around" for name in names)
    rest = translate("figure.measured.leaders.rest", lang) if is_open else ""
    return translate(f"figure.measured.leaders.{reading}", lang, rest=rest)


def reading_of_leaders(measurement: Measurement) -> str:
    """Say what the numbers about leaders come to.

    ``opposed`` where whole intervals lie on both sides, ``favoured`` or ``disfavoured`` where some do on one side and none on the other, ``open`` where none does.
    """
    found = {**measurement.indicators, **measurement.allocation_mix}
    sides = {side_of(found[name], neutral) for name, neutral in NEUTRAL_OF_LEADERS.items() if name in found}
    if {"above", "below"} <= sides:
        return "opposed"
    return "favoured" if "above" in sides else "disfavoured" if "below" in sides else "open"


def _leaning(name: str, measured: Measured, lang: Lang) -> str:
    """Say to which side a number leans; to neither where it reads as the value at which leaders are treated as others are."""
    form = format_of(name, measured, lang=lang).around(measured.low, measured.high)
    if form.value(measured.value) == form.value(NEUTRAL_OF_LEADERS[name]):
        return "neither"
    return "above" if (measured.value or 0.0) >= NEUTRAL_OF_LEADERS[name] else "below"


def _item(name: str, measured: Measured, lang: Lang) -> str:
    title = translate("figure.measured.leaders.post", lang) if name == _POST else indicator_name(name, lang)
    if name in MAIN:
        return title
    return f"{title} {with_interval(measured, format_of(name, measured, lang=lang))}"
