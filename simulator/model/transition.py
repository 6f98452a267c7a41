"""What a new set of rules makes of titles earned under the former one, and which steps of the ladder are open (``docs/odd.md`` 7.12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.model.members import no_years
from simulator.model.post_facts import answers_of_posts, words_of_posts
from simulator.rules.conditions import iter_tests
from simulator.scoring.eligibility import meets_all
from simulator.scoring.facts import Facts, Rating

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from simulator._types import BoolArray, IndexArray, YearBits
    from simulator.model.members import Members
    from simulator.model.regime import Regime
    from simulator.population.generator import Population
    from simulator.rules.conditions import Condition

_OF_THE_PAST: Final = frozenset({"award-run", "award-count", "years-since-award", "rating-run", "rating-count"})
_MONTHS_IN_YEAR: Final = 12


def take_over(members: Members, old_criteria_ids: Collection[str], regime: Regime) -> Members:
    """Let the titles earned under a former set count as the new set says.

    Every clause about a title of the former set moves its years to the award they count as, or to none; all clauses act at once, and titles without a
    clause keep their years. An award that takes over years takes over the shorter wait as well. Where titles count as nothing, whose turn it is
    stays as it was: units remember it. Awards that the new set does not have are forgotten at the end.

    Parameters
    ----------
    members
        People, or collectives, with the titles of both sets; changed in place.
    old_criteria_ids
        Ids of the sets that were in force.
    regime
        The rules that take over.

    Returns
    -------
        The same members.
    """
    acting = [one for one in regime.successions if one.of_set in old_criteria_ids and one.award in members.award_years]
    earned = {one.award: (members.award_years[one.award].copy(), members.wait[one.award].copy()) for one in acting}
    for award in earned:
        members.award_years[award] = no_years(len(members.id))
    for one in acting:
        if one.counts_as in members.award_years:
            years, waited = earned[one.award]
            members.award_years[one.counts_as] = members.award_years[one.counts_as] | years
            wait = members.wait[one.counts_as]
            np.minimum(wait, waited, out=wait, where=years != 0)
    known = {rule.id for rule in (*regime.awards, *regime.ad_hoc_awards)}
    members.award_years = {award: years for award, years in members.award_years.items() if award in known}
    members.wait = {award: wait for award, wait in members.wait.items() if award in known}
    return members


def open_steps(members: Members, population: Population, regime: Regime) -> dict[str, BoolArray]:
    """Tell for whom the steps of the ladder stand open, as far as earlier awards and ratings go.

    Parameters
    ----------
    members
        People between two years; bit 0 of their memory is the year that has passed.
    population
        Their posts.
    regime
        The rules.

    Returns
    -------
        Award id → (n_members,) who meets those of its conditions that look at earlier awards or ratings; everybody where none does.
    """
    facts = _facts_between_years(members, population)
    return {rule.id: meets_all([part for part in rule.conditions if _is_about_the_past(part)], facts) for rule in regime.awards}


def _is_about_the_past(condition: Condition) -> bool:
    return any(test.fact in _OF_THE_PAST for _, test in iter_tests(condition))


def _facts_between_years(members: Members, population: Population) -> Facts:
    return Facts(
        rating=_last_rating(members.rating_years),
        rating_years=members.rating_years,
        award_years=members.award_years,
        unused_initiatives=members.unused_initiatives,
        is_disciplined=np.zeros(len(members.id), dtype=np.bool_),
        service_months=members.tenure_years.astype(np.int16) * np.int16(_MONTHS_IN_YEAR),
        leave_days=np.zeros(len(members.id), dtype=np.int16),
        answers=answers_of_posts(population),
        words=words_of_posts(population),
    )


def _last_rating(rating_years: Mapping[Rating, YearBits]) -> IndexArray:
    """Give the class of the year that has passed: the highest that was reached."""
    reached = [(years & np.uint32(1)).astype(np.int8) for rating, years in rating_years.items() if rating > Rating.FAILED]
    rating: IndexArray = np.sum(reached, axis=0, dtype=np.int8)
    return rating
