"""Small report templates, right and wrong, for the tests of reporting."""

from __future__ import annotations

import nbformat

PARAMETERS = 'evidence = ""  # path\nsha256 = ""  # digest\nlang = "vi"  # language\ndate = ""  # date'


def template(path, *cells, parameters=PARAMETERS, tags=("parameters",)):
    """Write a template of these code cells after its parameters cell and return its path."""
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in (parameters, *cells)]
    notebook.cells[0].metadata["tags"] = list(tags)
    nbformat.write(notebook, path)
    return path
