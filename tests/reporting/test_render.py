from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import nbformat
import pytest

from simulator.errors import InputError, RunError
from simulator.reporting.document import SECTION_MIME, Paragraph, Section
from simulator.reporting.render import check_template, collect_sections, n_cells, render_report
from simulator.reporting.spec import ReportParameters
from tests.reporting.notebooks import PARAMETERS, template


@pytest.fixture
def parameters(tmp_path):
    path = tmp_path / "evidence.json"
    path.write_text("{}", encoding="utf-8")
    return ReportParameters(evidence=str(path), sha256="a" * 64, lang="vi", date="2021-11-10")


def codes_of(path):
    with pytest.raises(InputError) as caught:
        check_template(path)
    return [finding.code for finding in caught.value.findings]


def test_a_template_gets_what_it_is_told(tmp_path, parameters):
    notebook = render_report(template(tmp_path / "t.ipynb", "lang, date"), parameters)
    assert notebook.cells[-1].outputs[0].data["text/plain"] == "('vi', '2021-11-10')"


def test_a_parameter_nobody_knows_is_refused_before_anything_runs(tmp_path):
    assert codes_of(template(tmp_path / "t.ipynb", parameters=PARAMETERS + '\nnosuch = ""')) == ["RP102"]


def test_a_parameter_that_would_not_arrive_is_refused(tmp_path):
    assert codes_of(template(tmp_path / "t.ipynb", parameters='evidence = ""\nlang = ""\nlange = ""')) == ["RP102", "RP103", "RP103"]


@pytest.mark.parametrize("tags", [(), ("Parameters",)])
def test_a_missing_tag_is_refused(tmp_path, tags):
    assert codes_of(template(tmp_path / "t.ipynb", tags=tags)) == ["RP101"]


def test_two_tagged_cells_are_refused(tmp_path):
    import nbformat  # noqa: PLC0415 - only here

    path = template(tmp_path / "t.ipynb", "x = 1")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].metadata["tags"] = ["parameters"]
    nbformat.write(notebook, path)
    assert codes_of(path) == ["RP101"]


@pytest.mark.parametrize("content", ["", "{}", "not json", '{"cells": 3}', "[]"])
def test_what_is_no_notebook_is_refused(tmp_path, content):
    path = tmp_path / "t.ipynb"
    path.write_text(content, encoding="utf-8")
    assert codes_of(path) == ["RP105"]


def test_a_template_that_is_not_there_is_refused(tmp_path):
    assert codes_of(tmp_path / "nowhere.ipynb") == ["RP105"]


@pytest.mark.parametrize(
    ("cell", "code", "timeout"),
    [("1 / 0", "RP201", 60), ("import time\ntime.sleep(60)", "RP202", 2), ("import os\nos._exit(9)", "RP203", 60)],
    ids=["failed cell", "time-out", "dead kernel"],
)
def test_anything_but_a_whole_success_is_an_error(tmp_path, parameters, cell, code, timeout):
    with pytest.raises(RunError) as caught:
        render_report(template(tmp_path / "t.ipynb", cell), parameters, execution_timeout=timeout)
    assert caught.value.fields["code"] == code
    assert caught.value.fields["file"].endswith("t.ipynb")


def test_a_failed_cell_says_what_failed(tmp_path, parameters):
    with pytest.raises(RunError, match="ZeroDivisionError: division by zero"):
        render_report(template(tmp_path / "t.ipynb", "1 / 0"), parameters)


@pytest.mark.parametrize(
    ("words", "times", "starts"), [("Kernel died before replying to kernel_info", 1, 2), ("Kernel died before replying", 2, 2), ("Kernel died", 1, 1)]
)
def test_a_kernel_that_ends_before_it_answers_is_started_once_more(tmp_path, parameters, monkeypatch, words, times, starts):
    started = []

    def execute(*_paths, **_options):
        started.append(words)
        if len(started) <= times:
            raise RuntimeError(words)
        return "whole"

    monkeypatch.setattr("simulator.reporting.render.papermill.execute_notebook", execute)
    path = template(tmp_path / "t.ipynb", "1")
    if times < starts:
        assert render_report(path, parameters) == "whole"
    else:
        with pytest.raises(RunError, match=words) as caught:
            render_report(path, parameters)
        assert caught.value.fields["code"] == "RP203"
    assert len(started) == starts


