"""Whether the order of options depends on what merit is taken to be: the table of the references of merit, and its sentences."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import is_undefined, places_for
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import measured, name_in, pick, sentence_case, value_format

if TYPE_CHECKING:
    from simulator.experiments.results.comparison import Comparison, ReferenceOrder
    from simulator.presentation.numbers import Lang, NumberFormat

_TWO = 2


def has_references(comparison: Comparison) -> bool:
    """Say whether there is anything to compare: two options or more, by two references of merit or more."""
    return len(comparison.options) >= _TWO and any(len(order.values) >= _TWO for order in comparison.references)


def references_table(comparison: Comparison, lang: Lang) -> Table:
    """Return each option's value and place by every reference of merit, grouped by indicator, which says whether the order stays."""
    references = list(comparison.references[0].values)
    columns = (translate("table.options.option", lang), *(sentence_case(_reference(name, lang)) for name in references))
    groups = tuple(_group(comparison, order, references, lang) for order in comparison.references if _is_known(order))
    notes = (translate("table.references.note", lang),)
    return Table("references", lang, translate("table.references.caption", lang), columns, groups, notes, is_simulated=True)


def _group(comparison: Comparison, order: ReferenceOrder, references: list[str], lang: Lang) -> Group:
    form = _format(comparison, order.indicator, lang)
    unit = translate(f"table.unit.value.{form.scale}", lang)
    name = sentence_case(name_in(comparison, order.indicator, lang)) + (f" ({unit})" if unit else "")
    verdict = translate(f"table.references.{_verdict(order)}", lang)
    rows = [
        Row(pick(option.title, lang), tuple(_cell(order, reference, option.id, form) for reference in references)) for option in comparison.options
    ]
    return Group(translate("table.references.group", lang, indicator=name, verdict=verdict), tuple(rows))


def _format(comparison: Comparison, name: str, lang: Lang) -> NumberFormat:
    """Return the format of an indicator's levels, with decimals enough for its margin to be seen: by it the places are judged."""
    form = value_format(name, measured(comparison, name), lang)
    return replace(form, places=max(form.places, places_for([measured(comparison, name)[0].margin], form.scale)))


def _verdict(order: ReferenceOrder) -> str:
    """Say whether the places stay, differ by less than the margin, change, or are not known for want of a value."""
    if order.is_stable is None:
        return "unknown"
    if not order.is_stable:
        return "changes"
    return "same" if len({tuple(places) for places in order.order.values()}) == 1 else "close"


def _cell(order: ReferenceOrder, reference: str, option: str, form: NumberFormat) -> str:
    value = order.values[reference].get(option)
    if is_undefined(value):
        return form.value(value)
    place = order.order[reference].index(option) + 1
    return translate("table.references.cell", form.lang, value=form.value(value), place=str(place))


def say_references(comparison: Comparison, lang: Lang) -> list[str]:
    """Say whether the order of options is the same by every reference of merit; if not, which two change places, and in which indicator."""
    references = [_reference(name, lang) for name in comparison.references[0].values]
    known = [order for order in comparison.references if _is_known(order)]
    fields = {"references": "; ".join(references), "n": str(len(known))}
    without_value = [sentence_case(name_in(comparison, order.indicator, lang)) for order in known if order.is_stable is None]
    unknown = [translate("report.references.unknown", lang, indicators="; ".join(without_value))] if without_value else []
    if any(order.is_stable is False for order in known):
        changes = translate("report.references.changes", lang, **fields)
        return [changes, *(words for order in known for words in _say_swaps(comparison, order, lang)), *unknown]
    fields["n"] = str(len(known) - len(without_value))
    return [*([translate("report.references.same", lang, **fields)] if len(without_value) < len(known) or not known else []), *unknown]


def _say_swaps(comparison: Comparison, order: ReferenceOrder, lang: Lang) -> list[str]:
    """Tell each two options that change places once, by the first two references that put them in different orders."""
    margin = measured(comparison, order.indicator)[0].margin
    sentences = []
    for one, other in combinations(comparison.options, 2):
        for first, second in permutations(order.values, 2):
            if _is_above(order, first, one.id, other.id, margin) and _is_above(order, second, other.id, one.id, margin):
                fields = {"higher": pick(one.title, lang), "lower": pick(other.title, lang)}
                fields |= {"first": _reference(first, lang), "second": _reference(second, lang)}
                sentences.append(
                    translate("report.references.swap", lang, indicator=sentence_case(name_in(comparison, order.indicator, lang)), **fields)
                )
                break
    return sentences


def _is_above(order: ReferenceOrder, reference: str, one: str, other: str, margin: float) -> bool:
    above, below = order.values[reference].get(one), order.values[reference].get(other)
    return above is not None and below is not None and above - below >= margin


def _is_known(order: ReferenceOrder) -> bool:
    """Whether two options or more have a value by every reference, so that there is an order at all."""
    return all(sum(not is_undefined(value) for value in of.values()) >= _TWO for of in order.values.values())


def _reference(name: str, lang: Lang) -> str:
    return translate(f"reference.{name}", lang)
