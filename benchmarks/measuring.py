"""What one process measures: ``python benchmarks/measuring.py KIND '{"members": …}'`` prints one JSON object.

Every measurement has a process of its own, so that none finds the memory, the tables or the garbage of another. Seconds are those of the processor, the best of
some repeats, for others may be using the machine; seconds on the clock stand beside them where somebody would wait for them.
"""

# ruff: noqa: INP001 - benchmarks stand beside the house, not in it
from __future__ import annotations

import functools
import gc
import importlib
import json
import statistics
import sys
import time
import tracemalloc
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from simulator.experiments.scenarios.scenario import load_scenario
from simulator.indicators import values
from simulator.model.model import AwardModel
from simulator.model.wanted import Wanted
from simulator.population.generator import generate
from simulator.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.population.generator import Population

PLACE: Final = Workspace(Path(__file__).resolve().parents[1])
"""The rules beside this file, wherever the command is called: figures of other rules could not be compared."""
SCENARIO: Final = "hanoi-2021"
CHANGED: Final = "plan-115-and-letter-3959"
SEED: Final = 20261122
N_HISTORY_YEARS: Final = 2
N_WARM: Final = 400
PAGE_WARM_YEARS: Final = 3
FEWEST_ANSWERS: Final = 9
DRAFT: Final = """id: draft
extends: decree-91
title: {{vi: "Bản thảo", en: "Draft"}}
status: draft
drafting_state: drafting
valid: {{from: 2026-01-01}}
checked_on: 2026-01-01

awards:
  chien-si-thi-dua-co-so:
    clauses:
      quota:
        why: {{vi: "Đo tốc độ.", en: "To measure speed."}}
        share: {share:.3f}
        assumption: {{vi: "Đo tốc độ.", en: "To measure speed."}}
"""
"""Another share of places makes another draft, of which nothing is known yet."""

STAGES: Final[tuple[tuple[str, str, str], ...]] = (
    ("turnover", "simulator.model.model", "move_on"),
    ("files", "simulator.model.model", "choose_effort"),
    ("files", "simulator.model.model", "write_files"),
    ("deeds", "simulator.model.model", "do_deeds"),
    ("deeds", "simulator.model.model", "reward_deeds"),
    ("deeds", "simulator.model.model", "answer_deeds"),
    ("priorities", "simulator.model.priorities", "Priorities.__init__"),
    ("priorities", "simulator.model.priorities", "Priorities.__call__"),
    ("decide", "simulator.model.model", "decide_award"),
    ("collectives", "simulator.model.collectives", "Collectives.decide"),
    ("council", "simulator.model.council", "Council.read"),
    ("inspection", "simulator.model.model", "inspect"),
    ("close", "simulator.model.members", "Members.close_year"),
    ("record", "simulator.model.model", "AwardModel._write_down"),
    ("learning", "simulator.model.model", "remember_morale"),
    ("learning", "simulator.model.model", "learn"),
    ("history", "simulator.model.model", "AwardModel.history"),
    ("indicators", "simulator.indicators.values", "values_of_each"),
    ("indicators", "simulator.indicators.values", "PartsMeasured.add"),
    ("indicators", "simulator.indicators.values", "PartsMeasured.values"),
)
"""What is wrapped while shares of time are taken: stage, module, name. A decision counts for the authority that decides."""


def population_of(scenario: Scenario, n_members: int) -> Population:
    """Lay out as many members as are wanted, or nearly, in units like those of the scenario."""
    spec = scenario.population
    share = n_members / sum(kind.units * kind.mean_size for kind in spec.kinds.values())
    return generate(spec.model_copy(update={"kinds": _scaled(spec.kinds, share)}))


def _scaled(kinds: Any, share: float) -> Any:
    return {name: kind.model_copy(update={"units": max(1, round(kind.units * share))}) for name, kind in kinds.items()}


def model_of(scenario: Scenario, population: Population, option: str | None = None) -> AwardModel:
    """Begin a model under the baseline, or under one of the options; everything is lived through, but merit by the other references, which no indicator here reads, is not kept."""
    criteria = scenario.baseline if option is None else next(one for one in scenario.options if one.id == option).criteria
    return AwardModel(
        population,
        criteria,
        scenario.behaviour,
        seed=SEED,
        focus_award=scenario.focus_award,
        collects=False,
        shock=scenario.shock,
        wanted=Wanted.EVERYTHING & ~Wanted.REFERENCES,
    )


