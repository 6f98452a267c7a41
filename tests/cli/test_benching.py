"""``bench``: a small measurement as a table and as strict JSON; nothing here depends on how long anything takes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.cli import benching
from simulator.presentation.i18n import translate

SECONDS = {"calibration", "engine", "object_model", "ratios"}


def refuse(text):
    raise AssertionError(text)


@pytest.fixture(scope="module")
def measured():
    """One measurement of a hundred people, with small kernels."""
    return benching.load_benchmark(benching.PACKAGE).measure_all(members=100, kernels={"n_keys": 20_000, "n_copied": 100_000})


def standing_for(measured, seen):
    """Stand for the file of the benchmark, and remember what it was asked for."""

    class Benchmark:
        @staticmethod
        def measure_all(*, is_full, members, tell):
            seen.append((is_full, members))
            tell(1, 1)
            return measured

    return lambda _package: Benchmark


def test_a_small_measurement_gives_all_parts(measured):
    assert json.loads(json.dumps(measured, allow_nan=False)) == measured
    assert measured["failures"] == measured["missing"] == []
    assert all(measured[part] for part in SECONDS)
    (run,), (ratio,) = measured["engine"], measured["ratios"]
    assert run["ns_per_member_year"] > run["model_ns"] * 0.99
    assert ratio["ratio"] > 0


def test_what_was_asked_for_arrives(run, measured, monkeypatch):
    seen = []
    monkeypatch.setattr(benching, "load_benchmark", standing_for(measured, seen))
    code, out, err = run("bench", "--json")
    assert (code, json.loads(out, parse_constant=refuse)) == (0, measured)
    assert translate("speed.progress", "vi", done="1", total="1") in err
    code, out, _ = run("bench", "--full", "--lang", "en")
    assert (code, out.splitlines()[0]) == (0, translate("speed.caption", "en"))
    assert run("bench", "--members", "500")[0] == 0
    assert seen == [(False, None), (True, None), (False, 500)]


def test_a_measurement_that_failed_is_a_finding(run, measured, monkeypatch):
    failed = {**measured, "failures": [{"measurement": "engine 100", "error": "MemoryError"}]}
    monkeypatch.setattr(benching, "load_benchmark", standing_for(failed, []))
    code, out, _ = run("bench", "--lang", "en")
    assert code == 1
    assert "Not measured: engine 100 (MemoryError)." in out


@pytest.mark.parametrize("words", [["--members", "5"], ["--members", "many"], ["--full", "--members", "500"]])
def test_what_cannot_be_measured_is_refused(run, words):
    code, out, err = run("bench", *words)
    assert (code, out) == (2, "")
    assert "CL001" in err


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_it_says_how_it_is_used(run, lang):
    code, out, _ = run("bench", "--help", "--lang", lang)
    assert code == 0
    assert "bench --members 20000" in out


def test_the_installed_copy_goes_before_a_stranger(tmp_path):
    """A folder named benchmarks may lie beside any installed package."""
    package = tmp_path / "simulator"
    for folder, name in ((tmp_path / "benchmarks", "stranger"), (package / "_shipped" / "benchmarks", "own")):
        folder.mkdir(parents=True)
        Path(folder, "engine.py").write_text(f"name = '{name}'\n", encoding="utf-8")
    assert benching.load_benchmark(package).name == "own"
