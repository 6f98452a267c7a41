"""What an option costs in paper and money, a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import is_undefined
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import difference_format, measured, name_in, pick, sentence_case, value_format, verdict_words, with_unit

if TYPE_CHECKING:
    from simulator.experiments.results import Comparison, IndicatorComparison
    from simulator.presentation.numbers import Lang, NumberFormat

WORK: Final = ("dossiers", "cost_vnd")


def procedure_cost_table(comparison: Comparison, lang: Lang) -> Table | None:
    """Return files and award money of every option, with differences and verdicts; nothing where neither is known."""
    names = [name for name in WORK if any(not is_undefined(item.value) for item in measured(comparison, name))]
    if not names:
        return None
    columns = tuple(translate(f"table.results.{column}", lang) for column in ("option", "value", "lawful-best", "difference", "verdict"))
    groups = tuple(_group(comparison, name, lang) for name in names)
    notes = tuple(translate(f"table.procedure.note.{name}", lang) for name in names)
    return Table("procedure-cost", lang, translate("table.procedure.caption", lang), columns, groups, notes, is_simulated=True)


def _group(comparison: Comparison, name: str, lang: Lang) -> Group:
    items = measured(comparison, name)
    form, steps = value_format(name, items, lang), difference_format(name, items, lang)
    rows = []
    for option in comparison.options:
        item = option.indicators.get(name)
        is_reference = option.id == comparison.baseline_option
        cells = (translate("table.none", lang),) * 4 if item is None else _cells(item, form, steps, is_reference=is_reference)
        rows.append(Row(pick(option.title, lang), cells))
    return Group(sentence_case(name_in(comparison, name, lang)), tuple(rows))


def _cells(item: IndicatorComparison, form: NumberFormat, steps: NumberFormat, *, is_reference: bool) -> tuple[str, ...]:
    lang = form.lang
    unit, step_unit = translate(f"table.unit.value.{form.scale}", lang), translate(f"table.unit.difference.{steps.scale}", lang)
    levels = [form.value(number) if is_undefined(number) else with_unit(form.value(number), unit) for number in (item.value, item.lawful_best)]
    if is_reference:
        return (*levels, translate("table.none", lang), translate("table.baseline-cell", lang))
    if is_undefined(item.difference):
        return (*levels, steps.change(item.difference), verdict_words(item, lang))
    steps = steps.around(item.difference_low, item.difference_high)
    interval = steps.interval(item.difference_low, item.difference_high, signed=True)
    return (*levels, f"{with_unit(steps.change(item.difference), step_unit)}\n{interval}".rstrip(), verdict_words(item, lang))
