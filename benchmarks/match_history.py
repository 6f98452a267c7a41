"""Which behavioural numbers let the model show known patterns? Screen all of them, match the few that matter, and write ``docs/history-matching.md``.

``.venv/bin/python benchmarks/match_history.py`` takes some ten minutes on two cores and prints how far it is. What it finds follows from the seed alone;
only the seconds depend on the machine. ``--points``, ``--waves``, ``--bases`` and ``--lucks`` make it shorter or longer, ``--out`` writes elsewhere.
"""

# ruff: noqa: INP001 - a script beside the house, not a room of it
from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.experiments.calibration.pattern_runs import FREE, READ, PatternWorld, read_points, spread_over_seeds
from simulator.experiments.calibration.pattern_targets import load_patterns
from simulator.experiments.mathematics.history_matching import Targets, left_of_ranges, match_history, pairs_that_trade, smallest_change
from simulator.experiments.mathematics.space_filling import Space, elementary_effects
from simulator.experiments.scenarios.assumptions import load_assumptions
from simulator.population.generator import uniform_population
from simulator.rules.loading import load_criteria
from simulator.workspace import find_workspace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator._types import FloatArray
    from simulator.experiments.calibration.pattern_targets import PatternsFile
    from simulator.experiments.mathematics.history_matching import Left, Matching
    from simulator.experiments.scenarios.assumptions import AssumptionsFile

SEED: Final = 20261122
RULES, FOCUS = "decree-91", "chien-si-thi-dua-co-so"
N_UNITS, SIZE, N_LEADERS, DIRECT_SHARE = 80, 20, 3, 0.7
N_LUCKS_OF_DEFAULTS: Final = 12
MOST_ACTIVE: Final = 12
LEAST_EFFECT: Final = 0.5
BAR_WIDTH: Final = 40
WEIGHTS: Final = ("turn_weight", "rank_weight", "prestige_weight", "lottery_weight", "ladder_weight")
FORTH: Final = Path(__file__).resolve().parents[1] / "docs" / "history-matching.md"


@dataclass
class Reader:
    """Read patterns on the scale of their targets, and keep all that was read, as it was read.

    Attributes
    ----------
    world, patterns
        Where patterns are read, and their targets.
    workers
        Processes.
    read
        (n_points, n_read) of every call.
    """

    world: PatternWorld
    patterns: PatternsFile
    workers: int
    read: list[FloatArray] = field(default_factory=list)

    def __call__(self, points: Sequence[Mapping[str, float]]) -> FloatArray:
        """Read the patterns at some points: (n_points, n_patterns)."""
        start = time.perf_counter()
        self.read.append(read_points(self.world, points, workers=self.workers))
        say(f"{len(points)} sets of numbers, {time.perf_counter() - start:.0f} s")
        return self.scaled(self.read[-1])

    def scaled(self, read: FloatArray) -> FloatArray:
        """Put (n, n_read) on the scales of the targets: (n, n_patterns)."""
        return np.column_stack([target.scaled(read[:, READ.index(name)]) for name, target in self.patterns.patterns.items()])


@dataclass(frozen=True)
class Found:
    """All that goes into the page."""

    reader: Reader
    assumptions: AssumptionsFile
    targets: Targets
    defaults: FloatArray
    seed_variance: FloatArray
    everything: Space
    effects: FloatArray
    alone: FloatArray
    active: tuple[str, ...]
    matching: Matching
    free: FloatArray
    proposal: dict[str, float]
    proposed: FloatArray
    seconds: dict[str, float]


