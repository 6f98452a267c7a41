"""What is told without a kernel is what a kernel tells."""

from __future__ import annotations

import pytest

from simulator.reporting.publishing import find_template, tell
from tests.reporting.notebooks import template
from tests.reporting.registers import evidence_of_register, write_register
from tests.reporting.specimen import evidence_of
from tests.reporting.telling import telling_here


def made(kind, folder):
    """Give the evidence of a report."""
    if kind == "scenario":
        return evidence_of(lang="en", date="2026-01-05")
    return evidence_of_register(write_register(folder / "list.csv", units=2, years=[2020, 2021]))


# Of a set, a report told with and one told without are compared in pages/test_criteria.py.
@pytest.mark.parametrize("kind", ["scenario", pytest.param("register", marks=pytest.mark.deep)])
def test_a_template_tells_the_same_with_and_without_a_kernel(kind, tmp_path):
    evidence, page = made(kind, tmp_path), find_template(kind, tmp_path)
    steps, steps_here = [], []
    by_kernel = tell(evidence, page, progress=lambda *step: steps.append(step))
    with telling_here():
        assert tell(evidence, page, progress=lambda *step: steps_here.append(step)) == by_kernel
    assert steps_here == steps


@pytest.mark.usefixtures("_told_here")
def test_without_a_kernel_a_cell_that_fails_is_an_error_too(tmp_path):
    with pytest.raises(ZeroDivisionError):
        tell(evidence_of(), template(tmp_path / "t.ipynb", "1 / 0"))
