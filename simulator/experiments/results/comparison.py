"""What a comparison holds: frozen records that travel as strict UTF-8 JSON.

A number that is undefined or infinite is ``null`` in JSON and carries the key of a caveat; words for keys are found in
``simulator.presentation``. Titles and questions come from YAML in both languages and stay together here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from pydantic import TypeAdapter

from simulator.experiments.mathematics.statistics import Verdict  # noqa: TC001  # pydantic needs the type at run time
from simulator.experiments.results.ladder import LadderStep  # noqa: TC001  # as above
from simulator.experiments.results.records import BilingualText, Record
from simulator.experiments.results.stopping import Stopping  # noqa: TC001  # as above

if TYPE_CHECKING:
    from collections.abc import Mapping

Nature = Literal["arithmetic", "emergent", "assumed"]
Confidence = Literal["read", "recalled", "unsure", "derived"]

HIDDEN_CAVEAT = "caveat.hidden"
"""Caveat of a number that is null because so few people stand behind it."""

STRUCTURES_CAVEAT = "caveat.structures"
"""Caveat of a number whose verdict under its own structure of behaviour is not that of enough of the others."""


@dataclass(frozen=True)
class Estimate(Record):
    """A measured number with its 95 % interval."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    caveat: str | None = None


@dataclass(frozen=True)
class IndicatorComparison(Record):
    """One indicator under one option, beside the baseline and the lawful best.

    ``value`` … ``high`` are the option's own level and interval; ``difference`` … are paired, option minus baseline.
    ``lawful_best`` is the same rules applied perfectly. ``margin`` is the smallest difference worth a word.
    ``n`` counts the replications in which the difference is defined; where they are fewer than half, the verdict is *not clear*. ``value_n`` and
    ``lawful_best_n`` count those in which the value and the lawful best are: means may be over different replications.

    ``by_rule`` and ``by_practice`` split the difference, paired, over the replications in which both are defined: what changes in the lawful best, and in the
    gap between value and lawful best. Their 95 % intervals are corrected for no other; where fewer than half define them, they are undefined.
    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    baseline: float | None
    lawful_best: float | None
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    p_adjusted: float | None
    verdict: Verdict
    nature: Nature
    margin: float
    caveat: str | None = None
    n: int | None = None
    value_n: int | None = None
    lawful_best_n: int | None = None
    by_rule: Estimate | None = None
    by_practice: Estimate | None = None


@dataclass(frozen=True)
class ComplianceSweep(Record):
    """What an option does to one indicator when its exhortations are followed to different degrees.

    ``differences`` stand beside ``levels`` and are measured from nobody following (0). ``threshold`` is the smallest compliance at
    which the indicator has moved by its ``margin``; None when even full compliance does not move it so far, and where some difference is undefined, when nobody knows.
    """

    indicator: str
    levels: list[float]
    differences: list[float | None]
    margin: float
    threshold: float | None
    replications: int


@dataclass(frozen=True)
class ReferenceOrder(Record):
    """One indicator by every reference of merit: each option's value, the options from the highest down, and whether no two change places.

    Two options change places when one is above the other by the margin under one reference, and below it by the margin under another. Where none do, but
    some value is undefined, nobody knows whether they would: ``is_stable`` is None.
    """

    indicator: str
    values: dict[str, dict[str, float | None]]
    order: dict[str, list[str]]
    is_stable: bool | None


@dataclass(frozen=True)
class GroupNumber(Record):
    """One number of a group under one option, beside the baseline; it describes, and has no verdict.

    ``low`` and ``high``, ``difference_low`` and ``difference_high`` are 95 % intervals of this number alone, corrected for no other; differences are
    paired, option minus baseline. ``n`` counts the replications in which the difference is defined.
    """

    value: float | None
    low: float | None
    high: float | None
    baseline: float | None
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    n: int
    caveat: str | None = None


@dataclass(frozen=True)
class GroupComparison(Record):
    """One group of members under one option: how many they are in a year, their part of all, awards per member-year, and their part of all awards.

    Of a group of fewer than five, and of those from which it could be worked out, every number is null.
    """

    members: int | None
    members_share: float | None
    award_rate: GroupNumber
    awards_share: GroupNumber


@dataclass(frozen=True)
class PhaseUsed(Record):
    """Rules of an option, and the first year under them."""

    from_year: int
    criteria: str


@dataclass(frozen=True)
class OptionComparison(Record):
    """One option: its rules, its indicators, and how its awards were decided.

    ``allocation_mix`` has the keys merit, turn, post, unexplained; ``by_year`` the three headline indicators, each a
    list aligned with ``Comparison.years``. ``notes`` are the remarks that the criteria sets ask to have printed;
    ``compliance`` says how far exhortations must be followed, and is empty where there are none. ``reasons`` says, of the awards of the last year, what
    part each mechanism of the model accounts for (``docs/odd.md`` 7.15); the parts add up to 1, and are null where nobody could have been chosen
    instead. ``phases`` lists the rules in the order in which they take over, also those that would come after the last year; before the first, the
    baseline goes on. ``criteria`` are the last of them. ``by_group`` has the keys unit_kind, sector and role, each where it divides members into more than
    one group, and under each its groups (``docs/indicators.md``). ``ladder`` follows people from award to award, the lowest step first; it is empty where no set has
    such steps.
    """

    id: str
    title: BilingualText
    criteria: str
    criteria_hash: str
    indicators: dict[str, IndicatorComparison]
    allocation_mix: dict[str, Estimate]
    by_year: dict[str, list[Estimate]]
    notes: list[BilingualText] = field(default_factory=list)
    compliance: list[ComplianceSweep] = field(default_factory=list)
    reasons: dict[str, float | None] = field(default_factory=dict)
    phases: list[PhaseUsed] = field(default_factory=list)
    by_group: dict[str, dict[str, GroupComparison]] = field(default_factory=dict)
    ladder: list[LadderStep] = field(default_factory=list)


@dataclass(frozen=True)
class NullReform(Record):
    """The seal: a reworded baseline must award exactly what the baseline awards."""

    max_abs_difference: float
    rewording_hash: str
    baseline_hash: str
    same_awards: bool


@dataclass(frozen=True)
class RunFailure(Record):
    """A run that did not finish; a failure is a result too."""

    option: str
    replication: int
    error: str


@dataclass(frozen=True)
class AssumptionUsed(Record):
    """A behavioural number the comparison stood on; ``source`` None means assumed.

    ``moved_by`` lists path-names of the clauses that change it, ``used_value_by_option`` what each option ran with. ``default`` is the usual value
    where the scenario sets another one, and null elsewhere.
    """

    id: str
    title: BilingualText
    value: float
    unit: str
    low: float | None
    high: float | None
    source: BilingualText | None
    moved_by: list[str] = field(default_factory=list)
    used_value_by_option: dict[str, float] = field(default_factory=dict)
    default: float | None = None


@dataclass(frozen=True)
class BaseSalaryUsed(Record):
    """The base salary that money was reckoned by, VND a month.

    ``start`` is the day from which it applies; where nobody knows that day, ``known_from`` is one from which it surely did. ``source`` is null where no
    instrument is cited.
    """

    amount: int
    start: str | None
    known_from: str | None
    source: BilingualText | None
    confidence: Confidence


@dataclass(frozen=True)
class FieldChange(Record):
    """One field of a clause that an option changes, as plain values; a field inside a field is named with a dot."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class ClauseUsed(Record):
    """A clause that an option adds to the baseline, changes in it, or removes.

    ``source`` names instrument and provision; ``compliance`` is set for an exhortation; ``simulated`` says whether the
    clause moves anything in the model or is only recorded. Of a clause changed or removed, ``amended_title`` and
    ``amended_source`` are those of the baseline, and ``source``, ``confidence`` and ``assumption`` are set only where
    the option states its own; ``text`` is the reason given for the change. ``award_title`` names the award a clause belongs to, where it belongs to one:
    many awards have clauses of the same title.
    """

    option: str
    clause: str
    kind: str
    title: BilingualText
    simulated: bool
    text: BilingualText | None = None
    source: BilingualText | None = None
    confidence: Confidence | None = None
    assumption: BilingualText | None = None
    compliance: float | None = None
    change: Literal["added", "changed", "removed"] = "added"
    amended_title: BilingualText | None = None
    amended_source: BilingualText | None = None
    changed_fields: list[FieldChange] = field(default_factory=list)
    award_title: BilingualText | None = None


