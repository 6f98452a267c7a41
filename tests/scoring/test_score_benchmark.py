"""The benchmark of scoring runs, and what it measures is right; how long it takes is nobody's business here."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_benchmark_runs_and_agrees_with_the_plain_reading(capsys, monkeypatch):
    spec = importlib.util.spec_from_file_location("score_benchmark", ROOT / "benchmarks" / "score.py")
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    monkeypatch.setattr(sys, "argv", ["score.py", "--rows", "60", "--criteria", "20"])
    assert benchmark.main() == 0
    measured = json.loads(capsys.readouterr().out)
    assert (measured["rows"], measured["criteria"], measured["same_points"]) == (60, 20, True)
    assert measured["reading_rows"] == 60
