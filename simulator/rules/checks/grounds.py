"""The grounds: whether every clause says where it comes from, or honestly that it is assumed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from simulator.rules.checks.titles import is_number
from simulator.rules.clauses import Exhortation, Quota, ScoreThreshold
from simulator.rules.criteria import WHOLE
from simulator.rules.diffing import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject
    from simulator.rules.clauses import Clause
    from simulator.rules.criteria import Change


def check(subject: Subject) -> Iterator[Finding]:
    """Look for clauses without grounds, and for citations nobody can follow."""
    listed = set(subject.criteria.instruments)
    for path, clause in subject.criteria.iter_clauses():
        if clause.source is None and clause.assumption is None:
            yield subject.find("RL301", path, clause=path)
        elif isinstance(clause, Exhortation | ScoreThreshold) and clause.assumption is None:
            yield subject.find("RL305", path, clause=path)
        for field, cited in _citations(clause):
            place = f"{path}.{field}.instrument"
            if subject.register is not None and cited not in subject.register:
                yield subject.find("RL302", place, clause=path, instrument=cited)
            elif cited not in listed:
                yield subject.find("RL303", place, clause=path, instrument=cited)
    yield from _check_lists(subject)
    yield from _check_amendments(subject)


def _citations(clause: Clause) -> Iterator[tuple[str, str]]:
    """Give each instrument a clause cites, with the field: its own source, and that of the limit of a quota."""
    if clause.source is not None:
        yield "source", clause.source.instrument
    if isinstance(clause, Quota) and clause.limit is not None:
        yield "limit.source", clause.limit.source.instrument


def _check_amendments(subject: Subject) -> Iterator[Finding]:
    """Look for overlays that give a clause another number and leave it under the grounds of the old one."""
    criteria = subject.criteria
    clauses = dict(criteria.iter_clauses())
    amended = {(change.set, change.clause) for change in criteria.changes if change.clause in clauses and _gives_another_number(change)}
    for position, header in enumerate(criteria.headers):
        later_files = criteria.files[position:]
        for path in (path for path in clauses if (header.id, path) in amended):
            grounds = [name for name in ("source", "assumption") if getattr(clauses[path], name) is not None]
            if grounds and not any(criteria.location(f"{path}.{name}")[0] in later_files for name in grounds):
                yield subject.find("RL325", path, clause=path, set=header.id)


def _gives_another_number(change: Change) -> bool:
    """Tell whether a change brings a number that was not there, at any depth; a limit cites its own source, and a new clause has grounds anyhow."""
    if change.field in {WHOLE, "limit"}:
        return False
    before, after = (
        Counter((path.rpartition(".")[2], value) for path, value in leaves(side, change.field) if is_number(value))
        for side in (change.before, change.after)
    )
    return bool(after - before)


def _check_lists(subject: Subject) -> Iterator[Finding]:
    """Look for instruments a header lists that no clause cites."""
    cited = {instrument for _path, clause in subject.criteria.iter_clauses() for _field, instrument in _citations(clause)}
    for position, header in enumerate(subject.criteria.headers):
        for index, instrument in enumerate(header.instruments):
            if instrument not in cited:
                yield subject.find_in_header("RL304", position, "instruments", index, instrument=instrument)
