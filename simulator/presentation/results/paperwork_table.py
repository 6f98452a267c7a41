"""Paperwork and money in words: a table of every quantity by option, a table of every award, what is assumed, and a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import (
    NumberFormat,
    Scale,
    format_count,
    format_date,
    format_number,
    format_percent,
    format_shortest,
    is_nothing,
    is_undefined,
    money_scale,
)
from simulator.presentation.results.procedure_cost import say_salary
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import column_heads, list_words, pick, sentence_case, with_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.experiments.paperwork.results import AwardPaperwork, BonusLaw, OptionPaperwork, Paperwork, Quantity
    from simulator.presentation.numbers import Lang

MONEY: Final = ("bonus_vnd", "pay_step_vnd", "work_vnd")
HOURS: Final = ("writing_hours", "appraisal_hours", "council_hours")
_PERCENT_PLACES: Final = 1


def paperwork_tables(paperwork: Paperwork, lang: Lang = "vi") -> list[Table]:
    """Return the tables: quantities by option where anything was simulated, then what one file of each award takes, then what is law and what is assumed."""
    tables = [quantity_table(paperwork, lang)] if paperwork.kind == "scenario" else [award_table(paperwork, lang)]
    return [*tables, law_table(paperwork, lang), cost_table(paperwork, lang)]


def quantity_table(paperwork: Paperwork, lang: Lang = "vi") -> Table:
    """Return what every option takes in a year, at both ends of the assumptions, and beside the baseline."""
    groups = []
    for name in paperwork.options[0].quantities:
        form = quantity_format(name, paperwork)
        ground = translate(f"paperwork.ground.{paperwork.options[0].quantities[name].ground}", lang)
        title = translate("paperwork.quantity", lang, name=sentence_case(translate(f"paperwork.name.{name}", lang)), ground=ground)
        rows = [Row(pick(option.title, lang), _cells(option, name, form, paperwork, lang)) for option in paperwork.options]
        groups.append(Group(title, tuple(rows)))
    columns = column_heads("paperwork.column", ("option", "value", "range", "difference", "verdict"), lang)
    notes = (
        say_simulated(paperwork, lang),
        translate("paperwork.note.days", lang),
        translate("paperwork.note.range", lang),
        *_say_money(paperwork, lang),
    )
    return Table("paperwork", lang, translate("paperwork.caption", lang), columns, tuple(groups), notes, is_simulated=True)


def say_simulated(paperwork: Paperwork, lang: Lang) -> str:
    """Say how many people were simulated for how long, how often, and for how many the amounts stand."""
    return translate(
        "paperwork.note.scenario",
        lang,
        members=format_count(paperwork.members or 0, lang),
        whole=format_count(paperwork.members_in_scenario or 0, lang),
        n=format_count(paperwork.replications or 0, lang),
        years=format_count(paperwork.years or 0, lang),
    )


def quantity_format(name: str, paperwork: Paperwork) -> Scale:
    """Return how a quantity is shown: money in the unit its largest amount fills, all else as an amount."""
    if not name.endswith("_vnd"):
        return Scale.AMOUNT
    return money_scale(option.quantities[name].value for option in paperwork.options)


def _cells(option: OptionPaperwork, name: str, scale: Scale, paperwork: Paperwork, lang: Lang) -> tuple[str, ...]:
    item = option.quantities[name]
    form = NumberFormat(lang, scale, scale.most_places)
    unit = translate(f"table.unit.value.{scale}", lang)
    value = form.value(item.value) if is_undefined(item.value) else with_unit(form.value(item.value), unit)
    spread = translate("table.none", lang)
    if item.low != item.high:
        spread = translate("paperwork.range", lang, low=form.value(item.low), high=with_unit(form.value(item.high), unit))
    if option.id == paperwork.baseline:
        return (value, spread, translate("table.none", lang), translate("table.baseline-cell", lang))
    return (value, spread, difference_words(name, item, lang), verdict_of(item, lang))


def difference_words(name: str, item: Quantity, lang: Lang) -> str:
    """Write a difference with its interval below it."""
    if is_undefined(item.difference):
        return translate("table.undefined", lang)
    scale = money_scale([item.difference]) if name.endswith("_vnd") else Scale.AMOUNT
    form = NumberFormat(lang, scale, scale.most_places)
    told = with_unit(form.change(item.difference), translate(f"table.unit.difference.{scale}", lang))
    if item.difference_low == item.difference_high:
        return told
    return f"{told}\n{form.interval(item.difference_low, item.difference_high, signed=True)}".rstrip()


def verdict_of(item: Quantity, lang: Lang) -> str:
    """Say what a difference shows."""
    if is_nothing(item.difference, item.difference_low, item.difference_high):
        return translate("verdict.unmoved", lang)
    if item.verdict == "not clear" and item.difference_low is not None and item.difference_high is not None:
        direction = "up" if item.difference_low > 0 else "down" if item.difference_high < 0 else None
        if direction is not None:
            return translate(f"verdict.surely.{direction}", lang)
    return translate(f"verdict.{item.verdict.replace(' ', '-')}", lang)


def award_table(paperwork: Paperwork, lang: Lang = "vi") -> Table:
    """Return what one file of each award takes, by the clauses of a set."""
    columns = tuple(
        sentence_case(translate(f"paperwork.award.{column}", lang))
        for column in ("award", "stages", "signatures", "hours", "council", "days", "bonus", "pay-step")
    )
    rows = [Row(sentence_case(pick(award.title, lang)), _award_cells(award, lang)) for award in paperwork.options[0].awards]
    caption = translate("paperwork.award.caption", lang, title=pick(paperwork.title, lang))
    return Table(
        "paperwork-awards", lang, caption, columns, (Group("", tuple(rows)),), (translate("paperwork.note.set", lang), *_say_money(paperwork, lang))
    )


def _award_cells(award: AwardPaperwork, lang: Lang) -> tuple[str, ...]:
    none = translate("table.none", lang)
    pay_step = none
    if award.pay_step_share is not None:
        pay_step = translate(
            "paperwork.award.step", lang, share=format_percent(award.pay_step_share, lang), months=format_count(award.pay_step_months or 0, lang)
        )
    return (
        format_count(award.stages, lang),
        format_shortest(award.signatures, lang),
        format_shortest(award.hours, lang),
        format_number(award.council_hours, lang, 1),
        translate(
            "paperwork.award.both-days",
            lang,
            posting=format_shortest(award.posting_days, lang),
            asking=format_shortest(award.consultation_days, lang),
        ),
        none if award.bonus_vnd is None else format_count(round(award.bonus_vnd), lang),
        pay_step,
    )


def law_table(paperwork: Paperwork, lang: Lang = "vi") -> Table:
    """Return every bonus with what it rests on."""
    columns = column_heads("paperwork.law", ("award", "multiple", "source", "confidence"), lang)
    by_options: dict[tuple[str, ...], list[Row]] = {}
    for bonus in paperwork.law.bonuses:
        row = Row(sentence_case(pick(bonus.title, lang)), _law_cells(bonus, lang), small=bonus.award)
        by_options.setdefault(tuple(bonus.options), []).append(row)
    groups = tuple(Group(_of_options(options, paperwork, lang), tuple(rows)) for options, rows in by_options.items())
    n_bonuses = len(paperwork.law.bonuses)
    notes = (translate("paperwork.note.law", lang, n=format_count(without_source(paperwork), lang), of=format_count(n_bonuses, lang)),)
    return Table("paperwork-law", lang, translate("paperwork.law.caption", lang), columns, groups, notes)


def _of_options(options: Sequence[str], paperwork: Paperwork, lang: Lang) -> str:
    """Say which options give these bonuses, where not all do."""
    if paperwork.kind == "set" or len(options) == len(paperwork.options):
        return ""
    return translate("paperwork.law.options", lang, options=list_words([pick(paperwork.option(each).title, lang) for each in options], lang))


def without_source(paperwork: Paperwork) -> int:
    """Count the bonuses that no instrument is cited for."""
    return sum(bonus.source is None for bonus in paperwork.law.bonuses)


def _law_cells(bonus: BonusLaw, lang: Lang) -> tuple[str, ...]:
    key = "paperwork.law.times" if bonus.multiple is not None else "paperwork.law.unstated"
    source = translate("paperwork.law.no-source", lang) if bonus.source is None else pick(bonus.source, lang)
    confidence = translate("citation.assumed", lang) if bonus.confidence is None else translate(f"table.confidence.{bonus.confidence}", lang)
    return (translate(key, lang, n=format_shortest(bonus.used, lang)), source, confidence)


def cost_table(paperwork: Paperwork, lang: Lang = "vi") -> Table:
    """Return the unit costs with their ranges, each marked as assumed, or with its source."""
    columns = column_heads("paperwork.cost", ("name", "value", "range", "source"), lang)
    rows = [
        Row(
            sentence_case(pick(cost.title, lang)),
            (
                format_shortest(cost.value, lang),
                translate("paperwork.range", lang, low=format_shortest(cost.low, lang), high=format_shortest(cost.high, lang)),
                translate("paperwork.cost.assumed", lang) if cost.source is None else pick(cost.source, lang),
            ),
        )
        for cost in paperwork.assumed
    ]
    return Table("paperwork-costs", lang, translate("paperwork.cost.caption", lang), columns, (Group("", tuple(rows)),))


def _say_money(paperwork: Paperwork, lang: Lang) -> tuple[str, ...]:
    salary = paperwork.law.base_salary
    if salary is None:
        return (translate("table.procedure.note.no-base-salary", lang, date=format_date(paperwork.as_of, lang)),)
    return (say_salary(salary, lang),)


def say_paperwork(paperwork: Paperwork, lang: Lang = "vi") -> str:
    """Say what each option does to files, council hours and money; of a set, which award's files take most."""
    return " ".join(say_each(paperwork, lang))


