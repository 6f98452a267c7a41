"""Many reports at once, each in a process of its own, and one page that lists them.

Each report is made in a scratch folder beside its place and moved there when it is whole; one that fails, or whose process dies, is listed with its reason
and stops no other. The page with the list comes last, and replaces an older one only when it is whole itself.
"""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from simulator.errors import Finding, InputError, TieuchiError
from simulator.experiments.execution.processes import Processes
from simulator.presentation.terminal import error_findings
from simulator.reporting.codes import rendering_error, template_finding
from simulator.reporting.forms.index_page import index_name, write_index
from simulator.reporting.published import Outcome
from simulator.reporting.shelves import put_up, scratch_beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from simulator.experiments.execution.executors import Progress
    from simulator.presentation.numbers import Lang
    from simulator.reporting.published import Published

_UNSAFE: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]|^[. ]|[. ]$|^$')
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_LONGEST_NAME: Final = 100
_SECONDS_BETWEEN_LOOKS: Final = 1.0


@dataclass(frozen=True)
class Job:
    """A report to be made. It goes to another process, so all of it can be pickled.

    Attributes
    ----------
    name
        Name of the folder it goes to, such as the id of a scenario.
    run
        Given an empty folder, makes the report there: a function of a module, or a ``functools.partial`` of one.
    """

    name: str
    run: Callable[[Path], Published]


def publish_batch(jobs: Sequence[Job], folder: Path, *, lang: Lang = "vi", workers: int = 1, progress: Progress | None = None) -> list[Outcome]:
    """Put each report into ``folder/<name>/``, and ``index.<lang>.html`` beside them.

    Parameters
    ----------
    jobs
        The reports, in the order in which they are listed.
    folder
        Where they go; made when absent.
    lang
        Language of the page that lists them.
    workers
        How many reports are made at once.
    progress
        Called with (done, total) after each.

    Returns
    -------
        One outcome for each job, in order. Files that were in a report's folder and have no successor are let be.

    Raises
    ------
    InputError
        Before anything is made, when two names would be one folder or a name can be none.
    """
    _check_names([job.name for job in jobs], lang)
    outcomes: dict[int, Outcome] = {}
    with scratch_beside(folder) as scratch, Processes(max(1, min(workers, len(jobs)))) as processes:
        for position, result in _run_all(jobs, processes, scratch, lang):
            outcomes[position] = _shelve(jobs[position].name, result, folder, lang)
            if progress is not None:
                progress(len(outcomes), len(jobs))
        in_order = [outcomes[position] for position in range(len(jobs))]
        write_index(in_order, scratch / index_name(lang), folder, lang)
        (scratch / index_name(lang)).replace(folder / index_name(lang))
    return in_order


@dataclass(frozen=True)
class _Made:
    """A finished report in its scratch folder."""

    published: Published
    place: Path


def _run_all(jobs: Sequence[Job], processes: Processes, scratch: Path, lang: Lang) -> Iterator[tuple[int, _Made | tuple[Finding, ...]]]:
    """Give the result of each job as it comes. The jobs in hand when a process dies are run again alone, so that the one that killed it is found."""
    waiting, suspects, deaths = deque(range(len(jobs))), deque[int](), [0] * len(jobs)
    running: dict[Future[_Made | tuple[Finding, ...]], tuple[int, bool]] = {}
    while waiting or suspects or running:
        while waiting and len(running) < processes.n_workers():
            position = waiting.popleft()
            running[processes.submit(_run_one, jobs[position], scratch, lang)] = (position, False)
        if not running:
            position = suspects.popleft()
            running[processes.submit(_run_one, jobs[position], scratch, lang)] = (position, True)
        for future in wait(running, timeout=_SECONDS_BETWEEN_LOOKS, return_when=FIRST_COMPLETED).done:
            position, is_alone = running.pop(future)
            error = future.exception()
            deaths[position] += is_alone and error is not None
            if error is None:
                yield position, future.result()
            elif not processes.is_death(error):
                yield position, _reasons(error, lang)
            elif deaths[position] < processes.deaths_allowed:
                suspects.append(position)
            else:
                yield position, _reasons(rendering_error("RP208", jobs[position].name), lang)


def _run_one(job: Job, scratch: Path, lang: Lang) -> _Made | tuple[Finding, ...]:
    """Make one report, in another process. An error comes back as findings: those of other libraries need not survive the way."""
    tempfile.tempdir = str(scratch)  # whatever is left when this process is ended goes with the scratch folder
    place = Path(tempfile.mkdtemp(dir=scratch))
    try:
        return _Made(job.run(place), place)
    except Exception as error:  # noqa: BLE001  # one report that fails stops no other
        return _reasons(error, lang)


def _reasons(error: BaseException, lang: Lang) -> tuple[Finding, ...]:
    """Return what an error has to say. Of an error nobody foresaw only its kind is told: its text may hold anything."""
    if isinstance(error, (TieuchiError, OSError)):
        return error_findings(error, lang)[0]
    return error_findings(rendering_error("RP209", "tieuchi", error=type(error).__name__), lang)[0]


def _shelve(name: str, result: _Made | tuple[Finding, ...], folder: Path, lang: Lang) -> Outcome:
    if not isinstance(result, _Made):
        return Outcome(name, failure=result)
    place = folder / name
    try:
        files = tuple(place / path.relative_to(result.place) for path in result.published.files)
        put_up(result.place, place)
    except (OSError, ValueError) as error:
        return Outcome(name, failure=_reasons(error, lang))
    return Outcome(name, replace(result.published, files=files))


def _check_names(names: Sequence[str], lang: Lang) -> None:
    """Refuse names that are no folder, or one folder, on any system: Windows and macOS do not tell case apart, nor two ways to write a letter."""
    findings, taken = [], {index_name(lang).casefold(): index_name(lang)}
    for position, name in enumerate(names):
        if _UNSAFE.search(name) or _RESERVED.fullmatch(name) or len(name.encode("utf-8")) > _LONGEST_NAME:
            findings.append(template_finding("RP109", "tieuchi", found=name))
            continue
        key = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
        if name in names[:position]:
            findings.append(template_finding("RP110", "tieuchi", found=name))
        elif key in taken:
            findings.append(template_finding("RP108", "tieuchi", found=name, other=taken[key]))
        taken.setdefault(key, name)
    if findings:
        raise InputError(findings)
