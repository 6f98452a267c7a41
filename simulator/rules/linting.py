"""What is wrong or doubtful in rules that can be read; and, for files that cannot, why not."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from simulator.errors import InputError, Severity
from simulator.rules.assembly import iter_set_files, read_criteria
from simulator.rules.base_salary import load_base_salaries
from simulator.rules.checks import (
    bands,
    column_names,
    contradictions,
    dates,
    exhortations,
    givings,
    grounds,
    ladder,
    limits,
    naming,
    other_target,
    overlays,
    places,
    ranges,
    references,
    statutes,
    sums,
    titles,
    wording,
)
from simulator.rules.checks.subject import Subject
from simulator.rules.citation import InstrumentRegister, load_instruments
from simulator.rules.reading import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from simulator.errors import Finding
    from simulator.rules.criteria import CriteriaSet
    from simulator.workspace import Workspace

_Read = TypeVar("_Read")

_CHECKS = (
    grounds,
    references,
    naming,
    other_target,
    ranges,
    sums,
    bands,
    givings,
    column_names,
    ladder,
    limits,
    contradictions,
    exhortations,
    statutes,
    places,
    dates,
    overlays,
    titles,
    wording,
)

_CAUSES: Mapping[str, frozenset[str]] = {
    "RL368": frozenset({"RL307", "RL333", "RL336", "RL338", "RL349", "RL350", "RL369"}),
    "RL370": frozenset({"RL350"}),
    "RL357": frozenset({"RL369", "RL306", "RL307", "RL308", "RL309", "RL310", "RL348", "RL349", "RL350", "RL367"}),
    "RL359": frozenset({"RL369", "RL306", "RL307", "RL348", "RL349", "RL350"}),
    "RL360": frozenset({"RL369", "RL306", "RL307", "RL310", "RL348", "RL349", "RL350"}),
    "RL341": frozenset({"RL344"}),
    "RL331": frozenset({"RL333", "RL336", "RL337"}),
    "RL371": frozenset({"RL306", "RL307", "RL310", "RL348", "RL349", "RL350", "RL369"}),
    "RL372": frozenset({"RL306", "RL307", "RL310", "RL348", "RL349", "RL350", "RL369"}),
    "RL334": frozenset({"RL336"}),
    "RL317": frozenset({"RL353"}),
    "RL354": frozenset({"RL307"}),
    "RL355": frozenset({"RL307"}),
    "RL380": frozenset({"RL307"}),
    "RL384": frozenset({"RL307"}),
}
"""Findings that only repeat the cause of another of the same clause; they are not told beside it."""


def lint(
    criteria: CriteriaSet,
    on: date | None = None,
    *,
    register: InstrumentRegister | None = None,
    assumption_ids: Iterable[str] | None = None,
    set_ids: Iterable[str] | None = None,
) -> list[Finding]:
    """Examine a criteria set.

    Parameters
    ----------
    criteria
        The set or stack.
    on
        The day to judge dates by; dates are not judged without it.
    register
        The instruments known; citations are not followed without it.
    assumption_ids
        Ids an exhortation may move; not compared without them.
    set_ids
        Ids of the sets a transition may name; not compared without them.
    """
    known = None if assumption_ids is None else frozenset(assumption_ids)
    subject = Subject(criteria, register, known, on, None if set_ids is None else frozenset(set_ids))
    findings = [finding for module in _CHECKS for finding in module.check(subject)]
    told = {(finding.fields.get("clause"), finding.code) for finding in findings}
    return _in_order(
        finding for finding in findings if not any((finding.fields.get("clause"), cause) in told for cause in _CAUSES.get(finding.code, ()))
    )


def lint_targets(targets: Sequence[str], workspace: Workspace, on: date | None = None) -> list[Finding]:
    """Examine sets, stacks or files by name; all of the workspace when none is named.

    A file that cannot be read gives its reasons with ``is_unreadable`` set, and the others are examined all the same.

    Parameters
    ----------
    targets
        Ids, expressions such as ``decree-91+hanoi-letter-3959``, or paths.
    workspace
        Where ids, instruments and assumptions are looked up.
    on
        The day to judge dates by.
    """
    findings: list[Finding] = []
    register = _attempt(lambda: find_register(workspace), findings)
    assumption_ids = _attempt(lambda: find_assumption_ids(workspace), findings)
    if not targets and (workspace.criteria / "base-salary.yaml").exists():
        _attempt(lambda: load_base_salaries(workspace), findings)
    set_ids = [path.stem for path in iter_set_files(workspace)]
    for target in targets or set_ids:
        criteria = _attempt(partial(read_criteria, target, workspace), findings)
        if criteria is not None:
            own_files = criteria.files[-len(target.split("+")) :]
            found = lint(criteria, on, register=register, assumption_ids=assumption_ids, set_ids=set_ids)
            findings.extend(finding if finding.file in own_files else replace(finding, is_inherited=True) for finding in found)
    return _in_order(findings)


def lint_exit_code(findings: Iterable[Finding], *, is_strict: bool = False) -> int:
    """Give the exit code of ``tieuchi lint``: 0 nothing that stops, 1 errors in readable sets, 2 something could not be read.

    Being strict, a warning counts like an error, but not one about the set an overlay was laid over.
    """
    found = [finding for finding in findings if finding.severity is Severity.ERROR or not finding.is_inherited]
    if any(finding.is_unreadable for finding in found):
        return 2
    return int(any(is_strict or finding.severity is Severity.ERROR for finding in found))


def find_register(workspace: Workspace) -> InstrumentRegister | None:
    """Load the instruments of a workspace, or give None where there is no register."""
    return load_instruments(workspace) if (workspace.criteria / "instruments.yaml").exists() else None


def find_assumption_ids(workspace: Workspace) -> frozenset[str] | None:
    """Read the ids of the assumed figures of a workspace, or give None where there are none."""
    path = workspace.scenarios / "assumptions.yaml"
    if not path.exists():
        return None
    data = read_yaml(path, workspace.show(path)).data
    numbers = data.get("numbers") if isinstance(data, dict) else None
    return frozenset(numbers) if isinstance(numbers, dict) else None


def _attempt(read: Callable[[], _Read], findings: list[Finding]) -> _Read | None:
    """Read something, or keep the reasons why it cannot be read."""
    try:
        return read()
    except InputError as problem:
        findings.extend(problem.findings)
        return None


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Put findings in the order of files and lines, each once however many targets share the file."""
    unique: dict[tuple[str, int, str, tuple[tuple[str, str], ...]], Finding] = {}
    for finding in sorted(findings, key=lambda finding: finding.is_inherited, reverse=True):
        unique[finding.file, finding.line, finding.code, tuple(sorted(finding.fields.items()))] = finding
    return [unique[key] for key in sorted(unique)]
