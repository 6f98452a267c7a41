"""The manifest beside the results: what the file holds, of which program, how it came to be, and what of the folder may be deleted.

It is for people and for scripts that tidy up; the program itself never reads it. It is written when the first result is kept, and when a command ends in order.
"""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from simulator.experiments.runs.code_version import CODE_VERSION, ground
from simulator.experiments.scenarios.description import package_versions
from simulator.experiments.store.results_file import FILE_NAME, FORMAT

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.experiments.store.results_file import ResultsFile

MANIFEST_NAME: Final = "manifest.json"
NAMED_BY: Final = ("rules", "scenario", "assumptions", "seed", "replication", "program")
"""What a result is found by: where any of these differs, it is another result."""
_MOST_FAILURES: Final = 20
_OF_FORMER_FORMATS: Final = "1-*"


def former_folders(folder: Path) -> list[str]:
    """Name what former versions of the program kept, one small file a run: nothing reads it any more."""
    return sorted(path.name for path in folder.glob(_OF_FORMER_FORMATS) if path.is_dir())


def write_manifest(folder: Path, results: ResultsFile) -> None:
    """Write the manifest of a folder, whole or not at all.

    Raises
    ------
    OSError
        If it cannot be written.
    UnusableFileError
        If the results cannot be counted.
    """
    unfinished = folder / f"{MANIFEST_NAME}.{secrets.token_hex(4)}.unfinished"
    try:
        unfinished.write_text(json.dumps(_describe(folder, results), indent=1) + "\n", encoding="ascii", newline="\n")
        os.replace(unfinished, folder / MANIFEST_NAME)  # noqa: PTH105 - Path.replace says the same, and this is the name to look for
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _describe(folder: Path, results: ResultsFile) -> dict[str, Any]:
    counts: dict[str, dict[str, int]] = {}
    for count in results.count():
        of_program = counts.setdefault(count.program, {})
        of_program[count.kind] = count.rows - count.failed
        of_program["failed"] = of_program.get("failed", 0) + count.failed
    others = sorted(program for program in counts if program != CODE_VERSION)
    return {
        "file": FILE_NAME,
        "format": FORMAT,
        "journal_mode": results.journal,
        "named_by": list(NAMED_BY),
        "holds_names_of_people": False,
        "program": {"tieuchi": package_versions()["tieuchi"], "code": CODE_VERSION, "runs_on": ground()},
        "results_by_program": counts,
        "failures": [
            {"scenario": scenario, "name": name, "reason": reason} for scenario, name, reason in results.failed(CODE_VERSION, _MOST_FAILURES)
        ],
        "may_be_deleted": {
            "when_no_command_is_working": [f"{FILE_NAME}*", MANIFEST_NAME],
            "at_any_time": [*sorted(path.name for path in folder.glob("*.damaged-*")), *former_folders(folder)],
        },
        "never_read_by_this_program": others,
    }
