"""How people behave: every behavioural number of the model, with no law in it.

The defaults of a run come from ``scenarios/assumptions.yaml``, where each number has a unit, a range and a source or the
word *assumed*. The defaults here are those of a clean world in which merit alone decides: no turn-taking, no regard for
posts, no claims, no noise. Tests of limiting cases start from it and add one thing at a time.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

_ROUNDING_ERROR = 1e-9

Structure = Literal["weighted", "mixture"]
"""``weighted``: a unit blends its reasons into one index. ``mixture``: each year a unit follows one reason, drawn anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """Behavioural numbers, in standard deviations of merit unless said otherwise.

    Attributes
    ----------
    merit_stability
        ω: share of the variance of merit that stays with a person.
    fortune_persistence
        φ: correlation of the rest from one year to the next.
    leader_merit
        δ: true advantage of leaders.
    appraisal_reliability
        r: reliability of one appraiser; 1 reads merit without error.
    turn_weight, rank_weight, prestige_weight, lottery_weight
        s, b, h and the lottery's part of a unit's priority; what they leave is the weight of the file's score.
    structure
        How a unit combines its reasons.
    appraisers, audit_share
        Independent appraisers of a file, and share of files audited, where the criteria set does not say.
    tenure_effect
        What ten years of service add to a file.
    stakes
        B: what an award is worth to a member.
    effort_cost, effort_effect
        c_e and β_e: cost of effort, and merit per unit of effort.
    claim_return, claim_cost
        η and c_g: what an unverified claim adds to a score, and its cost.
    detection, penalty
        Chance that an audit finds a claim, and what being found costs.
    rating_excellent_at, rating_well_at, rating_completed_at
        Lowest rating score of each class.
    initiative_rate, initiative_slope
        Mean recognised initiatives a year at average merit, and growth of its logarithm with merit.
    fake_initiative_share
        Share of members whose initiatives of the year do not stand up to an audit.
    discipline_probability
        Chance of being disciplined in a year.
    surprise_rate, surprise_direct_factor
        Outstanding deeds a year outside the plan, and how many times more often direct workers do them.
    ad_hoc_reach
        Share of such deeds noticed and rewarded at once.
    council_bar_unit, council_bar_province
        Lowest score a council lets pass.
    bar_drift
        Change of the bars a year, from the first year on.
    council_leniency, council_deference
        λ and defer: what councils add to everybody's score, and to that of leaders.
    dossier_error_share
        Share of a council's error variance that it inherits from the unit that wrote the file.
    prestige_decay
        Part of last year's prestige that is left.
    turnover
        Chance that a member leaves in a year and a newcomer takes the post.
    merit_loading_*, post_loading_*, claim_loading_*
        How far each criterion (results, initiative, scope, conduct) shows merit, the post, and unverified claims.
    """

    merit_stability: float = 0.65
    fortune_persistence: float = 0.3
    leader_merit: float = 0.0
    appraisal_reliability: float = 1.0
    turn_weight: float = 0.0
    rank_weight: float = 0.0
    prestige_weight: float = 0.0
    lottery_weight: float = 0.0
    structure: Structure = "weighted"
    appraisers: float = 1.0
    audit_share: float = 0.0
    tenure_effect: float = 0.0
    stakes: float = 0.0
    effort_cost: float = 0.5
    effort_effect: float = 0.2
    claim_return: float = 1.0
    claim_cost: float = 0.3
    detection: float = 0.5
    penalty: float = 0.5
    rating_excellent_at: float = 0.85
    rating_well_at: float = -0.5
    rating_completed_at: float = -2.0
    initiative_rate: float = 0.25
    initiative_slope: float = 0.6
    fake_initiative_share: float = 0.0
    discipline_probability: float = 0.0
    surprise_rate: float = 0.0
    surprise_direct_factor: float = 1.5
    ad_hoc_reach: float = 0.0
    council_bar_unit: float = float("-inf")
    council_bar_province: float = float("-inf")
    bar_drift: float = 0.0
    council_leniency: float = 0.0
    council_deference: float = 0.0
    dossier_error_share: float = 0.5
    prestige_decay: float = 0.8
    turnover: float = 0.0
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

    def __post_init__(self) -> None:
        """Refuse weights that leave less than nothing for the score, and a reliability outside (0, 1]."""
        if not 0 < self.appraisal_reliability <= 1:
            message = f"appraisal_reliability must lie in (0, 1]; found {self.appraisal_reliability}."
            raise ValueError(message)
        if self.score_weight < -_ROUNDING_ERROR:
            message = "turn_weight, rank_weight, prestige_weight and lottery_weight add up to more than 1."
            raise ValueError(message)

    @property
    def score_weight(self) -> float:
        """μ: the weight left for the file's score (equation 4)."""
        return 1 - self.turn_weight - self.rank_weight - self.prestige_weight - self.lottery_weight

    def with_values(self, values: Mapping[str, float]) -> Behaviour:
        """Return a copy with other values.

        Raises
        ------
        KeyError
            If a name is not a behavioural number.
        """
        unknown = set(values) - NAMES_OF_NUMBERS
        if unknown:
            raise KeyError(*sorted(unknown))
        return replace(self, **values)  # type: ignore[arg-type]


NAMES_OF_NUMBERS = frozenset(field.name for field in fields(Behaviour)) - {"structure"}
