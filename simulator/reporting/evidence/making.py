"""Make what a report stands on: simulate a scenario, read a criteria set, or measure a register.

One door for the command line, for batches and for ``tieuchi verify``, so that what is asked again is asked in the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from simulator.errors import InputError
from simulator.experiments.comparing.ensemble import judge_jointly
from simulator.experiments.scenarios.scenario import scenario_files
from simulator.presentation.registers.measurement_table import measurement_table
from simulator.presentation.results.tables import draw_table
from simulator.reporting.codes import template_finding
from simulator.reporting.evidence.contents import Asked, CriteriaEvidence, Evidence, Kind, RegisterEvidence
from simulator.reporting.evidence.criteria import criteria_evidence
from simulator.reporting.evidence.letters import check_letters, named_files
from simulator.reporting.evidence.register import register_evidence
from simulator.rules.assembly import iter_set_files, iter_table_files, read_criteria
from simulator.rules.diagnosis import closest
from simulator.rules.reading import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from simulator.errors import Finding
    from simulator.experiments.execution.computing import Computing
    from simulator.experiments.results.records import Record
    from simulator.presentation.table_layout import Table
    from simulator.workspace import Workspace

REGISTER_SUFFIXES: Final = frozenset({".csv", ".xlsx", ".xlsm", ".xls", ".tsv", ".txt", ".ods"})
"""Endings of files that are lists; whether one can be read is said where it is read."""
_YAML_SUFFIXES: Final = frozenset({".yaml", ".yml"})
_KEYS_OF_A_SCENARIO: Final = frozenset({"question", "baseline", "population", "options"})


@dataclass(frozen=True)
class Request:
    """A report somebody wants.

    Attributes
    ----------
    kind
        What it is about; see :func:`kind_of`.
    subject
        As it was typed: an id, a stack of sets, or the path of a file.
    asked
        How it is wanted. Its own ``subject`` is what the report may print.
    headcount, succession
        Files beside a register.
    award
        The award of a register that is measured; found in it when absent.
    studies
        Studies of a scenario, of ``KINDS``, that are run unless they are kept.
    again
        Studies that are run as those of a report were, with the same replications and members: kind → study.
    """

    kind: Kind
    subject: str
    asked: Asked
    headcount: Path | None = None
    succession: Path | None = None
    award: str | None = None
    studies: tuple[str, ...] = ()
    again: Mapping[str, Record] = field(default_factory=dict)


def kind_of(subject: str, workspace: Workspace) -> Kind:
    """Tell what a subject is: a scenario, a stack of criteria sets or a scoring table, or a register.

    Raises
    ------
    InputError
        When it is none of them, or a YAML file that cannot be read.
    """
    suffix = Path(subject).suffix.lower()
    if suffix in REGISTER_SUFFIXES:
        return "register"
    if suffix in _YAML_SUFFIXES:
        data = read_yaml(Path(subject), subject).data
        return "scenario" if isinstance(data, dict) and _KEYS_OF_A_SCENARIO & data.keys() else "criteria"
    scenarios = tuple(path.stem for path in scenario_files(workspace))
    sets = tuple(path.stem for path in (*iter_set_files(workspace), *iter_table_files(workspace)))
    if subject in scenarios:
        return "scenario"
    if subject in sets or "+" in subject:
        return "criteria"
    raise InputError([template_finding("RP107", "tieuchi", found=subject, known=closest(subject, (*scenarios, *sets)))])


def kinds_of(subjects: Sequence[str], workspace: Workspace) -> tuple[dict[str, Kind], list[Finding]]:
    """Tell what each of some subjects is, and everything that is wrong with those that are nothing of the kind."""
    kinds: dict[str, Kind] = {}
    findings: list[Finding] = []
    for subject in subjects:
        try:
            kinds[subject] = kind_of(subject, workspace)
        except InputError as error:
            findings += error.findings
    return kinds, findings


def folder_names(requests: Sequence[Request]) -> list[str]:
    """Give the names of the folders that reports go to: registers, whose files may be named after a person, are told apart by their order alone."""
    registers = [position for position, request in enumerate(requests) if request.kind == "register"]
    number_of = {position: number for number, position in enumerate(registers, 1)}
    is_alone = len(requests) == 1
    return [
        (request.kind if is_alone else f"{request.kind}-{number_of[position]}") if position in number_of else _name_of_subject(request)
        for position, request in enumerate(requests)
    ]


def _name_of_subject(request: Request) -> str:
    """Give the subject, and for a file the name of the file, without what no system takes in a name."""
    name = Path(request.subject).stem if Path(request.subject).suffix else request.subject
    return re.sub(r'[<>:"/\\|?*\x00-\x1f]', "-", name).rstrip(". ") or request.kind


def make_evidence(
    request: Request,
    workspace: Workspace,
    computing: Computing,
    *,
    tell: Callable[[Finding], None] | None = None,
    begin: Callable[[str], None] | None = None,
    lacking: Callable[[Iterable[str]], list[str]] | None = None,
) -> Evidence:
    """Compute what the report stands on.

    Parameters
    ----------
    request
        The report that is wanted.
    workspace
        Where ids are looked up.
    computing
        Who computes.
    tell
        Told what a reader of a register should know besides.
    begin
        Told of each study of a scenario before it is run: its kind, or each structure of behaviour.
    lacking
        Picks the letters that cannot be printed; a scenario or a set whose texts have any is refused before it is simulated.

    Raises
    ------
    InputError
        When the subject cannot be used.
    RunError
        When it cannot be simulated.
    """
    if request.kind == "scenario":
        from simulator.reporting.evidence.simulated import scenario_evidence  # noqa: PLC0415  # slow to load; who asks about rules or a list simulates nothing

        return scenario_evidence(request, workspace, computing, begin or (lambda _part: None), lacking)
    if request.kind == "criteria":
        if lacking is not None:
            check_letters(named_files(read_criteria(request.subject, workspace).files, workspace), request.asked.lang, lacking)
        return criteria_evidence(request.subject, workspace, request.asked)
    return register_evidence(
        Path(request.subject),
        asked=request.asked,
        headcount=request.headcount,
        succession=request.succession,
        award=request.award,
        workspace=workspace.root,
        tell=tell,
        progress=computing.measuring,
    )


def main_table(evidence: Evidence) -> Table:
    """Give the table a command prints when the report is written."""
    if isinstance(evidence, RegisterEvidence):
        return measurement_table(evidence.measurement, evidence.asked.lang, evidence.award_title)
    if isinstance(evidence, CriteriaEvidence):
        return evidence.about[-1]
    return draw_table(judge_jointly(evidence.comparison, evidence.structures), evidence.asked.lang)
