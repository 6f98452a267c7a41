"""How fast the engine is, beside an ordinary model of one object a member and beside what the machine itself can do.

``.venv/bin/python benchmarks/engine.py`` prints one JSON object, and ``--write`` writes ``benchmarks/results.md``, too; ``tieuchi bench`` shows the same as a table.
``--full`` takes many minutes and some gigabytes: a million objects, and the whole country. Every measurement has a process of its own
(:mod:`benchmarks.measuring`); the kernels of :mod:`benchmarks.calibration` run before, between and after.
"""

# ruff: noqa: INP001 - benchmarks stand beside the house, not in it
from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from importlib.metadata import version
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

HERE: Final = Path(__file__).resolve().parent
RESULTS: Final = HERE / "results.md"
OBJECTS: Final = "object_model"
HANOI, COUNTRY = 128_795, 2_230_000
YEARS, LONG_YEARS = 12, 15
FEWEST_OF_OBJECTS: Final = 10_000
CHANGED: Final = "plan-115-and-letter-3959"
Job = tuple[str, dict[str, Any]]


def plan_of(*, is_full: bool = False, members: int | None = None, has_objects: bool = True) -> list[Job]:
    """List what is measured: kind and arguments.

    Parameters
    ----------
    is_full
        With the large populations and the options.
    members
        Only the engine and the object model, at this size.
    has_objects
        Whether the object model is at hand.
    """
    if members is not None:
        return _engine(members) + (_objects(min(members, FEWEST_OF_OBJECTS)) if has_objects else [])
    jobs = _engine(10_000) + _engine(100_000)
    jobs += _objects(FEWEST_OF_OBJECTS) if has_objects else []
    jobs += [
        ("memory", {"members": 100_000}),
        ("stages", {"members": 100_000, "years": 6, "repeats": 2}),
        ("engine", {"members": HANOI, "years": LONG_YEARS, "repeats": 2}),
        ("slider", {"members": 2000, "years": 10, "replications": 30, "repeats": 5 if is_full else 3}),
    ]
    if not is_full:
        return jobs
    jobs += [("engine", {"members": 100_000, "years": YEARS, "repeats": 3, "option": option}) for option in ("plan-115", "letter-3959", CHANGED)]
    jobs += [*_engine(1_000_000), *_engine(2_000_000), ("memory", {"members": 1_000_000})]
    jobs += [*_objects(100_000), *_objects(1_000_000)] if has_objects else []
    return [*jobs, ("engine", {"members": COUNTRY, "years": LONG_YEARS, "repeats": 1})]


def _engine(members: int) -> list[Job]:
    repeats = 7 if members <= 20_000 else 3 if members <= 200_000 else 2  # noqa: PLR2004 - about a few seconds each
    return [("engine", {"members": members, "years": YEARS, "repeats": repeats})]


def _objects(members: int) -> list[Job]:
    """Measure fewer years and repeats of more objects."""
    years, repeats = (3, 3) if members <= 20_000 else (3, 1) if members <= 200_000 else (1, 1)  # noqa: PLR2004 - up to a minute
    return [("object-model", {"members": members, "years": years, "repeats": repeats})]