def say(words: str) -> None:
    """Tell whoever waits."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def find(given: argparse.Namespace) -> Found:
    """Screen, match, and look at the defaults."""
    workspace = find_workspace()
    assumptions, patterns = load_assumptions(workspace), load_patterns(workspace)
    population = uniform_population(N_UNITS, SIZE, n_leaders=N_LEADERS, direct_share=DIRECT_SHARE)
    world = PatternWorld(load_criteria(RULES, workspace), population, assumptions.behaviour({}), FOCUS, seeds=tuple(range(1, given.lucks + 1)))
    reader = Reader(world, patterns, given.workers)
    clock = Clock()
    by_seed, _ = spread_over_seeds(world, {}, range(1, N_LUCKS_OF_DEFAULTS + 1))
    seed_variance = np.nanvar(reader.scaled(by_seed), axis=0, ddof=1) / given.lucks
    known = list(patterns.patterns.values())
    targets = Targets(
        centre=np.array([target.centre for target in known]),
        variance=np.array([target.variance for target in known]) + seed_variance,
        limit=patterns.largest_implausibility,
    )
    clock.stop("defaults")
    everything = space_of(tuple(sorted(assumptions.numbers)), assumptions)
    start = everything.point_of({name: number.value for name, number in assumptions.numbers.items()})
    bases = np.vstack([start, 0.25 + 0.5 * everything.fill(given.bases - 1, SEED)])
    effects = elementary_effects(everything, reader, bases) / np.sqrt(targets.variance)
    alone = reader.read[-1][: len(everything.names) + 1]
    active = choose_active(everything.names, effects)
    clock.stop("screening")
    space = space_of(active, assumptions)
    n_before = len(reader.read)
    matching = match_history(space, reader, targets, n_points=given.points, n_waves=given.waves, seed=SEED)
    read = np.vstack(reader.read[n_before:])
    is_left = np.concatenate([wave.implausibility <= targets.limit for wave in matching.waves])
    free = read[is_left][:, [READ.index(name) for name in FREE]]
    clock.stop("waves")
    proposal, proposed = propose(matching, assumptions, world)
    clock.stop("proposal")
    return Found(
        reader, assumptions, targets, by_seed, seed_variance, everything, effects, alone, active, matching, free, proposal, proposed, clock.seconds
    )


class Clock:
    """Take the seconds of one step after the other."""

    def __init__(self) -> None:
        """Start."""
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def stop(self, step: str) -> None:
        """Write down the seconds since the last step."""
        now = time.perf_counter()
        self.seconds[step] = now - self._last
        self._last = now


def space_of(names: tuple[str, ...], assumptions: AssumptionsFile) -> Space:
    """Give the ranges of some numbers; weights that would leave less than nothing for the score are not possible."""
    numbers = assumptions.numbers
    others = {name: numbers[name].value for name in WEIGHTS}

    def leaves_a_score(point: Mapping[str, float]) -> bool:
        return sum(point.get(name, others[name]) for name in WEIGHTS) <= 1 + 1e-9

    low, high = (np.array([getattr(numbers[name], end) for name in names]) for end in ("low", "high"))
    return Space(names, low, high, leaves_a_score if set(names) & set(WEIGHTS) else None)


def choose_active(names: tuple[str, ...], effects: FloatArray) -> tuple[str, ...]:
    """Choose the numbers that move some pattern most."""
    most = effects.max(axis=1)
    order = [i for i in np.argsort(-most, kind="stable") if most[i] >= LEAST_EFFECT]
    return tuple(names[i] for i in order[:MOST_ACTIVE])


def propose(matching: Matching, assumptions: AssumptionsFile, world: PatternWorld) -> tuple[dict[str, float], FloatArray]:
    """Find the fewest numbers to change so that nothing is ruled out, and live under them."""
    names = matching.space.names
    start = matching.space.point_of({name: assumptions.numbers[name].value for name in names})
    point = smallest_change(matching, start)
    if point is None:
        return {}, np.empty((0, len(READ)))
    moved = {name: value for name, value, a, b in zip(names, matching.space.numbers_at(point).values(), point, start, strict=True) if a != b}
    rounded = {name: float(f"{value:.2g}") for name, value in moved.items()}
    return rounded, spread_over_seeds(world, rounded, range(1, N_LUCKS_OF_DEFAULTS + 1))[0]


def write_page(found: Found, given: argparse.Namespace) -> str:
    """Write what was found as Markdown."""
    sections = (
        introduction(found, given),
        table_of_targets(found),
        table_of_screening(found),
        table_of_waves(found),
        table_of_ranges(found),
        predictions(found),
        table_of_proposal(found),
    )
    return "\n\n".join(sections) + "\n"


def introduction(found: Found, given: argparse.Namespace) -> str:
    """Say what was done, and how it ended."""
    worst = implausibility_of(found, found.defaults)
    names = list(found.reader.patterns.patterns)
    ruled_out = [f"`{name}` ({value:.1f})" for name, value in zip(names, worst, strict=True) if value > found.targets.limit]
    verdict = "**are ruled out** by " + ", ".join(ruled_out) if ruled_out else "are **not ruled out**"
    arguments = f"--points {given.points} --waves {given.waves} --bases {given.bases} --lucks {given.lucks}"
    seconds = ", ".join(f"{step} {value:.0f} s" for step, value in found.seconds.items())
    n_left = sum(int((wave.implausibility <= found.targets.limit).sum()) for wave in found.matching.waves)
    return f"""# History matching

