"""Where a fault of a draft lies: in the changes of which clause, and in which of its values."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from simulator.errors import InputError
from simulator.rules.reading import read_yaml_bytes
from simulator.workbook.criteria_layout import steps_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.errors import Finding
    from simulator.rules.reading import Document
    from simulator.widgets.drafting.draft import Draft


class Fault(NamedTuple):
    """What is wrong or doubtful, and where.

    Attributes
    ----------
    finding
        What was found.
    clause
        Path of the clause whose changes it lies in; ``None`` where it concerns none of them.
    value_path
        Path of the value, where it is one that somebody turned.
    """

    finding: Finding
    clause: str | None = None
    value_path: str | None = None


def faults_of(draft: Draft, findings: Sequence[Finding]) -> tuple[Fault, ...]:
    """Find the place of what was found in a draft by its line, as the draft is written.

    Parameters
    ----------
    draft
        The draft.
    findings
        What was found; of those in other files nothing can be said.
    """
    try:
        document = read_yaml_bytes(draft.overlay().encode(), findings[0].file if findings else "")
    except InputError:  # what was typed cannot even be written: its place is not known
        return tuple(Fault(finding) for finding in findings)
    return tuple(_placed(draft, document, finding) for finding in findings)


def _placed(draft: Draft, document: Document, finding: Finding) -> Fault:
    if finding.file != document.file:
        return Fault(finding)
    last = max((line for line in document.lines.values() if line <= finding.line), default=0)
    places = [path for path, line in document.lines.items() if line == last]
    held = [clause for clause in draft.told if any(path[: len(steps)] == steps for path in places for steps in (steps_of(clause),))]
    clause = max(held, key=len, default=None)
    if clause is None:
        return Fault(finding)
    written = {".".join(map(str, path[len(steps_of(clause)) :])) for path in places}
    key = finding.fields.get("key")  # what names no key may come of something else that was turned
    turned = [path for of, path in draft.values if of == clause and path in written and path.rpartition(".")[2] == key]
    return Fault(finding, clause, turned[0] if len(turned) == 1 else None)