def measure_all(
    *, is_full: bool = False, members: int | None = None, tell: Callable[[int, int], None] | None = None, kernels: dict[str, int] | None = None
) -> dict[str, Any]:
    """Measure, and give plain values for strict JSON.

    Parameters
    ----------
    is_full, members
        As in :func:`plan_of`.
    tell
        Called with (done, total) after each measurement.
    kernels
        Sizes of the kernels, by default those that make figures comparable.
    """
    calibration = _neighbour("calibration")
    has_objects = (HERE / f"{OBJECTS}.py").is_file()
    jobs = plan_of(is_full=is_full, members=members, has_objects=has_objects)
    found: dict[str, list[dict[str, Any]]] = {kind: [] for kind in ("engine", "object-model", "memory", "stages", "slider")}
    failures = []
    rounds = [calibration.run_kernels(**kernels or {})]
    for number, (kind, arguments) in enumerate(jobs, start=1):
        try:
            found[kind].append(run_apart(kind, arguments))
        except (RuntimeError, ValueError) as error:
            failures.append({"measurement": f"{kind} {arguments['members']}", "error": str(error)})
        if number in {(len(jobs) + 1) // 2, len(jobs)}:
            rounds.append(calibration.run_kernels(**kernels or {}))
        if tell is not None:
            tell(number, len(jobs))
    joined = calibration.summarise(rounds)
    scale = joined["reference_sort_ns"] / joined["sort_ns"]
    for run in found["engine"]:
        run["ns_scaled"] = run["ns_per_member_year"] * scale
    compared = ratios(found["engine"], found["object-model"])
    for ratio in compared:
        ratio["ratio_scaled"] = ratio["ratio"] * joined["reference_object_ns"] / joined["object_ns"] / scale
    return {
        "machine": machine(),
        "calibration": joined,
        "engine": found["engine"],
        "object_model": found["object-model"],
        "ratios": compared,
        "memory": found["memory"],
        "stages": found["stages"],
        "slider": found["slider"],
        "missing": [] if has_objects else ["object-model"],
        "failures": failures,
    }


def run_apart(kind: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Measure one thing in a process of its own, on one core.

    Raises
    ------
    RuntimeError
        If it did not come to an end.
    """
    one_core = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    paths = os.pathsep.join(path for path in (str(HERE.parent), os.environ.get("PYTHONPATH")) if path)
    command = [sys.executable, str(HERE / "measuring.py"), kind, json.dumps(arguments)]
    finished = subprocess.run(  # noqa: S603 - this project's own file
        command, capture_output=True, text=True, encoding="utf-8", check=False, env=os.environ | one_core | {"PYTHONPATH": paths, "PYTHONUTF8": "1"}
    )
    if finished.returncode != 0:
        last = finished.stderr.strip().splitlines()[-1:] or [f"exit {finished.returncode}"]
        raise RuntimeError(last[0])
    measured: dict[str, Any] = json.loads(finished.stdout)
    return measured


def ratios(engine: list[dict[str, Any]], objects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Set the object model against the engine: both with the indicators, which are the same code on the same table.

    Where the object model was not run at a size, its nearest smaller run stands for it; a larger one would be slower, not faster.
    """
    found = []
    for run in (one for one in engine if one["rules"] == engine[0]["rules"] and one["years"] == YEARS):
        smaller = [one for one in objects if one["members"] <= run["members"]]
        if smaller:
            nearest = max(smaller, key=lambda one: one["members"])
            object_ns = nearest["model_ns"] + run["indicators_ns"]
            found.append(
                {
                    "members": run["members"],
                    "object_members": nearest["members"],
                    "object_years": nearest["years"],
                    "object_ns": object_ns,
                    "ratio": object_ns / run["ns_per_member_year"],
                    "ratio_without_indicators": nearest["model_ns"] / run["model_ns"],
                    "is_extrapolated": nearest["members"] != run["members"],
                }
            )
    return found


def machine() -> dict[str, Any]:
    """Say what it was measured on, without naming the machine."""
    return {
        "system": platform.system(),
        "architecture": platform.machine(),
        "n_processors": os.cpu_count(),
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "mesa": version("mesa"),
    }


def _neighbour(name: str) -> Any:
    """Load a file that stands beside this one; the folder is no package of the house."""
    spec = spec_from_file_location(f"benchmarks_{name}", HERE / f"{name}.py")
    assert spec is not None and spec.loader is not None, name  # noqa: S101, PT018 - it stands beside this file
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write_page(measured: dict[str, Any], arguments: str) -> str:
    """Write what was measured as Markdown."""
    from simulator.presentation.speed_table import draw_speed  # noqa: PLC0415 - only for the page

    table = draw_speed(measured, "en")
    lines = ["# How fast the engine is", "", f"Written by `benchmarks/engine.py{arguments}`; do not edit by hand.", ""]
    for group in table.groups:
        lines += [f"## {group.title}", "", "| " + " | ".join(table.columns) + " |", "|---" * len(table.columns) + "|"]
        lines += ["| " + " | ".join((row.header, *row.cells)) + " |" for row in group.rows]
        lines.append("")
    return "\n".join([*lines, *(f"- {note}" for note in table.notes)]) + "\n"


def main() -> int:
    """Measure, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--members", type=int)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    measured = measure_all(is_full=given.full, members=given.members, tell=lambda done, total: sys.stderr.write(f"{done}/{total}\n") and None)
    sys.stdout.write(json.dumps(measured, indent=1, allow_nan=False) + "\n")
    if given.write:
        RESULTS.write_text(write_page(measured, " --full --write" if given.full else " --write"), encoding="utf-8", newline="\n")
    return 1 if measured["failures"] else 0


if __name__ == "__main__":
    sys.exit(main())