def say_each(paperwork: Paperwork, lang: Lang = "vi") -> list[str]:
    """Say the same, a sentence for each option."""
    if paperwork.kind == "set":
        return [_say_set(paperwork, lang)]
    others = [option for option in paperwork.options if option.id != paperwork.baseline]
    return [_say_option(option, paperwork, lang) for option in others] or [translate("paperwork.says.alone", lang)]


def _say_option(option: OptionPaperwork, paperwork: Paperwork, lang: Lang) -> str:
    title = pick(option.title, lang)
    if all(item.difference in (0.0, None) for item in option.quantities.values()):
        return translate("paperwork.says.nothing", lang, option=title)
    base = paperwork.option(paperwork.baseline)
    total = option.quantities["total_vnd"]
    items = [_say_item(name, option, base, lang) for name in ("dossiers", "council_hours")]
    if is_undefined(total.difference):
        return translate("paperwork.says.no-money", lang, option=title, dossiers=items[0], council=items[1])
    cause = max(MONEY, key=lambda name: abs(option.quantities[name].difference or 0.0))
    return translate(
        "paperwork.says.option",
        lang,
        option=title,
        dossiers=items[0],
        council=items[1],
        money=_say_item("total_vnd", option, base, lang),
        cause=translate(f"paperwork.name.{cause}", lang),
    )


