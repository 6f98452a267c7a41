"""Deliver reports that were asked for: make what each stands on, and put it on the shelf; several at once, each in a process of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from simulator.experiments.execution.computing import Computing
from simulator.experiments.store.store import Store
from simulator.reporting.batch import Job, publish_batch
from simulator.reporting.evidence.making import folder_names, make_evidence
from simulator.reporting.forms.typefaces import lacking_in
from simulator.reporting.publishing import find_template, publish

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from simulator.presentation.numbers import Lang
    from simulator.reporting.evidence.making import Request
    from simulator.reporting.published import Outcome, Published
    from simulator.workspace import Workspace


def deliver_all(
    requests: Sequence[Request], workspace: Workspace, computing: Computing, folder: Path, *, forms: Sequence[str], lang: Lang
) -> list[Outcome]:
    """Put each report into a folder of its own, and a page that lists them beside; one that fails stops no other.

    Parameters
    ----------
    requests
        The reports, in the order in which they are listed.
    workspace
        Where ids are looked up.
    computing
        How many reports are made at once (each in one process), where finished runs are kept, and who is told of progress; a scheduler is not used.
    folder
        Where they go.
    forms
        Of ``FORMS``.
    lang
        Language of the page.

    Raises
    ------
    InputError
        When two reports would go to one folder.
    """
    store = None if computing.store is None else computing.store.folder
    names = folder_names(requests)
    jobs = [Job(name, partial(_deliver, request, workspace, store, tuple(forms))) for name, request in zip(names, requests, strict=True)]
    return publish_batch(jobs, folder, lang=lang, workers=computing.workers, progress=computing.progress)


def _deliver(request: Request, workspace: Workspace, store: Path | None, forms: tuple[str, ...], folder: Path) -> Published:
    """Make one report, in a process of its own; a store that cannot be used costs time and no report."""
    computing = Computing(store=None if store is None else Store(store, tell=_nobody))
    evidence = make_evidence(request, workspace, computing, lacking=lacking_in(forms))
    return publish(evidence, find_template(request.kind, workspace.templates), folder, forms=forms)


def _nobody(_finding: object) -> None:
    """Be told what nobody can read: the process has no terminal of its own."""
