"""What makes a scenario report an assessment of impacts: problem, aim, impact of each option, recommendation. Words of the drafting body are marked as such."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count
from simulator.presentation.results.impacts import heading_of, impact_table, say_rules
from simulator.presentation.results.paperwork_brief import brief_table
from simulator.presentation.results.paperwork_figure import draw_paperwork
from simulator.presentation.results.paperwork_table import paperwork_tables
from simulator.presentation.results.procedure_cost import procedure_cost_table
from simulator.presentation.rules.citing import source_words
from simulator.presentation.rules.clause_words import say_assumption
from simulator.presentation.rules.printed_text import printed
from simulator.presentation.rules.rule_tables import legal_clauses
from simulator.presentation.wording import other_options, pick, quoted
from simulator.reporting.document import Block, Bullets, FigureBlock, Paragraph, TableBlock
from simulator.reporting.pages.shortening import without_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.paperwork.results import Paperwork
    from simulator.experiments.results.comparison import Comparison, GroundedText
    from simulator.presentation.numbers import Lang
    from simulator.reporting.evidence.group_rules import GroupRule

_FURTHER_LINES: Final = 3
"""Blank lines below the reasons of a recommendation."""


def problem_blocks(comparison: Comparison, lang: Lang) -> list[Block]:
    """Tell the problem with its grounds; a blank line where nobody has stated any."""
    if not comparison.problem:
        return _to_be_filled_in("report.problem.none", lang)
    return [Paragraph(translate("report.problem.intro", lang)), Bullets(_grounded(comparison.problem, lang))]


def aim_blocks(comparison: Comparison, lang: Lang) -> list[Block]:
    """Tell the aim with its grounds; a blank line where nobody has stated any."""
    return [Bullets(_grounded(comparison.aim, lang))] if comparison.aim else _to_be_filled_in("report.aim.none", lang)


def impact_blocks(
    comparison: Comparison, lang: Lang, group_rules: Sequence[GroupRule] | None = None, paperwork: Paperwork | None = None
) -> list[Block]:
    """Tell the impact of every option under a heading of its own, then procedure and cost of all of them, what they say of groups, and what becomes of the law.

    Parameters
    ----------
    comparison
        The comparison.
    lang
        The language.
    group_rules
        The clauses that speak of gender or of direct workers; ``None`` where nobody looked for them.
    paperwork
        What all of it takes in paper and money, where that was reckoned.
    """
    baseline = pick(comparison.option(comparison.baseline_option).title, lang)
    blocks: list[Block] = [Paragraph(translate("report.impacts.intro", lang, baseline=baseline))]
    for option in comparison.options:
        blocks += [Paragraph(heading_of(comparison, option, lang), "heading"), Paragraph(say_rules(comparison, option, lang))]
        blocks.append(TableBlock(impact_table(comparison, option, lang)))
    cost = procedure_cost_table(comparison, lang)
    if cost is not None:
        blocks += [Paragraph(translate("report.impacts.procedure", lang), "heading"), TableBlock(cost)]
    if paperwork is not None:
        blocks += _paperwork_blocks(paperwork, lang)
    return [*blocks, *_group_blocks(comparison, group_rules, lang), *_law_blocks(comparison, lang)]


def _paperwork_blocks(paperwork: Paperwork, lang: Lang) -> list[Block]:
    """Show the main quantities of all options and draw them, then what of it is law and what is assumed; every quantity stands behind the figure."""
    drawing, (quantities, *grounds) = draw_paperwork(paperwork, lang), paperwork_tables(paperwork, lang)
    return [
        Paragraph(translate("report.impacts.paperwork", lang), "heading"),
        Paragraph(translate("report.impacts.paperwork.intro", lang)),
        TableBlock(brief_table(paperwork, lang)),
        FigureBlock(drawing.id, drawing.to_svg(), drawing.title, drawing.says, drawing.alt, [quantities]),
        *(TableBlock(without_ids(table)) for table in grounds),
    ]


def _group_blocks(comparison: Comparison, rules: Sequence[GroupRule] | None, lang: Lang) -> list[Block]:
    """Tell which clauses speak of gender or of direct workers and what the model does with them; then what it cannot know."""
    blocks: list[Block] = [Paragraph(translate("report.impacts.groups.title", lang), "heading")]
    if rules:
        blocks += [Paragraph(translate("report.impacts.groups.intro", lang)), Bullets([_say_rule(comparison, rule, lang) for rule in rules])]
    elif rules is not None:
        blocks.append(Paragraph(translate("report.impacts.groups.none", lang)))
    return [*blocks, Paragraph(translate("report.impacts.gender", lang))]


def _say_rule(comparison: Comparison, rule: GroupRule, lang: Lang) -> str:
    options = quoted([pick(comparison.option(option).title, lang) for option in rule.options], lang)
    whose = "added" if not rule.is_of_baseline else "dropped" if rule.options else "baseline"
    played = "gender" if rule.topic == "gender" else "yes" if rule.is_simulated else "no"
    clause = translate("report.impacts.groups.of-award", lang, clause=rule.clause, award=rule.award) if rule.award else rule.clause
    return translate(
        "report.impacts.groups.rule",
        lang,
        topic=translate(f"report.impacts.groups.{rule.topic}", lang),
        clause=clause,
        source=rule.source,
        whose=translate(f"report.impacts.groups.whose.{whose}", lang, options=options),
        played=translate(f"report.impacts.groups.played.{played}", lang),
    )


def _law_blocks(comparison: Comparison, lang: Lang) -> list[Block]:
    """Tell what each option adds, amends and repeals, as far as the rules say; who may enact it, no program knows, so there are lines to fill in."""
    options = [
        translate("report.impacts.law.option", lang, option=pick(option.title, lang), changes=_law_changes(comparison, option.id, lang))
        for option in other_options(comparison)
    ]
    return [
        Paragraph(translate("report.impacts.law", lang), "heading"),
        *([Bullets(options)] if options else []),
        Paragraph(translate("report.impacts.law.drafter", lang)),
        *_lines("report.impacts.law.line", [translate(f"report.impacts.law.{what}", lang) for what in ("authority", "consistency")], lang),
    ]


def _law_changes(comparison: Comparison, option: str, lang: Lang) -> str:
    """Count what an option adds, amends and repeals; name the provisions that stop being what they are."""
    told = []
    for change in ("added", "changed", "removed"):
        clauses = [clause for clause in legal_clauses(comparison, option) if clause.change == change]
        if not clauses:
            continue
        words = translate(f"report.impacts.law.{change}", lang, n=format_count(len(clauses), lang))
        before = (clause.amended_source or (clause.source if change == "removed" else None) for clause in clauses)
        provisions = dict.fromkeys(source_words(source, lang) for source in before if source is not None)
        told.append(translate("report.impacts.law.provisions", lang, change=words, provisions="; ".join(provisions)) if provisions else words)
    return "; ".join(told) or translate("report.impacts.law.nothing", lang)


def _lines(key: str, things: Sequence[str], lang: Lang) -> list[Block]:
    return [Paragraph(translate(key, lang, what=what, line=translate("report.blank-line", lang))) for what in things]


def recommendation_blocks(comparison: Comparison, lang: Lang) -> list[Block]:
    """Tell what the drafting body recommends, in its own words; where it has not said so, leave it lines and recommend nothing."""
    heading = Paragraph(translate("report.recommendation.title", lang), "heading")
    recommended = comparison.recommendation
    if recommended is None:
        things = [translate(f"report.recommendation.line.{what}", lang) for what in ("option", "reasons")]
        further = [Paragraph(translate("report.blank-line", lang)) for _ in range(_FURTHER_LINES)]
        return [heading, Paragraph(translate("report.recommendation.none", lang)), *_lines("report.recommendation.line", things, lang), *further]
    option = pick(comparison.option(recommended.option).title, lang)
    words = translate("report.recommendation.option", lang, option=option, reasons=pick(recommended.reasons, lang))
    return [heading, Paragraph(words), Paragraph(translate("report.recommendation.origin", lang), "note")]


def _grounded(statements: Sequence[GroundedText], lang: Lang) -> list[str]:
    return [_one_grounded(statement, lang) for statement in statements]


def _one_grounded(statement: GroundedText, lang: Lang) -> str:
    text = printed(pick(statement.text, lang), lang)
    if statement.source is None or statement.confidence is None:
        assumption = translate("table.none", lang) if statement.assumption is None else say_assumption(pick(statement.assumption, lang), lang)
        return translate("report.grounded.assumption", lang, text=text, assumption=assumption)
    confidence = translate(f"table.confidence.{statement.confidence}", lang)
    return translate("report.grounded.source", lang, text=text, source=source_words(statement.source, lang), confidence=confidence)


def _to_be_filled_in(key: str, lang: Lang) -> list[Block]:
    return [Paragraph(translate(key, lang)), Paragraph(translate("report.blank-line", lang))]
