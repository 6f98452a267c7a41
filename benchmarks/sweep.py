"""How well a sweep uses two processes: 200 runs of 50,000 members over 10 years, beside a plain check of what two processes give here at all.

``.venv/bin/python benchmarks/sweep.py`` prints a table on stderr and one JSON object on stdout; ``--runs``, ``--members`` and ``--years`` make it smaller, for
a quick look. The plain check sorts and multiplies in one process and in two, before, between and after: a machine on which that gains less than 1.8 times says
nothing about a sweep. Seconds on the clock hold everything, the start of the processes included.
"""

# ruff: noqa: INP001 - benchmarks stand beside the house, not in it
from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import time
from concurrent.futures import wait
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.experiments.execution.executors import run_plan_with
from simulator.experiments.execution.processes import Processes
from simulator.experiments.runs.plan import plan_replications
from simulator.experiments.runs.results import ReplicationFailure
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.indicators.values import values_of
from simulator.model.model import AwardModel
from simulator.population.generator import generate
from simulator.randomness import child_seed

if TYPE_CHECKING:
    from simulator.experiments.runs.plan import PlannedRun
    from simulator.experiments.scenarios.scenario import Scenario

SCENARIO: Final = "hanoi-2021"
N_RUNS, N_MEMBERS, N_YEARS = 200, 50_000, 10
TWO: Final = 2
LEAST_GAIN: Final = 1.8
LEAST_EFFICIENCY: Final = 0.75
_N_CHECKED: Final = 8
_N_SORTED: Final = 2_000_000


def live_once(scenario: Scenario, replication: int) -> dict[str, Any]:
    """Live through the years once and measure all indicators; say who did it and how much memory that process has ever held."""
    seed = child_seed(scenario.seed, replication)
    population = generate(scenario.population)
    with AwardModel(population, scenario.baseline, scenario.behaviour, seed=seed, focus_award=scenario.focus_award, collects=False) as model:
        model.run(scenario.years)
        values, _ = values_of(model.history(base_salary=scenario.base_salary, with_references=False), with_course=False)
    return {"values": values, "process": os.getpid(), "peak_bytes": peak_bytes()}


