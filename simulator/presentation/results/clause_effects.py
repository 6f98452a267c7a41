"""What stands beside each clause of the comparison table of an option: the simulated effect, its interval and its verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from simulator.experiments.results.comparison import STRUCTURES_CAVEAT
from simulator.presentation.footnotes import thinned_notes
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count, format_number, is_nothing, is_undefined
from simulator.presentation.results.attribution_table import effect_cell, part_format, say_method
from simulator.presentation.results.margins import say_margins
from simulator.presentation.wording import difference_format, indicator_name, list_words, measured, sentence_case, value_format, with_unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.experiments.attribution.attribute import Attribution, OptionAttribution, PartOfOption
    from simulator.experiments.results.comparison import Comparison, IndicatorComparison, OptionComparison
    from simulator.presentation.numbers import Lang, NumberFormat
    from simulator.presentation.rules.comparison_table import ComparisonTable

SHOWN: Final[tuple[str, ...]] = ("turn_taking_index", "equal_opportunity_difference", "excess_inflation", "merit_kappa", "leader_share")
"""The indicators beside the clauses: as many as can be read on A4."""
TOLD: Final[tuple[str, ...]] = ("dossiers", "cost_vnd")
"""Indicators that are told of the option as a whole, below the table."""


@dataclass(frozen=True)
class ClauseEffects:
    """Further columns of a comparison table.

    Attributes
    ----------
    columns
        What they are called.
    head_title, head
        The row of the whole option.
    by_clause
        Path of a clause → its cells; one text where the same holds for all of them.
    notes
        What stands below the table.
    """

    columns: tuple[str, ...]
    head_title: str
    head: tuple[str, ...]
    by_clause: Mapping[str, tuple[str, ...] | str]
    notes: tuple[str, ...]

    def lines_of_whole(self, lang: Lang) -> list[str]:
        """Tell the effect of the whole option a line an indicator, for where these have no columns; what the columns all begin with is left to the head."""
        begin = f"{translate('redline.column.effect', lang)}: "
        told = zip(self.columns, self.head, strict=True)
        return [f"{column.removeprefix(begin)}: {cell}".replace("\n", " ") for column, cell in told]


def clause_effects(
    table: ComparisonTable, comparison: Comparison, option_id: str, attribution: Attribution | None, lang: Lang = "vi"
) -> ClauseEffects:
    """Put the effect beside each clause where the attribution ran; that of the whole option is always the comparison's.

    Parameters
    ----------
    table
        The comparison table of the option's rules with the baseline.
    comparison
        The comparison of the options.
    option_id
        The option.
    attribution
        Effects by clause, if they were worked out.
    lang
        The language.
    """
    option = comparison.option(option_id)
    split = None if attribution is None else attribution.option(option_id)
    shown = [name for name in SHOWN if name in option.indicators and not is_undefined(option.indicators[name].difference)]
    title = translate("redline.whole", lang)
    notes = [f"{sentence_case(translate('table.simulated', lang))}. {translate('report.not-a-prediction', lang)}"]
    if attribution is None or split is None:
        forms = {name: difference_format(name, measured(comparison, name), lang) for name in shown}
        head = tuple(_whole(option.indicators[name], forms[name], lang) for name in shown)
        recorded = {clause.clause.rpartition("#")[2] for clause in comparison.clauses if clause.option == option_id and not clause.simulated}
        beside: dict[str, tuple[str, ...] | str] = {
            row.clause: translate("redline.recorded" if recorded.issuperset((row.clause, *row.joined)) else "redline.not-split", lang)
            for row in table.rows
        }
        notes += [translate("redline.note.not-split", lang, scenario=comparison.scenario)]
        notes += [translate("table.note.interval", lang, replications=format_count(comparison.replications, lang)), _say_verdicts(lang)]
        margins = {name: option.indicators[name].margin for name in shown}
    else:
        shown = [name for name in shown if name in split.indicators and split.indicators[name].total is not None]
        forms = {name: part_format(name, split.indicators[name], lang, measured(comparison, name)) for name in shown}
        head = tuple(_whole(option.indicators[name], forms[name], lang) for name in shown)
        beside = _beside({row.clause: row.joined for row in table.rows}, split, shown, forms, lang)
        counts = {name: format_count(each.replications, lang) for name, each in (("compared", comparison), ("replications", attribution))}
        notes += [say_method(attribution, split, lang), *thinned_notes(attribution.members, attribution.members_in_scenario, lang)]
        notes += [translate("redline.note.interval", lang, **counts), _say_verdicts(lang)]
        margins = {name: split.indicators[name].margin for name in shown}
    notes += [translate("table.note.margins", lang, margins=say_margins(margins, lang))] if margins else []
    differing = [name for name in shown if option.indicators[name].caveat == STRUCTURES_CAVEAT]
    if differing:
        indicators = list_words([indicator_name(name, lang) for name in differing], lang)
        notes.append(translate("redline.note.structures", lang, indicators=indicators, section=translate("report.dependence.title", lang)))
    told = [_say_whole(comparison, option, name, lang) for name in TOLD if name in option.indicators]
    notes += [translate("redline.note.whole", lang, told="; ".join(told))] if told else []
    return ClauseEffects(tuple(_column(name, forms[name], lang) for name in shown), title, head, beside, tuple(notes))


def _beside(
    joined: Mapping[str, Sequence[str]], split: OptionAttribution, shown: Sequence[str], forms: Mapping[str, NumberFormat], lang: Lang
) -> dict[str, tuple[str, ...] | str]:
    """Give the cells of each clause; of clauses that go together, the first has them, the others say with which they go."""
    of_clause: dict[str, PartOfOption] = {member.clause.rpartition("#")[2]: part for part in split.parts for member in part.members}
    paths = list(joined)
    parts_of = {path: _parts_of_row([path, *joined[path]], of_clause) for path in paths}
    number = {path: str(place) for place, path in enumerate(paths, 1)}
    cells: dict[str, tuple[str, ...] | str] = {}
    for path, parts in parts_of.items():
        simulated = [part for part in parts if part.state not in {"recorded", "words"}]
        if not simulated:
            cells[path] = translate("redline.words" if any(part.state == "words" for part in parts) else "redline.recorded", lang)
            continue
        first = next(each for each in paths if simulated[0] in parts_of[each])
        if path == first:
            cells[path] = tuple("\n".join(_effect_of(part, split, name, forms[name], lang) for part in simulated) for name in shown)
        else:
            cells[path] = translate("redline.together", lang, number=number[first])
    return cells


def _parts_of_row(clauses: Sequence[str], of_clause: Mapping[str, PartOfOption]) -> list[PartOfOption]:
    """Give the parts the clauses of a row belong to, each once."""
    found = [of_clause[clause] for clause in clauses if clause in of_clause]
    return [part for place, part in enumerate(found) if part not in found[:place]]


def _effect_of(part: PartOfOption, split: OptionAttribution, name: str, form: NumberFormat, lang: Lang) -> str:
    return effect_cell(next(effect for effect in split.indicators[name].parts if effect.clause == part.clause), form, lang)


def _whole(item: IndicatorComparison, form: NumberFormat, lang: Lang) -> str:
    if is_nothing(item.difference, item.difference_low, item.difference_high):
        return format_number(0, lang)
    verdict = translate(f"verdict.{item.verdict.replace(' ', '-')}", lang)
    form = form.around(item.difference_low, item.difference_high)
    return f"{form.change(item.difference)} ({verdict})\n{form.interval(item.difference_low, item.difference_high, signed=True)}"


def _column(name: str, form: NumberFormat, lang: Lang) -> str:
    unit = translate(f"table.unit.difference.{form.scale}", lang)
    return translate(f"redline.column.{name}", lang) + (f" ({unit})" if unit else "")


def _say_verdicts(lang: Lang) -> str:
    meanings = {word: translate(f"verdict.meaning.{word}", lang) for word in ("clear", "small", "not-clear")}
    return translate("redline.note.verdict", lang, clear=meanings["clear"], small=meanings["small"], unclear=meanings["not-clear"])


def _say_whole(comparison: Comparison, option: OptionComparison, name: str, lang: Lang) -> str:
    """Say what the option does to an indicator that has no column: value, difference, interval and verdict of the comparison."""
    item = option.indicators[name]
    values, steps = value_format(name, measured(comparison, name), lang), difference_format(name, measured(comparison, name), lang)
    value = with_unit(values.value(item.value), translate(f"table.unit.value.{values.scale}", lang))
    steps = steps.around(item.difference_low, item.difference_high)
    change = with_unit(steps.change(item.difference), translate(f"table.unit.difference.{steps.scale}", lang))
    interval = steps.interval(item.difference_low, item.difference_high, signed=True)
    verdict = translate(f"verdict.{item.verdict.replace(' ', '-')}", lang)
    return translate("redline.whole-of", lang, indicator=indicator_name(name, lang), value=value, change=change, interval=interval, verdict=verdict)
