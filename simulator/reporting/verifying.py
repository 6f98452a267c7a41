"""Check a report: whether its words are those its results give, and running everything again gives these results.

A report of any form carries what it stands on. First it is told anew from that and laid beside itself, so that a word or a number changed by hand is
found. Then everything is run again, and each number compared exactly: same rules, same luck, same program must give the same.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal
from zipfile import ZipFile

import docx
from pypdf import PdfReader

from simulator.errors import InputError
from simulator.experiments.results import Record
from simulator.reporting.codes import template_finding
from simulator.reporting.evidence import read_evidence
from simulator.reporting.forms import READERS, WRITERS
from simulator.reporting.making import Request, make_evidence
from simulator.reporting.publishing import find_template, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from simulator.experiments.computing import Computing
    from simulator.reporting.evidence import Evidence
    from simulator.workspace import Workspace

STUDIES: Final = frozenset({"attribution", "sensitivity", "structures"})
"""Parts of the evidence that are runs of their own, hours of them perhaps; they are not run again here."""
_PROGRAM: Final = ("/provenance/versions/", "/provenance/commit")
_RULES: Final = ("/provenance/hashes/", "/hashes/")
_MOST_TOLD: Final = 200
_DOCX_PARTS: Final = ("word/document.xml", "word/media/")


@dataclass(frozen=True)
class Difference(Record):
    """One thing that is not the same.

    Attributes
    ----------
    kind
        ``words``: the report says something else than its own results. ``rules``: rules, population or assumptions are others today. ``number``: running
        again gives another result. ``file``: pictures or layout were changed. ``program``: made with another version. ``study``: not run again.
    where
        Place of it: a path in the evidence, or the line of the report.
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
        Whether nothing differs that the report says or rests on.
    differences
        What differs, the first ``_MOST_TOLD``; ``n_differences`` counts all.
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


def verify_report(report: Path, workspace: Workspace, computing: Computing, *, inputs: Request | None = None) -> Verification:
    """Check a report of any form.

    Parameters
    ----------
    report
        A file that ``tieuchi report`` wrote.
    workspace
        Where its rules, scenario and template are looked up.
    computing
        Who computes; its store should be ``None``, for what is looked up is not run again.
    inputs
        Of a report about a register: the list and the files beside it.

    Raises
    ------
    InputError
        When the file is no report, was laid out by another version, or its subject is not here.
    RunError
        When running again fails.
    """
    form = report.suffix.lower().removeprefix(".")
    evidence = _evidence_in(report, form)
    differences = list(_compare_words(report, form, evidence, workspace))
    notes: list[Difference] = []
    again = make_evidence(_request(evidence, inputs, report), workspace, computing)
    for difference in _compare_results(evidence, again):
        (notes if difference.kind in {"program", "study"} else differences).append(difference)
    is_other_program = any(note.kind == "program" for note in notes)
    if is_other_program:  # another version draws otherwise: not the report was changed
        notes += [each for each in differences if each.kind == "file"]
        differences = [each for each in differences if each.kind != "file"]
    n_differences = len(differences)
    return Verification(evidence.kind, evidence.asked.subject, form, not differences, n_differences, differences[:_MOST_TOLD], notes[:_MOST_TOLD])


def _evidence_in(report: Path, form: str) -> Evidence:
    """Read what a report stands on."""
    name = report.as_posix()
    if form not in READERS:
        raise InputError([template_finding("RP301", name, problem=f".{form}")])
    try:
        data = READERS[form](report)
        content = data["evidence"]
    except FileNotFoundError as error:
        raise InputError([template_finding("RP301", name, problem="@no-such-file")]) from error
    except (OSError, ValueError, KeyError) as error:
        raise InputError([template_finding("RP301", name, problem="@no-report-data")]) from error
    try:
        return read_evidence(json.dumps(content))
    except ValueError as error:
        made_by = str(data.get("provenance", {}).get("versions", {}).get("tieuchi", "?"))
        raise InputError([template_finding("RP302", name, found=made_by)]) from error


