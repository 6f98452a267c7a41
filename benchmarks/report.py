"""What a report costs beyond its simulation, stage by stage, and what many at once cost each.

``.venv/bin/python benchmarks/report.py`` simulates a scenario into a store of its own, then makes one report on it in all forms and ``--reports`` copies in two
processes, and prints one JSON object: seconds of the processor, which others on the machine do not lengthen, children included. ``ratio`` is what to compare
between machines: seconds divided by those of a kernel that is started, runs an empty notebook and is ended.
"""

# ruff: noqa: INP001 - a script beside the house, not a room of it
from __future__ import annotations

import argparse
import json
import resource
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from simulator.experiments.execution.computing import Computing
from simulator.experiments.store.store import Store
from simulator.reporting.delivering import deliver_all
from simulator.reporting.evidence.contents import Asked
from simulator.reporting.evidence.making import Request, make_evidence
from simulator.reporting.forms.numbers_book import write_numbers
from simulator.reporting.forms.redline_files import redline_files
from simulator.reporting.forms.writers import FORMS, WRITERS
from simulator.reporting.notebooks import nbformat, papermill
from simulator.reporting.publishing import find_template, tell
from simulator.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from collections.abc import Callable

SCENARIO: Final = "hanoi-2021"
DATE: Final = "2026-01-05"
N_REPORTS: Final = 20
N_REPLICATIONS: Final = 3
N_WORKERS: Final = 2


def processor_seconds() -> float:
    """Return what this process and its children that have ended took of the processor."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def timed(stages: dict[str, float], name: str, work: Callable[[], Any]) -> Any:
    """Do a piece of work, and note under its name what it took."""
    before = processor_seconds()
    result = work()
    stages[name] = round(processor_seconds() - before, 2)
    return result


def run_empty_notebook(folder: Path) -> None:
    """Start a kernel, let it do nothing, and end it."""
    path = folder / "empty.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("pass")]), path)
    papermill.execute_notebook(str(path), None, kernel_name="python3", progress_bar=False, shutdown_kernel="immediate")


def make_one(workspace: Workspace, computing: Computing, folder: Path) -> dict[str, float]:
    """Make one report whose runs are in the store, and tell what each stage took; ``total`` begins with the start of this program."""
    stages = {"imports": round(processor_seconds(), 2)}
    timed(stages, "a bare kernel", lambda: run_empty_notebook(folder))
    timed(stages, "(runs for the store)", lambda: make_evidence(asked_for(SCENARIO), workspace, computing))
    evidence = timed(stages, "evidence, with the null reform", lambda: make_evidence(asked_for(SCENARIO), workspace, computing))
    outline = timed(stages, "kernel and pages", lambda: tell(evidence, find_template("scenario", workspace.templates)))
    for form in FORMS:
        timed(stages, form, lambda form=form: WRITERS[form](outline, folder / f"report.{form}"))
    timed(stages, "xlsx", lambda: write_numbers(outline, folder / "report.xlsx"))
    timed(stages, "redlines", lambda: [write(folder / name) for name, write in redline_files(evidence)])
    stages["total"] = round(sum(seconds for name, seconds in stages.items() if name not in {"a bare kernel", "(runs for the store)"}), 2)
    return stages


def asked_for(scenario: str) -> Request:
    """Give the request for a report on a scenario, with few replications."""
    return Request("scenario", scenario, Asked("", date=DATE, replications=N_REPLICATIONS))


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=N_REPORTS, help="how many at once")
    n_reports = parser.parse_args().reports
    with tempfile.TemporaryDirectory() as scratch:
        folder, ours = Path(scratch), find_workspace().root
        for name in ("criteria", "scenarios"):
            shutil.copytree(ours / name, folder / name)
        copies = [f"copy-{number}" for number in range(1, n_reports + 1)]
        text = (folder / "scenarios" / f"{SCENARIO}.yaml").read_text(encoding="utf-8")
        for name in copies:
            (folder / "scenarios" / f"{name}.yaml").write_text(text.replace(f"id: {SCENARIO}", f"id: {name}", 1), encoding="utf-8")
        workspace, computing = Workspace(folder), Computing(workers=N_WORKERS, store=Store(folder / "store"))
        stages = make_one(workspace, computing, folder)
        many: dict[str, float] = {}
        requests = [asked_for(name) for name in copies]
        made = timed(many, "all", lambda: deliver_all(requests, workspace, computing, folder / "out", forms=FORMS, lang="vi"))
    kernel = stages["a bare kernel"]
    found = {
        "stages": stages,
        "ratio": round(stages["total"] / kernel, 1),
        "reports_at_once": sum(each.published is not None for each in made),
        "seconds_each": round(many["all"] / n_reports, 2),
        "ratio_each": round(many["all"] / n_reports / kernel, 1),
    }
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    return int(any(each.published is None for each in made))


if __name__ == "__main__":
    sys.exit(main())
