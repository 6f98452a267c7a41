"""The annex of a report: the indicators that do not stand in its body, under every option, question by question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.presentation.footnotes import replication_notes
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import is_undefined
from simulator.presentation.registers.measurement_table import OTHER, QUESTIONS
from simulator.presentation.results.option_groups import option_group
from simulator.presentation.results.procedure_cost import WORK
from simulator.presentation.results.results_table import title_with_units
from simulator.presentation.results.tables import shown_names
from simulator.presentation.table_layout import Table
from simulator.presentation.wording import column_heads, is_of_collectives, measured, name_in, sentence_case, verdict_words

if TYPE_CHECKING:
    from simulator.experiments.results.comparison import Comparison, IndicatorComparison
    from simulator.presentation.numbers import Lang, NumberFormat


def annex_tables(comparison: Comparison, lang: Lang) -> list[Table]:
    """Return one table for each question: its indicators as groups, the options as rows; what the tables of the body tell is not told again.

    What has a value under no option has no rows either: see :func:`undefined_names`.
    """
    left_out = undefined_names(comparison)
    measured_names = [name for name in _further_names(comparison) if name not in left_out]
    of_question = {question: [name for name in names if name in measured_names] for question, names in QUESTIONS.items()}
    if is_of_collectives(comparison):
        of_question["leaders"] = []  # collectives hold no posts
    asked = {name for names in QUESTIONS.values() for name in names}
    of_question[OTHER] = [name for name in measured_names if name not in asked]
    return [_table(comparison, question, names, lang) for question, names in of_question.items() if names]


def undefined_names(comparison: Comparison) -> list[str]:
    """Name the indicators, among those the body leaves out, that have a value under no option, nor under the lawful best of one."""
    return [
        name
        for name in _further_names(comparison)
        if all(is_undefined(item.value) and is_undefined(item.lawful_best) for item in measured(comparison, name))
    ]


def _further_names(comparison: Comparison) -> list[str]:
    in_body = {*shown_names(comparison), *WORK}
    return [name for name in dict.fromkeys(name for option in comparison.options for name in option.indicators) if name not in in_body]


def _table(comparison: Comparison, question: str, names: list[str], lang: Lang) -> Table:
    columns = column_heads("table", ("options.option", "value", "lawful-best", "difference", "annex.interval", "verdict"), lang)
    caption = translate(f"table.measure.group.{question}", lang)
    groups = tuple(option_group(comparison, name, lang, n_cells=len(columns) - 1, cells_of=_cells, title_of=title_with_units) for name in names)
    return Table(
        f"annex-{question}",
        lang,
        caption,
        columns,
        groups,
        (*_caveats(comparison, names, lang), *replication_notes(comparison, names, lang)),
        is_simulated=True,
    )


def _cells(item: IndicatorComparison, reference: IndicatorComparison | None, form: NumberFormat, steps: NumberFormat) -> tuple[str, ...]:
    nothing = translate("table.none", form.lang)
    value, best = form.value(item.value), form.value(item.lawful_best)
    if item is reference:
        return value, best, nothing, nothing, translate("table.baseline-cell", form.lang)
    steps = steps.around(item.difference_low, item.difference_high)
    interval = steps.interval(item.difference_low, item.difference_high, signed=True) or nothing
    return value, best, steps.change(item.difference), interval, verdict_words(item, form.lang)


def _caveats(comparison: Comparison, names: list[str], lang: Lang) -> list[str]:
    """Say once each caveat, with the indicators it is about."""
    holders: dict[str, list[str]] = {}
    for name in names:
        for caveat in dict.fromkeys(item.caveat for item in measured(comparison, name) if item.caveat is not None):
            holders.setdefault(caveat, []).append(name_in(comparison, name, lang))
    return [
        sentence_case(translate("table.note.caveat", lang, indicator=", ".join(indicators), caveat=translate(caveat, lang)))
        for caveat, indicators in holders.items()
    ]
