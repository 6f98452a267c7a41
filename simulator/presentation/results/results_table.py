"""The comparison table of a report, options as rows, so that many options stay readable on paper.

Each difference is split in two. What would change if every option were applied perfectly is due to the rule: the change of the *lawful best*. The rest is
due to practice: the change of the gap between the value and the lawful best.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import is_nothing, is_undefined
from simulator.presentation.results.option_groups import option_group
from simulator.presentation.results.tables import draw_table, shown_names
from simulator.presentation.table_layout import Table
from simulator.presentation.wording import is_of_collectives, name_in, pick, sentence_case, verdict_words

if TYPE_CHECKING:
    from simulator.experiments.results.comparison import Comparison, Estimate, IndicatorComparison
    from simulator.presentation.numbers import Lang, NumberFormat

COLUMNS = ("option", "value", "lawful-best", "difference", "by-rule", "by-practice", "verdict")


def results_table(comparison: Comparison, lang: Lang) -> Table:
    """Return the indicators of the main table as groups, the options as rows: value, lawful best, difference, its two parts, and verdict."""
    main = draw_table(comparison, lang)
    baseline = pick(comparison.option(comparison.baseline_option).title, lang)
    who = translate(f"table.note.who.{'collectives' if is_of_collectives(comparison) else 'people'}", lang)
    # What was left out stands in an annex here, and the ceiling of merit in a section of its own.
    elsewhere = {translate("table.note.others", lang, baseline=baseline), translate("table.note.lawful-best", lang, who=who)}
    notes = (
        translate("table.results.note.parts", lang),
        translate("table.results.note.lawful-best", lang, who=who),
        *(note for note in main.notes if note not in elsewhere),
    )
    columns = tuple(translate(f"table.results.{column}", lang) for column in COLUMNS)
    groups = tuple(
        option_group(comparison, name, lang, n_cells=len(COLUMNS) - 1, cells_of=_cells, title_of=title_with_units) for name in shown_names(comparison)
    )
    return Table("comparison", lang, main.caption, columns, groups, notes, is_simulated=True)


def _cells(item: IndicatorComparison, reference: IndicatorComparison | None, form: NumberFormat, steps: NumberFormat) -> tuple[str, ...]:
    nothing = translate("table.none", form.lang)
    levels = (form.value(item.value), form.value(item.lawful_best))
    if item is reference or reference is None:
        return (*levels, nothing, nothing, nothing, translate("table.baseline-cell", form.lang))
    interval = steps.interval(item.difference_low, item.difference_high, signed=True)
    change = steps.around(item.difference_low, item.difference_high).change(item.difference)
    parts = (_part(part, steps) for part in (item.by_rule, item.by_practice))
    return (*levels, f"{change}\n{interval}".rstrip(), *parts, verdict_words(item, form.lang))


def _part(part: Estimate | None, form: NumberFormat) -> str:
    """Write a part of a difference with its interval; what is exactly nothing needs none."""
    if part is None or is_undefined(part.value):
        return translate("table.none", form.lang)
    if is_nothing(part.value, part.low, part.high):
        return form.change(part.value)
    return f"{form.around(part.low, part.high).change(part.value)}\n{form.interval(part.low, part.high, signed=True)}".rstrip()


def title_with_units(comparison: Comparison, name: str, form: NumberFormat, steps: NumberFormat) -> str:
    """Name an indicator with its unit, and with that of its differences where it is another."""
    lang = form.lang
    unit, unit_of_difference = translate(f"table.unit.value.{form.scale}", lang), translate(f"table.unit.difference.{steps.scale}", lang)
    title = sentence_case(name_in(comparison, name, lang))
    if not unit and not unit_of_difference:
        return title
    if unit in {"", unit_of_difference}:
        return f"{title} ({unit_of_difference})"
    return translate("table.annex.units", lang, title=title, unit=unit, difference=unit_of_difference)
