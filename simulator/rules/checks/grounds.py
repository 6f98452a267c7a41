"""The grounds: whether every clause says where it comes from, or honestly that it is assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.rules.clauses import Exhortation, ScoreThreshold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Look for clauses without grounds, and for citations nobody can follow."""
    listed = set(subject.criteria.instruments)
    for path, clause in subject.criteria.iter_clauses():
        if clause.source is None and clause.assumption is None:
            yield subject.find("RL301", path, clause=path)
        elif isinstance(clause, Exhortation | ScoreThreshold) and clause.assumption is None:
            yield subject.find("RL305", path, clause=path)
        if clause.source is None:
            continue
        cited = clause.source.instrument
        place = f"{path}.source.instrument"
        if subject.register is not None and cited not in subject.register:
            yield subject.find("RL302", place, clause=path, instrument=cited)
        elif cited not in listed:
            yield subject.find("RL303", place, clause=path, instrument=cited)
    yield from _check_lists(subject)


def _check_lists(subject: Subject) -> Iterator[Finding]:
    """Look for instruments a header lists that no clause cites."""
    cited = {clause.source.instrument for _path, clause in subject.criteria.iter_clauses() if clause.source is not None}
    for position, header in enumerate(subject.criteria.headers):
        for index, instrument in enumerate(header.instruments):
            if instrument not in cited:
                yield subject.find_in_header("RL304", position, "instruments", index, instrument=instrument)