def _say_item(name: str, option: OptionPaperwork, base: OptionPaperwork, lang: Lang) -> str:
    item, before = option.quantities[name], base.quantities[name].value
    if not item.difference:
        return translate("paperwork.says.same", lang)
    scale = money_scale([item.difference]) if name.endswith("_vnd") else Scale.AMOUNT
    form = NumberFormat(lang, scale, scale.most_places)
    size, least = abs(item.difference), 10.0**-scale.most_places / scale.factor
    # What would read as nothing is something: it is told by what it stays below.
    told = form.value(size) if size >= least else translate("paperwork.says.below", lang, amount=form.value(least))
    amount = with_unit(told, translate(f"table.unit.difference.{scale}", lang))
    share = _share(size / before, lang) if before else translate("table.undefined", lang)
    way = "more" if item.difference > 0 else "less"
    return translate(f"paperwork.says.{way}", lang, amount=amount, share=share, verdict=verdict_of(item, lang))


def _share(share: float, lang: Lang) -> str:
    least = 10.0 ** -(_PERCENT_PLACES + 2)
    if share >= least:
        return format_percent(share, lang, _PERCENT_PLACES)
    return translate("paperwork.says.below", lang, amount=format_percent(least, lang, _PERCENT_PLACES))


def _say_set(paperwork: Paperwork, lang: Lang) -> str:
    awards: Iterable[AwardPaperwork] = paperwork.options[0].awards
    most = max(awards, key=lambda award: (award.hours + award.council_hours, award.signatures), default=None)
    if most is None:
        return translate("paperwork.says.no-awards", lang)
    return translate(
        "paperwork.says.set",
        lang,
        award=pick(most.title, lang),
        hours=format_number(most.hours + most.council_hours, lang, 1),
        signatures=format_shortest(most.signatures, lang),
        posting=format_shortest(most.posting_days, lang),
        asking=format_shortest(most.consultation_days, lang),
    )
