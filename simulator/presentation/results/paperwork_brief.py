"""Paperwork and money of all options on less than a page: what a reader who decides asks for first; the table of every quantity is longer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NumberFormat, is_nothing, is_undefined
from simulator.presentation.results.paperwork_table import difference_words, quantity_format, say_simulated, verdict_of
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import pick, sentence_case, with_unit

if TYPE_CHECKING:
    from simulator.experiments.paperwork.results import OptionPaperwork, Paperwork
    from simulator.presentation.numbers import Lang

BRIEF: Final = ("dossiers", "awards", "signatures", "council_hours", "bonus_vnd", "pay_step_vnd", "work_vnd", "total_vnd")
"""The quantities that are told first; the others stand in the table of all of them."""


def brief_table(paperwork: Paperwork, lang: Lang = "vi") -> Table:
    """Return the main quantities with the options side by side: the value, and below it the difference with its interval and its verdict."""
    base = paperwork.option(paperwork.baseline)
    options = [base, *(option for option in paperwork.options if option is not base)]
    rows = []
    for name in (name for name in BRIEF if name in base.quantities):
        ground = translate(f"paperwork.ground.{base.quantities[name].ground}", lang)
        title = translate("paperwork.quantity", lang, name=sentence_case(translate(f"paperwork.name.{name}", lang)), ground=ground)
        rows.append(Row(title, tuple(_cell(option, name, paperwork, lang) for option in options)))
    titles = [pick(option.title, lang) for option in options]
    beside = f"{say_simulated(paperwork, lang)} {translate('paperwork.note.beside', lang)}"
    notes = (translate("paperwork.note.brief", lang, baseline=titles[0], table=translate("paperwork.caption", lang)), beside)
    columns = (sentence_case(translate("paperwork.column.quantity", lang)), *titles)
    return Table("paperwork-brief", lang, translate("paperwork.brief.caption", lang), columns, (Group("", tuple(rows)),), notes, is_simulated=True)


def _cell(option: OptionPaperwork, name: str, paperwork: Paperwork, lang: Lang) -> str:
    item, scale = option.quantities[name], quantity_format(name, paperwork)
    value = NumberFormat(lang, scale, scale.most_places).value(item.value)
    value = value if is_undefined(item.value) else with_unit(value, translate(f"table.unit.value.{scale}", lang))
    if option.id == paperwork.baseline:
        return value
    if is_nothing(item.difference, item.difference_low, item.difference_high):
        return f"{value}\n{verdict_of(item, lang)}"
    return f"{value}\n{difference_words(name, item, lang)}\n{verdict_of(item, lang)}"
