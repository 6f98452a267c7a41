from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from simulator.reporting.document import Paragraph, Section
from simulator.reporting.kernels import kernel_ahead
from simulator.reporting.render import collect_sections, render_report
from simulator.reporting.spec import ReportParameters
from tests.reporting.notebooks import template

ASKED = """
names = [name for name in globals() if name in ('ahead', 'matplotlib', 'simulator')]
import os, sys
loaded = 'simulator.reporting.pages.opening' in sys.modules and 'matplotlib.backends.backend_svg' in sys.modules
from simulator.reporting.document import Paragraph, Section
Section('front', 'vi', str(os.getpid()), [Paragraph(f'{names} {loaded}')])"""


@pytest.fixture
def parameters(tmp_path):
    (tmp_path / "evidence.json").write_text("{}", encoding="utf-8")
    return ReportParameters(evidence=str(tmp_path / "evidence.json"), sha256="a" * 64, lang="vi", date="2021-11-10")


def is_running(process):
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


def test_a_template_is_told_in_a_kernel_that_had_loaded_its_pages_and_left_no_name_behind(tmp_path, parameters):
    path, shown, before = template(tmp_path / "t.ipynb", ASKED), [], threading.active_count()
    with kernel_ahead() as kernel:
        notebook = render_report(path, parameters, shown=shown.append, kernel=kernel)
        told = collect_sections(notebook, "t")
        process = int(told[0].title)
        assert process == kernel.provisioner.pid
    assert told == shown == [Section("front", "vi", str(process), [Paragraph("[] True")])]
    assert not is_running(process)
    assert threading.active_count() <= before + 1  # what listens to all kernels of this process


def test_a_kernel_is_ended_when_nobody_needed_it():
    processes = []

    def fail():
        with kernel_ahead() as kernel:
            processes.append(kernel.provisioner.pid)
            raise ValueError("no evidence")

    with pytest.raises(ValueError, match="no evidence"):
        fail()
    assert [is_running(process) for process in processes] == [False]


def test_a_kernel_that_ended_while_nobody_looked_is_replaced(tmp_path, parameters):
    path = template(tmp_path / "t.ipynb", "import os\nos.getpid()")
    with kernel_ahead() as kernel:
        process = kernel.provisioner.pid
        kernel.provisioner.process.kill()
        notebook = render_report(path, parameters, kernel=kernel)
    assert notebook.cells[-1].outputs[0].data["text/plain"] != str(process)
    assert not Path(kernel.connection_file).exists()
