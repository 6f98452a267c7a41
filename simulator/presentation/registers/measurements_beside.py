"""Several simulated histories side by side: the same indicators, each with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.presentation.i18n import translate
from simulator.presentation.registers.measurement_sentences import format_of, with_interval
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import CAUSES, indicator_name, sentence_case

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.indicators.measurement import Measured, Measurement
    from simulator.presentation.numbers import Lang

SHOWN: Final = ("turn_taking_index", "equal_opportunity_difference", "excess_inflation", "leader_share", "award_rate", "merit_kappa")
"""The indicators that are put side by side: those every comparison is about."""


def draw_measurements(measured: Mapping[str, Measurement], lang: Lang = "vi") -> Table:
    """Put what several simulated histories show side by side: the main indicators, then what decided the awards, of 100.

    Parameters
    ----------
    measured
        Name of a history → what it shows; the name heads its column.
    lang
        Language of the words.
    """
    indicators = [_row(name, indicator_name(name, lang), [each.indicators[name] for each in measured.values()], lang) for name in SHOWN]
    mix = [_row(cause, translate(f"table.mix.{cause}", lang), [each.allocation_mix[cause] for each in measured.values()], lang) for cause in CAUSES]
    groups = (Group(translate("table.beside.indicators", lang), tuple(indicators)), Group(translate("figure.mix.title", lang), tuple(mix)))
    columns = (translate("table.indicator", lang), *measured)
    caption, note = translate("table.beside.caption", lang), translate("table.beside.note", lang)
    return Table("measured-beside", lang, caption, columns, groups, (note,), is_simulated=True)


def _row(name: str, title: str, found: Sequence[Measured], lang: Lang) -> Row:
    form = format_of(name, *found, lang=lang)
    return Row(sentence_case(title), tuple(with_interval(each, form) for each in found))
