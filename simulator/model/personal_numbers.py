"""Behavioural numbers about people: merit, careers, effort, files, ratings and deeds.

Every class groups the numbers of one submodel of ``docs/odd.md``; :class:`~simulator.model.behaviour.Behaviour` joins them. The defaults are those
of a clean world in which merit alone decides; those of a run come from ``scenarios/assumptions.yaml``. Units are standard deviations of merit unless said otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class CareerNumbers:
    """Who leaves, and who takes the posts that lead (7.1).

    Attributes
    ----------
    turnover
        Chance that a member leaves in a year and a newcomer takes a post.
    appointed_from_within
        Chance that a leading post goes to a colleague.
    appointment_by_merit, appointment_by_awards
        What talent, and past awards, weigh in an appointment.
    """

    turnover: float = 0.0
    appointed_from_within: float = 0.0
    appointment_by_merit: float = 0.5
    appointment_by_awards: float = 0.3


@dataclass(frozen=True, kw_only=True)
class EffortNumbers:
    """What an award is worth, and what is done for it (7.2; equations 4, 5, 14).

    Attributes
    ----------
    stakes
        B: what an award of one base salary is worth to a member.
    pay_step_worth
        What an early pay step of twelve months is worth, in base salaries.
    effort_cost, effort_effect
        c_e and β_e: cost of effort, and merit per unit of effort.
    effort_base, morale_effect
        ē and β_m: effort without awards, and how far morale moves it.
    claim_return, claim_cost
        η and c_g: what an unverified claim adds to a score, and its cost.
    detection, penalty
        Chance that a check finds a false claim, and what being found costs.
    """

    stakes: float = 0.0
    pay_step_worth: float = 0.0
    effort_cost: float = 0.5
    effort_effect: float = 0.2
    effort_base: float = 1.0
    morale_effect: float = 0.0
    claim_return: float = 1.0
    claim_cost: float = 0.3
    detection: float = 0.5
    penalty: float = 0.5


@dataclass(frozen=True, kw_only=True)
class MeritNumbers:
    """How merit is made, and how far each criterion shows it (7.3; equation 1).

    Attributes
    ----------
    merit_stability
        ω: share of the variance of merit that stays with a person.
    fortune_persistence
        φ: correlation of the rest from one year to the next.
    leader_merit
        δ: true advantage of leaders.
    lawful_scope_share
        Part of what a leader's wider scope adds that is a lawful ground.
    merit_loading_*, post_loading_*, claim_loading_*
        How far each criterion (results, initiative, scope, conduct) shows merit, the post, and unverified claims.
    """

    merit_stability: float = 0.65
    fortune_persistence: float = 0.3
    leader_merit: float = 0.0
    lawful_scope_share: float = 0.0
    merit_loading_results: float = 0.9
    merit_loading_initiative: float = 0.6
    merit_loading_scope: float = 0.3
    merit_loading_conduct: float = 0.2
    post_loading_results: float = 0.0
    post_loading_initiative: float = 0.3
    post_loading_scope: float = 1.0
    post_loading_conduct: float = 0.3
    claim_loading_results: float = 0.3
    claim_loading_initiative: float = 0.8
    claim_loading_scope: float = 0.1
    claim_loading_conduct: float = 0.1


@dataclass(frozen=True, kw_only=True)
class RatingNumbers:
    """What a clause sees of merit (7.4; correction 3).

    Attributes
    ----------
    rating_excellent_at, rating_well_at, rating_completed_at
        Lowest rating score of each class.
    leader_rating_weight
        What leaders lose in their rating when somebody of the unit fails.
    collective_pull
        Largest share of its members a unit rates higher to open a collective title.
    initiative_rate, initiative_slope
        Mean recognised initiatives a year at average merit, and growth of its logarithm with merit.
    fake_initiative_share
        Share of members whose initiatives of the year do not stand up to a check.
    discipline_probability
        Chance of being disciplined in a year.
    registration_reach
        Chance that a member who was not rated well last year registers for a title.
    """

    rating_excellent_at: float = 0.85
    rating_well_at: float = -0.5
    rating_completed_at: float = -2.0
    leader_rating_weight: float = 0.0
    collective_pull: float = 0.0
    initiative_rate: float = 0.25
    initiative_slope: float = 0.6
    fake_initiative_share: float = 0.0
    discipline_probability: float = 0.0
    registration_reach: float = 1.0


@dataclass(frozen=True, kw_only=True)
class FileNumbers:
    """What a file shows besides merit (7.6; equation 3).

    Attributes
    ----------
    appraisal_reliability
        r: reliability of one appraiser; 1 reads merit without error.
    lasting_error_share
        ρ: part of the unit's error variance that lasts as long as member and head stay together.
    tenure_effect
        What ten years of service add to a file.
    appraisers, audit_share
        Independent appraisers of a file, and share of files audited, where the criteria set does not say.
    """

    appraisal_reliability: float = 1.0
    lasting_error_share: float = 0.0
    tenure_effect: float = 0.0
    appraisers: float = 1.0
    audit_share: float = 0.0


@dataclass(frozen=True, kw_only=True)
class DeedNumbers:
    """Outstanding deeds outside the plan (7.5; equation 2).

    Attributes
    ----------
    surprise_rate, surprise_direct_factor
        Deeds a year, and how many times more often direct workers do them.
    ad_hoc_reach
        Share of deeds noticed and rewarded at once.
    ad_hoc_delay_months
        Months until they are, where the set does not say.
    claimed_deed_rate
        Deeds claimed and not done, a year and unit of claims.
    """

    surprise_rate: float = 0.0
    surprise_direct_factor: float = 1.5
    ad_hoc_reach: float = 0.0
    ad_hoc_delay_months: float = 1.0
    claimed_deed_rate: float = 0.0
