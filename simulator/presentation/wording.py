"""Names of things in the reader's language, and how the numbers of each indicator are written."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from simulator.experiments.mathematics.statistics import COMPARED, PRIMARY
from simulator.experiments.results.comparison import STRUCTURES_CAVEAT
from simulator.presentation.i18n import catalogue, translate
from simulator.presentation.numbers import NO_BREAK_SPACE, NumberFormat, Scale, is_nothing, is_outside_shares, money_scale, places_for
from simulator.rules.values import LANGUAGES, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.experiments.results.comparison import Comparison, Estimate, IndicatorComparison, OptionComparison
    from simulator.experiments.results.records import BilingualText
    from simulator.presentation.numbers import Lang

ALWAYS_SHOWN = (
    "turn_taking_index",
    "last_winner_penalty",
    "equal_opportunity_difference",
    "leader_share",
    "direct_worker_share",
    "award_rate",
    "excess_inflation",
    "merit_kappa",
)
"""The indicators every main table shows; the others stand in it where an option differs clearly."""

OF_THE_BASELINE = frozenset({"dossiers", "cost_vnd"})
"""Indicators whose margin is a share of the baseline's value."""

CAUSES = ("merit", "turn", "post", "unexplained")
"""The parts of the allocation mix, in the order they are stacked."""

DEFAULT_STRUCTURE = "weighted"
"""The structure of behaviour that a scenario has where it names none, and that needs no word beside a table."""

_CUMULATIVE = frozenset({"excess_inflation"})
"""Indicators whose course over the years is a total since year 0, while their value over all years is an average a year."""

_SCALES = {
    "equal_opportunity_difference": Scale.POINTS,
    "excess_inflation": Scale.PERCENT_A_YEAR,
    "last_winner_penalty": Scale.PERCENT,
    "leader_share": Scale.PERCENT,
    "direct_worker_share": Scale.PERCENT,
    "award_rate": Scale.PERCENT,
    "precision_at_k": Scale.PERCENT,
    "unexplained_gap": Scale.POINTS,
    "five_year_coverage": Scale.PERCENT,
    "fill_rate": Scale.PERCENT,
    "approval_rate": Scale.PERCENT,
    "award_volume_growth": Scale.PERCENT_A_YEAR,
    "award_level_growth": Scale.PERCENT_A_YEAR,
    "time_to_award_months": Scale.MONTHS,
    "recognised_within_12_months": Scale.PERCENT,
    "discovery_recall": Scale.PERCENT,
    "awards_owed_to_chasing": Scale.PERCENT,
    "dossiers": Scale.AMOUNT,
    "cost_vnd": Scale.MILLIONS,
}


def pick(text: BilingualText, lang: Lang) -> str:
    """Return the words in the reader's language."""
    return text[lang]


def in_both(key: str, titled: Text | None = None) -> Text:
    """Return an entry of the catalogue in both languages.

    Parameters
    ----------
    key
        The entry.
    titled
        What its ``{title}`` is, where it has one.
    """
    return Text(**{lang: translate(key, lang, **({} if titled is None else {"title": titled.in_language(lang)})) for lang in LANGUAGES})


def indicator_name(name: str, lang: Lang) -> str:
    """Return the reviewed official name of an indicator."""
    return translate(f"indicator.{name}", lang)


def award_kind(title: BilingualText | None, lang: Lang) -> str:
    """Call an award by its kind in law: a title (*danh hiệu*) or a commendation (*hình thức khen thưởng*); one that no set knows, by neither.

    The law names its commendations after what is handed over, so the first words of the Vietnamese title tell.
    """
    if title is None:
        return translate("award.kind.unknown", lang)
    commendations = tuple(translate("award.kind.commendations", lang).split("; "))
    return translate(f"award.kind.{'commendation' if title['vi'].lower().startswith(commendations) else 'title'}", lang)


def is_of_collectives(comparison: Comparison) -> bool:
    """Say whether awards go to collectives: these hold no posts, so a comparison of them tells its groups apart by anything but those."""
    divisions = comparison.options[0].by_group  # the same under every option
    return bool(divisions) and "role" not in divisions


