"""Many runs of small populations as one: replications of one, or variants of a scenario, side by side, so that they cost little more than one large run.

Nothing differs from separate runs but the time it takes: every award, indicator and number is the same to the last bit. What is not laid beside others is run by
itself: the first replication of a scenario, whose reasons are told apart (``docs/odd.md`` 7.15); and populations of more than 16,384 members, which gain nothing.
"""

from __future__ import annotations

import threading
from itertools import chain
from typing import TYPE_CHECKING, Final

from simulator.experiments.runs.reading import HistoryReader
from simulator.experiments.runs.results import OptionRun
from simulator.experiments.runs.run import PhaseOfWorlds, distinct_options, lived_under, run_replication, run_together, warmed_up, worlds_warmed_up
from simulator.experiments.scenarios.thinning import members_of
from simulator.population.generator import MOST_POSTS_SIDE_BY_SIDE
from simulator.replications import MOST_REPLICATIONS

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Sequence

    from simulator.experiments.runs.results import ReplicationFailure, ReplicationRun
    from simulator.experiments.runs.run import World
    from simulator.experiments.scenarios.option import Option
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.model.model import AwardModel

MEMBERS_TOGETHER: Final = 2**15
"""How many members of a sweep are run at a time: more gain little, and whoever stops a sweep loses what is not finished."""
MEMBERS_OF_A_QUESTION: Final = 2**16
"""How many are run at a time where somebody waits for the answer."""
_ANSWERS_KEPT: Final = 8


def in_batches(
    scenario: Scenario, replications: Sequence[int], members_together: int = MEMBERS_TOGETHER, *, tells_reasons: bool = True
) -> list[tuple[int, ...]]:
    """Tell which replications of a scenario are laid side by side, as many members as go together; the first of all stays alone where it tells reasons."""
    width = n_worth_together(members_of(scenario.population), members_together)
    batches: list[tuple[int, ...]] = []
    for replication in replications:
        is_alone = (tells_reasons and 0 in {replication, *batches[-1][:1]}) if batches else True
        if is_alone or len(batches[-1]) == width:
            batches.append((replication,))
        else:
            batches[-1] += (replication,)
    return batches