def live_and_measure(scenario: Scenario, population: Population, years: int, option: str | None = None) -> dict[str, float]:
    """Live through some years and measure all indicators; take the seconds of each part."""
    watch = Watch()
    with model_of(scenario, population, option) as model:
        watch.stop("setup")
        model.run(years)
        watch.stop("model")
        measured = values.PartsMeasured()
        for part in model.parts():
            measured.add(model.history(base_salary=scenario.base_salary, with_references=False, part=part))
        measured.values()
        watch.stop("indicators")
    return watch.seconds


class Watch:
    """Take the seconds of one part after the other: of the processor, and on the clock."""

    def __init__(self) -> None:
        """Start."""
        self.seconds: dict[str, float] = {}
        self._last = time.process_time(), time.perf_counter()

    def stop(self, part: str) -> None:
        """Write down the seconds since the last part."""
        now = time.process_time(), time.perf_counter()
        self.seconds[part], self.seconds[f"{part}_clock"] = now[0] - self._last[0], now[1] - self._last[1]
        self._last = now


def measure_engine(members: int, years: int, repeats: int, option: str | None = None) -> dict[str, Any]:
    """Measure the whole model: nanoseconds of a member-year, seconds, memory above that of a small run."""
    scenario = load_scenario(SCENARIO, PLACE)
    live_and_measure(scenario, population_of(scenario, N_WARM), PAGE_WARM_YEARS, option)
    gc.collect()
    before = resident()
    start = time.perf_counter()
    population = population_of(scenario, members)
    layout = time.perf_counter() - start
    runs = []
    for _ in range(repeats):
        runs.append(live_and_measure(scenario, population, years, option))
        gc.collect()
    parts = {part: min(run[part] for run in runs) for part in ("model", "indicators")}
    n_member_years = population.n_members * years
    most = peak_resident()
    return {
        "members": population.n_members,
        "units": population.n_units,
        "years": years,
        "rules": option or scenario.baseline.id,
        "ns_per_member_year": min(run["model"] + run["indicators"] for run in runs) / n_member_years * 1e9,
        "model_ns": parts["model"] / n_member_years * 1e9,
        "indicators_ns": parts["indicators"] / n_member_years * 1e9,
        "processor_seconds": min(run["model"] + run["indicators"] for run in runs),
        "clock_seconds": min(run["model_clock"] + run["indicators_clock"] for run in runs),
        "setup_seconds": layout + min(run["setup_clock"] for run in runs),
        "peak_resident_bytes": None if most is None or before is None else most - before,
    }


def measure_memory(members: int) -> dict[str, Any]:
    """Count the bytes of a member: held after the first year, added by every further year, and at the peak of a year."""
    scenario = load_scenario(SCENARIO, PLACE)
    live_and_measure(scenario, population_of(scenario, N_WARM), PAGE_WARM_YEARS)
    gc.collect()
    tracemalloc.start()
    population = population_of(scenario, members)
    with model_of(scenario, population) as model:
        model.run(1)
        gc.collect()
        held, _ = tracemalloc.get_traced_memory()
        model.run(1)
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        model.run(1)
        _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    n = population.n_members
    return {
        "members": n,
        "held_bytes": held / n,
        "bytes_of_a_year": (after - held) / n,
        "peak_bytes": (peak - 2 * (after - held)) / n,
    }


def measure_stages(members: int, years: int, repeats: int) -> dict[str, Any]:
    """Share the time out among the stages, and say how much slower the run was for being watched."""
    scenario = load_scenario(SCENARIO, PLACE)
    population = population_of(scenario, members)
    plain, shares, watched = [], [], []
    for _ in range(repeats):
        plain.append(_seconds(live_and_measure(scenario, population, years)))
        with staged() as seconds:
            watched.append(_seconds(live_and_measure(scenario, population, years)))
        shares.append((watched[-1], dict(seconds)))
    total, of_stages = min(shares, key=lambda share: share[0])
    known = {stage: value / total for stage, value in of_stages.items()}
    return {
        "members": population.n_members,
        "years": years,
        "overhead": min(watched) / min(plain) - 1,
        "shares": {**known, "rest": max(0.0, 1 - sum(known.values()))},
    }


