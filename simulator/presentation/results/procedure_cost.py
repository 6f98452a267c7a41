"""What an option costs in paper and money, a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count, format_date, is_undefined
from simulator.presentation.results.option_groups import option_group
from simulator.presentation.rules.citing import source_words
from simulator.presentation.table_layout import Table
from simulator.presentation.wording import measured, name_in, sentence_case, verdict_words, with_unit

if TYPE_CHECKING:
    from simulator.experiments.results.comparison import BaseSalaryUsed, Comparison, IndicatorComparison
    from simulator.presentation.numbers import Lang, NumberFormat

WORK: Final = ("dossiers", "cost_vnd")


def procedure_cost_table(comparison: Comparison, lang: Lang) -> Table | None:
    """Return files and award money of every option, with differences and verdicts; nothing where neither is known."""
    names = [name for name in WORK if any(not is_undefined(item.value) for item in measured(comparison, name))]
    if not names:
        return None
    columns = tuple(translate(f"table.results.{column}", lang) for column in ("option", "value", "lawful-best", "difference", "verdict"))
    groups = tuple(option_group(comparison, name, lang, n_cells=len(columns) - 1, cells_of=_cells, title_of=_title) for name in names)
    notes = (*(translate(f"table.procedure.note.{name}", lang) for name in names), *_say_base_salary(comparison, lang, is_used="cost_vnd" in names))
    return Table("procedure-cost", lang, translate("table.procedure.caption", lang), columns, groups, notes, is_simulated=True)


def _say_base_salary(comparison: Comparison, lang: Lang, *, is_used: bool) -> tuple[str, ...]:
    """Say by which base salary money is reckoned and what it rests on, or that there is no money to tell because none is known."""
    salary = comparison.base_salary
    if salary is None:
        return () if is_used else (translate("table.procedure.note.no-base-salary", lang, date=format_date(comparison.as_of, lang)),)
    if not is_used:
        return ()
    return (say_salary(salary, lang),)


def say_salary(salary: BaseSalaryUsed, lang: Lang) -> str:
    """Say by which base salary money is reckoned, since when it holds, and what it rests on."""
    since = {"start": salary.start, "known-from": salary.known_from}
    days = [translate(f"table.procedure.base-salary.{name}", lang, date=format_date(day, lang)) for name, day in since.items() if day is not None]
    source = translate("table.procedure.base-salary.no-source", lang) if salary.source is None else source_words(salary.source, lang)
    grounds = translate("citation.confidence", lang, citation=source, confidence=translate(f"table.confidence.{salary.confidence}", lang))
    amount = format_count(salary.amount, lang)
    return translate("table.procedure.note.base-salary", lang, amount=amount, since="; ".join(days), source=grounds)


def _title(comparison: Comparison, name: str, form: NumberFormat, _steps: NumberFormat) -> str:
    return sentence_case(name_in(comparison, name, form.lang))


def _cells(item: IndicatorComparison, reference: IndicatorComparison | None, form: NumberFormat, steps: NumberFormat) -> tuple[str, ...]:
    lang = form.lang
    unit, step_unit = translate(f"table.unit.value.{form.scale}", lang), translate(f"table.unit.difference.{steps.scale}", lang)
    levels = [form.value(number) if is_undefined(number) else with_unit(form.value(number), unit) for number in (item.value, item.lawful_best)]
    if item is reference:
        return (*levels, translate("table.none", lang), translate("table.baseline-cell", lang))
    if is_undefined(item.difference):
        return (*levels, steps.change(item.difference), verdict_words(item, lang))
    steps = steps.around(item.difference_low, item.difference_high)
    interval = steps.interval(item.difference_low, item.difference_high, signed=True)
    return (*levels, f"{with_unit(steps.change(item.difference), step_unit)}\n{interval}".rstrip(), verdict_words(item, lang))
