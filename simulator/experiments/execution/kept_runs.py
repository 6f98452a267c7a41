"""Small results of a plan of runs, each kept in the results store as soon as it is there, so that a study that is interrupted goes on where it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from simulator.experiments.execution.executors import run_plan_with
from simulator.experiments.runs.results import ReplicationFailure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from simulator.experiments.execution.batch import Run
    from simulator.experiments.execution.computing import Computing
    from simulator.experiments.execution.executors import Progress
    from simulator.experiments.runs.plan import PlannedRun

Result = TypeVar("Result")


class KeptAs(NamedTuple):
    """Under what a result is kept: the hash of what it belongs to, and its name there."""

    owner: str
    name: str


@dataclass(frozen=True)
class AsText(Generic[Result]):
    """How a result is kept.

    Attributes
    ----------
    write
        Turns it into a text from which every number comes back bit for bit.
    read
        Reads it back; ``None`` for what somebody has changed, which is run again.
    """

    write: Callable[[Result], str]
    read: Callable[[str], Result | None]


def run_or_recall(
    run: Run[Result],
    plan: Sequence[PlannedRun],
    names: Sequence[KeptAs],
    form: AsText[Result],
    computing: Computing,
    progress: Progress | None = None,
) -> Iterator[tuple[int, Result | ReplicationFailure]]:
    """Give each result with its position in the plan: first those the store holds, then the others as they are finished.

    Parameters
    ----------
    run
        What is done with a planned run.
    plan
        The runs.
    names
        Under what each is kept.
    form
        How it is kept. A failure is not: it is run again when it is next asked for.
    computing
        Who computes, and the store.
    progress
        Called once for all that the store holds, and after each other run.
    """
    store = computing.store
    texts = [None if store is None else store.get_study(*name) for name in names]
    recalled = {place: kept for place, text in enumerate(texts) if text is not None and (kept := form.read(text)) is not None}
    missing = [place for place in range(len(plan)) if place not in recalled]
    n_done = len(recalled)
    if progress is not None and recalled:
        progress(n_done, len(plan))
    yield from recalled.items()
    for position, result in run_plan_with(run, [plan[place] for place in missing], workers=computing.workers, scheduler=computing.scheduler):
        place = missing[position]
        if store is not None and not isinstance(result, ReplicationFailure):
            store.add_study(*names[place], form.write(result))
        n_done += 1
        if progress is not None:
            progress(n_done, len(plan))
        yield place, result