def _seconds(run: dict[str, float]) -> float:
    return run["model"] + run["indicators"]


@contextmanager
def staged() -> Iterator[dict[str, float]]:
    """Wrap what makes up a year, and add up the seconds each stage spends outside all others.

    Raises
    ------
    LookupError
        If something on the list is no longer there: a share that silently fell away would mislead.
    """
    seconds: dict[str, float] = defaultdict(float)
    open_since: list[float] = []
    put_back: list[tuple[Any, str, Any]] = []
    try:
        for stage, module, path in STAGES:
            *owners, name = path.split(".")
            owner = functools.reduce(getattr, owners, importlib.import_module(module))
            if not hasattr(owner, name):
                message = f"{module}.{path} is not there any more; benchmarks/measuring.py lists it as a part of “{stage}”."
                raise LookupError(message)
            put_back.append((owner, name, getattr(owner, name)))
            setattr(owner, name, _watched(stage, getattr(owner, name), seconds, open_since))
        yield seconds
    finally:
        for owner, name, original in reversed(put_back):
            setattr(owner, name, original)


def _watched(stage: str, work: Callable[..., Any], seconds: dict[str, float], inner: list[float]) -> Callable[..., Any]:
    @functools.wraps(work)
    def watched(*arguments: Any, **named: Any) -> Any:
        own = f"decide-{arguments[0].authority}" if stage == "decide" else stage
        inner.append(0.0)
        start = time.process_time()
        try:
            return work(*arguments, **named)
        finally:
            spent = time.process_time() - start
            seconds[own] += spent - inner.pop()
            if inner:
                inner[-1] += spent

    return watched


def measure_slider(members: int, years: int, replications: int, repeats: int) -> dict[str, Any]:
    """Measure what a moved slider costs: the changed side of all replications from kept warm-ups, its indicators, the figure, and the whole as somebody waits for it.

    The replications lie side by side; beside that stands what as many separate runs cost, and how the time of the former divides among the stages.
    """
    from simulator.experiments.runs.run import warmed_up  # noqa: PLC0415 - no other measurement needs it, and loading takes time
    from simulator.experiments.runs.wide import KeptWarmUps  # noqa: PLC0415 - as above

    scenario = load_scenario(SCENARIO, PLACE)
    spec = scenario.population
    share = members / sum(kind.units * kind.mean_size for kind in spec.kinds.values())
    scenario = replace(scenario, population=spec.model_copy(update={"kinds": _scaled(spec.kinds, share)})).with_(
        years=years, replications=replications
    )
    option = next(one for one in scenario.options if one.id == CHANGED)
    start = time.perf_counter()
    together = KeptWarmUps(scenario).warm_up()
    warming = time.perf_counter() - start
    alone = [warmed_up(scenario, replication) for replication in range(replications)]
    runs, separate, shares = [], [], []
    for _ in range(repeats):
        runs.append(_move_slider(scenario, together, option))
        separate.append(_move_slider(scenario, alone, option))
        with staged() as seconds:
            watched = _seconds(_move_slider(scenario, together, option))
        shares.append((watched, dict(seconds)))
    n_members = alone[0].population.n_members
    n_member_years = n_members * years * replications
    middle = {part: statistics.median(run[part] for run in runs) for part in runs[0]}
    best, best_separate = ({part: min(run[part] for run in of) for part in of[0]} for of in (runs, separate))
    total, of_stages = min(shares, key=lambda share: share[0])
    return {
        "members": n_members,
        "years": years,
        "replications": replications,
        "rules": CHANGED,
        "engine_seconds": middle["model_clock"],
        "engine_ns": best["model"] / n_member_years * 1e9,
        "indicators_ns": best["indicators"] / n_member_years * 1e9,
        "indicators_seconds": middle["indicators_clock"],
        "separate_engine_ns": best_separate["model"] / n_member_years * 1e9,
        "engine_times_as_fast": best_separate["model"] / best["model"],
        "times_as_fast": _seconds(best_separate) / _seconds(best),
        "shares": {stage: value / total for stage, value in of_stages.items()},
        "warm_up_seconds": warming,
        **_answer_drafts(scenario, repeats),
    }


