"""How fast a scoring table is applied to many nominees, beside a plain reading with fractions, one nominee at a time.

``.venv/bin/python benchmarks/score.py`` prints one JSON object: rows, criteria, the seconds of the arithmetic, of all of scoring with everything a trace
needs (arrays only), the milliseconds of the reasons of one nominee on a sample, the seconds of reading ten thousand rows from a CSV file (apart), and the ratio to the plain reading on a sample. The seed is fixed; seconds depend on the machine,
the ratio hardly does.
"""

# ruff: noqa: INP001 - a script beside the house, not a room of it
from __future__ import annotations

import argparse
import csv
import datetime
import json
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.rules.criteria import CriteriaSet
from simulator.rules.points import iter_parts
from simulator.rules.schema import Header, Rules
from simulator.scoring.exact_points import exact_points
from simulator.scoring.part_columns import criterion_columns, input_columns
from simulator.scoring.point_table import score_table
from simulator.scoring.roster import People, Roster

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.scoring.point_inputs import Inputs
    from simulator.scoring.point_table import TablePoints

SEED = 20250921
N_SAMPLED = 300
N_READ = 10_000
N_EXPLAINED = 2_000
TITLE = {"vi": "tên", "en": "name"}
GROUND = {"title": TITLE, "assumption": {"vi": "đo tốc độ", "en": "to measure speed"}}
KINDS: tuple[dict[str, Any], ...] = (
    {"kind": "proportional"},
    {"kind": "proportional", "target": "own"},
    {"kind": "proportional", "target": 12, "loses": {"points": 0.5, "per_percent": 3}},
    {"kind": "proportional", "target": "own", "loses": {"points": 0.25, "per_percent": 1, "counted": "started-steps"}, "round_to": 0.25},
    {
        "kind": "steps",
        "bands": [{"at_least": 95, "points": 10}, {"at_least": 80, "below": 95, "points": 7}, {"at_least": 60, "below": 80, "points": 4}],
    },
    {"kind": "threshold", "at_least": 70},
    {"kind": "count", "each": 0.5},
    {"kind": "deduct", "events": {"late": {"title": TITLE, "minus": 0.5}, "lost": {"title": TITLE, "minus": 2, "at_most_times": 2}}},
    {"kind": "mark", "by": ["self", "cluster", "standing-body"], "counts": "mean"},
    {"kind": "highest", "levels": {"city": {"title": TITLE, "points": 5}, "state": {"title": TITLE, "points": 10}}},
)


def make_table(n_criteria: int) -> CriteriaSet:
    """Make a table of sections of ten criteria, every kind in turn, with classes that have a floor per criterion and a veto on the mean."""
    points: dict[str, Any] = {}
    for index in range(n_criteria):
        section = points.setdefault(f"s{index // 10}", {"kind": "section", "points": 100, **GROUND, "parts": {}})
        section["parts"][f"c{index}"] = {**KINDS[index % len(KINDS)], "points": 10, **GROUND}
    classes = {
        "excellent": {**GROUND, "at_least": 6 * n_criteria, "requires": {"points": "every-criterion", "at_least_share": 0.01}},
        "good": {**GROUND, "at_least": 5 * n_criteria},
        "rest": GROUND,
    }
    vetoes = {"far-below": {**GROUND, "when": {"points": "total", "below_share_of_mean": 0.6}}}
    rules = Rules.model_validate({"points": points, "classes": classes, "vetoes": vetoes})
    header = Header.model_validate(
        {
            "id": "benchmark",
            "title": TITLE,
            "status": "illustrative",
            "drafting_state": "drafting",
            "valid": {"from": datetime.date(2020, 1, 1)},
            "checked_on": datetime.date(2025, 9, 21),
        }
    )
    return CriteriaSet("benchmark", (header,), rules, ("benchmark.yaml",), {})


def make_roster(table: CriteriaSet, n_rows: int, seed: int = SEED) -> Roster:
    """Make nominees in units of twenty, with numbers of one decimal."""
    luck = np.random.default_rng(seed)
    numbers: dict[str, Any] = {}
    answers: dict[str, Any] = {}
    names = criterion_columns(table.points)
    for path, criterion in iter_parts(table.points):
        if path not in names:
            continue
        for column in input_columns(criterion, names[path]):
            match criterion.kind:
                case "highest":
                    answers[column] = luck.random(n_rows) < 1 / 5
                case "count" | "deduct":
                    numbers[column] = luck.poisson(1, n_rows).astype(np.int64)
                case "mark":
                    numbers[column] = luck.integers(50, 101, n_rows)
                case _:
                    low, high = (900, 1100) if column.endswith(":target") else (60, 121) if getattr(criterion, "target", None) == 12 else (500, 1001)  # noqa: PLR2004
                    numbers[column] = luck.integers(low, high, n_rows)
    empty: tuple[tuple[Any, ...], ...] = ((),) * n_rows
    return Roster(
        people=People(tuple(map(str, range(n_rows))), ("",) * n_rows),
        rows=np.arange(n_rows),
        year=2025,
        on=datetime.date(2025, 12, 15),
        units=tuple(f"u{row // 20}" for row in range(n_rows)),
        clusters=("",) * n_rows,
        numbers=numbers,
        scales={column: int(values.max() > 20) for column, values in numbers.items()},  # noqa: PLR2004
        answers=answers,
        words={},
        given=frozenset([*numbers, *answers, "id", "unit"]),
        awards=empty,
        initiatives=empty,
        disciplined_on=empty,
        achievements=empty,
    )


