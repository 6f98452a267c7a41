"""How many years and units of lists are needed before turn-taking can be claimed, and which indicator of leader bias to trust.

Lists are planted (:mod:`~simulator.experiments.power.planted_lists`) in units laid out as those of a scenario or of a register, and every test that a
real register allows is asked of each. Where nothing was planted its alarms are false; else their share is its power. One run plants one list of everything
that is tried, on the same people and the same luck, and asks stretches of it that share no unit.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from simulator.errors import RunError
from simulator.experiments.execution.kept_runs import AsText, KeptAs, run_or_recall
from simulator.experiments.power.layouts import layout_of
from simulator.experiments.power.list_tests import ask_of_leaders, ask_of_shares, ask_of_turns, part_of, seen_by_rating
from simulator.experiments.power.planted_lists import Planted, Society, plant
from simulator.experiments.power.results import BiasRate, ListsLaidOut, Power, TurnRate, rate_of
from simulator.experiments.runs.code_version import CODE_VERSION
from simulator.experiments.runs.plan import PlannedRun
from simulator.experiments.runs.results import ReplicationFailure
from simulator.experiments.runs.run import simulate
from simulator.experiments.scenarios.thinning import THINNED_MEMBERS, members_of, thinned
from simulator.randomness import check_seed, child_seed

if TYPE_CHECKING:
    from simulator.experiments.execution.computing import Computing
    from simulator.experiments.power.layouts import Layout
    from simulator.experiments.power.results import Basis, Way
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.history import History
    from simulator.model.behaviour import Behaviour

REPLICATIONS: Final = 30
"""Runs where nobody asks for another number."""
YEARS: Final = (3, 5, 7, 10)
UNITS: Final = {10: 4, 20: 4, 50: 2, 100: 1}
"""Units of a list → how many such lists, with no unit in common, are cut out of one run."""
TURNS: Final[tuple[tuple[Way, float], ...]] = (
    ("none", 0.0),
    ("lot", 0.0),
    ("weighed", 0.1),
    ("weighed", 0.15),
    ("weighed", 0.25),
    ("weighed", 0.5),
    ("whole-years", 0.25),
    ("whole-years", 0.5),
    ("whole-years", 0.75),
    ("strict", 1.0),
)
"""What is planted: nothing, by merit or by lot; turns weighed in every choice; turns that decide alone in a share of the unit-years; nothing but turns."""
BONUSES: Final = (0.0, 0.1, 0.25, 0.5, 1.0)
"""What a leading post adds to a file, in standard deviations of merit."""
TRULY_BETTER: Final = 0.3
"""By how much leaders are truly better where that is tried, in the same."""
BIAS_UNITS: Final = 60
BIAS_YEARS: Final = 5
_BIAS_LISTS: Final = 2
_FEWEST_YEARS: Final = 3
_MOST_UNITS: Final = 200
"""Of a larger register so many units are drawn: it shows at least as much."""
_TURN_KEY: Final = "turns"


class TurnKey(NamedTuple):
    """One cell of the first question."""

    test: str
    way: Way
    turn: float
    units: int
    years: int


class BiasKey(NamedTuple):
    """One cell of the second question."""

    indicator: str
    basis: Basis
    bonus: float
    leader_merit: float


Outcomes = dict[TurnKey | BiasKey, list[bool | None]]


@dataclass(frozen=True)
class Design:
    """Everything that a run depends on.

    Attributes
    ----------
    layout, society
        Units, and people.
    seed
        Of all luck.
    own
        Units and years of the register itself; ``None`` of a scenario.
    turns, units, years
        What is planted, and the lists it is looked for in.
    bonuses
        Leader bias that is planted.
    """

    layout: Layout
    society: Society
    seed: int
    own: tuple[int, int] | None = None
    turns: tuple[tuple[Way, float], ...] = TURNS
    units: tuple[tuple[int, int], ...] = tuple(UNITS.items())
    years: tuple[int, ...] = YEARS
    bonuses: tuple[float, ...] = BONUSES

    @property
    def of_bias(self) -> tuple[int, int]:
        """Units and years of the lists in which leader bias is looked for."""
        return (BIAS_UNITS, BIAS_YEARS) if self.own is None else (self.own[0], max(self.own[1], _FEWEST_YEARS))

    @property
    def key(self) -> str:
        """Fingerprint of all that, and of the program."""
        layout = [column.tolist() for column in (self.layout.size, self.layout.n_leaders, self.layout.places)]
        content = [CODE_VERSION, layout, asdict(self.society), self.seed, self.own, self.turns, self.units, self.years, self.bonuses]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def society_of(behaviour: Behaviour) -> Society:
    """Take from a behaviour what lists are made by."""
    return Society(**{name: getattr(behaviour, name) for name in ("merit_stability", "fortune_persistence", "appraisal_reliability", "turnover")})


def power_of_scenario(scenario: Scenario, computing: Computing, *, replications: int = REPLICATIONS, members: int | None = THINNED_MEMBERS) -> Power:
    """Study lists laid out as those of a scenario's baseline, simulated once; ``members`` is about how many are kept of it, ``None`` keeps all."""
    small = thinned(scenario, members)
    layout = layout_of(simulate(small), judged_only=True)
    title = {"vi": scenario.title.vi, "en": scenario.title.en}
    design = Design(layout, society_of(scenario.behaviour), scenario.seed)
    return find_power(design, _laid_out(layout, "scenario", title, members, members_of(scenario.population)), computing, replications=replications)