def name_in(comparison: Comparison, name: str, lang: Lang) -> str:
    """Return the name of an indicator as it is read in this comparison: of collectives in clusters, or of people in units."""
    of_collectives = catalogue(lang).get(f"indicator.collective.{name}") if is_of_collectives(comparison) else None
    return of_collectives or indicator_name(name, lang)


def words_in(comparison: Comparison, key: str, /, lang: Lang, **fields: str) -> str:
    """Give a sentence as it is read in this comparison: where collectives are awarded, in the words that the catalogue has for them, if it has any."""
    of_collectives = f"{key}.collective"
    return translate(of_collectives if is_of_collectives(comparison) and of_collectives in catalogue(lang) else key, lang, **fields)


def says_anything(comparison: Comparison, name: str) -> bool:
    """Whether the indicator has a value anywhere, and is more than nothing everywhere (collectives have no leaders)."""
    return any(number for item in measured(comparison, name) for number in (item.value, item.lawful_best))


def compared_names(comparison: Comparison) -> list[str]:
    """Name the indicators of the comparison figure that say anything here."""
    return [name for name in COMPARED if says_anything(comparison, name)]


def headline_names(comparison: Comparison) -> list[str]:
    """Name the indicators that were followed year by year, without those that never have a value where others do."""
    lines = {name: [item.value for option in comparison.options for item in option.by_year.get(name, ())] for name in PRIMARY}
    followed = [name for name, values in lines.items() if values]
    return [name for name in followed if any(value is not None for value in lines[name])] or followed


def scale_of(name: str) -> Scale:
    """Say how an indicator is shown."""
    return _SCALES.get(name, Scale.PLAIN)


def course_name(name: str, lang: Lang) -> str:
    """Return the name of an indicator's course over the years."""
    return translate(f"indicator.course.{name}", lang) if name in _CUMULATIVE else indicator_name(name, lang)


def course_scale(name: str) -> Scale:
    """Say how an indicator's course over the years is shown."""
    return Scale.PERCENT if name in _CUMULATIVE else scale_of(name)


def course_margin(name: str, margin: float, n_years: int) -> float:
    """Return the margin for a year of the course: a yearly margin adds up in a total."""
    return margin * n_years if name in _CUMULATIVE else margin


def course_format(name: str, estimates: Iterable[Estimate], lang: Lang) -> NumberFormat:
    """Return the format of an indicator's course: as many decimals as the widest interval supports."""
    scale = course_scale(name)
    return NumberFormat(lang, scale, places_for((_half(item.low, item.high) for item in estimates), scale))


def value_format(name: str, estimates: Iterable[IndicatorComparison], lang: Lang) -> NumberFormat:
    """Return the format of an indicator's levels: as many decimals as the widest interval supports, and at least those the margin is written with."""
    items = list(estimates)
    scale = _scale_for(name, [number for item in items for number in (item.value, item.lawful_best)])
    return NumberFormat(lang, scale, max(places_for((_half(item.low, item.high) for item in items), scale), _places_of_margin(items, scale)))


def difference_format(name: str, indicators: Iterable[IndicatorComparison], lang: Lang) -> NumberFormat:
    """Return the format of an indicator's differences, whose paired intervals are narrower than those of its levels."""
    items = list(indicators)
    scale = _scale_for(name, [item.difference for item in items])
    halves = (_half(item.difference_low, item.difference_high) for item in items)
    return NumberFormat(lang, scale, max(places_for(halves, scale), _places_of_margin(items, scale)))


def _scale_for(name: str, numbers: Iterable[float | None]) -> Scale:
    """Say how some numbers of an indicator are shown: money in the unit that the largest of them fills."""
    return money_scale(numbers) if name == "cost_vnd" else scale_of(name)


def _places_of_margin(indicators: Iterable[IndicatorComparison], scale: Scale) -> int:
    """Count the decimals without which a difference of one margin would be written as nothing."""
    margins = [item.margin * scale.factor for item in indicators if item.margin > 0]
    return min(max((-math.floor(math.log10(margin)) for margin in margins), default=0), scale.most_places) if margins else 0


