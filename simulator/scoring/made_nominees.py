"""Nominees nobody is, made to show what a rule does: what a condition asks is put into their file, or taken out of it.

Whether it came out as meant is never taken on trust: whoever makes one has it scored by the rules themselves.
"""

from __future__ import annotations

import datetime
from copy import deepcopy
from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from simulator.rules.conditions import AllOf, AnyOf, ClassTest, Not, PointsTest
from simulator.rules.facts import RATINGS, SCOPES, Test
from simulator.rules.points import Section, iter_parts
from simulator.rules.reading import Document
from simulator.rules.values import exact
from simulator.scoring.case_rosters import make_case_roster
from simulator.scoring.cases import CaseFile, Cases
from simulator.scoring.columns import IDENTITY_COLUMNS, OTHER_SECTOR, Content, columns_of
from simulator.scoring.fact_columns import years_looked_at
from simulator.scoring.made_points import answers_beside, answers_of, mark_of
from simulator.scoring.part_columns import criterion_columns

if TYPE_CHECKING:
    from simulator.rules.conditions import Condition, SingleTest
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.points import Criterion
    from simulator.scoring.roster import Roster

N_MEMBERS: Final = 20
"""Members of a collective that is made."""
N_STAFF: Final = 100
"""Head-count of the unit, of whatever a quota is a share: large enough that conditions decide, and not places."""
_USUAL: Final = 2
"""Grading of a year of which nothing is asked: the tasks were done well, as by most."""
_WORDS_BESIDE: Final = {"role": ("staff", "direct", "deputy", "head"), "sector": (OTHER_SECTOR,)}


