"""Two sections of the scenario report: what the result depends on, and how far people get up the commendation ladder."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from simulator.experiments.mathematics.statistics import COMPARED, PRIMARY
from simulator.presentation.footnotes import thinned_notes
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count
from simulator.presentation.results.ensemble_table import draw_ensemble
from simulator.presentation.results.futures_map import draw_map
from simulator.presentation.results.indices_figure import draw_indices
from simulator.presentation.results.indices_table import global_tables, shares_table
from simulator.presentation.results.ladder_figure import draw_ladders
from simulator.presentation.results.ladder_words import chains_of, ladder_table
from simulator.presentation.results.robustness import draw_robustness
from simulator.presentation.results.sensitivity_table import draw_sensitivity, has_row, saying_of, tornado_table, usual_table
from simulator.presentation.results.tipping_box import draw_box
from simulator.presentation.results.tipping_table import map_table, tipping_table
from simulator.presentation.results.tipping_words import is_told, say_option, shown_event, thinned_futures
from simulator.presentation.results.tornado import choose, draw_tornado
from simulator.presentation.results.uncertain_words import choose_indices, say_all
from simulator.presentation.rules.rule_tables import compliance_table
from simulator.presentation.wording import indicator_name, list_words, other_options, sentence_case
from simulator.reporting.document import Block, FigureBlock, Paragraph, Section, TableBlock
from simulator.reporting.pages.shortening import explained_once, first_rows, without_ids

if TYPE_CHECKING:
    from simulator.experiments.results.comparison import Comparison
    from simulator.experiments.sensitivity.global_influences import GlobalSensitivity
    from simulator.experiments.sensitivity.influences import Sensitivity
    from simulator.experiments.tipping.results import Tipping
    from simulator.presentation.numbers import Lang
    from simulator.presentation.style import Drawing
    from simulator.presentation.table_layout import Table
    from simulator.reporting.evidence.contents import ScenarioEvidence

_FEWEST_ROWS: Final = 12
"""Rows of the table of assumptions, whatever can be told from luck."""


def dependence_section(evidence: ScenarioEvidence, lang: Lang) -> Section:
    """Show what was found out of assumptions and structures; what was not tried is said, with how to do it."""
    scenario = evidence.comparison.scenario
    title = translate("report.dependence.title", lang)
    if not other_options(evidence.comparison):
        return Section("dependence", lang, title, [Paragraph(translate("report.dependence.alone", lang))])
    blocks: list[Block] = [
        Paragraph(translate("report.dependence.intro", lang)),
        Paragraph(translate("report.dependence.assumptions", lang), "heading"),
    ]
    if evidence.global_sensitivity is None and evidence.sensitivity is None:
        blocks.append(Paragraph(translate("report.dependence.no-sensitivity", lang, scenario=scenario), "note"))
    if evidence.global_sensitivity is not None:
        blocks += _together(evidence.global_sensitivity, evidence.comparison, lang)
    if evidence.sensitivity is not None:
        blocks += [Paragraph(translate("report.dependence.method.one-at-a-time", lang)), *_assumptions(evidence.sensitivity, scenario, lang)]
    blocks.append(Paragraph(translate("report.dependence.structures", lang), "heading"))
    if evidence.structures is None:
        blocks.append(Paragraph(translate("report.dependence.no-structures", lang, scenario=scenario), "note"))
    else:
        blocks += _populations(evidence.global_sensitivity, evidence.comparison, lang)
        first, *others = draw_robustness(evidence.structures, lang)
        blocks += [_figure(first, draw_ensemble(evidence.structures, lang, evidence.comparison)), *map(_figure, others)]
    if evidence.tipping is not None:
        blocks += _futures(evidence.tipping, lang)
    blocks = _thinning_explained_once(blocks, evidence, lang)
    return Section("dependence", lang, title, blocks)


def _thinning_explained_once(blocks: list[Block], evidence: ScenarioEvidence, lang: Lang) -> list[Block]:
    """Let one table of the report explain how few people stand for all; the others say how many they are."""
    told = [each for each in (evidence.attribution, evidence.global_sensitivity, evidence.sensitivity) if each is not None]
    notes, brief = ([thinned_notes(each.members, each.members_in_scenario, lang, is_explained=again) for each in told] for again in (False, True))
    short = dict(zip(chain(*notes), chain(*brief), strict=True))
    if evidence.tipping is not None:
        short |= zip(thinned_futures(evidence.tipping, lang), thinned_futures(evidence.tipping, lang, is_explained=True), strict=True)
    return explained_once(blocks, short, is_explained=evidence.attribution is not None and bool(notes[0]))


def _populations(study: GlobalSensitivity | None, comparison: Comparison, lang: Lang) -> list[Block]:
    """Say why structures are counted otherwise where everything varied at once: fewer people were simulated there."""
    if study is None or study.members == study.members_in_scenario or study.method != "sobol":
        return []
    words = {"column": sentence_case(translate("table.held.structures", lang)), "table": translate("table.held.caption", lang)}
    sizes = {"all": format_count(comparison.n_members, lang), "members": format_count(study.members, lang)}
    return [Paragraph(translate("report.dependence.populations", lang, **words, **sizes))]


def _futures(tipping: Tipping, lang: Lang) -> list[Block]:
    # A box that does not tell enough has its line in the table, and no picture that would take half a page to say so.
    said = [Paragraph(say_option(tipping, option, lang)) for option in tipping.options if shown_event(option).box is None]
    boxes = [_figure(drawing) for option in tipping.options if is_told(option) and (drawing := draw_box(tipping, option, lang)) is not None]
    heading = Paragraph(translate("report.dependence.futures", lang), "heading")
    return [heading, *said, *boxes, TableBlock(without_ids(tipping_table(tipping, lang))), _figure(draw_map(tipping, lang), map_table(tipping, lang))]


def _together(study: GlobalSensitivity, comparison: Comparison, lang: Lang) -> list[Block]:
    """Show what everything varied at once gave, under its own name; an indicator without a figure has its sentence."""
    tables = global_tables(study, lang)
    if comparison.assumptions and compliance_table(comparison, lang) is not None:
        # The section on assumptions has it already, of all people; a second one, of fewer, would say the same with other numbers.
        tables = [table for table in tables if table.id != "swept-compliance"]
    blocks: list[Block] = [Paragraph(translate(f"report.dependence.method.{study.method}", lang)), *map(TableBlock, tables)]
    for indicator in PRIMARY:
        shown = choose_indices(study, indicator)
        if shown is None:
            blocks.append(Paragraph(say_all(study, indicator, lang)))
        else:
            blocks.append(_figure(draw_indices(study, shown, lang), shares_table(shown, lang)))
    return blocks


def _assumptions(sensitivity: Sensitivity, scenario: str, lang: Lang) -> list[Block]:
    blocks: list[Block] = []
    still = []
    for indicator in COMPARED:
        shown = choose(sensitivity, indicator)
        if shown is None:
            still.append(indicator_name(indicator, lang))
            continue
        blocks.append(_figure(draw_tornado(sensitivity, shown, lang), tornado_table(sensitivity, shown, lang)))
    if still:
        blocks.append(Paragraph(translate("report.dependence.nothing-moves", lang, indicator=list_words(still, lang))))
    return [TableBlock(_main_assumptions(sensitivity, scenario, lang)), TableBlock(usual_table(sensitivity, lang)), *blocks]


def _main_assumptions(sensitivity: Sensitivity, scenario: str, lang: Lang) -> Table:
    """Give all assumptions that are told from luck, and of the others no more than fill the first rows: they would go on for pages, one like the other."""
    with_row = [entry for entry in sensitivity.assumptions if has_row(entry, sensitivity)]
    n_rows = max(_FEWEST_ROWS, sum(saying_of(entry) in {"notable", "small"} for entry in with_row))
    note = translate("report.dependence.further", lang, n=format_count(len(with_row) - n_rows, lang), scenario=scenario)
    return first_rows(draw_sensitivity(sensitivity, lang), n_rows, note)


def ladder_section(comparison: Comparison, lang: Lang) -> Section:
    """Show each way up the ladder; where no set has one, say so."""
    title = translate("report.ladder.title", lang)
    chains = chains_of(comparison)
    if not chains:
        return Section("ladder", lang, title, [Paragraph(translate("report.ladder.none", lang))])
    figures = [
        _figure(drawing, ladder_table(comparison, chain, number, lang))
        for number, (drawing, chain) in enumerate(zip(draw_ladders(comparison, lang), chains, strict=True), start=1)
    ]
    return Section("ladder", lang, title, [Paragraph(translate("report.ladder.intro", lang)), *figures])


def _figure(drawing: Drawing, *data: Table) -> FigureBlock:
    return FigureBlock(drawing.id, drawing.to_svg(), drawing.title, drawing.says, drawing.alt, list(data))
