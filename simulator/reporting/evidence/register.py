"""Measure an award list for a report, and keep of it only what may leave the office.

The complete numbers are for the office itself (``tieuchi measure``). A report goes to others, so counts under five, units with one leader, and whatever would give them
away are left out of every report. One that is asked for as anonymous leaves out still more: all numbers of single years, which this year's report and last year's
would give by subtraction, the lines of the files, and their hashes, with which a guess at a small file could be confirmed.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from simulator.errors import InputError
from simulator.experiments.results.comparison import Provenance
from simulator.experiments.scenarios.description import commit_of_source, package_versions
from simulator.indicators.measurement import N_BOOTSTRAP_DRAWS, measure
from simulator.indicators.yearly import N_DRAWS, count_awards, measure_by_year
from simulator.presentation.registers.anonymity import HIDDEN
from simulator.presentation.registers.measurement_anonymity import anonymous_measurement
from simulator.presentation.registers.register_contents import ReadingRemark, contents_of
from simulator.presentation.registers.yearly_anonymity import told_counts, told_years, without_telling_growth
from simulator.reporting.evidence.contents import Asked, RegisterEvidence
from simulator.rules.award_names import award_title
from simulator.workbook.registers import read_register
from simulator.workspace import find_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulator.errors import Finding

_LINES: Final = ("line", "lines")
"""Ends of the names of fields that tell lines of a file."""


def register_evidence(
    register: Path,
    *,
    asked: Asked,
    headcount: Path | None = None,
    succession: Path | None = None,
    award: str | None = None,
    workspace: Path | None = None,
    tell: Callable[[Finding], None] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> RegisterEvidence:
    """Read and measure an award list.

    Parameters
    ----------
    register, headcount, succession, award, workspace
        As :func:`~simulator.workbook.registers.read_register` takes them.
    asked
        How the report is wanted; ``seed`` is that of the bootstrap. Its subject is not used, as the name of a file may be a person's.
    tell
        Takes what asks for a second look, with the names of the files.
    progress
        Called with (done, total) after each family of indicators.

    Raises
    ------
    InputError
        When a file cannot be used.
    """
    files = {name: path for name, path in (("register", register), ("headcount", headcount), ("succession", succession)) if path is not None}
    found: list[Finding] = []
    history = read_register(
        register, headcount=headcount, succession=succession, award=award, on_warning=found.append, workspace=workspace, is_complete=asked.is_complete
    )
    for finding in found if tell is not None else ():
        tell(finding)  # type: ignore[misc]  # told only where somebody listens
    seed = asked.seed or 0
    measured = measure(history, seed=seed, progress=progress)
    counted = count_awards(history)
    told = anonymous_measurement(measured, history)
    years = tuple(told_years(measure_by_year(history, seed=seed), history, told))
    by_year = () if asked.is_anonymous else years
    hashes = {name: _sha256(path) for name, path in files.items()}
    return RegisterEvidence(
        asked=replace(asked, subject=""),
        measurement=without_telling_growth(told, years, counted),
        award_title=_title_of(told.award, workspace),
        contents=contents_of(history, has_succession=succession is not None),
        remarks=tuple(_remarks(found, files, with_lines=not asked.is_anonymous)),
        by_year=by_year,
        counts=tuple(told_counts(each, by_year) for each in counted) if by_year else (),
        n_draws=N_BOOTSTRAP_DRAWS,
        n_draws_by_year=N_DRAWS,
        provenance=Provenance(package_versions(), commit_of_source(), {} if asked.is_anonymous else hashes, [seed]),
    )


def _remarks(found: list[Finding], files: Mapping[str, Path], *, with_lines: bool) -> list[ReadingRemark]:
    """Tell what was found without telling in which file, beyond what that file is."""
    names = {Path(path).as_posix(): name for name, path in files.items()}
    remarks = []
    for finding in found:
        fields = {name: value if with_lines or not name.endswith(_LINES) else HIDDEN for name, value in finding.fields.items()}
        remarks.append(ReadingRemark(names.get(finding.file, "register"), finding.line if with_lines else None, finding.code, fields))
    return remarks


def _sha256(path: Path) -> str:
    with Path(path).open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _title_of(award: str, workspace: Path | None) -> dict[str, str] | None:
    """Look up what the criteria call an award; a list can be measured without any law at hand."""
    try:
        return award_title(award, find_workspace(explicit=workspace))
    except InputError:
        return None