@dataclass
class MadeNominee:
    """What the file of one nominee would say.

    Attributes
    ----------
    criteria
        The rules.
    on
        The day of the decision; its year is the year decided.
    award
        The award; None for a scoring table.
    answers
        Column id → number, answer or word.
    ratings
        Year → grading.
    awards
        Award → years for which it was given.
    initiatives
        How far each unused initiative reaches.
    is_disciplined
        Whether there is a disciplinary decision of the year.
    achievements
        Criterion's column → level of each achievement.
    """

    criteria: CriteriaSet
    on: datetime.date
    award: str | None
    answers: dict[str, Any] = field(default_factory=dict)
    ratings: dict[int, int] = field(default_factory=dict)
    awards: dict[str, set[int]] = field(default_factory=dict)
    initiatives: list[str] = field(default_factory=list)
    is_disciplined: bool = False
    achievements: dict[str, list[str]] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """The year decided."""
        return self.on.year

    def copy(self) -> MadeNominee:
        """Give another of whom the same is known."""
        copied = deepcopy({name: getattr(self, name) for name in ("answers", "ratings", "awards", "initiatives", "is_disciplined", "achievements")})
        return MadeNominee(self.criteria, self.on, self.award, **copied)

    def make(self, condition: Condition, *, holds: bool, turn: int = 0) -> None:
        """Have a condition hold, or fail.

        Parameters
        ----------
        condition
            The condition.
        holds
            What is wanted of it.
        turn
            Where one of several parts is enough, the one that is taken.
        """
        match condition:
            case Not():
                self.make(condition.not_, holds=not holds, turn=turn)
            case AllOf() | AnyOf():
                parts = condition.all if isinstance(condition, AllOf) else condition.any
                # All must hold, or one of several; all must fail, or one of several.
                chosen = parts if isinstance(condition, AllOf) is holds else (parts[turn % len(parts)],)
                for part in chosen:
                    self.make(part, holds=holds, turn=turn)
            case _:
                self._make_single(condition, holds=holds)

    def fill(self, *, is_best: bool, paths: frozenset[str] | None = None) -> None:
        """Answer the criteria of the table so that each gives all its points, or none; some of them, or all."""
        names = criterion_columns(self.criteria.points)
        penalties = tuple(f"{path}." for path, part in iter_parts(self.criteria.points) if part.kind == "penalty")
        for path, part in iter_parts(self.criteria.points):
            if isinstance(part, Section) or (paths is not None and path not in paths):
                continue
            self._answer(part, names[path], is_best=is_best is not path.startswith(penalties))

    def put_beside(self, path: str) -> bool:
        """Answer one criterion just beside its most points; say whether anything lies there, as nothing does beside what only takes points off."""
        if any(f"{path}.".startswith(f"{each}.") for each, part in iter_parts(self.criteria.points) if part.kind == "penalty"):
            return False
        given = answers_beside(dict(iter_parts(self.criteria.points))[path], criterion_columns(self.criteria.points)[path])  # type: ignore[arg-type]  # a criterion
        self.answers |= {} if given is None else given.columns
        return given is not None

    def mark(self, path: str, points: int) -> None:
        """Have everybody who marks a criterion give it so many points."""
        self.answers |= mark_of(dict(iter_parts(self.criteria.points))[path], criterion_columns(self.criteria.points)[path], points).columns  # type: ignore[arg-type]  # a mark

    def to_roster(self) -> Roster:
        """Give the list of which this is the only nominee, as any list is scored."""
        file = {"set": self.criteria.id, "cases": [self._as_case()]}
        cases = Cases(Document("", file, {}), CaseFile.model_validate(file))
        return make_case_roster(cases, 0, self.criteria, self.award).roster

    def _as_case(self) -> dict[str, Any]:
        columns = columns_of(self.criteria, self.year, self.award)
        known = {column.id for column in columns}
        words = {column.id: column.words for column in columns if column.content is Content.WORD and column.key != "rating"}
        answers = {column.id: _nothing(column.content, words.get(column.id, ())) for column in columns if _is_answered(column.content)}
        answers = {
            name: value for name, value in answers.items() if name not in IDENTITY_COLUMNS and not name.startswith(("rating:", "staff", "holders:"))
        }
        answers |= {name: value for name, value in self.answers.items() if name in answers}
        if "members" in answers:
            answers["members"] = N_MEMBERS
        given = {column.award for column in columns if column.content is Content.EVENTS and column.award}
        ratings: dict[str, list[int]] = {}
        for column in columns:
            if column.key == "rating" and column.year is not None:
                ratings.setdefault(RATINGS[self.ratings.get(column.year, _USUAL)], []).append(column.year)
        person = {
            **answers,
            "unit": "1",
            "cluster": "1",
            "ratings": ratings,
            "awards": {award: sorted(years) for award, years in self.awards.items() if award in given and years},
            "recognised_initiatives": [{"scope": scope} for scope in self.initiatives] if "recognised_initiatives" in known else 0,
            "disciplined_on": [datetime.date(self.year, 1, 15)] if self.is_disciplined and "disciplined_on" in known else [],
            "achievements": {
                name: [{"name": f"{number}", "level": level} for number, level in enumerate(levels, 1)]
                for name, levels in self.achievements.items()
                if name in known and levels
            },
        }
        counts = {column.id: N_STAFF for column in columns if column.is_of_unit}
        case = {"says": {"vi": "–", "en": "–"}, "date": self.on, "person": person, "units": {"1": counts}, "expect": {}}
        return case if self.award is None else {**case, "award": self.award}

    def _answer(self, criterion: Criterion, name: str, *, is_best: bool) -> None:
        """Answer one criterion by its columns, its achievements and its conditions."""
        given = answers_of(criterion, name, is_best=is_best)
        self.answers |= given.columns
        self.achievements[name] = list(given.achievements)
        for condition, holds in given.conditions:
            self.make(condition, holds=holds)

    def _make_single(self, test: SingleTest, *, holds: bool) -> None:
        if isinstance(test, PointsTest | ClassTest):
            is_low = isinstance(test, PointsTest) and (test.below is not None or test.below_share is not None or test.below_share_of_mean is not None)
            part = test.points if isinstance(test, PointsTest) else ""
            inside = frozenset(path for path, _ in iter_parts(self.criteria.points) if f"{path}.".startswith(f"{part}."))
            self.fill(is_best=holds is not is_low, paths=inside or None)
            return
        column = test.fact.replace("-", "_")
        match test.fact:
            case "rating" | "rating-run" | "rating-count":
                self._grade(test, holds=holds)
            case "awarded-this-year" | "award-run" | "award-count" | "years-since-award":
                self._decorate(test, holds=holds)
            case "disciplined-this-year" | "years-since-discipline":
                self.is_disciplined = holds is (test.fact == "disciplined-this-year")
            case "members-awarded" | "members-rated" | "women-share":
                self._gather(test, holds=holds)
            case "unused-initiatives":
                self._invent(test, holds=holds)
            case "role" | "sector":
                others = [word for word in _WORDS_BESIDE[test.fact] if word not in (test.one_of or ())]
                self.answers[column] = (test.one_of or ("",))[0] if holds else (others or [""])[0]
            case "leave-days":
                self.answers[column] = 0 if holds else int(test.below or 0)
            case "old-unit-agrees":
                self.answers[column] = "agrees" if holds else "disagrees"
            case _:
                self.answers[column] = holds if test.at_least is None else _bound(test) - (not holds)

    def _grade(self, test: Test, *, holds: bool) -> None:
        """Grade this year and, of a run or a count, the years before it high enough; or this year too low, and of a count so many that it is missed."""
        level = RATINGS.index(str(test.at_least if test.rating is None else test.rating))
        n_years = test.at_least if isinstance(test.at_least, int) else 1
        if holds:
            for year in (self.year - ago for ago in range(n_years)):
                self.ratings[year] = max(level, self.ratings.get(year, 0))
            return
        reached = [self.year - ago for ago in range(years_looked_at(test)) if self.ratings.get(self.year - ago, _USUAL) >= level]
        n_kept = n_years - 1 if test.fact == "rating-count" else max(0, len(reached) - 1)
        for year in (self.year, *reversed(reached))[: len(reached) - n_kept]:
            self.ratings[year] = max(0, level - 1)

    def _decorate(self, test: Test, *, holds: bool) -> None:
        """Give or take years of an award: for a run from this year back, for a count from last year back, for a wait from before it began."""
        years, n = self.awards.setdefault(str(test.award), set()), _bound(test)
        match test.fact:
            case "awarded-this-year" | "award-run":
                run = {self.year - ago for ago in range(n)}
                years.update(run) if holds else years.discard(min(run))
            case "award-count":
                window = [self.year - ago for ago in range(1, int(test.within_years or n))] or [self.year]
                inside = [year for year in (self.year, *window) if year in years]
                free = [year for year in (*window, self.year) if year not in years]
                years.update(free[: max(0, n - len(inside))]) if holds else years.difference_update(inside[: max(0, len(inside) - n + 1)])
            case _:
                recent = {year for year in years if year > self.year - n}
                if holds:
                    years.difference_update(recent)
                    years.update(self.year - n - at for at in range(len(recent)))
                else:
                    years.add(self.year - n + 1)

    def _invent(self, test: Test, *, holds: bool) -> None:
        scope = SCOPES.index(test.scope or SCOPES[0])
        reaching = [at for at, each in enumerate(self.initiatives) if SCOPES.index(each) >= scope]
        if holds:
            self.initiatives += [SCOPES[scope]] * max(0, _bound(test) - len(reaching))
        else:
            for at in reversed(reaching[_bound(test) - 1 :]):
                del self.initiatives[at]

    def _gather(self, test: Test, *, holds: bool) -> None:
        """Have enough members awarded, graded, or women; or one too few."""
        column = {"members-awarded": f"members_awarded:{test.award}", "members-rated": f"members_rated:{test.rating}", "women-share": "women"}[
            test.fact
        ]
        needed = _bound(test) if isinstance(test.at_least, int) else 0
        if test.share is not None:
            of_share = exact(test.share) * N_MEMBERS
            needed = max(needed, int(of_share) + 1 if test.more_than_share is not None else ceil(of_share))
        known = int(self.answers.get(column, 0))
        self.answers[column] = max(known, needed) if holds else max(0, needed - 1)


def _bound(test: Test) -> int:
    return test.at_least if isinstance(test.at_least, int) else 1


def _is_answered(content: Content) -> bool:
    return content not in {Content.EVENTS, Content.INITIATIVES, Content.ACHIEVEMENTS, Content.TEXT}


def _nothing(content: Content, words: tuple[str, ...]) -> Any:
    """Answer what nobody has asked about: no, none, an ordinary post."""
    if content is Content.YES_NO:
        return False
    if content is Content.WORD:
        return next((word for word in ("staff", OTHER_SECTOR, "not-moved") if word in words), words[-1] if words else "")
    return "" if content is Content.DATE else 0
