"""Rules in which only some of an option's changed clauses apply, so that its effect can be split over them.

What applies is taken from the option, what does not stays as the baseline has it. Clauses that cannot stand without each other are one part: those of an
award that the option adds or takes away, with whatever speaks of that award; two of which only one can stand; a clause that only got another name; and
whatever else the model can play together only. A clause that is only recorded, or changed in its words or grounds alone, is no part: it has no effect.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from simulator.experiments.scenarios.description import changed_clauses, is_simulated
from simulator.experiments.scenarios.option import Phase
from simulator.model.compiling import compile_regime
from simulator.model.playable import RegimeError
from simulator.rules.clauses import Appraisal, Money, PayStep, Quota, RatingCap, Weights
from simulator.rules.diffing import leaves
from simulator.rules.grounds import GROUND_FIELDS
from simulator.rules.stages import AdHocTrack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulator.experiments.mathematics.shapley import Coalition
    from simulator.experiments.scenarios.option import Option
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.rules.clauses import Clause
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.schema import Award

Change = Literal["added", "changed", "removed"]
Reason = Literal["alone", "needs-each-other", "one-award"]
Course = tuple[Phase, ...]

MOST_PARTS: Final = 24
"""Of more parts than that, those of one award or section are taken together."""
_ONE_OF_A_KIND: Final = (Appraisal, Quota, Money, PayStep, Weights, RatingCap, AdHocTrack)
_HEAD_FIELDS: Final = ("target", "kind", "level", "authority")


@dataclass(frozen=True)
class Part:
    """Clauses, or heads of awards, by path, that apply together or not at all, and why there is more than one."""

    paths: tuple[str, ...]
    reason: Reason = "alone"


@dataclass(frozen=True)
class Changes:
    """What an option changes in the baseline, in any of its phases.

    Attributes
    ----------
    clauses
        Path → what happens to the clause, and the clause.
    heads
        Award → what happens to its head, where that matters to the model.
    ruling
        The paths, heads included, that order something else than before; the others are without effect.
    """

    clauses: dict[str, tuple[Change, Clause]]
    heads: dict[str, Change]
    ruling: tuple[str, ...]

    @classmethod
    def of(cls, option: Option, scenario: Scenario) -> Changes:
        """Find them."""
        baseline = scenario.baseline
        clauses: dict[str, tuple[Change, Clause]] = {}
        heads: dict[str, Change] = {}
        ruling: dict[str, None] = {}
        for phase in reversed(option.phases):  # the option ends with the last: its words come first
            found = changed_clauses(replace(option, phases=(phase,)), scenario)
            found_heads = dict(_changed_heads(baseline, phase.criteria))
            before = dict(baseline.iter_clauses())
            ruling |= dict.fromkeys(found_heads)
            ruling |= dict.fromkeys(
                path
                for path, (change, clause) in found.items()
                if is_simulated(clause) and (change != "changed" or ordered_content(clause) != ordered_content(before[path]))
            )
            clauses, heads = found | clauses, found_heads | heads
        return cls(clauses, heads, tuple(ruling))


class Coalitions:
    """The parts of an option, and the course of rules in which some of them apply."""

    def __init__(self, option: Option, scenario: Scenario, parts: tuple[Part, ...] | None = None, changes: Changes | None = None) -> None:
        self.option = option
        self.scenario = scenario
        self.changes = changes or Changes.of(option, scenario)
        self.parts = first_parts(self.changes, option, scenario) if parts is None else parts
        self._regimes: dict[str, str] = {}
        self._courses: dict[Coalition, Course | None] = {}

    def course(self, coalition: Coalition) -> Course | None:
        """Give the rules in which these parts apply, by number; nothing where they are those of the baseline all along.

        Phases that order what was ordered before are left out. ``None`` where the model cannot play them.
        """
        if coalition not in self._courses:
            everything = len(coalition) == len(self.parts)
            chosen = [path for number in sorted(coalition) for path in self.parts[number].paths]
            phases = [
                Phase(phase.from_year, phase.criteria if everything else _lay(chosen, self.scenario.baseline, phase.criteria))
                for phase in self.option.phases
            ]
            try:
                self._courses[coalition] = tuple(self._that_change_something(phases))
            except (RegimeError, ValueError):
                self._courses[coalition] = None
        return self._courses[coalition]

    def adds_up(self) -> bool:
        """Whether the parts laid over the baseline are, to the model, the option itself."""
        paths = [path for part in self.parts for path in part.paths]
        return all(self._regime(_lay(paths, self.scenario.baseline, phase.criteria)) == self._regime(phase.criteria) for phase in self.option.phases)

    def signature(self, course: Course) -> tuple[tuple[int, str], ...]:
        """Name what the model sees of a course: two of one name give the same awards."""
        return tuple((phase.from_year, self._regime(phase.criteria)) for phase in course)

    def joined(self, unplayable: Coalition) -> Coalitions:
        """Join a part of a coalition that cannot be played with the part it needs; all of them where it cannot be told which."""
        for one in sorted(unplayable):
            if self.course(unplayable - {one}) is None:
                continue
            for other in range(len(self.parts)):
                if other not in unplayable and self.course(unplayable | {other}) is not None:
                    return self._with(one, other)
        return self._with(*range(len(self.parts)))

    def _with(self, *numbers: int) -> Coalitions:
        together = Part(tuple(path for number in sorted(numbers) for path in self.parts[number].paths), "needs-each-other")
        parts = [
            together if number == min(numbers) else part for number, part in enumerate(self.parts) if number == min(numbers) or number not in numbers
        ]
        return Coalitions(self.option, self.scenario, tuple(parts), self.changes)

    def _that_change_something(self, phases: Iterable[Phase]) -> Iterator[Phase]:
        ruling = self._regime(self.scenario.baseline)
        for phase in phases:
            regime = self._regime(phase.criteria)
            if regime != ruling:
                yield phase
            ruling = regime

    def _regime(self, criteria: CriteriaSet) -> str:
        key = criteria.content_hash
        if key not in self._regimes:
            self._regimes[key] = repr(compile_regime(criteria, self.scenario.behaviour, focus_award=self.scenario.focus_award))
        return self._regimes[key]


def first_parts(changes: Changes, option: Option, scenario: Scenario) -> tuple[Part, ...]:
    """Give each ruling clause a part of its own, but those that cannot stand without each other."""
    groups = {path: {path} for path in changes.ruling}

    def join(one: str, other: str) -> None:
        together = groups[one] | groups[other]
        groups.update(dict.fromkeys(together, together))

    come_or_go = {award for award, change in changes.heads.items() if change != "changed"}
    for path in changes.ruling:
        for award in come_or_go & _speaks_of(path, option, scenario):
            join(path, award)
    for one, other in ((one, other) for one in changes.ruling for other in changes.ruling if one < other):
        if _replaces(changes.clauses.get(one), changes.clauses.get(other), is_of_one_holder=_holder(one) == _holder(other)):
            join(one, other)
    distinct = list(dict.fromkeys(tuple(path for path in changes.ruling if path in groups[first]) for first in changes.ruling))
    parts = tuple(Part(paths, "alone" if len(paths) == 1 else "needs-each-other") for paths in distinct)
    return parts if len(parts) <= MOST_PARTS else _by_award(parts)


def _by_award(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Take the parts of one award or section together."""
    held: dict[str, list[Part]] = {}
    for part in parts:
        held.setdefault(_holder(part.paths[0]), []).append(part)
    return tuple(some[0] if len(some) == 1 else Part(tuple(path for part in some for path in part.paths), "one-award") for some in held.values())


