"""The section of a scenario report on effects by clause; where they were not worked out, it says how to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.results.attribution_figures import draw_attribution, draw_effect_waterfall, most_moved
from simulator.presentation.results.attribution_table import attribution_tables, say_attribution, say_interaction, shown_names
from simulator.presentation.wording import other_options, pick
from simulator.reporting.document import Block, Bullets, FigureBlock, Paragraph, Section, TableBlock
from simulator.reporting.pages.shortening import without_ids, without_notes_of

if TYPE_CHECKING:
    from simulator.experiments.attribution.attribute import Attribution, OptionAttribution
    from simulator.presentation.numbers import Lang
    from simulator.presentation.style import Drawing
    from simulator.presentation.table_layout import Table
    from simulator.reporting.evidence.contents import ScenarioEvidence


def effects_by_clause(evidence: ScenarioEvidence, lang: Lang = "vi") -> Section:
    """Show, for each option, each clause's part of its effect: as bars, stepwise for the indicator it moves most, in sentences, and as a table."""
    title = translate("report.effects.title", lang)
    attribution = evidence.attribution
    beside: list[Block] = [Paragraph(translate("report.effects.redline", lang))] if evidence.redlines else []
    if attribution is None and not other_options(evidence.comparison):
        return Section("effects", lang, title, [Paragraph(translate("attribution.none", lang))])
    if attribution is None:
        return Section("effects", lang, title, [Paragraph(translate("report.effects.none", lang, scenario=evidence.comparison.scenario)), *beside])
    if not attribution.options:
        return Section("effects", lang, title, [Paragraph(translate("attribution.none", lang))])
    blocks: list[Block] = [Paragraph(translate("report.effects.intro", lang)), *beside]
    tables = attribution_tables(attribution, lang, compared=evidence.comparison.replications)
    first: Table | None = None
    as_before = translate("report.effects.as-before", lang, option=pick(attribution.options[0].title, lang))
    for option in attribution.options:
        figures = _figures(attribution, option, lang)
        # A sentence stands once: beside its figure, or among those that have none.
        others = [words for words in _sentences(option, lang) if words not in {figure.says for figure in figures}]
        blocks += [Paragraph(pick(option.title, lang), "heading"), *figures, *([Bullets(others)] if others else [])]
        of_option = [table for table in tables if table.id == f"attribution-{option.id}" or table.id.startswith(f"attribution-{option.id}-")]
        shown = [without_ids(table) for table in of_option if _is_of(table.id, option, attribution)]
        blocks += [TableBlock(without_notes_of(first, table, as_before)) if first is not None else TableBlock(table) for table in shown]
        first = first or next(iter(shown), None)
    return Section("effects", lang, title, blocks)


def _is_of(table_id: str, option: OptionAttribution, attribution: Attribution) -> bool:
    """Whether a table is this option's, and not that of another whose id begins alike."""
    longest = max((each.id for each in attribution.options if f"{table_id}-".startswith(f"attribution-{each.id}-")), key=len)
    return longest == option.id


def _sentences(option: OptionAttribution, lang: Lang) -> list[str]:
    names = shown_names(option)
    told = [say_attribution(option, name, lang) for name in names]
    return told + [words for name in names if (words := say_interaction(option, name, lang)) is not None]


def _figures(attribution: Attribution, option: OptionAttribution, lang: Lang) -> list[FigureBlock]:
    """Draw each clause's part, and the way from the baseline; nothing where nothing moves."""
    moved = most_moved(option)
    if moved is None or not any(part.state == "simulated" for part in option.parts):
        return []
    drawings = [*draw_attribution(attribution, option, lang), draw_effect_waterfall(attribution, option, moved, lang)]
    return [_figure(drawing) for drawing in drawings]


def _figure(drawing: Drawing) -> FigureBlock:
    return FigureBlock(drawing.id, drawing.to_svg(), drawing.title, drawing.says, drawing.alt)
