from __future__ import annotations

import hashlib

import pytest

from simulator.errors import RunError
from simulator.reporting.opening import open_report
from tests.reporting.specimen import evidence_of


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