def _request(evidence: Evidence, inputs: Request | None, report: Path) -> Request:
    if evidence.kind != "register":
        return Request(evidence.kind, evidence.asked.subject, evidence.asked)
    if inputs is None:
        raise InputError([template_finding("RP303", report.as_posix())])
    return replace(inputs, asked=evidence.asked)


def _compare_results(report: Evidence, again: Evidence) -> Iterator[Difference]:
    """Lay two pieces of evidence side by side, place by place."""
    before, after = dict(_places(report.to_dict())), dict(_places(again.to_dict()))
    for study in sorted(STUDIES):
        place = f"/{study}"
        if any(name == place or name.startswith(place + "/") for name, value in before.items() if value is not None):
            yield Difference("study", study, None, None)
        for side in (before, after):
            for name in [name for name in side if name == place or name.startswith(place + "/")]:
                del side[name]
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name) or (name in before) != (name in after):
            kind: Literal["program", "rules", "number"] = "number"
            if any(part in name for part in _PROGRAM):
                kind = "program"
            elif any(part in name for part in _RULES):
                kind = "rules"
            yield Difference(kind, name.removeprefix("/"), before.get(name), after.get(name))


def _places(value: Any, name: str = "") -> Iterator[tuple[str, str | float | bool | None]]:
    """Give every plain value with its place; an entry of a list is named by its id where it has one."""
    if isinstance(value, dict):
        for key, entry in value.items():
            yield from _places(entry, f"{name}/{key}")
    elif isinstance(value, list):
        for position, entry in enumerate(value):
            label = entry.get("id", entry.get("name", position)) if isinstance(entry, dict) else position
            yield from _places(entry, f"{name}/{label}")
    else:
        yield name, value


def _compare_words(report: Path, form: str, evidence: Evidence, workspace: Workspace) -> Iterator[Difference]:
    """Tell the report anew from what it stands on, and compare line by line; then the file itself."""
    outline = tell(evidence, find_template(evidence.kind, workspace.templates))
    with tempfile.TemporaryDirectory(prefix="tieuchi-") as scratch:
        anew = Path(scratch) / f"anew.{form}"
        WRITERS[form](outline, anew)
        found, expected = _LINES[form](report), _LINES[form](anew)
        is_same_file = _file_of(report, form) == _file_of(anew, form)
    differs = False
    for tag, start, end, start_anew, end_anew in SequenceMatcher(None, found, expected, autojunk=False).get_opcodes():
        if tag != "equal":
            differs = True
            for offset, (said, told) in enumerate(zip_longest(found[start:end], expected[start_anew:end_anew])):
                yield Difference("words", str(start + offset + 1), said, told)
    if not differs and not is_same_file:
        yield Difference("file", form, None, None)


def _file_of(path: Path, form: str) -> bytes | Mapping[str, bytes]:
    """Give what is compared of a file besides its words: all of it, or of a Word document its content and pictures."""
    if form != "docx":
        return path.read_bytes()
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.startswith(_DOCX_PARTS)}


class _Words(HTMLParser):
    """The words of a page, a line for each element that holds any."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self._silent += tag in {"style", "script"}

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"style", "script"}

    def handle_data(self, data: str) -> None:
        if not self._silent and (line := " ".join(data.split())):
            self.lines.append(line)


def _lines_of_html(path: Path) -> list[str]:
    words = _Words()
    words.feed(path.read_text(encoding="utf-8"))
    return words.lines


def _lines_of_docx(path: Path) -> list[str]:
    body = docx.Document(str(path)).element.body
    paragraphs = ("".join(piece.text or "" for piece in each.iter() if piece.tag.endswith("}t")) for each in body.iter() if each.tag.endswith("}p"))
    return [line for paragraph in paragraphs if (line := " ".join(paragraph.split()))]


def _lines_of_pdf(path: Path) -> list[str]:
    lines = (" ".join(line.split()) for page in PdfReader(path).pages for line in page.extract_text().splitlines())
    return [line for line in lines if line]


_LINES: Final[Mapping[str, Callable[[Path], list[str]]]] = {"html": _lines_of_html, "docx": _lines_of_docx, "pdf": _lines_of_pdf}
