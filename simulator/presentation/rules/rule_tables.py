"""The tables of rules and assumptions: what each option changes, and what had to be assumed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.presentation.i18n import catalogue, translate
from simulator.presentation.numbers import NO_BREAK_SPACE, format_count, format_number, format_percent, format_shortest, is_undefined
from simulator.presentation.rules.citing import source_words
from simulator.presentation.rules.clause_pairing import PLUMBING
from simulator.presentation.rules.clause_words import say_assumption
from simulator.presentation.rules.printed_text import printed
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import list_words, name_in, other_options, pick, says_anything, sentence_case

if TYPE_CHECKING:
    from simulator.experiments.results.comparison import AssumptionUsed, ClauseUsed, Comparison, FieldChange, OptionComparison
    from simulator.presentation.numbers import Lang

_JOINT = "\n+ "


def options_table(comparison: Comparison, lang: Lang) -> Table:
    """Return the options side by side: their criteria sets, and how many clauses each changes and simulates."""
    rows = []
    for option in comparison.options:
        clauses = legal_clauses(comparison, option.id)
        changed = format_count(len(clauses), lang) if clauses else translate("table.options.none", lang)
        is_simulated = format_count(sum(clause.simulated for clause in clauses), lang) if clauses else _nothing(lang)
        rows.append(Row(pick(option.title, lang), (_course(comparison, option, lang), changed, is_simulated)))
    columns = tuple(translate(f"table.options.{name}", lang) for name in ("option", "stack", "clauses", "simulated"))
    is_phased = any(_has_phases(option) for option in comparison.options)
    notes = (translate("table.options.note.phases", lang),) if is_phased else ()
    return Table("options", lang, translate("table.options.caption", lang), columns, (Group("", tuple(rows)),), notes)


def _has_phases(option: OptionComparison) -> bool:
    return len(option.phases) > 1 or any(phase.from_year > 1 for phase in option.phases)


def _course(comparison: Comparison, option: OptionComparison, lang: Lang) -> str:
    """Name the rules of an option; where they take over one after the other, one line each, with the first year under them."""
    if not _has_phases(option):
        return _stack(comparison, option.criteria, lang)
    lines = []
    first = option.phases[0].from_year
    if first > 1:
        lines.append(translate("table.options.until", lang, year=str(first - 1), rules=translate("table.options.baseline", lang)))
    for phase in option.phases:
        key = "never" if phase.from_year > comparison.years[-1] else "from"
        rules = _stack(comparison, phase.criteria, lang, joint=" + ")
        lines.append(translate(f"table.options.{key}", lang, year=str(phase.from_year), rules=rules))
    return "\n".join(lines)


def _stack(comparison: Comparison, expression: str, lang: Lang, joint: str = _JOINT) -> str:
    """Name the sets of an option, one a line; the baseline's long name is said once, in its own row."""
    added = expression.removeprefix(f"{comparison.baseline}+")
    if added == expression:
        return criteria_name(comparison, expression, lang, joint=joint)
    return translate("table.options.baseline", lang) + joint + criteria_name(comparison, added, lang, joint=joint)


def legal_clauses(comparison: Comparison, option: str) -> list[ClauseUsed]:
    """Give the clauses an option changes, without those of which only the file of the workbench they name is another: no rule changes there."""
    return [
        clause
        for clause in comparison.clauses
        if clause.option == option and not (clause.changed_fields and all(change.field in PLUMBING for change in clause.changed_fields))
    ]


def clauses_table(comparison: Comparison, lang: Lang) -> Table | None:
    """Return the clauses that options change, grouped by criteria set: which options have each, its source, confidence, compliance, part in the model."""
    titles = {option.id: pick(option.title, lang) for option in other_options(comparison)}
    # The same clause under two options stands once; it stands twice where anything about it differs.
    alike: dict[str, list[ClauseUsed]] = {}
    for clause in (clause for option in titles for clause in legal_clauses(comparison, option)):
        alike.setdefault(replace(clause, option="").to_json(), []).append(clause)
    if not alike:
        return None
    by_set: dict[str, list[Row]] = {}
    for clauses in alike.values():
        row = _clause_row(clauses[0], [titles[clause.option] for clause in clauses], lang)
        by_set.setdefault(clauses[0].clause.partition("#")[0], []).append(row)
    groups = tuple(Group(criteria_name(comparison, name, lang), tuple(rows)) for name, rows in by_set.items())
    columns = tuple(translate(f"table.clauses.{name}", lang) for name in ("clause", "option", "source", "confidence", "compliance", "simulated"))
    return Table("clauses", lang, translate("table.clauses.caption", lang), columns, groups)


