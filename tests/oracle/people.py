"""Members: effort, merit, ratings, deeds and files (ODD 7.2 to 7.6)."""

from __future__ import annotations

import math

from simulator.history import FIRST_LEADING_ROLE, Role
from simulator.rules.facts import RATINGS
from tests.oracle.arithmetic import FOUNDING_YEAR, ONE, ZERO, F, nearest_step, on_score_grid
from tests.oracle.candidates import Candidate
from tests.oracle.rulebook import CRITERIA, WORKING_DAYS_A_MONTH

WELL = RATINGS.index("completed-well")
FIRST_SERVICE = 5


class Member(Candidate):
    """One person in one post."""

    def __init__(self, society, position: int, identity: int, born: int, service: int):
        super().__init__(society, identity, born)
        self.position = position
        self.service = service
        self.new_initiatives = self.old_initiatives = 0

    @property
    def unit(self):
        return self.model.unit_of_post[self.position]

    @property
    def role(self) -> Role:
        return self.model.role_of_post[self.position]

    @property
    def post(self) -> int:
        return int(self.role)

    @property
    def leads(self) -> bool:
        return self.role >= FIRST_LEADING_ROLE

    @property
    def works_direct(self) -> bool:
        return self.role == Role.DIRECT

    @property
    def sectors(self) -> tuple[str, ...]:
        return self.unit.sectors

    def _luck(self, kind: str, stream: str):
        return getattr(self.model.luck, kind)(stream, self.year, self.identity)

    def grow_older(self) -> None:
        """7.1: everybody's memory moves on by a year."""
        self.service += 1
        self.old_initiatives, self.new_initiatives = self.new_initiatives, 0

    def standing(self) -> F:
        b = self.model.behaviour
        return self.talent * F(b.appointment_by_merit) + self.prestige * F(b.appointment_by_awards) + self._luck("normal", "member.standing")

    def show_merit(self) -> None:
        """7.3: general merit, and what each criterion shows of it."""
        b, rules = self.model.behaviour, self.model.rules
        self.live_on()
        general = self.mixed(self.talent, self.fortune) + F(b.effort_effect) * self.unit.effort_gain
        general = general + F(b.leader_merit) * (ONE if self.leads else ZERO)
        if self.model.is_shocked(self):
            general = general + F(self.model.shock.merit)
        self.shown = {}
        for name in CRITERIA:
            loading = rules.loading[name]
            aptitude = self.mixed(
                self.model.luck.normal(f"aptitude.{name}", FOUNDING_YEAR, self.identity), self._luck("normal", f"aptitude-of-the-year.{name}")
            )
            value = F(loading) * general + F(math.sqrt(1 - loading**2)) * aptitude
            if name == "scope" and self.leads:
                value = value + F(b.lawful_scope_share * b.post_loading_scope)
            self.shown[name] = on_score_grid(value)
        self.merit = self.shown["results"]

    def be_rated(self) -> None:
        """7.4, as far as it concerns one member; the unit then holds the cap and pulls up."""
        b, rules = self.model.behaviour, self.model.rules
        score = self.merit + F(rules.sigma) * self._luck("normal", "rating.noise")
        if self.leads and any(not member.leads and member.merit < F(b.rating_completed_at) for member in self.unit.members):
            score = score - F(b.leader_rating_weight)
        self.rating_score = score
        self.rated[self.year] = rating_of(score, b)
        means = tuple(round(b.initiative_rate * math.exp(b.initiative_slope * step / 16), 9) for step in range(-80, 81))
        row = nearest_step(self.shown["initiative"], 16, 5) + 80
        self.new_initiatives = self.model.luck.poisson("member.initiatives", self.year, self.identity, means, row)
        self.is_disciplined = self.model.luck.chance("member.disciplined", self.year, self.identity, b.discipline_probability)
        self.has_false_initiatives = self.model.luck.chance("member.false-initiatives", self.year, self.identity, b.fake_initiative_share)
        was_rated_well = self.rated.get(self.year - 1, -1) >= WELL
        self.is_registered = was_rated_well or self.model.luck.chance("member.registers", self.year, self.identity, b.registration_reach)

    def write_file(self) -> None:
        """7.6: the score S of the file, and the parts a council meets again."""
        b, rules = self.model.behaviour, self.model.rules
        self.is_audited_by_unit = self.model.luck.chance("council.unit.audits", self.year, self.identity, rules.audit_share("unit"))
        self.criteria = ZERO
        if not rules.is_on_results_alone:
            total = ZERO
            for name in CRITERIA:
                total = total + F(rules.weight_per_spread[name]) * self.shown[name]
            self.criteria = on_score_grid(total - self.merit)
        claims = F(rules.claim_loading) * self.unit.claims * self._luck("exponential", "file.claims")
        self.claims = claims * F(1 - b.detection) if self.is_audited_by_unit else claims
        share = b.lasting_error_share
        yearly = F(math.sqrt(1 - share)) * self._luck("normal", "file.noise")
        lasting = F(math.sqrt(share)) * self.model.luck.normal("file.lasting-noise", FOUNDING_YEAR, self.identity + 2**32 * self.unit.head_factor)
        self.noise = (yearly + lasting) * F(rules.sigma / math.sqrt(rules.appraisers("unit")))
        score = self.merit + self.noise + self.claims + self.criteria
        if self.leads:
            score = score + F(rules.post_loading)
        self.score = score + F(b.tenure_effect) * min(F(self.service) / F(10), ONE)
        self.mark = self.score

    def do_deeds(self) -> None:
        """7.5: a deed, or the claim of one; and whether it is answered at once."""
        b, luck, track = self.model.behaviour, self.model.luck, self.model.rules.track
        self.achieved_at = self.awarded_at = None
        self.is_answered_at_once = False
        self.adhoc_this_year = []
        factor = b.surprise_direct_factor if self.works_direct else 1.0
        mean = b.surprise_rate * factor * (self.model.shock.deeds if self.model.is_shocked(self) else 1.0)
        has_done = luck.poisson("member.deeds", self.year, self.identity, (mean,), 0) > 0
        month = 12 * float(self._luck("uniform", "deed.month"))
        if has_done:
            self.achieved_at = month
        elif not self._claims_a_deed():
            return
        if not luck.chance("deed.noticed", self.year, self.identity, b.ad_hoc_reach):
            return
        for award in self.model.rules.ad_hoc:
            if award.may_be_considered(self):
                self.adhoc_this_year.append(award.id)
                self.win(award.id)
        if self.adhoc_this_year and has_done:
            is_said = track is not None and track.decided_within_days is not None
            self.awarded_at = month + (track.decided_within_days / WORKING_DAYS_A_MONTH if is_said else b.ad_hoc_delay_months)
            self.is_answered_at_once = True

    def _claims_a_deed(self) -> bool:
        b, luck = self.model.behaviour, self.model.luck
        probability = min(F(1), F(b.claimed_deed_rate) * self.unit.claims)
        if not self._luck("uniform", "deed.claimed") < probability:
            return False
        is_audited = luck.chance("council.unit.audits", self.year, self.identity, self.model.rules.audit_share("unit"))
        return not (is_audited and luck.chance("deed.found-out", self.year, self.identity, b.detection))


def rating_of(score: F, behaviour) -> int:
    """Give the position of the rating in the order worst first."""
    cuts = (behaviour.rating_completed_at, behaviour.rating_well_at, behaviour.rating_excellent_at)
    return sum(score >= F(cut) for cut in cuts)
