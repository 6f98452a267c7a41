"""Effects by clause in words: a table for each option, and sentences that say what stands out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.experiments.mathematics.statistics import COMPARED
from simulator.experiments.results.comparison import IndicatorComparison
from simulator.presentation.footnotes import few_replications_notes, thinned_notes
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count, format_number, is_nothing, is_undefined
from simulator.presentation.results.margins import say_margins
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import (
    difference_format,
    indicator_name,
    list_words,
    pick,
    quoted,
    sentence_case,
    with_unit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from simulator.experiments.attribution.attribute import (
        Attribution,
        IndicatorAttribution,
        Interaction,
        OptionAttribution,
        PartEffect,
        PartOfOption,
    )
    from simulator.presentation.numbers import Lang, NumberFormat

SHOWN: Final[tuple[str, ...]] = (*COMPARED, "leader_share")
"""The indicators that are told by clause where none is asked for."""
_MOST_COLUMNS: Final = 5


def shown_names(option: OptionAttribution) -> list[str]:
    """Name the indicators an option is told by: the usual ones that have an effect at all; all of them where only others were asked for."""
    usual = [name for name in SHOWN if name in option.indicators and option.indicators[name].total is not None]
    return usual or [name for name, item in option.indicators.items() if item.total is not None]


def attribution_tables(attribution: Attribution, lang: Lang = "vi", names: Sequence[str] = (), compared: int | None = None) -> list[Table]:
    """Return a table for each option and each few indicators: the whole effect, and each clause's part of it.

    Parameters
    ----------
    attribution
        The study.
    lang
        The language.
    names
        The indicators; the usual ones where none is named.
    compared
        Replications on which the options are compared, where that is known.
    """
    tables = []
    for option in attribution.options:
        chosen = list(names) or shown_names(option)
        starts = range(0, len(chosen), _MOST_COLUMNS)
        for number, start in enumerate(starts, 1):
            shown = chosen[start : start + _MOST_COLUMNS]
            notes = tuple(_notes(attribution, option, shown, lang, compared))
            tables.append(_table(attribution, option, shown, lang, number, notes))
    return tables


def _table(attribution: Attribution, option: OptionAttribution, names: Sequence[str], lang: Lang, number: int, notes: tuple[str, ...]) -> Table:
    forms = {name: part_format(name, option.indicators[name], lang) for name in names}
    rows = [Row(translate("attribution.total", lang), tuple(effect_cell(option.indicators[name], forms[name], lang) for name in names))]
    rows += [
        Row(
            part_title(part, lang), tuple(effect_cell(_effect(part, option.indicators[name]), forms[name], lang) for name in names), small=part.clause
        )
        for part in option.parts
        if part.state == "simulated" and not _is_still(part, option, names)
    ]
    return Table(
        id=f"attribution-{option.id}" + (f"-{number}" if number > 1 else ""),
        lang=lang,
        caption=translate("attribution.caption", lang, option=pick(option.title, lang), baseline=pick(attribution.baseline_title, lang)),
        columns=(translate("attribution.clause", lang), *(_column(name, forms[name], lang) for name in names)),
        groups=(Group("", tuple(rows)),),
        notes=notes,
        is_simulated=True,
    )


def _is_still(part: PartOfOption, option: OptionAttribution, names: Iterable[str]) -> bool:
    """Whether a part changes none of these indicators in any replication: a note names it, and a row would say 0 in every column."""
    effects = (_effect(part, option.indicators[name]) for name in names)
    return all(is_nothing(effect.value, effect.low, effect.high) for effect in effects)


def _column(name: str, form: NumberFormat, lang: Lang) -> str:
    unit = translate(f"table.unit.difference.{form.scale}", lang)
    return sentence_case(indicator_name(name, lang)) + (f" ({unit})" if unit else "")


def _effect(part: PartOfOption, item: IndicatorAttribution) -> PartEffect:
    return next(effect for effect in item.parts if effect.clause == part.clause)


def part_format(name: str, item: IndicatorAttribution, lang: Lang, beside: Sequence[IndicatorComparison] = ()) -> NumberFormat:
    """Return the format of an effect and its parts, and of what stands beside them, which have one column and one count of decimals."""
    numbers: list[tuple[float | None, float | None, float | None]] = [(each.value, each.low, each.high) for each in item.parts]
    numbers.append((item.total, item.low, item.high))
    compared = [
        IndicatorComparison(name, None, None, None, None, None, value, low, high, None, item.verdict, "emergent", item.margin)
        for value, low, high in numbers
    ]
    return difference_format(name, [*compared, *beside], lang)


def effect_cell(item: IndicatorAttribution | PartEffect, form: NumberFormat, lang: Lang) -> str:
    """Write an effect with its interval on a line of its own, and a part with its verdict; what is exactly nothing needs neither.

    The whole effect has no verdict here: that is the one of the comparison, which looks at all indicators on all replications.
    """
    is_whole = hasattr(item, "total")
    value = getattr(item, "total" if is_whole else "value")
    if is_undefined(value):
        return translate("table.undefined", lang)
    if is_nothing(value, item.low, item.high):
        return format_number(0, lang)
    interval = form.interval(item.low, item.high, signed=True)
    form = form.around(item.low, item.high)
    if is_whole:
        return f"{form.change(value)}\n{interval}".rstrip()
    verdict = translate(f"verdict.{item.verdict.replace(' ', '-')}", lang)
    return f"{form.change(value)} ({verdict})\n{interval}".rstrip()


def part_title(part: PartOfOption, lang: Lang) -> str:
    """Name a part: its clause and what happens to it, or the clauses that go together."""
    first, *others = part.members
    award = "" if first.award_title is None else pick(first.award_title, lang)
    if others and part.reason == "one-award":
        holder = award or translate("attribution.general", lang)
        return translate("attribution.part.one-award", lang, holder=holder, n=format_count(len(part.members), lang))
    titles = list_words(list(dict.fromkeys(pick(member.title, lang) for member in part.members)), lang)
    change = translate(f"attribution.change.{first.change}", lang)
    name = translate("attribution.part", lang, title=titles, change=change)
    return translate("attribution.part.of-award", lang, part=name, award=award) if award and award != titles else name


def _notes(attribution: Attribution, option: OptionAttribution, names: Sequence[str], lang: Lang, compared: int | None) -> Iterator[str]:
    yield from few_replications_notes(attribution.replications, lang)
    yield say_method(attribution, option, lang, compared)
    yield from thinned_notes(attribution.members, attribution.members_in_scenario, lang)
    meanings = {word: translate(f"verdict.meaning.{word}", lang) for word in ("clear", "small", "not-clear")}
    yield translate("attribution.note.verdict", lang, clear=meanings["clear"], small=meanings["small"], unclear=meanings["not-clear"])
    yield translate("table.note.margins", lang, margins=say_margins({name: option.indicators[name].margin for name in names}, lang))
    for reason in ("needs-each-other", "one-award"):
        if any(part.reason == reason for part in option.parts):
            yield translate(f"attribution.note.{reason}", lang)
    still = [part_title(part, lang) for part in option.parts if part.state == "simulated" and _is_still(part, option, names)]
    if still:
        yield translate("attribution.note.still", lang, n=format_count(len(still), lang), titles=quoted(list(dict.fromkeys(still)), lang))
    for state in ("recorded", "words"):
        idle = [pick(member.title, lang) for part in option.parts if part.state == state for member in part.members]
        if idle:
            yield translate(f"attribution.note.{state}", lang, n=format_count(len(idle), lang), titles=quoted(list(dict.fromkeys(idle)), lang))


def say_method(attribution: Attribution, option: OptionAttribution, lang: Lang, compared: int | None = None) -> str:
    """Say how the effect was split, and on how many replications, where the options are compared on another number of them."""
    n_parts = _n_simulated(option)
    if not n_parts:
        return translate("attribution.note.nothing", lang)
    counts = {"replications": format_count(attribution.replications, lang), "parts": format_count(n_parts, lang)}
    key = "alone" if n_parts == 1 else "exact" if option.method == "exact" else "sampled"
    told = translate(f"attribution.note.{key}", lang, orders=format_count(option.orders or 0, lang), **counts)
    if compared is None or compared == attribution.replications:
        return told
    return f"{told} {translate('attribution.note.compared', lang, compared=format_count(compared, lang))}"


def say_attribution(option: OptionAttribution, name: str, lang: Lang) -> str:
    """Say in one sentence what an option does to an indicator, and which clause does most of it, where one can be told from nothing and is the largest."""
    item = option.indicators[name]
    form = part_format(name, item, lang)
    words = {"option": pick(option.title, lang), "indicator": indicator_name(name, lang)}
    if is_undefined(item.total):
        return translate("attribution.says.undefined", lang, **words)
    words |= {"total": _with_interval(item.total, item.low, item.high, form, lang)}
    most = max(item.parts, key=lambda each: abs(each.value or 0.0), default=None)
    if most is None or not most.value:
        return translate("attribution.says.nothing", lang, **words)
    part = next(each for each in option.parts if each.clause == most.clause)
    words |= {"part": part_title(part, lang), "value": _with_interval(most.value, most.low, most.high, form, lang)}
    if sum(not is_nothing(each.value, each.low, each.high) for each in item.parts) == 1:
        return translate("attribution.says.single", lang, **words)
    is_alone = sum(abs(each.value or 0.0) == abs(most.value) for each in item.parts) == 1
    key = "attribution.says" if is_alone and _excludes_nothing(most) else "attribution.says.unsure"
    return translate(key, lang, n=format_count(_n_simulated(option), lang), **words)


def say_interaction(option: OptionAttribution, name: str, lang: Lang) -> str | None:
    """Say which two clauses do most together beyond what each does alone; nothing where that is less than a margin, or could be nothing."""
    item = option.indicators[name]
    found: Interaction | None = item.interaction
    if found is None or found.value is None or abs(found.value) < item.margin or not _excludes_nothing(found):
        return None
    form = part_format(name, item, lang)
    first, second = (part_title(next(part for part in option.parts if part.clause == clause), lang) for clause in found.clauses)
    return translate(
        "attribution.says.interaction",
        lang,
        indicator=indicator_name(name, lang),
        first=first,
        second=second,
        value=_change(found.value, form.around(found.low, found.high), lang),
        interval=form.interval(found.low, found.high, signed=True),
    )


def _excludes_nothing(item: PartEffect | Interaction) -> bool:
    return item.low is not None and item.high is not None and (item.low > 0 or item.high < 0)


def _with_interval(number: float | None, low: float | None, high: float | None, form: NumberFormat, lang: Lang) -> str:
    return f"{_change(number, form.around(low, high), lang)} {form.interval(low, high, signed=True)}".rstrip()


def _change(number: float | None, form: NumberFormat, lang: Lang) -> str:
    return with_unit(form.change(number), translate(f"table.unit.difference.{form.scale}", lang))


def _n_simulated(option: OptionAttribution) -> int:
    return sum(part.state == "simulated" for part in option.parts)
