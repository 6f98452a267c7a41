"""Notebooks executed where a test is: the same cells and what they show, without a kernel, which takes longer to start than most of them to run."""

from __future__ import annotations

import ast

import nbformat
from IPython.core.formatters import DisplayFormatter
from nbformat.v4 import new_output


def execute_here(path, parameters):
    """Execute the cells of a notebook one after the other, in names of their own, with some parameters for those it has.

    What the last line of a cell gives is kept as a kernel would show it; nothing else a cell may show, so none that is executed here prints or displays.
    """
    notebook, names = nbformat.read(path, as_version=4), {}
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        *lines, last = ast.parse(cell.source).body
        is_shown = isinstance(last, ast.Expr)
        exec(compile(ast.Module(lines if is_shown else [*lines, last], []), "<cell>", "exec"), names)  # noqa: S102 - a page of this house
        if is_shown:
            given = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)  # noqa: S307 - the same
            data, metadata = DisplayFormatter().format(given)
            cell.outputs = [new_output("execute_result", data, metadata=metadata)]
        if "parameters" in cell.metadata.get("tags", []):
            assert parameters.keys() <= names.keys()
            names.update(parameters)
    return notebook