def _answer_drafts(scenario: Scenario, repeats: int) -> dict[str, Any]:
    """Try drafts out as somebody does who moves a slider, one after the other: the seconds of an answer with its figure, and those of the figure alone."""
    from simulator.experiments.comparing.trial import Trial, trial_scenario  # noqa: PLC0415 - as above
    from simulator.experiments.execution.halves import Halves  # noqa: PLC0415 - loading takes time
    from simulator.presentation.results.trial_figure import draw_trial  # noqa: PLC0415 - as above
    from simulator.rules.assembly import lay_over  # noqa: PLC0415 - as above

    trial = Trial(trial_scenario(scenario, scenario.baseline, replications=scenario.replications, years=scenario.years), PLACE)
    draw_trial(trial.compare(scenario.baseline)).to_svg()
    if isinstance(trial.answers, Halves):
        trial.answers.is_ready.result()
    answers, drawings = [], []
    for number in range(max(repeats, FEWEST_ANSWERS)):
        draft = lay_over(scenario.baseline, DRAFT.format(share=0.08 + number / 1000), "draft", "draft.yaml")
        start = time.perf_counter()
        comparison = trial.compare(draft)
        compared = time.perf_counter()
        draw_trial(comparison).to_svg()
        drawings.append(time.perf_counter() - compared)
        answers.append(time.perf_counter() - start)
    return {
        "figure_seconds": statistics.median(drawings),
        "answer_seconds": statistics.median(answers),
        "n_processes": 2 if isinstance(trial.answers, Halves) else 1,
    }


def _move_slider(scenario: Scenario, warm: Sequence[AwardModel], option: Any) -> dict[str, float]:
    from simulator.experiments.runs.run import history_under  # noqa: PLC0415 - loading takes time

    watch = Watch()
    histories = [history_under(model, option.phases, scenario) for model in warm]
    watch.stop("model")
    for history in histories:
        values.values_of_each(history, with_course=False)
    watch.stop("indicators")
    return watch.seconds


def measure_object_model(members: int, years: int, repeats: int) -> dict[str, Any]:
    """Measure the model of one object a member: its years, and gathering the table the indicators read."""
    from benchmarks.object_model import Society  # noqa: PLC0415 - not in the wheel
    from benchmarks.object_rules import OrdinaryLuck  # noqa: PLC0415 - as above

    scenario = load_scenario(SCENARIO, PLACE)
    population = population_of(scenario, members)
    before = resident()
    best: dict[str, float] = {}
    for _ in range(repeats):
        watch = Watch()
        society = Society(population, scenario.baseline, scenario.behaviour, OrdinaryLuck(SEED), focus=scenario.focus_award)
        watch.stop("setup")
        gc.collect()
        gc.freeze()  # the collector would look through all agents again and again, and find nothing
        watch.stop("freeze")
        for _ in range(years):
            society.step()
        society.history(n_history_years=N_HISTORY_YEARS, base_salary=scenario.base_salary)
        watch.stop("model")
        most = peak_resident()
        gc.unfreeze()
        society.remove_all_agents()
        del society
        gc.collect()
        best = min(best or watch.seconds, watch.seconds, key=lambda run: run["model"])
    return {
        "members": population.n_members,
        "years": years,
        "model_ns": best["model"] / (population.n_members * years) * 1e9,
        "processor_seconds": best["model"],
        "clock_seconds": best["model_clock"],
        "setup_seconds": best["setup_clock"],
        "peak_resident_bytes": None if most is None or before is None else most - before,
    }


def resident() -> int | None:
    """Bytes of memory this process holds now; unknown where the system has no ``/proc``."""
    return _status("VmRSS")


def peak_resident() -> int | None:
    """Most bytes this process ever held."""
    return _status("VmHWM")


def _status(name: str) -> int | None:
    try:
        with open("/proc/self/status", encoding="ascii") as lines:  # noqa: PTH123 - no path of the project
            return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:")), None)
    except OSError:
        return None


MEASUREMENTS: Final = {
    "engine": measure_engine,
    "memory": measure_memory,
    "stages": measure_stages,
    "slider": measure_slider,
    "object-model": measure_object_model,
}


def main() -> int:
    """Measure one thing, and print it."""
    kind, arguments = sys.argv[1:]
    sys.stdout.write(json.dumps(MEASUREMENTS[kind](**json.loads(arguments)), allow_nan=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
