"""Execute a report template in a fresh kernel, and accept nothing but a whole success.

papermill is forgiving where a report must not be: it only warns of an unknown parameter, runs a template without a parameters cell, and after a
time-out or a dead kernel leaves a notebook whose every cell claims to be completed. So names are compared before, and the verdict is the exception,
never the file.
"""

from __future__ import annotations

import logging
import re
from itertools import count
from typing import TYPE_CHECKING, Any

from simulator.errors import InputError
from simulator.reporting.codes import rendering_error, template_finding
from simulator.reporting.document import SECTION_MIME, Section
from simulator.reporting.kernels import KERNEL
from simulator.reporting.notebooks import (
    CellTimeoutError,
    DeadKernelError,
    NoSuchKernel,
    PapermillException,
    PapermillExecutionError,
    nbformat,
    papermill,
)
from simulator.reporting.spec import ReportParameters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from jupyter_client.manager import KernelManager

    from simulator.reporting.notebooks import NotebookNode

EXECUTION_TIMEOUT = 120
START_TIMEOUT = 60
_LONGEST_REASON = 300
_ENDED_EARLY = "Kernel died before replying"
"""What jupyter_client says of a kernel that ended before it answered."""

logging.getLogger("papermill").addHandler(logging.NullHandler())  # what becomes of a kernel is said once, in the language of the reader


def check_template(template: Path) -> None:
    """Refuse a template that would not use exactly what it is told.

    Raises
    ------
    InputError
        When it is no notebook, has no or several cells tagged ``parameters``, or its parameters are not those of a report.

    """
    name = template.as_posix()
    try:
        notebook = nbformat.read(template, as_version=4)  # type: ignore[no-untyped-call]  # nbformat ships no types
    except (OSError, ValueError, AttributeError, KeyError, TypeError, nbformat.ValidationError) as error:
        raise InputError([template_finding("RP105", name, problem=_brief(error))]) from error
    n_tagged = sum("parameters" in cell.metadata.get("tags", []) for cell in notebook.cells if cell.cell_type == "code")
    if n_tagged != 1:
        raise InputError([template_finding("RP101", name, found=str(n_tagged))])
    asked, told = set(papermill.inspect_notebook(str(template))), set(ReportParameters.model_fields)
    findings = [template_finding("RP102", name, name=each) for each in sorted(asked - told)]
    findings += [template_finding("RP103", name, name=each) for each in sorted(told - asked)]
    if findings:
        raise InputError(findings)


def render_report(
    template: Path,
    parameters: ReportParameters,
    *,
    execution_timeout: int = EXECUTION_TIMEOUT,
    start_timeout: int = START_TIMEOUT,
    progress: Callable[[int, int], None] | None = None,
    shown: Callable[[Section], None] | None = None,
    kernel: KernelManager | None = None,
) -> NotebookNode:
    """Execute a template and return the executed notebook.

    Parameters
    ----------
    template
        A notebook whose parameters are those of ``ReportParameters``.
    parameters
        What it is told.
    execution_timeout
        Seconds one cell may take.
    start_timeout
        Seconds the kernel may take to start.
    progress
        Called with (done, total) before the first and after each cell with code.
    shown
        Called with each section as soon as its cell has shown it.
    kernel
        A running kernel, fresh and for this template alone; one is started, and ended, where none is given.

    Raises
    ------
    InputError
        When the template cannot be used.
    RunError
        When a cell fails or takes too long, or the kernel dies or does not start.

    """
    check_template(template)
    name = template.as_posix()
    try:
        return _execute(template, parameters.model_dump(), execution_timeout, start_timeout, _each_cell(template, progress, shown), kernel)
    except PapermillExecutionError as error:
        raise rendering_error("RP201", name, cell=str(error.cell_index), error=error.ename, problem=_brief(error.evalue)) from error
    except CellTimeoutError as error:
        raise rendering_error("RP202", name, cell=_cell_of(error), seconds=str(execution_timeout)) from error
    except (DeadKernelError, NoSuchKernel, PapermillException, RuntimeError) as error:
        raise rendering_error("RP203", name, problem=_brief(error)) from error


def collect_sections(notebook: NotebookNode, template: str) -> list[Section]:
    """Return the sections an executed notebook shows, in order.

    Raises
    ------
    RunError
        When a cell shows anything else: it would be lost without a word.

    """
    sections = []
    for position, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            content = _section_in(output)
            if content is None:
                found = output.get("name") or ", ".join(output.get("data", {})) or output.get("output_type", "?")
                raise rendering_error("RP204", template, cell=str(position), found=str(found))
            sections.append(Section.from_dict(content))
    if not sections:
        raise rendering_error("RP206", template)
    return sections


def n_cells(template: Path) -> int:
    """Count what is executed of a template: its cells with code, and the one that tells it its parameters."""
    notebook = nbformat.read(template, as_version=4)  # type: ignore[no-untyped-call]  # nbformat ships no types
    return 1 + len([cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()])


def _each_cell(template: Path, progress: Callable[[int, int], None] | None, shown: Callable[[Section], None] | None) -> dict[str, Any]:
    """Ask to be told of every cell that was executed, where somebody wants to know."""
    if progress is None and shown is None:
        return {}
    done, total = count(1), n_cells(template)
    tell_step = progress or (lambda _done, _total: None)
    show = shown or (lambda _section: None)

    def executed(cell: NotebookNode, **_more: object) -> None:
        tell_step(min(next(done), total), total)
        for content in map(_section_in, cell.get("outputs", [])):
            if content is not None:  # what else it shows is refused once the notebook is whole
                show(Section.from_dict(content))

    tell_step(0, total)
    return {"on_cell_executed": executed}


def _section_in(output: Mapping[str, Any]) -> dict[str, Any] | None:
    """Give the section that an output of a cell is, as it travels; ``None`` for anything else."""
    content: dict[str, Any] | None = output.get("data", {}).get(SECTION_MIME)
    return content


def _execute(
    template: Path, parameters: dict[str, Any], execution_timeout: int, start_timeout: int, hooks: dict[str, Any], kernel: KernelManager | None
) -> NotebookNode:
    """Execute it; a kernel that ends before it answers is started once more, for another program may have taken the port it was given."""
    try:
        return _execute_once(template, parameters, execution_timeout, start_timeout, hooks if kernel is None else {**hooks, "km": kernel})
    except RuntimeError as error:
        if _ENDED_EARLY not in str(error):
            raise
        return _execute_once(template, parameters, execution_timeout, start_timeout, hooks)


def _execute_once(template: Path, parameters: dict[str, Any], execution_timeout: int, start_timeout: int, hooks: dict[str, Any]) -> NotebookNode:
    executed: NotebookNode = papermill.execute_notebook(
        str(template),
        None,  # the executed notebook is returned, and needed as no file
        parameters=parameters,
        kernel_name=KERNEL,
        progress_bar=False,
        request_save_on_cell_execute=False,
        execution_timeout=execution_timeout,
        start_timeout=start_timeout,
        **hooks,
        shutdown_kernel="immediate",  # all it had to give is here, and a second would go by while it takes itself apart
    )
    return executed


def _cell_of(error: CellTimeoutError) -> str:
    """Return the first words of the cell that took too long, all that the error knows of it."""
    found = re.search(r"(?:timed out|executing).*?\n-+\n(.*?)\n-+", str(error), flags=re.DOTALL)
    return repr(found.group(1).strip().splitlines()[0][:60]) if found and found.group(1).strip() else "?"


def _brief(reason: object) -> str:
    words = " ".join(str(reason).split())
    return words if len(words) <= _LONGEST_REASON else words[:_LONGEST_REASON] + "…"
