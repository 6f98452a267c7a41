"""What a notebook may contain: it tells, chooses and shows; it does not compute."""

from __future__ import annotations

import ast
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted([*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "reports" / "templates").glob("*.ipynb")])
MOST_CELLS, MOST_LINES = 30, 12
MOST_CELLS_OF_A_TEMPLATE = 44  # a report has as many sections as an official asks for, each with a sentence and one line of code
LANDING = "00_start_here.ipynb"
BESIDE = {path.stem for path in (ROOT / "notebooks").glob("*.py")}  # what a user writes lies beside the tour that uses it
DOORS = {"simulator", "simulator.widgets", *BESIDE}
COMPUTING = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.For,
    ast.While,
    ast.ListComp,
    ast.DictComp,
    ast.SetComp,
    ast.GeneratorExp,
)
VIETNAMESE = re.compile(r"[ạảãàáâậầấẩẫăắằặẳẵđêềếệểễôồốộổỗơờớợởỡưừứựửữịỉĩìíụủũùúỵỷỹỳý]", re.IGNORECASE)

UNOFFICIAL = re.compile(r"(?<!\*)\bchạy\b", re.IGNORECASE)
"""A word no office uses for what is worked out; in the menu of JupyterLab, set in italics, it stands as it is called there."""


def problems_of_landing(notebook):
    """Return what a page that only shows the way may not have: it has nothing to run, so it needs neither parameters nor an end that says what was run."""
    found = [problem for problem in problems_of_form(notebook) if "parameters" not in problem and "provenance" not in problem]
    return [*found, *("has code" for _ in code_cells(notebook))]


def problems(notebook):
    """Return everything about a notebook that the house does not allow."""
    return [*problems_of_form(notebook), *(f"{cell.get('id')}: {problem}" for cell in code_cells(notebook) for problem in problems_of_code(cell))]


def problems_of_form(notebook):
    cells = notebook["cells"]
    if not cells or cells[0]["cell_type"] != "markdown":
        yield "does not open with words"
    elif not {"Câu hỏi", "Question"} <= set(re.findall(r"Câu hỏi|Question", "".join(cells[0]["source"]))):
        yield "does not open with its question in both languages"
    is_template = any("open_report(" in source(cell) for cell in code_cells(notebook))
    if len(cells) > (MOST_CELLS_OF_A_TEMPLATE if is_template else MOST_CELLS):
        yield f"has {len(cells)} cells"
    tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
    if len(tagged) != 1 or tagged[0]["cell_type"] != "code":
        yield "has not exactly one code cell tagged parameters"
    if not code_cells(notebook) or "provenance(" not in source(code_cells(notebook)[-1]):
        yield "does not end with provenance()"
    yield from problems_of_words([source(cell) for cell in cells if cell["cell_type"] == "markdown"])
    for before, after in pairwise(cells):
        if before["cell_type"] == after["cell_type"] == "code" and "parameters" not in before["metadata"].get("tags", []):
            yield f"{after.get('id')} follows another code cell without a sentence between"
    if "widgets" in notebook["metadata"]:
        yield "keeps widget state"


def problems_of_words(words):
    if any(not VIETNAMESE.search(text) or not ("·" in text or re.search(r"\b(the|of|what|and|in|a)\b", text.lower())) for text in words):
        yield "has words in one language only"
    if any(UNOFFICIAL.search(text) for text in words):
        yield "has an unofficial word"


def problems_of_code(cell):
    text = source(cell)
    if cell["outputs"] or cell["execution_count"] is not None:
        yield "keeps outputs"
    if len(text.splitlines()) > MOST_LINES:
        yield f"has {len(text.splitlines())} lines"
    if re.search(r"^\s*[%!]|sys\.path|filterwarnings", text, re.MULTILINE):
        yield "has magic"
    tree = ast.parse(re.sub(r"^\s*[%!].*$", "", text, flags=re.MULTILINE))
    if "parameters" in cell["metadata"].get("tags", []):
        yield from problems_of_parameters(tree, text)
        return
    for node in ast.walk(tree):
        if isinstance(node, COMPUTING):
            yield f"computes ({type(node).__name__})"
        if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and (node.module not in DOORS or node.level)):
            yield "imports past the door"
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
            yield f"holds the number {node.value} outside parameters"
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "/" in node.value:
            yield "holds a path"


def problems_of_parameters(tree, text):
    for node, line in zip(tree.body, text.splitlines(), strict=False):
        if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Constant):
            yield "has a parameter that is no literal"
        if "#" not in line:
            yield "has a parameter without a comment"


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def source(cell):
    return "".join(cell["source"])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_is_a_page_of_the_product(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert (problems_of_landing(notebook) if path.name == LANDING else problems(notebook)) == []


def test_code_on_the_landing_page_is_found():
    notebook = json.loads((ROOT / "notebooks" / LANDING).read_text(encoding="utf-8"))
    notebook["cells"].append({"cell_type": "code", "id": "code", "metadata": {}, "source": ["x"], "outputs": [], "execution_count": None})
    assert problems_of_landing(notebook) == ["has code"]


def test_there_are_notebooks_to_look_at():
    assert {path.name for path in NOTEBOOKS} >= {LANDING, "03_compare_two_rule_sets.ipynb", "scenario.ipynb"}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("def f(): pass", "computes"),
        ("class C: pass", "computes"),
        ("for x in y: x", "computes"),
        ("[x for x in y]", "computes"),
        ("import numpy", "imports"),
        ("from simulator.model import x", "imports"),
        ("quota = 0.15", "number 0.15"),
        ('open("/etc/passwd")', "path"),
        ("%matplotlib inline", "magic"),
        ("!pip install x", "magic"),
        ("\n".join(["x"] * 13), "13 lines"),
    ],
)
def test_what_is_not_allowed_is_found(line, problem):
    notebook = json.loads((ROOT / "notebooks" / "03_compare_two_rule_sets.ipynb").read_text(encoding="utf-8"))
    next(cell for cell in code_cells(notebook) if cell["id"] == "scenario")["source"] = [line]
    assert any(problem in found for found in problems(notebook))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda notebook: notebook["cells"].pop(0), "does not open"),
        (lambda notebook: notebook["cells"].pop(), "provenance"),
        (lambda notebook: notebook["cells"][1]["metadata"].clear(), "tagged parameters"),
        (lambda notebook: notebook["cells"].extend(notebook["cells"][:2] * 10), "cells"),
        (lambda notebook: notebook["cells"][2].update(source=["English only, and nothing else in the cell"]), "one language"),
        (lambda notebook: notebook["cells"][2].update(source=["Muốn chạy cả trang · *to run all of the page*"]), "unofficial word"),
        (lambda notebook: notebook["cells"][3].update(execution_count=1), "outputs"),
        (lambda notebook: notebook["cells"][1].update(source=["years = compute()  # x"]), "no literal"),
        (lambda notebook: notebook["cells"][1].update(source=["years = 3"]), "without a comment"),
        (lambda notebook: notebook["metadata"].update(widgets={}), "widget state"),
        (lambda notebook: notebook["cells"].pop(4), "without a sentence"),
    ],
)
def test_a_form_that_is_not_allowed_is_found(change, problem):
    notebook = json.loads((ROOT / "notebooks" / "03_compare_two_rule_sets.ipynb").read_text(encoding="utf-8"))
    change(notebook)
    assert any(problem in found for found in problems(notebook))
