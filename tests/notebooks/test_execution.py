"""Every page and template runs from top to bottom, with small parameters, and the first error fails the test.

The workbench, and all of them in the deep tests, run in a fresh kernel. A template of a report does in every report, so in the ordinary suite it is run here without;
and so is the page of the training, which does nothing in its kernel that the workbench does not.
What the tours show is checked in ``test_tours.py``; the landing page has nothing to run.
"""

from __future__ import annotations

import hashlib

import papermill
import pytest

from simulator.reporting.evidence.contents import Asked
from simulator.reporting.evidence.criteria import criteria_evidence
from simulator.reporting.spec import ReportParameters
from simulator.workspace import find_workspace
from tests.notebooks.executed import execute_here
from tests.notebooks.test_shape import LANDING, NOTEBOOKS
from tests.notebooks.test_tours import TOURS
from tests.reporting.notebooks import template
from tests.reporting.registers import evidence_of_register, write_register
from tests.reporting.specimen import evidence_of
from tests.reporting.telling import render_here
from tests.small_hanoi import furnish_small

OF_WIDGETS = ("workbench", "training")


def evidence_for(template, folder, lang):
    """Give what a template tells."""
    asked = Asked("decree-91", lang=lang, date="2026-01-05")
    return {
        "scenario": lambda: evidence_of(lang=lang, date="2026-01-05"),
        "criteria": lambda: criteria_evidence("decree-91", find_workspace(), asked),
        "register": lambda: evidence_of_register(write_register(folder / "list.csv"), lang=lang, date="2026-01-05"),
    }[template]()


def parameters_of(path, folder, lang):
    if path.parent.name == "templates":
        results = folder / "evidence.json"
        results.write_bytes(evidence_for(path.stem, folder, lang).to_json().encode())
        return {"evidence": str(results), "sha256": hashlib.sha256(results.read_bytes()).hexdigest(), "lang": lang, "date": "2026-01-05"}
    return {"replications": 2, "years": 1, "lang": lang} if path.stem == "workbench" else {"lang": lang}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Where the notebooks are run: what they ask for is found in the folder they stand in."""
    return furnish_small(tmp_path_factory.mktemp("place"))


# The cells are the same in both languages, and every page a template shows is laid out in both without a kernel, in tests/reporting/pages.
@pytest.mark.parametrize("path", [path for path in NOTEBOOKS if path not in TOURS and path.name != LANDING], ids=lambda path: path.name)
@pytest.mark.parametrize("lang", ["vi", pytest.param("en", marks=pytest.mark.deep)])
def test_a_notebook_runs_to_its_end(path, lang, place, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(place.root)
    parameters = parameters_of(path, tmp_path, lang)
    if path.parent.name == "templates" and lang == "vi":
        executed = render_here(path, ReportParameters(**parameters))
        assert capsys.readouterr() == ("", "")
    elif path.stem == "training" and lang == "vi":
        executed = execute_here(path, parameters)
        assert capsys.readouterr() == ("", "")
    else:
        executed = papermill.execute_notebook(
            str(path),
            str(tmp_path / "executed.ipynb"),
            parameters=parameters,
            kernel_name="python3",
            progress_bar=False,
            execution_timeout=120,
            start_timeout=60,
        )
    shown = [output for cell in executed.cells for output in cell.get("outputs", [])]
    assert shown
    assert not [output for output in shown if output.output_type in {"error", "stream"}]
    if path.stem in OF_WIDGETS:  # their last words are written when the first picture is, by a callback
        assert all("application/vnd.jupyter.widget-view+json" in output.data for output in shown)
        return
    assert "text/html" in shown[-1].data
    words = {"vi": "Thông tin phục vụ kiểm chứng", "en": "Provenance"}
    assert words[lang] in shown[-1].data["text/plain"]


def test_an_error_in_a_cell_fails(tmp_path):
    """In whatever notebook: here in one that imports nothing, for a template takes seconds to come to its first cell."""
    failing = template(tmp_path / "failing.ipynb", "1 / 0")
    with pytest.raises(papermill.PapermillExecutionError, match="ZeroDivisionError"):
        papermill.execute_notebook(str(failing), str(tmp_path / "executed.ipynb"), kernel_name="python3", progress_bar=False)