Written by `benchmarks/match_history.py {arguments}`; do not edit by hand. Which of the numbers in `scenarios/assumptions.yaml` let the model show the patterns of
`scenarios/patterns.yaml`, and which do not? A set of numbers is ruled out when max |z − E| / √(V_obs + V_disc + V_seed) is above {found.targets.limit:g}, z the
target of a pattern, E what the model gives. This calibrates to foreign analogues and to words; nothing here was measured in Viet Nam. Not being ruled out is no proof.

**Result.** The defaults as shipped {verdict}. {n_left} of the sets of numbers run are not ruled out.

Rules: `{RULES}`, focus award `{FOCUS}`, structure *weighted*; {N_UNITS} units of {SIZE} ({N_UNITS * SIZE:,} members), {found.reader.world.warm_up_years} years of warm-up and {found.reader.world.years}
judged years; every set of numbers meets the same luck (`--lucks` {given.lucks}). Patterns of the rules are read without learning, as scenarios are shipped; drift and ratings in a run with learning
and without conditions, places and caps. Seed {SEED}; {given.points} runs a wave, screening from {given.bases} places. Time taken: {seconds} ({given.workers} processes)."""


def table_of_targets(found: Found) -> str:
    """List the targets, what is not known of them, and what the defaults give."""
    worst = implausibility_of(found, found.defaults)
    rows = [
        "| Pattern | Fact | Target | Scale | √V_obs | √V_disc (assumed) | √V_seed | Defaults give | Implausibility |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for i, (name, target) in enumerate(found.reader.patterns.patterns.items()):
        observed = np.sqrt(max(target.variance - target.discrepancy**2, 0.0))
        given = np.nanmean(found.defaults[:, READ.index(name)])
        mark = f"**{worst[i]:.1f}**" if worst[i] > found.targets.limit else f"{worst[i]:.1f}"
        rows.append(
            f"| {target.title.en} (`{name}`) | {target.fact or 'stability'} | {target.low:g} to {target.high:g} | {target.scale} | {observed:.3f} "
            f"| {target.discrepancy:.3f} | {np.sqrt(found.seed_variance[i]):.3f} | {given:.3f} | {mark} |"
        )
    head = "## Targets\n\nRanges are read as four standard deviations; sources, and what is assumed of each, stand in `scenarios/patterns.yaml`. "
    head += f"The defaults were run with {N_LUCKS_OF_DEFAULTS} lucks."
    return head + "\n\n" + "\n".join(rows) + missed_by_how_much(found)


def missed_by_how_much(found: Found) -> str:
    """Say how large the assumed discrepancies would have to be for the defaults not to be ruled out."""
    scaled = found.reader.scaled(np.nanmean(found.defaults, axis=0)[None])[0]
    missed = []
    for i, (name, target) in enumerate(found.reader.patterns.patterns.items()):
        spare = ((scaled[i] - target.centre) / found.targets.limit) ** 2 - found.targets.variance[i] + target.discrepancy**2
        if spare > target.discrepancy**2:
            missed.append(f"- `{name}`: {np.sqrt(spare):.3f} instead of {target.discrepancy:g}")
    if not missed:
        return ""
    return "\n\nDiscrepancies are assumed, so this verdict is, too. The defaults would not be ruled out with a √V_disc of:\n\n" + "\n".join(missed)


def table_of_screening(found: Found) -> str:
    """List the numbers that matter, and what one of them alone can do for a pattern that is missed."""
    names, patterns = found.everything.names, list(found.reader.patterns.patterns)
    order = np.argsort(-found.effects.max(axis=1), kind="stable")[: MOST_ACTIVE + 6]
    rows = ["| Number | Effect | on | next | Searched |", "|---|---|---|---|---|"]
    for i in order:
        by_size = np.argsort(-found.effects[i], kind="stable")
        first, second = by_size[:2]
        searched = "yes" if names[i] in found.active else "no"
        rows.append(
            f"| `{names[i]}` | {found.effects[i, first]:.1f} | `{patterns[first]}` | `{patterns[second]}` {found.effects[i, second]:.1f} | {searched} |"
        )
    text = f"""## Screening