def _clause_row(clause: ClauseUsed, options: list[str], lang: Lang) -> Row:
    lines = [_clause_name(clause, lang), *(_changed_field(change, lang) for change in clause.changed_fields if change.field not in PLUMBING)]
    confidence = translate(f"table.confidence.{clause.confidence}", lang) if clause.confidence else _nothing(lang)
    compliance = _nothing(lang) if clause.compliance is None else format_percent(clause.compliance, lang)
    is_simulated = translate("table.clauses.is-simulated" if clause.simulated else "table.clauses.only-recorded", lang)
    cells = ("\n".join(options), "\n".join(_grounds(clause, lang)), confidence, compliance, is_simulated)
    return Row("\n".join(lines), cells, small=clause.clause)


def _clause_name(clause: ClauseUsed, lang: Lang) -> str:
    """Name a clause and the award it belongs to."""
    if clause.award_title is None:
        return _title_of_change(clause, lang)
    return translate("table.clauses.of-award", lang, award=pick(clause.award_title, lang), clause=_title_of_change(clause, lang))


def _title_of_change(clause: ClauseUsed, lang: Lang) -> str:
    """Give the title of a clause; the old title of one that is changed is quoted, for it may state the old number."""
    title = pick(clause.title, lang)
    if clause.change == "added":  # most are, and need no word
        return title
    if clause.change == "changed" and clause.amended_title not in (None, clause.title):
        return f"{title} ({translate('table.clauses.change.changed', lang)})"
    return translate(f"table.clauses.heading.{clause.change}", lang, title=title)


def _changed_field(change: FieldChange, lang: Lang) -> str:
    names = [part for part in change.field.split(".") if not part.isdigit()]
    words = catalogue(lang)
    field = ", ".join(words.get(f"field.{name}", name) for name in dict.fromkeys((names[0], names[-1])))
    values = [_plain_value(value, lang) for value in (change.before, change.after)]
    if None in values:
        return translate("table.clauses.rewritten", lang, field=field)
    return translate("table.clauses.field", lang, field=field, before=values[0] or "", after=values[1] or "")


def _plain_value(value: object, lang: Lang) -> str | None:
    """Write one value of a clause; None for what is no single value."""
    if value is None:
        return translate("field.value.none", lang)
    if isinstance(value, bool):
        return translate("table.yes" if value else "table.no", lang)
    if isinstance(value, int | float):
        return format_shortest(value, lang)
    return catalogue(lang).get(f"field.value.{value}", value) if isinstance(value, str) else None


def _grounds(clause: ClauseUsed, lang: Lang) -> list[str]:
    """Say what a clause rests on; what changes or ends another rule names that rule apart from its own grounds."""
    grounds = []
    if clause.change != "added" and clause.amended_source:
        grounds.append(translate(f"table.clauses.amended.{clause.change}", lang, source=source_words(clause.amended_source, lang)))
    if clause.source:
        grounds.append(source_words(clause.source, lang))
    elif clause.change == "added" or not (clause.text or clause.assumption):
        grounds.append(translate("table.clauses.no-source", lang))
    reason = None if clause.change == "added" else clause.text
    if clause.assumption and clause.assumption != reason:  # a new number that rests on the reason for the change is told with it
        grounds.append(say_assumption(pick(clause.assumption, lang), lang))
    if reason:
        grounds.append(translate("table.clauses.reason", lang, text=printed(pick(reason, lang), lang)))
    return grounds


def cited_clause(comparison: Comparison, name: str, lang: Lang) -> str:
    """Name a clause by its title and what it cites; one that no option brings keeps its id, after the name of its set."""
    clause = next((clause for clause in comparison.clauses if clause.clause == name), None)
    if clause is None:
        criteria, _, path = name.partition("#")
        return translate("table.clauses.cited", lang, clause=path, source=criteria_name(comparison, criteria, lang))
    source = clause.source or clause.amended_source
    title = pick(clause.title, lang)
    return title if source is None else translate("table.clauses.cited", lang, clause=title, source=source_words(source, lang))


