"""Put a report on the shelf: each form it was asked for, and its numbers as JSON and for a spreadsheet; all whole or nothing at all."""

from __future__ import annotations

import hashlib
import json
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from simulator.errors import InputError
from simulator.experiments.comparing.ensemble import judge_jointly
from simulator.reporting.codes import template_finding
from simulator.reporting.evidence.contents import RegisterEvidence, ScenarioEvidence, read_evidence
from simulator.reporting.forms.comparison_csv import comparison_csv
from simulator.reporting.forms.html import style_folder
from simulator.reporting.forms.measurement_csv import measurement_csv
from simulator.reporting.forms.numbers_book import write_numbers
from simulator.reporting.forms.redline_files import redline_files
from simulator.reporting.forms.writers import FORMS, WRITERS
from simulator.reporting.outline import lay_out
from simulator.reporting.published import Published, published
from simulator.reporting.render import EXECUTION_TIMEOUT, check_template, collect_sections, n_cells, render_report
from simulator.reporting.shelves import put_up, scratch_beside
from simulator.reporting.spec import read_parameters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from jupyter_client.manager import KernelManager

    from simulator.presentation.table_layout import Table
    from simulator.reporting.document import Block, Section
    from simulator.reporting.evidence.contents import Evidence
    from simulator.reporting.outline import Outline

_AT_A_TIME: Final = 2
"""Files of a report that are written at once."""


def find_template(name: str, templates: Path) -> Path:
    """Return a template of the workspace, or else the one that comes with the package.

    Raises
    ------
    InputError
        When neither has it.

    """
    folders = (templates, style_folder().parent / "templates")
    for folder in folders:
        if (folder / f"{name}.ipynb").is_file():
            return folder / f"{name}.ipynb"
    known = sorted({path.stem for folder in folders for path in folder.glob("*.ipynb")})
    raise InputError([template_finding("RP106", (templates / f"{name}.ipynb").as_posix(), name=name, known=", ".join(known))])


def publish(
    evidence: Evidence,
    template: Path,
    folder: Path,
    *,
    forms: Sequence[str] = FORMS,
    execution_timeout: int = EXECUTION_TIMEOUT,
    progress: Callable[[int, int], None] | None = None,
    kernel: KernelManager | None = None,
) -> Published:
    """Write ``report.<lang>.<form>`` for each form, and the numbers beside them, into a folder, and tell what the report says first.

    Everything is made in a scratch folder beside its final place and moved only when all of it is whole, so that an error, a time-out or Ctrl-C leaves
    what was there before.

    Parameters
    ----------
    evidence
        Finished results: nothing is simulated here.
    template
        The notebook that tells and shows them.
    folder
        Where the files go; made when absent.
    forms
        Of ``FORMS``, in the order they are listed in.
    execution_timeout
        Seconds one cell of the template may take.
    progress
        Called with (done, total) before the first and after each cell of the template, and after each file.
    kernel
        A kernel started ahead (``kernel_ahead``); the template gets one of its own where none is given.
    """
    check_template(template)
    told = n_cells(template)
    with scratch_beside(folder) as scratch, _threads() as threads:
        beside, redlines = list(_beside(evidence)), list(redline_files(evidence)) if isinstance(evidence, ScenarioEvidence) else []
        total = told + len(forms) + 1 + len(redlines)

        def tell_step(done: int) -> None:
            if progress is not None:
                progress(done, total)

        tell_step(0)
        # A kernel tells the report in a process of its own: what does not wait for its last words is done meanwhile.
        files = [threads.submit(write, scratch / name) for name, write in redlines]
        shown = partial(_begin, threads, forms)
        outline = tell(evidence, template, execution_timeout=execution_timeout, progress=lambda done, _: tell_step(done), shown=shown, kernel=kernel)
        writers = [
            *((f"report.{outline.lang}.{form}", partial(WRITERS[form], outline)) for form in forms),
            (f"report.{outline.lang}.xlsx", partial(write_numbers, outline)),
        ]
        # The PDF takes longest: begun first, it is set while the others are written.
        files += [threads.submit(write, scratch / name) for name, write in sorted(writers, key=lambda writer: not writer[0].endswith(".pdf"))]
        for done, file in enumerate(as_completed(files), 1):
            file.result()
            tell_step(told + done)
        for name, content in beside:
            (scratch / name).write_bytes(content)
        put_up(scratch, folder)
    return published(outline, tuple(folder / name for name, _ in (*writers, *beside, *redlines)))


