"""Which columns answer the test of one fact, and which head-count a quota is a share of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from simulator.rules.clauses import HoldersOf
from simulator.rules.facts import NOT_OF, RATINGS
from simulator.rules.stages import Scale
from simulator.scoring.columns import Column, Content
from simulator.scoring.facts import N_REMEMBERED_YEARS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.rules.clauses import Quota
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.facts import Test
    from simulator.rules.values import Text

ROLES: Final = ("direct", "staff", "deputy", "head")
OLD_UNIT_WORDS: Final = ("not-moved", "agrees", "disagrees")
"""What the unit somebody came from says; an empty cell means that the nominee has not moved."""


def _plain(column: str, content: Content = Content.COUNT) -> Column:
    return Column(column, content, key=column, low=0 if content in {Content.COUNT, Content.NUMBER} else None)


_MEMBERS: Final = replace(_plain("members"), low=1)

PLAIN_COLUMNS: Final[Mapping[str, tuple[Column, ...]]] = {
    "unused-initiatives": (replace(_plain("recognised_initiatives", Content.INITIATIVES), is_required=False, is_actionable=True),),
    "disciplined-this-year": (replace(_plain("disciplined_on", Content.EVENTS), is_required=False),),
    "years-since-discipline": (replace(_plain("disciplined_on", Content.EVENTS), is_required=False),),
    "case-pending": (_plain("case_pending", Content.YES_NO),),
    "service-months": (_plain("service_months"),),
    "leave-days": (_plain("leave_days", Content.NUMBER),),
    "old-unit-agrees": (replace(_plain("old_unit_agrees", Content.WORD), words=OLD_UNIT_WORDS, is_required=False),),
    "years-in-post": (_plain("years_in_post"),),
    "role": (replace(_plain("role", Content.WORD), words=ROLES),),
    "is-direct-worker": (_plain("is_direct_worker", Content.YES_NO),),
    "is-woman": (_plain("is_woman", Content.YES_NO),),
    "works-in-hard-job": (_plain("works_in_hard_job", Content.YES_NO),),
    "works-in-hard-area": (_plain("works_in_hard_area", Content.YES_NO),),
    "members-disciplined": (_plain("members_disciplined"),),
    "women-share": (_MEMBERS, _plain("women")),
    "leads-cluster": (_plain("leads_cluster", Content.YES_NO),),
    "years-established": (_plain("years_established"),),
}
"""Facts whose columns are the same in every set and year."""


def facts_not_asked(criteria: CriteriaSet, awards: Sequence[str]) -> frozenset[str]:
    """Name the facts that the nominees of these awards, or of a scoring table without awards, cannot have."""
    targets = {criteria.awards[award].target for award in awards} or {
        clause.target for clause in criteria.procedure.values() if isinstance(clause, Scale)
    }
    return frozenset().union(*(NOT_OF[target] for target in targets)) if len(targets) == 1 else frozenset()


def columns_of_test(test: Test, criteria: CriteriaSet, year: int) -> tuple[Column, ...]:
    """Name the columns that answer the test of one fact.

    The grading of the year itself counts as the nominee's own work; gradings of past years, awards, posts and marks are nothing a nominee can change.
    """
    if test.fact in PLAIN_COLUMNS:
        return PLAIN_COLUMNS[test.fact]
    match test.fact:
        case "rating" | "rating-run" | "rating-count":
            return tuple(_rating_column(year - ago, is_of_year=ago == 0) for ago in range(years_looked_at(test)))
        case "sector":
            return (replace(_plain("sector", Content.WORD), words=test.one_of or ()),)
        case "members-rated":
            rated = Column(f"members_rated:{test.rating}", Content.COUNT, None, "members_rated", low=0, words=(str(test.rating),), is_actionable=True)
            return (_MEMBERS, rated)
        case "members-awarded":
            awarded = Column(f"members_awarded:{test.award}", Content.COUNT, _title(test.award, criteria), "members_awarded", low=0, award=test.award)
            return (awarded,) if test.share is None else (_MEMBERS, awarded)
        case _:
            return (award_column(str(test.award), criteria),)


def years_looked_at(test: Test) -> int:
    """Count the years of gradings a test looks at, this one included."""
    n_years = {"rating": 1, "rating-run": test.at_least}.get(test.fact, test.within_years)
    return min(int(n_years or 1), N_REMEMBERED_YEARS - 1)


def award_column(award: str, criteria: CriteriaSet) -> Column:
    """Name the column of the years and decisions of one award."""
    return Column(f"award:{award}", Content.EVENTS, _title(award, criteria), "award", is_required=False, award=award)


def headcount_column(quota: Quota, criteria: CriteriaSet) -> Column:
    """Name the head-count of units that a quota is a share of."""
    if isinstance(quota.of, HoldersOf):
        award = quota.of.holders_of
        title = _title(award, criteria)
        return Column(
            f"holders:{award}", Content.COUNT, title, "holders", low=0, is_required=False, award=award, is_of_unit=True, may_be_left_out=True
        )
    return Column("staff", Content.COUNT, key="staff", low=0, is_required=False, is_of_unit=True, may_be_left_out=True)


def _rating_column(year: int, *, is_of_year: bool) -> Column:
    words = tuple(reversed(RATINGS))
    return Column(f"rating:{year}", Content.WORD, None, "rating", words, is_required=is_of_year, year=year, is_actionable=is_of_year)


def _title(award: str | None, criteria: CriteriaSet) -> Text | None:
    return criteria.awards[award].title if award is not None and award in criteria.awards else None