Every one of the {len(names)} numbers was moved alone to the farther end of its range, from the defaults and from other places; the effect is the mean change of a pattern over the
whole range of the number, in √V of the pattern. The {len(found.active)} numbers with the largest effects are searched (at most {MOST_ACTIVE}, none below {LEAST_EFFECT:g}); all others stay at their
defaults."""
    missed = [name for name, worst in zip(patterns, implausibility_of(found, found.defaults), strict=True) if worst > found.targets.limit]
    if missed:
        text += "\n\nWhat one number alone does for the patterns the defaults miss, at the farther end of its range:\n\n"
        text += "\n".join(f"- `{name}`: {help_for(found, name)}" for name in missed)
    return text + "\n\n" + "\n".join(rows)


def help_for(found: Found, pattern: str) -> str:
    """Name the numbers that bring a pattern nearest to its target, each alone."""
    target, column = found.reader.patterns.patterns[pattern], READ.index(pattern)
    start, moved = found.alone[0, column], found.alone[1:, column]
    apart = np.abs(target.scaled(moved) - target.centre)
    before = abs(float(target.scaled(np.array(start))) - target.centre)
    best = [i for i in np.argsort(apart, kind="stable")[:3] if apart[i] < 0.95 * before]
    named = []
    for i in best:
        number = found.assumptions.numbers[found.everything.names[i]]
        end = number.low if number.value - number.low > number.high - number.value else number.high
        named.append(f"`{found.everything.names[i]}` {number.value:g} → {end:g} gives {moved[i]:.3f}")
    return f"{start:.3f}; " + ("; ".join(named) if named else "no number alone helps")


def table_of_waves(found: Found) -> str:
    """List the waves."""
    rows = ["| Wave | Runs | Not ruled out by their own run | Smallest implausibility | Space left |", "|---|---|---|---|---|"]
    for number, wave in enumerate(found.matching.waves, 1):
        n_left = int((wave.implausibility <= found.targets.limit).sum())
        rows.append(f"| {number} | {len(wave.points)} | {n_left} | {wave.implausibility.min():.2f} | {percent(wave.share_left)} |")
    names = list(found.reader.patterns.patterns)
    first = found.matching.waves[0]
    apart = found.targets.implausibility(first.outputs)
    shares = ", ".join(f"`{name}` {percent(float((apart[:, i] > found.targets.limit).mean()))}" for i, name in enumerate(names))
    return (
        "## Waves\n\nSpace left: what no emulator rules out, in parts of the possible space (a quadratic surface for each wave, its own error added). "
        f"\n\n{chr(10).join(rows)}\n\nRuns of the first wave ruled out by each pattern: {shares}."
    )


def table_of_ranges(found: Found) -> str:
    """Draw what is left of each range, and say which numbers stay unidentified."""
    lefts = left_of_ranges(found.matching)
    if not lefts:
        return "## What is left of the ranges\n\nNothing: no set of numbers inside the ranges shows all patterns."
    bars = [draw(left, found) for left in sorted(lefts, key=lambda left: -left.narrowed)]
    open_ones = ", ".join(f"`{left.name}`" for left in lefts if not left.is_identified) or "none"
    most = found.effects.max(axis=1)
    luck = float(np.sqrt(2 * found.seed_variance / found.targets.variance).max())
    rest = [(name, most[i]) for i, name in enumerate(found.everything.names) if name not in found.active]
    left_out = ", ".join(f"`{name}` ({effect:.1f})" for name, effect in sorted(rest, key=lambda pair: -pair[1]) if effect >= LEAST_EFFECT) or "none"
    unseen = [f"`{name}`" for name, effect in rest if effect < LEAST_EFFECT]
    pairs = "\n".join(f"- `{one}` and `{other}`: correlation {r:+.2f}" for one, other, r in pairs_that_trade(found.matching)) or "- none"
    return f"""## What is left of the ranges

`█` the middle 95 % of what is left, `░` the rest of it, `·` ruled out, `┃` the default. *Gone*: part of the range that the patterns take away.

```text
{chr(10).join(bars)}
```