def peak_bytes() -> int | None:
    """Tell the most memory this process has ever held; nobody tells on Windows."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def plan_of(runs: int, members: int, years: int) -> list[PlannedRun]:
    """Plan so many runs: every option of the scenario on the same people and luck."""
    scenario = load_scenario(SCENARIO)
    spec = scenario.population
    share = members / sum(kind.units * kind.mean_size for kind in spec.kinds.values())
    kinds = {name: kind.model_copy(update={"units": max(1, round(kind.units * share))}) for name, kind in spec.kinds.items()}
    replications = max(2, -(-runs // len(scenario.options)))
    one = replace(scenario, population=spec.model_copy(update={"kinds": kinds})).with_(years=years, replications=replications)
    return plan_replications(*(replace(one, baseline=option.criteria) for option in scenario.options))[:runs]


def sweep(plan: list[PlannedRun], workers: int) -> tuple[float, list[dict[str, Any]]]:
    """Run a plan; return the seconds and the results in order.

    Raises
    ------
    RuntimeError
        If a run failed.
    """
    started = time.perf_counter()
    results = dict(run_plan_with(live_once, plan, workers=workers))
    seconds = time.perf_counter() - started
    failed = [result.error for result in results.values() if isinstance(result, ReplicationFailure)]
    if failed:
        raise RuntimeError(failed[0])
    return seconds, [results[position] for position in range(len(plan))]  # type: ignore[misc]


def work(seed: int) -> float:
    """Do what any number cruncher does: sort, multiply, add up."""
    luck = np.random.default_rng(seed)
    numbers = luck.random(_N_SORTED)
    numbers.sort()
    return float(np.exp(numbers * 0.5).sum())


def gain_of_two() -> float:
    """Measure how many times as fast two processes are as one, at work that has nothing to share."""
    seconds = []
    for workers in (1, TWO):
        with Processes(workers) as crew:
            wait([crew.submit(work, seed) for seed in range(2 * workers)])
            started = time.perf_counter()
            wait([crew.submit(work, seed) for seed in range(_N_CHECKED)])
            seconds.append(time.perf_counter() - started)
    return seconds[0] / seconds[1]


def growth_of(results: list[dict[str, Any]]) -> int | None:
    """Tell how much the peak of a process grew from its second run to its last, at the most; memory that is flat grows by nothing."""
    by_process: dict[int, list[int]] = {}
    for result in results:
        if result["peak_bytes"] is None:
            return None
        by_process.setdefault(result["process"], []).append(result["peak_bytes"])
    return max((max(peaks) - sorted(peaks)[1] for peaks in by_process.values() if len(peaks) > 1), default=0)


def measure_all(runs: int = N_RUNS, members: int = N_MEMBERS, years: int = N_YEARS) -> dict[str, Any]:
    """Measure everything, and judge it."""
    plan = plan_of(runs, members, years)
    gains = [gain_of_two()]
    one, alone = sweep(plan, 1)
    gains.append(gain_of_two())
    two, together = sweep(plan, TWO)
    gains.append(gain_of_two())
    gain, efficiency = statistics.median(gains), one / two / TWO
    return {
        "runs": len(plan),
        "members": members,
        "years": years,
        "seconds_one_process": one,
        "seconds_two_processes": two,
        "speed_up": one / two,
        "efficiency": efficiency,
        "plain_check": gains,
        "same_bit_for_bit": repr([result["values"] for result in alone]) == repr([result["values"] for result in together]),
        "growth_bytes": growth_of(together),
        "peak_bytes": max((result["peak_bytes"] or 0) for result in together) or None,
        "verdict": "the machine does not say" if gain < LEAST_GAIN else "met" if efficiency >= LEAST_EFFICIENCY else "missed",
        "python": platform.python_version(),
        "processors": os.cpu_count(),
    }


def table_of(measured: dict[str, Any]) -> str:
    """Lay the figures out for a reader."""
    megabytes = "–" if measured["growth_bytes"] is None else f"{measured['growth_bytes'] / 1e6:.0f} MB of {measured['peak_bytes'] / 1e6:.0f} MB"
    rows = [
        ("runs × members × years", f"{measured['runs']} × {measured['members']} × {measured['years']}"),
        ("one process, s", f"{measured['seconds_one_process']:.1f}"),
        ("two processes, s", f"{measured['seconds_two_processes']:.1f}"),
        ("speed-up", f"{measured['speed_up']:.2f}"),
        (f"efficiency (wanted: {LEAST_EFFICIENCY})", f"{measured['efficiency']:.2f}"),
        (f"plain check (wanted: {LEAST_GAIN})", ", ".join(f"{gain:.2f}" for gain in measured["plain_check"])),
        ("the same bit for bit", str(measured["same_bit_for_bit"]).lower()),
        ("growth of a process over the sweep", megabytes),
        ("verdict", measured["verdict"]),
    ]
    width = max(len(name) for name, _ in rows)
    return "".join(f"{name.ljust(width)}  {value}\n" for name, value in rows)


def main() -> int:
    """Measure, and print the table and the JSON."""
    reader = argparse.ArgumentParser(description="Measure how well a sweep uses two processes.")
    for name, default in (("runs", N_RUNS), ("members", N_MEMBERS), ("years", N_YEARS)):
        reader.add_argument(f"--{name}", type=int, default=default)
    asked = reader.parse_args()
    measured = measure_all(asked.runs, asked.members, asked.years)
    sys.stderr.write(table_of(measured))
    sys.stdout.write(json.dumps(measured, indent=2) + "\n")
    return 0 if measured["same_bit_for_bit"] and measured["verdict"] != "missed" else 1


if __name__ == "__main__":
    os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    sys.exit(main())
