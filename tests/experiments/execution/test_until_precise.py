"""Replications that stop by themselves: where they stop depends on their results alone, and what was run beyond is not counted."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from simulator.experiments.comparing.compare import compare
from simulator.experiments.execution import executors, until_precise
from simulator.experiments.execution.computing import Computing
from simulator.experiments.execution.until_precise import conclude_asked, run_until_precise
from simulator.experiments.mathematics.statistics import PRIMARY, adjusted_levels, mean_of, verdict
from simulator.experiments.results.stopping import LOOK_AHEAD, START, Watch
from simulator.experiments.runs.results import OptionRun, ReplicationFailure, ReplicationRun
from simulator.experiments.runs.run import run_replication
from simulator.experiments.runs.wide import KeptWarmUps
from simulator.experiments.store.store import Store
from tests.experiments import shelf

FIRST = START + LOOK_AHEAD


def planted(tiny, values):
    """Give a run whose differences in turn-taking are planted."""
    base, *others = dict.fromkeys([tiny.baseline.content_hash, *(option.key for option in tiny.options)])

    def run(_scenario, replication):
        if math.isinf(values[replication]):
            raise ArithmeticError(replication)
        level = dict.fromkeys(PRIMARY, 0.5)
        raised = level | {PRIMARY[0]: 0.5 + values[replication]}
        return ReplicationRun(replication, {key: OptionRun(level if key == base else raised, {}, {}, {}, {}, {}) for key in (base, *others)}, {})

    return run


@pytest.fixture
def until(tiny, monkeypatch):
    """Give a way to run planted differences until they are precise."""

    def until(values, at_most, **computing):
        monkeypatch.setattr(executors, "run_replication", planted(tiny, values))
        return run_until_precise(tiny.with_(at_most=at_most), Computing(**computing))

    return until


def test_a_scenario_as_it_is_loaded_stops_by_itself_and_one_with_a_number_does_not(tiny):
    assert (tiny.stops_by_itself, tiny.replications) == (True, 3)
    for fixed in (tiny.with_(replications=9), tiny.with_(replications=9).with_(years=2)):
        assert (fixed.stops_by_itself, fixed.replications) == (False, 9)
    for free in (tiny.with_(years=2), tiny.with_(replications=9).with_(at_most=9), tiny.with_(at_most=9)):
        assert free.stops_by_itself
    assert tiny.with_(at_most=9).replications == 9


def test_it_stops_once_differences_are_known_and_tells_how_far_it_is(until):
    seen = []
    results, stopping = until([0.2] * 50, 50, progress=lambda *progress: seen.append(progress))
    assert [result.replication for result in results] == list(range(FIRST))
    assert (stopping.reason, stopping.cap, stopping.wide) == ("precise", 50, [])
    assert seen == [*((done, FIRST) for done in range(FIRST)), (FIRST, FIRST)]


def test_it_ends_at_the_most_and_names_what_is_not_known_closely(until):
    seen = []
    results, stopping = until([k % 2 for k in range(18)], 18, progress=lambda *progress: seen.append(progress))
    assert (len(results), stopping.reason) == (18, "cap")
    assert [(each.option, each.indicator) for each in stopping.wide] == [("plan", PRIMARY[0])]
    assert seen[-1] == (18, 18)
    assert all(done < total for done, total in seen[:-1])


def test_a_failed_replication_is_a_row_and_counts_for_nothing(until):
    results, stopping = until([0.2, math.inf, *[0.2] * 40], 40)
    assert len(results) == FIRST + 1
    assert isinstance(results[1], ReplicationFailure)
    assert stopping.reason == "precise"


def test_what_was_run_beyond_is_kept_but_not_counted_and_what_is_kept_is_not_run_again(until, tiny, tmp_path):
    luck = np.random.default_rng(3).normal(0.3, 0.03, size=80).tolist()
    plain, why = until(luck, 80)
    assert FIRST < len(plain) < 80
    with Store(tmp_path) as store:
        until(luck, 80, store=store)
        assert len(shelf.kept(tmp_path)) >= len(plain)
        again, again_why = until([math.inf] * 80, 80, store=store)
    assert (again_why, [run.replication for run in again]) == (why, [run.replication for run in plain])


@pytest.mark.parametrize(("n_kept", "told"), [(4, range(4, FIRST + 1)), (FIRST, (START, FIRST))])
def test_what_is_kept_is_told_as_done_before_the_first_run(until, tmp_path, n_kept, told):
    """Three runs that were recalled in a moment counted as if they had taken as long as the check before them: a minute was said to be left of nothing."""
    seen = []
    with Store(tmp_path) as store:
        until([0.2] * n_kept, n_kept, store=store)
        until([0.2] * 50, 50, store=store, progress=lambda *progress: seen.append(progress))
    assert seen == [(done, FIRST) for done in told]


@pytest.mark.parametrize("step", [1, 3, 200])
def test_where_it_stops_does_not_depend_on_how_many_are_run_at_a_time(until, monkeypatch, step):
    luck = np.random.default_rng(3).normal(0.3, 0.03, size=80).tolist()
    expected = until(luck, 80)
    monkeypatch.setattr(until_precise.Watch, "expected", lambda watch: min(watch.n + step, watch.cap))
    found = until(luck, 80)
    assert (len(found[0]), found[1]) == (len(expected[0]), expected[1])


def test_replications_that_come_out_of_their_order_are_taken_in_order(until, monkeypatch):
    luck = np.random.default_rng(3).normal(0.3, 0.03, size=80).tolist()
    expected = until(luck, 80)
    run_plan = until_precise.run_plan

    def shuffled(plan, **how):
        outcomes = list(run_plan(plan, **how))
        yield from (outcomes[k] for k in np.random.default_rng(1).permutation(len(outcomes)))

    monkeypatch.setattr(until_precise, "run_plan", shuffled)
    found = until(luck, 80)
    assert (len(found[0]), found[1]) == (len(expected[0]), expected[1])
    assert [run.replication for run in found[0]] == list(range(len(found[0])))


def test_a_number_that_was_asked_for_is_told_as_such(tiny):
    runs = [planted(tiny, [0.2] * 9)(tiny, replication) for replication in range(9)]
    found = conclude_asked(tiny.with_(replications=9), [*runs, ReplicationFailure(9, "x", "")])
    assert (found.reason, found.cap, found.wide) == ("asked", 9, [])


def test_a_comparison_says_how_many_were_run_and_why(tiny, office):
    short = tiny.with_(years=2, warm_up_years=2)
    loaded, asked = compare(short, workspace=office), compare(short.with_(replications=3), workspace=office)
    assert (loaded.replications, loaded.stopping.reason, loaded.stopping.cap) == (3, "cap", 3)
    assert (asked.replications, asked.stopping.reason) == (3, "asked")
    assert replace(loaded, stopping=None) == replace(asked, stopping=None)
    assert loaded.to_dict()["stopping"]["start"] == START


@pytest.mark.deep
def test_one_process_and_two_stop_at_the_same_replication_with_the_same_results(tiny):
    """The real model: processes are ended as soon as there is enough."""
    scenario = tiny.with_(at_most=40)
    one, two = (run_until_precise(scenario, Computing(workers=workers)) for workers in (1, 2))
    assert one[1] == two[1]
    with np.printoptions(floatmode="unique"):
        assert repr(one[0]) == repr(two[0])
    assert repr(one[0][7]) == repr(run_replication(scenario, 7))


# --- planted effects of the real model ------------------------------------------------------------------------------------------------------

TRIALS, PER_EFFECT, PER_ZERO, POOL, CHUNK = 200, 46, 23, 2300, 460


@pytest.fixture(scope="module")
def pool(tiny):
    """Give the primary indicators of each replication of a long row: under the baseline, and under the plan."""
    values = {"keep": [], "plan": []}
    for start in range(0, POOL, CHUNK):
        warm = KeptWarmUps(tiny, range(start, start + CHUNK))
        for option in tiny.options:
            values[option.id] += [[run.values[name] for name in PRIMARY] for run in warm.under(option)]
    return {option: np.array(rows) for option, rows in values.items()}


def drawn(length):
    """Give the replications of each trial: as many as it may take, none twice, drawn from all by luck of a published seed."""
    luck = np.random.default_rng(2026)
    return [luck.permutation(POOL)[:length] for _ in range(TRIALS)]


def trials(differences, margins):
    """End each trial where the rule stops it: for each, what it had, of all three indicators."""
    for trial in differences:
        watch = Watch(margins, len(trial))
        while not watch.is_precise and watch.n < len(trial):
            watch.take({("plan", name): value for name, value in zip(PRIMARY, trial[watch.n], strict=True)})
        yield trial[: watch.n], watch


def margins_of(tiny, times):
    """Give margins so much wider that the rule stops in the middle of a trial: this population is small, and the rule the same."""
    return {name: times * tiny.assumptions.margins[name] for name in PRIMARY}


@pytest.mark.deep
def test_planted_effects_of_the_model_are_covered_after_it_stopped_by_itself(tiny, pool):
    """What the plan does is the mean of 2,300 replications; 200 trials of at most 46 of them find it inside their interval in 180 or more."""
    differences = pool["plan"] - pool["keep"]
    truth, inside, lengths = differences.mean(axis=0), np.zeros(len(PRIMARY)), []
    for taken, watch in trials([differences[runs] for runs in drawn(PER_EFFECT)], margins_of(tiny, 3)):
        ends = [mean_of(taken[:, k]).interval() for k in range(len(PRIMARY))]
        inside += [low <= value <= high for (low, high), value in zip(ends, truth, strict=True)]
        lengths.append((watch.n, watch.is_precise))
    assert (inside >= 180).all(), inside
    assert sum(is_precise for _, is_precise in lengths) > TRIALS / 2, "most stop by themselves"
    assert len({n for n, _ in lengths}) > 5, "at different lengths"


@pytest.mark.deep
def test_planted_zeros_of_the_model_are_hardly_ever_clear_after_it_stopped_by_itself(tiny, pool):
    """Another luck changes every award and nothing in expectation: even without a margin, 16 intervals of 200 at the most leave 0 out."""
    differences = [pool["keep"][runs[:PER_ZERO]] - pool["keep"][runs[PER_ZERO:]] for runs in drawn(2 * PER_ZERO)]
    clear, n_precise = 0, 0
    for taken, watch in trials(differences, margins_of(tiny, 11)):
        means = {name: mean_of(taken[:, k]) for k, name in enumerate(PRIMARY)}
        levels = adjusted_levels({name: mean.p_value for name, mean in means.items()})
        words = [verdict(*means[name].interval(level), means[name].value, 0.0) for name, (_, level) in levels.items()]
        clear += "clear" in words
        n_precise += watch.is_precise
    assert clear <= 16
    assert n_precise > TRIALS / 4