**Not identified** (searched, less than 10 % of the range gone): {open_ones}.

**Not searched**, for at most {MOST_ACTIVE} are, though they move a pattern (effect in √V; luck that two sets of numbers did not share would give {luck:.1f}): {left_out}.

**Not seen** ({len(unseen)} numbers that move no pattern by {LEAST_EFFECT:g} √V; the patterns say nothing about them): {", ".join(unseen)}.

Numbers that can make up for each other (what is left of one depends on the other):

{pairs}"""


def draw(left: Left, found: Found) -> str:
    """Draw one range as text."""
    number = found.assumptions.numbers[left.name]

    def place(value: float) -> int:
        return min(BAR_WIDTH - 1, max(0, int((value - number.low) / (number.high - number.low) * BAR_WIDTH)))

    cells = ["·"] * BAR_WIDTH
    for mark, low, high in (("░", left.low, left.high), ("█", left.low_central, left.high_central)):
        for cell in range(place(low), place(high) + 1):
            cells[cell] = mark
    cells[place(number.value)] = "┃"
    kept = f"{left.low_central:.2f} to {left.high_central:.2f}"
    return (
        f"{left.name:26} {number.low:6g} {''.join(cells)} {number.high:<6g} {kept:>15}  default {number.value:<6g} gone {max(left.narrowed, 0):4.0%}"
    )


def predictions(found: Found) -> str:
    """Give the numbers no target ties down, over the runs that are not ruled out."""
    rows = ["| Number | Defaults | Not ruled out: 5 % | median | 95 % |", "|---|---|---|---|---|"]
    for i, name in enumerate(FREE):
        column = found.free[:, i][~np.isnan(found.free[:, i])]
        low, middle, high = np.quantile(column, [0.05, 0.5, 0.95]) if len(column) else (np.nan,) * 3
        rows.append(f"| `{name}` | {np.nanmean(found.defaults[:, READ.index(name)]):.2f} | {low:.2f} | {middle:.2f} | {high:.2f} |")
    return (
        f"## What stays free\n\nNo target ties these down. Their spread over the {len(found.free)} runs that are not ruled out is what the patterns leave open. "
        "`turn` is the share of turns in the allocation mix.\n\n" + "\n".join(rows)
    )


def table_of_proposal(found: Found) -> str:
    """Propose the smallest change of the defaults, and show what it gives."""
    if not found.proposal:
        return "## A smallest change of the defaults\n\nNone: the defaults are not ruled out, or everything is."
    worst = implausibility_of(found, found.proposed)
    before = implausibility_of(found, found.defaults)
    moves = "\n".join(f"- `{name}`: {found.assumptions.numbers[name].value:g} → {value:g}" for name, value in found.proposal.items())
    rows = ["| Pattern | Implausibility of the defaults | of the proposal | it gives |", "|---|---|---|---|"]
    for i, name in enumerate(found.reader.patterns.patterns):
        rows.append(f"| `{name}` | {before[i]:.1f} | {worst[i]:.1f} | {np.nanmean(found.proposed[:, READ.index(name)]):.3f} |")
    return (
        "## A smallest change of the defaults\n\nThe fewest numbers whose change leaves nothing ruled out by the emulators, moved to where the patterns fit best; run again with "
        f"{N_LUCKS_OF_DEFAULTS} lucks. It is one of many, a starting point for a decision and not a finding.\n\n{moves}\n\n" + "\n".join(rows)
    )


def implausibility_of(found: Found, read: FloatArray) -> FloatArray:
    """(n_patterns,) implausibility of the mean over lucks."""
    scaled: FloatArray = found.reader.scaled(np.nanmean(read, axis=0)[None])
    return found.targets.implausibility(scaled)[0]


def percent(share: float) -> str:
    """Write a share."""
    return f"{share:.2%}" if 0 < share < 0.01 else f"{share:.0%}"  # noqa: PLR2004 - two figures are enough


def main() -> int:
    """Find, and write it down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=300)
    parser.add_argument("--waves", type=int, default=3)
    parser.add_argument("--bases", type=int, default=3)
    parser.add_argument("--lucks", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, default=FORTH)
    given = parser.parse_args()
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))
    found = find(given)
    given.out.write_text(write_page(found, given), encoding="utf-8", newline="\n")
    say(f"written to {given.out.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