def n_worth_together(n_members: int, members_together: int = MEMBERS_OF_A_QUESTION) -> int:
    """Tell how many populations of so many members are run at a time, as many members as go together."""
    return 1 if n_members > MOST_POSTS_SIDE_BY_SIDE else min(max(members_together // max(n_members, 1), 1), MOST_REPLICATIONS)


def run_side_by_side(scenario: Scenario, replications: Sequence[int]) -> list[ReplicationRun | ReplicationFailure]:
    """Run replications of a scenario, as many at a time as go together; where that fails, each by itself, so that a failure is told of those it befell.

    Returns
    -------
        What :func:`~simulator.experiments.runs.run.run_replication` gives for each, in order.
    """
    results: list[ReplicationRun | ReplicationFailure] = []
    for batch in in_batches(scenario, replications):
        try:
            results += run_together(scenario, batch)
        except Exception:  # noqa: BLE001 - who failed, and why, is found out below
            results += [run_replication(scenario, replication) for replication in batch]
    return results


def values_side_by_side(scenario: Scenario, replications: Sequence[int], names: Collection[str]) -> dict[str, list[dict[str, float]]]:
    """Read some indicators alone of every set of rules of a scenario, as practised, in some replications that are run side by side.

    Returns
    -------
        Key of an option → the values of each replication, in order.
    """
    read: dict[str, list[dict[str, float]]] = {key: [] for key in distinct_options(scenario)}
    for batch in in_batches(scenario, replications, tells_reasons=False):
        (of_batch,) = values_of_variants([(scenario, batch)], names)
        for key, values in of_batch.items():
            read[key] += values
    return read


def values_of_variants(variants: Sequence[tuple[Scenario, Sequence[int]]], names: Collection[str]) -> list[dict[str, list[dict[str, float]]]]:
    """Read the same of variants of a scenario, each in some replications, all of them run side by side (:func:`values_of_worlds`).

    Returns
    -------
        For each variant: key of one of its options → the values of each replication, in order.
    """
    read = iter(values_of_worlds([(variant, replication) for variant, replications in variants for replication in replications], names))
    of_each = [[next(read) for _ in replications] for _, replications in variants]
    return [{key: [of_one[key] for of_one in found] for key in found[0]} for found in of_each]


def values_of_worlds(worlds: Sequence[World], names: Collection[str]) -> list[dict[str, dict[str, float]]]:
    """Read some indicators alone of every set of rules, as practised, in worlds that are run side by side: variants of a scenario (:func:`kind_of_world`).

    Returns
    -------
        For each world: key of one of its options → indicator → value; undefined is NaN.

    Raises
    ------
    ValueError
        If the worlds cannot lie side by side.
    """
    courses = {id(variant): distinct_options(variant) for variant, _ in worlds}
    of_each = [courses[id(variant)] for variant, _ in worlds]
    read: list[dict[str, dict[str, float]]] = [{} for _ in worlds]
    with worlds_warmed_up(worlds, names=names) as warm:
        for options in zip(*(course.items() for course in of_each), strict=True):
            measured = lived_under(warm, PhaseOfWorlds.course([phases for _, phases in options]), worlds[0][0]).values(names)
            for of_world, (key, _), (values, _) in zip(read, options, measured, strict=True):
                of_world[key] = {name: values[name] for name in names}  # what belongs together is measured together
    return read


def kind_of_world(variant: Scenario) -> Hashable:
    """Tell variants of a scenario apart that cannot be run side by side: parts of the model are other things there, or more of the options are the same."""
    years = tuple(tuple(phase.from_year for phase in phases) for phases in distinct_options(variant).values())
    return (variant.behaviour.parts_at_work, years)


def values_under(scenario: Scenario, replication: int, names: Collection[str]) -> dict[str, dict[str, float]]:
    """Read some indicators alone of every set of rules of a scenario, as practised, in one replication: key of an option → indicator → value; undefined is NaN."""
    return {key: values for key, (values,) in values_side_by_side(scenario, (replication,), names).items()}


class KeptWarmUps:
    """A scenario whose rules are tried out again and again: the years before are lived through once, and kept.

    Parameters
    ----------
    scenario
        People, behaviour, luck and years; its options do not matter.
    replications
        Which luck; those of the scenario by default.
    """

    def __init__(self, scenario: Scenario, replications: Sequence[int] | None = None) -> None:
        self.scenario = scenario
        self.replications = tuple(range(scenario.replications) if replications is None else replications)
        self._batches = in_batches(scenario, self.replications, MEMBERS_OF_A_QUESTION, tells_reasons=False)
        self._warm: dict[bool, list[AwardModel]] = {}
        self._reading: list[HistoryReader] = []
        self._answers: dict[tuple[str, bool], list[OptionRun]] = {}
        self._is_busy = threading.Lock()

    def under(self, option: Option, *, in_full: bool = False) -> list[OptionRun]:
        """Tell what an option gives in each replication, as practised; the answers asked for last are kept.

        Parameters
        ----------
        option
            The rules.
        in_full
            Whether more than the indicators is wanted: courses, groups, the ladder, and the same rules applied perfectly. It takes more than as long again.

        Returns
        -------
            What :func:`~simulator.experiments.runs.run.run_replication` gives for each, but for reasons, and merit by other references; unless it is wanted in
            full, the indicators alone.
        """
        name = option.key, in_full
        with self._is_busy:
            answer = self._answers.pop(name, None) or (self._in_full(option) if in_full else self._indicators(option))
            while len(self._answers) >= _ANSWERS_KEPT:
                del self._answers[next(iter(self._answers))]
            self._answers[name] = answer
            return answer

    def warm_up(self, *, is_perfect: bool = False) -> list[AwardModel]:
        """Give the state at the end of the years before, of some replications side by side each; it is made when it is first asked for."""
        if is_perfect not in self._warm:
            self._warm[is_perfect] = [warmed_up(self.scenario, *batch, is_perfect=is_perfect) for batch in self._batches]
        return self._warm[is_perfect]

    def _readers(self) -> list[HistoryReader]:
        """Give what reads the histories that go on from each warm-up: who won before is the same for all of them."""
        if not self._reading:
            self._reading = [HistoryReader.of(self.scenario, model) for model in self.warm_up()]
        return self._reading

    def _indicators(self, option: Option) -> list[OptionRun]:
        measured = [lived_under(model, option.phases, self.scenario).values() for model in self.warm_up()]
        return [OptionRun(values, {}, {}, {}, {}, {}) for values, _ in chain.from_iterable(measured)]

    def _in_full(self, option: Option) -> list[OptionRun]:
        runs: list[OptionRun] = []
        for reader, model in zip(self._readers(), self.warm_up(), strict=True):
            runs += reader.read(lived_under(model, option.phases, self.scenario))
        perfect = self.warm_up(is_perfect=True)
        measured = [lived_under(model, option.phases, self.scenario).values() for model in perfect]
        for run, (values, _) in zip(runs, chain.from_iterable(measured), strict=True):
            run.lawful_best.update(values)
        return runs
