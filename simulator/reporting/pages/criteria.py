"""The sections of the report on a criteria set, in the order in which a drafter is asked about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count, format_date
from simulator.presentation.rules.rounding_figure import draw_rounding, rounding_data
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import quoted, sentence_case
from simulator.reporting.document import Block, Bullets, FigureBlock, Paragraph, Section, TableBlock
from simulator.reporting.evidence.contents import numbers_of
from simulator.reporting.pages.asked_words import command_of_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.presentation.numbers import Lang
    from simulator.reporting.evidence.contents import CriteriaEvidence


@dataclass(frozen=True)
class CriteriaPages:
    """The report on a criteria set, one method a section; what the set does not have at all has no section."""

    evidence: CriteriaEvidence
    lang: Lang
    date: str = ""

    def front(self) -> Section:
        """Show title, draft stamp, date, what the set is, and the key figures."""
        overview, lang = self.evidence.overview, self.lang
        date = sentence_case(format_date(self.date, lang)) if self.date else self._say("no-date")
        blocks: list[Block] = [
            Paragraph(translate("report.kind", lang), "kind"),
            Paragraph(translate("report.stamp", lang), "stamp"),
            Paragraph(translate(f"set.shape.{overview.shape}", lang), "subtitle"),
            Paragraph(date, "date"),
        ]
        if overview.counts["error"]:
            blocks.append(Paragraph(self._say("unsound", n=self._n("error"), section=self._title("findings")), "lead"))
        blocks += [
            Paragraph(self._say("key.title"), "heading"),
            Bullets(self._key_figures()),
            Paragraph(self._say("nature"), "note"),
        ]
        return Section("front", lang, overview.title, blocks, is_front=True)

    def about(self) -> Section:
        """Tell the files of the set, the instruments it cites, how surely they were read, and what its files say for themselves."""
        identity, *others = self.evidence.about
        notes = self.evidence.overview.notes
        cites = any(table.id == "set-instruments" for table in others)
        blocks: list[Block] = [TableBlock(identity), Paragraph(self._say("about.intro")), *self._tables(others)]
        blocks += [] if cites else [Paragraph(self._say("about.no-instruments"))]
        blocks += [Paragraph(self._say("about.notes"), "heading"), Bullets(notes)] if notes else []
        return self._section("about", blocks)

    def changes(self) -> Section | None:
        """Show what overlays change, clause by clause, and which of two prevails."""
        changes = self.evidence.changes
        if changes is None:
            return None
        n_rows = sum(len(group.rows) for group in changes.table.groups)
        is_merged = n_rows < self.evidence.overview.counts["changes"]
        words = [self._say("changes.intro", base=changes.base)]
        words += [self._say("changes.merged", rows=format_count(n_rows, self.lang), n=self._n("changes"))] if is_merged else []
        blocks: list[Block] = [Paragraph(" ".join(words)), TableBlock(changes.table)]
        if changes.resolutions:
            return self._section("changes", [*blocks, Paragraph(self._say("changes.resolutions"), "heading"), Bullets(changes.resolutions)])
        return self._section("changes", [*blocks, Paragraph(self._say("changes.no-conflict"))])

    def clauses(self) -> Section | None:
        """Show principles and awards: every clause in words, with its source and confidence."""
        has_exhortations = bool(self.evidence.overview.counts["exhortations"])
        return self._of_tables("clauses", self.evidence.clauses, "intro", *(("exhortations",) if has_exhortations else ()))

    def points(self) -> Section | None:
        """Show the scoring table section by section, the classes and the vetoes."""
        return self._of_tables("points", self.evidence.points, "intro")

    def procedure(self) -> Section | None:
        """Show the stages in their order, and the other rules of procedure."""
        return self._of_tables("procedure", self.evidence.procedure, "intro")

    def findings(self) -> Section:
        """Show what the check of the rules found, each with its line and how to mend it."""
        found = self.evidence.findings
        last: Block = Paragraph(self._say("findings.none")) if found is None else TableBlock(found)
        return self._section("findings", [Paragraph(self._say("findings.intro")), last])

    def lens(self) -> Section:
        """Show what the shares of the set become in small units."""
        shares, lens = self.evidence.shares, self.evidence.lens
        if not shares or lens is None:
            return self._section("lens", [Paragraph(self._say("lens.none"))])
        drawing = draw_rounding(shares, self.lang)
        figure = FigureBlock(
            drawing.id, drawing.to_svg(), drawing.title, drawing.says, drawing.alt, [rounding_data(shares, self.lang)], is_simulated=False
        )
        return self._section("lens", [Paragraph(self._say("lens.intro")), figure, TableBlock(lens)])

    def examples(self) -> Section:
        """Show worked examples: what is supposed, what is decided by which clause, and the smallest change that would flip it."""
        examples, lang = self.evidence.examples, self.lang
        if not examples.tables and not examples.unshown:
            return self._section("examples", [Paragraph(self._say("examples.none"))])
        sizes = {"staff": format_count(examples.n_staff, lang), "members": format_count(examples.n_members, lang)}
        intro = self._say("examples.intro", day=examples.day, **sizes)
        blocks: list[Block] = [Paragraph(intro), Paragraph(self._say("examples.change")), *self._tables(examples.tables)]
        return self._section("examples", [*blocks, *([Bullets(examples.unshown)] if examples.unshown else [])])

    def model(self) -> Section:
        """Tell what of the set the model can play, and what it only records."""
        evidence, lang = self.evidence, self.lang
        items = [self._say("model.counts", n=self._n("clauses"), simulated=self._n("simulated"), recorded=self._n("recorded"))]
        if evidence.unplayable:
            items.append(self._say("model.not-playable", clauses=quoted(evidence.unplayable, lang)))
        else:
            items.append(self._say("model.playable"))
        if evidence.points:
            items.append(self._say("model.tables"))
        if evidence.unplayed_awards and not evidence.unplayable:
            items.append(self._say("model.awards", awards=quoted(evidence.unplayed_awards, lang)))
        return self._section("model", [Bullets(items)])

    def limits(self) -> Section:
        """Tell what this report is not."""
        return self._section("limits", [Bullets([self._say(f"limits.{name}") for name in ("text", "grounds", "examples", "findings", "answer")])])

    def provenance(self) -> Section:
        """Tell what the report was made of, so that anyone can make it again."""
        evidence, lang, made = self.evidence, self.lang, self.evidence.provenance
        words = {name: self._say("provenance.whole") if name == "*" else self._say("provenance.file", name=name) for name in made.hashes}
        rows = (
            Row(translate("table.provenance.command", lang), (command_of_set(evidence),)),
            Row(self._say("provenance.set"), (evidence.asked.subject,)),
            Row(translate("table.provenance.commit", lang), (made.commit or translate("table.provenance.no-commit", lang),)),
            *(Row(translate("table.provenance.version", lang, name=name), (version,)) for name, version in sorted(made.versions.items())),
            *(Row(words[name], (digest,)) for name, digest in sorted(made.hashes.items())),
        )
        columns = (translate("table.provenance.item", lang), translate("table.provenance.value", lang))
        table = Table("provenance", lang, translate("table.provenance.caption", lang), columns, (Group("", rows),))
        data = {
            "kind": evidence.kind,
            "asked": evidence.asked.to_dict(),
            "command": command_of_set(evidence),
            "numbers": numbers_of(evidence),
            **made.to_dict(),
        }
        title = self._title("provenance")
        return Section("provenance", lang, title, [Paragraph(self._say("provenance.intro")), TableBlock(table)], is_annex=True, data=data)

    def _key_figures(self) -> list[str]:
        """Tell the figures of the front page; what the set does not have is left out."""
        overview, counts = self.evidence.overview, self.evidence.overview.counts
        grounds = {"read": "ground-read", "unsure": "unverified", "derived": "ground-derived", "assumed": "ground-assumed"}
        items = [self._say("key.status", status=overview.status, state=overview.state, valid=overview.valid)]
        if self.evidence.changes is not None:
            n_changes = {name: self._n(name) for name in ("added", "changed", "removed")}
            items.append(self._say("key.changes", base=self.evidence.changes.base, n=self._n("changes"), **n_changes))
        items.append(self._say("key.clauses", n=self._n("clauses"), **{word: self._n(name) for word, name in grounds.items()}))
        if counts["individual"] or counts["collective"]:
            items.append(self._say("key.awards", individual=self._n("individual"), collective=self._n("collective")))
        if counts["criteria"]:
            items.append(self._say("key.points", n=self._n("criteria")))
        items.append(self._say("key.findings", errors=self._n("error"), warnings=self._n("warning")))
        items.append(self._say("key.model", simulated=self._n("simulated"), recorded=self._n("recorded")))
        return items

    def _of_tables(self, name: str, tables: Sequence[Table], *words: str) -> Section | None:
        """Show tables after some words; a set that has none of these has no such section."""
        if not tables:
            return None
        return self._section(name, [*(Paragraph(self._say(f"{name}.{word}")) for word in words), *self._tables(tables)])

    def _n(self, name: str) -> str:
        return format_count(self.evidence.overview.counts[name], self.lang)

    def _tables(self, tables: Iterable[Table]) -> list[Block]:
        return [TableBlock(table) for table in tables]

    def _say(self, name: str, /, **fields: str) -> str:
        return translate(f"report.criteria.{name}", self.lang, **fields)

    def _title(self, name: str) -> str:
        return self._say(f"{name}.title")

    def _section(self, name: str, blocks: list[Block]) -> Section:
        return Section(name, self.lang, self._title(name), blocks)
