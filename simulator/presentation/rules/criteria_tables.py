"""A criteria set told as tables: what it is, what it cites, what was found wrong with it, and every clause in words with its ground."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from simulator.errors import Severity
from simulator.experiments.scenarios.description import is_simulated
from simulator.model.playable import is_played, iter_unplayable
from simulator.presentation.i18n import describe, translate
from simulator.presentation.numbers import format_count, format_exact
from simulator.presentation.plain_words import date_words
from simulator.presentation.rules.citing import NO_REGISTER, cite_with_confidence, instrument_words
from simulator.presentation.rules.clause_words import clause_rule, say_assumption
from simulator.presentation.rules.condition_words import NO_NAMES, condition_text, is_of_several
from simulator.presentation.rules.printed_text import printed
from simulator.presentation.rules.reading_places import is_official, reading_places
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import sentence_case
from simulator.rules.clauses import Eligibility
from simulator.rules.points import Section
from simulator.rules.stages import Stage

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from simulator.errors import Finding
    from simulator.presentation.numbers import Lang
    from simulator.rules.citation import Instrument, InstrumentRegister
    from simulator.rules.clauses import Clause
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.points import Part
    from simulator.rules.schema import Award, DraftingState, Header, Status

GROUNDS = ("read", "recalled", "unsure", "derived", "assumed")
"""What a clause can rest on, the surest first; the last has no source at all."""


def identity_table(criteria: CriteriaSet, lang: Lang) -> Table:
    """Tell of each file of the stack what it is: status, state of drafting, validity, who wrote it, when somebody last looked."""
    names = ("title", "status", "state", "valid", "checked")
    columns = tuple(translate(f"set.identity.{name}", lang) for name in names)
    rows = tuple(_identity_row(header, lang) for header in criteria.headers)
    return Table("set-identity", lang, translate("set.identity.caption", lang), columns, (Group("", rows),))


def instruments_table(criteria: CriteriaSet, lang: Lang, register: InstrumentRegister = NO_REGISTER) -> Table | None:
    """Tell of each instrument the set cites what it is and where it was read; none where it cites none."""
    if not criteria.instruments:
        return None
    columns = tuple(translate(f"set.instruments.{name}", lang) for name in ("name", "issuer", "dates", "status", "read"))
    rows = tuple(
        _instrument_row(each, register[each], lang, register)
        if each in register
        else Row(each, (translate("set.instruments.unknown", lang), "", "", ""))
        for each in criteria.instruments
    )
    known = [register[each] for each in criteria.instruments if each in register]
    is_to_be_compared = any(each.where_read is not None and not is_official(each.where_read) for each in known)
    notes = (translate("set.instruments.note", lang),) if is_to_be_compared else ()
    return Table("set-instruments", lang, translate("set.instruments.caption", lang), columns, (Group("", rows),), notes)


def count_grounds(criteria: CriteriaSet) -> dict[str, int]:
    """Count clauses by what they rest on: how surely their source was read, or an assumption alone."""
    counted = Counter(clause.source.confidence if clause.source is not None else "assumed" for _, clause in criteria.iter_clauses())
    return {name: counted[name] for name in GROUNDS}


def grounds_table(criteria: CriteriaSet, lang: Lang) -> Table:
    """Tell how many clauses rest on what."""
    counts = count_grounds(criteria)
    rows = tuple(Row(sentence_case(translate(f"set.ground.{name}", lang)), (format_count(n, lang),)) for name, n in counts.items())
    total = Row(translate("set.grounds.total", lang), (format_count(sum(counts.values()), lang),))
    columns = (translate("set.grounds.ground", lang), translate("set.grounds.n", lang))
    return Table("set-grounds", lang, translate("set.grounds.caption", lang), columns, (Group("", (*rows, total)),))


def findings_table(findings: Sequence[Finding], lang: Lang) -> Table | None:
    """Tell what the check of the rules found, errors first, each with its line and how to mend it; none where it found nothing."""
    groups = []
    for severity in (Severity.ERROR, Severity.WARNING):
        rows = tuple(
            Row(each.code, (translate("set.findings.place", lang, file=each.file.rpartition("/")[2], line=str(each.line)), describe(each, lang)))
            for each in findings
            if each.severity is severity
        )
        groups += [Group(translate(f"set.findings.{severity}", lang), rows)] if rows else []
    if not groups:
        return None
    columns = tuple(translate(f"set.findings.{name}", lang) for name in ("code", "where", "finding"))
    return Table("set-findings", lang, translate("set.findings.caption", lang), columns, tuple(groups))


def ladder_table(criteria: CriteriaSet, lang: Lang) -> Table:
    """Put the awards on their levels, those of individuals beside those of collectives."""
    levels: dict[int, dict[str, list[str]]] = {}
    for award in criteria.awards.values():
        kind = "" if award.kind == "merit" else translate("set.ladder.kind", lang, kind=translate(f"clause.kind.{award.kind}", lang).lower())
        levels.setdefault(award.level, {}).setdefault(award.target, []).append(award.title.in_language(lang) + kind)
    nothing = translate("table.none", lang)
    rows = tuple(
        Row(str(level), tuple("\n".join(held.get(target, [])) or nothing for target in ("individual", "collective")))
        for level, held in sorted(levels.items())
    )
    columns = tuple(translate(f"set.ladder.{name}", lang) for name in ("level", "individual", "collective"))
    return Table("set-ladder", lang, translate("set.ladder.caption", lang), columns, (Group("", rows),))


class ClauseTables:
    """Words the clauses of one set, table by table.

    Parameters
    ----------
    criteria
        The set.
    lang
        The language.
    register
        The instruments, so that sources are cited by kind and number.
    names
        What awards, parts, classes, instruments and assumed numbers are called.
    """

    def __init__(self, criteria: CriteriaSet, lang: Lang, register: InstrumentRegister = NO_REGISTER, names: Mapping[str, str] = NO_NAMES) -> None:
        self._criteria = criteria
        self._lang: Lang = lang
        self._register = register
        self._names = names
        self._is_playable = is_playable(criteria)
        self._titles = {path.rpartition(".")[2]: clause.title.in_language(lang) for path, clause in criteria.iter_clauses()}

    def awards(self, target: str) -> Table | None:
        """Tell the clauses of the awards of individuals, or of collectives, award by award from the lowest level."""
        awards = sorted(((name, each) for name, each in self._criteria.awards.items() if each.target == target), key=lambda found: found[1].level)
        groups = tuple(
            Group(
                translate("set.clauses.award", self._lang, title=award.title.in_language(self._lang), rule=self._head(award)),
                tuple(self._row(f"{name}.{clause_id}", clause, award) for clause_id, clause in award.clauses.items()),
            )
            for name, award in awards
        )
        return self._table(target, groups) if groups else None

    def principles(self) -> Table | None:
        """Tell the rules of conduct, exhortations with the compliance that is assumed."""
        return self._flat("principles", self._criteria.principles)

    def procedure(self) -> list[Table]:
        """Tell the stages in their order, then the other rules of procedure."""
        stages = {name: each for name, each in self._criteria.procedure.items() if isinstance(each, Stage)}
        others = {name: each for name, each in self._criteria.procedure.items() if name not in stages}
        in_order = dict(sorted(stages.items(), key=lambda found: found[1].order))
        tables = (self._flat("procedure", in_order, "stages"), self._flat("procedure", others))
        return [table for table in tables if table is not None]

    def points(self) -> Table | None:
        """Tell the scoring table, section by section."""
        if not self._criteria.points:
            return None
        groups, alone = list[Group](), list[Row]()
        for part_id, part in self._criteria.points.items():
            rows = tuple(self._point_rows(f"points.{part_id}", part))
            if isinstance(part, Section):
                groups.append(Group(self._section_title(f"points.{part_id}", part), rows))
            else:
                alone += rows
        groups += [Group(translate("set.points.alone", self._lang) if groups else "", tuple(alone))] if alone else []
        columns = tuple(translate(f"set.points.{name}", self._lang) for name in ("criterion", "most", "rule", "ground"))
        return Table("set-points", self._lang, translate("set.points.caption", self._lang), columns, tuple(groups))

    def classes(self) -> list[Table]:
        """Tell the classes, best first, and the vetoes."""
        tables = (self._flat("classes", self._criteria.classes), self._flat("vetoes", self._criteria.vetoes))
        return [table for table in tables if table is not None]

    def _flat(self, section: str, clauses: Mapping[str, Clause], name: str = "") -> Table | None:
        rows = tuple(self._row(f"{section}.{clause_id}", clause) for clause_id, clause in clauses.items())
        return self._table(name or section, (Group("", rows),)) if rows else None

    def _table(self, name: str, groups: tuple[Group, ...]) -> Table:
        columns = tuple(translate(f"set.clauses.{column}", self._lang) for column in ("clause", "rule", "ground"))
        return Table(f"set-{name}", self._lang, translate(f"set.clauses.caption.{name}", self._lang), columns, groups)

    def _head(self, award: Award) -> str:
        rule = clause_rule(award, self._lang, self._names).rstrip(".")
        return rule[:1].lower() + rule[1:]

    def _row(self, path: str, clause: Clause, award: Award | None = None) -> Row:
        lang = self._lang
        rule = self._rule(clause)
        if self._is_playable and not plays(clause, award):
            rule += "\n" + translate("set.clauses.only-recorded", lang)
        return Row(clause.title.in_language(lang), (rule, self._grounds(path, clause)), small=path)

    def _rule(self, clause: Clause) -> str:
        """Say what a clause rules; of several conditions, first the words of the rule, then how they are counted."""
        lang, rule = self._lang, clause_rule(clause, self._lang, self._names)
        if isinstance(clause, Eligibility) and is_of_several(clause.requires):
            condition = condition_text(clause.requires, lang, self._names)
            return translate("set.clauses.coded", lang, title=clause.title.in_language(lang).rstrip("."), condition=condition)
        return rule or translate("set.clauses.title-alone", lang)

    def _point_rows(self, path: str, part: Part, depth: int = 0) -> Iterator[Row]:
        """Tell a criterion, or what is inside a section; a section inside another has a row of its own before its parts."""
        if not isinstance(part, Section) or depth:
            rule = clause_rule(part, self._lang, self._names)
            yield Row(part.title.in_language(self._lang), (format_exact(part.points, self._lang), rule, self._grounds(path, part)), small=path)
        if isinstance(part, Section):
            for part_id, inner in part.parts.items():
                yield from self._point_rows(f"{path}.{part_id}", inner, depth + 1)

    def _section_title(self, path: str, section: Section) -> str:
        rule, ground = clause_rule(section, self._lang, self._names), self._ground(path, section)
        return translate("set.points.section", self._lang, title=section.title.in_language(self._lang), rule=rule, ground=ground)

    def _ground(self, path: str, clause: Clause) -> str:
        return cite_with_confidence(clause.source, self._lang, self._register, is_amended=path in self._criteria.amended)

    def _grounds(self, path: str, clause: Clause) -> str:
        """Cite the source with its confidence, and say what is assumed beside it or instead of it."""
        lines = [] if clause.source is None else [self._ground(path, clause)]
        if clause.assumption is not None:
            lines.append(say_assumption(clause.assumption.in_language(self._lang), self._lang, self._titles))
        return "\n".join(lines) or translate("table.clauses.no-source", self._lang)


def plays(clause: Clause, award: Award | None = None) -> bool:
    """Whether the model does anything with a clause: of an award it never gives, with none."""
    return is_simulated(clause) and (award is None or is_played(award))


def is_playable(criteria: CriteriaSet) -> bool:
    """Whether the model can play a set at all."""
    return next(iter_unplayable(criteria), None) is None


def count_played(criteria: CriteriaSet) -> dict[str, int]:
    """Count the clauses the model plays, and those it only records; of a set it cannot play, it plays none."""
    can_be = is_playable(criteria)
    counted = Counter(can_be and plays(clause, criteria.awards.get(path.partition(".")[0])) for path, clause in criteria.iter_clauses())
    return {"simulated": counted[True], "recorded": counted[False]}


def state_words(status: Status, state: DraftingState, lang: Lang) -> str:
    """Say how far a set has come on its way to being issued; an illustration is on no such way, whatever it was drawn from."""
    return translate(f"set.state.{'illustrative' if status == 'illustrative' else state}", lang)


def validity_words(
    start: datetime.date | None, end: datetime.date | None, lang: Lang, write: Callable[[datetime.date, Lang], str] = date_words
) -> str:
    """Say from when until when rules apply, each day as it is written here; of a draft, that nobody has said so yet."""
    if start is None:
        return translate("set.identity.open", lang)
    if end is None:
        return translate("set.identity.from", lang, start=write(start, lang))
    return translate("set.identity.between", lang, start=write(start, lang), end=write(end, lang))


def _identity_row(header: Header, lang: Lang) -> Row:
    people = [
        translate(f"set.identity.{name}", lang, who=text.in_language(lang))
        for name, text in (("author", header.author), ("approver", header.approver))
        if text is not None
    ]
    period = header.valid
    valid = validity_words(None, None, lang) if period is None else validity_words(period.start, period.end, lang)
    cells = (
        sentence_case(translate(f"command.list.status.{header.status}", lang)),
        "\n".join([sentence_case(state_words(header.status, header.drafting_state, lang)), *people]),
        valid,
        date_words(header.checked_on, lang),
    )
    return Row(header.title.in_language(lang), cells, small=header.id)


def _instrument_row(instrument_id: str, instrument: Instrument, lang: Lang, register: InstrumentRegister) -> Row:
    title, name = instrument.title.in_language(lang), instrument_words(register, lang)[f"instruments.{instrument_id}"]
    lines = [*([] if name in title else [name]), title]
    lines += [printed(instrument.note.in_language(lang), lang)] if instrument.note is not None else []
    # Of an instrument whose text nobody could read, only what it is called and when it applies was read.
    is_loaded = instrument.status != "in-force-text-not-loaded"
    read = f"table.confidence.{instrument.confidence}" if is_loaded else "set.instruments.text-not-loaded"
    return Row(
        "\n".join(lines),
        (
            instrument.issuer.in_language(lang),
            "\n".join(_instrument_dates(instrument, lang)) or translate("table.none", lang),
            sentence_case(translate(f"command.list.status.{instrument.status}", lang)),
            "\n".join(_joined(reading_places(instrument.where_read, lang), sentence_case(translate(read, lang)))),
        ),
        small=instrument_id,
    )


def _instrument_dates(instrument: Instrument, lang: Lang) -> Iterator[str]:
    force = instrument.in_force
    for name, day in (
        ("issued", instrument.issued_on),
        ("start", None if force is None else force.start),
        ("end", None if force is None else force.end),
    ):
        if day is not None:
            yield translate(f"set.instruments.{name}", lang, day=date_words(day, lang))


def _joined(*parts: str | None) -> Iterable[str]:
    return (part for part in parts if part)
