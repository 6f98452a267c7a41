"""Templates executed where a test is: the same cells and what they show, without a kernel.

A kernel takes several times as long to start as a report to be told. That one gives the same is proved in ``test_telling.py``.
"""

from __future__ import annotations

import ast
import json
from contextlib import contextmanager, nullcontext
from itertools import count

import pytest

from simulator.reporting.notebooks import nbformat
from simulator.reporting.render import check_template, n_cells


def render_here(template, parameters, *, progress=None, **_limits):
    """Execute a template as ``render_report`` does, in names of its own."""
    check_template(template)
    notebook, names = nbformat.read(template, as_version=4), {}
    tell_step = _steps(n_cells(template), progress)
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source.strip():
            _run_cell(cell, names)
            tell_step()
        if "parameters" in cell.metadata.get("tags", []):
            names.update(parameters.model_dump())
            tell_step()
    return notebook


def _steps(total, progress):
    """Give what tells of each cell, and tell that none is done."""
    if progress is None:
        return lambda: None
    progress(0, total)
    done = count(1)
    return lambda: progress(next(done), total)


def _run_cell(cell, names):
    """Execute a cell, and keep what its last line shows, if anything, as it travels from a kernel."""
    body = ast.parse(cell.source).body
    if not body:  # nothing but comments
        return
    *lines, last = body
    exec(compile(ast.Module([*lines, last] if not isinstance(last, ast.Expr) else lines, []), "<cell>", "exec"), names)  # noqa: S102  # of this house
    shown = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names) if isinstance(last, ast.Expr) else None  # noqa: S307  # the same
    if shown is not None:
        cell.outputs = [nbformat.v4.new_output("display_data", json.loads(json.dumps(shown._repr_mimebundle_())))]


@contextmanager
def telling_here():
    """Let reports be told without a kernel, and none be started ahead."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("simulator.reporting.kernels.kernel_ahead", nullcontext)
        patch.setattr("simulator.reporting.publishing.render_report", render_here)
        yield