def score_plainly(table: CriteriaSet, scored: TablePoints, rows: range) -> list[Any]:
    """Add up the points of some nominees with fractions, one after the other."""
    criteria = [(part, scored.points.inputs[path]) for path, part in iter_parts(table.points) if path in scored.points.inputs]
    return [sum(_plain(part, inputs, row) for part, inputs in criteria) for row in rows]


def _plain(part: Any, inputs: Inputs, row: int) -> Any:
    return exact_points(part, inputs.values(row))


def time_whole(table: CriteriaSet, roster: Roster) -> float:
    """Take the seconds of all of scoring: facts, points, classes, vetoes, ranks."""
    from simulator.scoring.scorer import score  # noqa: PLC0415 - the arithmetic can be measured without it

    return min(_seconds_of(lambda: score(table, roster)) for _ in range(3))


def time_reasons(table: CriteriaSet, roster: Roster) -> float:
    """Take the seconds of telling what every nominee lost or failed, as plain data."""
    from simulator.scoring.scorer import score  # noqa: PLC0415 - the arithmetic can be measured without it

    return _seconds_of(score(table, roster).to_json)


def time_reading(table: CriteriaSet, roster: Roster) -> float:
    """Take the seconds of reading the nominees from a CSV file."""
    from simulator.workbook.roster import read_roster  # noqa: PLC0415 - the arithmetic can be measured without it

    columns = {column: [f"{value / 10 ** roster.scales[column]:g}" for value in values.tolist()] for column, values in roster.numbers.items()}
    columns |= {column: ["yes" if answer else "no" for answer in values] for column, values in roster.answers.items()}
    with TemporaryDirectory() as folder:
        file = Path(folder) / "roster.csv"
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["id", "unit", *columns])
            writer.writerows(zip(roster.people.ids, roster.units, *columns.values(), strict=True))
        return _seconds_of(lambda: read_roster(file, table, year=roster.year))


def _seconds_of(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> int:
    """Measure, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--criteria", type=int, default=40)
    parser.add_argument("--reading", action=argparse.BooleanOptionalAction, default=True, help="also read the nominees from a file")
    given = parser.parse_args()
    table = make_table(given.criteria)
    roster = make_roster(table, given.rows)

    def holds(_condition: object) -> Any:
        return np.zeros(given.rows, dtype=np.bool_)

    arithmetic = min(_seconds_of(lambda: score_table(table, roster, holds)) for _ in range(3))
    scored = score_table(table, roster, holds)
    sampled = range(min(N_SAMPLED, given.rows))
    start = time.perf_counter()
    plain = score_plainly(table, scored, sampled)
    plainly = (time.perf_counter() - start) / len(sampled) * given.rows
    n_read, n_explained = min(N_READ, given.rows), min(N_EXPLAINED, given.rows)
    measured = {
        "rows": given.rows,
        "criteria": given.criteria,
        "arithmetic_seconds": round(arithmetic, 3),
        "ranking_seconds": round(_seconds_of(scored.rank_keys), 3),
        "scoring_seconds": round(time_whole(table, roster), 3),
        "reasons_rows": n_explained,
        "reasons_milliseconds_per_nominee": round(time_reasons(table, make_roster(table, n_explained)) / n_explained * 1000, 3),
        "reading_rows": n_read,
        "reading_seconds": round(time_reading(table, make_roster(table, n_read)), 3) if given.reading else None,
        "plain_seconds": round(plainly, 1),
        "times_faster_than_plain": round(plainly / arithmetic),
        "rows_where_points_do_not_end": int((~scored.is_exact()).sum()),
        "same_points": plain == [scored.exact_points(row) for row in sampled],
    }
    sys.stdout.write(json.dumps(measured, indent=2) + "\n")
    return 0 if measured["same_points"] else 1


if __name__ == "__main__":
    sys.exit(main())
