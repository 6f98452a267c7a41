"""The register of what can go wrong with a report: code and plain English. Sentences for readers are in ``presentation/messages``.

``RP1..`` is about the template or what it is told (exit code 2), ``RP2..`` about a rendering that failed on the way (exit code 1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.errors import Finding, RunError, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

CODES: Mapping[str, str] = {
    "RP101": "exactly one code cell must be tagged parameters, found {found}; tag the cell with the defaults",
    "RP102": "the parameter {name} is not known; known are {known}",
    "RP103": "the parameter {name} is missing",
    "RP104": "the parameter {name} is not usable: {problem}",
    "RP105": "not a notebook that can be read: {problem}",
    "RP106": "there is no report template {name} here; known are {known}",
    "RP107": "there is no scenario, criteria set, scoring table or list named {found}; close to it: {known}",
    "RP108": "the reports {found} and {other} would share one folder",
    "RP109": "{found} cannot be the name of a folder on every system",
    "RP110": "the report {found} was named twice",
    "RP111": "no typeface has {letters}; write it in other letters, or ask for --to html,docx",
    "RP301": "this is no report that can be checked: {problem}",
    "RP302": "this report was made by another version of the program, which laid its results out otherwise; check it with that version ({found})",
    "RP303": "this report is about a register; name the same list with --subject",
    "RP304": "this is a folder; name a report in it: {known}",
    "RP201": "cell {cell} of the report failed with {error}: {problem}",
    "RP202": "cell {cell} of the report took longer than {seconds} s",
    "RP203": "the kernel of the report stopped unexpectedly: {problem}",
    "RP204": "cell {cell} shows something that is no section of a report ({found}); only sections can be exported",
    "RP205": "the report refers to an address outside itself: {found}",
    "RP206": "the report has no section",
    "RP207": "the report could not be set as a PDF: {problem}",
    "RP208": "the process that wrote this report ended several times",
    "RP209": "the program met an error nobody foresaw: {error}",
}


def template_finding(code: str, template: str, **fields: str) -> Finding:
    """Return a finding about a template."""
    known = {"known": "date, evidence, lang, sha256", **fields}
    return Finding(code, Severity.ERROR, template, 1, known, CODES[code].format(**known), is_unreadable=True)


def rendering_error(code: str, template: str, **fields: str) -> RunError:
    """Return the error of a rendering that failed; its fields say which code, file and cell."""
    return RunError(CODES[code].format(**fields), fields={"code": code, "file": template, **fields})
