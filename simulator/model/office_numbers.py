"""Behavioural numbers about offices: how units nominate, councils decide, both learn, and collectives compete.

Every class groups the numbers of one submodel of ``docs/odd.md``; :class:`~simulator.model.behaviour.Behaviour` joins them. The defaults are those
of a clean world in which merit alone decides; those of a run come from ``scenarios/assumptions.yaml``. Units are standard deviations of merit unless said otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ReasonNumbers:
    """Why a unit puts somebody forward (7.7, 7.13; equations 6 and 15).

    Attributes
    ----------
    turn_weight, rank_weight, prestige_weight, lottery_weight, ladder_weight
        s, b, h, the lottery's part and λ; what they leave is the weight of the file's score.
    lookahead_patience
        δ: how much a step of the ladder is worth one year earlier.
    reciprocity
        r: how far marks given by peers answer marks received, under the peer vote.
    escalation
        r_u: chance that a unit asks only for more than its member has had so far.
    prestige_decay
        Part of last year's prestige that is left.
    """

    turn_weight: float = 0.0
    rank_weight: float = 0.0
    prestige_weight: float = 0.0
    lottery_weight: float = 0.0
    ladder_weight: float = 0.0
    lookahead_patience: float = 0.7
    reciprocity: float = 0.0
    escalation: float = 0.0
    prestige_decay: float = 0.8


@dataclass(frozen=True, kw_only=True)
class CouncilNumbers:
    """How councils read, vote, consult and look again (7.7, 7.9; equation 9).

    Attributes
    ----------
    council_bar_unit, council_bar_province, council_bar_state
        Lowest score a council lets pass.
    bar_drift
        Change of the bars a year, from the first year on.
    council_leniency, council_deference
        λ and defer: what councils add to everybody's score, and to that of leaders.
    dossier_error_share
        Share of a council's error variance that it inherits from the unit that wrote the file.
    council_size, council_attendance
        Members of a council, and share of them who come.
    member_disagreement
        Standard deviation of one member's own opinion of a file; 0: all of one mind.
    council_spread
        Spread of a council that decides by a chance rising with the score; 0: a sharp bar.
    consultation_finds, posting_finds
        Chance that one body consulted, or ten working days of posting, finds a false claim.
    inspection_share
        Share of awards looked at again after they were decided.
    annual_delay_months
        Months from the end of the year to the decision, where the set does not say.
    state_extra_delay_months
        Further months of an award that the State decides, besides those that the stages of the set state.
    """

    council_bar_unit: float = float("-inf")
    council_bar_province: float = float("-inf")
    council_bar_state: float = float("-inf")
    bar_drift: float = 0.0
    council_leniency: float = 0.0
    council_deference: float = 0.0
    dossier_error_share: float = 0.5
    council_size: float = 15.0
    council_attendance: float = 1.0
    member_disagreement: float = 0.0
    council_spread: float = 0.0
    consultation_finds: float = 0.0
    posting_finds: float = 0.0
    inspection_share: float = 0.0
    annual_delay_months: float = 0.0
    state_extra_delay_months: float = 0.0


@dataclass(frozen=True, kw_only=True)
class LearningNumbers:
    """How units and councils change, when learning is on (7.10, 7.11; equations 10–14).

    Attributes
    ----------
    learning_memory
        α: weight of the last year in what a unit remembers.
    morale_memory
        Part of last year's morale that is left.
    volume_sensitivity, dossier_cost, rejection_cost
        Λ, c_d and c_r: how sharply a unit chooses how many files to send, and what a file and a refusal cost.
    turn_learning, turn_base, turn_of_noise, turn_of_stakes, turn_of_transparency, turn_of_rejections, turn_imitation
        η_s, χ₀ … χ₄ and the pull of the cluster's mean.
    rank_learning, rank_of_stakes, rank_of_floor, rank_of_transparency
        η_b, ψ₀ … ψ₂.
    bar_learning, strictness_of_crowding, strictness_of_reversals, strictness_fading
        ξ, ζ₁ … ζ₃.
    """

    learning_memory: float = 0.3
    morale_memory: float = 0.8
    volume_sensitivity: float = 3.0
    dossier_cost: float = 0.1
    rejection_cost: float = 0.3
    turn_learning: float = 0.3
    turn_base: float = -0.15
    turn_of_noise: float = 0.25
    turn_of_stakes: float = 0.15
    turn_of_transparency: float = 0.6
    turn_of_rejections: float = 0.3
    turn_imitation: float = 0.1
    rank_learning: float = 0.1
    rank_of_stakes: float = 0.1
    rank_of_floor: float = 0.3
    rank_of_transparency: float = 0.5
    bar_learning: float = 0.1
    strictness_of_crowding: float = 0.2
    strictness_of_reversals: float = 0.5
    strictness_fading: float = 0.1


@dataclass(frozen=True, kw_only=True)
class CollectiveNumbers:
    """How collectives compete inside their clusters (7.8).

    Attributes
    ----------
    unit_effect_share
        Part of the variance of a collective's merit that is its own rather than its members'.
    cluster_turn_weight, cluster_reciprocity
        Turn weight in a cluster, and how far its members answer marks with marks.
    anniversary_favour
        What a multiple of five years since its founding adds to a collective's mark.
    """

    unit_effect_share: float = 0.7
    cluster_turn_weight: float = 0.0
    cluster_reciprocity: float = 0.0
    anniversary_favour: float = 0.0
