"""The impact of one option as a small table: on those concerned and on awards themselves; every number with its interval, equal changes in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.experiments.results.comparison import HIDDEN_CAVEAT
from simulator.indicators.breakdown import ROLE
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count, format_number, is_nothing, is_undefined
from simulator.presentation.results.changes import say_level
from simulator.presentation.results.group_table import group_name, number_formats, shown_divisions
from simulator.presentation.rules.rule_tables import legal_clauses
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import difference_format, measured, name_in, pick, quoted, says_anything, sentence_case, verdict_words, with_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from simulator.experiments.results.comparison import Comparison, GroupNumber, OptionComparison
    from simulator.presentation.numbers import Lang, NumberFormat

SUBJECTS: Final[Mapping[str, tuple[str, ...]]] = {
    "leaders": ("leader_share", "equal_opportunity_difference"),
    "direct": ("direct_worker_share",),
    "volume": ("excess_inflation", "award_rate"),
    "rotation": ("turn_taking_index",),
    "merit": ("merit_kappa",),
}
"""Who or what is concerned, and the indicators that tell. Files and money stand in a table of their own, the options side by side."""
_ELSEWHERE: Final = frozenset({"dossiers", "cost_vnd"})
_ROLES: Final = {"leaders": ("head", "deputy"), "direct": ("direct",)}
_TOLD: Final = frozenset(name for names in SUBJECTS.values() for name in names) | _ELSEWHERE
_COLUMNS: Final = ("what", "value", "lawful-best", "difference", "verdict")


def impact_table(comparison: Comparison, option: OptionComparison, lang: Lang) -> Table:
    """Return what an option does, a group for each subject concerned; of the reference, where things stand."""
    is_reference = option.id == comparison.baseline_option
    told = {subject: [_row(comparison, option, name, lang) for name in _known(comparison, names)] for subject, names in SUBJECTS.items()}
    told["asked"] = [_row(comparison, option, name, lang) for name in _known(comparison, comparison.asked) if name not in _TOLD]
    for subject, roles in _ROLES.items():
        told[subject] += _group_rows(comparison, option, "role", roles, lang)
    divisions = {name: _group_rows(comparison, option, name, option.by_group[name], lang) for name in shown_divisions(comparison) if name != "role"}
    ordered = {subject: told[subject] for subject in _ROLES} | divisions | told
    groups = tuple(Group(translate(f"report.impacts.subject.{subject}", lang), tuple(rows)) for subject, rows in ordered.items() if rows)
    columns = tuple(translate(f"table.impacts.{column}", lang) for column in (_COLUMNS[:3] if is_reference else _COLUMNS))
    caption = translate("table.impacts.caption-reference" if is_reference else "table.impacts.caption", lang, option=pick(option.title, lang))
    return Table(f"impacts-{option.id}", lang, caption, columns, groups, is_simulated=True)


def _known(comparison: Comparison, names: Iterable[str]) -> list[str]:
    return [name for name in names if says_anything(comparison, name)]


def _row(comparison: Comparison, option: OptionComparison, name: str, lang: Lang) -> Row:
    item = option.indicators.get(name)
    is_reference = option.id == comparison.baseline_option
    title = sentence_case(name_in(comparison, name, lang))
    if item is None or is_undefined(item.value):
        nothing = translate("table.none", lang)
        return Row(title, (translate("table.undefined", lang), *[nothing] * (1 if is_reference else 3)))
    levels = (say_level(comparison, item, item.value, lang), say_level(comparison, item, item.lawful_best, lang))
    if is_reference:
        return Row(title, levels)
    steps = difference_format(name, measured(comparison, name), lang)
    return Row(title, (*levels, _change(item.difference, item.difference_low, item.difference_high, steps), verdict_words(item, lang)))


def _group_rows(comparison: Comparison, option: OptionComparison, division: str, names: Iterable[str], lang: Lang) -> list[Row]:
    """Tell the award rate of groups; these numbers describe, and have no verdict. Groups whose change reads alike share a line."""
    groups = option.by_group.get(division, {})
    is_reference = option.id == comparison.baseline_option
    lines: dict[str, list[str]] = {}
    for name in names:
        if name in groups:
            # Where things stand, a division is one line but for posts, which are told one by one.
            alike = (name if division == ROLE else "") if is_reference else _rounded_change(comparison, division, name, groups[name].award_rate, lang)
            lines.setdefault(alike, []).append(name)
    rows = []
    for told in lines.values():
        titles = quoted([group_name(comparison, division, name, lang) for name in told], lang)
        header = translate("table.impacts.groups" if len(told) > 1 else "table.impacts.group", lang, groups=titles)
        values = [_group_value(comparison, division, name, groups[name].award_rate, lang) for name in told]
        cells = ("; ".join(values) if len(set(values)) > 1 else values[0], translate("table.none", lang))
        changes = () if is_reference else (_group_change(comparison, division, {name: groups[name].award_rate for name in told}, lang),)
        rows.append(Row(header, cells if is_reference else (*cells, *changes, translate("table.impacts.describes", lang))))
    return rows


def _is_hidden(number: GroupNumber) -> bool:
    return number.caveat == HIDDEN_CAVEAT or is_undefined(number.value)


def _rounded_change(comparison: Comparison, division: str, name: str, number: GroupNumber, lang: Lang) -> str:
    """Write a change with the decimals all groups have; those that read alike share a line."""
    return translate("group.hidden", lang) if _is_hidden(number) else number_formats(comparison, division, name, lang)[1].change(number.difference)


def _group_value(comparison: Comparison, division: str, name: str, number: GroupNumber, lang: Lang) -> str:
    if _is_hidden(number):
        return translate("group.hidden", lang)
    form, _ = number_formats(comparison, division, name, lang)
    return with_unit(form.value(number.value), translate(f"table.unit.value.{form.scale}", lang))


def _group_change(comparison: Comparison, division: str, numbers: Mapping[str, GroupNumber], lang: Lang) -> str:
    """Write the change of groups that share a line: the least and the largest where they still differ, and the interval that holds all of theirs."""
    first = next(iter(numbers.values()))
    if _is_hidden(first):
        return translate("group.hidden", lang)
    _, steps = number_formats(comparison, division, next(iter(numbers)), lang)
    differences, lows, highs = (
        [value for number in numbers.values() if (value := getattr(number, field)) is not None]
        for field in ("difference", "difference_low", "difference_high")
    )
    if len(numbers) == 1 or len(lows) < len(numbers) or len(highs) < len(numbers):
        return _change(first.difference, first.difference_low, first.difference_high, steps)
    low, high = min(lows), max(highs)
    ends = [steps.around(low, high).change(value) for value in (min(differences), max(differences))]
    if ends[0] == ends[1]:
        return _change(differences[0], low, high, steps)
    spread = translate("table.impacts.from-to", lang, low=ends[0], high=ends[1])
    return f"{with_unit(spread, translate(f'table.unit.difference.{steps.scale}', lang))}\n{steps.interval(low, high, signed=True)}"


def _change(difference: float | None, low: float | None, high: float | None, steps: NumberFormat) -> str:
    if is_undefined(difference):
        return steps.change(difference)
    if is_nothing(difference, low, high):
        return format_number(0, steps.lang)
    steps = steps.around(low, high)
    change = with_unit(steps.change(difference), translate(f"table.unit.difference.{steps.scale}", steps.lang))
    return f"{change}\n{steps.interval(low, high, signed=True)}".rstrip()


def say_rules(comparison: Comparison, option: OptionComparison, lang: Lang) -> str:
    """Count the clauses an option changes, and those of them that are simulated."""
    clauses = legal_clauses(comparison, option.id)
    if not clauses:
        return translate("report.impacts.no-rules", lang)
    if is_recorded_only(comparison, option):
        return translate("report.impacts.rules-recorded", lang, n=format_count(len(clauses), lang), section=translate("report.clauses.title", lang))
    fields = {"n": format_count(len(clauses), lang), "simulated": format_count(sum(clause.simulated for clause in clauses), lang)}
    return translate("report.impacts.rules", lang, section=translate("report.clauses.title", lang), **fields)


def is_recorded_only(comparison: Comparison, option: OptionComparison) -> bool:
    """Say whether an option changes words alone, of which the model plays none: its differences are nothing because nothing was tried."""
    clauses = legal_clauses(comparison, option.id)
    return bool(clauses) and not any(clause.simulated for clause in clauses)


def heading_of(comparison: Comparison, option: OptionComparison, lang: Lang) -> str:
    """Head the part of a report about one option."""
    key = "report.impacts.of-reference" if option.id == comparison.baseline_option else "report.impacts.of-option"
    return sentence_case(translate(key, lang, option=pick(option.title, lang)))
