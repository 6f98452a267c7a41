"""What a study of tipping holds: frozen records, one for each option, target and restriction."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from simulator.experiments.results.records import BilingualText, Record
from simulator.experiments.tipping.targets import Target  # noqa: TC001  # pydantic needs the type at run time

STRUCTURE: Final = "structure"
UNIT_SIZE: Final = "unit_size"
LEADER_SHARE: Final = "leader_share_of_members"
DIRECT_SHARE: Final = "direct_share_of_others"
POPULATION: Final = (UNIT_SIZE, LEADER_SHARE, DIRECT_SHARE)
"""The inputs that are features of the units."""

Side = Literal["misses", "meets"]
EventWord = Literal["unknown", "never", "always", "rare", "spread", "weak", "box"]


@dataclass(frozen=True)
class FutureInput(Record):
    """Something that differs from future to future.

    ``kind`` is ``assumption`` (a number of ``assumptions.yaml``), ``population`` (a feature of the units) or ``structure`` (how units decide). ``value`` is what
    the scenario has; ``choices`` are the structures, and empty for a number. A title is given where the catalogue has none.
    """

    id: str
    kind: Literal["assumption", "population", "structure"]
    unit: str
    title: BilingualText | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Restriction(Record):
    """What a box asks of one input: at least (``low``), at most (``high``), or one of some structures (``among``); ``quasi_p`` is that of this alone."""

    input: str
    side: Literal["low", "high", "among"]
    limit: float | None
    among: list[str]
    quasi_p: float


@dataclass(frozen=True)
class TippingBox(Record):
    """A box of futures.

    ``holds`` says what is gathered in it: futures in which the option misses the target, or those in which it meets it, whichever are fewer. ``inside`` futures lie in
    it, ``cases_inside`` of them of that kind, out of ``cases``. ``coverage_left_out`` and ``density_left_out`` are those of boxes found without a fifth of the
    futures, counted on that fifth.
    """

    holds: Side
    restrictions: list[Restriction]
    inside: int
    cases_inside: int
    cases: int
    coverage: float
    density: float
    coverage_left_out: float
    density_left_out: float
    is_reached: bool


@dataclass(frozen=True)
class TippingEvent(Record):
    """One target of one option, or all of them (``any``): in how many futures it is missed, and where.

    ``word``: ``unknown``, undefined in every future; ``never`` or ``always`` missed; ``rare``, too few futures of one kind to look for a box; ``spread``, no restriction is told from chance; ``weak``,
    the best box does not reach both aims; ``box``, it does. ``answers`` tell of each future whether the target is missed; null where nobody can tell.
    """

    target: str
    futures: int
    missed: int
    word: EventWord
    box: TippingBox | None
    answers: list[bool | None]


@dataclass(frozen=True)
class Spread(Record):
    """How one indicator of one option differs from the baseline over the futures in which both are defined."""

    futures: int
    mean: float | None
    lowest: float | None
    highest: float | None


@dataclass(frozen=True)
class OptionTipping(Record):
    """One option that changes something.

    ``events`` are by target, all of them (``any``) first. In ``repeated_alike`` of the futures that were run again under other lucks, the answer about all of them was
    the same.
    """

    id: str
    title: BilingualText
    differences: dict[str, Spread]
    events: dict[str, TippingEvent]
    repeated_alike: int


@dataclass(frozen=True)
class Held(Record):
    """In how many of some futures targets are met."""

    met: int
    futures: int

    @property
    def share(self) -> float | None:
        """Which part of them; ``None`` where there are none."""
        return self.met / self.futures if self.futures else None


@dataclass(frozen=True)
class OptionRobustness(Record):
    """One option over all futures: each target, all of them together, the same by structure of behaviour, and regret.

    ``largest_regret`` and ``mean_regret`` are in margins: in each future and for each target, how much further from it than the best option there; of the targets
    the worst counts. They are null where the option leaves a target undefined in most of the futures in which another defines it.
    """

    id: str
    title: BilingualText
    by_target: dict[str, Held]
    together: Held
    by_structure: dict[str, Held]
    largest_regret: float | None
    mean_regret: float | None


@dataclass(frozen=True)
class FutureFailure(Record):
    """A future that could not be run, and why."""

    future: int
    error: str


@dataclass(frozen=True)
class Tipping(Record):
    """Where options tip over.

    ``futures`` were drawn from ``seed`` for a population thinned to about ``members_asked`` members (all where null); ``shown_values`` are the values of those
    inputs that stand in some box or picture, future after future. Of each future the mean over ``replications`` was read; the first ``repeated`` were run again under
    others. ``idle`` are the assumptions with a range that stay as they are, for no run of the scenario reads them.
    """

    scenario: str
    title: BilingualText
    baseline_title: BilingualText
    seed: int
    futures: int
    replications: int
    members_asked: int | None
    members_in_scenario: int
    years: int
    targets: list[Target]
    inputs: list[FutureInput]
    options: list[OptionTipping]
    robustness: list[OptionRobustness]
    least_regret: str
    repeated: int
    failures: list[FutureFailure]
    structures: list[str]
    shown_values: dict[str, list[float]]
    idle: list[str] = field(default_factory=list)

    def input(self, name: str) -> FutureInput:
        """Give an input by its id."""
        return next(each for each in self.inputs if each.id == name)