def ordered_content(clause: Clause) -> dict[str, Any]:
    """Give what a clause orders, as plain values: neither its name nor its grounds."""
    content: dict[str, Any] = clause.model_dump(mode="json", exclude={"title", *GROUND_FIELDS})
    return content


def _holder(path: str) -> str:
    return path.partition(".")[0]


def _changed_heads(baseline: CriteriaSet, criteria: CriteriaSet) -> Iterator[tuple[str, Change]]:
    for award in dict.fromkeys((*baseline.awards, *criteria.awards)):
        before, after = baseline.awards.get(award), criteria.awards.get(award)
        if before is None or after is None:
            yield award, "added" if before is None else "removed"
        elif any(getattr(before, name) != getattr(after, name) for name in _HEAD_FIELDS):
            yield award, "changed"


def _speaks_of(path: str, option: Option, scenario: Scenario) -> set[str]:
    """Give every word a clause uses on either side, and the award it stands in: ids of awards are among them."""
    words = {_holder(path)}
    for criteria in (scenario.baseline, *(phase.criteria for phase in option.phases)):
        clause = dict(criteria.iter_clauses()).get(path)
        if clause is not None:
            words |= {value for _, value in leaves(ordered_content(clause)) if isinstance(value, str)}
    return words


def _replaces(one: tuple[Change, Clause] | None, other: tuple[Change, Clause] | None, *, is_of_one_holder: bool) -> bool:
    """Whether one of two clauses of a holder takes the other's place: of one kind where only one can be, or the same under another name."""
    if one is None or other is None or not is_of_one_holder or {one[0], other[0]} != {"added", "removed"}:
        return False
    first, second = one[1], other[1]
    if isinstance(first, _ONE_OF_A_KIND) and type(first) is type(second):
        return getattr(first, "authority", None) == getattr(second, "authority", None)
    return ordered_content(first) == ordered_content(second)


def _lay(chosen: Iterable[str], baseline: CriteriaSet, criteria: CriteriaSet) -> CriteriaSet:
    """Lay what is chosen of some rules over the baseline."""
    sections: dict[str, dict[str, Any]] = {name: dict(getattr(baseline, name)) for name in ("principles", "procedure")}
    awards = dict(baseline.awards)
    held: dict[str, dict[str, Any]] = {award_id: dict(award.clauses) for award_id, award in awards.items()}
    after = dict(criteria.iter_clauses())
    for path in sorted(chosen, key=lambda path: "." in path):  # heads of awards first
        holder, _, name = path.partition(".")
        if not name:
            _replace_head(holder, criteria.awards.get(holder), awards, held)
            continue
        clauses = sections[holder] if holder in sections else held.get(holder, {})
        if path in after:
            clauses[name] = after[path]
        else:
            clauses.pop(name, None)
    whole = {award_id: award.model_copy(update={"clauses": held[award_id]}) for award_id, award in awards.items()}
    rules = baseline.rules.model_copy(update={**sections, "awards": whole})
    return replace(criteria, rules=rules, provenance={}, changes=(), idle=(), resolutions=())


def _replace_head(award_id: str, after: Award | None, awards: dict[str, Any], held: dict[str, dict[str, Any]]) -> None:
    if after is None:
        awards.pop(award_id, None)
        held.pop(award_id, None)
    else:
        awards[award_id] = after
        held.setdefault(award_id, {})
