"""The commendation ladder in words and numbers: its ways up, the table, the sentence and the text of the figure."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NumberFormat, Scale, format_count, format_number, format_percent, is_undefined, places_for
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import other_options, pick

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from simulator.experiments.results import BilingualText, Comparison, GroupNumber, LadderStep, OptionComparison
    from simulator.presentation.numbers import Lang

_LEAST_RANGE: Final = 0.01
"""Options whose parts are closer than that are called alike."""


def chains_of(comparison: Comparison) -> list[tuple[str, ...]]:
    """Find the ways up: awards from a lowest rung to a highest one; beyond the first rung that nobody holds under any option, nothing is followed."""
    steps = comparison.option(comparison.baseline_option).ladder
    above: dict[str, list[str]] = {}
    for step in steps:
        above.setdefault(step.award, []).append(step.next_award)
    reached = {step.next_award for step in steps}

    def ways(award: str) -> Iterable[tuple[str, ...]]:
        if award not in above or not _is_held(comparison, award):
            yield (award,)
            return
        for upper in above[award]:
            yield from ((award, *way) for way in ways(upper))

    lowest = [award for award in above if award not in reached]
    return [way for award in lowest for way in ways(award) if len(way) > 1]


def _is_held(comparison: Comparison, award: str) -> bool:
    return any(step.holders.value for option in comparison.options for step in option.ladder if step.award == award)


def rung_titles(comparison: Comparison, chain: tuple[str, ...]) -> list[BilingualText]:
    """Give the titles of the awards of a way up."""
    steps = comparison.option(comparison.baseline_option).ladder
    titles = {step.award: step.award_title for step in steps} | {step.next_award: step.next_title for step in steps}
    return [titles[award] for award in chain]


def step_of(option: OptionComparison, lower: str, upper: str) -> LadderStep:
    """Give a step of an option; every option has the same ones."""
    return next(step for step in option.ladder if (step.award, step.next_award) == (lower, upper))


def share_words(share: float | None, lang: Lang) -> str:
    """Write a part: one decimal below ten percent, where whole percents would hide who is few."""
    if is_undefined(share):
        return translate("table.undefined", lang)
    return format_percent(share, lang, 1 if 0 < (share or 0.0) < 0.0995 else 0)  # noqa: PLR2004 - what would read as 10 with one decimal is written whole


def step_words(step: LadderStep, lang: Lang) -> str:
    """Write the part that goes on, and after how many years."""
    share, years = step.reached_share.value, step.median_years.value
    if not share or years is None:
        return translate("figure.ladder.nobody", lang)
    return translate("figure.ladder.step", lang, share=share_words(share, lang), years=_years(years, lang))


def _years(years: float, lang: Lang) -> str:
    text = format_number(years, lang, 0 if abs(years - round(years)) < 0.05 else 1)  # noqa: PLR2004 - what one decimal would write as whole
    return translate("figure.ladder.same-year", lang) if years < 0.05 else translate("figure.ladder.years", lang, n=text)  # noqa: PLR2004 - as above


def ladder_table(comparison: Comparison, chain: tuple[str, ...], number: int, lang: Lang) -> Table:
    """Return the numbers behind a figure: for each step who holds the lower award, what part goes on, and after how long, with differences in pairs."""
    baseline = comparison.option(comparison.baseline_option)
    columns = (translate("table.ladder.what", lang), *(pick(option.title, lang) for option in comparison.options))
    titles = [pick(title, lang) for title in rung_titles(comparison, chain)]
    groups = []
    for place, (lower, upper) in enumerate(pairwise(chain)):
        steps = [step_of(option, lower, upper) for option in comparison.options]
        is_other = [option.id != baseline.id for option in comparison.options]
        title = translate("table.ladder.step", lang, lower=titles[place], upper=titles[place + 1])
        groups.append(Group(title, (*_rows(steps, is_other, lang),)))
    fields = {"first": titles[0], "last": titles[-1], "replications": format_count(comparison.replications, lang)}
    notes = [translate("table.ladder.note", lang, years=format_count(len(comparison.years), lang), baseline=pick(baseline.title, lang))]
    return Table(f"ladder-{number}", lang, translate("table.ladder.caption", lang, **fields), columns, tuple(groups), tuple(notes), is_simulated=True)


def _rows(steps: list[LadderStep], is_other: list[bool], lang: Lang) -> Iterable[Row]:
    measures: tuple[tuple[str, Callable[[LadderStep], GroupNumber], Scale], ...] = (
        ("holders", lambda step: step.holders, Scale.AMOUNT),
        ("share", lambda step: step.reached_share, Scale.PERCENT),
        ("years", lambda step: step.median_years, Scale.MONTHS),
    )
    for name, measure, scale in measures:
        numbers = [measure(step) for step in steps]
        form = NumberFormat(lang, scale, min(1, max(places_for((_half(item) for item in numbers), scale), 1 if scale is not Scale.AMOUNT else 0)))
        yield Row(translate(f"table.ladder.{name}", lang), tuple(form.value(item.value) for item in numbers))
        yield Row(translate("table.interval", lang), tuple(form.interval(item.low, item.high) for item in numbers))
        if any(is_other):
            differences = [form.change(item.difference) if other else "" for item, other in zip(numbers, is_other, strict=True)]
            yield Row(translate("table.ladder.difference", lang), tuple(differences))
            intervals = [
                form.interval(item.difference_low, item.difference_high, signed=True) if other else ""
                for item, other in zip(numbers, is_other, strict=True)
            ]
            yield Row(translate("table.interval", lang), tuple(intervals))


def _half(item: GroupNumber) -> float | None:
    return None if item.low is None or item.high is None else (item.high - item.low) / 2


def say_ladder(comparison: Comparison, chain: tuple[str, ...], lang: Lang) -> str:
    """Say what part of the lowest rung goes on as things are, at which step options differ most, and which rung nobody reaches."""
    baseline = comparison.option(comparison.baseline_option)
    titles = dict(zip(chain, [pick(title, lang) for title in rung_titles(comparison, chain)], strict=True))
    pairs = list(pairwise(chain))
    first = step_of(baseline, *pairs[0])
    fields = {
        "lower": titles[chain[0]],
        "upper": titles[chain[1]],
        "option": pick(baseline.title, lang),
        "years": format_count(len(comparison.years), lang),
    }
    sentences = [
        translate("figure.ladder.first", lang, share=share_words(first.reached_share.value, lang), **fields)
        if first.reached_share.value
        else translate("figure.ladder.none", lang, **fields)
    ]
    if other_options(comparison):
        sentences.append(_say_range(comparison, pairs, titles, lang))
    nobody = next(
        (upper for lower, upper in pairs if not any(step_of(option, lower, upper).reached_share.value for option in comparison.options)), None
    )
    if nobody is not None and any(step_of(option, *pairs[0]).reached_share.value for option in comparison.options):
        sentences.append(translate("figure.ladder.highest", lang, award=titles[nobody], years=fields["years"]))
    return " ".join(sentences)


def _say_range(comparison: Comparison, pairs: list[tuple[str, str]], titles: dict[str, str], lang: Lang) -> str:
    def known(pair: tuple[str, str]) -> list[tuple[float, OptionComparison]]:
        shares = ((step_of(option, *pair).reached_share.value, option) for option in comparison.options)
        return [(share, option) for share, option in shares if share is not None]

    def width(pair: tuple[str, str]) -> float:
        shares = [share for share, _ in known(pair)]
        return max(shares) - min(shares) if shares else 0.0

    widest = max(pairs, key=width)
    if width(widest) < _LEAST_RANGE:
        return translate("figure.ladder.alike", lang)
    low, lowest = min(known(widest), key=lambda item: item[0])
    high, highest = max(known(widest), key=lambda item: item[0])
    return translate(
        "figure.ladder.range",
        lang,
        lower=titles[widest[0]],
        upper=titles[widest[1]],
        low=share_words(low, lang),
        high=share_words(high, lang),
        lowest=pick(lowest.title, lang),
        highest=pick(highest.title, lang),
    )


def describe_ladder(comparison: Comparison, chain: tuple[str, ...], lang: Lang) -> str:
    """Tell every box and band."""
    titles = [pick(title, lang) for title in rung_titles(comparison, chain)]
    rows = []
    for option in comparison.options:
        parts = []
        for place, pair in enumerate(pairwise(chain)):
            step = step_of(option, *pair)
            holders = format_number(step.holders.value, lang)
            parts.append(
                translate("figure.ladder.alt-step", lang, lower=titles[place], upper=titles[place + 1], holders=holders, step=step_words(step, lang))
            )
        rows.append(translate("figure.ladder.alt-option", lang, option=pick(option.title, lang), steps="; ".join(parts)))
    return translate("figure.ladder.alt", lang, first=titles[0], last=titles[-1], values=" ".join(rows))
