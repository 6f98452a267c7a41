"""Effects by clause in words: a table for each option, and sentences that say what stands out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.experiments.results import IndicatorComparison
from simulator.presentation.footnotes import few_replications_notes
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count, format_number, format_shortest, is_undefined
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import (
    HEADLINES,
    OF_THE_BASELINE,
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

    from simulator.experiments.attribution import Attribution, IndicatorAttribution, Interaction, OptionAttribution, PartEffect, PartOfOption
    from simulator.presentation.numbers import Lang, NumberFormat

SHOWN: Final = (*HEADLINES, "merit_kappa", "leader_share")
"""The indicators that are told by clause where none is asked for."""
_MOST_COLUMNS: Final = 5


def shown_names(option: OptionAttribution) -> list[str]:
    """Name the indicators an option is told by: the usual ones that have an effect at all; all of them where only others were asked for."""
    usual = [name for name in SHOWN if name in option.indicators and option.indicators[name].total is not None]
    return usual or [name for name, item in option.indicators.items() if item.total is not None]


def attribution_tables(attribution: Attribution, lang: Lang = "vi", names: Sequence[str] = ()) -> list[Table]:
    """Return a table for each option and each few indicators: the whole effect, and each clause's part of it."""
    tables = []
    for option in attribution.options:
        chosen = list(names) or shown_names(option)
        starts = range(0, len(chosen), _MOST_COLUMNS)
        tables += [_table(attribution, option, chosen[start : start + _MOST_COLUMNS], lang, number) for number, start in enumerate(starts, 1)]
    return tables


def _table(attribution: Attribution, option: OptionAttribution, names: Sequence[str], lang: Lang, number: int) -> Table:
    forms = {name: part_format(name, option.indicators[name], lang) for name in names}
    rows = [Row(translate("attribution.total", lang), tuple(effect_cell(option.indicators[name], forms[name], lang) for name in names))]
    rows += [
        Row(
            part_title(part, lang), tuple(effect_cell(_effect(part, option.indicators[name]), forms[name], lang) for name in names), small=part.clause
        )
        for part in option.parts
        if part.state == "simulated"
    ]
    return Table(
        id=f"attribution-{option.id}" + (f"-{number}" if number > 1 else ""),
        lang=lang,
        caption=translate("attribution.caption", lang, option=pick(option.title, lang), baseline=pick(attribution.baseline_title, lang)),
        columns=(translate("attribution.clause", lang), *(_column(name, forms[name], lang) for name in names)),
        groups=(Group("", tuple(rows)),),
        notes=tuple(_notes(attribution, option, names, lang)),
        is_simulated=True,
    )


def _column(name: str, form: NumberFormat, lang: Lang) -> str:
    unit = translate(f"table.unit.difference.{form.scale}", lang)
    return sentence_case(indicator_name(name, lang)) + (f" ({unit})" if unit else "")


def _effect(part: PartOfOption, item: IndicatorAttribution) -> PartEffect:
    return next(effect for effect in item.parts if effect.clause == part.clause)


def part_format(name: str, item: IndicatorAttribution, lang: Lang) -> NumberFormat:
    """Return the format of an effect and its parts, which stand in one column and have one count of decimals."""
    numbers: list[tuple[float | None, float | None, float | None]] = [(each.value, each.low, each.high) for each in item.parts]
    numbers.append((item.total, item.low, item.high))
    compared = [
        IndicatorComparison(name, None, None, None, None, None, value, low, high, None, item.verdict, "emergent", item.margin)
        for value, low, high in numbers
    ]
    return difference_format(name, compared, lang)


def effect_cell(item: IndicatorAttribution | PartEffect, form: NumberFormat, lang: Lang) -> str:
    """Write an effect with its verdict, and its interval on a line of its own; what is exactly nothing needs neither."""
    value = getattr(item, "total", None) if hasattr(item, "total") else getattr(item, "value", None)
    if is_undefined(value):
        return translate("table.undefined", lang)
    if value == item.low == item.high == 0:
        return format_number(0, lang)
    verdict = translate(f"verdict.{item.verdict.replace(' ', '-')}", lang)
    return f"{form.change(value)} ({verdict})\n{form.interval(item.low, item.high, signed=True)}"


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