@contextmanager
def _threads() -> Iterator[ThreadPoolExecutor]:
    """Write two files at a time: whoever sets pages or draws pictures does so outside the interpreter, in which the others gather their words meanwhile."""
    threads = ThreadPoolExecutor(_AT_A_TIME)
    try:
        yield threads
    finally:
        threads.shutdown(cancel_futures=True)


def _begin(threads: ThreadPoolExecutor, forms: Sequence[str], section: Section) -> None:
    """Begin with what takes long of a section, while others are told: its writer finds it done, or meets again what goes wrong with it, and says so."""
    for block in section.blocks:
        if block.block == "figure" and "docx" in forms:
            from simulator.reporting.forms.pictures import to_png  # noqa: PLC0415  # slow to load, and needed for Word alone

            threads.submit(to_png, block)
        if "pdf" in forms:
            from simulator.reporting.forms.pdf import fit_ahead  # noqa: PLC0415  # slow to load, too

            for table in _tables_of(block):
                threads.submit(fit_ahead, table)


def _tables_of(block: Block) -> Sequence[Table]:
    """Give the table that a block is, or those behind the figure that it is."""
    if block.block == "table":
        return (block.table,)
    return block.data if block.block == "figure" else ()


def tell(
    evidence: Evidence,
    template: Path,
    *,
    execution_timeout: int = EXECUTION_TIMEOUT,
    progress: Callable[[int, int], None] | None = None,
    shown: Callable[[Section], None] | None = None,
    kernel: KernelManager | None = None,
) -> Outline:
    """Let a template tell what is in the evidence, in a fresh kernel, and lay it out; the evidence travels inside the report, for whoever checks it."""
    # As it will be read back: a whole number in a field for fractions is written 1 and comes back 1.0, and the report told from either must be the same.
    evidence = read_evidence(_written(evidence.to_dict()))
    plain = evidence.to_dict()
    with tempfile.TemporaryDirectory(prefix="tieuchi-") as kernel_scratch:
        results = Path(kernel_scratch) / "evidence.json"
        content = _written(plain).encode("utf-8")
        results.write_bytes(content)
        asked = evidence.asked
        given = {"evidence": str(results), "sha256": hashlib.sha256(content).hexdigest(), "lang": asked.lang, "date": asked.date}
        parameters = read_parameters(given, template.as_posix())
        notebook = render_report(template, parameters, execution_timeout=execution_timeout, progress=progress, shown=shown, kernel=kernel)
    outline = lay_out(collect_sections(notebook, template.as_posix()), has_letterhead=asked.has_letterhead)
    return replace(outline, data={**outline.data, "evidence": plain})


def _written(plain: dict[str, Any]) -> str:
    """Write evidence for another process, in one line: to indent megabytes takes a second."""
    return json.dumps(plain, ensure_ascii=False, allow_nan=False)


def _beside(evidence: Evidence) -> Iterator[tuple[str, bytes]]:
    """Give the files with the numbers."""
    if isinstance(evidence, RegisterEvidence):
        yield "measurement.json", evidence.measurement.to_json().encode("utf-8")
        yield "measurement.csv", measurement_csv(evidence, evidence.asked.lang)
    if isinstance(evidence, ScenarioEvidence):
        yield "comparison.json", evidence.comparison.to_json().encode("utf-8")
        yield "comparison.csv", comparison_csv(judge_jointly(evidence.comparison, evidence.structures), evidence.asked.lang)
