"""Run law cases: each through the scoring that real nominees go through, and what came out beside what was expected."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.errors import Finding, InputError
from simulator.rules.loading import load_criteria
from simulator.rules.values import exact
from simulator.scoring.case_codes import make_finding
from simulator.scoring.case_rosters import make_case_roster
from simulator.scoring.cases import NONE, read_cases
from simulator.scoring.decision import decision_of, places_of
from simulator.scoring.explanation import first_failed
from simulator.scoring.plain import as_plain
from simulator.scoring.scorer import score

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.values import Text
    from simulator.scoring.case_rosters import CaseRoster
    from simulator.scoring.cases import Cases, Expectation
    from simulator.scoring.scores import Scores
    from simulator.workspace import Workspace

_SUFFIXES = frozenset({".yaml", ".yml"})


@dataclass(frozen=True)
class Check:
    """One thing expected of one person, and what came out.

    Attributes
    ----------
    person
        What the case calls the person.
    what
        The key of the expectation: ``eligible``, ``score``, ``points.results``.
    expected, got
        Plain data.
    line
        Where the case says it.
    """

    person: str
    what: str
    expected: Any
    got: Any
    line: int

    @property
    def is_met(self) -> bool:
        """Whether what came out is what was expected."""
        return bool(self.expected == self.got)


@dataclass(frozen=True)
class CaseResult:
    """One case that was run.

    Attributes
    ----------
    file, line
        Where it stands.
    says
        Its sentence.
    criteria, award
        What it was judged by.
    checks
        What was expected, one by one.
    """

    file: str
    line: int
    says: Text
    criteria: str
    award: str | None
    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Whether everything came out as expected."""
        return all(check.is_met for check in self.checks)

    @property
    def findings(self) -> list[Finding]:
        """What did not come out as expected."""
        return [
            make_finding("SR451", self.file, check.line, what=check.what, person=check.person, expected=_show(check.expected), got=_show(check.got))
            for check in self.checks
            if not check.is_met
        ]

    def to_json(self) -> dict[str, Any]:
        """Give the result as plain JSON data."""
        return {
            "file": self.file,
            "line": self.line,
            "says": {"vi": self.says.vi, "en": self.says.en},
            "set": self.criteria,
            "award": self.award,
            "holds": self.holds,
            "checks": [
                {"person": check.person, "what": check.what, "expected": as_plain(check.expected), "got": as_plain(check.got), "holds": check.is_met}
                for check in self.checks
            ],
        }


def find_case_files(workspace: Workspace) -> list[Path]:
    """List the files of cases of a workspace: those in ``tests/law``."""
    folder = workspace.root / "tests" / "law"
    return sorted(path for path in folder.glob("*") if path.suffix in _SUFFIXES) if folder.is_dir() else []


def run_case_files(paths: Iterable[Path], workspace: Workspace) -> list[CaseResult]:
    """Read and run files of cases.

    Raises
    ------
    InputError
        With every mistake in any of the files.
    """
    results: list[CaseResult] = []
    findings: list[Finding] = []
    for path in paths:
        try:
            results += run_cases(read_cases(path, workspace.show(path)), workspace, folder=path.parent)
        except InputError as problem:
            findings += problem.findings
    if findings:
        raise InputError(dict.fromkeys(findings))
    return results


def run_cases(cases: Cases, workspace: Workspace, folder: Path | None = None) -> list[CaseResult]:
    """Run the cases of one file.

    Parameters
    ----------
    cases
        The file as read.
    workspace
        Where the criteria set is looked up.
    folder
        Where a set that is named by its file lies; the current folder when absent.

    Raises
    ------
    InputError
        With every case that cannot be judged.
    """
    name = cases.content.set
    is_file = Path(name).suffix in _SUFFIXES
    criteria = load_criteria(((folder or Path()) / name).as_posix() if is_file else name, workspace)
    results: list[CaseResult] = []
    findings: list[Finding] = []
    for number in range(len(cases.content.cases)):
        try:
            results.append(_run(cases, number, criteria))
        except InputError as problem:
            findings += problem.findings
    if findings:
        raise InputError(findings)
    return results