def _notes(attribution: Attribution, option: OptionAttribution, names: Iterable[str], lang: Lang) -> Iterator[str]:
    yield from few_replications_notes(attribution.replications, lang)
    yield say_method(attribution, option, lang)
    meanings = {word: translate(f"verdict.meaning.{word}", lang) for word in ("clear", "small", "not-clear")}
    yield translate("attribution.note.verdict", lang, clear=meanings["clear"], small=meanings["small"], unclear=meanings["not-clear"])
    yield translate("table.note.margins", lang, margins=say_margins(option, names, lang))
    for reason in ("needs-each-other", "one-award"):
        if any(part.reason == reason for part in option.parts):
            yield translate(f"attribution.note.{reason}", lang)
    for state in ("recorded", "words"):
        idle = [pick(member.title, lang) for part in option.parts if part.state == state for member in part.members]
        if idle:
            yield translate(f"attribution.note.{state}", lang, n=format_count(len(idle), lang), titles=quoted(list(dict.fromkeys(idle)), lang))


def say_method(attribution: Attribution, option: OptionAttribution, lang: Lang) -> str:
    """Say how the effect was split, and on how many replications, as one sentence or two."""
    counts = {"replications": format_count(attribution.replications, lang), "parts": format_count(_n_simulated(option), lang)}
    if option.method == "exact":
        return translate("attribution.note.exact", lang, **counts)
    return translate("attribution.note.sampled", lang, orders=format_count(option.orders or 0, lang), **counts)


def say_margins(option: OptionAttribution, names: Iterable[str], lang: Lang) -> str:
    """List the margin of each indicator."""
    told = []
    for name in names:
        form = part_format(name, option.indicators[name], lang)
        amount = with_unit(
            format_shortest(option.indicators[name].margin * form.scale.factor, lang), translate(f"table.unit.difference.{form.scale}", lang)
        )
        if name in OF_THE_BASELINE:
            amount = translate("table.note.margin-of-baseline", lang)
        told.append(translate("table.note.margin-for", lang, amount=amount, indicators=indicator_name(name, lang)))
    return "; ".join(told)


def say_attribution(option: OptionAttribution, name: str, lang: Lang) -> str:
    """Say in one sentence what an option does to an indicator, and which clause does most of it."""
    item = option.indicators[name]
    form = part_format(name, item, lang)
    words = {"option": pick(option.title, lang), "indicator": indicator_name(name, lang)}
    if is_undefined(item.total):
        return translate("attribution.says.undefined", lang, **words)
    words |= {"total": _change(item.total, form, lang), "verdict": translate(f"verdict.{item.verdict.replace(' ', '-')}", lang)}
    most = max(item.parts, key=lambda each: abs(each.value or 0.0), default=None)
    if most is None or not most.value:
        return translate("attribution.says.nothing", lang, **words)
    part = next(each for each in option.parts if each.clause == most.clause)
    words |= {"part": part_title(part, lang), "value": _change(most.value, form, lang)}
    key = "attribution.says.single" if _n_simulated(option) == 1 else "attribution.says"
    return translate(key, lang, n=format_count(_n_simulated(option), lang), **words)


def say_interaction(option: OptionAttribution, name: str, lang: Lang) -> str | None:
    """Say which two clauses do most together beyond what each does alone; nothing where that is less than a margin, or was not found out."""
    item = option.indicators[name]
    found: Interaction | None = item.interaction
    if found is None or found.value is None or abs(found.value) < item.margin:
        return None
    form = part_format(name, item, lang)
    first, second = (part_title(next(part for part in option.parts if part.clause == clause), lang) for clause in found.clauses)
    return translate(
        "attribution.says.interaction",
        lang,
        indicator=indicator_name(name, lang),
        first=first,
        second=second,
        value=_change(found.value, form, lang),
        interval=form.interval(found.low, found.high, signed=True),
    )


def _change(number: float | None, form: NumberFormat, lang: Lang) -> str:
    return with_unit(form.change(number), translate(f"table.unit.difference.{form.scale}", lang))


def _n_simulated(option: OptionAttribution) -> int:
    return sum(part.state == "simulated" for part in option.parts)