def test_every_rendering_has_a_kernel_of_its_own(tmp_path, parameters):
    path = template(tmp_path / "t.ipynb", "import os\nos.getpid()")
    first, second = (render_report(path, parameters).cells[-1].outputs[0].data["text/plain"] for _ in range(2))
    assert first != second
    assert str(os.getpid()) not in {first, second}


def test_a_kernel_that_has_given_everything_is_not_waited_for(tmp_path, parameters):
    path = tmp_path / "late"
    render_report(template(tmp_path / "t.ipynb", f"import atexit, pathlib\natexit.register(pathlib.Path({str(path)!r}).touch)"), parameters)
    assert not path.exists()


@pytest.mark.skipif(os.name == "nt", reason="an interrupt is sent to one process of the group, which Windows does differently")
def test_an_interrupt_leaves_nothing(tmp_path):
    """Ctrl-C in the middle of a rendering: no file, no scratch folder, nothing under the final name."""
    path = template(tmp_path / "t.ipynb", "import time\ntime.sleep(60)")
    code = (
        "import sys\nfrom pathlib import Path\nfrom simulator.reporting.publishing import publish\n"
        "from tests.reporting.specimen import evidence_of\n"
        f"sys.stdout.write('ready\\n'); sys.stdout.flush()\npublish(evidence_of(), Path({str(path)!r}), Path({str(tmp_path / 'out')!r}))"
    )
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)
    assert child.stdout.readline() == b"ready\n"
    deadline = time.monotonic() + 30
    while not list(tmp_path.glob("out/.unfinished-*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1.5)  # the kernel is starting or sleeping: either is the middle
    os.killpg(child.pid, signal.SIGINT)
    assert child.wait(timeout=60) != 0
    child.stdout.close()
    assert not (tmp_path / "out").exists()


def section(name):
    return Section(name, "vi", "Mục", [Paragraph("Lời")])


def notebook_showing(*outputs):
    cell = nbformat.v4.new_code_cell("x")
    cell.outputs = list(outputs)
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("words for whoever opens the notebook"), cell])


def test_sections_are_collected_in_order():
    shown = [nbformat.v4.new_output("display_data", {SECTION_MIME: section(name).to_dict(), "text/html": "x"}) for name in ("a", "b")]
    assert [each.id for each in collect_sections(notebook_showing(*shown), "t")] == ["a", "b"]


@pytest.mark.parametrize(
    "output",
    [
        nbformat.v4.new_output("stream", name="stdout", text="hello"),
        nbformat.v4.new_output("stream", name="stderr", text="a warning nobody would read"),
        nbformat.v4.new_output("display_data", {"text/html": "<b>x</b>"}),
    ],
)
def test_what_is_no_section_is_not_lost_in_silence(output):
    with pytest.raises(RunError) as caught:
        collect_sections(notebook_showing(output), "t")
    assert caught.value.fields["code"] == "RP204"
    assert caught.value.fields["cell"] == "1"


def test_a_template_without_sections_is_no_report():
    with pytest.raises(RunError) as caught:
        collect_sections(notebook_showing(), "t")
    assert caught.value.fields["code"] == "RP206"


def test_each_cell_with_code_is_told_of(tmp_path, parameters):
    path, told = template(tmp_path / "t.ipynb", "x = 1", "lang, x"), []
    assert n_cells(path) == 4
    render_report(path, parameters, progress=lambda done, total: told.append((done, total)))
    assert told == [(done, 4) for done in range(5)]


def test_the_engine_says_nothing_beside_our_words():
    """A kernel that died was told twice, the first time in English whatever the language."""
    program = "import logging, simulator.reporting.render; logging.getLogger('papermill').error('Error occurred while starting new kernel client')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
