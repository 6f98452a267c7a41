"""The sections of the scenario report, in the order an official reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from simulator.experiments.comparing.ensemble import judge_jointly
from simulator.presentation.footnotes import few_replications_notes
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_date
from simulator.presentation.results.annex_tables import annex_tables, undefined_names
from simulator.presentation.results.figures import draw_allocation_mix, draw_comparisons, draw_courses, draw_mechanisms
from simulator.presentation.results.group_table import draw_groups
from simulator.presentation.results.headline_table import headline_table, say_headlines
from simulator.presentation.results.mechanisms import mechanisms_table
from simulator.presentation.results.reference_orders import has_references, references_table, say_references
from simulator.presentation.results.results_table import results_table
from simulator.presentation.results.sentences import say_behaviour, say_comparison, say_compliance, say_merit, say_null_reform, say_size
from simulator.presentation.results.tables import by_year_tables, mix_table
from simulator.presentation.rules.printed_text import printed
from simulator.presentation.rules.rule_tables import (
    assumption_counts,
    assumptions_tables,
    clauses_table,
    compliance_table,
    criteria_name,
    direct_worker_roles,
    options_table,
)
from simulator.presentation.wording import (
    compared_names,
    list_words,
    mix_shares,
    name_in,
    other_options,
    pick,
    quoted,
    say_shares_outside,
    says_anything,
    sentence_case,
    words_in,
)
from simulator.reporting.document import Block, Bullets, FigureBlock, Paragraph, Section, TableBlock
from simulator.reporting.pages.dependence import dependence_section, ladder_section
from simulator.reporting.pages.effects import effects_by_clause
from simulator.reporting.pages.impacts import aim_blocks, impact_blocks, problem_blocks, recommendation_blocks
from simulator.reporting.pages.monitoring import monitoring_blocks
from simulator.reporting.pages.provenance import provenance

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.experiments.results.comparison import Comparison
    from simulator.presentation.numbers import Lang
    from simulator.presentation.style import Drawing
    from simulator.presentation.table_layout import Table
    from simulator.reporting.evidence.contents import ScenarioEvidence

_ANNEXES: Final = frozenset({"clauses", "annex"})
"""Sections of long tables, which stand after the text and its signature."""


@dataclass(frozen=True)
class ScenarioPages:
    """The scenario report, one method a section."""

    evidence: ScenarioEvidence
    lang: Lang
    date: str = ""

    @property
    def comparison(self) -> Comparison:
        """The comparison the report is about; where every structure of behaviour was tried, its verdicts are those that hold under them."""
        return judge_jointly(self.evidence.comparison, self.evidence.structures)

    def front(self) -> Section:
        """Show title, draft stamp, date, question, and the main results in one table and a few sentences."""
        comparison, lang = self.comparison, self.lang
        # What the question asks about comes first.
        told = (*_known(comparison, comparison.asked), *compared_names(comparison), *_known(comparison, ("leader_share",)))
        names = list(dict.fromkeys(told))
        summary = say_headlines(comparison, names, lang) or [translate("report.summary.nothing", lang)]
        if (compliance := say_compliance(comparison, lang)) is not None:
            summary.append(compliance)
        blocks: list[Block] = [
            Paragraph(translate("report.kind", lang), "kind"),
            Paragraph(translate("report.stamp", lang), "stamp"),
            Paragraph(translate("report.subtitle", lang), "subtitle"),
            Paragraph(self._date(), "date"),
            Paragraph(translate("report.question.title", lang), "heading"),
            Paragraph(pick(comparison.question, lang), "lead"),
            Paragraph(translate("report.summary.title", lang), "heading"),
            *(Paragraph(caution, "note") for caution in few_replications_notes(comparison.replications, lang)),
            TableBlock(headline_table(comparison, names, lang)),
            Bullets(summary),
            Paragraph(f"{sentence_case(translate('table.simulated', lang))}. {translate('report.not-a-prediction', lang)}", "note"),
        ]
        return Section("front", lang, pick(comparison.title, lang), blocks, is_front=True)

    def problem(self) -> Section:
        """State the problem, as the drafting body sees it."""
        return self._section("problem", problem_blocks(self.comparison, self.lang))

    def aim(self) -> Section:
        """State the aim, as the drafting body sees it."""
        return self._section("aim", aim_blocks(self.comparison, self.lang))

    def options(self) -> Section:
        """Tell what is compared: options side by side, the size of the simulation, and what the criteria sets ask to have printed."""
        comparison, lang = self.comparison, self.lang
        base = pick(comparison.option(comparison.baseline_option).title, lang)
        notes = list(dict.fromkeys(printed(pick(note, lang), lang) for option in comparison.options for note in option.notes))
        blocks: list[Block] = [
            Paragraph(translate("report.options.intro", lang, baseline=criteria_name(comparison, comparison.baseline, lang), option=base)),
            Paragraph(say_size(comparison, lang)),
            *([] if comparison.shock is None else [Paragraph(translate("report.options.shock", lang, shock=pick(comparison.shock, lang)))]),
            TableBlock(options_table(comparison, lang)),
            Paragraph(translate("report.options.details", lang)),
        ]
        if notes:
            blocks += [Paragraph(translate("report.options.note", lang), "heading"), Bullets(notes)]
        return self._section("options", blocks)

    def impacts(self) -> Section:
        """Tell the impact of each option on those concerned, on procedure and cost, and on the awards themselves."""
        return self._section("impacts", impact_blocks(self.comparison, self.lang, self.evidence.group_rules, self.evidence.paperwork))

    def results(self) -> Section:
        """Compare the options, draw the differences, and leave the recommendation to the drafting body."""
        comparison, lang = self.comparison, self.lang
        where = Paragraph(translate("report.results.annex", lang, section=translate("report.annex.title", lang)))
        blocks: list[Block] = [TableBlock(results_table(comparison, lang)), where]
        # Of one option alone there is no difference to draw, and panels without a mark would fill half a page.
        blocks += map(_figure, draw_comparisons(comparison, lang)) if other_options(comparison) else [Paragraph(say_comparison(comparison, lang))]
        return self._section("results", [*blocks, *recommendation_blocks(comparison, lang)])

    def seal(self) -> Section:
        """Tell whether the null-reform seal holds."""
        return self._section("seal", [Paragraph(say_null_reform(self.comparison, self.lang))])

    def mix(self) -> Section:
        """Show what decided the awards, of 100: by regression, as a register would show it, then by the mechanisms of the model."""
        comparison, lang = self.comparison, self.lang
        intro = Paragraph(translate("report.mix.intro", lang))
        outside = map(Paragraph, say_shares_outside(mix_shares(comparison), lang))
        blocks: list[Block] = [intro, _figure(draw_allocation_mix(comparison, lang), mix_table(comparison, lang)), *outside]
        if any(option.reasons for option in comparison.options):
            blocks += [
                Paragraph(translate("report.mechanisms.title", lang), "heading"),
                *(Paragraph(words_in(comparison, f"report.mechanisms.{name}", lang)) for name in ("intro", "negative")),
                _figure(draw_mechanisms(comparison, lang), mechanisms_table(comparison, lang)),
            ]
        return self._section("mix", blocks)

    def years(self) -> Section:
        """Show the three headline indicators year by year."""
        comparison, lang = self.comparison, self.lang
        drawn = zip(draw_courses(comparison, lang), by_year_tables(comparison, lang), strict=True)
        blocks: list[Block] = [_figure(drawing, table) for drawing, table in drawn]
        return self._section("years", blocks or [Paragraph(translate("figure.by-year.undefined", lang))])

    def merit(self) -> Section:
        """Tell the agreement with merit beside its ceiling, and whether the order of options depends on what merit is taken to be."""
        comparison, lang = self.comparison, self.lang
        blocks: list[Block] = [Paragraph(say_merit(comparison, lang))]
        if has_references(comparison):
            first, *swaps = say_references(comparison, lang)
            blocks += [Paragraph(translate("report.references.title", lang), "heading"), Paragraph(first)]
            blocks += [*([Bullets(swaps)] if swaps else []), TableBlock(references_table(comparison, lang))]
        return self._section("merit", blocks)

    def ladder(self) -> Section:
        """Show how far people get up the commendation ladder."""
        return ladder_section(self.comparison, self.lang)

    def effects(self) -> Section:
        """Show each clause's part of an option's effect, where it was worked out."""
        return effects_by_clause(self.evidence, self.lang)

    def assumptions(self) -> Section:
        """Tell what had to be assumed, and which clause moves it."""
        comparison, lang = self.comparison, self.lang
        behaviour = Paragraph(f"{say_behaviour(comparison, lang)} {self._say_structures()}")
        if not comparison.assumptions:
            return self._section("assumptions", [behaviour, Paragraph(translate("report.assumptions.none", lang))])
        intro = Paragraph(translate("report.assumptions.intro", lang, **assumption_counts(comparison, lang)))
        tables = [TableBlock(table) for table in assumptions_tables(comparison, lang)]
        compliance = compliance_table(comparison, lang)
        if compliance is None:
            return self._section("assumptions", [behaviour, intro, *tables])
        # What an unmeasured compliance decides comes before the long lists of numbers.
        words = Paragraph(translate("report.assumptions.compliance", lang))
        return self._section("assumptions", [behaviour, words, TableBlock(compliance), intro, *tables])

    def dependence(self) -> Section:
        """Tell what the result depends on."""
        return dependence_section(self.evidence, self.lang)

    def limits(self) -> Section:
        """Tell what this is not, and where it was tried, what real lists will show of it."""
        lang = self.lang
        items = [translate(f"report.limits.{name}", lang) for name in ("calibration", "interval", "compliance")]
        items.append(words_in(self.comparison, "report.limits.direct", lang, roles=direct_worker_roles(self.comparison, lang)))
        items.append(translate("report.not-a-prediction", lang))
        last = translate("report.limits.answer", lang)
        if self.evidence.power is None:
            return self._section("limits", [Bullets([*items, last])])
        # The text ends in words, which the closing mark before the signature follows, and not in a figure.
        return self._section("limits", [Bullets(items), *monitoring_blocks(self.evidence.power, lang), Paragraph(last)])

    def clauses(self) -> Section:
        """Show every clause the options change: source, confidence, compliance, and whether it is simulated or only recorded."""
        table = clauses_table(self.comparison, self.lang)
        replaced = [pick(option.title, self.lang) for option in self.comparison.options if len(option.phases) > 1]
        key = "recorded" if table is not None else "none-at-last" if replaced else "none"
        blocks: list[Block] = [Paragraph(translate(f"report.clauses.{key}", self.lang))]
        if replaced:  # what only an earlier phase changed had its effect, too
            blocks.append(Paragraph(translate("report.clauses.last-phase", self.lang, options=quoted(replaced, self.lang))))
        return self._section("clauses", [*blocks, *([] if table is None else [TableBlock(table)])])

    def annex(self) -> Section:
        """Show the indicators that the body leaves out under every option, and who is awarded, group by group."""
        sections = {name: translate(f"report.{name}.title", self.lang) for name in ("impacts", "results")}
        in_body = translate("report.annex.tables", self.lang, **sections)
        tables = annex_tables(self.comparison, self.lang)
        intro = Paragraph(words_in(self.comparison, "report.annex.intro", self.lang, tables=in_body))
        blocks: list[Block] = [intro, *(TableBlock(table) for table in tables)] if tables else []
        unknown = undefined_names(self.comparison)
        if unknown:
            names = list_words([name_in(self.comparison, name, self.lang) for name in unknown], self.lang)
            blocks.append(Paragraph(translate("report.annex.undefined", self.lang, indicators=names)))
        by_group = draw_groups(self.comparison, self.lang)
        if by_group is not None:
            blocks += [Paragraph(translate("report.annex.groups", self.lang)), TableBlock(by_group)]
        return self._section("annex", blocks)

    def provenance(self) -> Section:
        """Tell what was run, so that anyone can run it again."""
        return provenance(self.comparison, self.lang, evidence=self.evidence)

    def _say_structures(self) -> str:
        """Say that nobody knows the structure, and how to try the others; once they were tried, where to read it."""
        if self.evidence.structures is None:
            return translate("report.assumptions.structures", self.lang, scenario=self.evidence.comparison.scenario)
        return translate("report.assumptions.structures-run", self.lang, section=translate("report.dependence.title", self.lang))

    def _date(self) -> str:
        """Write the date that was asked for, else say which one the scenario has; without either, leave a line to write it on."""
        if self.date:
            return sentence_case(format_date(self.date, self.lang))
        as_of = self.evidence.comparison.as_of
        if as_of:
            return translate("report.scenario-date", self.lang, date=format_date(as_of, self.lang))
        return translate("report.blank-date", self.lang)

    def _section(self, name: str, blocks: list[Block]) -> Section:
        return Section(name, self.lang, translate(f"report.{name}.title", self.lang), blocks, is_annex=name in _ANNEXES)


def _known(comparison: Comparison, names: Iterable[str]) -> list[str]:
    return [name for name in names if says_anything(comparison, name)]


def _figure(drawing: Drawing, *data: Table) -> FigureBlock:
    return FigureBlock(drawing.id, drawing.to_svg(), drawing.title, drawing.says, drawing.alt, list(data))