@dataclass(frozen=True)
class GroundedText(Record):
    """A statement of the drafting body: ``source`` and ``confidence`` say what it rests on, or ``assumption`` that nothing does."""

    text: BilingualText
    source: BilingualText | None = None
    confidence: Confidence | None = None
    assumption: BilingualText | None = None


@dataclass(frozen=True)
class Recommendation(Record):
    """The option that the drafting body recommends, and its reasons; no program writes it."""

    option: str
    reasons: BilingualText


@dataclass(frozen=True)
class Provenance(Record):
    """What was run: package versions, commit if known, content hashes by name, seeds. No clock time."""

    versions: dict[str, str]
    commit: str | None
    hashes: dict[str, str]
    seeds: list[int]


@dataclass(frozen=True)
class Comparison(Record):
    """Baseline and options on the same people and the same luck.

    ``criteria_titles`` gives each criteria set of a stack the name its readers know, ``unit_kind_titles`` each kind of unit. ``shock`` says what the shock of the scenario stands for, and is
    null where nothing befalls anybody. ``problem``, ``aim`` and ``recommendation`` are the words of the scenario's file, and are empty where it has none.
    ``base_salary`` is null where none is known on the day of the question; there, no money is told. ``stopping`` says why there are not more replications; null where
    nobody asked.
    """

    scenario: str
    title: BilingualText
    question: BilingualText
    as_of: str
    baseline: str
    baseline_option: str
    focus_award: str
    focus_award_title: BilingualText
    replications: int
    failures: list[RunFailure]
    n_members: int
    n_units: int
    years: list[int]
    warm_up_years: int
    seed: int
    counts_as_direct: list[str]
    null_reform: NullReform
    options: list[OptionComparison]
    assumptions: list[AssumptionUsed]
    clauses: list[ClauseUsed]
    provenance: Provenance
    criteria_titles: dict[str, BilingualText] = field(default_factory=dict)
    structure: str = "weighted"
    learning: bool = False
    references: list[ReferenceOrder] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    shock: BilingualText | None = None
    unit_kind_titles: dict[str, BilingualText] = field(default_factory=dict)
    problem: list[GroundedText] = field(default_factory=list)
    aim: list[GroundedText] = field(default_factory=list)
    recommendation: Recommendation | None = None
    base_salary: BaseSalaryUsed | None = None
    stopping: Stopping | None = None
    # The clock is no result: it stays out of the JSON, so that the same run writes the same bytes.
    seconds: float = field(default=0.0, compare=False, metadata={"in_json": False})

    @classmethod
    def from_json(cls, text: str) -> Comparison:
        """Read what ``to_json`` wrote.

        Raises
        ------
        ValueError
            When the text is not JSON, or a key is unknown, missing or of the wrong type.

        """
        return _comparison_reader().validate_json(text)

    def option(self, option_id: str) -> OptionComparison:
        """Return the option of that id."""
        by_id: Mapping[str, OptionComparison] = {option.id: option for option in self.options}
        return by_id[option_id]


@cache
def _comparison_reader() -> TypeAdapter[Comparison]:
    return TypeAdapter(Comparison)
