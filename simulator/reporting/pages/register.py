"""The sections of the register report: what an award list shows, and how far that can be trusted, in the order an official reads them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.indicators.measurement import WINNERS_ONLY
from simulator.presentation.i18n import catalogue, translate
from simulator.presentation.numbers import format_count, format_date
from simulator.presentation.registers.leader_sentences import say_leaders
from simulator.presentation.registers.measurement_figures import draw_measured, draw_measured_mix, drawn_indicators
from simulator.presentation.registers.measurement_sentences import main_findings, say_mix, say_what_was_measured
from simulator.presentation.registers.measurement_table import measurement_table
from simulator.presentation.registers.measurement_tables import counts_table, mix_of_list_table, years_table
from simulator.presentation.registers.register_contents import contents_table, needs_table, remarks_table, say_years
from simulator.presentation.registers.yearly_figures import draw_counts, draw_years
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import award_kind, indicator_name, pick, say_shares_outside, sentence_case
from simulator.reporting.document import Block, Bullets, FigureBlock, Paragraph, Section, TableBlock
from simulator.reporting.evidence.contents import numbers_of
from simulator.reporting.pages.asked_words import command_of_list

if TYPE_CHECKING:
    from simulator.indicators.measurement import Measurement
    from simulator.presentation.numbers import Lang
    from simulator.presentation.style import Drawing
    from simulator.reporting.evidence.contents import RegisterEvidence


@dataclass(frozen=True)
class RegisterPages:
    """The register report, one method a section."""

    evidence: RegisterEvidence
    lang: Lang
    date: str = ""

    @property
    def measurement(self) -> Measurement:
        """What the list shows."""
        return self.evidence.measurement

    def front(self) -> Section:
        """Show title, draft stamp, date, what was measured, and the main findings, each with interval, observations and caveat."""
        evidence, lang = self.evidence, self.lang
        award = self.measurement.award if evidence.award_title is None else pick(evidence.award_title, lang)
        kind = sentence_case(award_kind(evidence.award_title, lang))
        blocks: list[Block] = [
            Paragraph(translate("report.kind", lang), "kind"),
            Paragraph(translate("report.stamp", lang), "stamp"),
            Paragraph(translate("report.register.subtitle", lang, kind=kind, award=award), "subtitle"),
            Paragraph(sentence_case(format_date(self.date, lang)) if self.date else translate("report.register.no-date", lang), "date"),
            Paragraph(translate("report.register.measured.title", lang), "heading"),
            Paragraph(f"{say_what_was_measured(self.measurement, evidence.award_title, lang)} {say_years(evidence.contents, lang)}", "lead"),
            *([Paragraph(translate("report.register.winners-only", lang), "note")] if WINNERS_ONLY in self.measurement.caveats else []),
            Paragraph(translate("report.summary.title", lang), "heading"),
            Bullets([*main_findings(self.measurement, lang), *say_leaders(self.measurement, lang)]),
            Paragraph(translate("report.register.nature", lang), "note"),
            Paragraph(self._protection(), "note"),
        ]
        return Section("front", lang, translate("report.register.title", lang), blocks, is_front=True)

    def contents(self) -> Section:
        """Tell what the list holds and lacks, and what was found on reading it, with what to mend."""
        evidence, lang = self.evidence, self.lang
        blocks: list[Block] = [Paragraph(say_years(evidence.contents, lang)), TableBlock(contents_table(evidence.contents, lang))]
        caveats = [f"{sentence_case(translate(caveat, lang))}." for caveat in self.measurement.caveats]
        if caveats:
            blocks += [Paragraph(translate("report.register.caveats.title", lang), "heading"), Bullets(caveats)]
        found = remarks_table(evidence.remarks, lang)
        blocks.append(Paragraph(translate("report.register.remark.title", lang), "heading"))
        blocks.append(Paragraph(translate("report.register.remark.none", lang)) if found is None else TableBlock(found))
        return self._section("contents", blocks)

    def results(self) -> Section:
        """Draw the indicators that have a value, question by question, each with its number; the table of all of them stands once, in the annex."""
        lang = self.lang
        blocks: list[Block] = [Paragraph(translate(f"report.register.results.{name}", lang)) for name in ("intro", "drawn")]
        for question in drawn_indicators(self.measurement):
            drawing = draw_measured(self.measurement, question, lang)
            if drawing is not None:
                title = Paragraph(translate(f"table.measure.group.{question}", lang), "heading")
                blocks += [title, _figure(drawing)]
        if not drawn_indicators(self.measurement):
            section = translate("report.register.needs.title", lang)
            return self._section("results", [Paragraph(translate("report.register.results.none", lang, section=section))])
        blocks.append(Paragraph(translate("report.register.results.annex", lang, section=translate("report.register.annex.title", lang))))
        return self._section("results", blocks)

    def years(self) -> Section:
        """Show each year with intervals, then awards by level and by track."""
        evidence, lang = self.evidence, self.lang
        if evidence.asked.is_anonymous:
            return self._section("course", [Paragraph(translate("report.register.course.withheld", lang))])
        table, drawings = years_table(evidence.by_year, lang), draw_years(evidence.by_year, lang)
        blocks: list[Block] = [Paragraph(translate("report.register.course.intro", lang))]
        blocks += [_figure(drawing, table) for drawing in drawings]  # one table holds the numbers of all
        if not drawings:
            blocks += [TableBlock(table), Paragraph(translate("report.register.course.few", lang))]
        blocks.append(Paragraph(translate("report.register.counts.title", lang), "heading"))
        if not evidence.counts:
            blocks.append(Paragraph(translate("report.register.counts.none", lang)))
            return self._section("course", blocks)
        blocks.append(Paragraph(translate("report.register.counts.intro", lang)))
        for told in evidence.counts:
            drawn = draw_counts(told, lang)
            title = translate(f"figure.counts.{told.by}.title", lang)
            blocks.append(
                Paragraph(translate("report.register.counts.few", lang, title=title)) if drawn is None else _figure(drawn, counts_table(told, lang))
            )
        return self._section("course", blocks)

    def mix(self) -> Section:
        """Show what decided the awards, of 100, and what a regression can and cannot say."""
        lang, drawing = self.lang, draw_measured_mix(self.measurement, self.lang)
        if drawing is None:
            return self._section("mix", [Paragraph(say_mix(self.measurement, lang))], "report.mix.title")
        parts = self.measurement.allocation_mix.values()
        caveats = dict.fromkeys(part.caveat for part in parts if part.caveat)
        notes = [f"{sentence_case(translate(caveat, lang))}." for caveat in caveats]
        blocks: list[Block] = [
            Paragraph(translate("report.mix.intro", lang)),
            _figure(drawing, mix_of_list_table(self.measurement, lang)),
            Paragraph(translate("report.register.mix.caveat", lang)),
            *(Paragraph(note, "note") for note in (*notes, *say_shares_outside((part.value for part in parts), lang))),
        ]
        return self._section("mix", blocks, "report.mix.title")

    def reading(self) -> Section:
        """Tell how to read the indicators: the definitions used, and what no list can tell."""
        evidence, lang = self.evidence, self.lang
        roles = "direct" if evidence.contents.tells["roles"] == "yes" else "leaders"
        draws = {"draws": format_count(evidence.n_draws, lang), "draws_by_year": format_count(evidence.n_draws_by_year, lang)}
        items = [
            translate("report.register.reading.intro", lang),
            translate("report.register.reading.interval", lang, **draws),
            translate("report.register.reading.n", lang),
            *(translate(f"report.register.reading.{name}", lang) for name in (roles, "comparison", "service")),
        ]
        shown = [name for names in drawn_indicators(self.measurement).values() for name in names if f"indicator.meaning.{name}" in catalogue(lang)]
        blocks: list[Block] = [Bullets(items)]
        if shown:
            blocks += [Paragraph(translate("report.register.reading.meanings", lang), "heading"), Bullets([self._meaning(name) for name in shown])]
        unknowable = [translate(f"report.register.unknowable.{name}", lang) for name in ("why", "merit", "nominated", "law")]
        blocks += [
            Paragraph(translate("report.register.reading.unknowable", lang), "heading"),
            Bullets([f"{sentence_case(item)}." for item in unknowable]),
        ]
        return self._section("reading", blocks)

    def needs(self) -> Section:
        """Tell what would be needed for what is missing."""
        table = needs_table(self.measurement, self.lang)
        blocks: list[Block] = [Paragraph(translate("report.register.needs.none", self.lang)) if table is None else TableBlock(table)]
        return self._section("needs", blocks)

    def limits(self) -> Section:
        """Tell what this is not."""
        several = ("several",) if self.evidence.asked.is_anonymous else ()
        names = (*several, "sampling", "many", "quota", "share", "cause", "answer")
        return self._section("limits", [Bullets([translate(f"report.register.limits.{name}", self.lang) for name in names])])

    def annex(self) -> Section:
        """Show every indicator, those without a value too."""
        return self._section("annex", [TableBlock(measurement_table(self.measurement, self.lang, self.evidence.award_title))])

    def provenance(self) -> Section:
        """Tell which files were measured with what, so that anyone who has them can measure them again."""
        evidence, lang, made = self.evidence, self.lang, self.evidence.provenance
        digest = hashlib.sha256(json.dumps(self.measurement.to_dict(), ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()
        draws = f"{format_count(evidence.n_draws, lang)}; {format_count(evidence.n_draws_by_year, lang)}"
        rows = [
            *(
                Row(translate("report.register.provenance.file", lang, file=translate(f"report.register.file.{name}", lang)), (value,))
                for name, value in made.hashes.items()
            ),
            Row(translate("report.register.provenance.command", lang), (command_of_list(evidence),)),
            Row(translate("report.register.provenance.numbers", lang), (digest,)),
            Row(translate("table.provenance.commit", lang), (made.commit or translate("table.provenance.no-commit", lang),)),
            Row(translate("report.register.provenance.seed", lang), (", ".join(map(str, made.seeds)),)),
            Row(translate("report.register.provenance.draws", lang), (draws,)),
            Row(
                translate("report.register.provenance.asked", lang),
                (translate(f"report.register.provenance.{'anonymous' if evidence.asked.is_anonymous else 'usual'}", lang),),
            ),
            *(Row(translate("table.provenance.version", lang, name=name), (version,)) for name, version in sorted(made.versions.items())),
        ]
        columns = (translate("table.provenance.item", lang), translate("table.provenance.value", lang))
        table = Table("provenance", lang, translate("table.provenance.caption", lang), columns, (Group("", tuple(rows)),))
        section = Section(
            "provenance",
            lang,
            translate("report.provenance.title", lang),
            [Paragraph(translate(f"report.register.provenance.intro{'' if made.hashes else '-anonymous'}", lang)), TableBlock(table)],
            is_annex=True,
        )
        data = {
            "kind": evidence.kind,
            "asked": evidence.asked.to_dict(),
            "command": command_of_list(evidence),
            "measurement_sha256": digest,
            **made.to_dict(),
            "numbers": numbers_of(evidence),
        }
        return replace(section, data=data)

    def _protection(self) -> str:
        words = [translate("report.register.protected", self.lang)]
        if self.evidence.asked.is_anonymous:
            words.append(translate("report.register.protected.more", self.lang, section=translate("report.register.limits.title", self.lang)))
        return " ".join(words)

    def _meaning(self, name: str) -> str:
        words = {"indicator": sentence_case(indicator_name(name, self.lang)), "meaning": translate(f"indicator.meaning.{name}", self.lang)}
        return translate("report.register.reading.item", self.lang, **words)

    def _section(self, name: str, blocks: list[Block], title: str = "") -> Section:
        return Section(name, self.lang, translate(title or f"report.register.{name}.title", self.lang), blocks, is_annex=name == "annex")


def _figure(drawing: Drawing, *data: Table) -> FigureBlock:
    return FigureBlock(drawing.id, drawing.to_svg(), drawing.title, drawing.says, drawing.alt, list(data), is_simulated=False)
