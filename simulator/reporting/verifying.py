"""Check a report: whether its words are those its results give, and running everything again gives these results.

A report of any form carries what it stands on. First it is told anew from that and laid beside itself, so that a word or a number changed by hand is
found. Then everything is run again, the studies among it, and each number compared exactly: same rules, same luck, same program must give the same. What was
computed before is not looked up: the results that are to be checked may lie there.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal
from zipfile import ZipFile

from simulator.errors import InputError
from simulator.experiments.results.records import Record
from simulator.experiments.store.store import Store
from simulator.experiments.studies import KINDS
from simulator.indicators.register_awards import UNTOLD
from simulator.reporting.codes import template_finding
from simulator.reporting.evidence.contents import read_evidence
from simulator.reporting.evidence.making import Request, make_evidence
from simulator.reporting.forms.writers import READERS, WRITERS
from simulator.reporting.publishing import find_template, tell
from simulator.reporting.reading import BODY, read_contents

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from simulator.experiments.execution.computing import Computing
    from simulator.experiments.execution.executors import Progress
    from simulator.reporting.evidence.contents import Evidence
    from simulator.reporting.reading import FileContents
    from simulator.workspace import Workspace

_PROGRAM: Final = ("/provenance/versions/", "/provenance/commit")
_RULES: Final = ("/provenance/hashes/", "/hashes/")
_MOST_TOLD: Final = 50
_IN_ORDER: Final = ("rules", "number", "words", "file")
_MOST_BYTES: Final = 64 * 2**20
_MOST_INFLATED: Final = 256 * 2**20
"""No report comes near; a file made to fill the memory goes no further."""
_RANGES: Final = {"replications": (2, 1000), "at_most": (2, 1000), "years": (1, 50), "seed": (0, 2**63 - 1), "futures": (1, 10_000)}
"""What a command takes; a file that asks for more was not made by one."""
_LONGEST_VERSION: Final = 40
_MOST_NAMED: Final = 6


@dataclass(frozen=True)
class Difference(Record):
    """One thing that is not the same.

    Attributes
    ----------
    kind
        ``words``: the report says something else than its own results. ``rules``: rules, population or assumptions are others today. ``number``: running
        again gives another result. ``file``: no word differs, but what else decides what is seen, such as style sheet, pictures or layout. ``program``: made with another version. ``study``: not run again, as was asked.
    where
        Place of it: a path in the evidence; the line of the report, after ``part:`` where that is not its running text; or what of the file, and ``:part``.
    report, again
        What the report has, and what was found; ``None`` where there is nothing.
    """

    kind: Literal["words", "rules", "number", "file", "program", "study"]
    where: str
    report: str | float | bool | None
    again: str | float | bool | None


@dataclass(frozen=True)
class Verification(Record):
    """What checking a report found.

    Attributes
    ----------
    same
        Whether nothing differs that the report says or rests on, and all of it was made anew.
    differences
        What differs, the first 50 of each kind; ``n_differences`` counts all.
    notes
        What a careful reader should know besides: other versions of the program, parts that were not run again.
    """

    kind: str
    subject: str
    form: str
    same: bool
    n_differences: int
    differences: list[Difference] = field(default_factory=list)
    notes: list[Difference] = field(default_factory=list)


def verify_report(
    report: Path,
    workspace: Workspace,
    computing: Computing,
    *,
    inputs: Request | None = None,
    has_studies: bool = True,
    begin: Callable[[str], None] | None = None,
) -> Verification:
    """Check a report of any form.

    Parameters
    ----------
    report
        A file that ``tieuchi report`` wrote.
    workspace
        Where its rules, scenario and template are looked up.
    computing
        Who computes. Its store is neither read nor written; what has to be computed twice here is kept beside, for as long as this takes.
    inputs
        The file the report is about, and those beside it: always for a register, and for a scenario or set that does not lie in the workspace.
    has_studies
        Whether the studies in the report are run again; where they are not, the report is not called the same.
    begin
        Told of each study before it is run again.

    Raises
    ------
    InputError
        When the file is no report, was laid out by another version, or its subject is not here.
    RunError
        When running again fails.
    """
    form = report.suffix.lower().removeprefix(".")
    evidence = _evidence_in(report, form)
    differences = list(_compare_words(report, form, evidence, workspace, computing.writing))
    notes: list[Difference] = []
    request = _request(evidence, inputs, report)
    studies = {name: study for name in KINDS if (study := getattr(evidence, name, None)) is not None}
    left_out: Collection[str] = ()
    if has_studies:
        request = replace(request, again=studies)
    else:
        left_out = studies.keys()
        notes += [Difference("study", name, None, None) for name in studies]
    with tempfile.TemporaryDirectory(prefix="tieuchi-") as scratch, Store(scratch) as store:
        again = make_evidence(request, workspace, replace(computing, store=store), begin=begin)
    for difference in _compare_results(evidence, again, left_out):
        (notes if difference.kind == "program" else differences).append(difference)
    told = [each for kind in _IN_ORDER for each in [difference for difference in differences if difference.kind == kind][:_MOST_TOLD]]
    is_same = not differences and not left_out
    return Verification(evidence.kind, evidence.asked.subject, form, is_same, len(differences), told, notes[:_MOST_TOLD])


def _evidence_in(report: Path, form: str) -> Evidence:
    """Read what a report stands on; whatever a file made by anybody may hold ends in one finding."""
    name = report.as_posix()
    if report.is_dir():
        held = [path.name for path in sorted(report.glob("report.*")) if path.suffix.lower().removeprefix(".") in READERS][:_MOST_NAMED]
        raise InputError([template_finding("RP304", name, known=", ".join(held) or "report.vi.html, report.vi.docx, report.vi.pdf")])
    if form not in READERS:
        raise InputError([template_finding("RP301", name, problem=f".{form}" if form else "@no-ending" if report.exists() else "@no-such-file")])
    try:
        if report.stat().st_size > _MOST_BYTES:
            raise InputError([template_finding("RP301", name, problem="@too-large")])
        data = READERS[form](report)
        content = json.dumps(data["evidence"], allow_nan=False)
    except FileNotFoundError as error:
        raise InputError([template_finding("RP301", name, problem="@no-such-file")]) from error
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError([template_finding("RP301", name, problem="@no-report-data")]) from error
    try:
        evidence = read_evidence(content)
    except ValueError as error:
        raise InputError([template_finding("RP302", name, found=_version_in(data))]) from error
    if not all(_can_be_asked(evidence)):
        raise InputError([template_finding("RP301", name, problem="@not-askable")])
    return evidence


def _can_be_asked(evidence: Evidence) -> Iterator[bool]:
    """Tell of each number that decides how much is run whether a command could have asked for it."""
    asked = {name: getattr(evidence.asked, name) for name in _RANGES if hasattr(evidence.asked, name)}
    studies = [study for name in KINDS if (study := getattr(evidence, name, None)) is not None]
    of_studies = [(name, getattr(study, name)) for study in studies for name in ("replications", "futures") if hasattr(study, name)]
    for name, value in (*asked.items(), *of_studies):
        yield value is None or _RANGES[name][0] <= value <= _RANGES[name][1]


def _version_in(data: Mapping[str, Any]) -> str:
    """Give the version of the program a report says it was made by."""
    try:
        return str(data["provenance"]["versions"]["tieuchi"])[:_LONGEST_VERSION]
    except (KeyError, TypeError):
        return "?"


def _request(evidence: Evidence, inputs: Request | None, report: Path) -> Request:
    """Ask for the report again: by the id it names, or by the file it is about where that is named."""
    if inputs is not None:
        award = None
        if evidence.kind == "register" and evidence.measurement.award != UNTOLD:
            award = evidence.measurement.award
        return replace(inputs, kind=evidence.kind, asked=evidence.asked, award=award)
    if evidence.kind == "register":
        raise InputError([template_finding("RP303", report.as_posix())])
    return Request(evidence.kind, evidence.asked.subject, evidence.asked)


def _compare_results(report: Evidence, again: Evidence, left_out: Collection[str] = ()) -> Iterator[Difference]:
    """Lay two pieces of evidence side by side, place by place, but for some parts."""
    before, after = (dict(_places({part: value for part, value in each.to_dict().items() if part not in left_out})) for each in (report, again))
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name) or (name in before) != (name in after):
            kind: Literal["program", "rules", "number"] = "number"
            if any(part in name for part in _PROGRAM):
                kind = "program"
            elif any(part in name for part in _RULES):
                kind = "rules"
            yield Difference(kind, name.removeprefix("/"), before.get(name), after.get(name))


def _places(value: Any, name: str = "") -> Iterator[tuple[str, str | float | bool | None]]:
    """Give every plain value with its place; an entry of a list has its position, and its id where there is one."""
    if isinstance(value, dict | list) and not value:
        yield name, "{}" if isinstance(value, dict) else "[]"
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from _places(entry, f"{name}/{key}")
    elif isinstance(value, list):
        for position, entry in enumerate(value):
            label = entry.get("id", entry.get("name")) if isinstance(entry, dict) else None
            # The position stays in the name: of two entries under one id, none may hide behind the other.
            yield from _places(entry, f"{name}/{position}" if label is None else f"{name}/{position}:{label}")
    else:
        yield name, value


def _compare_words(report: Path, form: str, evidence: Evidence, workspace: Workspace, writing: Progress | None) -> Iterator[Difference]:
    """Tell the report anew from what it stands on; where the file is another, say which lines of which part differ, or else what other than words does."""
    outline = tell(evidence, find_template(evidence.kind, workspace.templates), progress=writing)
    with tempfile.TemporaryDirectory(prefix="tieuchi-") as scratch:
        anew = Path(scratch) / f"anew.{form}"
        WRITERS[form](outline, anew)
        if report.read_bytes() == anew.read_bytes():
            return
        found, expected = _contents_of(report, form), _contents_of(anew, form)
    differs = False
    for part in dict.fromkeys((*expected.words, *found.words)):
        for difference in _compare_lines(part, found.words.get(part, ()), expected.words.get(part, ())):
            differs = True
            yield difference
    if not differs:
        for kind, part, said, told in found.other_rest(expected):
            yield Difference("file", f"{kind}:{part}" if part else kind, said, told)


def _compare_lines(part: str, found: Sequence[str], expected: Sequence[str]) -> Iterator[Difference]:
    for tag, start, end, start_anew, end_anew in SequenceMatcher(None, found, expected, autojunk=False).get_opcodes():
        if tag != "equal":
            for offset, (said, told) in enumerate(zip_longest(found[start:end], expected[start_anew:end_anew])):
                line = str(start + offset + 1)
                yield Difference("words", line if part == BODY else f"{part}:{line}", said, told)


def _contents_of(path: Path, form: str) -> FileContents:
    """Read a file; one made to break its reader is refused like any other that is no report."""
    if form == "docx":
        with ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MOST_INFLATED:
                raise InputError([template_finding("RP301", path.as_posix(), problem="@too-large")])
    try:
        return read_contents(path, form)
    except Exception as error:  # what a library says of a file made by anybody may be of any kind
        raise InputError([template_finding("RP301", path.as_posix(), problem="@no-report-data")]) from error