def power_of_register(register: History, behaviour: Behaviour, computing: Computing, *, seed: int = 0, replications: int = REPLICATIONS) -> Power:
    """Study lists laid out as a register: first of all, one of as many units and years."""
    layout = layout_of(register)
    design = Design(layout, society_of(behaviour), check_seed(seed), own=(min(layout.n_units, _MOST_UNITS), layout.n_years))
    return find_power(design, _laid_out(layout, "register", None, None, None), computing, replications=replications)


def _laid_out(layout: Layout, kind: str, title: dict[str, str] | None, asked: int | None, members: int | None) -> ListsLaidOut:
    return ListsLaidOut(
        kind="register" if kind == "register" else "scenario",
        title=title,
        members_asked=asked,
        members_in_scenario=members,
        units=layout.n_units,
        units_left_out=layout.n_units_left_out,
        members=int(layout.size.sum()),
        leaders=int(layout.n_leaders.sum()),
        years=layout.n_years,
        cycle=layout.cycle,
    )


def find_power(design: Design, laid_out: ListsLaidOut, computing: Computing, *, replications: int) -> Power:
    """Plant the lists of a design so many times over, and count alarms.

    Runs that the store holds are not planted again, and each is kept as soon as it is there.

    Raises
    ------
    RunError
        If no run succeeds.
    """
    outcomes: defaultdict[TurnKey | BiasKey, list[bool | None]] = defaultdict(list)
    failures = []
    for found in _runs(design, computing, replications):
        if isinstance(found, ReplicationFailure):
            failures.append(found.error)
            continue
        for key, told in found.items():
            outcomes[key].extend(told)
    if not outcomes:
        raise RunError(failures[0], fields={"reason": failures[0]})
    bias_units, bias_years = design.of_bias
    return Power(
        laid_out=laid_out,
        replications=replications,
        failed=len(failures),
        seed=design.seed,
        numbers=asdict(design.society),
        turns=[TurnRate(*key, rate_of(told)) for key, told in outcomes.items() if isinstance(key, TurnKey)],
        bias=[BiasRate(*key, rate_of(told)) for key, told in outcomes.items() if isinstance(key, BiasKey)],
        bias_units=bias_units,
        bias_years=bias_years,
    )


def _runs(design: Design, computing: Computing, replications: int) -> list[Outcomes | ReplicationFailure]:
    """Give every run in its order: those kept, and those that are missing."""
    # Whatever can be sent to another process can be planned; a list that is planted needs no more of a scenario than that.
    plan = [PlannedRun(cast("Scenario", design), number) for number in range(replications)]
    names = [KeptAs(design.key, f"power-{number}") for number in range(replications)]
    asked = run_or_recall(run_power, plan, names, AsText(_written, _read), computing, computing.progress)
    found = {number: outcomes for number, outcomes in asked}  # noqa: C416  # dict() would lose of what type the outcomes are
    return [found[number] for number in range(replications)]


def run_power(planned: Scenario, replication: int) -> Outcomes:
    """Plant one list of everything a design tries, and ask it."""
    design = cast("Design", planned)
    return {**_try_turns(design, replication), **_try_leaders(design, replication)}


def _try_turns(design: Design, replication: int) -> Outcomes:
    found: Outcomes = defaultdict(list)
    most, last = max((n * lists for n, lists in design.units), default=0), max(design.years, default=0)
    for way, turn in design.turns:
        planted = Planted(turn, way)
        if design.units and design.years:
            seed = child_seed(design.seed, replication, 0)
            history = plant(design.layout, design.society, planted, n_units=most, n_years=last, seed=seed, is_cut=True)
            for n_years in design.years:
                for n_units, n_lists in design.units:
                    for number in range(n_lists):
                        units = slice(number * n_units, (number + 1) * n_units)
                        _add(found, (way, turn, n_units, n_years), part_of(history, years=slice(0, n_years), units=units))
        if design.own is not None:
            n_units, n_years = design.own
            seed = child_seed(design.seed, replication, 1)
            own = plant(design.layout, design.society, planted, n_units=n_units, n_years=n_years, seed=seed)
            _add(found, (way, turn, n_units, n_years), own)
    return found


def _add(found: Outcomes, cell: tuple[Way, float, int, int], history: History) -> None:
    for test, alarm in ask_of_turns(history).items():
        found[TurnKey(test, *cell)].append(alarm)


def _try_leaders(design: Design, replication: int) -> Outcomes:
    found: Outcomes = defaultdict(list)
    n_units, n_years = design.of_bias
    tried = [(bonus, 0.0) for bonus in design.bonuses] + ([(0.0, TRULY_BETTER)] if design.bonuses else [])
    for number in range(_BIAS_LISTS):
        seed = child_seed(design.seed, replication, 2, number)
        for bonus, better in tried:
            planted = Planted(post_bonus=bonus, leader_merit=better)
            history = plant(design.layout, design.society, planted, n_units=n_units, n_years=n_years, seed=seed)
            asked = {"exact": ask_of_leaders(history), "rating": ask_of_leaders(seen_by_rating(history)), "none": ask_of_shares(history)}
            for basis, alarms in asked.items():
                for indicator, alarm in alarms.items():
                    found[BiasKey(indicator, cast("Basis", basis), bonus, better)].append(alarm)
    return found


def _written(outcomes: Outcomes) -> str:
    return json.dumps([[_TURN_KEY if isinstance(key, TurnKey) else "bias", list(key), told] for key, told in outcomes.items()])


def _read(text: str) -> Outcomes | None:
    try:
        return {(TurnKey(*key) if kind == _TURN_KEY else BiasKey(*key)): told for kind, key, told in json.loads(text)}
    except (TypeError, ValueError):  # changed by hand: as good as none
        return None
