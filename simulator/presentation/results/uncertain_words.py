"""What a study that varies everything at once is called and says: its inputs, its shares, and the sentence for one indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.experiments.comparing.ensemble import AGREEMENT
from simulator.experiments.sensitivity.global_influences import LOUDEST
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NumberFormat, format_count, format_percent, format_shortest, places_for
from simulator.presentation.wording import indicator_name, list_words, pick, scale_of, with_unit

if TYPE_CHECKING:
    from simulator.experiments.sensitivity.global_influences import (
        GlobalSensitivity,
        InputEffect,
        InputInfluence,
        OptionUncertain,
        UncertainDifference,
    )
    from simulator.presentation.numbers import Lang

MOST_NAMED: Final = 3
"""Inputs that a sentence names at most."""
ROUGH: Final = 0.7
"""Where an emulator explains less than this, its shares are called rough."""
_MOST_BARS: Final = 10


class ShownIndices(NamedTuple):
    """What one figure shows: an indicator of the option whose difference varies most, and the inputs in the order of how much of that goes back to them."""

    indicator: str
    option: OptionUncertain
    difference: UncertainDifference
    bars: list[tuple[InputInfluence, InputEffect]]
    noise: InputEffect

    @property
    def has_indices(self) -> bool:
        """Whether there are indices; else there is only the screening."""
        return self.noise.total is not None


def choose_indices(study: GlobalSensitivity, indicator: str) -> ShownIndices | None:
    """Choose what the figure of an indicator shows; ``None`` where no input moves it at all."""
    dummy = next(each for each in study.assumptions if each.kind == "dummy")
    inputs = [each for each in study.assumptions if each is not dummy]
    found = []
    for option in study.options:
        difference = option.differences[indicator]
        effects = [(each, each.effects[option.id][indicator]) for each in inputs]
        lengths = {each.id: (effect.mean_effect if difference.spread is None else effect.total) or 0.0 for each, effect in effects}
        bars = sorted((bar for bar in effects if lengths[bar[0].id] > 0), key=lambda bar: -lengths[bar[0].id])[:_MOST_BARS]
        if bars:
            reach = lengths[bars[0][0].id] if difference.spread is None else difference.spread
            found.append((reach, ShownIndices(indicator, option, difference, bars, dummy.effects[option.id][indicator])))
    return max(found, key=lambda each: each[0])[1] if found else None


def input_name(each: InputInfluence, lang: Lang) -> str:
    """Name an input: an assumption by its title, the others by what they are."""
    return translate(f"input.{each.kind}", lang) if each.title is None else pick(each.title, lang)


def input_range(each: InputInfluence, lang: Lang) -> str:
    """Write where the scenario has an input, and its range; how many values one without an order has."""
    if each.kind == "structure":
        return translate("input.values", lang, n=format_count(round(each.high - each.low) + 1, lang))
    low, high = (format_shortest(number, lang) for number in (each.low, each.high))
    if each.value is None:
        return translate("input.range", lang, low=low, high=high)
    return translate("figure.tornado.range", lang, value=format_shortest(each.value, lang), low=low, high=high)


def share_with_interval(value: float | None, low: float | None, high: float | None, lang: Lang) -> str:
    """Write a share of the variance with its interval, in percent; a share below nothing, which an estimate can be, is nothing."""
    if value is None or low is None or high is None:
        return translate("table.undefined", lang)
    ends = [format_percent(max(0.0, min(1.0, number)), lang) for number in (value, low, high)]
    return f"{ends[0]} [{ends[1]}; {ends[2]}]"


def difference_format(shown: ShownIndices, lang: Lang) -> NumberFormat:
    """Return how the differences of an indicator are written here: a margin must be seen."""
    scale = scale_of(shown.indicator)
    return NumberFormat(lang, scale, places_for([shown.difference.margin], scale))


def say_all(study: GlobalSensitivity, indicator: str, lang: Lang) -> str:
    """Say what an indicator depends on; where it varies by less than a margin whatever varies, or does not move at all, that."""
    shown = choose_indices(study, indicator)
    if shown is not None:
        return say_indices(study, shown, lang)
    differences = [option.differences[indicator] for option in study.options]
    words = {"indicator": indicator_name(indicator, lang)}
    if any(each.is_loud for each in differences):
        return translate("sentence.indices.loud", lang, share=format_percent(LOUDEST, lang), **words)
    key = "undefined" if any(each.difference is None for each in differences) else "still" if study.method == "morris" else "narrow"
    return translate(f"sentence.indices.{key}", lang, **words)


def say_indices(study: GlobalSensitivity, shown: ShownIndices, lang: Lang) -> str:
    """Say how far the difference goes, what it depends on most, and whether its verdict holds."""
    form, difference = difference_format(shown, lang), shown.difference
    unit = translate(f"table.unit.difference.{form.scale}", lang)
    words = {"indicator": indicator_name(shown.indicator, lang), "option": pick(shown.option.title, lang)}
    if not shown.has_indices:
        named = list_words([translate("table.quoted", lang, text=input_name(each, lang)) for each, _ in _above_noise(shown)], lang)
        return translate("sentence.screening.some" if named else "sentence.screening.none", lang, inputs=named, **words)
    usual = with_unit(form.around(difference.low, difference.high).change(difference.difference), unit)
    low, high = (with_unit(end, unit) for end in form.ends(difference.lowest, difference.highest, signed=True))
    told = [(each, effect) for each, effect in shown.bars if effect.is_told][:MOST_NAMED]
    named = list_words([_named(each, effect, lang) for each, effect in told], lang)
    sentences = [
        translate("sentence.indices.range", lang, usual=usual, low=low, high=high, **words),
        translate("sentence.indices.most" if named else "sentence.indices.none", lang, inputs=named),
        say_verdict(difference, lang),
    ]
    if study.is_emulated and (difference.explained or 0.0) < ROUGH:
        sentences.append(translate("sentence.indices.rough", lang, explained=format_percent(difference.explained, lang)))
    return " ".join(sentences)


def say_verdict(difference: UncertainDifference, lang: Lang) -> str:
    """Say whether the verdict holds over all draws and structures; one that was *not clear* has nothing to hold."""
    if difference.verdict == "not clear" or difference.agreement_of_draws is None or difference.agreement_of_structures is None:
        return translate("sentence.indices.unclear", lang)
    holds = min(difference.agreement_of_draws, difference.agreement_of_structures) >= AGREEMENT
    return translate(
        "sentence.indices.holds" if holds else "sentence.indices.fails",
        lang,
        verdict=translate(f"verdict.{difference.verdict}", lang),
        draws=format_percent(difference.agreement_of_draws, lang),
        structures=format_percent(difference.agreement_of_structures, lang),
        needed=format_percent(AGREEMENT, lang),
    )


def _named(each: InputInfluence, effect: InputEffect, lang: Lang) -> str:
    return translate("sentence.indices.input", lang, input=input_name(each, lang), share=format_percent(effect.total, lang))


def _above_noise(shown: ShownIndices) -> list[tuple[InputInfluence, InputEffect]]:
    """Give the inputs whose elementary effects are larger than those of the dummy, interval from interval."""
    floor = (shown.noise.mean_effect or 0.0) + (shown.noise.mean_effect_half or 0.0)
    return [bar for bar in shown.bars if (bar[1].mean_effect or 0.0) - (bar[1].mean_effect_half or 0.0) > floor][:MOST_NAMED]
