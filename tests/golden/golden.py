"""Golden results of the shipped scenarios: small runs whose every number and every award is written down.

They change only on purpose: ``python -m tests.golden.golden "why"`` writes them anew and keeps the reason.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.experiments.runs.compliance import N_REPLICATIONS
from simulator.experiments.runs.run import awards_fingerprint, run_replication, simulate
from simulator.experiments.scenarios.scenario import load_scenario

if TYPE_CHECKING:
    from simulator.experiments.scenarios.scenario import Scenario

FOLDER = Path(__file__).parent
SCENARIOS = (
    "hanoi-2021",
    "regimes-2013-2026",
    "law-2026-and-or",
    "epidemic-front-line",
    "direct-worker-floor",
    "ladder-or-three-of-five",
    "clusters-and-flags",
    "enterprises",
    "year-end-or-continuous",
)
COLUMNS = ("option", "name", "value")
AWARDS = "awards"
REPLICATION = N_REPLICATIONS
"""The first that runs each option only once: those before it also sweep over compliance, which is proved elsewhere."""


def small(name: str) -> Scenario:
    """Load a scenario shortened to what a test can afford."""
    return load_scenario(name).with_(years=4, warm_up_years=4, replications=2)


def compute(name: str) -> list[tuple[str, str, str]]:
    """Run a shortened scenario: every indicator of every option, and a fingerprint of all awards."""
    scenario = small(name)
    run = run_replication(scenario, REPLICATION)
    rows = []
    for option in scenario.options:
        of_option = run.by_rules[option.key]
        rows += [(option.id, indicator, f"{value:.15g}") for indicator, value in of_option.values.items()]
        rows += [(option.id, f"lawful.{indicator}", f"{value:.15g}") for indicator, value in of_option.lawful_best.items()]
        rows.append((option.id, AWARDS, awards_fingerprint(simulate(scenario, option.id, replication=REPLICATION))))
    return rows


def read(name: str) -> list[tuple[str, str, str]]:
    """Read the golden results of a scenario."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in list(csv.reader(file))[1:]]


def write(name: str, why: str) -> None:
    """Write golden results anew, and the reason beside them."""
    with (FOLDER / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([COLUMNS, *compute(name)])
    with (FOLDER / "REASONS.md").open("a", encoding="utf-8", newline="") as file:
        file.write(f"- `{name}`: {why}\n")


def differences(name: str) -> list[str]:
    """Compare a fresh run with the golden one: awards to the last, numbers to 1e-12."""
    found = []
    for fresh, golden in zip(compute(name), read(name), strict=True):
        if fresh[:2] != golden[:2]:
            found.append(f"{fresh[:2]} stands where {golden[:2]} stood")
        elif fresh[2] != golden[2] and (fresh[1] == AWARDS or not abs(float(fresh[2]) - float(golden[2])) <= 1e-12):
            found.append(f"{fresh[0]} {fresh[1]}: {fresh[2]} instead of {golden[2]}")
    return found


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].strip():
        sys.exit('usage: python -m tests.golden.golden "why the results change"')
    for scenario_name in SCENARIOS:
        write(scenario_name, sys.argv[1])
