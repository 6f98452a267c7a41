"""What makes a scenario report an assessment of impacts: problem, aim, impact of each option, recommendation. Words of the drafting body are marked as such."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.presentation.citing import source_words
from simulator.presentation.i18n import translate
from simulator.presentation.impacts import heading_of, say_impacts
from simulator.presentation.procedure_cost import procedure_cost_table
from simulator.presentation.wording import pick
from simulator.reporting.document import Block, Bullets, Paragraph, TableBlock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.results import Comparison, GroundedText
    from simulator.presentation.numbers import Lang


def problem_blocks(comparison: Comparison, lang: Lang) -> list[Block]:
    """Tell the problem with its grounds; a blank line where nobody has stated any."""
    if not comparison.problem:
        return _to_be_filled_in("report.problem.none", lang)
    return [Paragraph(translate("report.problem.intro", lang)), Bullets(_grounded(comparison.problem, lang))]


def aim_blocks(comparison: Comparison, lang: Lang) -> list[Block]:
    """Tell the aim with its grounds; a blank line where nobody has stated any."""
    return [Bullets(_grounded(comparison.aim, lang))] if comparison.aim else _to_be_filled_in("report.aim.none", lang)


def impact_blocks(comparison: Comparison, lang: Lang) -> list[Block]:
    """Tell the impact of every option under a heading of its own, then procedure and cost of all of them."""
    baseline = pick(comparison.option(comparison.baseline_option).title, lang)
    blocks: list[Block] = [
        Paragraph(translate("report.impacts.intro", lang, baseline=baseline)),
        Paragraph(translate("report.impacts.gender", lang)),
    ]
    for option in comparison.options:
        blocks += [Paragraph(heading_of(comparison, option, lang), "heading"), Bullets(say_impacts(comparison, option, lang))]
    cost = procedure_cost_table(comparison, lang)
    if cost is not None:
        blocks += [Paragraph(translate("report.impacts.procedure", lang), "heading"), TableBlock(cost)]
    return blocks


def recommendation_blocks(comparison: Comparison, lang: Lang) -> list[Block]:
    """Tell what the drafting body recommends, in its own words; where it has not said so, leave it a line and recommend nothing."""
    heading = Paragraph(translate("report.recommendation.title", lang), "heading")
    recommended = comparison.recommendation
    if recommended is None:
        return [heading, *_to_be_filled_in("report.recommendation.none", lang)]
    option = pick(comparison.option(recommended.option).title, lang)
    words = translate("report.recommendation.option", lang, option=option, reasons=pick(recommended.reasons, lang))
    return [heading, Paragraph(words), Paragraph(translate("report.recommendation.origin", lang), "note")]


def _grounded(statements: Sequence[GroundedText], lang: Lang) -> list[str]:
    return [_one_grounded(statement, lang) for statement in statements]


def _one_grounded(statement: GroundedText, lang: Lang) -> str:
    text = pick(statement.text, lang)
    if statement.source is None or statement.confidence is None:
        assumption = translate("table.none", lang) if statement.assumption is None else pick(statement.assumption, lang)
        return translate("report.grounded.assumption", lang, text=text, assumption=assumption)
    confidence = translate(f"table.confidence.{statement.confidence}", lang)
    return translate("report.grounded.source", lang, text=text, source=source_words(statement.source, lang), confidence=confidence)


def _to_be_filled_in(key: str, lang: Lang) -> list[Block]:
    return [Paragraph(translate(key, lang)), Paragraph(translate("report.blank-line", lang))]