def verdict_words(indicator: IndicatorComparison, lang: Lang, *, is_brief: bool = False) -> str:
    """Return verdict and nature of a difference, such as *rõ (do quy định)*; where it is not clear, why, unless it must be brief."""
    if is_nothing(indicator.difference, indicator.difference_low, indicator.difference_high):
        return translate("verdict.unmoved", lang)  # nothing brought it about, neither a rule nor anybody
    word = translate(f"verdict.{indicator.verdict.replace(' ', '-')}", lang)
    if indicator.verdict == "not clear":
        if indicator.caveat == STRUCTURES_CAVEAT and not is_brief:
            return translate("verdict.structures-differ", lang)
        direction = sure_direction(indicator)
        return word if direction is None else translate(f"verdict.surely.{direction}", lang)
    return f"{word} ({translate(f'verdict.nature.{indicator.nature}', lang)})"


def not_clear_meaning(indicators: Iterable[IndicatorComparison], lang: Lang) -> str:
    """Say what *not clear* means, and the words that stand for it where only the size of a difference is open, if they stand anywhere here."""
    is_said = any(verdict_words(each, lang) in {translate(f"verdict.surely.{way}", lang) for way in ("up", "down")} for each in indicators)
    return "; ".join(translate(f"verdict.meaning.{key}", lang) for key in ("not-clear", *(["surely"] * is_said)))


def sure_direction(indicator: IndicatorComparison) -> Literal["up", "down"] | None:
    """Say which way a difference goes whose whole interval lies on one side of 0, though it may be smaller than the margin; none where structures differ."""
    low, high = indicator.difference_low, indicator.difference_high
    if low is None or high is None or indicator.caveat == STRUCTURES_CAVEAT:
        return None
    return "up" if low > 0 else "down" if high < 0 else None


def other_options(comparison: Comparison) -> list[OptionComparison]:
    """Return the options that change something, in the scenario's order."""
    return [option for option in comparison.options if option.id != comparison.baseline_option]


def measured(comparison: Comparison, name: str) -> list[IndicatorComparison]:
    """Return one indicator under every option that has it."""
    return [option.indicators[name] for option in comparison.options if name in option.indicators]


def with_unit(number: str, unit: str) -> str:
    """Join a number with its unit; a bare percent sign follows without a space."""
    if not unit:
        return number
    return number + unit if unit.startswith("%") else f"{number}{NO_BREAK_SPACE}{unit}"


def mix_shares(comparison: Comparison) -> list[float | None]:
    """Give every share of the allocation mix of every option."""
    return [estimate.value for option in comparison.options for estimate in option.allocation_mix.values()]


def say_shares_outside(shares: Iterable[float | None], lang: Lang, places: int = 0) -> tuple[str, ...]:
    """Say what a share of the mix means that reads below 0 or above 100, if one of them, written with so many decimals, does."""
    is_said = any(is_outside_shares(share, places) for share in shares)
    return (translate("table.measure.remark", lang, caveat=sentence_case(translate("caveat.outside-shares", lang))),) if is_said else ()


def sentence_case(text: str) -> str:
    """Return the text with its first letter large and the rest as it is."""
    return text[:1].upper() + text[1:]


def column_heads(place: str, names: Sequence[str], lang: Lang) -> tuple[str, ...]:
    """Give the heads of the columns of a table: each a word of one place in the catalogue, as a sentence begins."""
    return tuple(sentence_case(translate(f"{place}.{name}", lang)) for name in names)


def quoted(titles: list[str], lang: Lang, joined: str = "table.and") -> str:
    """Put each title in quotation marks and join them as a list."""
    return list_words([translate("table.quoted", lang, text=title) for title in titles], lang, joined)


def list_words(words: list[str], lang: Lang, joined: str = "table.and") -> str:
    """Join words as a list is read aloud: commas, and *và* or *and*, or another word of the catalogue, before the last."""
    if len(words) < 2:  # noqa: PLR2004  # one word needs no joining
        return "".join(words)
    return f"{', '.join(words[:-1])} {translate(joined, lang)} {words[-1]}"


def _half(low: float | None, high: float | None) -> float | None:
    return None if low is None or high is None else (high - low) / 2