def _run(cases: Cases, number: int, criteria: CriteriaSet) -> CaseResult:
    case, file = cases.content.cases[number], cases.document.file
    award = _award_of(cases, number, criteria)
    made = make_case_roster(cases, number, criteria, award)
    findings = list(_unknown_names(cases, number, criteria))
    if findings:
        raise InputError(findings)
    try:
        scores = score(criteria, made.roster, award)
    except InputError as problem:
        reason = "; ".join(finding.english for finding in problem.findings)
        raise InputError([make_finding("SR457", file, cases.line(number), problem=reason)]) from problem
    return CaseResult(file, cases.line(number), case.says, criteria.id, award, tuple(_checks(cases, number, made, scores, award)))


def _award_of(cases: Cases, number: int, criteria: CriteriaSet) -> str | None:
    """Take the only award of a set when a case names none."""
    named = cases.content.cases[number].award
    if named is not None and named not in criteria.awards:
        fields = {"criteria": criteria.id, "what": "@award", "found": named, "known": ", ".join(criteria.awards)}
        raise InputError([make_finding("SR458", cases.document.file, cases.line(number, "award"), **fields)])
    if named is None and len(criteria.awards) > 1:
        fields = {"criteria": criteria.id, "known": ", ".join(criteria.awards)}
        raise InputError([make_finding("SR456", cases.document.file, cases.line(number), **fields)])
    return named or next(iter(criteria.awards), None)


def _unknown_names(cases: Cases, number: int, criteria: CriteriaSet) -> Iterator[Finding]:
    """Refuse an expectation that names a clause, a class or a part the set does not have: it could never hold, or never fail."""
    clauses = [path for path, _clause in criteria.iter_clauses()]
    for person, way in cases.content.cases[number].everyone():
        if person.expect is None:
            continue
        place = ("expect",) if way == ("person",) else (*way, "expect")
        wanted = [("first_failed", "clause", person.expect.first_failed, clauses), ("class", "class", person.expect.class_, list(criteria.classes))]
        wanted += [("points", "criterion", path, [name.removeprefix("points.") for name in clauses]) for path in person.expect.points]
        for key, what, found, known in wanted:
            if found not in {None, NONE, *known}:
                fields = {"criteria": criteria.id, "what": f"@{what}", "found": str(found), "known": ", ".join(known)}
                yield make_finding("SR458", cases.document.file, cases.line(number, *place, key), **fields)


def _checks(cases: Cases, number: int, made: CaseRoster, scores: Scores, award: str | None) -> Iterator[Check]:
    expectations = [person.expect for person, _way in cases.content.cases[number].everyone()]
    for (position, name, way), expect in zip(made.named, expectations, strict=True):
        if expect is None:
            continue
        place = ("expect",) if way == ("person",) else (*way, "expect")
        for key, expected, got in _compare(expect, scores, position, award):
            yield Check(name, key, expected, got, cases.line(number, *place, *key.split(".", 1)))


def _compare(expect: Expectation, scores: Scores, position: int, award: str | None) -> Iterator[tuple[str, Any, Any]]:
    """Go through what is expected: its key, its value, and what came out."""
    decision = decision_of(scores, position, award)
    for key, expected, got in (
        ("eligible", expect.eligible, decision.is_eligible),
        ("considered", expect.considered, str(decision.considered)),
        ("tie", expect.tie, decision.is_tied),
        ("class", expect.class_, decision.class_ or NONE),
        ("rank", expect.rank, decision.rank),
    ):
        if expected is not None:
            yield key, expected, got
    if expect.score is not None:
        yield "score", exact(expect.score), decision.points
    if expect.places is not None:
        yield "places", expect.places, places_of(scores, position, award)
    if expect.first_failed is not None or expect.points:
        reasons = scores.reasons(position, award)
        if expect.first_failed is not None:
            yield "first_failed", expect.first_failed, first_failed(reasons, decision, award) or NONE
        points = {reason.clause.removeprefix("points."): reason.points for reason in reasons}
        for path, value in expect.points.items():
            yield f"points.{path}", exact(value), points.get(path)


def _show(value: Any) -> str:
    shown = as_plain(value)
    return {True: "true", False: "false", None: "null"}.get(shown, str(shown)) if isinstance(shown, bool | None) else str(shown)
