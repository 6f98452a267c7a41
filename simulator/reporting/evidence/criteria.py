"""What the report on a criteria set stands on: the set read, checked, worded and tried out, before any template is opened."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.errors import InputError, Severity
from simulator.experiments.results.comparison import Provenance
from simulator.experiments.scenarios.description import commit_of_source, package_versions
from simulator.model.playable import is_played, iter_unplayable
from simulator.presentation.i18n import describe, translate
from simulator.presentation.numbers import format_date
from simulator.presentation.plain_words import date_words
from simulator.presentation.rules.assumption_words import assumption_names
from simulator.presentation.rules.citing import NO_REGISTER, instrument_words
from simulator.presentation.rules.compared_sets import title_of
from simulator.presentation.rules.comparison_table import comparison_table
from simulator.presentation.rules.condition_words import names_of
from simulator.presentation.rules.criteria_tables import (
    ClauseTables,
    count_grounds,
    count_played,
    findings_table,
    grounds_table,
    identity_table,
    instruments_table,
    ladder_table,
    state_words,
    validity_words,
)
from simulator.presentation.rules.printed_text import printed
from simulator.presentation.rules.refusal_words import titles_of_parts
from simulator.presentation.rules.rounded_shares import rounded_shares
from simulator.presentation.rules.rounding_table import rounding_table
from simulator.presentation.scores.example_tables import ExampleTables
from simulator.reporting.evidence.contents import Asked, CriteriaEvidence
from simulator.reporting.evidence.criteria_contents import CriteriaChanges, CriteriaExamples, CriteriaOverview
from simulator.rules.assembly import iter_set_files, read_criteria, read_layer, stack_layers
from simulator.rules.clauses import Exhortation
from simulator.rules.diffing import diff
from simulator.rules.linting import find_assumption_ids, find_register, lint
from simulator.rules.points import Section, iter_parts
from simulator.rules.reading import read_yaml
from simulator.scoring.made_nominees import N_MEMBERS, N_STAFF
from simulator.scoring.plain import as_plain
from simulator.scoring.worked_examples import day_of, examples_of_award, examples_of_table

if TYPE_CHECKING:
    import datetime

    from simulator.errors import Finding
    from simulator.presentation.numbers import Lang
    from simulator.presentation.table_layout import Table
    from simulator.rules.citation import InstrumentRegister
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.diffing import Difference
    from simulator.scoring.worked_examples import WorkedExample
    from simulator.workspace import Workspace


def criteria_evidence(expression: str, workspace: Workspace, asked: Asked) -> CriteriaEvidence:
    """Read, check, word and try out a set; a set with errors is told as it is written, as long as it can be read.

    Parameters
    ----------
    expression
        An id, a stack, a scoring table, or the path of a YAML file.
    workspace
        Where ids, instruments and assumptions are looked up.
    asked
        What is asked for; its subject becomes the name of the stack.

    Raises
    ------
    InputError
        With every finding, when the set cannot be read as one.
    """
    lang = asked.lang
    criteria = read_criteria(expression, workspace)
    criteria = replace(criteria, id="+".join(criteria.stack))  # the expression may hold the path of a file, which is nobody's business
    register = find_register(workspace) or NO_REGISTER
    findings = _check(criteria, workspace, register)
    titles = {header.id: header.title.in_language(lang) for header in criteria.headers}
    assumed = assumption_names(workspace, lang)
    names = {**titles, **assumed, **instrument_words(register, lang), **names_of(criteria, lang)}
    tables = ClauseTables(criteria, lang, register, names)
    difference = _difference(criteria, workspace)
    changes = None if difference is None else _changes(difference, lang, register, assumed)
    return CriteriaEvidence(
        asked=replace(asked, subject=criteria.id),
        overview=_overview(criteria, findings, difference, lang),
        about=_present(identity_table(criteria, lang), instruments_table(criteria, lang, register), grounds_table(criteria, lang)),
        changes=changes,
        clauses=_present(
            tables.principles(),
            ladder_table(criteria, lang) if criteria.awards else None,
            *(tables.awards(target) for target in ("individual", "collective")),
        ),
        points=_present(tables.points(), *tables.classes()),
        procedure=tables.procedure(),
        findings=findings_table(findings, lang),
        lens=rounding_table(criteria, lang) if (shares := rounded_shares(criteria, lang)) else None,
        shares=shares,
        examples=_examples(criteria, lang, register),
        unplayable=_unplayable(criteria, lang),
        unplayed_awards=[award.title.in_language(lang) for award in criteria.awards.values() if not is_played(award)],
        provenance=Provenance(versions=package_versions(), commit=commit_of_source(), hashes=_hashes(criteria, workspace), seeds=[]),
    )


def _present(*tables: Table | None) -> list[Table]:
    return [table for table in tables if table is not None]


def _check(criteria: CriteriaSet, workspace: Workspace, register: InstrumentRegister) -> list[Finding]:
    """Check the rules; as everywhere, dates are not judged by the day somebody happens to ask."""
    set_ids = [path.stem for path in iter_set_files(workspace)]
    return lint(criteria, register=register if register is not NO_REGISTER else None, assumption_ids=find_assumption_ids(workspace), set_ids=set_ids)


def _difference(criteria: CriteriaSet, workspace: Workspace) -> Difference | None:
    """Compare a stack with the full set under it; nothing to compare for a single file."""
    if len(criteria.headers) == 1:
        return None
    file = criteria.files[0]
    base = read_layer(read_yaml(_path_of(file, workspace), file))
    return diff(stack_layers([base], base.content.id), criteria)


def _path_of(file: str, workspace: Workspace) -> Path:
    """Find a file that was named to a reader: as it is, or relative to the workspace."""
    return Path(file) if Path(file).is_file() else workspace.root / file


def _changes(difference: Difference, lang: Lang, register: InstrumentRegister, assumed: dict[str, str]) -> CriteriaChanges:
    compared = comparison_table(difference, lang, register, assumed)
    n_described = 2 + (not difference.rows)
    return CriteriaChanges(difference.before.title.in_language(lang), compared.to_table(), list(compared.notes[n_described:]))


def _in_a_sentence(day: datetime.date, lang: Lang) -> str:
    """Write a day as sentences have it: in English with the name of the month, which tables have no room for."""
    return format_date(day.isoformat(), lang) if lang == "en" else date_words(day, lang)


def _overview(criteria: CriteriaSet, findings: list[Finding], difference: Difference | None, lang: Lang) -> CriteriaOverview:
    grounds = count_grounds(criteria)
    rows = [] if difference is None else difference.rows
    counts = {
        "clauses": sum(grounds.values()),
        **{f"ground-{name}": n for name, n in grounds.items()},
        "unverified": grounds["recalled"] + grounds["unsure"],
        **{severity.value: sum(each.severity is severity for each in findings) for severity in Severity},
        **count_played(criteria),
        **{target: sum(award.target == target for award in criteria.awards.values()) for target in ("individual", "collective")},
        "exhortations": sum(isinstance(clause, Exhortation) for _, clause in criteria.iter_clauses()),
        "criteria": sum(not isinstance(part, Section) for _, part in iter_parts(criteria.points)),
        "changes": len(rows),
        **{change: sum(row.change == change for row in rows) for change in ("added", "changed", "removed")},
    }
    return CriteriaOverview(
        title=title_of(criteria, lang),
        shape="table" if criteria.points else "full" if difference is None else "overlay",
        status=translate(f"command.list.status.{criteria.status}", lang),
        state=state_words(criteria.status, criteria.drafting_state, lang),
        valid=validity_words(criteria.valid_from, criteria.valid_until, lang, _in_a_sentence),
        notes=[printed(header.note.in_language(lang), lang) for header in criteria.headers if header.note is not None],
        counts=counts,
    )


def _examples(criteria: CriteriaSet, lang: Lang, register: InstrumentRegister) -> CriteriaExamples:
    """Work examples of every award and of the scoring table, and word them."""
    day = day_of(criteria)
    words = ExampleTables(criteria, lang, register)
    shown: dict[str, list[list[WorkedExample]]] = {"individual": [], "collective": []}
    unshown = []
    for name, award in criteria.awards.items():
        found, why = _examples_of(criteria, name, day, lang)
        if found:
            shown[award.target].append(found)
        else:
            unshown.append(translate("report.criteria.examples.unshown", lang, award=award.title.in_language(lang), why=why))
    tables = [words.of_awards(target, found) for target, found in shown.items() if found]
    scored = examples_of_table(criteria, day) if criteria.points else []
    if scored:
        tables += [words.of_table(scored), words.in_full(scored[0])]
    every = [example for found in (*shown["individual"], *shown["collective"], scored) for example in found]
    return CriteriaExamples(_in_a_sentence(day, lang), N_STAFF, N_MEMBERS, tables, unshown, {_key(example): _decided(example) for example in every})


def _examples_of(criteria: CriteriaSet, award: str, day: datetime.date, lang: Lang) -> tuple[list[WorkedExample], str]:
    """Work the examples of one award; where a list cannot be scored for it, or nobody could be made, say why there is none."""
    try:
        return examples_of_award(criteria, award, day), translate("report.criteria.examples.nobody", lang)
    except InputError as error:
        return [], describe(error.findings[0], lang)


def _key(example: WorkedExample) -> str:
    return "/".join(part for part in (example.award or "table", example.shows, example.clause) if part)


def _decided(example: WorkedExample) -> list[str | float | bool | None]:
    decision = example.explanation.decision
    return [decision.is_eligible, str(decision.considered), as_plain(decision.points), decision.class_, example.explanation.outcome]


def _unplayable(criteria: CriteriaSet, lang: Lang) -> list[str]:
    """Name what keeps the model from playing the set: a part of it, an award, or a clause, each once."""
    titles = titles_of_parts(criteria, lang)
    return list(dict.fromkeys(titles[refusal.path] for refusal in iter_unplayable(criteria)))


def _hashes(criteria: CriteriaSet, workspace: Workspace) -> dict[str, str]:
    """Fingerprint each file of the stack, by the id of its set, and the whole; how a system ends its lines does not matter."""
    found = {}
    for header, file in zip(criteria.headers, criteria.files, strict=True):
        found[header.id] = hashlib.sha256(_path_of(file, workspace).read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    return {**found, "*": criteria.content_hash}
