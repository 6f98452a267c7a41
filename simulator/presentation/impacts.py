"""The impact of one option in sentences: on those concerned, on procedure and cost, and on awards themselves; every number with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.experiments.results import HIDDEN_CAVEAT
from simulator.presentation.changes import change_words, say_change, say_level
from simulator.presentation.group_table import group_name, number_formats, shown_divisions
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count, is_undefined
from simulator.presentation.wording import name_in, pick, says_anything, sentence_case, verdict_words, with_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from simulator.experiments.results import Comparison, GroupNumber, OptionComparison
    from simulator.presentation.numbers import Lang

SUBJECTS: Final[Mapping[str, tuple[str, ...]]] = {
    "leaders": ("leader_share", "equal_opportunity_difference"),
    "direct": ("direct_worker_share",),
    "procedure": ("dossiers", "cost_vnd"),
    "volume": ("excess_inflation", "award_rate"),
    "rotation": ("turn_taking_index",),
    "merit": ("merit_kappa",),
}
"""Who or what is concerned, and the indicators that tell."""
_ROLES: Final = {"leaders": ("head", "deputy"), "direct": ("direct",)}
_TOLD: Final = frozenset(name for names in SUBJECTS.values() for name in names)


def say_impacts(comparison: Comparison, option: OptionComparison, lang: Lang) -> list[str]:
    """Tell what an option does, one item for each subject concerned; of the reference, where things stand."""
    told = {subject: [_say_indicator(comparison, option, name, lang) for name in _known(comparison, names)] for subject, names in SUBJECTS.items()}
    told["asked"] = [_say_indicator(comparison, option, name, lang) for name in _known(comparison, comparison.asked) if name not in _TOLD]
    for subject, roles in _ROLES.items():
        told[subject] += _say_groups(comparison, option, "role", roles, lang)
    items = [_item("rules", [_say_rules(comparison, option, lang)], lang)]
    items += [_item(subject, told[subject], lang) for subject in ("leaders", "direct") if told[subject]]
    for division in shown_divisions(comparison):
        if division != "role":
            items.append(_item(division, _say_groups(comparison, option, division, option.by_group[division], lang), lang))
    items += [_item(subject, told[subject], lang) for subject in ("procedure", "volume", "rotation", "merit", "asked") if told[subject]]
    return items


def _known(comparison: Comparison, names: Iterable[str]) -> list[str]:
    return [name for name in names if says_anything(comparison, name)]


def _item(subject: str, sentences: list[str], lang: Lang) -> str:
    return translate("report.impacts.item", lang, subject=translate(f"report.impacts.subject.{subject}", lang), sentences="; ".join(sentences))


def _say_indicator(comparison: Comparison, option: OptionComparison, name: str, lang: Lang) -> str:
    item = option.indicators.get(name)
    indicator = name_in(comparison, name, lang)
    if item is None or is_undefined(item.value):
        return translate("report.impacts.undefined", lang, indicator=indicator)
    fields = {
        "indicator": indicator,
        "value": say_level(comparison, item, item.value, lang),
        "best": say_level(comparison, item, item.lawful_best, lang),
    }
    if option.id == comparison.baseline_option:
        return translate("report.impacts.reference", lang, **fields)
    return translate("report.impacts.indicator", lang, change=change_words(comparison, item, lang), verdict=verdict_words(item, lang), **fields)


def _say_groups(comparison: Comparison, option: OptionComparison, division: str, names: Iterable[str], lang: Lang) -> list[str]:
    """Tell the award rate of groups; these numbers describe, and have no verdict."""
    groups = option.by_group.get(division, {})
    return [_say_group(comparison, option, division, name, groups[name].award_rate, lang) for name in names if name in groups]


def _say_group(comparison: Comparison, option: OptionComparison, division: str, name: str, number: GroupNumber, lang: Lang) -> str:
    group = group_name(comparison, division, name, lang)
    if number.caveat == HIDDEN_CAVEAT or is_undefined(number.value):
        return translate("report.impacts.group-hidden", lang, group=group)
    form, steps = number_formats(comparison, division, name, lang)
    value = with_unit(form.value(number.value), translate(f"table.unit.value.{form.scale}", lang))
    if option.id == comparison.baseline_option:
        return translate("report.impacts.group-reference", lang, group=group, value=value)
    change = say_change(number.difference, number.difference_low, number.difference_high, steps)
    return translate("report.impacts.group", lang, group=group, value=value, change=change)


def _say_rules(comparison: Comparison, option: OptionComparison, lang: Lang) -> str:
    """Count the clauses an option changes, and those of them that are simulated."""
    clauses = [clause for clause in comparison.clauses if clause.option == option.id]
    if not clauses:
        return translate("report.impacts.no-rules", lang)
    fields = {"n": format_count(len(clauses), lang), "simulated": format_count(sum(clause.simulated for clause in clauses), lang)}
    return translate("report.impacts.rules", lang, section=translate("report.clauses.title", lang), **fields)


def heading_of(comparison: Comparison, option: OptionComparison, lang: Lang) -> str:
    """Head the part of a report about one option."""
    key = "report.impacts.of-reference" if option.id == comparison.baseline_option else "report.impacts.of-option"
    return sentence_case(translate(key, lang, option=pick(option.title, lang)))
