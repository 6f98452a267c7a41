"""A batch gives what its runs give alone, holds nothing afterwards, and is refused by another program."""

from __future__ import annotations

import gc

import pytest

from simulator.experiments.execution import batch as module
from simulator.experiments.execution.batch import OtherVersionError, attempt, pack, run_here, run_parcels
from simulator.experiments.runs.code_version import CODE_VERSION
from simulator.experiments.runs.plan import PlannedRun, fingerprint, plan_replications
from simulator.experiments.runs.results import ReplicationFailure
from simulator.experiments.runs.run import run_replication
from simulator.model.model import AwardModel
from tests.experiments.attribution.test_coalitions import asking
from tests.experiments.sabotage import raise_at_one, tell_who
from tests.worlds import one_award, quota


@pytest.fixture(scope="module")
def tiny(tiny):
    """Give a question of two awards: what a batch does with runs does not depend on how long they take."""
    return asking(tiny, one_award(quota(0.2)), one_award(quota(0.3))).with_(years=2, warm_up_years=2)


def test_a_batch_gives_what_its_runs_give_alone(tiny):
    other = tiny.with_(seed=8)
    batch = run_parcels(CODE_VERSION, run_replication, [(pack(tiny), 2), (pack(other), 0)])
    assert repr(batch.results) == repr([run_replication(tiny, 2), run_replication(other, 0)])
    assert batch.seconds > 0


def test_a_scenario_is_the_same_after_its_way_and_small_on_it(tiny):
    parcel = pack(tiny)
    assert fingerprint(module._unpack(parcel)) == fingerprint(tiny)
    assert module._unpack(bytes(bytearray(parcel))) is module._unpack(parcel), "what has been unpacked is kept for the next batch"
    assert len(parcel) < 300_000


def test_another_program_computes_nothing(tiny):
    seen = []
    with pytest.raises(OtherVersionError):
        run_parcels("another", lambda *_: seen.append(1), [(pack(tiny), 0)])
    assert seen == []


def test_a_run_that_goes_wrong_is_a_failure_of_its_own(tiny):
    first, second, third = run_here(raise_at_one, plan_replications(tiny))
    assert (first, third) == (0, 2)
    assert isinstance(second, ReplicationFailure)
    assert (second.replication, second.error) == (1, "ArithmeticError: no such luck")
    assert "raise_at_one" in second.trace


class _Doubles:
    """Doubles numbers, three at a time; even and odd ones do not go together, and some cannot be had at all."""

    n_together = 3

    def __init__(self, *impossible):
        self.impossible, self.asked = set(impossible), []

    def kind_of(self, _scenario, number):
        if number == NEVER:
            raise KeyError(number)
        return number % 2

    def together(self, scenario, numbers):
        self.asked.append(list(numbers))
        return [self.double(number) for number in numbers]

    def __call__(self, _scenario, number):
        self.asked.append(number)
        return self.double(number)

    def double(self, number):
        if number in self.impossible:
            raise ArithmeticError(number)
        return 2 * number


NEVER = 99


def doubled(run, tiny, numbers):
    return [each if isinstance(each, int) else each.error for each in run_here(run, [PlannedRun(tiny, number) for number in numbers])]


def test_runs_of_one_kind_that_follow_one_another_go_together_as_many_as_are_worth_it(tiny):
    run = _Doubles()
    assert doubled(run, tiny, [1, 3, 5, 7, 2, 9]) == [2, 6, 10, 14, 4, 18]
    assert run.asked == [[1, 3, 5], [7], [2], [9]]


def test_what_fails_together_is_attempted_one_by_one_so_that_the_failure_is_told_of_whom_it_befell(tiny):
    run = _Doubles(3, NEVER)
    assert doubled(run, tiny, [1, 3, 5, NEVER, 7]) == [2, "ArithmeticError: 3", 10, f"ArithmeticError: {NEVER}", 14]
    assert run.asked == [[1, 3, 5], 1, 3, 5, [NEVER], NEVER, [7]]


def test_an_interruption_is_no_failure(tiny):
    def interrupt(_scenario, _replication):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        attempt(interrupt, tiny, 0)
    assert attempt(tell_who, tiny, 1)[0] == 1, "the lock is free again"


def test_no_model_outlives_its_run(tiny):
    """Models hold themselves; without looking for them, a sweep would grow by one model a run."""
    gc.collect()
    gc.disable()
    try:
        before, n_aside = n_models(), gc.get_freeze_count()  # what the test run has set aside; to look through it again takes seconds
        results = list(run_here(run_replication, [PlannedRun(tiny, 0)]))  # each run ends with a search of all there is: one is dear enough
        assert len(results) == 1
        assert n_models() == before
        assert n_aside - 100 <= gc.get_freeze_count() <= n_aside, "a run sets nothing aside that it leaves there, where it would hide"
    finally:
        gc.enable()


def n_models():
    return sum(isinstance(thing, AwardModel) for thing in gc.get_objects())


def test_what_somebody_has_set_aside_stays_aside(tiny):
    gc.freeze()
    try:
        n_aside = gc.get_freeze_count()
        attempt(tell_who, tiny, 0)
        assert gc.get_freeze_count() >= n_aside - 100  # some of it has gone the usual way, by its count of references
    finally:
        gc.unfreeze()
