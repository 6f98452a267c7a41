"""The table of a comparison by group: who is awarded, by kind of unit, by sector and by position. It describes, and has no verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.experiments.results.comparison import HIDDEN_CAVEAT
from simulator.indicators.breakdown import ROLE, SECTOR, UNIT_KIND
from simulator.presentation.i18n import catalogue, translate
from simulator.presentation.numbers import NumberFormat, Scale, format_count, format_percent, is_undefined, places_for
from simulator.presentation.rules.condition_words import sector_words
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import award_kind, list_words, pick, quoted, sentence_case, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.experiments.results.comparison import Comparison, GroupComparison, GroupNumber
    from simulator.presentation.numbers import Lang

MEASURES: Final = ("award_rate", "awards_share")
_RARE: Final = 0.01


def draw_groups(comparison: Comparison, lang: Lang = "vi") -> Table | None:
    """Return award rate and share of awards of each group under each option, each with its difference; ``None`` where no group is told from another."""
    divisions = comparison.option(comparison.baseline_option).by_group
    if not divisions:
        return None
    shown = shown_divisions(comparison)
    return Table(
        id="by-group",
        lang=lang,
        caption=translate(
            "group.caption",
            lang,
            kind=award_kind(comparison.focus_award_title, lang),
            award=pick(comparison.focus_award_title, lang),
            divisions=list_words([translate(f"group.by.{division}", lang) for division in shown], lang),
        ),
        columns=(translate("group.column", lang), *(pick(option.title, lang) for option in comparison.options)),
        groups=tuple(_measured(comparison, division, measure, lang) for division in shown for measure in MEASURES),
        notes=tuple(_notes(comparison, lang)),
        is_simulated=True,
    )


def shown_divisions(comparison: Comparison) -> list[str]:
    """Name the divisions that tell something of their own: where every sector is one kind of unit, its numbers stand among those already."""
    divisions = comparison.option(comparison.baseline_option).by_group
    return [name for name in divisions if name != SECTOR or len(divisions[name]) < len(divisions.get(UNIT_KIND, {}))]


def number_formats(comparison: Comparison, division: str, name: str, lang: Lang) -> tuple[NumberFormat, NumberFormat]:
    """Give the formats of the award rate of one group and of its differences, where they stand in a sentence."""
    numbers = _numbers(comparison, division, name, "award_rate")
    return _formats([numbers], lang, is_rare=all((number.value or 0.0) < _RARE for number in numbers))


def _measured(comparison: Comparison, division: str, measure: str, lang: Lang) -> Group:
    """Show one number of every group of a division, with as many decimals in all rows as the largest group supports; but see :func:`_places`."""
    title = translate(f"group.{measure}", lang, division=translate(f"group.by.{division}", lang))
    units = {kind: translate(f"table.unit.{kind}.percent", lang) for kind in ("value", "difference")}
    numbers = {name: _numbers(comparison, division, name, measure) for name in comparison.option(comparison.baseline_option).by_group[division]}
    common = _formats(numbers.values(), lang, is_rare=False)
    rows = []
    for name, of_group in numbers.items():
        is_rare = all((number.value or 0.0) < _RARE for number in of_group)
        form, steps = _formats([of_group], lang, is_rare=True) if is_rare else common
        rows.append(_row(comparison, division, name, of_group, form, steps))
    return Group(translate("table.annex.units", lang, title=title, unit=units["value"], difference=units["difference"]), tuple(rows))


def _formats(groups: Iterable[list[GroupNumber]], lang: Lang, *, is_rare: bool) -> tuple[NumberFormat, NumberFormat]:
    """Give the formats of values and of differences."""
    of_values, of_differences = [], []
    for numbers in groups:
        of_values.append(_places((_half(number.low, number.high) for number in numbers), is_rare=is_rare))
        of_differences.append(_places((_half(number.difference_low, number.difference_high) for number in numbers), is_rare=is_rare))
    places = max(of_values)
    return NumberFormat(lang, Scale.PERCENT, places), NumberFormat(lang, Scale.PERCENT, max(places, *of_differences))


def _numbers(comparison: Comparison, division: str, name: str, measure: str) -> list[GroupNumber]:
    """Give one number of one group under every option."""
    groups = [option.by_group[division][name] for option in comparison.options]
    return [group.award_rate if measure == "award_rate" else group.awards_share for group in groups]


def _row(comparison: Comparison, division: str, name: str, numbers: list[GroupNumber], form: NumberFormat, steps: NumberFormat) -> Row:
    """Show one number of one group, an option in a column, its difference from the baseline below its value."""
    cells = [
        _cell(number, form, steps, is_reference=option.id == comparison.baseline_option)
        for option, number in zip(comparison.options, numbers, strict=True)
    ]
    group = comparison.option(comparison.baseline_option).by_group[division][name]
    return Row(_header(comparison, division, name, group, form.lang), tuple(cells))


def _header(comparison: Comparison, division: str, name: str, group: GroupComparison, lang: Lang) -> str:
    """Name a group, with its part of all members: that is the same under every option."""
    if group.members_share is None:
        return group_name(comparison, division, name, lang)
    return translate("group.row", lang, group=group_name(comparison, division, name, lang), share=format_percent(group.members_share, lang, 1))


def group_name(comparison: Comparison, division: str, name: str, lang: Lang) -> str:
    """Return the name of a group of a division."""
    if division == UNIT_KIND:
        return pick(comparison.unit_kind_titles[name], lang)
    known = translate(f"transition.role.{name}", lang) if division == ROLE else catalogue(lang).get(f"group.sector.{name}")
    return sentence_case(known or sector_words(name, lang))


def _cell(number: GroupNumber, form: NumberFormat, steps: NumberFormat, *, is_reference: bool) -> str:
    if number.caveat == HIDDEN_CAVEAT:
        return translate("group.hidden", form.lang)
    value = form.value(number.value)
    if is_reference or is_undefined(number.difference):
        return value
    steps = steps.around(number.difference_low, number.difference_high)
    interval = steps.interval(number.difference_low, number.difference_high, signed=True)
    return f"{value}\n{steps.change(number.difference)} {interval}".rstrip()


def _notes(comparison: Comparison, lang: Lang) -> Iterable[str]:
    groups = [group for option in comparison.options for of_division in option.by_group.values() for group in of_division.values()]
    yield translate("group.note.describes", lang)
    yield words_in(comparison, "group.note.meaning", lang)
    yield translate(
        "group.note.difference",
        lang,
        baseline=pick(comparison.option(comparison.baseline_option).title, lang),
        replications=format_count(comparison.replications, lang),
    )
    if any(group.award_rate.caveat == HIDDEN_CAVEAT for group in groups):
        yield words_in(comparison, "group.note.hidden", lang)
    yield from _fewer(comparison, lang)


def _fewer(comparison: Comparison, lang: Lang) -> Iterable[str]:
    """Say where shares rest on fewer replications: in the others nobody was awarded."""
    by_count: dict[int, list[str]] = {}
    for option in comparison.options:
        counts = {
            group.awards_share.n for groups in option.by_group.values() for group in groups.values() if group.awards_share.caveat != HIDDEN_CAVEAT
        }
        for n in counts - {comparison.replications}:
            by_count.setdefault(n, []).append(pick(option.title, lang))
    for n, titles in by_count.items():
        yield translate(
            "group.note.fewer",
            lang,
            options=quoted(titles, lang),
            n=format_count(n, lang),
            replications=format_count(comparison.replications, lang),
        )


def _places(halves: Iterable[float | None], *, is_rare: bool) -> int:
    """Count decimals as everywhere; rates that all lie below one percent would read alike with one, so they may have two."""
    if not is_rare:
        return places_for(halves, Scale.PERCENT)
    return places_for((None if half is None else half * Scale.PERCENT.factor for half in halves), Scale.PLAIN)


def _half(low: float | None, high: float | None) -> float | None:
    return None if low is None or high is None else (high - low) / 2
