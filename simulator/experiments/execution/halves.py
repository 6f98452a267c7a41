"""A question answered by two processes, each for half of the replications.

Nobody waits for the second process to begin with: until it has lived through the years before, and for good should it be lost, this one answers alone. The answers
are the same to the last bit either way.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final, Protocol

from simulator.experiments.execution.processes import Processes, processors
from simulator.experiments.runs.wide import KeptWarmUps
from simulator.experiments.scenarios.thinning import members_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    from simulator.experiments.runs.results import OptionRun
    from simulator.experiments.scenarios.option import Option
    from simulator.experiments.scenarios.scenario import Scenario

FEWEST_MEMBER_YEARS: Final = 200_000
"""Of fewer, simulated for an answer, a second process costs more than it brings."""

_kept: list[KeptWarmUps] = []
"""In the second process: what it answers from."""


class Answers(Protocol):
    """What tells of an option what comes of it in each replication."""

    replications: tuple[int, ...]

    def under(self, option: Option, *, in_full: bool = False) -> list[OptionRun]:
        """Tell, as :meth:`~simulator.experiments.runs.wide.KeptWarmUps.under` does."""


def answers_of(scenario: Scenario, *, is_alone: bool = True) -> Answers:
    """Keep the years before of a scenario: in two processes where that is worth it, there are two processors, and nobody else needs them."""
    n_member_years = members_of(scenario.population) * scenario.years * scenario.replications
    return Halves(scenario) if is_alone and n_member_years >= FEWEST_MEMBER_YEARS and processors() > 1 else KeptWarmUps(scenario)


class Halves:
    """The years before of a scenario, kept by this process and a second one.

    Parameters
    ----------
    scenario
        As of :class:`~simulator.experiments.runs.wide.KeptWarmUps`.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.replications = tuple(range(scenario.replications))
        middle = (scenario.replications + 1) // 2
        self._first, self._second = (KeptWarmUps(scenario, half) for half in (self.replications[:middle], self.replications[middle:]))
        self._is_asked = threading.Lock()
        self.processes: Processes | None = Processes(1)
        self.is_ready: Future[None] = self.processes.submit(_prepare, scenario, self.replications[middle:])

    def under(self, option: Option, *, in_full: bool = False) -> list[OptionRun]:
        """Tell what an option gives in each replication, as :meth:`~simulator.experiments.runs.wide.KeptWarmUps.under` does."""
        with self._is_asked:  # one who asks while another waits would only make both wait longer
            return self._together(option, in_full=in_full)

    def _together(self, option: Option, *, in_full: bool) -> list[OptionRun]:
        asked = self._ask(option, in_full=in_full)
        of_first = self._first.under(option, in_full=in_full)
        of_second = None if asked is None else self._answer(asked)
        return of_first + (self._second.under(option, in_full=in_full) if of_second is None else of_second)

    def _ask(self, option: Option, *, in_full: bool) -> Future[list[OptionRun]] | None:
        """Ask the second process; ``None`` where there is none, or it is not ready."""
        if self.processes is None or not self.is_ready.done():
            return None
        return self.processes.submit(_under, option, in_full)

    def _answer(self, asked: Future[list[OptionRun]]) -> list[OptionRun] | None:
        """Wait for the answer; ``None`` where the second process could not give it, which it is then not asked again."""
        error = asked.exception()
        if error is None:
            return asked.result()
        self.processes = None
        return None


def _prepare(scenario: Scenario, replications: Sequence[int]) -> None:
    kept = KeptWarmUps(scenario, replications)
    kept.warm_up()
    _kept[:] = [kept]


def _under(option: Option, in_full: bool) -> list[OptionRun]:  # noqa: FBT001 - handed over by place
    return _kept[0].under(option, in_full=in_full)
