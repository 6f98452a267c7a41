"""How fast a register of a whole province is read and measured, on one core.

``.venv/bin/python benchmarks/measure.py`` writes a list of made-up people (128,795 in units of 3 to 120, over ten years, one row for each year and person)
and prints one JSON object: rows, the seconds of reading, of measuring with all intervals, and of the whole command, start of Python included, on the clock and of
the processor, which others on the machine do not lengthen. The seed is fixed; seconds depend on the machine.
"""

# ruff: noqa: INP001 - a script beside the house, not a room of it
from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator._types import IndexArray

SEED = 20250921
N_MEMBERS = 128_795
N_YEARS = 10
FIRST_YEAR = 2015
SMALLEST, LARGEST = 3, 120
SHARE_AWARDED = 0.15
SHARE_LEADING = 0.15
TURNOVER = 0.08


def unit_sizes(n_members: int, luck: np.random.Generator) -> IndexArray:
    """Draw sizes, small units more often than large ones, that add up."""
    sizes = np.exp(luck.uniform(np.log(SMALLEST), np.log(LARGEST + 1), n_members)).astype(np.int64)
    sizes = sizes[: int(np.searchsorted(np.cumsum(sizes), n_members)) + 1]
    sizes[-1] -= sizes.sum() - n_members
    return sizes


def write_register(path: Path, n_members: int = N_MEMBERS, n_years: int = N_YEARS, seed: int = SEED) -> int:
    """Write a list with merit, posts, levels, dates and tracks; the best are awarded through some noise. Return its rows."""
    luck = np.random.default_rng(seed)
    sizes = unit_sizes(n_members, luck)
    unit = np.repeat(np.arange(len(sizes)), sizes)
    starts = np.cumsum(sizes) - sizes
    place = np.arange(n_members) - np.repeat(starts, sizes)
    of_unit = np.repeat(sizes, sizes)
    n_leading = np.maximum(1, np.rint(SHARE_LEADING * of_unit))
    role = np.where(place == 0, "head", np.where(place < n_leading, "deputy", np.where(luck.random(n_members) < 0.3, "staff", "direct")))  # noqa: PLR2004
    n_places = np.maximum(1, np.rint(SHARE_AWARDED * of_unit))
    person, next_person = np.arange(n_members), n_members
    ability = luck.standard_normal(n_members)
    is_first = True
    n_rows = 0
    for year in range(FIRST_YEAR, FIRST_YEAR + n_years):
        gone = np.flatnonzero(luck.random(n_members) < TURNOVER) if not is_first else np.empty(0, dtype=np.int64)
        person[gone] = np.arange(next_person, next_person + len(gone))
        next_person += len(gone)
        ability[gone] = luck.standard_normal(len(gone))
        merit = 0.8 * ability + 0.6 * luck.standard_normal(n_members)
        seen = merit + 0.5 * (place < n_leading) + luck.standard_normal(n_members)
        order = np.lexsort((-seen, unit))
        rank = np.empty(n_members, dtype=np.int64)
        rank[order] = np.arange(n_members) - np.repeat(starts, sizes)
        is_awarded = rank < n_places
        day = np.where(is_awarded, str(year) + "-12-" + pd.Series(luck.integers(1, 29, n_members)).astype(str).str.zfill(2), "")
        rows = pd.DataFrame(
            {
                "year": year,
                "unit_id": "U" + pd.Series(unit).astype(str),
                "member_id": "P" + pd.Series(person).astype(str),
                "role": role,
                "award": np.where(is_awarded, "chien-si-thi-dua-co-so", ""),
                "merit": np.char.mod("%.3f", merit),
                "post_rank": place + 1,
                "level": np.where(is_awarded, "2", ""),
                "awarded_on": day,
                "track": np.where(is_awarded, "annual", ""),
            }
        )
        rows.to_csv(path, mode="w" if is_first else "a", header=is_first, index=False, encoding="utf-8", lineterminator="\n")
        n_rows += len(rows)
        is_first = False
    return n_rows


def seconds_of(work: Callable[[], Any]) -> tuple[float, Any]:
    """Take the seconds of something, and what it gives."""
    start = time.perf_counter()
    given = work()
    return round(time.perf_counter() - start, 3), given


def main() -> int:
    """Measure, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=N_MEMBERS)
    parser.add_argument("--years", type=int, default=N_YEARS)
    given = parser.parse_args()
    from simulator.indicators.measurement import measure  # noqa: PLC0415 - loaded before anything is timed, after the arguments
    from simulator.indicators.register import read_register  # noqa: PLC0415 - as above

    with TemporaryDirectory() as folder:
        file = Path(folder) / "register.csv"
        n_rows = write_register(file, given.members, given.years)
        n_bytes = file.stat().st_size
        reading, history = seconds_of(lambda: read_register(file))
        measuring, _ = seconds_of(lambda: measure(history))
        one_core = os.environ | dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        command = [sys.executable, "-m", "simulator", "measure", str(file), "--json"]
        before = os.times()
        whole, _ = seconds_of(lambda: subprocess.run(command, check=True, capture_output=True, env=one_core))  # noqa: S603 - this project's own command
        after = os.times()
    of_processor = round(after.children_user + after.children_system - before.children_user - before.children_system, 3)
    measured = {
        "rows": n_rows,
        "bytes": n_bytes,
        "reading_seconds": reading,
        "measuring_seconds": measuring,
        "command_seconds": whole,
        "command_processor_seconds": of_processor,
    }
    sys.stdout.write(json.dumps(measured, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