def criteria_name(comparison: Comparison, expression: str, lang: Lang, joint: str = " + ") -> str:
    """Name a stack of criteria sets as its readers know it."""
    titles = comparison.criteria_titles
    return joint.join(pick(titles[name], lang) if name in titles else name for name in expression.split("+"))


def assumptions_tables(comparison: Comparison, lang: Lang) -> list[Table]:
    """Return what had to be assumed: first what clauses of the options move, with the values used; then the rest."""
    parts: dict[str, list[AssumptionUsed]] = {"moved": [], "fixed": []}
    for item in comparison.assumptions:
        parts["moved" if item.moved_by else "fixed"].append(item)
    return [_assumptions_table(comparison, name, items, lang) for name, items in parts.items() if items]


def _assumptions_table(comparison: Comparison, name: str, items: list[AssumptionUsed], lang: Lang) -> Table:
    names = ("title", "value", "range", "source", "moved-by", "used")[: 6 if name == "moved" else 4]
    columns = tuple(translate(f"table.assumptions.{column}", lang) for column in names)
    rows = tuple(Row(pick(item.title, lang), _assumption_cells(comparison, item, lang)[: len(columns) - 1]) for item in items)
    return Table(f"assumptions-{name}", lang, translate(f"table.assumptions.{name}", lang), columns, (Group("", rows),))


def _assumption_cells(comparison: Comparison, assumption: AssumptionUsed, lang: Lang) -> tuple[str, ...]:
    spread = "" if is_undefined(assumption.low) else f"{_shortest(assumption.low, lang)} – {_shortest(assumption.high, lang)}"
    source = source_words(assumption.source, lang) if assumption.source else translate("table.assumptions.assumed", lang)
    used = [
        f"{pick(option.title, lang)}: {_shortest(value, lang)}"
        for option in comparison.options
        if (value := assumption.used_value_by_option.get(option.id, assumption.value)) != assumption.value
    ]
    return (
        _shortest(assumption.value, lang),
        spread.replace(" ", NO_BREAK_SPACE) or _nothing(lang),
        source,
        "\n".join(cited_clause(comparison, name, lang) for name in assumption.moved_by) or _nothing(lang),
        "\n".join(used) or translate("table.assumptions.same", lang),
    )


def compliance_table(comparison: Comparison, lang: Lang) -> Table | None:
    """Return how far exhortations must be followed before an indicator moves by its margin, one column an option that has exhortations."""
    options = [option for option in comparison.options if option.compliance]
    if not options:
        return None
    names = [name for name in dict.fromkeys(sweep.indicator for option in options for sweep in option.compliance) if says_anything(comparison, name)]
    rows = tuple(Row(sentence_case(name_in(comparison, name, lang)), tuple(_threshold(option, name, lang) for option in options)) for name in names)
    columns = (translate("table.indicator", lang), *(pick(option.title, lang) for option in options))
    replications = max(sweep.replications for option in options for sweep in option.compliance)
    note = translate("table.compliance.note", lang, replications=format_count(replications, lang))
    return Table("compliance", lang, translate("table.compliance.caption", lang), columns, (Group("", rows),), (note,), is_simulated=True)


def _threshold(option: OptionComparison, name: str, lang: Lang) -> str:
    sweep = next((sweep for sweep in option.compliance if sweep.indicator == name), None)
    if sweep is None:
        return format_number(None, lang)
    if sweep.threshold is None:  # *never* is said only where every compliance tells
        return format_number(None, lang) if any(map(is_undefined, sweep.differences)) else translate("table.compliance.never", lang)
    return translate("table.compliance.from", lang, level=format_percent(sweep.threshold, lang))


def assumption_counts(comparison: Comparison, lang: Lang) -> dict[str, str]:
    """Count assumptions: all, those without data, those that a clause moves."""
    used = comparison.assumptions
    counts = {"n": len(used), "assumed": sum(item.source is None for item in used), "moved": sum(bool(item.moved_by) for item in used)}
    return {name: format_count(count, lang) for name, count in counts.items()}


def direct_worker_roles(comparison: Comparison, lang: Lang) -> str:
    """Name the roles that count as direct workers here."""
    return list_words([translate(f"report.role.{role}", lang) for role in comparison.counts_as_direct], lang)


def _shortest(number: float | None, lang: Lang) -> str:
    return _nothing(lang) if number is None else format_shortest(number, lang)


def _nothing(lang: Lang) -> str:
    return translate("table.none", lang)
