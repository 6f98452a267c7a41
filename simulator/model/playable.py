"""What of a criteria set the model can play: what it would read and then leave without effect is refused, because silence would look like "no effect"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.errors import TieuchiError
from simulator.rules.clauses import CoolingOff, DirectWorkerFloor, Eligibility, LeaderCap, Quota, ScoreThreshold
from simulator.rules.conditions import iter_single_tests
from simulator.rules.facts import Test
from simulator.rules.stages import SectorGate, TieBreak

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.rules.clauses import Clause, Pooling
    from simulator.rules.conditions import Condition, SingleTest
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.schema import Award

_OF_BOTH: Final = frozenset(
    {"rating", "rating-run", "rating-count", "awarded-this-year", "award-run", "award-count", "years-since-award", "sector"},
)
PLAYED_FACTS: Final[Mapping[str, frozenset[str]]] = {
    "individual": _OF_BOTH | {"unused-initiatives", "disciplined-this-year", "service-months", "leave-days", "role", "is-direct-worker"},
    "collective": _OF_BOTH | {"members-awarded", "members-rated", "members-disciplined", "leads-cluster", "years-established"},
}
"""Facts that simulated members, and simulated collectives, have. Every initiative is taken to reach as far as a clause asks (``scope``)."""

PLAYED_KINDS: Final[Mapping[str, frozenset[str]]] = {"individual": frozenset({"merit", "ad-hoc"}), "collective": frozenset({"merit"})}
"""Kinds of award that are played. Thematic awards and awards for long service are not, so nothing in them is refused."""

_WORD_FOR: Final[Mapping[str, str]] = {"individual": "members", "collective": "collectives"}
_WIDTH: Final[Mapping[Pooling, int]] = {"unit": 0, "cluster": 1, "kind": 2, "all": 3}


REFUSED: Final = "@refused:"
"""Begins a field of a finding that says why something is refused: a word of :data:`REASONS`, a colon, and what was found."""
REASONS: Final[Mapping[str, str]] = {
    "table": "this scores a list, and the model plays no scoring",
    "points": "the model gives no points and no classes",
    "fact-of-members": "simulated members have no '{found}'",
    "fact-of-collectives": "simulated collectives have no '{found}'",
    "age-of-initiatives": "the model does not know how old an initiative is (within_years)",
    "posts-of-collectives": "collectives hold no posts, so they have no floor for direct workers and no cap for leaders",
    "places-of-collectives": "a collective has no places of its own: its quota is counted over a cluster, a kind or all",
    "tie-break": "the model draws between equals and knows no tie-break",
    "ad-hoc-limits": "an ad hoc award has no quota, floor, cap, cooling-off or threshold in this version",
    "no-quota": "a floor for direct workers or a cap for leaders needs a quota, of which it is a share",
    "several-posts": "several floors must count the same posts as direct workers",
    "several-pools": "floors and caps of one award must be counted over the same pool",
    "narrow-pool": "floors and caps cannot be counted over less than the quota, which is counted over '{found}'",
    "clause-twice": "at most one clause of the kind {found} is possible here",
    "nothing-to-strive-for": "the set has no yearly merit award of members, so there is nothing they strive for",
    "no-criterion": "with these weights no criterion counts",
    "no-award": "the set has no award '{found}'",
    "not-yearly": "'{found}' is not an annual merit award, so its allocation cannot be followed",
}


class Refusal(NamedTuple):
    """Why something of a criteria set is refused.

    Attributes
    ----------
    path
        A section, an award or a clause; empty for the set as a whole.
    word
        The reason, for whoever speaks to a reader.
    found
        What it is about.
    """

    path: str
    word: str
    found: str = ""

    def __str__(self) -> str:
        said = REASONS[self.word].format(found=self.found)
        return f"{self.path}: {said}" if self.path else said

    @property
    def as_field(self) -> str:
        """The reason as a field of a finding, which is told in the language of the reader."""
        return f"{REFUSED}{self.word}:{self.found}"


class RegimeError(TieuchiError):
    """A criteria set that the model cannot play, with all that is refused of it."""

    def __init__(self, *refusals: Refusal) -> None:
        self.refusals = refusals
        super().__init__(*refusals)

    def __str__(self) -> str:
        return "; ".join(map(str, self.refusals)) + "."


def is_played(award: Award) -> bool:
    """Whether the model gives this award to anybody."""
    return award.kind in PLAYED_KINDS[award.target]


def never_binds(clause: DirectWorkerFloor | LeaderCap) -> bool:
    """Whether a floor or a cap leaves everything as it is."""
    return clause.share == (0 if isinstance(clause, DirectWorkerFloor) else 1)


def refuse_unplayable(criteria: CriteriaSet) -> None:
    """Refuse a set whose points or vetoes, or whose awards, ask for what the model has not.

    Raises
    ------
    RegimeError
        With every clause that cannot be played, by its path.
    """
    refusals = tuple(iter_unplayable(criteria))
    if refusals:
        raise RegimeError(*refusals)


def iter_unplayable(criteria: CriteriaSet) -> Iterator[Refusal]:
    """Go through what the model refuses of a set."""
    yield from (Refusal(section, "table") for section in _sections_of_a_table(criteria))
    for award_id, award in criteria.awards.items():
        if is_played(award):
            for clause_id, clause in award.clauses.items():
                yield from _refusals_of(f"{award_id}.{clause_id}", clause, award)
            yield from _refusals_of_limits(award_id, award)
    yield from _refusals_of_gates(criteria)


def _sections_of_a_table(criteria: CriteriaSet) -> Iterator[str]:
    yield from (section for section in ("points", "classes", "vetoes") if getattr(criteria, section))


def _refusals_of(path: str, clause: Clause, award: Award) -> Iterator[Refusal]:
    match clause:
        case Eligibility():
            yield from _refusals_of_condition(path, clause.requires, award.target)
        case DirectWorkerFloor() | LeaderCap() if award.target == "collective" and not never_binds(clause):
            yield Refusal(path, "posts-of-collectives")
        case Quota(pooling="unit") if award.target == "collective":
            yield Refusal(path, "places-of-collectives")
        case TieBreak():
            yield Refusal(path, "tie-break")
        case _:
            return


def _refusals_of_gates(criteria: CriteriaSet) -> Iterator[Refusal]:
    """Find gates that ask what those they stand before have not."""
    for path, gate in criteria.iter_clauses():
        if isinstance(gate, SectorGate):
            gated = [award for award_id, award in criteria.awards.items() if is_played(award) and (not gate.awards or award_id in gate.awards)]
            for target in dict.fromkeys(award.target for award in gated):
                yield from _refusals_of_condition(path, gate.requires, target)


def _refusals_of_condition(path: str, condition: Condition, target: str) -> Iterator[Refusal]:
    yield from dict.fromkeys(refusal for _, test in iter_single_tests(condition) for refusal in _refusals_of_test(path, test, target))


def _refusals_of_test(path: str, test: SingleTest, target: str) -> Iterator[Refusal]:
    if not isinstance(test, Test):
        yield Refusal(path, "points")
    elif test.fact not in PLAYED_FACTS[target]:
        yield Refusal(path, f"fact-of-{_WORD_FOR[target]}", test.fact)
    elif test.fact == "unused-initiatives" and test.within_years is not None:
        yield Refusal(path, "age-of-initiatives")


def _refusals_of_limits(award_id: str, award: Award) -> Iterator[Refusal]:
    """Tell which clauses of an award would be read and then left without effect beside its others."""
    clauses = list(award.clauses.values())
    quota = next((clause for clause in clauses if isinstance(clause, Quota)), None)
    binding = [clause for clause in clauses if isinstance(clause, DirectWorkerFloor | LeaderCap) and not never_binds(clause)]
    counted = {clause.counts_as_direct for clause in binding if isinstance(clause, DirectWorkerFloor)}
    poolings = {clause.pooling for clause in binding}
    if award.kind == "ad-hoc" and (binding or any(isinstance(clause, Quota | CoolingOff | ScoreThreshold) for clause in clauses)):
        yield Refusal(award_id, "ad-hoc-limits")
    elif binding and quota is None:
        yield Refusal(award_id, "no-quota")
    elif len(counted) > 1:
        yield Refusal(award_id, "several-posts")
    elif len(poolings) > 1:
        yield Refusal(award_id, "several-pools")
    elif quota is not None and _WIDTH[quota.listed_by] > min((_WIDTH[pooling] for pooling in poolings), default=3):
        yield Refusal(award_id, "narrow-pool", quota.listed_by)
