"""Open what a report stands on, inside its template."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.errors import RunError
from simulator.reporting.evidence.contents import CriteriaEvidence, RegisterEvidence, read_evidence
from simulator.reporting.pages.criteria import CriteriaPages
from simulator.reporting.pages.register import RegisterPages
from simulator.reporting.pages.scenario import ScenarioPages

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang


def open_report(evidence: str, sha256: str, lang: Lang = "vi", date: str = "") -> ScenarioPages | CriteriaPages | RegisterPages:
    """Open the results a report is about, and refuse a file that is not the one that was announced.

    Parameters
    ----------
    evidence
        Path of the file with the results.
    sha256
        Digest the file must have.
    lang
        Language of the report.
    date
        ISO date printed on the report; the scenario's own, or a blank line, when empty.

    Returns
    -------
        The pages of that kind of report: one method a section.
    """
    content = Path(evidence).read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        message = f"the results file has the digest {found}, but {sha256} was announced: it was changed after the simulation"
        raise RunError(message)
    told = read_evidence(content.decode("utf-8"))
    if isinstance(told, CriteriaEvidence):
        return CriteriaPages(told, lang, date)
    if isinstance(told, RegisterEvidence):
        return RegisterPages(told, lang, date)
    return ScenarioPages(told, lang, date)
