from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest

from simulator.errors import RunError
from simulator.reporting.pages.opening import open_report
from simulator.reporting.pages.register import RegisterPages
from tests.reporting.registers import evidence_of_register, write_register
from tests.reporting.specimen import evidence_of

HEAVY = {"mesa", "scipy.stats", "scipy.optimize", "pandas", "papermill", "typst", "docx", "jinja2"}


@pytest.fixture
def results(tmp_path):
    path = tmp_path / "evidence.json"
    path.write_bytes(evidence_of().to_json().encode())
    return path


def test_the_announced_results_are_opened(results):
    pages = open_report(str(results), hashlib.sha256(results.read_bytes()).hexdigest(), "en", "2026-01-05")
    assert (pages.evidence, pages.lang, pages.date) == (evidence_of(), "en", "2026-01-05")


def test_other_results_are_refused(results):
    digest = hashlib.sha256(results.read_bytes()).hexdigest()
    results.write_bytes(results.read_bytes() + b" ")
    with pytest.raises(RunError, match="was changed after the simulation"):
        open_report(str(results), digest)


def test_the_kernel_of_a_report_loads_neither_the_simulation_nor_what_writes_files():
    code = f"import sys, simulator.reporting.pages.opening\nsys.stdout.write(' '.join(sorted({HEAVY!r} & set(sys.modules))))"
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert finished.stdout == ""


def test_the_results_of_a_list_open_as_its_report(tmp_path):
    evidence = evidence_of_register(write_register(tmp_path / "list.csv", units=3, years=[2020]))
    path = tmp_path / "evidence.json"
    path.write_bytes(evidence.to_json().encode())
    pages = open_report(str(path), hashlib.sha256(path.read_bytes()).hexdigest(), "en")
    assert isinstance(pages, RegisterPages)
    assert pages.evidence == evidence
