"""The commendation ladder in words and numbers: its ways up, the table, the sentence and the text of the figure."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NumberFormat, Scale, format_count, format_number, is_undefined, places_for
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import other_options, pick, sentence_case

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulator.experiments.results.comparison import Comparison, OptionComparison
    from simulator.experiments.results.ladder import LadderStep, ReachedBy
    from simulator.experiments.results.records import BilingualText
    from simulator.presentation.numbers import Lang


def chains_of(comparison: Comparison) -> list[tuple[str, ...]]:
    """Find the ways up: awards from a lowest rung to a highest one; beyond the first rung on which nobody is followed under any option, there is nothing to tell."""
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
    return any(step.all_followed for option in comparison.options for step in option.ladder if step.award == award)


def rung_titles(comparison: Comparison, chain: tuple[str, ...]) -> list[BilingualText]:
    """Give the titles of the awards of a way up."""
    steps = comparison.option(comparison.baseline_option).ladder
    titles = {step.award: step.award_title for step in steps} | {step.next_award: step.next_title for step in steps}
    return [titles[award] for award in chain]


def step_of(option: OptionComparison, lower: str, upper: str) -> LadderStep:
    """Give a step of an option; every option has the same ones."""
    return next(step for step in option.ladder if (step.award, step.next_award) == (lower, upper))


def share_words(share: float | None, lang: Lang) -> str:
    """Write a part with one decimal, and with more where what is not nothing would read as nothing."""
    if is_undefined(share):
        return translate("table.undefined", lang)
    return NumberFormat(lang, Scale.PERCENT, 1).ends(share, share)[0] + "%"


def furthest(step: LadderStep) -> ReachedBy | None:
    """Give the longest time after which the step tells who has arrived, and the longest of all where it tells none: what figure and sentence show."""
    return next((item for item in reversed(step.reached) if item.value is not None), step.reached[-1] if step.reached else None)


def band_words(step: LadderStep, lang: Lang) -> str:
    """Write the part that has won the upper award, for a place that says within how many years; a shorter time is said beside the part."""
    reached = furthest(step)
    is_as_said = reached is not None and reached.value is not None and reached.years == step.reached[-1].years
    return share_words(reached.value, lang) if reached is not None and is_as_said else step_words(step, lang)


def step_words(step: LadderStep, lang: Lang) -> str:
    """Write the part that has won the upper award after so many years; of nobody and of too few, that."""
    if not step.all_arrived or (reached := furthest(step)) is None:
        return translate("figure.ladder.nobody", lang)
    if reached.value is None:
        return translate("figure.ladder.few", lang)
    return translate("figure.ladder.step", lang, share=share_words(reached.value, lang), years=format_count(reached.years, lang))


def ladder_table(comparison: Comparison, chain: tuple[str, ...], number: int, lang: Lang) -> Table:
    """Return the numbers behind a figure: for each step who is followed, and what part has arrived after some years, with differences in pairs."""
    baseline = comparison.option(comparison.baseline_option)
    columns = (sentence_case(translate("table.ladder.what", lang)), *(pick(option.title, lang) for option in comparison.options))
    titles = [pick(title, lang) for title in rung_titles(comparison, chain)]
    is_other = [option.id != baseline.id for option in comparison.options]
    groups = []
    for place, (lower, upper) in enumerate(pairwise(chain)):
        steps = [step_of(option, lower, upper) for option in comparison.options]
        title = translate("table.ladder.step", lang, lower=titles[place], upper=titles[place + 1])
        groups.append(Group(title, tuple(_rows(steps, is_other, comparison.replications, lang))))
    fields = {"first": titles[0], "last": titles[-1], "replications": format_count(comparison.replications, lang)}
    notes = [
        translate("table.ladder.note", lang, years=format_count(len(comparison.years), lang), warm_up=format_count(comparison.warm_up_years, lang)),
        translate("table.ladder.note-method", lang),
        translate("table.ladder.note-differences", lang, baseline=pick(baseline.title, lang), replications=fields["replications"]),
    ]
    return Table(f"ladder-{number}", lang, translate("table.ladder.caption", lang, **fields), columns, tuple(groups), tuple(notes), is_simulated=True)


def _rows(steps: list[LadderStep], is_other: list[bool], replications: int, lang: Lang) -> Iterator[Row]:
    yield Row(sentence_case(translate("table.ladder.followed", lang)), tuple(format_number(step.followed.value, lang, 1) for step in steps))
    ranges = ((step.followed.smallest, step.followed.largest) for step in steps)
    yield Row(
        sentence_case(translate("table.ladder.extremes", lang)),
        tuple(f"{format_count(low, lang)}–{format_count(high, lang)}" for low, high in ranges),
    )
    for reached in zip(*(step.reached for step in steps), strict=True):
        yield from _rows_of_horizon(reached, is_other, replications, lang)
    yield Row(sentence_case(translate("table.ladder.median", lang)), tuple(_median_words(step, lang) for step in steps))


def _rows_of_horizon(reached: tuple[ReachedBy, ...], is_other: list[bool], replications: int, lang: Lang) -> Iterator[Row]:
    years = format_count(reached[0].years, lang)
    halves = ((item.high - item.low) / 2 for item in reached if item.high is not None and item.low is not None)
    form = NumberFormat(lang, Scale.PERCENT, max(1, places_for(halves, Scale.PERCENT)))
    yield Row(sentence_case(translate("table.ladder.share", lang, years=years)), tuple(_value(item, form) for item in reached))
    if any(item.value is not None for item in reached):
        yield Row(sentence_case(translate("table.interval", lang)), tuple(form.interval(item.low, item.high) for item in reached))
    yield Row(sentence_case(translate("table.ladder.at-risk", lang, years=years)), tuple(format_count(item.at_risk, lang) for item in reached))
    if any(other and item.difference is not None for item, other in zip(reached, is_other, strict=True)):
        pairs = [item if other and item.difference is not None else None for item, other in zip(reached, is_other, strict=True)]
        forms = [form if item is None else form.around(item.difference_low, item.difference_high) for item in pairs]
        changes = ("" if item is None else near.change(item.difference) for item, near in zip(pairs, forms, strict=True))
        yield Row(sentence_case(translate("table.ladder.difference", lang)), tuple(changes))
        intervals = ("" if item is None else form.interval(item.difference_low, item.difference_high, signed=True) for item in pairs)
        yield Row(sentence_case(translate("table.interval", lang)), tuple(intervals))
        if any(item is not None and item.n < replications for item in pairs):
            yield Row(
                sentence_case(translate("table.ladder.pairs", lang)), tuple("" if item is None else format_count(item.n, lang) for item in pairs)
            )


def _value(item: ReachedBy, form: NumberFormat) -> str:
    if item.value is not None:
        near = form.around(item.low, item.high)
        return near.ends(item.value, item.value)[0]
    return translate("figure.ladder.few" if item.arrived else "figure.ladder.nobody", form.lang)


def _median_words(step: LadderStep, lang: Lang) -> str:
    """Write after how many years half have arrived, with its interval, whose upper end may lie beyond the years that can be seen."""
    observed = format_count(step.observed_years, lang)
    if step.median_years is None:
        if all(item.value is None for item in step.reached):
            return translate("figure.ladder.few" if step.all_arrived else "figure.ladder.nobody", lang)
        return translate("table.ladder.less-than-half", lang, years=observed)
    median = format_count(step.median_years, lang)
    if step.median_low is None:
        return median
    high = translate("table.ladder.beyond", lang, years=observed) if step.median_high is None else format_count(step.median_high, lang)
    return f"{median} [{format_count(step.median_low, lang)}; {high}]"


def say_ladder(comparison: Comparison, chain: tuple[str, ...], lang: Lang) -> str:
    """Say what part of the lowest rung goes on as things are, of whom that is told, which option differs clearly, and which rung nobody was seen to reach."""
    baseline = comparison.option(comparison.baseline_option)
    titles = dict(zip(chain, [pick(title, lang) for title in rung_titles(comparison, chain)], strict=True))
    pairs = list(pairwise(chain))
    sentences = [
        _say_first(baseline, pairs[0], titles, lang),
        translate("figure.ladder.caveat", lang, years=format_count(len(comparison.years), lang)),
    ]
    if other_options(comparison):
        sentences.append(_say_difference(comparison, pairs, titles, lang))
    nobody = next((pair for pair in pairs if not any(step_of(option, *pair).all_arrived for option in comparison.options)), None)
    if nobody is not None:
        sentences.append(_say_nobody(comparison, nobody, titles, lang))
    return " ".join(sentences)


def _say_first(baseline: OptionComparison, pair: tuple[str, str], titles: dict[str, str], lang: Lang) -> str:
    step = step_of(baseline, *pair)
    reached = furthest(step)
    fields = {"lower": titles[pair[0]], "upper": titles[pair[1]], "option": pick(baseline.title, lang)}
    fields |= {"followed": format_count(step.all_followed, lang), "arrived": format_count(step.all_arrived, lang)}
    if not step.all_arrived or reached is None:
        return translate("figure.ladder.none", lang, **fields)
    fields |= {"years": format_count(reached.years, lang), "at_risk": format_count(reached.at_risk, lang)}
    if reached.value is None:
        return translate("figure.ladder.few-arrive", lang, **fields)
    fields |= {"share": share_words(reached.value, lang), "interval": ""}
    if reached.low is not None and reached.high is not None:
        form = NumberFormat(lang, Scale.PERCENT, 1)
        low, high = form.ends(reached.low, reached.high)
        fields["interval"] = translate("figure.ladder.interval", lang, low=low, high=high)
    return translate("figure.ladder.first", lang, **fields)


def _say_difference(comparison: Comparison, pairs: list[tuple[str, str]], titles: dict[str, str], lang: Lang) -> str:
    """Name the widest difference from the baseline of those whose interval leaves out nought; where there is none, say that."""
    baseline = comparison.option(comparison.baseline_option)
    clear = [(abs(item.difference or 0.0), item, option, pair) for option, pair, item in _differences(comparison, pairs) if _is_clear(item)]
    if not clear:
        return translate("figure.ladder.alike", lang, baseline=pick(baseline.title, lang))
    _, item, option, pair = max(clear, key=lambda found: found[0])
    form = NumberFormat(lang, Scale.PERCENT, 1)
    low, high = form.ends(item.difference_low, item.difference_high, signed=True)
    return translate(
        "figure.ladder.range",
        lang,
        lower=titles[pair[0]],
        upper=titles[pair[1]],
        years=format_count(item.years, lang),
        option=pick(option.title, lang),
        baseline=pick(baseline.title, lang),
        share=share_words(item.value, lang),
        reference=share_words((item.value or 0.0) - (item.difference or 0.0), lang),
        low=low,
        high=high,
        n=format_count(item.n, lang),
    )


def _differences(comparison: Comparison, pairs: list[tuple[str, str]]) -> Iterator[tuple[OptionComparison, tuple[str, str], ReachedBy]]:
    for option in other_options(comparison):
        for pair in pairs:
            item = furthest(step_of(option, *pair))
            if item is not None:
                yield option, pair, item


def _is_clear(item: ReachedBy) -> bool:
    low, high = item.difference_low, item.difference_high
    return low is not None and high is not None and (low > 0 or high < 0)


def _say_nobody(comparison: Comparison, pair: tuple[str, str], titles: dict[str, str], lang: Lang) -> str:
    """Say that nobody was seen to take a step, and how many could have been: that describes the years simulated, and no rule."""
    steps = [step_of(option, *pair) for option in comparison.options]
    last = [item for step in steps if (item := furthest(step)) is not None]
    return translate(
        "figure.ladder.highest",
        lang,
        award=titles[pair[1]],
        followed=format_count(sum(step.all_followed for step in steps), lang),
        at_risk=format_count(sum(item.at_risk for item in last), lang),
        years=format_count(max((item.years for item in last), default=0), lang),
    )


def describe_ladder(comparison: Comparison, chain: tuple[str, ...], lang: Lang) -> str:
    """Tell every box and band."""
    titles = [pick(title, lang) for title in rung_titles(comparison, chain)]
    rows = []
    for option in comparison.options:
        parts = []
        for place, pair in enumerate(pairwise(chain)):
            step = step_of(option, *pair)
            holders = format_number(step.followed.value, lang, 0)
            parts.append(
                translate("figure.ladder.alt-step", lang, lower=titles[place], upper=titles[place + 1], holders=holders, step=step_words(step, lang))
            )
        rows.append(translate("figure.ladder.alt-option", lang, option=pick(option.title, lang), steps="; ".join(parts)))
    return translate("figure.ladder.alt", lang, first=titles[0], last=titles[-1], values=" ".join(rows))
